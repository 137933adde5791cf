"""Files that people write: TOML read into a struct, and in words what is wrong where.

Whoever copies a profile or a programme and changes it is told the line, what stands
there, and what could stand there instead.
"""

import re
import tomllib
from difflib import get_close_matches
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from rostra.core.roster import BadFile

#: Nothing that a file may say lies deeper.
_DEEPEST = 8
#: Of a key or a number that cannot be meant so much is said again.
_ECHO = 40
_LONG = ('"""', "'''")

T = TypeVar("T")
Path = tuple[str | int, ...]

_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
# no two parts of a pattern take the same signs: a long line costs no more than it is
_NAMES = r"([\w.\"'\-][\w.\"'\- \t]*)"
_HEADER = re.compile(rf"^\s*(\[{{1,2}})\s*{_NAMES}\]{{1,2}}\s*(?:#.*)?$")
_KEY = re.compile(rf"^\s*{_NAMES}=")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')


class BadLine(BadFile):
    """``what`` is wrong, in words, in ``line`` of the file where one can be named."""

    def __init__(self, what: str, line: int | None = None) -> None:
        super().__init__(f"line {line}: {what}" if line else what)
        self.what = what
        self.line = line


class Flaw(Exception):
    """What stands at ``path`` of a file cannot be meant; the text says why."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(what)
        self.path = path
        self.what = what


def parsed(text: str) -> dict[str, Any]:
    """*text* as TOML has it. Raises :class:`BadLine`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        at = _AT.search(said)
        number = int(at[1]) if at and at[1] else None
        if at and number is None:
            number = len(text.splitlines())
        what = said[: at.start()] if at else said
        what = f"this is not TOML: {what[:1].lower()}{what[1:]}"
        raise BadLine(what, number) from None
    except (ValueError, RecursionError):
        raise BadLine("this is not TOML: a number or a list without end") from None


def meant(data: Any, kind: type[T]) -> T:
    """*data* as the struct *kind*. Raises :class:`Flaw`."""
    _check(data, inspect.type_info(kind), ())
    return msgspec.convert(data, kind)


def located(flaw: Flaw, text: str) -> BadLine:
    """*flaw* with its line in *text*: that of the key, else of the table it is in."""
    lines = lines_of(text)
    for length in range(len(flaw.path), 0, -1):
        if number := lines.get(flaw.path[:length]):
            return BadLine(flaw.what, number)
    return BadLine(flaw.what)


def lines_of(text: str) -> dict[Path, int]:
    """The line on which each table and each key of a TOML file begins, from 1."""
    found: dict[Path, int] = {}
    tables: dict[Path, int] = {}
    above: Path = ()
    depth, quote = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        if quote or depth > 0:
            depth, quote = _open_after(line, depth, quote)
            continue
        if header := _HEADER.match(line):
            above = _table(_parts(header[2]), header[1] == "[[", tables)
            found.setdefault(above, number)
        elif key := _KEY.match(line):
            path = (*above, *_parts(key[1]))
            for length in range(len(above) + 1, len(path) + 1):
                found.setdefault(path[:length], number)
            depth, quote = _open_after(line[key.end() :], 0, "")
    return found


def _table(parts: Path, new: bool, tables: dict[Path, int]) -> Path:
    """The path of a header; *tables* counts those of each array of tables."""
    path: Path = ()
    for place, part in enumerate(parts):
        path = (*path, part)
        if new and place == len(parts) - 1:
            tables[path] = tables.get(path, -1) + 1
        if path in tables:
            path = (*path, tables[path])
    return path


def _parts(dotted: str) -> Path:
    parts = dotted.split(".", _DEEPEST)[:_DEEPEST]
    return tuple(part.strip().strip("\"'") for part in parts)


def _open_after(line: str, depth: int, quote: str) -> tuple[int, str]:
    """How many brackets, and which long string, are still open after *line*."""
    while True:
        if quote:
            _, end, line = line.partition(quote)
            if not end:
                return depth, quote
            quote = ""
        begins = [each for mark in _LONG if (each := _begins(line, mark)) is not None]
        if not begins:
            plain = _STRING.sub("", line).partition("#")[0]
            return depth + plain.count("[") - plain.count("]"), ""
        place, quote = min(begins)
        before = _STRING.sub("", line[:place])
        depth += before.count("[") - before.count("]")
        line = line[place + len(quote) :]


def _begins(line: str, mark: str) -> tuple[int, str] | None:
    """Where a long string begins in *line*, if it is no comment by then."""
    place = line.find(mark)
    return None if place < 0 or "#" in line[:place] else (place, mark)


