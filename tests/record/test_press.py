"""A record is printed in any form, in a process of its own if need be."""

import io
import subprocess
import sys
import zipfile

import msgspec
import pytest

from rostra.record.course import course
from rostra.record.forms import FORMS, FormName
from rostra.record.minutes import Minutes
from rostra.record.press import NoSuchPicture, written
from rostra.record.writing import minutes_of
from support.closing import CANARY, closing_discussion, commits

FLOOR = closing_discussion()
MINUTES = minutes_of(FLOOR.meeting, course=course(commits(FLOOR)))
FIRST: dict[FormName, bytes] = {
    "docx": b"PK",
    "pdf": b"%PDF-",
    "xlsx": b"PK",
    "html": b"<!doctype html>",
    "json": b"{",
    "vtt": b"WEBVTT",
    "thirds": b"{",
    "svg": b"<svg ",
}


def opened(body: bytes) -> bytes:
    """All that is in a document, unpacked."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return b"".join(parts.read(name) for name in parts.namelist())
    return body


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_what_it_says(form: FormName) -> None:
    body = written(form, MINUTES, "timeline")
    assert body.startswith(FIRST[form])


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"pdf"}))
def test_what_is_internal_is_in_no_form(form: FormName) -> None:
    """A no-show, a mistake, the staff's notes: they happened, and are not told."""
    body = opened(written(form, MINUTES, "timeline"))
    assert b"Aruvai" in body or form == "svg"
    for word in (CANARY, "DRAFT", "no_show", "voided", "spoke too long"):
        assert word.encode() not in body, word


def test_json_holds_all_that_documents_are_written_from() -> None:
    assert msgspec.json.decode(written("json", MINUTES), type=Minutes) == MINUTES


def test_a_picture_that_is_not_there_is_named() -> None:
    with pytest.raises(NoSuchPicture, match="'regions', but timeline, lengths"):
        written("svg", MINUTES, "regions")


def test_a_process_of_its_own_prints_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rostra.record.press", "svg", "kinds"],
        input=msgspec.json.encode(MINUTES),
        capture_output=True,
        check=True,
    )
    assert done.stdout == written("svg", MINUTES, "kinds")
