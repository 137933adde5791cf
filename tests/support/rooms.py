"""Rooms for tests: a made meeting, a clock in the hand, senders and naive screens.

Delegations are those of ``config/rosters/fictional``. A screen here does with a delta
what the contract says and nothing else; it is what real clients are compared with.
"""

import asyncio
import hashlib
import itertools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from rostra.adapters.memory_journal import MemoryJournal
from rostra.core.actor import Actor
from rostra.core.ids import Audience, Code, Instant, LinkId, MeetingId
from rostra.core.meeting import Link, Meeting
from rostra.core.profile import Profile
from rostra.core.programme import Planned, Presider, Programme, SegmentPlan, Speaker
from rostra.core.roster import Roster, parse_roster
from rostra.engine.outcomes import Accepted, Declined, Outcome, Published
from rostra.engine.ports import Journal
from rostra.engine.room import Room
from rostra.engine.rooms import Founding, Rooms
from rostra.protocol.brief import filled_collections
from rostra.protocol.messages import Delta, convert_command

ROOT = Path(__file__).resolve().parents[2]
MEETING = MeetingId("harbour")
#: 10 July 2020, 15:30 UTC.
START = Instant(1_594_395_000_000)
XAD, XAE, XAL, XAH = Code("XAD"), Code("XAE"), Code("XAL"), Code("XAH")
AUDIENCES: tuple[Audience, ...] = ("public", "record", "staff")

_numbers = itertools.count(1)


def roster(name: str = "fictional") -> Roster:
    """One of the shipped rosters."""
    folder = ROOT / "config" / "rosters"
    head = (folder / f"{name}.toml").read_text(encoding="utf-8")
    return parse_roster(head, (folder / f"{name}.csv").read_text(encoding="utf-8"))


FICTIONAL = roster()


def link(id_: str, role: Any, delegation: Code | None = None, **more: Any) -> Link:
    """A link; its label is nothing that anybody may see."""
    return Link(id=LinkId(id_), role=role, delegation=delegation, **more)


LINKS = (
    link("op1", "moderator", label="Operator 1"),
    link("op2", "moderator", label="Operator 2"),
    link("chair", "chair"),
    link("desk", "desk"),
    link("rap", "rapporteur"),
    link("viewer", "viewer"),
    link("display", "display"),
    link("xad", "delegate", XAD),
    link("xae", "delegate", XAE),
    link("xal", "delegate", XAL),
    link("xah", "delegate", XAH),
)
PROFILE = Profile(id="test", title="Test", limits={"statement": {"any": 180}})
#: The segments of the made meeting, by index: their lists are ``l1.<index>``.
OPENING, DISCUSSION, PANEL = range(3)


def programme(meeting: MeetingId = MEETING) -> Programme:
    """An opening with a named speaker, a discussion, and a panel of two."""
    return Programme(
        id=meeting,
        title="Harbour dialogue",
        theme="Of quays and cranes",
        zone="America/New_York",
        roster="fictional",
        profile="test",
        questions=("What is a harbour?",),
        segments=(
            SegmentPlan(
                kind="opening",
                title="Opening",
                presider=Presider("Ms. P. Resider", "Chair"),
                speakers=(Speaker(name="Mr. O. Pener", role="opening", limit_s=300),),
            ),
            SegmentPlan(kind="discussion", title="Discussion", requests=True),
            SegmentPlan(
                kind="panel",
                title="Panel",
                requests=True,
                speakers=(
                    Speaker(name="Dr. A. One", role="panellist", limit_s=300),
                    Speaker(name="Dr. B. Two", role="panellist", limit_s=300),
                ),
            ),
        ),
    )


def founding(meeting: MeetingId = MEETING, **more: Any) -> Founding:
    """What the made meeting begins with."""
    made = Founding(
        meeting=meeting,
        programme=programme(meeting),
        planned=Planned(),
        profile=PROFILE,
        roster=FICTIONAL,
        links=LINKS,
    )
    return structs.replace(made, **more)


class HandClock:
    """A clock that a test moves; with *runs* it goes on by itself as well."""

    def __init__(self, at: int = START, *, runs: bool = False) -> None:
        self._at = at
        self._runs = runs
        self._started = time.monotonic()

    def now(self) -> Instant:
        """The time."""
        ran = (time.monotonic() - self._started) * 1000 if self._runs else 0
        return Instant(self._at + int(ran))

    def wall(self) -> Instant:
        """The same: nobody sets this clock."""
        return self.now()

    def not_before(self, at: Instant) -> None:
        """Forward only."""
        self._at += max(0, at - self.now())

    def advance(self, ms: int) -> None:
        """Let *ms* pass at once."""
        self._at += ms


def actor(link_id: str, device: str = "") -> Actor:
    """Whoever holds one of :data:`LINKS`."""
    found = next(each for each in LINKS if each.id == link_id)
    return Actor(
        role=found.role, link=found.id, delegation=found.delegation, device=device
    )


def fresh_id() -> str:
    """An id that no command has had."""
    return f"sender-{next(_numbers):08d}"


class Sender:
    """Sends commands by one link, as a screen would."""

    def __init__(self, room: Room, link_id: str, device: str = "") -> None:
        self.room = room
        self.actor = actor(link_id, device)

    async def __call__(
        self, type_: str, id: str = "", until: Instant | None = None, **fields: Any
    ) -> Outcome:
        """Send, and wait for the outcome."""
        return await self.send({"id": id or fresh_id(), "type": type_, **fields}, until)

    async def send(self, wire: dict[str, Any], until: Instant | None = None) -> Outcome:
        """Send a command as it stands on the wire."""
        command = convert_command(wire)
        digest = hashlib.sha256(msgspec.json.encode(command)).digest()
        return await self.room.submit(command, self.actor, digest, until)

    def later(self, type_: str, id: str = "", **fields: Any) -> "asyncio.Task[Outcome]":
        """Put a command into the inbox; nothing has run of it yet."""
        return asyncio.create_task(self(type_, id, **fields))

    async def ok(self, type_: str, **fields: Any) -> dict[str, Any]:
        """Send what must be done; the result."""
        return done(await self(type_, **fields)).result


