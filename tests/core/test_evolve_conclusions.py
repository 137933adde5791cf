"""What the conclusions' events make of a meeting."""

from typing import Any

from rostra.core import events as e
from rostra.core.evolve import evolve
from rostra.core.evolve_conclusions import standing, under
from rostra.core.ids import ConclusionId, Instant, SegmentId
from rostra.core.meeting import Meeting
from support.floor import START, Floor, rule

HERE = SegmentId("s1.0")
LATER = Instant(START + 60_000)


def after(meeting: Meeting, *events: e.AnyEvent) -> Meeting:
    """The meeting after one more commit."""
    return evolve(meeting, meeting.seq + 1, LATER, events)


def written(n: int, version: int = 1, **fields: Any) -> e.ConclusionWritten:
    """Conclusion *n* as it was written."""
    known: dict[str, Any] = {
        "segment": HERE,
        "question": None,
        "text": f"text {n}",
        "agreed": False,
        "interventions": (),
    }
    key = ConclusionId(f"c1.{n}")
    return e.ConclusionWritten(conclusion=key, version=version, **{**known, **fields})


def order(meeting: Meeting, addendum: bool = False) -> list[str]:
    """Who stands where."""
    return [each.text[5:] for each in standing(meeting, (HERE, None, addendum))]


@rule("R13", "R14")
def test_each_field_knows_its_version_and_each_conclusion_its_place() -> None:
    meeting = after(Floor().meeting, *(written(n) for n in range(3)))
    meeting = after(meeting, written(1, 2, agreed=True))
    one = meeting.conclusions[ConclusionId("c1.1")]
    assert (one.place, one.changed) == (1, {"text": 1, "agreed": 2})
    assert (one.at, under(one)) == (LATER, (HERE, None, False))
    moved = e.ConclusionMoved(
        conclusion=ConclusionId("c1.0"), segment=HERE, question=None, to=2
    )
    assert order(after(meeting, moved)) == ["1", "2", "0"]
    gone = e.ConclusionDropped(conclusion=ConclusionId("c1.1"))
    assert order(after(meeting, gone)) == ["0", "2"]


@rule("R20")
def test_what_is_taken_back_stands_on_no_display() -> None:
    key = ConclusionId("c1.0")
    out, back = (
        e.ConclusionsReleased(conclusions=(key,), texts=(), released=released)
        for released in (True, False)
    )
    meeting = after(Floor().meeting, written(0), out, e.ConclusionShown(conclusion=key))
    assert meeting.conclusion_shown == key
    assert after(meeting, back).conclusion_shown is None


@rule("R15")
def test_the_addendum_comes_behind_the_rest_once_it_is_opened_again() -> None:
    meeting = after(Floor().meeting, written(0), e.ConclusionsHandedOver())
    meeting = after(meeting, written(1), written(2))
    assert (order(meeting), order(meeting, addendum=True)) == (["0"], ["1", "2"])
    assert meeting.handed_over_at == LATER
    meeting = after(meeting, e.ConclusionsReopened(reason="x"))
    assert (order(meeting), order(meeting, addendum=True)) == (["0", "1", "2"], [])
    assert meeting.handed_over_at is None
