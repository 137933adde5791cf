"""The small model and the product answer alike."""

import asyncio

from cluster.history import History
from cluster.linearizable import check
from cluster.model import step
from cluster.oneprocess import Direct
from cluster.servers import DELEGATIONS, OPERATORS, bring_into_session, founding
from cluster.traffic import Traffic, beginning
from rostra.adapters.memory_journal import MemoryJournal
from support.rooms import opened


async def test_the_model_answers_as_the_product() -> None:
    async with opened(MemoryJournal(), made=founding()) as (_, room):
        await bring_into_session(room)
        history = History()
        first = beginning(room.meeting)
        people = [
            *(Direct(o, [room], history, link=o, delegation=None) for o in OPERATORS),
            *(
                Direct(d, [room], history, link=d.lower(), delegation=d)
                for d in DELEGATIONS
            ),
        ]
        traffic = Traffic(people, history, seed=1, pause_s=0.002, at_most=1500)
        async with traffic, asyncio.timeout(60):
            await traffic.end_of_all()
    assert len(history.calls) == 1500
    state = first
    done = sorted((c for c in history.calls if c.seq), key=lambda call: call.seq or 0)
    for call in done:
        after = step(state, call)
        assert after is not None, (state, call)
        state = after
    assert check(history.calls, first).accepted
    said = {(c.type, (c.answer or {}).get("code")) for c in history.calls}
    assert {
        ("call", None),
        ("call", "stale"),
        ("end", None),
        ("start", "stale"),
    } <= said
    assert ("request_floor", "list_closed") in said
    assert ("reopen_list", None) in said
