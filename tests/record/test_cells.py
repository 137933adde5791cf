"""What stands in a cell of a printed table."""

from rostra.record.cells import short, shown
from rostra.record.language import Dates, Language

DATES = Dates(Language(), "America/New_York")


def test_a_value_is_shown_as_what_it_is() -> None:
    assert shown(None, "duration", DATES) == ""
    assert shown(90_000, "duration", DATES) == "1:30"
    assert shown(1_594_395_000_000, "instant", DATES) == "11:30"
    assert shown(12, "number", DATES) == "12"
    assert shown("12", "duration", DATES) == "12"


def test_a_text_that_would_fill_a_page_is_cut() -> None:
    assert short("word") == "word"
    assert len(short("word " * 1_000)) <= 160
    assert short("word " * 1_000).endswith("word…")
