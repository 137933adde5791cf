"""How documents say lists of names, times and days."""

import pytest

from rostra.record.language import Dates, Language, lasted, zone_of

AT = 1_594_395_000_000  # 10 July 2020, 11:30 in New York


def test_names_are_listed_as_the_un_lists_them() -> None:
    english = Language()
    assert english.listed([]) == ""
    assert english.listed(["A"]) == "A"
    assert english.listed(["A", "B"]) == "A and B"
    assert english.listed(["A", "B", "C"]) == "A, B and C"
    assert english.listed(["A, x", "B", "C"], commas=True) == "A, x; B; and C"


def test_a_name_with_braces_stays_as_it_is() -> None:
    assert Language().listed(["{0}", "{last}", "{}"]) == "{0}, {last} and {}"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "11.30 a.m."),
        (30, "noon"),
        (35, "12.05 p.m."),
        (90, "1 p.m."),
        (750, "midnight"),
    ],
)
def test_english_times_are_written_as_the_un_writes_them(
    minutes: int, said: str
) -> None:
    dates = Dates(Language(), "America/New_York")
    assert dates.time(AT + minutes * 60_000) == said


def test_other_languages_have_a_pattern() -> None:
    chinese = {"{hour}:{minute}": "{hour}时{minute}分"}
    dates = Dates(Language("zh", lambda text: chinese.get(text, text)), "UTC")
    assert dates.time(AT) == "15时30分"


def test_a_day_is_said_where_the_meeting_is() -> None:
    assert Dates(Language(), "Asia/Tokyo").day(AT) == "Saturday, 11 July 2020"
    assert Dates(Language(), "America/New_York").city == "New York"


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "\0"])
def test_a_zone_that_is_none_is_utc(name: str) -> None:
    assert str(zone_of(name)) == "UTC"


def test_how_long_something_took() -> None:
    found = [lasted(ms) for ms in (0, 45_000, 180_499, 3_723_000)]
    assert found == ["0:00", "0:45", "3:00", "1:02:03"]


def test_what_is_in_other_letters_is_kept_together_in_arabic_only() -> None:
    assert Language().apart("A.") == "A."
    assert Language("ar").apart("A.") == "\u2068A.\u2069"
    assert Language("ar").apart("") == ""


def test_a_sentence_has_one_full_stop() -> None:
    assert Language().sentence("It rose at 1 p.m..") == "It rose at 1 p.m."
    assert Language().sentence("It rose at noon.") == "It rose at noon."
