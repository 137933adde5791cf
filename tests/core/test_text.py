"""Free text is kept as it can be read (PROMISES 92, 93)."""

import pytest

from rostra.core import text
from rostra.core.meeting import Person


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  H.E.  Mr. Ilyassov ", "H.E. Mr. Ilyassov"),
        ("Ch\u202eair", "Chair"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("nul\x00 bell\x07", "nul bell"),
        ("two\nlines", "two lines"),
        ("cafe\u0301", "café"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("السيدة ك. أ.", "السيدة ك. أ."),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_a_line_loses_only_what_cannot_be_read(typed: str, kept: str) -> None:
    assert text.line(typed) == kept


def test_several_lines_keep_their_breaks_and_the_space_of_one_who_still_types() -> None:
    assert text.lines("first\r\nsecond \x0b") == "first\nsecond "


def test_a_person_without_a_name_is_nobody() -> None:
    assert text.person(Person(" \u200b ", "Ambassador")) is None
    assert text.person(None) is None


def test_a_persons_title_is_tidied_too() -> None:
    assert text.person(Person("A", " of\u202e\tB ")) == Person("A", "of B")
