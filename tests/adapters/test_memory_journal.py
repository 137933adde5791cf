"""The faults that tests of the engine can order."""

import asyncio

import pytest
from msgspec.structs import replace

from adapters.chains import MEETING, begun, chain, gathered, head_of, heads, stored
from rostra.adapters.memory_journal import MemoryJournal
from rostra.engine.ports import Conflict, Damaged, Done, Unavailable, Unknown


async def test_a_failure_is_answered_once_and_nothing_is_written() -> None:
    journal = MemoryJournal()
    kept = await begun(journal)
    more = chain(1, after=kept[-1])
    journal.fail_next = Unknown("full", full=True)
    answer = await journal.append(MEETING, head_of(kept), more)
    assert answer == Unknown("full", full=True)
    assert await stored(journal) == kept
    assert await journal.append(MEETING, head_of(kept), more) == Done(head_of(more))


async def test_an_ordered_conflict_is_answered_once_and_nothing_is_written() -> None:
    journal = MemoryJournal()
    kept = await begun(journal)
    more = chain(1, after=kept[-1])
    journal.fail_next = Conflict(head_of(kept))
    answer = await journal.append(MEETING, head_of(kept), more)
    assert answer == Conflict(head_of(kept))
    assert await stored(journal) == kept
    assert await journal.append(MEETING, head_of(kept), more) == Done(head_of(more))


async def test_after_a_fatal_failure_all_is_refused_until_it_is_reopened() -> None:
    journal = MemoryJournal()
    kept = await begun(journal)
    more = chain(1, after=kept[-1])
    fatal = journal.fail_next = Unknown("broken", fatal=True)
    assert await journal.append(MEETING, head_of(kept), more) == fatal
    assert await journal.append(MEETING, head_of(kept), more) == fatal
    with pytest.raises(Unavailable):
        await stored(journal)
    again = journal.reopened()
    assert await stored(again) == kept
    assert await again.append(MEETING, head_of(kept), more) == Done(head_of(more))


async def test_a_lost_answer_is_unknown_though_it_was_written() -> None:
    journal = MemoryJournal()
    kept = await begun(journal)
    more = chain(1, after=kept[-1])
    journal.lose_next_answer = True
    answer = await journal.append(MEETING, head_of(kept), more)
    assert isinstance(answer, Unknown)
    assert not answer.fatal
    assert await stored(journal) == kept + more
    repeated = await journal.append(MEETING, head_of(kept), more)
    assert repeated == Conflict(head_of(more))


async def test_a_rival_comes_first_and_the_next_call_loses() -> None:
    journal = MemoryJournal()
    kept = await begun(journal)
    journal.rival_next = chain(2, after=kept[-1], said="the rival")
    rival = head_of(list(journal.rival_next))
    mine = chain(1, after=kept[-1], said="mine")
    assert await journal.append(MEETING, head_of(kept), mine) == Conflict(rival)
    mine = chain(1, after=rival, said="mine")
    assert await journal.append(MEETING, rival, mine) == Done(head_of(mine))


async def test_a_call_waits_at_the_gate() -> None:
    journal = MemoryJournal()
    kept = await begun(journal)
    more = chain(1, after=kept[-1])
    journal.gate.clear()
    call = asyncio.create_task(journal.append(MEETING, head_of(kept), more))
    await asyncio.sleep(0.02)
    assert not call.done()
    assert await stored(journal) == kept
    journal.gate.set()
    assert await call == Done(head_of(more))


async def test_a_lost_tail_is_gone() -> None:
    journal = MemoryJournal()
    kept = await begun(journal, 5)
    journal.lose_tail(MEETING, 3)
    assert await stored(journal) == kept[:3]
    assert await heads(journal) == {MEETING: head_of(kept[:3])}


async def test_a_damaged_commit_is_reported_after_those_before_it() -> None:
    journal = MemoryJournal()
    kept = await begun(journal, 5)
    journal.histories[MEETING].commits[3] = replace(kept[3], open=b"{}")
    reading = journal.read(MEETING, 0)
    assert [await anext(reading) for _ in range(3)] == kept[:3]
    with pytest.raises(Damaged) as found:
        await anext(reading)
    assert (found.value.meeting, found.value.seq) == (MEETING, 4)
    with pytest.raises(Damaged):
        await gathered(journal.read(MEETING, 2))
