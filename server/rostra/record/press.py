"""Prints a record: ``python -m rostra.record.press pdf < minutes.json > record.pdf``.

A process of its own, so that neither its time nor its memory is the room's. It reads
the minutes as JSON and knows no meeting beside it.
"""

import sys

import msgspec

from rostra.record.chapters import to_lower_thirds, to_webvtt
from rostra.record.document import to_docx
from rostra.record.drawings import drawing
from rostra.record.forms import FORMS, FormName
from rostra.record.minutes import Minutes
from rostra.record.page import to_html
from rostra.record.pdf import to_pdf
from rostra.record.svg import to_svg
from rostra.record.workbook import to_xlsx


class NoSuchPicture(ValueError):
    """The record has no picture of that key; the text names those that it has."""


def written(form: FormName, minutes: Minutes, picture: str = "") -> bytes:
    """The record in a form; for ``svg`` the *picture* of that key."""
    match form:
        case "docx":
            return to_docx(minutes)
        case "pdf":
            return to_pdf(minutes)
        case "xlsx":
            return to_xlsx(minutes)
        case "html":
            return to_html(minutes).encode()
        case "json":
            return to_json(minutes)
        case "vtt":
            return to_webvtt(minutes).encode()
        case "thirds":
            return to_lower_thirds(minutes)
        case "svg":
            return _picture(minutes, picture).encode()


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
