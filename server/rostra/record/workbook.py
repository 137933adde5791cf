"""The figures of a record as a workbook: what is text stays text, whatever it says."""

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from rostra.record.language import Dates, Language
from rostra.record.minutes import Cell, Column, Minutes, Sort, Table

_DAY_MS = 86_400_000
#: A cell of Excel holds no more signs.
_MOST = 32_000
_WIDEST = 60
#: Not allowed in the name of a sheet, nor are more than so many signs.
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_NAME = 31


def to_xlsx(minutes: Minutes) -> bytes:
    """A sheet of interventions, then one for each of the totals."""
    out = io.BytesIO()
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, settings)
    head = minutes.heading
    # not when it was written, so that the same record is the same file
    made = Dates(Language(), "UTC").wall(minutes.at).replace(tzinfo=None)
    book.set_properties({"title": head.title, "subject": head.event, "created": made})
    looks = _looks(book)
    used: set[str] = set()
    for table in (minutes.interventions, *minutes.totals):
        sheet = book.add_worksheet(_name(table.title, used))
        if minutes.direction == "rtl":
            sheet.right_to_left()
        _fill(sheet, table, Dates(Language(), minutes.zone), looks)
    book.close()
    return out.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        "text": book.add_format({"valign": "top", "text_wrap": True}),
        "number": book.add_format({"valign": "top"}),
        "instant": book.add_format({"valign": "top", "num_format": "yyyy-mm-dd hh:mm"}),
        "duration": book.add_format({"valign": "top", "num_format": "[m]:ss"}),
    }


def _fill(sheet: Any, table: Table, dates: Dates, looks: dict[str, Any]) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _wide(column), looks[column.sort])
        sheet.write_string(0, place, column.name, looks["head"])
    for number, row in enumerate(table.rows, start=1):
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            value, sort = _value(cell, column.sort, dates)
            if value is not None:
                _WRITE[sort](sheet)(number, place, value, looks[sort])
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


#: Each value is written as what it is: none is guessed from its looks.
_WRITE: dict[Sort, Any] = {
    "text": lambda sheet: sheet.write_string,
    "number": lambda sheet: sheet.write_number,
    "instant": lambda sheet: sheet.write_datetime,
    "duration": lambda sheet: sheet.write_number,
}


def _value(
    cell: Cell, sort: Sort, dates: Dates
) -> tuple[str | float | datetime | None, Sort]:
    """A cell as Excel keeps it: days for durations, the clock on the wall for times."""
    if isinstance(cell, str):
        return cell[:_MOST], "text"
    if cell is None or sort == "number":
        return cell, "number"
    if sort == "instant":
        return dates.wall(cell).replace(tzinfo=None), "instant"
    return cell / _DAY_MS, "duration"


def _wide(column: Column) -> int:
    return min(_WIDEST, max(column.width, len(column.name) + 2))


def _name(title: str, used: set[str]) -> str:
    """A name that a sheet may have, and that no other has."""
    plain = title.translate(_NOT_IN_NAMES).strip()[:_NAME] or "1"
    number, name = 1, plain
    while name.casefold() in used:
        number += 1
        name = f"{plain[: _NAME - 4]} {number}"
    used.add(name.casefold())
    return name
