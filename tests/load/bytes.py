"""Every byte that a delegate's pad receives in a meeting of two hours.

The meeting is played on a clock in the hand, by the real room, hall and session; only
the socket is ours, and counts. Each command is a turn of its own, which is the most
that can be sent: what happens at once is sent as one.
"""

import asyncio
import hashlib
import random
from collections import Counter
from typing import Any, Literal

from msgspec import structs

from rostra.core.actor import Actor
from rostra.core.ids import Code, Instant, LinkId, MeetingId
from rostra.core.meeting import Link
from rostra.core.profile import Profile
from rostra.core.programme import Planned, Programme, SegmentPlan
from rostra.engine.outcomes import Accepted
from rostra.engine.room import Room
from rostra.engine.rooms import Founding
from rostra.protocol.messages import Bye, convert_command
from rostra.web.halls import Hall
from rostra.web.identity import identify
from rostra.web.rates import Bucket
from rostra.web.session import Session
from rostra.web.settings import Limits, Rate
from support.rooms import HandClock, head_of, on_floor, opened, roster

SPEAKERS, LIST_CHANGES, MINUTES = 60, 400, 120
MEETING = MeetingId("two-hours")
#: How the client keeps its clock: see client/src/lib/time.ts and connection.ts.
MEASURE_FIRST, MEASURE_EVERY_S = 5, 60
LIST = "l1.0"
#: What stands on the list before the pad comes.
EARLY = 40


class Counting:
    """The end of a socket that counts what is written to it, by kind."""

    def __init__(self) -> None:
        self.bytes: Counter[str] = Counter()
        self.frames: Counter[str] = Counter()
        #: Never anything that waits; no descriptor to write to past us.
        self.clear = True
        self.raw = -1

    def write(self, *frames: Any) -> None:
        """Count *frames* as the websocket frames that they are."""
        for frame in frames:
            raw = getattr(frame, "websocket", None)
            text = frame if raw is None else raw
            kind = _kind(bytes(text))
            self.count(kind, len(text) + (_header(len(text)) if raw is None else 0))

    def count(self, kind: str, size: int) -> None:
        """One frame of *kind*, its header included."""
        self.bytes[kind] += size
        self.frames[kind] += 1

    def backlog(self) -> int:
        """Nothing waits."""
        return 0

    def goodbye(self, bye: Bye, *, discard: bool = False) -> None:
        """Nobody is sent away."""
        raise AssertionError(bye)

    @property
    def total(self) -> int:
        """All that was received."""
        return self.bytes.total()

    def table(self) -> str:
        """Bytes and frames of each kind, the greatest first."""
        rows = [
            f"{kind:<10}{self.frames[kind]:>6}{size:>10,}"
            for kind, size in self.bytes.most_common()
        ]
        return "\n".join((*rows, f"{'in all':<10}{'':>6}{self.total:>10,}"))


def _kind(frame: bytes) -> str:
    if b'["' in frame[:40]:
        return frame.split(b'["', 1)[1].split(b'"', 1)[0].decode()
    return "time" if b'{"now"' in frame else "answer"


def _header(length: int) -> int:
    return 2 if length < 126 else 4 if length < 65_536 else 10


class _Here:
    """What a session needs of its server."""

    build = "0123456789ab"
    name = ""

    def __init__(self, clock: HandClock) -> None:
        self.limits = Limits(time_rate=Rate(1e9, 10**9))
        self._clock = clock

    def clock(self) -> float:
        return self._clock.now() / 1000

    def spread_ms(self, _: Any) -> int:
        return 15_000

    def command_bucket(self, _: Any) -> Bucket:
        return Bucket(Rate(1e9, 10**9), self.clock())


def _speech(_: Any) -> str:
    return ""


