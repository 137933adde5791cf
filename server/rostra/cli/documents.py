"""``rostra export --as docx,pdf``: a record's documents, written into a folder.

What stands in them comes from the server; they are written here, each by a process of
its own, so that no room waits for one.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from rostra.cli.office import AskLog, AskMinutes, Sorry
from rostra.cli.plainly import put, settings_of
from rostra.core.ids import MeetingId
from rostra.core.roster import LANGUAGES
from rostra.record.forms import FORMS
from rostra.record.minutes import Minutes

#: Of the log, beside the documents.
LOG = "csv"


def forms_in(text: str) -> list[str]:
    """The forms that ``--as`` names, in its order. Raises Sorry."""
    named = list(dict.fromkeys(part.strip() for part in text.split(",")))
    for each in named:
        if each not in (*FORMS, LOG):
            known = ", ".join((LOG, *FORMS))
            raise Sorry(f"There is no form {each!r}. There are {known}.")
    return named


def write(args: argparse.Namespace, forms: list[str]) -> int:
    """Write each form into the folder and say where it is. Raises Sorry."""
    if args.lang not in LANGUAGES:
        raise Sorry(f"Documents are in {', '.join(LANGUAGES)}; not in {args.lang}.")
    settings, meeting = settings_of(args), MeetingId(args.meeting)
    folder = Path(args.to)
    folder.mkdir(parents=True, exist_ok=True)
    ask = AskMinutes(meeting=meeting, lang=args.lang, audience=args.audience)
    minutes = msgspec.convert(put(settings, ask), Minutes)
    stem = meeting if args.lang == "en" else f"{meeting}-{args.lang}"
    for form in forms:
        if form == LOG:
            log = AskLog(meeting=meeting, form=LOG, audience=args.audience)
            _put(folder / f"{meeting}.csv", put(settings, log).encode())
            continue
        for name, order in _orders(form, minutes):
            _put(folder / f"{stem}{name}", _printed(order, minutes))
    return 0


def _orders(form: str, minutes: Minutes) -> Iterator[tuple[str, list[str]]]:
    """What the files of a form are called after the meeting, and how each is made."""
    suffix = FORMS[form].suffix  # type: ignore[index]
    if form != "svg":
        yield suffix, [form]
        return
    for picture in minutes.pictures:
        yield f"-{picture.key}{suffix}", [form, picture.key]


def _printed(order: list[str], minutes: Minutes) -> bytes:
    command = [sys.executable, "-m", "rostra.record.press", *order]
    body = msgspec.json.encode(minutes)
    done = subprocess.run(command, input=body, capture_output=True, check=False)
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise Sorry(f"The {order[0]} was not written: {' '.join(last)}")
    return done.stdout


def _put(file: Path, body: bytes) -> None:
    file.write_bytes(body)
    print(file)
