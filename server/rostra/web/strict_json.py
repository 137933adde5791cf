"""JSON as a stranger may send it: the strict half of the standard, and small.

The standard library takes ``NaN``, duplicate keys, numbers of any size and lone
surrogates. One such value, once stored and sent back, makes every browser disconnect
with a parse error, again and again.
"""

import json
import math
import re
from typing import Any

MAX_DEPTH = 12
MAX_DIGITS = 16
_BAD_TEXT = re.compile("[\x00\ud800-\udfff]")


class BadJson(ValueError):
    """The text is not JSON that is taken here; the message says why, without it."""


def loads(text: str) -> Any:
    """Parse *text*. Raises :class:`BadJson`, and nothing else."""
    if text.count("[") + text.count("{") > MAX_DEPTH:
        _check_depth(text)
    try:
        value = _decoder.decode(text)
    except BadJson:
        raise
    except (ValueError, RecursionError) as error:
        raise BadJson("not JSON") from error
    # where nothing is escaped, the text as a whole says it of all strings in it
    if "\\" in text or _BAD_TEXT.search(text):
        _check_text(value)
    return value


def dumps(value: Any, **_: Any) -> str:
    """*value* as JSON; what is no JSON is our bug and raises."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def _check_depth(text: str) -> None:
    """Refuse deep nesting before the parser runs into it. Strings count as well."""
    depth = 0
    for char in text:
        if char in "[{":
            depth += 1
            if depth > MAX_DEPTH and _depth_of(text) > MAX_DEPTH:
                raise BadJson("nested too deep")
        elif char in "]}":
            depth -= 1


def _depth_of(text: str) -> int:
    """The depth of *text* with its strings taken out."""
    deepest = depth = 0
    for char in re.sub(r'"(?:[^"\\]|\\.)*"', "", text):
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


def _check_text(value: object) -> None:
    match value:
        case str():
            if _BAD_TEXT.search(value):
                raise BadJson("not a character")
        case list():
            for each in value:
                _check_text(each)
        case dict():
            for key, each in value.items():
                _check_text(key)
                _check_text(each)
        case _:
            pass


def _no_constant(name: str) -> float:
    raise BadJson("not a number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise BadJson("a number too large")
    return number


def _short(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise BadJson("a number too large")
    return int(text)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadJson("a key stands twice")
    return found


#: Made once: the library's own function makes one for every call.
_decoder = json.JSONDecoder(
    parse_constant=_no_constant,
    parse_float=_finite,
    parse_int=_short,
    object_pairs_hook=_without_duplicates,
)
