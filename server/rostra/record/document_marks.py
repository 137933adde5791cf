"""Marks of a DOCX that the library has no words for: directions, fields, rules."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def child(parent: Any, name: str) -> Any:
    """The mark *name* of *parent*, made where the schema wants it."""
    found = parent.find(qn(name))
    if found is None:
        found = OxmlElement(name)
        _put(parent, found, name)
    return found


#: What comes after these in a paragraph's properties, as the schema wants it.
_AFTER_BIDI = tuple(
    f"w:{name}"
    for name in (
        *("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing"),
        *("mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment"),
        *("textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr"),
        "pPrChange",
    )
)


#: The same of the size of letters from right to left, in a run's.
_AFTER_SIZE = tuple(
    f"w:{name}"
    for name in (
        *("highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl"),
        *("cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath"),
    )
)
#: And of the borders, in a table's.
_AFTER_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _put(parent: Any, element: Any, name: str) -> None:
    if name == "w:bidi":
        parent.insert_element_before(element, *_AFTER_BIDI)
    elif name == "w:szCs":
        parent.insert_element_before(element, *_AFTER_SIZE)
    elif name == "w:bidiVisual":
        parent.insert_element_before(element, "w:tblW", "w:jc", *_AFTER_BORDERS)
    else:
        parent.append(element)


def value(parent: Any, name: str, value: str) -> None:
    """Set the mark *name* of *parent* to a value."""
    child(parent, name).set(qn("w:val"), value)


def indent(line: Paragraph, width: Any) -> None:
    """From where the line starts: the right in Arabic, as Word takes it."""
    line.paragraph_format.left_indent = width


def field(run: Run, name: str) -> None:
    """A number that the reader's program fills in."""
    for sort, text in (("begin", ""), ("", name), ("end", "")):
        if sort:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), sort)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = f" {text} "
        run._r.append(mark)


def rule(line: Paragraph) -> None:
    """A line under a paragraph."""
    edge = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "4")):
        edge.set(qn(f"w:{key}"), value)
    edges = OxmlElement("w:pBdr")
    edges.append(edge)
    line._p.get_or_add_pPr().insert_element_before(
        edges, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:bidi", *_AFTER_BIDI
    )


def borders(table: Any) -> None:
    """Thin lines between rows, and none between columns."""
    edges = OxmlElement("w:tblBorders")
    for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "2")):
        edge = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", size), ("color", "999999")):
            edge.set(qn(f"w:{key}"), value)
        edges.append(edge)
    table.tblPr.insert_element_before(edges, *_AFTER_BORDERS)
