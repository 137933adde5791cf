"""Those who were away: the tail as one delta, or a snapshot and why."""

from engine.conftest import Kept, ask
from rostra.engine.history import TAIL
from rostra.engine.outcomes import Tail
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