def founding(delegations: int = 200, meeting: MeetingId = MEETING) -> Founding:
    """A dialogue of so many delegations, by the register of the United Nations."""
    whole = roster("un")
    codes = list(whole.delegations)[:delegations]
    here = structs.replace(
        whole, delegations={code: whole.delegations[code] for code in codes}
    )
    return Founding(
        meeting=meeting,
        programme=Programme(
            id=meeting,
            title="Interactive dialogue on preparedness for biological events",
            theme="Strengthening the international response",
            zone="America/New_York",
            roster="un",
            profile="dialogue",
            segments=(
                SegmentPlan(
                    kind="discussion", title="Interactive discussion", requests=True
                ),
            ),
        ),
        planned=Planned(),
        profile=Profile(
            id="dialogue",
            title="Dialogue",
            limits={"statement": {"any": 90, "group": 180}},
        ),
        roster=here,
        links=(
            Link(id=LinkId("k1.0"), role="moderator"),
            *(
                Link(id=LinkId(f"k1.{n}"), role="delegate", delegation=code)
                for n, code in enumerate(codes, start=1)
            ),
        ),
    )


class Play:
    """Operators and delegations, one command after the other."""

    def __init__(
        self, room: Room, clock: HandClock, *, spare: Code | None = None, seed: int = 4
    ) -> None:
        self.room = room
        self.clock = clock
        self.chance = random.Random(seed)
        self._spare = spare
        self._sent = 0
        links = room.meeting.links.values()
        self._operator = Actor(role="moderator", link=LinkId("k1.0"))
        self._pads = {
            each.delegation: Actor(
                role="delegate", link=each.id, delegation=each.delegation, device="Pad"
            )
            for each in links
            if each.delegation and each.delegation != spare
        }

    def wire(self, type_: str, **fields: Any) -> dict[str, Any]:
        """A command as it stands on the wire."""
        self._sent += 1
        return {"id": f"command-{self._sent:06d}", "type": type_, **fields}

    async def operate(self, type_: str, **fields: Any) -> dict[str, Any]:
        """An operator acts."""
        return await self._submit(self._operator, type_, fields)

    async def press(self, code: Code, type_: str, **fields: Any) -> dict[str, Any]:
        """A delegation acts."""
        return await self._submit(self._pads[code], type_, fields)

    async def _submit(
        self, actor: Actor, type_: str, fields: dict[str, Any]
    ) -> dict[str, Any]:
        command = convert_command(self.wire(type_, **fields))
        digest = hashlib.sha256(command.id.encode()).digest()
        outcome = await self.room.submit(command, actor, digest)
        assert isinstance(outcome, Accepted), (type_, outcome)
        return outcome.result

    def waiting(self) -> list[Any]:
        """Who waits on the list and was not told to be ready."""
        requests = self.room.meeting.requests
        here = (requests[key] for key in self.room.meeting.lists[LIST].order)  # type: ignore[index]
        return [
            each
            for each in here
            if each.status == "queued"
            and not each.told_at
            and each.delegation != self._spare
        ]

    def free(self) -> list[Code]:
        """Delegations without a request."""
        meeting = self.room.meeting
        busy = {meeting.requests[each].delegation for each in meeting.lists[LIST].order}  # type: ignore[index]
        return [code for code in self._pads if code not in busy]

    async def begin(self, listed: int = EARLY) -> None:
        """In session, so many on the list."""
        await self.operate("open_lobby", expect={"state": "scheduled"})
        await self.operate("call_to_order", expect={"state": "lobby"})
        for _ in range(listed):
            await self.ask()

    async def ask(self, code: Code | None = None) -> None:
        """Some delegation asks for the floor; every second one says who speaks."""
        code = code or self.chance.choice(self.free())
        named = self.chance.random() < 0.5
        person = {"name": f"Ms. Representative of {code}", "title": "Ambassador"}
        more = {"person": person, "language": "en"} if named else {}
        await self.press(code, "request_floor", kind="statement", list=LIST, **more)

    async def withdraw(self) -> None:
        """Somebody who waits withdraws."""
        gone = self.chance.choice(self.waiting())
        await self.press(gone.delegation, "withdraw", request=gone.id)

    async def move(self) -> None:
        """An operator moves one who waits."""
        order = self.room.meeting.lists[LIST].order  # type: ignore[index]
        one, other = self.chance.sample(self.waiting(), 2)
        place = {"request": one.id, "place": order.index(one.id)}
        await self.operate(
            "move", request=one.id, to=order.index(other.id), expect=place
        )

    async def call(self) -> None:
        """The next is called, and the name confirmed."""
        first = head_of(self.room.meeting)
        assert first is not None
        await self.operate("call", request=first, expect={"head": first})
        request = self.room.meeting.requests[first]
        if request.person and not request.person_confirmed:
            await self.operate("confirm_name", request=first)

    async def start(self) -> None:
        """The clock starts."""
        await self.operate("start", expect=on_floor(self.room.meeting))

    async def end(self) -> None:
        """The intervention is over."""
        await self.operate("end", expect=on_floor(self.room.meeting))