def done(outcome: Outcome) -> Accepted:
    """*outcome*, which must be "done"."""
    assert isinstance(outcome, Accepted), outcome
    return outcome


def refused(outcome: Outcome) -> str:
    """The code of *outcome*, which must be a refusal."""
    assert isinstance(outcome, Declined), outcome
    return outcome.refusal.code


def on_floor(meeting: Meeting) -> dict[str, Any]:
    """What a button of the floor shows."""
    active = meeting.active
    assert active is not None
    phase = {"Waiting": "called", "Held": "paused"}.get(
        type(active.clock).__name__, "speaking"
    )
    return {"intervention": active.id, "phase": phase}


def on_list(meeting: Meeting, key: str = "l1.1") -> dict[str, Any]:
    """What a button of a list shows."""
    speakers = meeting.lists[key]  # type: ignore[index]
    return {
        "list": key,
        "state": speakers.state,
        "generation": speakers.generation,
    }


def head_of(meeting: Meeting) -> str | None:
    """The first of the running list that is not yet called."""
    speakers = meeting.running_list
    order = speakers.order if speakers else ()
    queued = (each for each in order if meeting.requests[each].status == "queued")
    return next(queued, None)


async def begin(room: Room, segment: int = DISCUSSION) -> None:
    """Bring the meeting into session, and *segment* on."""
    operator = Sender(room, "op1")
    await operator.ok("open_lobby", expect={"state": "scheduled"})
    await operator.ok("call_to_order", expect={"state": "lobby"})
    if segment:
        await operator.ok(
            "go_to_segment", segment=f"s1.{segment}", expect={"segment": "s1.0"}
        )


async def call_next(room: Room, link_id: str = "op1") -> dict[str, Any]:
    """Give the floor to the head of the running list."""
    first = head_of(room.meeting)
    return await Sender(room, link_id).ok("call", request=first, expect={"head": first})


async def speak(room: Room, clock: HandClock, ms: int) -> dict[str, Any]:
    """Call the next, start, let *ms* pass, and end."""
    operator = Sender(room, "op1")
    result = await call_next(room)
    await operator.ok("start", expect=on_floor(room.meeting))
    clock.advance(ms)
    await operator.ok("end", expect=on_floor(room.meeting))
    return result


class Screen:
    """A naive client of one audience: merges what it is sent, and no more."""

    def __init__(self, room: Room, audience: Audience) -> None:
        self.audience = audience
        self.epoch, self.seq, self.chain = room.epoch, room.meeting.seq, room.chain
        state = plain(room.snapshot(audience))
        self.collections: dict[str, dict[str, Any]] = state["collections"]
        self.order: dict[str, list[str]] = state["order"]

    def hear(self, published: Published) -> None:
        """Take what a room tells its listeners."""
        delta = published.deltas.get(self.audience)
        if delta is not None:
            # Commits that this audience does not see came between.
            assert self.seq <= delta.from_
            self.apply(structs.replace(delta, from_=self.seq))

    def apply(self, delta: Delta) -> None:
        """Merge: the sets, the patches, the drops, then the splices."""
        assert delta.from_ == self.seq
        assert delta.seq > self.seq
        wire = plain(delta)
        for name, entities in filled_collections(wire.get("set", {})).items():
            self.collections.setdefault(name, {}).update(entities)
        for name, patches in wire.get("patch", {}).items():
            for key, fields in patches.items():
                self.collections[name][key].update(fields)
        for name, gone in wire.get("drop", {}).items():
            for key in gone:
                self.collections[name].pop(key, None)
        for key, steps in wire.get("order", {}).items():
            order = self.order.setdefault(key, [])
            for index, count, *ids in steps:
                order[index : index + count] = ids
            if order:
                self.collections["lists"][key]["count"] = len(order)
        self.seq, self.chain = delta.seq, delta.chain

    def shows(self, room: Room) -> bool:
        """Whether it shows what a client that comes now is shown."""
        now = plain(room.snapshot(self.audience))
        return now == {"collections": self.collections, "order": self.order}


def plain(value: Any) -> Any:
    """*value* as it is after the wire."""
    return msgspec.json.decode(msgspec.json.encode(value))


@asynccontextmanager
async def opened(
    journal: Journal | None = None,
    clock: HandClock | None = None,
    made: Founding | None = None,
) -> AsyncIterator[tuple[Rooms, Room]]:
    """Rooms over *journal*, and the room of the made meeting, created if need be."""
    journal = journal or MemoryJournal()
    rooms = Rooms(journal, clock or HandClock())
    try:
        made = made or founding()
        room = await rooms.room(made.meeting) or await rooms.create(made)
        yield rooms, room
    finally:
        if isinstance(journal, MemoryJournal):
            journal.gate.set()  # a test that failed may have left it shut
        await rooms.close()


async def until(room: Room, holds: Callable[[], bool], within_s: float = 5.0) -> None:
    """Wait until what *room* tells its listeners makes *holds* true."""
    heard = asyncio.Event()
    cancel = room.subscribe(lambda _: heard.set())
    try:
        async with asyncio.timeout(within_s):
            while not holds():
                heard.clear()
                await heard.wait()
    finally:
        cancel()
