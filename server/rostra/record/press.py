"""Prints a record: ``python -m rostra.record.press pdf < minutes.json > record.pdf``.

A process of its own, so that neither its time nor its memory is the room's. It reads
the minutes as JSON and knows no meeting beside it.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import msgspec

from rostra.record.drawings import drawing
from rostra.record.forms import FORMS, FormName
from rostra.record.minutes import Minutes
from rostra.record.svg import to_svg

#: What writes a form. Loaded by name, and only what is needed: the libraries of all
#: forms together take longer to load than most documents to write.
_WRITERS: dict[FormName, str] = {
    "docx": "document.to_docx",
    "pdf": "pdf.to_pdf",
    "xlsx": "workbook.to_xlsx",
    "html": "page.to_html",
    "vtt": "chapters.to_webvtt",
    "thirds": "chapters.to_lower_thirds",
}


class NoSuchPicture(ValueError):
    """The record has no picture of that key; the text names those that it has."""


def written(form: FormName, minutes: Minutes, picture: str = "") -> bytes:
    """The record in a form; for ``svg`` the *picture* of that key."""
    if form == "json":
        return to_json(minutes)
    if form == "svg":
        return _picture(minutes, picture).encode()
    body = _writer(form)(minutes)
    return body.encode() if isinstance(body, str) else body


def _writer(form: FormName) -> Callable[[Minutes], str | bytes]:
    module, _, name = _WRITERS[form].partition(".")
    writer: Any = getattr(import_module(f"rostra.record.{module}"), name)
    return writer  # type: ignore[no-any-return]


def to_json(minutes: Minutes) -> bytes:
    """All that documents are written from."""
    return msgspec.json.format(msgspec.json.encode(minutes), indent=2) + b"\n"


def _picture(minutes: Minutes, key: str) -> str:
    for each in minutes.pictures:
        if each.key == key:
            drawn = drawing(each, minutes)
            return to_svg(drawn, direction=minutes.direction, standalone=True)
    known = ", ".join(each.key for each in minutes.pictures)
    raise NoSuchPicture(f"there is no picture {key!r}, but {known or 'none at all'}")


def main() -> None:
    """From standard input to standard output."""
    form, *more = sys.argv[1:]
    minutes = msgspec.json.decode(sys.stdin.buffer.read(), type=Minutes)
    assert form in FORMS
    sys.stdout.buffer.write(written(form, minutes, *more))


if __name__ == "__main__":
    main()
