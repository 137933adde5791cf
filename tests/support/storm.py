"""A meeting in a storm: a seeded journal that fails in every way it may, and a server
that dies, under senders that ask again until they have a final answer.
"""

import random
from typing import Any

from msgspec import to_builtins

from rostra.adapters.memory_journal import History, MemoryJournal
from rostra.engine.outcomes import Accepted, Outcome, Unsettled
from rostra.engine.ports import Unknown
from rostra.engine.room import Room
from rostra.engine.rooms import Rooms
from rostra.protocol.commit import Commit
from rostra.protocol.messages import ResumeFrom
from rostra.protocol.stored import read
from support.rooms import (
    AUDIENCES,
    MEETING,
    HandClock,
    Screen,
    Sender,
    founding,
    fresh_id,
)
from support.walk import Walk

FAULTS = ("none", "not written", "written", "full", "fatal", "killed", "rival")
WEIGHTS = (50, 6, 6, 3, 2, 4, 6)


class Storm:
    """Sends what :class:`Walk` draws, each until it is settled."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.clock = HandClock()
        self.journal = MemoryJournal()
        self.rooms = Rooms(self.journal, self.clock)
        self.answers: list[tuple[str, dict[str, Any], Outcome]] = []
        self.screens: list[Screen] = []
        self.faults: set[str] = set()
        self.room: Room
        #: The rooms of killed servers: nobody closes them in order.
        self._killed: list[Rooms] = []

    async def blow(self, commands: int) -> None:
        """The whole storm."""
        self._watch(await self.rooms.create(founding()))
        self.screens = [Screen(self.room, audience) for audience in AUDIENCES]
        for _ in range(commands):
            self.clock.advance(self.rng.randrange(2_000))
            link, wire = Walk(self.room, self.rng).draw()
            self.answers.append((link, wire, await self.settled(link, wire)))

    async def settled(self, link: str, wire: dict[str, Any]) -> Outcome:
        """Ask with the same id until there is a final answer."""
        for _ in range(40):
            await self._fault()
            outcome = await Sender(self.room, link).send(wire)
            if self.rooms.failed.done() or self.rng.random() < 0.02:
                await self.restart()
            elif not isinstance(outcome, Unsettled):
                return outcome
        raise AssertionError(f"never settled: {wire}")

    async def restart(self) -> None:
        """The server dies, and another begins on the same journal."""
        self._killed.append(self.rooms)
        self.journal = self.journal.reopened()
        self.journal.histories[MEETING].alive_at = self.clock.now()
        self.rooms = Rooms(self.journal, self.clock)
        room = await self.rooms.room(MEETING)
        assert room is not None
        self._watch(room)
        self.screens = [self._resumed(screen) for screen in self.screens]

    async def calm(self) -> None:
        """End every server that there was."""
        for rooms in (*self._killed, self.rooms):
            await rooms.close()

    def _watch(self, room: Room) -> None:
        self.room = room
        room.subscribe(lambda told: [screen.hear(told) for screen in self.screens])

    def _resumed(self, screen: Screen) -> Screen:
        where = ResumeFrom(screen.epoch, screen.seq, screen.chain)
        tail = self.room.since(screen.audience, where)
        if tail.reason is not None:
            return Screen(self.room, screen.audience)
        if tail.delta is not None:
            screen.apply(tail.delta)
        return screen

    async def _fault(self) -> None:
        fault = self.rng.choices(FAULTS, WEIGHTS)[0]
        self.faults.add(fault)
        match fault:
            case "not written":
                self.journal.fail_next = Unknown("time-out")
            case "written":
                self.journal.lose_next_answer = True
            case "full":
                self.journal.fail_next = Unknown("full", full=True)
            case "fatal":
                self.journal.fail_next = Unknown("EIO", fatal=True)
            case "killed":
                await self.restart()
            case "rival":
                self.journal.rival_next = await self._rival()

    async def _rival(self) -> list[Commit]:
        """What another server would have appended in the meantime."""
        ours = self.journal.histories[MEETING]
        theirs = MemoryJournal()
        theirs.histories[MEETING] = History(ours.epoch)
        theirs.histories[MEETING].commits = list(ours.commits)
        theirs.histories[MEETING].alive_at = self.clock.now()
        rooms = Rooms(theirs, self.clock)
        room = await rooms.room(MEETING)
        assert room is not None
        link, wire = Walk(room, self.rng).draw()
        outcome = await Sender(room, link).send({**wire, "id": fresh_id()})
        await rooms.close()
        commits = theirs.histories[MEETING].commits[len(ours.commits) :]
        return commits if isinstance(outcome, Accepted) else []

    async def check(self) -> None:
        """Every promise, now that it is over."""
        await self.restart()
        records = [read(c) for c in self.journal.histories[MEETING].commits]
        written = {(r.origin.link, r.origin.command): r for r in records}
        assert len(written) == len(records), "a command had its effect twice"
        for link, wire, outcome in self.answers:
            record = written.get((link, wire["id"]))  # type: ignore[call-overload]
            if isinstance(outcome, Accepted):
                assert record is not None, "an acknowledged command was lost"
                assert record.seq == outcome.seq
                again = await Sender(self.room, link).send(wire)
                assert to_builtins(again) == to_builtins(outcome)
            else:
                assert record is None, "what happened was called an error"
        assert self.room.meeting.seq == len(records)
        for screen in self.screens:
            assert screen.shows(self.room)
