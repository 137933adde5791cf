"""One meeting on two servers, as the wire has it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from rostra.adapters.memory_journal import MemoryJournal
from rostra.engine.ports import Unknown
from web.house import (
    DELEGATE,
    MEETING,
    MODERATOR,
    OTHER_DELEGATE,
    VIEWER,
    House,
    Line,
    call_to_order,
    opened,
)


class Two:
    """Two servers on one journal, the meeting in session."""

    def __init__(self, journal: MemoryJournal, first: House, second: House) -> None:
        self.journal = journal
        self.first = first
        self.second = second


@pytest.fixture
async def two() -> AsyncIterator[Two]:
    """Both with the meeting in memory."""
    journal = MemoryJournal(shared=True)
    async with opened(journal=journal) as first, opened(journal=journal) as second:
        await call_to_order(first)
        async with asyncio.timeout(3):
            while second.room.head != first.room.head:
                await asyncio.sleep(0.01)
        yield Two(journal, first, second)


def where(line: Line) -> dict[str, Any]:
    """Where a client says that it is."""
    return {key: line.welcome[key] for key in ("epoch", "seq", "chain")}


async def asks(line: Line) -> Any:
    """The answer to a request for the floor."""
    return await line.command("request_floor", kind="statement")


async def test_a_change_on_one_server_is_heard_on_the_other(two: Two) -> None:
    hall = await two.second.joined(VIEWER)
    pad = await two.first.joined(DELEGATE)
    answer = await asks(pad)
    _, delta = await hall.event("delta")
    assert delta["seq"] == answer["seq"]


async def test_who_moves_to_another_server_goes_on_from_where_it_was(two: Two) -> None:
    pad = await two.first.joined(DELEGATE)
    here = where(pad)
    await pad.ws.close()
    answer = await asks(await two.first.joined(OTHER_DELEGATE))
    moved = await two.second.joined(DELEGATE, resume=here)
    assert moved.welcome["mode"] == "resume"
    _, delta = await moved.event("delta")
    assert (delta["from"], delta["seq"]) == (here["seq"], answer["seq"])


async def test_who_has_seen_more_than_a_server_is_waited_for_by_it(two: Two) -> None:
    two.second.room._follower.stop()
    pad = await two.first.joined(DELEGATE)
    await asks(pad)
    seen = {
        "epoch": two.first.room.epoch,
        "seq": two.first.room.head.seq,
        "chain": two.first.room.chain,
    }
    moved = await two.second.joined(DELEGATE, resume=seen)
    assert moved.welcome["mode"] == "resume"


async def test_a_link_that_is_withdrawn_on_one_server_is_cut_on_all(two: Two) -> None:
    pads = [await house.joined(DELEGATE) for house in (two.first, two.second)]
    operator = await two.first.joined(MODERATOR)
    answer = await operator.command("revoke_link", link=DELEGATE.id)
    assert answer["outcome"] == "ok"
    for pad in pads:
        _, bye = await pad.event("bye", within_s=2.0)
        assert bye["code"] == "revoked"


async def test_a_lost_past_is_told_to_everybody_on_every_server(two: Two) -> None:
    before = two.first.room.head.seq
    pad = await two.first.joined(DELEGATE)
    hall = await two.second.joined(VIEWER)
    answer = await asks(pad)
    await hall.event("delta")
    two.journal.lose_tail(MEETING, before)
    await asks(await two.second.joined(OTHER_DELEGATE))
    for line in (pad, hall):
        _, welcome = await line.event("welcome")
        assert welcome["reason"] == "epoch"
        assert welcome["lost"] == {"after": before, "until": answer["seq"]}
        lost = welcome["state"]["collections"]["meeting"]["meeting"]["losses"]
        assert [(each["after"], each["until"]) for each in lost] == [
            (before, answer["seq"])
        ]


async def test_the_sender_of_a_lost_command_hears_that_it_is_not_kept(
    two: Two,
) -> None:
    before = two.first.room.head.seq
    pad = await two.first.joined(DELEGATE)
    other = await two.first.joined(OTHER_DELEGATE)
    sent = {"id": "the-lost-request", "type": "request_floor", "kind": "statement"}
    await pad.answer(await pad.ask("cmd", sent))
    two.journal.lose_tail(MEETING, before)
    await asks(other)
    _, welcome = await pad.event("welcome")
    assert welcome["not_kept"] == ["the-lost-request"]
    (told,) = [frame for frame in other.frames[3:] if '"welcome"' in frame]
    assert '"not_kept":[]' in told


async def test_a_journal_that_takes_nothing_is_told_and_that_it_does_again(
    two: Two,
) -> None:
    hall = await two.first.joined(VIEWER)
    assert hall.welcome["stalled"] is False
    two.journal.fail_next = Unknown("time-out")
    assert (await asks(await two.first.joined(DELEGATE)))["outcome"] == "wait"
    _, beat = await hall.event("beat")
    assert beat["stalled"] is True
    # the next sign of life says that it is well again
    while beat["stalled"]:
        _, beat = await hall.event("beat")
    assert (await two.first.joined(VIEWER)).welcome["stalled"] is False
