"""Must-show: two operators press Next at the same moment, a thousand times.

Over real sockets against the real application and a journal on disk. Both frames are
written before either answer is read; the room has no delay but the disk's own.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct, structs

from rostra.core.actor import Actor
from rostra.core.commands import Call
from rostra.core.ids import Code
from rostra.core.roster import Delegation, Roster
from rostra.engine.outcomes import Outcome
from rostra.engine.room import Room
from support.rooms import LINKS, Sender, begin, founding
from support.served_app import served
from web.house import Line, command

ROUNDS = 1_000
OVERLAPS = 900


class Stamp(Struct):
    """When the server received a press, and when it answered."""

    link: str
    received: float
    answered: float = 0.0


def thousand() -> Roster:
    """As many made-up delegations, so that each is called once."""
    codes = [Code(f"D{n:04}") for n in range(ROUNDS)]
    return Roster(
        id="thousand",
        title="A thousand",
        delegations={
            code: Delegation(
                code=code,
                tier="member_state",
                address="representative_of",
                names={"en": f"Land of {code}"},
                sort={"en": code},
                spoken=f"Land of {code}",
                plate=code,
            )
            for code in codes
        },
        groups={},
    )


@pytest.fixture
def stamps(monkeypatch: pytest.MonkeyPatch) -> list[Stamp]:
    """The server's own stamps of every press of Next, as they come."""
    found: list[Stamp] = []
    ask: Callable[..., None] = Room.ask

    def stamped(room: Room, asked: Any, actor: Actor, digest: bytes, *how: Any) -> None:
        if not isinstance(asked, Call):
            ask(room, asked, actor, digest, *how)
            return
        stamp = Stamp(actor.link, time.perf_counter())
        found.append(stamp)
        settled, until = how

        def answered(outcome: Outcome) -> None:
            stamp.answered = time.perf_counter()
            settled(outcome)

        ask(room, asked, actor, digest, answered, until)

    monkeypatch.setattr(Room, "ask", stamped)
    return found


async def done(line: Line, type_: str, room: Room) -> None:
    """Send a command of the floor that must be done."""
    active = room.meeting.active
    assert active is not None
    phase = "speaking" if active.started_at else "called"
    expect = {"intervention": active.id, "phase": phase}
    answer = await line.command(type_, expect=expect)
    assert answer["outcome"] == "ok", answer


async def test_of_two_who_press_next_at_once_one_calls_and_the_other_learns_whom(
    tmp_path: Path, stamps: list[Stamp]
) -> None:
    roster = thousand()
    made = structs.replace(founding(), roster=roster, links=LINKS)
    async with served(tmp_path, made) as (app, (room,)):
        await begin(room)
        codes = list(roster.delegations)
        for start in range(0, ROUNDS, 250):
            entries = [{"delegation": each} for each in codes[start : start + 250]]
            await Sender(room, "op1").ok("insert", list="l1.1", entries=entries)
        order = room.meeting.lists["l1.1"].order  # type: ignore[index]
        assert len(order) == ROUNDS
        lines = [await app.line(room, "op1"), await app.line(room, "op2")]
        for number, head in enumerate(order):
            press = {"request": head, "expect": {"head": head}}
            pair = lines if number % 2 else lines[::-1]
            asked = [await each.ask("cmd", command("call", **press)) for each in pair]
            answers = [
                await line.answer(id_) for line, id_ in zip(pair, asked, strict=True)
            ]
            by_outcome = {answer["outcome"]: answer for answer in answers}
            assert set(by_outcome) == {"ok", "no"}, (number, answers)
            lost = by_outcome["no"]
            assert lost["code"] == "stale", lost
            assert lost["current"]["called"] == codes[number], lost
            assert lost["current"]["request"] == head, lost
            assert f"Land of {codes[number]}" in lost["message"], lost
            await done(pair[0], "start", room)
            await done(pair[1], "end", room)
        called = [
            room.meeting.requests[each.request].delegation
            for each in room.meeting.interventions.values()
        ]
        assert called == codes  # each once, in the list's order: nobody was skipped
        assert room.meeting.delivered == tuple(room.meeting.interventions)
        for line in lines:
            await line.ws.close()
    assert len(stamps) == 2 * ROUNDS
    pairs = zip(stamps[::2], stamps[1::2], strict=True)
    overlaps = sum(second.received < first.answered for first, second in pairs)
    assert overlaps >= OVERLAPS, f"{overlaps} of {ROUNDS} overlapped"
    assert {stamp.link for stamp in stamps} == {"op1", "op2"}
