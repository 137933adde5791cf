"""Those who were away: the tail as one delta, or a snapshot and why."""

import asyncio

from engine.conftest import Kept, ask
from rostra.engine.history import TAIL
from rostra.engine.outcomes import Accepted, Tail
from rostra.engine.room import Room
from rostra.protocol.messages import ResumeFrom
from support.rooms import (
    Screen,
    Sender,
    begin,
    opened,
)


async def test_a_client_that_comes_first_gets_a_snapshot(room: Room) -> None:
    assert room.since("public", None) == Tail(None, "first")


async def test_a_client_that_missed_nothing_gets_nothing(room: Room) -> None:
    here = ResumeFrom(room.epoch, room.meeting.seq, room.chain)
    assert room.since("staff", here) == Tail(None, None)


async def test_after_a_restart_a_client_at_the_head_goes_on(kept: Kept) -> None:
    async with opened(kept.journal) as (_, room):
        await begin(room)
        here = ResumeFrom(room.epoch, room.meeting.seq, room.chain)
    async with opened(await kept.restarted()) as (_, room):
        assert room.since("public", here) == Tail(None, None)
        behind = ResumeFrom(here.epoch, here.seq - 1, "0" * 16)
        assert room.since("public", behind).reason == "too_old"


async def test_a_client_of_another_history_is_told_so(room: Room) -> None:
    seq, chain, epoch = room.meeting.seq, room.chain, room.epoch
    await ask(room, "xad")
    assert room.since("public", ResumeFrom("x", seq, chain)).reason == "epoch"
    wrong = ResumeFrom(epoch, seq, "0" * 16)
    assert room.since("public", wrong).reason == "diverged"
    ahead = ResumeFrom(epoch, seq + 9, chain)
    assert room.since("public", ahead).reason == "diverged"


async def test_whoever_is_away_for_the_whole_tail_catches_up_and_no_longer(
    room: Room,
) -> None:
    operator, screens = Sender(room, "op1"), []
    for n in range(TAIL + 1):
        if n < 2:
            screens.append(Screen(room, "public"))
        await operator.ok("announce", text=f"number {n}")
    older, old = screens
    gone = ResumeFrom(older.epoch, older.seq, older.chain)
    assert room.since("public", gone) == Tail(None, "too_old")
    tail = room.since("public", ResumeFrom(old.epoch, old.seq, old.chain))
    assert tail.delta is not None
    old.apply(tail.delta)
    assert old.shows(room)


async def test_a_turn_is_one_step_however_many_commits_it_has(room: Room) -> None:
    history = room._history
    before, here = Screen(room, "public"), room.meeting.seq
    marks = len(history._marks)
    asked = [
        Sender(room, link).later("request_floor", kind="statement")
        for link in ("xad", "xae", "xal")
    ]
    for each in asked:
        assert isinstance(await each, Accepted)
    assert room.meeting.seq == here + 3
    assert len(history._marks) == marks + 1
    delta = history.between("public", here)
    assert delta is not None
    before.apply(delta)
    assert before.shows(room)


async def test_who_stands_within_a_turn_gets_a_snapshot(room: Room) -> None:
    here = room.meeting.seq
    asked = [
        Sender(room, link).later("request_floor", kind="statement")
        for link in ("xad", "xae", "xal")
    ]
    for each in asked:
        await each
    for seq in (here + 1, here + 2):
        within = ResumeFrom(room.epoch, seq, "0" * 8)
        assert room.since("public", within) == Tail(None, "too_old")
        assert room.missed("public", seq) == Tail(None, "too_old")
    last = ResumeFrom(room.epoch, room.meeting.seq, room.chain)
    assert room.since("public", last) == Tail(None, None)


async def test_turns_are_counted_between_two_numbers(room: Room) -> None:
    """Whoever missed a rush has missed few deltas, however many commits they are."""
    start = room.meeting.seq
    operator = Sender(room, "op1")
    await operator.ok("announce", text="one by one")
    await asyncio.gather(*(operator.ok("announce", text=str(n)) for n in range(40)))
    assert room.meeting.seq == start + 41
    assert 2 <= room.turns(start, room.meeting.seq) <= 4
    assert room.turns(start, start + 1) == 1
    assert room.turns(room.meeting.seq, room.meeting.seq) == 0
