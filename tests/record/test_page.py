"""The record as a page: everything in it, nothing fetched, nothing that runs."""

import re

from msgspec import structs

from rostra.record.course import course
from rostra.record.page import to_html
from rostra.record.writing import minutes_of
from support.closing import CONCLUDED, closing_discussion, commits

FLOOR = closing_discussion()
MINUTES = minutes_of(FLOOR.meeting, course=course(commits(FLOOR)))
PAGE = to_html(MINUTES)


def test_it_has_every_section_and_every_paragraph() -> None:
    for section in MINUTES.sections:
        assert f">{section.title}</h2>" in PAGE
    assert PAGE.count('<p class="statement') == sum(
        each.style == "statement" for s in MINUTES.sections for each in s.paragraphs
    )
    assert f">{CONCLUDED[0]}</p>" in PAGE
    assert "The meeting rose at 1.51 p.m." in PAGE


def test_it_has_every_picture_and_every_table() -> None:
    assert PAGE.count("<svg") == PAGE.count("</svg>") == len(MINUTES.pictures) > 3
    assert PAGE.count("<table>") == 1 + len(MINUTES.totals)
    assert PAGE.count("<tr>") == sum(
        1 + len(each.rows) for each in (MINUTES.times, *MINUTES.totals)
    )


def test_nothing_is_fetched_and_nothing_runs() -> None:
    assert "<script" not in PAGE
    assert not re.search(r"(\bsrc=|url\(|@import|https?://)", PAGE)
    assert "default-src 'none'" in PAGE


def test_its_names_are_used_once() -> None:
    names = re.findall(r' id="([^"]+)"', PAGE)
    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#([^"]+)"', PAGE)) <= set(names)


def test_it_says_its_language_and_direction() -> None:
    assert PAGE.startswith('<!doctype html>\n<html lang="en" dir="ltr">')
    arabic = structs.replace(MINUTES, language="ar", direction="rtl")
    assert '<html lang="ar" dir="rtl">' in to_html(arabic)
