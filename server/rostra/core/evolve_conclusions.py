"""The conclusions' part of ``evolve``: written, in order, handed over, released."""

from collections.abc import Callable, Iterable
from typing import Any

from rostra.core import events as e
from rostra.core.draft import Draft
from rostra.core.ids import SegmentId
from rostra.core.meeting import Conclusion, Meeting

#: A segment, a guiding question of it or None, and whether in the addendum.
Under = tuple[SegmentId, int | None, bool]


def under(conclusion: Conclusion) -> Under:
    """Where *conclusion* has its place."""
    return conclusion.segment, conclusion.question, conclusion.addendum


def standing(of: Draft | Meeting, where: Under) -> list[Conclusion]:
    """The conclusions that stand there, in their order."""
    found = (each for each in of.conclusions.values() if under(each) == where)
    return sorted(found, key=lambda each: each.place)


def _written(d: Draft, ev: e.ConclusionWritten) -> None:
    was = d.conclusions.get(ev.conclusion)
    changed = dict(was.changed) if was else {}
    for name in ("text", "agreed"):
        if was is None or getattr(was, name) != getattr(ev, name):
            changed[name] = ev.version
    if was is not None:
        d.change(
            "conclusions",
            ev.conclusion,
            text=ev.text,
            agreed=ev.agreed,
            interventions=ev.interventions,
            version=ev.version,
            changed=changed,
            at=d.at,
        )
        return
    where = (ev.segment, ev.question, d.handed_over_at is not None)
    new = Conclusion(
        id=ev.conclusion,
        segment=ev.segment,
        question=ev.question,
        place=len(standing(d, where)),
        text=ev.text,
        at=d.at,
        version=ev.version,
        changed=changed,
        agreed=ev.agreed,
        interventions=ev.interventions,
        addendum=where[2],
    )
    d.put("conclusions", ev.conclusion, new)


def _moved(d: Draft, ev: e.ConclusionMoved) -> None:
    was = d.conclusions[ev.conclusion]
    d.change(
        "conclusions", ev.conclusion, segment=ev.segment, question=ev.question, place=-1
    )
    _in_order(d, standing(d, under(was)))
    now = d.conclusions[ev.conclusion]
    others = [each for each in standing(d, under(now)) if each.id != now.id]
    _in_order(d, (*others[: ev.to], now, *others[ev.to :]))


def _dropped(d: Draft, ev: e.ConclusionDropped) -> None:
    was = d.conclusions[ev.conclusion]
    d.put("conclusions", ev.conclusion, None)
    _in_order(d, standing(d, under(was)))


def _in_order(d: Draft, conclusions: Iterable[Conclusion]) -> None:
    """Each has its place in that order."""
    for place, each in enumerate(conclusions):
        if each.place != place:
            d.change("conclusions", each.id, place=place)


def _handed_over(d: Draft, _: e.ConclusionsHandedOver) -> None:
    d.amend(handed_over_at=d.at)


def _reopened(d: Draft, _: e.ConclusionsReopened) -> None:
    """The addendum comes behind what stands under the same headings."""
    d.amend(handed_over_at=None)
    later = [each for each in d.conclusions.values() if each.addendum]
    for each in sorted(later, key=lambda one: one.place):
        behind = len(standing(d, (each.segment, each.question, False)))
        d.change("conclusions", each.id, addendum=False, place=behind)


def _released(d: Draft, ev: e.ConclusionsReleased) -> None:
    for key in ev.conclusions:
        d.change("conclusions", key, released=ev.released)
        if not ev.released and d.conclusion_shown == key:
            d.amend(conclusion_shown=None)


def _shown(d: Draft, ev: e.ConclusionShown) -> None:
    d.amend(conclusion_shown=ev.conclusion)


FACTS: dict[type, Callable[[Draft, Any], None]] = {
    e.ConclusionWritten: _written,
    e.ConclusionMoved: _moved,
    e.ConclusionDropped: _dropped,
    e.ConclusionsHandedOver: _handed_over,
    e.ConclusionsReopened: _reopened,
    e.ConclusionsReleased: _released,
    e.ConclusionShown: _shown,
}
