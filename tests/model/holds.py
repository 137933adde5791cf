"""What holds after every step of the real meeting, whatever was sent (RULES 0)."""

import json
from typing import Any

from model.observe import Real
from rostra.core.bands import locked
from rostra.core.draft import Draft
from rostra.core.events import ActUndone, RequestMoved, RequestReturned, SwapMade
from rostra.core.evolve import evolve, fold
from rostra.core.founding import found
from rostra.core.ids import Audience, Instant, LinkId, MeetingId
from rostra.core.meeting import LISTED, LIVE, Meeting, Running
from rostra.core.registering import capacity
from rostra.core.timing import held_ms, used_ms
from rostra.core.views import order, snapshot
from rostra.protocol.commit import SALT_BYTES, seal
from rostra.protocol.stored import Origin, Record, read, write

#: Fields that are nobody's business outside the staff (I10).
INTERNAL = frozenset(
    ("note", "reason", "device", "ready_by", "told_at", "fixed", "returns", "outcome",
     "channel", "attempts", "contact", "flag", "flag_reason", "trigger", "override",
     "not_before", "not_after", "after_closure", "ended_by", "counted", "gavel",
     "suspended_reason", "action", "downtime_ms", "ruling_note", "cut_at")
)  # fmt: skip


def check(real: Real, at: int) -> None:
    """Every invariant that one look at the meeting can tell."""
    meeting = real.meeting
    one_has_the_floor(meeting)
    what_is_listed_stands_on_its_list_once(meeting)
    one_voice_asks_once(meeting)
    every_second_is_used_or_held(meeting, Instant(at))
    everyone_sees_the_same_order(meeting)
    whoever_keeps_a_place_keeps_it(real)
    nothing_private_is_public(meeting)
    nobody_is_named_of_a_closed_segment(meeting)


def one_has_the_floor(meeting: Meeting) -> None:
    """I1: only what is on the stack has begun and is not over."""
    begun = [k for k, each in meeting.interventions.items() if each.outcome is None]
    assert sorted(begun) == sorted(meeting.stack)
    asked = sorted(meeting.interventions[key].request for key in begun)
    statuses = ("called", "granted")
    on_floor = [k for k, each in meeting.requests.items() if each.status in statuses]
    assert asked == sorted(on_floor)
    for over, key in zip(meeting.stack, meeting.stack[1:], strict=False):
        # who is called only is not interrupted, and waits beneath
        if meeting.interventions[over].started_at is None:
            assert meeting.interventions[key].over != over
        assert meeting.interventions[key].over in (None, *meeting.stack)
    if meeting.state != "in_session":
        for key in begun:
            assert not isinstance(meeting.interventions[key].clock, Running)


def what_is_listed_stands_on_its_list_once(meeting: Meeting) -> None:
    """I2: an order is of those who are listed, and of nobody else."""
    for key, speakers in meeting.lists.items():
        listed = [
            each.id
            for each in meeting.requests.values()
            if each.list == key and each.status in LISTED
        ]
        assert sorted(listed) == sorted(speakers.order)


def one_voice_asks_once(meeting: Meeting) -> None:
    """I3: one live request for each list, capacity and family."""
    wanted = [
        (each.list, capacity(each))
        for each in meeting.requests.values()
        if each.status in LIVE and capacity(each)
    ]
    assert len(wanted) == len(set(wanted))


def every_second_is_used_or_held(meeting: Meeting, at: Instant) -> None:
    """I7: never negative, never more than the wall."""
    for each in meeting.interventions.values():
        used = used_ms(each.clock, at)
        assert used >= 0
        if each.started_at is None:
            assert used == 0
            continue
        wall = getattr(each.clock, "at", at) - each.started_at
        assert used + held_ms(each, at) <= wall


def everyone_sees_the_same_order(meeting: Meeting) -> None:
    """I2: who may see an order sees the same one."""
    staff = order(meeting, "staff")
    for key, ids in order(meeting, "public").items():
        assert ids in ((), staff[key])
        assert order(meeting, "record")[key] in ((), staff[key])
    assert staff == {key: each.order for key, each in meeting.lists.items()}


def whoever_keeps_a_place_keeps_it(real: Real) -> None:
    """I8: the relative order of those who keep their places stays."""
    old, new = real.before, real.meeting
    if not real.commits:
        return
    said = real.commits[-1][2]
    if any(isinstance(each, ActUndone | SwapMade) for each in said):
        return
    by_hand = {
        each.request
        for each in said
        if isinstance(each, RequestMoved | RequestReturned)
    }
    for key, speakers in new.lists.items():
        kept = [
            each
            for each in old.lists[key].order
            if each in speakers.order
            and each not in by_hand
            and locked(old.requests[each])
            and locked(new.requests[each])
        ]
        assert kept == [each for each in speakers.order if each in kept]


def nothing_private_is_public(meeting: Meeting) -> None:
    """I10: no field of the staff's, and no word that is not for everyone."""
    seen = snapshot(meeting, "public")
    for rows in seen.values():
        for row in rows.values():
            assert not INTERNAL & row.keys()
    assert "CANARY" not in json.dumps(seen)
    assert "CANARY-STAFF" not in json.dumps(snapshot(meeting, "record"))


def nobody_is_named_of_a_closed_segment(meeting: Meeting) -> None:
    """R17: rows, the floor and lists of it say nobody's name but to staff."""
    closed = {k for k, each in meeting.segments.items() if not each.plan.attributed}
    if not closed:
        return
    audiences: tuple[Audience, ...] = ("public", "record")
    for seen in (snapshot(meeting, audience) for audience in audiences):
        rows = [*seen["interventions"].values(), *seen["floor"].values()]
        for row in rows:
            if row["segment"] in closed:
                named = (row["delegation"], row["group"], row["person"], row["label"])
                assert named == (None, None, None, "")
        lists = {meeting.segments[key].list for key in closed}
        assert not lists & {each["list"] for each in seen["requests"].values()}


def written(real: Real, who: dict[str, Any], command: dict[str, Any]) -> None:
    """I9: the last commit reads as it was written."""
    seq, at, events = real.commits[-1]
    record = Record(
        meeting=MeetingId("m"),
        epoch="e",
        seq=seq,
        at=at,
        events=events,
        origin=Origin(
            role=who["role"],
            link=LinkId(who["link"]),
            command=command.get("id", "sent-0000"),
            digest="",
            result=real.result,
        ),
    )
    parts = write(record)
    assert "CANARY" not in parts[0].decode(), "an open part holds what is not open"
    sealed = seal(b"", seq, parts, (b"p" * SALT_BYTES, b"i" * SALT_BYTES))
    assert read(sealed) == record


def replayed(real: Real) -> None:
    """I9: one long fold, and one commit after the other, lead here."""
    start = found(real.created, real.meeting.created_at)
    one_by_one, in_one = start, Draft(start)
    for seq, at, events in real.commits:
        one_by_one = evolve(one_by_one, seq, at, events)
        fold(in_one, seq, at, events)
    assert one_by_one == real.meeting
    assert in_one.freeze() == real.meeting
