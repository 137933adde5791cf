"""Marks of a DOCX stand where the schema wants them: Word takes no other order."""

import docx
from docx.oxml.ns import qn
from docx.shared import Pt

from rostra.record.document_marks import borders, child, field, rule, value


def names(parent: object) -> list[str]:
    """The children of an element, in order, without their space."""
    return [each.tag.rpartition("}")[2] for each in parent]  # type: ignore[attr-defined]


def test_a_direction_stands_before_what_comes_after_it() -> None:
    line = docx.Document().add_paragraph("x")
    line.paragraph_format.space_before = Pt(3)
    line.paragraph_format.keep_with_next = True
    child(line._p.pPr, "w:bidi")
    child(line._p.pPr, "w:bidi")
    rule(line)
    assert names(line._p.pPr) == ["keepNext", "pBdr", "bidi", "spacing"]


def test_a_size_stands_before_the_direction_of_a_run() -> None:
    run = docx.Document().add_paragraph().add_run("x")
    run.font.rtl = True
    run.font.size = Pt(9)
    value(run._r.rPr, "w:szCs", "18")
    assert names(run._r.rPr) == ["sz", "szCs", "rtl"]


def test_a_table_has_its_direction_and_borders_in_their_places() -> None:
    table = docx.Document().add_table(rows=1, cols=1)
    table.autofit = False
    borders(table._tbl)
    child(table._tbl.tblPr, "w:bidiVisual")
    order = ["bidiVisual", "tblW", "tblBorders", "tblLayout", "tblLook"]
    assert [n for n in names(table._tbl.tblPr) if n != "jc"] == order


def test_a_field_is_filled_in_by_who_reads() -> None:
    run = docx.Document().add_paragraph().add_run("")
    field(run, "PAGE")
    marks = [each for each in run._r if each.tag != qn("w:rPr")]
    assert names(marks) == ["fldChar", "instrText", "fldChar"]
