"""Rounds of a panel: questions are collected, then the panellists answer."""

from typing import Any

from rostra.core import commands as c
from rostra.core.ids import RequestId
from rostra.core.views import log, snapshot
from support.floor import MODERATOR, PANEL, Floor, rule

FIRST, SECOND = RequestId("r1.0"), RequestId("r1.1")


def panel(*heard: str, **profile: Any) -> Floor:
    """The panellists have spoken and these questions were heard."""
    floor = Floor(PANEL, **profile).opened()
    for each in (FIRST, SECOND):
        floor.heard(each)
    if heard:
        floor.ask(*heard, kind="question")
    for code in heard:
        floor.heard(code, 30)
    return floor


def close(floor: Floor) -> list[RequestId]:
    answers: list[RequestId] = floor.do(c.CloseRound, expect=floor.expect_list())[
        "requests"
    ]
    return answers


@rule("P8")
def test_the_panellists_answer_in_the_order_of_the_programme() -> None:
    floor = panel("A", "B", "C")
    answers = close(floor)
    requests = floor.meeting.requests
    assert [requests[each].label for each in answers] == ["Expert", "Expert"]
    first = requests[answers[0]]
    assert (first.kind, first.delegation, first.limit_ms) == ("answer", "U", 120_000)
    assert first.person == requests[FIRST].person
    assert first.person_confirmed
    assert first.answers == (floor.of("A"), floor.of("B"), floor.of("C"))
    assert floor.speakers().order == tuple(answers)
    assert (floor.speakers().round, floor.speakers().heard) == (2, ())


@rule("P8")
def test_answers_stand_before_further_questions_and_before_those_who_were_told() -> (
    None
):
    floor = panel("A")
    floor.ask("B", "C", "D", kind="question")
    floor.heard("B")
    assert floor.request("C").told_at is not None
    answers = close(floor)
    waiting = (floor.of("C"), floor.of("D"))
    assert floor.speakers().order == (*answers, *waiting)


@rule("P7", "P8")
def test_a_question_to_one_panellist_is_answered_by_that_one_only() -> None:
    floor = panel()
    floor.ask("A", kind="question", addressed=(SECOND,))
    floor.heard("A")
    answers = close(floor)
    assert [floor.meeting.requests[each].person for each in answers] == [
        floor.meeting.requests[SECOND].person
    ]


@rule("P8")
def test_a_round_needs_a_question_and_an_idle_floor() -> None:
    floor = panel()
    floor.refused("round_not_possible", c.CloseRound, expect=floor.expect_list())
    floor.ask("A", "B", kind="question")
    floor.heard("A")
    floor.call("B")
    floor.refused("round_not_possible", c.CloseRound, expect=floor.expect_list())


@rule("P8")
def test_a_segment_without_panellists_has_no_rounds() -> None:
    floor = Floor().opened()
    floor.put("A", kind="question")
    floor.heard("A")
    refusal = floor.refused(
        "round_not_possible", c.CloseRound, expect=floor.expect_list()
    )
    assert refusal.params == {"heard": 1}


@rule("L6", "P8")
def test_closing_a_round_names_the_list_as_shown() -> None:
    floor = panel("A")
    shown = floor.expect_list()
    floor.close()
    floor.refused("stale", c.CloseRound, expect=shown)


@rule("P8", "P9")
def test_a_panellist_who_left_is_passed_over_and_the_question_is_marked() -> None:
    floor = Floor(PANEL).opened()
    floor.withdraw(SECOND, MODERATOR)
    floor.ask("A", kind="question", addressed=(SECOND,))
    floor.ask("B", kind="question")
    floor.heard(FIRST)
    floor.heard("A")
    floor.heard("B")
    answers = close(floor)
    assert floor.meeting.requests[answers[0]].answers == (floor.of("B"),)
    assert len(answers) == 1
    assert floor.request("A").unanswered
    assert not floor.request("B").unanswered


@rule("P9")
def test_a_question_is_unanswered_when_no_answer_to_it_is_left() -> None:
    floor = panel("A")
    first, second = close(floor)
    floor.withdraw(first, MODERATOR)
    assert not floor.request("A").unanswered
    floor.withdraw(second, MODERATOR)
    assert floor.request("A").unanswered
    floor.undo()
    assert not floor.request("A").unanswered


@rule("P9")
def test_one_answer_is_enough() -> None:
    floor = panel("A")
    first, second = close(floor)
    floor.heard(first)
    floor.withdraw(second, MODERATOR)
    assert not floor.request("A").unanswered
    floor.adjourn()
    rows = {row["id"]: row["unanswered"] for row in log(floor.meeting, "public")}
    assert set(rows.values()) == {False}


@rule("P9", "M6")
def test_questions_of_a_round_that_was_never_closed_are_unanswered() -> None:
    floor = panel("A")
    floor.adjourn()
    assert floor.request("A").unanswered
    assert log(floor.meeting, "public")[-1]["unanswered"] is True


@rule("P9", "M6")
def test_questions_whose_answers_were_not_heard_in_time_are_unanswered() -> None:
    floor = panel("A")
    close(floor)
    floor.adjourn()
    assert floor.request("A").unanswered


@rule("P8", "E1")
def test_a_question_in_two_parts_is_heard_once() -> None:
    floor = panel()
    floor.ask("A", kind="question")
    floor.speak("A", 30)
    floor.end(returns=True)
    floor.heard("A", 30)
    assert floor.speakers().heard == (floor.of("A"),)


@rule("P7", "E23")
def test_panellists_are_shown_to_everyone_until_the_end_of_their_segment() -> None:
    floor = panel("A", show_list="own_place")
    assert {FIRST, SECOND} <= snapshot(floor.meeting, "public")["requests"].keys()
    early = Floor(PANEL, show_list="count").opened()
    shown = snapshot(early.meeting, "public")["requests"]
    assert {key: each["status"] for key, each in shown.items()} == {
        FIRST: "queued",
        SECOND: "queued",
    }


@rule("K5")
def test_rounds_go_on() -> None:
    floor = panel("A")
    for answer in close(floor):
        floor.heard(answer)
    floor.ask("B", kind="question")
    floor.heard("B")
    (first, _) = close(floor)
    assert floor.meeting.requests[first].answers == (floor.of("B"),)
    assert floor.speakers().round == 3