# Whether data is what a type wants


def _check(value: Any, kind: inspect.Type, path: Path) -> None:
    match kind:
        case inspect.StructType(array_like=True):
            _row(value, kind, path)
        case inspect.StructType():
            _struct(value, kind, path)
        case inspect.DictType():
            _keys(value, kind, path)
        case inspect.VarTupleType():
            if not isinstance(value, list):
                raise _wrong(path, "a list in [ ]", value)
            for index, each in enumerate(value):
                _check(each, kind.item_type, (*path, index))
        case inspect.UnionType() if value is None:
            pass
        case inspect.UnionType():
            choices = _choices(kind)
            if choices:
                _choice(value, choices, path)
                return
            (only,) = [k for k in kind.types if not isinstance(k, inspect.NoneType)]
            _check(value, only, path)
        case inspect.LiteralType():
            _choice(value, _choices(kind), path)
        case inspect.BoolType():
            if not isinstance(value, bool):
                raise _wrong(path, "true or false", value)
        case inspect.IntType():
            if not isinstance(value, int) or isinstance(value, bool):
                raise _wrong(path, "a whole number", value)
        case _:
            if not isinstance(value, str):
                raise _wrong(path, "a text in quotes", value)


def _struct(value: Any, kind: inspect.StructType, path: Path) -> None:
    if not isinstance(value, dict):
        raise _wrong(path, "a table", value)
    fields = {field.encode_name: field for field in kind.fields}
    for key, each in value.items():
        if key not in fields:
            raise Flaw(
                (*path, key),
                f"there is no key “{short(key)}”; {nearest(key, list(fields))}",
            )
        _check(each, fields[key].type, (*path, key))
    for key, field in fields.items():
        if field.required and key not in value:
            raise Flaw(path, f"“{key}” is missing")


def _row(value: Any, kind: inspect.StructType, path: Path) -> None:
    names = [field.name for field in kind.fields]
    if not isinstance(value, list) or len(value) != len(names):
        raise _wrong(path, f"[{', '.join(names)}]", value)
    for index, (each, field) in enumerate(zip(value, kind.fields, strict=True)):
        _check(each, field.type, (*path, index))


def _keys(value: Any, kind: inspect.DictType, path: Path) -> None:
    if not isinstance(value, dict):
        raise _wrong(path, "a table", value)
    choices = _choices(kind.key_type)
    for key, each in value.items():
        if choices and key not in choices:
            raise Flaw(
                (*path, key),
                f"there is no key “{short(key)}”; {nearest(key, choices)}",
            )
        _check(each, kind.value_type, (*path, key))


def _choices(kind: inspect.Type) -> list[str]:
    """What a literal, or a union of literals, allows; nothing for other types."""
    match kind:
        case inspect.LiteralType(values=values):
            return [str(each) for each in values]
        case inspect.UnionType(types=types):
            known = [_choices(each) for each in types]
            return [each for some in known for each in some] if all(known) else []
        case _:
            return []


def _choice(value: Any, choices: list[str], path: Path) -> None:
    if not isinstance(value, str):
        raise _wrong(path, f"one of {_listed(choices)}", value)
    if value not in choices:
        what = f"{named(path)} cannot be “{short(value)}”; {nearest(value, choices)}"
        raise Flaw(path, what)


def _wrong(path: Path, wanted: str, value: Any) -> Flaw:
    return Flaw(path, f"{named(path)} must be {wanted}, not {_shown(value)}")


def _shown(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return short(value)
        case str():
            return f"“{short(value)}”"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date or a time"


def short(value: float | str) -> str:
    """What somebody wrote, as far as it has to be said again."""
    if isinstance(value, int) and abs(value) >= 10**_ECHO:
        return "a number without end"
    said = str(value)
    return said if len(said) <= _ECHO else f"{said[:_ECHO]}…"


def named(path: Path) -> str:
    """A path as it is read in a file: ``limits.statement``; the entry of a list."""
    keys = [str(each) for each in path if not isinstance(each, int)]
    if not path:
        return "the file"
    name = f"“{'.'.join(keys)}”"
    return f"each entry of {name}" if isinstance(path[-1], int) else name


def nearest(word: str, known: list[str]) -> str:
    """What to say of a *word* that is not known: the one that was probably meant."""
    close = get_close_matches(word, known, n=1, cutoff=0.5)
    if close:
        return f"did you mean “{close[0]}”?"
    return f"it may be {_listed(known)}"


def _listed(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"
