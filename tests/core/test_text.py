"""Free text as it may be kept."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from rostra.core.meeting import Person
from rostra.core.text import line, lines, person
from support.floor import rule


def test_a_line_is_trimmed_and_has_single_spaces() -> None:
    assert line("  H.E.\t Ms.\nAy ") == "H.E. Ms. Ay"


def test_what_cannot_be_seen_is_taken_out() -> None:
    assert line("A\u202eB\u2066C\ufeff\x00\x1b[31m") == "ABC[31m"
    assert lines("one\u202e\r\ntwo\x07") == "one\ntwo"


def test_joiners_that_scripts_need_are_kept() -> None:
    assert line("می\u200cخواهم") == "می\u200cخواهم"


@given(st.text(st.characters(max_codepoint=127), max_size=20))
def test_plain_text_stays_but_for_what_cannot_be_seen(typed: str) -> None:
    seen = [each for each in typed if unicodedata.category(each) != "Cc"]
    kept = [
        each for each in typed.replace("\r\n", "\n") if each in "\n\t" or each in seen
    ]
    assert lines(typed) == "".join(kept)
    assert line(typed).replace(" ", "") == "".join(seen).replace(" ", "")


def test_one_letter_is_one_letter_however_it_was_typed() -> None:
    assert line("e\u0301") == "\u00e9"


def test_several_lines_keep_their_breaks_and_spaces() -> None:
    assert lines("a\n\n  b ") == "a\n\n  b "


@rule("N1")
def test_a_person_without_a_name_is_nobody() -> None:
    assert person(None) is None
    assert person(Person(" \u200b ", "Minister")) is None
    assert person(Person(" Ms. Ay ", "")) == Person("Ms. Ay", "")
