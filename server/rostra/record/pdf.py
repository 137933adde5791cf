"""The record as PDF, in the form of a summary record: text shaped, faces embedded.

Pictures are vectors. What no face has a sign for is left out by the library.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from fpdf.enums import TextMode
from fpdf.fonts import FontFace

from rostra.record import fonts
from rostra.record.cells import short, shown
from rostra.record.drawings import COLOURS, Box, Drawing, Label, Line, drawing
from rostra.record.language import Dates, Language
from rostra.record.minutes import Conclusions, Minutes, Paragraph, Part, Section, Table
from rostra.record.pdf_paper import LEFT, MUTED, WIDE, Paper

#: Millimetres and points.
_POINT = 25.4 / 72
_HANG = 9.0
_BODY = 10.5
_LEAD = 1.42


def to_pdf(minutes: Minutes) -> bytes:
    """The document."""
    # it warns of every sign that a face lacks, and of every table
    logging.getLogger("fpdf").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    writer = _Writer(minutes)
    writer.write()
    return bytes(writer.pdf.output())


class _Writer:
    def __init__(self, minutes: Minutes) -> None:
        self._minutes = minutes
        self._rtl = minutes.direction == "rtl"
        self._start, self._end = ("R", "L") if self._rtl else ("L", "R")
        self._face = fonts.face_of(minutes.language)
        self._cuts = {"latin": "bi", "arabic": "b", "chinese": ""}[self._face]
        self._dates = Dates(Language(), minutes.zone)
        self.pdf = Paper("P", "mm", "A4")
        self._set_up()

    def write(self) -> None:
        """Everything, from the top."""
        found = self._minutes
        self.pdf.add_page()
        self._head()
        self._contents()
        self._prose(found.opening)
        for section in found.sections:
            self._section(section)
        self._conclusions(found.conclusions)
        self._prose(found.closing)
        self.pdf.add_page()
        self._heading(found.annexes_title, 14)
        for picture in found.pictures:
            self._picture(drawing(picture, found))
        for table in (found.times, *found.totals):
            self._table(table)
        self._gap(4)
        self._text(found.provenance, 8, muted=True)

    # The paper

    def _set_up(self) -> None:
        found, pdf = self._minutes, self.pdf
        pdf.set_margins(LEFT, 24, 210 - LEFT - WIDE)
        pdf.set_auto_page_break(auto=True, margin=22)
        self._add_faces()
        pdf.family, pdf.start = self._face, self._start
        pdf.head = short(found.heading.title, 90)
        pdf.foot = found.page
        pdf.set_text_shaping(
            use_shaping_engine=True, direction="rtl" if self._rtl else "ltr"
        )
        pdf.set_title(found.heading.title)
        pdf.set_subject(found.heading.event)
        pdf.set_lang(found.language)
        pdf.set_creator("Rostra")
        pdf.set_producer("Rostra")
        # not when it was written, so that the same record is the same file
        pdf.set_creation_date(datetime.fromtimestamp(found.at / 1000, UTC))

    def _add_faces(self) -> None:
        """The document's own face in its cuts; of the others one, to fall back on."""
        pdf, own = self.pdf, self._face
        bold = {"wght": 700.0}
        for face, file in fonts.FILES.items():
            pdf.add_font(face, "", file)
        if own == "latin":
            pdf.add_font(own, "b", fonts.LATIN, variations=bold)
            pdf.add_font(own, "i", fonts.LATIN_ITALIC)
        elif own == "arabic":
            pdf.add_font(own, "b", fonts.ARABIC, variations=bold)
        others = [face for face in fonts.FILES if face != own]
        pdf.set_fallback_fonts(others, exact_match=False)

    @contextmanager
    def _set(
        self, size: float, cut: str = "", *, muted: bool = False
    ) -> Iterator[None]:
        """In a cut of the face; Chinese has one weight, made bolder by its outline."""
        pdf = self.pdf
        style = cut if cut in self._cuts else ""
        pdf.set_font(self._face, style, size)
        grey = MUTED if muted else 0
        pdf.set_text_color(grey)
        if cut == "b" and not style:
            with pdf.local_context(text_mode=TextMode.FILL_STROKE):
                pdf.set_draw_color(grey)
                pdf.set_line_width(size * 0.012)
                yield
        else:
            yield
        pdf.set_text_color(0)

    # Its parts

    def _head(self) -> None:
        head, pdf = self._minutes.heading, self.pdf
        y = pdf.get_y()
        self._text(head.event, 9.5, muted=True, wide=WIDE * 0.7)
        below = pdf.get_y()
        with self._set(9.5, muted=True):
            x = LEFT if self._rtl else LEFT + WIDE * 0.7
            pdf.set_xy(x, y)
            pdf.cell(WIDE * 0.3, 9.5 * _POINT * _LEAD, head.form, align=self._end)
        pdf.set_xy(LEFT, below + 1)
        self._rule(0.5)
        self._gap(8)
        self._text(head.title, 20, "b", lead=1.2)
        if head.theme:
            self._gap(1)
            self._text(head.theme, 12, "i")
        self._gap(4)
        if head.held:
            self._text(head.held, _BODY)
        for name in head.presided:
            self._text(f"{head.presided_label}: {name}", _BODY)
        self._gap(3)
        self._rule(0.2)
        self._gap(4)

    def _contents(self) -> None:
        found = self._minutes
        self._text(found.contents_title, _BODY, "b")
        titles = [each.title for each in found.sections]
        titles += [found.conclusions.title] if found.conclusions else []
        for title in (*titles, found.annexes_title):
            self._text(title, _BODY, inset=_HANG)
        self._gap(5)

    def _section(self, section: Section) -> None:
        self._heading(section.title, 13)
        if section.presider:
            self._text(section.presider, 9.5, "i", muted=True)
        for question in section.questions:
            self._text(f"– {question}", 9.5, "i", muted=True, inset=_HANG)
        self._gap(2)
        self._prose(section.paragraphs)

    def _prose(self, paragraphs: Iterable[Paragraph]) -> None:
        for each in paragraphs:
            if each.style == "procedure":
                self._gap(1)
                self._text(each.text, _BODY, "i")
                self._gap(2.5)
                continue
            inset = _HANG * (1 + each.depth)
            self._room(_BODY * _POINT * _LEAD * 2)
            if each.number is not None:
                self._number(each.number, inset)
            if each.lead and not self._rtl and self._face == "latin":
                self._led(each, inset)
            else:
                cut = "i" if each.style == "remark" else ""
                self._text(
                    f"{each.lead}{each.text}", _BODY, cut, inset=inset, full=True
                )
            self._gap(2)

    def _number(self, number: int, inset: float) -> None:
        pdf, y = self.pdf, self.pdf.get_y()
        x = LEFT + inset - _HANG
        if self._rtl:
            x = LEFT + WIDE - inset
        with self._set(_BODY):
            pdf.set_xy(x, y)
            pdf.cell(_HANG, _BODY * _POINT * _LEAD, f"{number}.", align=self._start)
        pdf.set_xy(LEFT, y)

    def _led(self, each: Paragraph, inset: float) -> None:
        """A paragraph that begins in bold."""
        pdf = self.pdf
        pdf.set_font(self._face, "", _BODY)
        columns = pdf.text_columns(
            text_align="J", line_height=_LEAD, l_margin=LEFT + inset,
            r_margin=210 - LEFT - WIDE,
        )  # fmt: skip
        with columns:
            with self._set(_BODY, "b"):
                columns.write(each.lead)
            with self._set(_BODY):
                columns.write(each.text)
        pdf.set_x(LEFT)

    def _conclusions(self, found: Conclusions | None) -> None:
        if found is None:
            return
        self._heading(found.title, 13)
        self._parts(found.parts)
        if found.addenda:
            self._heading(found.addenda_title, 11)
            self._parts(found.addenda)

    def _parts(self, parts: Iterable[Part]) -> None:
        for part in parts:
            self._room(_BODY * _POINT * _LEAD * 4)
            if part.heading:
                self._text(part.heading, _BODY, "i")
                self._gap(1)
            for each in part.conclusions:
                state = f" [{each.state}]" if each.state else ""
                self._text(f"{each.text}{state}", _BODY, inset=_HANG, full=True)
                self._gap(2)

    def _table(self, table: Table) -> None:
        self._heading(table.title, 11, room=30)
        columns = list(table.columns)
        if self._rtl:
            columns.reverse()
        pdf = self.pdf
        pdf.set_font(self._face, "", 8.5)
        pdf.set_draw_color(0xB0)
        pdf.set_fill_color(0xFF)
        pdf.set_line_width(0.1)
        aligns = [self._start if c.sort == "text" else self._end for c in columns]
        with pdf.table(
            width=WIDE, align="L", borders_layout="HORIZONTAL_LINES",
            col_widths=tuple(c.width for c in columns), text_align=tuple(aligns),
            line_height=8.5 * _POINT * 1.45, padding=(0.6, 1),
            headings_style=FontFace(emphasis="BOLD" if "b" in self._cuts else None),
        ) as made:  # fmt: skip
            made.row([c.name for c in columns])
            for row in table.rows:
                texts = [
                    short(shown(cell, column.sort, self._dates))
                    for cell, column in zip(row, table.columns, strict=True)
                ]
                made.row(texts[::-1] if self._rtl else texts)
        pdf.set_x(LEFT)
        self._gap(3)

    def _picture(self, drawn: Drawing) -> None:
        scale = WIDE / drawn.width
        self._heading(drawn.title, 11, room=min(200, drawn.height * scale))
        self._gap(1)
        top, pdf = self.pdf.get_y(), self.pdf
        pdf.set_auto_page_break(auto=False)
        for item in drawn.items:
            match item:
                case Box():
                    self._box(item, top, scale)
                case Line():
                    self._line(item, top, scale)
                case Label():
                    self._label(item, top, scale)
        pdf.set_auto_page_break(auto=True, margin=22)
        pdf.set_text_color(0)
        pdf.set_xy(LEFT, top + drawn.height * scale + 4)

    def _box(self, item: Box, top: float, scale: float) -> None:
        self.pdf.set_fill_color(COLOURS[item.look])
        x, y = LEFT + item.x * scale, top + item.y * scale
        self.pdf.rect(x, y, item.width * scale, item.height * scale, style="F")

    def _line(self, item: Line, top: float, scale: float) -> None:
        self.pdf.set_draw_color(COLOURS[item.look])
        self.pdf.set_line_width(item.thick * scale)
        points = [(LEFT + x * scale, top + y * scale) for x, y in item.points]
        self.pdf.polyline(points)

    def _label(self, item: Label, top: float, scale: float) -> None:
        pdf, size = self.pdf, item.size * scale / _POINT
        pdf.set_font(self._face, "", size)
        pdf.set_text_color(COLOURS[item.look])
        wide = pdf.get_string_width(item.text)
        left = {"start": 0.0, "middle": wide / 2, "end": wide}[item.anchor]
        x = LEFT + item.x * scale - left - pdf.c_margin
        # a cell sets its base line at three tenths of the size under its middle
        pdf.set_xy(x, top + item.y * scale - 0.3 * item.size * scale - 2)
        pdf.cell(wide + 2 * pdf.c_margin, 4, item.text, align="C")

    # Lines

    def _heading(self, title: str, size: float, room: float = 22) -> None:
        self._room(room + 12)
        self._gap(5)
        self._text(title, size, "b", lead=1.25)
        self._gap(1.5)

    def _text(
        self,
        text: str,
        size: float,
        cut: str = "",
        *,
        muted: bool = False,
        inset: float = 0,
        wide: float = WIDE,
        lead: float = _LEAD,
        full: bool = False,
    ) -> None:
        """A paragraph; a *full* one reaches both margins, where the script does so."""
        if not text:
            return
        pdf = self.pdf
        room = wide - inset
        with self._set(size, cut, muted=muted):
            pdf.c_margin, margin = 0, pdf.c_margin
            pdf.set_x(LEFT + WIDE - wide if self._rtl else LEFT + inset)
            pdf.multi_cell(
                room, size * _POINT * lead, text, new_x="LMARGIN", new_y="NEXT",
                align="J" if full and self._face == "latin" else self._start,
            )  # fmt: skip
            pdf.c_margin = margin

    def _gap(self, high: float) -> None:
        self.pdf.set_xy(LEFT, self.pdf.get_y() + high)

    def _room(self, high: float) -> None:
        """A new page, if so much does not fit on this one."""
        if self.pdf.get_y() + high > self.pdf.page_break_trigger:
            self.pdf.add_page()

    def _rule(self, thick: float) -> None:
        y = self.pdf.get_y()
        self.pdf.set_draw_color(COLOURS["accent"] if thick > 0.3 else 0xB0)
        self.pdf.set_line_width(thick)
        self.pdf.line(LEFT, y, LEFT + WIDE, y)