class _Pad:
    """One delegate's pad: its session, the beats, and the clock that it keeps."""

    def __init__(self, room: Room, clock: HandClock, code: Code) -> None:
        here = _Here(clock)
        self.code = code
        self.outlet = Counting()
        self.hall = Hall(room, here.limits, here.clock)
        link = next(e for e in room.meeting.links.values() if e.delegation == code)
        self.session = Session(
            here,
            identify(room.meeting, link),
            self.hall,
            self.outlet,
            speech=_speech,  # type: ignore[arg-type]
            resume=None,
        )
        self._clock = clock
        self._acks = 0

    def joins(self) -> None:
        """Where a page begins: its own state is in it, so the welcome is not counted
        here (:mod:`load.joining` does).
        """
        self.session.begin()
        self.outlet.bytes.clear()
        self.outlet.frames.clear()
        for _ in range(MEASURE_FIRST):
            self.measure()

    def measure(self) -> None:
        """Ask for the time."""
        self._acks += 1
        self.session.event("time", self._acks, {})

    def send(self, wire: dict[str, Any]) -> None:
        """Send a command, as the socket would hand it over."""
        self._acks += 1
        self.session.event("cmd", self._acks, wire)

    async def hear(self, seconds: int) -> None:
        """Let time pass: a ping every 5 s, and what goes with it."""
        for _ in range(0, seconds, 5):
            self._clock.advance(5_000)
            self.outlet.count("ping", _header(1) + 1)
            self.hall.fanout.beat()
            if (self._clock.now() // 1000) % MEASURE_EVERY_S < 5:
                self.measure()
        await asyncio.sleep(0)


async def two_hours(
    speakers: int = SPEAKERS,
    changes: int = LIST_CHANGES,
    show_list: Literal["all", "own_place", "count"] = "all",
) -> Counting:
    """Play the meeting; what one pad received, whose delegation speaks once."""
    clock = HandClock(Instant(1_594_395_000_000))
    made = founding()
    profile = structs.replace(made.profile, show_list=show_list)
    made = structs.replace(made, profile=profile)
    async with opened(clock=clock, made=made) as (_, room):
        own = Code("CHE")
        play = Play(room, clock, spare=own)
        await play.begin()
        pad = _Pad(room, clock, own)
        pad.joins()
        turns = _turns(play, speakers, changes)
        between = MINUTES * 60 // (speakers + changes) // 5 * 5
        for number, step in enumerate(turns):
            if number == changes // 4:
                pad.send(play.wire("request_floor", kind="statement", list=LIST))
                await asyncio.sleep(0.01)
            if step == "speaker":
                await play.call()
                await pad.hear(5)
                await play.start()
                await pad.hear(between)
                await play.end()
            else:
                await getattr(play, step)()
                await pad.hear(between)
        left = MINUTES * 60 - (clock.now() - 1_594_395_000_000) // 1000
        await pad.hear(int(left))
        return pad.outlet


def _turns(play: Play, speakers: int, changes: int) -> list[str]:
    """What happens, mixed: as many leave the list as come to it."""
    moves = changes // 5
    withdrawals = (changes - moves - speakers) // 2
    asked = changes - moves - withdrawals - 1  # and one is the pad's own
    turns = ["ask"] * asked + ["withdraw"] * withdrawals + ["move"] * moves
    turns += ["speaker"] * speakers
    play.chance.shuffle(turns)
    return turns


def main() -> None:
    """Print what a pad receives: where the list is shown, and one's own place only."""
    print(asyncio.run(two_hours()).table())
    print(asyncio.run(two_hours(show_list="own_place")).table())


if __name__ == "__main__":
    main()
