"""The record as prose: who stands apart, what is nested, what is grouped."""

from rostra.core import commands as c
from rostra.record.course import course
from rostra.record.minutes import Minutes, Paragraph
from rostra.record.writing import minutes_of
from support.closing import commits
from support.floor import RAPPORTEUR, Floor, delegate


def told(floor: Floor) -> Minutes:
    """The record as rapporteurs have it."""
    return minutes_of(floor.meeting, "record", course=course(commits(floor)))


def paragraphs(floor: Floor) -> list[Paragraph]:
    """All of its paragraphs."""
    return [each for s in told(floor).sections for each in s.paragraphs]


def gist(floor: Floor, key: str, text: str) -> None:
    """A rapporteur's."""
    floor.do(c.WriteNote, RAPPORTEUR, intervention=key, text=text)


def test_statements_without_a_gist_are_told_together() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C")
    for code in "ABC":
        floor.heard(code)
    (only,) = paragraphs(floor)
    assert only.text.endswith("the State of A, the State of B and the State of C.")
    assert (only.number, len(only.interventions)) == (1, 3)


def test_one_with_a_gist_stands_apart_and_the_others_in_their_order() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C")
    floor.heard("A")
    gist(floor, floor.heard("B"), "Asked for more time.")
    floor.heard("C")
    first, second, third = paragraphs(floor)
    assert (second.lead, second.text) == ("State of B", ": Asked for more time.")
    assert [each.number for each in (first, second, third)] == [1, 2, 3]


def test_a_point_of_order_stands_under_what_it_interrupted() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.speak("A", 30)
    point = floor.interrupted("C")
    floor.rule(point, "upheld", note="It was late.")
    floor.end()
    first, second = paragraphs(floor)
    assert (first.depth, second.depth) == (0, 1)
    assert second.text.endswith("The Chair upheld the point of order. It was late.")


def test_what_the_ruling_was_noted_with_is_not_for_everyone() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.speak("A", 30)
    floor.rule(floor.interrupted("C"), "upheld", note="CANARY")
    floor.end()
    assert "CANARY" not in repr(minutes_of(floor.meeting, "public"))


def test_a_correction_stands_under_the_row_with_who_filed_it() -> None:
    floor = Floor().opened()
    floor.ask("A")
    key = floor.heard("A")
    floor.do(c.Correct, delegate("A"), intervention=key, text="Not ten but twelve.")
    _, remark = paragraphs(floor)
    assert (remark.style, remark.number) == ("remark", None)
    assert remark.text == "Correction filed by State of A: Not ten but twelve."
    assert "twelve" not in repr(minutes_of(floor.meeting, "public"))


def test_a_suspension_stands_where_it_came() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.heard("A")
    floor.suspend()
    floor.wait(600)
    floor.resume_meeting()
    floor.heard("B")
    first, second, third = paragraphs(floor)
    assert (first.style, second.style, third.style) == (
        "statement",
        "procedure",
        "statement",
    )
    assert "was suspended at" in second.text and "resumed at" in second.text


def test_replies_have_a_heading_of_their_own() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.heard("A")
    floor.heard("B")
    floor.reply("C")
    floor.phase("reply_1")
    floor.heard("C")
    titles = [each.title for each in told(floor).sections]
    assert titles == ["Discussion", "Discussion · Right of reply"]
