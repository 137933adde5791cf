"""The figures as a workbook, read again by somebody else's library."""

import datetime
import io

import openpyxl
from msgspec import structs

from rostra.record.minutes import Column, Table
from rostra.record.workbook import to_xlsx
from rostra.record.writing import minutes_of
from support.closing import closing_discussion

MINUTES = minutes_of(closing_discussion().meeting, "staff")


def sheets(minutes: object = MINUTES) -> openpyxl.Workbook:
    """Written and read."""
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(minutes)))


def test_there_is_a_sheet_of_interventions_and_one_for_each_total() -> None:
    assert sheets().sheetnames == [
        "Interventions",
        "Time by delegation",
        "Time for groups",
        "Time by regional group",
        "Time by kind",
    ]


def test_numbers_times_and_texts_are_what_they_are() -> None:
    rows = sheets()["Interventions"].iter_rows(values_only=True)
    head, first = next(rows), next(rows)
    row = dict(zip(head, first, strict=True))
    assert row["No."] == 1
    assert row["Speaker"] == "H.E. Ms. Aurelia Danvers"
    assert row["Began"] == datetime.datetime(2020, 7, 10, 11, 34, 0)
    assert row["Time used"] == datetime.timedelta(minutes=4)
    assert len(list(rows)) == len(MINUTES.speeches) - 1


def test_a_text_stays_a_text() -> None:
    table = Table(
        "x", "X", (Column("A"), Column("B", "number")), (("=1+1", 5), ("12", 6))
    )
    found = sheets(structs.replace(MINUTES, interventions=table, totals=()))
    ((one, _), (twelve, six)) = list(found["X"].iter_rows(min_row=2))
    assert (one.data_type, one.value) == ("s", "=1+1")
    assert (twelve.data_type, six.value) == ("s", 6)


def test_sheets_may_be_called_anything() -> None:
    columns = (Column("A"),)
    names = ("[x]:*?/\\'", "y" * 50, "Y" * 50, "", " ")
    tables = tuple(Table(n, n, columns, ()) for n in names)
    found = sheets(structs.replace(MINUTES, totals=tables)).sheetnames
    assert len(found) == 1 + len(names) and all(len(name) <= 31 for name in found)


def test_in_arabic_the_first_column_is_on_the_right() -> None:
    assert not sheets()["Interventions"].sheet_view.rightToLeft
    arabic = structs.replace(MINUTES, direction="rtl")
    assert sheets(arabic)["Interventions"].sheet_view.rightToLeft


def test_the_same_record_is_the_same_file() -> None:
    assert to_xlsx(MINUTES) == to_xlsx(MINUTES)
