"""Three servers' rooms in this process, each on a journal of its own to one Redis.

What is between people and a room is left out; what is between rooms is all there.
"""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from msgspec import to_builtins

from cluster.history import Call, History, Told
from cluster.servers import LIST
from cluster.traffic import Shown
from rostra.adapters.redis_journal import RedisJournal
from rostra.adapters.shared_clock import SharedClock
from rostra.core.actor import Actor
from rostra.core.floor import phase
from rostra.core.ids import Code, LinkId, MeetingId
from rostra.core.order import head
from rostra.engine.outcomes import Accepted, Declined
from rostra.engine.room import Room
from rostra.engine.rooms import Rooms
from support.rooms import Sender

#: A command without a final answer by then stays unknown.
GIVES_UP_S = 4.0
Journals = Callable[[str], Any]


@asynccontextmanager
async def rooms_on(
    address: str, meeting: MeetingId, journals: Sequence[type[RedisJournal]]
) -> AsyncIterator[list[Room]]:
    """A room of *meeting* on each of *journals*."""
    async with AsyncExitStack() as stack:
        found = []
        for kind in journals:
            journal = await kind.open(address)
            stack.push_async_callback(journal.close)
            clock = SharedClock(journal.time)
            await clock.set()
            rooms = Rooms(journal, clock)
            stack.push_async_callback(rooms.close)
            room = await rooms.room(meeting)
            assert room is not None
            found.append(room)
        yield found


class Direct:
    """A person at a room, without a wire; goes to the next room when told to wait."""

    def __init__(
        self,
        name: str,
        rooms: Sequence[Room],
        history: History,
        *,
        link: str,
        delegation: str | None,
        first: int = 0,
    ) -> None:
        self.name = name
        self.delegation = delegation
        self._rooms = rooms
        self._place = first % len(rooms)
        self._history = history
        role: Any = "moderator" if delegation is None else "delegate"
        code = Code(delegation) if delegation else None
        self._actor = Actor(role=role, link=LinkId(link), delegation=code, device=name)
        self._link = link

    def listen(self) -> None:
        """Write down what everybody here is told."""
        room = self._rooms[self._place]

        def heard(_: object) -> None:
            told = Told(room.epoch, room.meeting.seq, room.chain)
            self._history.tell(self.name, told)

        room.subscribe(heard)

    def shown(self) -> Shown | None:
        """As the room has it."""
        meeting = self._rooms[self._place].meeting
        speakers = meeting.lists[LIST]  # type: ignore[index]
        active = meeting.active
        own = [
            key
            for key, each in meeting.requests.items()
            if each.delegation == self.delegation is not None
            and each.status in ("queued", "called")
        ]
        return Shown(
            open=speakers.state == "open",
            generation=speakers.generation,
            head=head(meeting.requests, speakers.order),
            floor=active.id if active else None,
            phase=phase(active) if active else None,
            own=own[0] if own else None,
        )

    async def command(self, type_: str, fields: dict[str, Any]) -> None:
        """Until there is a final answer."""
        call = self._history.call(
            Call(
                id=secrets.token_hex(8),
                client=self.name,
                link=self._link,
                delegation=self.delegation,
                type=type_,
                fields=fields,
                asked=time.monotonic(),
            )
        )
        wire = {"id": call.id, "type": type_, **fields}
        while time.monotonic() < call.asked + GIVES_UP_S:
            call.sent += 1
            sender = Sender(self._rooms[self._place], "op1")
            sender.actor = self._actor
            match await sender.send(wire):
                case Accepted(seq, result):
                    result = to_builtins(result)
                    call.answers({"outcome": "ok", "seq": seq, "result": result})
                    return
                case Declined(refusal):
                    current = to_builtins(refusal.current)
                    code = refusal.code
                    call.answers({"outcome": "no", "code": code, "current": current})
                    return
                case _:
                    call.waits += 1
                    await asyncio.sleep(0.05)
