"""Free text as it may be kept: what people typed, without what only confuses.

Control characters, marks that turn the direction of what stands beside them, and
characters that cannot be seen are taken out (PROMISES 92, 93); everything that can be
read stays as it was typed.
"""

import unicodedata

from msgspec import structs

from rostra.core.meeting import Person

#: Joiners that Arabic, Persian and the scripts of India need.
_JOINERS = "\u200c\u200d"
_UNSEEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))


def line(text: str) -> str:
    """One line: trimmed, NFC, nothing unseen, single spaces."""
    return " ".join(_readable(text, "").split())


def lines(text: str) -> str:
    """Several lines, perhaps still being typed: spaces and line breaks stay."""
    return _readable(text, "\n\t")


def person(typed: Person | None) -> Person | None:
    """A name and title; None where there is no name."""
    if typed is None:
        return None
    tidy = structs.replace(typed, name=line(typed.name), title=line(typed.title))
    return tidy if tidy.name else None


def _readable(text: str, keep: str) -> str:
    if text.isascii() and text.isprintable():
        # as most text is: all of it is seen, and each letter is one letter
        return text
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(
        c if c in keep or c in _JOINERS or _visible(c) else " " if c in "\n\t" else ""
        for c in normal
    )


def _visible(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN
