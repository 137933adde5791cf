"""The paper of a PDF: its margins, its running head, and how it is told its face."""

from fpdf import FPDF
from fpdf.enums import TextEmphasis

#: Millimetres: where lines begin, and how wide they are.
LEFT = 25.0
WIDE = 160.0
#: The grey of what is said beside the text.
MUTED = 0x59


class Paper(FPDF):
    """A page with its running head and its number."""

    head = ""
    foot = ""
    family = "latin"
    start = "L"

    def set_font(
        self,
        family: str | None = None,
        style: str | TextEmphasis = "",
        size: float = 0,
    ) -> None:
        """Say the face before any line. The library says it within the line's own
        brackets, where it is forgotten, and takes it for said from then on."""
        super().set_font(family, style, size)
        if self.page and self.current_font and not self.current_font_is_set_on_page:
            self._out(self._set_font_for_page(self.current_font, self.font_size_pt))

    def header(self) -> None:
        """From the second page on."""
        if self.page_no() == 1:
            return
        self.set_font(self.family, "", 8.5)
        self.set_text_color(MUTED)
        self.set_draw_color(0xB0)
        self.set_line_width(0.2)
        self.set_xy(LEFT, 13)
        self.cell(WIDE, 5, self.head, align=self.start, border="B")
        self.set_text_color(0)
        self.set_xy(LEFT, 24)

    def footer(self) -> None:
        """The number of the page and of pages."""
        self.set_font(self.family, "", 8.5)
        self.set_text_color(MUTED)
        self.set_xy(LEFT, -16)
        text = self.foot.format(page=self.page_no(), pages="{nb}")
        self.cell(WIDE, 5, text, align="C")
        self.set_text_color(0)
