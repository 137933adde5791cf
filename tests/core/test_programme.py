"""The programme of a meeting as its file has it."""

import pytest

from rostra.core.programme import list_id, parse_programme, segment_id
from rostra.core.roster import BadFile
from support.floor import rule

HEAD = 'id = "x"\ntitle = "X"\nroster = "un"\nprofile = "web_dialogue"\n'
SEGMENT = '[[segments]]\nkind = "opening"\ntitle = "Opening"\n'


@rule("P2", "P6")
def test_what_a_file_leaves_out_has_the_default() -> None:
    programme = parse_programme(HEAD + SEGMENT)
    (plan,) = programme.segments
    assert (plan.requests, plan.order, plan.presider.name) == (
        False,
        None,
        "to be announced",
    )
    assert (plan.public_clock, plan.perspectives_count) == (True, False)
    assert (programme.zone, programme.date) == ("UTC", None)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (HEAD, "segments"),
        (HEAD + "segments = []\n", "at least one"),
        (HEAD + SEGMENT + "questions = [1]\n", "question 1"),
        (HEAD + SEGMENT + "tempo = 1\n", "tempo"),
        (HEAD + SEGMENT.replace("opening", "dance"), "kind"),
        ("title =", "line 1: this is not TOML: invalid value"),
    ],
)
def test_a_bad_file_says_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(BadFile, match=why):
        parse_programme(text)


def test_a_segment_may_name_the_guiding_questions_that_there_are() -> None:
    text = HEAD + 'questions = ["Why?"]\n' + SEGMENT + "questions = [1]\n"
    assert parse_programme(text).segments[0].questions == (1,)


def test_ids_of_segments_and_lists_count_from_nought() -> None:
    assert (segment_id(0), list_id(3)) == ("s1.0", "l1.3")
