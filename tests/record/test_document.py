"""The record as DOCX, read again."""

import io
import zipfile

import docx
from docx.oxml.ns import qn
from msgspec import structs

from rostra.record.course import course
from rostra.record.document import to_docx
from rostra.record.minutes import Minutes
from rostra.record.writing import minutes_of
from support.closing import closing_discussion, commits

FLOOR = closing_discussion()
MINUTES = minutes_of(FLOOR.meeting, "record", course=course(commits(FLOOR)))


def opened(minutes: Minutes = MINUTES) -> docx.document.Document:
    """Written and read."""
    return docx.Document(io.BytesIO(to_docx(minutes)))


def test_every_paragraph_stands_in_it_with_its_number() -> None:
    texts = {each.text for each in opened().paragraphs}
    for section in MINUTES.sections:
        assert section.title in texts
        for each in section.paragraphs:
            number = f"{each.number}.\t" if each.number else ""
            assert f"{number}{each.lead}{each.text}" in texts


def test_tables_are_whole_and_repeat_their_heads() -> None:
    found = opened()
    rows = [len(table.rows) for table in found.tables]
    whole = [1 + len(each.rows) for each in (MINUTES.times, *MINUTES.totals)]
    assert rows == whole
    for table in found.tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None


def test_pictures_say_what_they_show() -> None:
    found = opened()
    shapes = [each._inline.docPr for each in found.inline_shapes]
    assert [each.get("descr") for each in shapes] == [
        each.description for each in MINUTES.pictures
    ]


def test_headings_are_headings() -> None:
    found = [e.text for e in opened().paragraphs if e.style.name == "Heading 1"]
    titles = [each.title for each in MINUTES.sections]
    assert found == [*titles, "Conclusions", "Annex"]


def test_in_arabic_lines_and_tables_go_from_right_to_left() -> None:
    arabic = structs.replace(MINUTES, language="ar", direction="rtl")
    found = opened(arabic)
    body = [p for p in found.paragraphs if p.text]
    assert all(p._p.pPr.find(qn("w:bidi")) is not None for p in body)
    assert all(t._tbl.tblPr.find(qn("w:bidiVisual")) is not None for t in found.tables)
    runs = [run for p in body for run in p.runs if run.text.strip()]
    assert all(run.font.rtl for run in runs)


def test_the_same_record_is_the_same_document() -> None:
    def parts() -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(to_docx(MINUTES))) as found:
            return {name: found.read(name) for name in found.namelist()}

    assert parts() == parts()
