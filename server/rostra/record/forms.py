"""The forms in which a record can be had: their names, types and endings.

Nothing of the libraries that write them: :mod:`rostra.record.press` has these.
"""

from typing import Literal

from msgspec import Struct

FormName = Literal["docx", "pdf", "xlsx", "html", "json", "vtt", "thirds", "svg"]


class Form(Struct, frozen=True):
    """A form; ``suffix`` is what the name of its file ends with."""

    name: FormName
    suffix: str
    media_type: str


FORMS: dict[FormName, Form] = {
    each.name: each
    for each in (
        Form(
            "docx",
            ".docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        Form("pdf", ".pdf", "application/pdf"),
        Form(
            "xlsx",
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        Form("html", ".html", "text/html; charset=utf-8"),
        Form("json", ".json", "application/json"),
        Form("vtt", ".vtt", "text/vtt; charset=utf-8"),
        Form("thirds", "-thirds.json", "application/json"),
        Form("svg", ".svg", "image/svg+xml"),
    )
}
