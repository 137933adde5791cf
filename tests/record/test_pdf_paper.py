"""The paper of a PDF: a face is said before a line, not within it."""

import re

from rostra.record.fonts import FILES
from rostra.record.pdf_paper import Paper


def test_each_face_is_said_outside_of_any_line() -> None:
    paper = Paper("P", "mm", "A4")
    paper.set_compression(False)
    for face, file in FILES.items():
        paper.add_font(face, "", file)
    paper.add_page()
    for face in FILES:
        paper.set_font(face, "", 10)
    said = re.findall(rb"^BT /F(\d) 10.00 Tf ET$", bytes(paper.output()), re.MULTILINE)
    assert said == [b"1", b"2", b"3"]


def test_the_head_runs_from_the_second_page_on() -> None:
    paper = Paper("P", "mm", "A4")
    paper.set_compression(False)
    paper.add_font("latin", "", FILES["latin"])
    paper.foot = "Page {page} of {pages}"
    paper.add_page()
    alone = bytes(paper.output()).count(b" l S")
    paper = Paper("P", "mm", "A4")
    paper.set_compression(False)
    paper.add_font("latin", "", FILES["latin"])
    paper.add_page()
    paper.add_page()
    assert bytes(paper.output()).count(b" l S") == alone + 1
