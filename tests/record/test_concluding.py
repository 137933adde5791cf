"""Conclusions in their order, under what they answer."""

from typing import Any

from rostra.core.ids import SegmentId
from rostra.record.concluding import concluded
from rostra.record.language import Language
from rostra.record.minutes import Conclusions

TITLES = {SegmentId("s1.0"): "Panel", SegmentId("s1.1"): "Discussion"}


def row(key: str, question: int | None = 1, **more: Any) -> dict[str, Any]:
    """A conclusion as everyone is shown it."""
    return {
        "id": key,
        "segment": "s1.1",
        "question": question,
        "place": 0,
        "text": f"Text of {key}.",
        "addendum": False,
        **more,
    }


def made(*rows: dict[str, Any]) -> Conclusions:
    """They, set in order."""
    found = concluded(rows, ["Why?", "How?"], TITLES, Language())
    assert found is not None
    return found


def test_they_stand_under_their_questions_by_their_places() -> None:
    found = made(row("c", 2), row("b", place=1), row("a"), row("none", None))
    assert [part.heading for part in found.parts] == ["Discussion", "Why?", "How?"]
    ids = [[each.id for each in part.conclusions] for part in found.parts]
    assert ids == [["none"], ["a", "b"], ["c"]]


def test_where_several_segments_concluded_each_is_named() -> None:
    found = made(row("b"), row("a", segment="s1.0"))
    headings = [part.heading for part in found.parts]
    assert headings == ["Panel – Why?", "Discussion – Why?"]


def test_what_came_after_the_hand_over_is_an_addendum() -> None:
    found = made(row("a"), row("late", addendum=True))
    assert [each.id for part in found.addenda for each in part.conclusions] == ["late"]
    assert len(found.parts) == 1


def test_a_draft_is_said_to_be_one() -> None:
    drafted = row("a", agreed=False, released=False)
    agreed = row("b", agreed=True, released=False, place=1, interventions=["i1.0"])
    ((first, second),) = [part.conclusions for part in made(drafted, agreed).parts]
    assert (first.state, second.state) == ("draft", "")
    assert second.supported_by == ("i1.0",)


def test_none_is_none() -> None:
    assert concluded([], [], TITLES, Language()) is None
