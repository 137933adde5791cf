"""``evolve``: what is true after an event. It may not refuse.

An event is a fact. One that cannot be applied is corruption and raises. What an undone
act had changed is put back in :mod:`rostra.core.restore`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from rostra.core import events as e
from rostra.core.draft import Draft
from rostra.core.evolve_conclusions import FACTS as CONCLUSIONS
from rostra.core.evolve_floor import FACTS as FLOOR
from rostra.core.evolve_floor import count
from rostra.core.evolve_lists import FACTS as LISTS
from rostra.core.evolve_record import FACTS as RECORD
from rostra.core.evolve_requests import FACTS as REQUESTS
from rostra.core.evolve_words import FACTS as WORDS
from rostra.core.ids import Instant
from rostra.core.meeting import Loss, Meeting
from rostra.core.programme import Presider
from rostra.core.restore import act_taken, act_undone


def evolve(
    meeting: Meeting, seq: int, at: Instant, events: Iterable[e.AnyEvent]
) -> Meeting:
    """The meeting after commit *seq*, made *at*, with its *events*."""
    draft = Draft(meeting)
    fold(draft, seq, at, events)
    return draft.freeze()


def fold(draft: Draft, seq: int, at: Instant, events: Iterable[e.AnyEvent]) -> None:
    """Apply a commit to *draft*; replay folds a whole history through one."""
    draft.begin(seq, at)
    for event in events:
        _APPLY[type(event)](draft, event)


def apply(draft: Draft, event: e.AnyEvent) -> None:
    """Apply one event of the commit that *draft* has begun."""
    _APPLY[type(event)](draft, event)


# The meeting and its segments


def _lobby_opened(d: Draft, _: e.LobbyOpened) -> None:
    d.amend(state="lobby")


def _called_to_order(d: Draft, _: e.CalledToOrder) -> None:
    d.amend(state="in_session", called_to_order_at=d.at)


def _suspended(d: Draft, ev: e.MeetingSuspended) -> None:
    d.amend(
        state="suspended",
        suspended_at=d.at,
        suspended_reason=ev.reason,
        resume_at=ev.resume_at,
        # an undo would start a clock again while nobody may speak
        actions=(),
    )


def _past_lost(d: Draft, ev: e.PastLost) -> None:
    d.amend(losses=(*d.losses, Loss(d.at, ev.after, ev.until)))


def _resumed(d: Draft, _: e.MeetingResumed) -> None:
    # a lobby that was stopped was never called to order
    d.amend(
        state="in_session" if d.called_to_order_at else "lobby",
        suspended_at=None,
        suspended_reason="",
        resume_at=None,
    )


def _rose(d: Draft, ev: e.MeetingRose) -> None:
    d.amend(state="rose", rose_at=d.at, actions=(), written_until=ev.written_until)
    if d.segment:
        d.change("segments", d.segment, state="done", ended_at=d.at)
    for speakers in d.lists.values():
        for question in speakers.heard:
            d.change("requests", question, unanswered=True)


def _record_closed(d: Draft, _: e.RecordClosed) -> None:
    d.amend(state="archived")


def _segment_entered(d: Draft, ev: e.SegmentEntered) -> None:
    if ev.left:
        d.change("segments", ev.left, state="done", ended_at=d.at)
    started = d.segments[ev.segment].started_at or d.at
    d.change("segments", ev.segment, state="running", started_at=started, ended_at=None)
    d.amend(segment=ev.segment)


def _phase_entered(d: Draft, ev: e.PhaseEntered) -> None:
    d.change("segments", ev.segment, phase=ev.phase, phase_at=d.at)


def _profile_set(d: Draft, ev: e.ProfileSet) -> None:
    d.amend(profile=ev.profile)


def _presider_set(d: Draft, ev: e.PresiderSet) -> None:
    d.change("segments", ev.segment, presider=Presider(ev.name, ev.function))


# Undo


def _act_undone(d: Draft, ev: e.ActUndone) -> None:
    act_undone(d, ev, count)


_MEETING: dict[type, Callable[[Draft, Any], None]] = {
    e.LobbyOpened: _lobby_opened,
    e.CalledToOrder: _called_to_order,
    e.MeetingSuspended: _suspended,
    e.MeetingResumed: _resumed,
    e.PastLost: _past_lost,
    e.MeetingRose: _rose,
    e.RecordClosed: _record_closed,
    e.SegmentEntered: _segment_entered,
    e.PresiderSet: _presider_set,
    e.ActUndone: _act_undone,
    e.PhaseEntered: _phase_entered,
    e.ProfileSet: _profile_set,
    e.ActTaken: act_taken,
}

_APPLY = {**_MEETING, **LISTS, **REQUESTS, **FLOOR, **RECORD, **CONCLUSIONS, **WORDS}
