"""The record as PDF: complete, its faces embedded, in every direction."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from msgspec import structs

from rostra.record.course import course
from rostra.record.minutes import Minutes
from rostra.record.pdf import to_pdf
from rostra.record.writing import minutes_of
from rostra.web.catalogue import Catalogues
from support.closing import CANARY, closing_discussion, commits
from support.poppler import words_of

ROOT = Path(__file__).parents[2]
FLOOR = closing_discussion()
MINUTES = minutes_of(FLOOR.meeting, "record", course=course(commits(FLOOR)))
ARABIC = structs.replace(MINUTES, language="ar", direction="rtl")
CHINESE = structs.replace(MINUTES, language="zh")


@pytest.mark.parametrize("minutes", [MINUTES, ARABIC, CHINESE],
                         ids=lambda each: each.language)  # fmt: skip
def test_faces_are_embedded(minutes: Minutes) -> None:
    body = to_pdf(minutes)
    assert body.startswith(b"%PDF-")
    fonts = set(re.findall(rb"/FontFile[23]", body))
    assert fonts, "no face in it"
    assert not re.search(rb"/BaseFont /(Helvetica|Times|Courier)", body)
    language = minutes.language.encode()
    assert re.search(rb"/Lang ?\(" + language, body)


def test_pictures_are_vectors() -> None:
    assert b"/Subtype /Image" not in to_pdf(MINUTES)


def test_the_same_record_is_the_same_document() -> None:
    def same(body: bytes) -> bytes:
        return re.sub(rb"/ID \[.*?\]", b"", body)

    assert same(to_pdf(CHINESE)) == same(to_pdf(CHINESE))


def read(minutes: Minutes) -> str:
    """The words of it, by somebody else's program."""
    return words_of(to_pdf(minutes), "-layout").decode()


def letters(text: str) -> Counter[str]:
    """How often each Arabic letter stands in *text*, whatever its form."""
    plain = unicodedata.normalize("NFKC", text)
    return Counter(sign for sign in plain if "\u0621" <= sign <= "\u064a")


def test_arabic_stays_arabic_between_other_letters() -> None:
    """A face that is set within a line is not forgotten after it."""
    language = Catalogues(ROOT / "config/locales", ("ar",)).language("ar")
    whole = minutes_of(FLOOR.meeting, "record", language)
    none = structs.replace(whole.times, rows=())
    bare = structs.replace(whole, pictures=(), totals=(), times=none)
    head, found = bare.heading, bare.conclusions
    assert found is not None
    said = [head.form, bare.contents_title, head.held, head.presided_label]
    said += [2 * s.title for s in bare.sections] + [2 * bare.annexes_title]
    prose = [p for s in bare.sections for p in s.paragraphs]
    said += [f"{p.lead}{p.text}" for p in (*bare.opening, *prose, *bare.closing)]
    said += [
        2 * found.title,
        found.addenda_title,
        found.addenda[0].conclusions[0].state,
    ]
    said += [none.title, *(c.name for c in none.columns), bare.provenance]
    text = read(bare)
    pages = text.count("\f")
    said += [pages * bare.page]
    assert letters(text) == letters("".join(said))


def test_its_words_can_be_read_and_searched() -> None:
    text = " ".join(read(MINUTES).split())
    assert "The meeting was called to order at 11.34 a.m." in text
    assert "Page 1 of" in text
    for section in MINUTES.sections:
        assert section.title in text
    for each in MINUTES.speeches:
        assert each.name in text
    assert CANARY not in text
