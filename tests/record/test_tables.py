"""The tables of a record: a column is there for whoever may read it."""

from msgspec import structs

from rostra.record import tables
from rostra.record.language import Language
from rostra.record.minutes import Bar, Speech, Table
from rostra.record.writing import minutes_of
from support.closing import closing_discussion

SPEECHES = minutes_of(closing_discussion().meeting, "staff").speeches


def column(table: Table, name: str) -> list[object]:
    """What stands in a column."""
    place = [each.name for each in table.columns].index(name)
    return [row[place] for row in table.rows]


def test_an_interruption_is_marked_in_the_printed_table() -> None:
    table = tables.times(SPEECHES, Language())
    (point,) = [each for each in SPEECHES if each.over]
    assert f"– {point.name}" in column(table, "Speaker")


def test_a_group_is_named_beside_the_delegation() -> None:
    found = column(tables.times(SPEECHES, Language()), "Speaker")
    assert "Bemoro (on behalf of the Western League)" in found


def test_who_interrupted_names_the_number_of_the_row() -> None:
    table = tables.interventions(SPEECHES, {}, Language())
    (number,) = [each for each in column(table, "Interrupts") if each]
    (point,) = [each for each in SPEECHES if each.over]
    assert [s.id for s in SPEECHES if s.n == number] == [point.over]


def test_time_over_the_limit_is_never_negative() -> None:
    (first, *_) = SPEECHES
    over = structs.replace(
        first, used_ms=200_000, limit_ms=180_000, allotted_ms=190_000
    )
    rows: list[Speech] = [first, over]
    table = tables.interventions(rows, {}, Language())
    assert column(table, "Over") == [0, 10_000]
    assert column(table, "Added")[1] == 10_000


def test_whoever_spoke_most_stands_first() -> None:
    rows = [Bar("A", 5, 1), Bar("B", 9, 0), Bar("C", 5, 2)]
    found = tables.totals("x", "X", "Who", rows, Language())
    assert found.rows == (("B", None, 9), ("A", 1, 5), ("C", 2, 5))
