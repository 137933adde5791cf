"""The record as DOCX, in the form of a summary record."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

from rostra.record.cells import short, shown
from rostra.record.document_marks import (
    borders,
    child,
    field,
    indent,
    rule,
    value,
)
from rostra.record.drawings import WIDTH, drawing
from rostra.record.language import Dates, Language
from rostra.record.minutes import Conclusions, Minutes, Paragraph, Part, Section, Table
from rostra.record.png import can_draw, joins, to_png

_FONTS = {"ar": "Traditional Arabic", "zh": "SimSun"}
_FONT = "Times New Roman"
_MUTED = RGBColor(0x59, 0x59, 0x59)
_POINT = 12_700
_TEXT_CM = 16.0


def to_docx(minutes: Minutes) -> bytes:
    """The document."""
    writer = _Writer(minutes)
    writer.write()
    out = io.BytesIO()
    writer.document.save(out)
    return out.getvalue()


class _Writer:
    def __init__(self, minutes: Minutes) -> None:
        self._minutes = minutes
        self._rtl = minutes.direction == "rtl"
        self._slants = minutes.language not in _FONTS
        self._dates = Dates(Language(), minutes.zone)
        self.document: Docx = Document()
        self._set_up()

    def write(self) -> None:
        """Everything, from the top."""
        found = self._minutes
        self._head()
        self._contents()
        self._prose(found.opening)
        for section in found.sections:
            self._section(section)
        self._conclusions(found.conclusions)
        self._prose(found.closing)
        self._heading(found.annexes_title, 1, new_page=True)
        for picture in found.pictures:
            drawn = drawing(picture, found)
            self._heading(drawn.title, 2)
            if can_draw(drawn, joining=joins()):
                self._picture(to_png(drawn), drawn.title, drawn.description)
            else:
                self._line(drawn.description)
        for table in (found.times, *found.totals):
            self._heading(table.title, 2)
            self._table(table)
        self._line(found.provenance, size=8.5, muted=True, before=14)

    # The page

    def _set_up(self) -> None:
        found, head = self.document, self._minutes.heading
        page = found.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2.5)
        page.top_margin, page.bottom_margin = Cm(2.4), Cm(2.2)
        style = found.styles["Normal"]
        style.font.name = _FONT
        style.font.size = Pt(11)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        own = _FONTS.get(self._minutes.language, _FONT)
        fonts.set(qn("w:cs"), own)
        fonts.set(qn("w:eastAsia"), _FONTS["zh"])
        for level, size in ((1, 14), (2, 12)):
            title = found.styles[f"Heading {level}"]
            title.font.name = _FONT
            title.font.size = Pt(size)
            title.font.color.rgb = RGBColor(0, 0, 0)
            rest = title.element.get_or_add_rPr().get_or_add_rFonts()
            for name in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
                rest.attrib.pop(qn(f"w:{name}"), None)
            rest.set(qn("w:cs"), own)
            rest.set(qn("w:eastAsia"), _FONTS["zh"])
        for name in ("Header", "Footer"):
            found.styles[name].font.size = Pt(9)
        core = found.core_properties
        core.title, core.subject, core.author = head.title, head.event, "Rostra"
        core.language = self._minutes.language
        core.comments = ""
        core.created = core.modified = datetime.fromtimestamp(
            self._minutes.at / 1000, UTC
        )
        self._edges(page)

    def _edges(self, page: Any) -> None:
        """The running head from the second page on, and numbers of pages."""
        page.different_first_page_header_footer = True
        self._line(self._minutes.heading.title, page.header.paragraphs[0], size=9)
        for footer in (page.footer, page.first_page_footer):
            line = self._line("", footer.paragraphs[0], size=9)
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            before, _, rest = self._minutes.page.partition("{page}")
            between, _, after = rest.partition("{pages}")
            for text, name in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
                self._run(line, text, size=9)
                if name:
                    field(self._run(line, "", size=9), name)

    # Its parts

    def _head(self) -> None:
        head = self._minutes.heading
        top = self._line(head.event, size=10, muted=True)
        # the form of the document at the other end of the line
        top.paragraph_format.tab_stops.add_tab_stop(
            Cm(_TEXT_CM), WD_TAB_ALIGNMENT.RIGHT
        )
        self._run(top, f"\t{head.form}", size=10, muted=True)
        rule(top)
        self._line(head.title, size=20, bold=True, before=16, after=4)
        if head.theme:
            self._line(head.theme, size=12.5, italic=True, after=10)
        if head.held:
            self._line(head.held, after=2)
        for name in head.presided:
            line = self._line(f"{head.presided_label}: ", after=2)
            self._run(line, name)
        rule(self.document.paragraphs[-1])

    def _contents(self) -> None:
        found = self._minutes
        self._line(found.contents_title, bold=True, before=8, after=2)
        titles = [each.title for each in found.sections]
        titles += [found.conclusions.title] if found.conclusions else []
        for title in (*titles, found.annexes_title):
            line = self._line(title, after=0)
            indent(line, Cm(0.7))
        self._line("", after=4)

    def _section(self, section: Section) -> None:
        self._heading(section.title, 1)
        if section.presider:
            self._line(section.presider, italic=True, muted=True, after=3)
        for question in section.questions:
            line = self._line(f"– {question}", italic=True, muted=True, after=2)
            indent(line, Cm(0.7))
        self._prose(section.paragraphs)

    def _prose(self, paragraphs: Iterable[Paragraph]) -> None:
        for each in paragraphs:
            start = Cm(0.9 + 0.9 * each.depth)
            if each.style == "procedure":
                self._line(each.text, italic=True, before=4, after=6)
                continue
            line = self._line("", after=6)
            line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            indent(line, start)
            if each.number is not None:
                line.paragraph_format.first_line_indent = Cm(-0.9)
                line.paragraph_format.tab_stops.add_tab_stop(start)
                self._run(line, f"{each.number}.\t")
            if each.lead:
                self._run(line, each.lead, bold=True)
            self._run(line, each.text, italic=each.style == "remark")

    def _conclusions(self, found: Conclusions | None) -> None:
        if found is None:
            return
        self._heading(found.title, 1)
        self._parts(found.parts)
        if found.addenda:
            self._heading(found.addenda_title, 2)
            self._parts(found.addenda)

    def _parts(self, parts: Iterable[Part]) -> None:
        for part in parts:
            if part.heading:
                self._line(part.heading, italic=True, before=4, after=3)
            for each in part.conclusions:
                line = self._line(each.text, after=6)
                indent(line, Cm(0.9))
                if each.state:
                    self._run(line, f" [{each.state}]", italic=True)

    def _picture(self, png: bytes, title: str, description: str) -> None:
        line = self._line("", after=6)
        run = line.add_run()
        shape = run.add_picture(io.BytesIO(png), width=Emu(int(WIDTH * _POINT)))
        said = shape._inline.docPr
        said.set("title", title)
        said.set("descr", description)

    def _table(self, table: Table) -> None:
        made = self.document.add_table(rows=1, cols=len(table.columns))
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        made.autofit = False
        if self._rtl:
            child(made._tbl.tblPr, "w:bidiVisual")
        shares = sum(each.width for each in table.columns)
        widths = [Cm(_TEXT_CM * each.width / shares) for each in table.columns]
        numbers = [each.sort != "text" for each in table.columns]
        names = [each.name for each in table.columns]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        self._row(made.rows[0].cells, names, widths, numbers, bold=True)
        child(made.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
        borders(made._tbl)
        for row in table.rows:
            texts = [
                short(shown(cell, column.sort, self._dates))
                for cell, column in zip(row, table.columns, strict=True)
            ]
            added = made.add_row()
            child(added._tr.get_or_add_trPr(), "w:cantSplit")
            self._row(added.cells, texts, widths, numbers)
        self._line("", after=4)

    def _row(
        self,
        cells: Iterable[_Cell],
        texts: list[str],
        widths: list[Any],
        numbers: list[bool],
        *,
        bold: bool = False,
    ) -> None:
        for cell, text, width, number in zip(
            cells, texts, widths, numbers, strict=True
        ):
            cell.width = width
            line = self._line(text, cell.paragraphs[0], size=9, bold=bold, after=1)
            if number:
                # "right" is the end of the line in both directions
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    # Lines and runs

    def _heading(self, title: str, level: int, *, new_page: bool = False) -> None:
        line = self._line(title, self.document.add_heading("", level))
        line.paragraph_format.space_before = Pt(16 if level == 1 else 12)
        line.paragraph_format.space_after = Pt(4)
        line.paragraph_format.page_break_before = new_page

    def _line(
        self,
        text: str,
        line: Line | None = None,
        *,
        size: float | None = None,
        bold: bool = False,
        italic: bool = False,
        muted: bool = False,
        before: float = 0,
        after: float = 0,
    ) -> Line:
        """A paragraph with *text*, new unless one is given."""
        found = line if line is not None else self.document.add_paragraph()
        found.paragraph_format.space_before = Pt(before)
        found.paragraph_format.space_after = Pt(after)
        if self._rtl:
            child(found._p.get_or_add_pPr(), "w:bidi")
        if text:
            self._run(found, text, size=size, bold=bold, italic=italic, muted=muted)
        return found

    def _run(
        self,
        line: Line,
        text: str,
        *,
        size: float | None = None,
        bold: bool = False,
        italic: bool = False,
        muted: bool = False,
    ) -> Run:
        run = line.add_run(text)
        # neither Arabic nor Chinese has slanted letters
        italic = italic and self._slants
        run.bold, run.italic = bold or None, italic or None
        if size:
            run.font.size = Pt(size)
        if muted:
            run.font.color.rgb = _MUTED
        if self._rtl:
            run.font.rtl = True
            # what is set for scripts from right to left stands apart
            run.font.cs_bold, run.font.cs_italic = bold or None, italic or None
            if size:
                value(run._r.get_or_add_rPr(), "w:szCs", str(round(size * 2)))
        return run
