"""A whole rehearsal: people come, the meeting runs, it is watched, everybody goes.

What the server is (a process of our own, or somebody's address) is the caller's
business: see :class:`Host`. What was found is a :class:`Findings`.
"""

import asyncio
import contextlib
import os
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from msgspec import Struct, field

from rostra.rehearsal.crew import Cast, Crew
from rostra.rehearsal.crowds import Answer, Crowd, CrowdError, start
from rostra.rehearsal.diary import Diary
from rostra.rehearsal.machine import Reading, reading

LOOK_S = 1.0
#: So many connections one process takes before another is better.
EACH_PROCESS = 10_000
ALL_HERE_S = 120.0
#: Hidden changes reach listeners by a beat, which comes every five seconds.
SETTLE_S = 8.0
BACK_S = 45.0


class Host(Protocol):
    """The server that is measured."""

    async def reading(self) -> Reading | None:
        """What it has used; None where that is not to be known."""
        ...

    async def restart(self) -> tuple[int, int]:
        """End it and start it again: when it ended, and when it was ready (ns)."""
        ...


class Plan(Struct, frozen=True, kw_only=True):
    """What is to be played. ``cast`` None: nobody acts, the listeners listen."""

    base: str
    cast: Cast | None
    #: Links that listeners share.
    tokens: tuple[str, ...]
    listeners: int
    seconds: float
    joins_per_s: float = 400.0
    processes: int = 0
    restart: bool = False


class Restart(Struct, kw_only=True):
    """A restart in the middle; monotonic ns."""

    asked: int
    ended: int
    ready: int
    #: When the acting people were welcomed again, and listeners.
    moderators: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    #: Who was connected before.
    before: int = 0
    over: int = 0


class Findings(Struct, kw_only=True):
    """Everything that was seen."""

    diary: Diary
    delegations: int
    listeners: int
    planned_s: float
    began: int = 0
    ended: int = 0
    joining_s: float = 0.0
    #: How many listeners had come when the meeting began.
    came: int = 0
    stopped: bool = False
    rows: list[Answer] = field(default_factory=list)
    states: list[Answer] = field(default_factory=list)
    places: list[Answer] = field(default_factory=list)
    lost: list[tuple[int, str]] = field(default_factory=list)
    returns: list[tuple[int, int]] = field(default_factory=list)
    restart: Restart | None = None
    #: The server: before anybody came, with the acting people, with everybody, after.
    readings: list[Reading | None] = field(default_factory=list)
    #: Ourselves at the beginning and at the end.
    own: list[Reading | None] = field(default_factory=list)
    #: What went wrong with the rehearsal itself.
    troubles: list[str] = field(default_factory=list)


#: Told every second: what is going on, in one line.
Tell = Callable[["Play"], None]


class Play:
    """One rehearsal. ``await run()`` once."""

    def __init__(
        self, plan: Plan, host: Host, tell: Tell, say: Callable[[str], None]
    ) -> None:
        self.plan = plan
        self.phase = "Connecting"
        self._host = host
        self._tell = tell
        self._say = say
        self._stop = asyncio.Event()
        self._crowds: list[Crowd] = []
        acting = len(plan.cast.delegations) if plan.cast else 0
        self.found = Findings(
            diary=Diary(),
            delegations=acting,
            listeners=plan.listeners,
            planned_s=plan.seconds,
        )

    def stop(self) -> None:
        """End as soon as it can be done well, and report what was seen so far."""
        self._stop.set()

    @property
    def joined(self) -> int:
        """How many listeners are connected."""
        return sum(state["joined"] for state in self.found.states)

    @property
    def seconds(self) -> float:
        """How long the meeting has been played."""
        if not self.found.began:
            return 0.0
        return ((self.found.ended or time.monotonic_ns()) - self.found.began) / 1e9

    async def run(self) -> Findings:
        """Play; what was seen, also if it was stopped in the middle."""
        found, cast = self.found, self.plan.cast
        crew = Crew(cast, self._say, diary=found.diary, hold=True) if cast else None
        acting = asyncio.create_task(crew.run()) if crew else None
        try:
            await self._come(crew)
            found.came = self.joined
            if not self._stop.is_set():
                found.began = time.monotonic_ns()
                if crew is not None:
                    crew.begin()
                await self._watch(acting)
                await self._hang_up(acting)
                await self._settle()
        except CrowdError as error:
            found.troubles.append(f"{error}.")
        finally:
            found.ended = found.ended or time.monotonic_ns()
            found.stopped = self._stop.is_set()
            await self._hang_up(acting)
            await asyncio.gather(*(each.end() for each in self._crowds))
        return found

    async def _come(self, crew: Crew | None) -> None:
        """First the acting people, then the listeners; the server is read between."""
        found = self.found
        found.readings.append(await self._host.reading())
        began = time.monotonic()
        if crew is not None:
            await self._until(lambda: crew.connected > found.delegations, ALL_HERE_S)
        found.readings.append(await self._host.reading())
        for count in shares(self.plan.listeners, self._processes()):
            crowd = await start(self.plan.base, self.plan.tokens)
            self._crowds.append(crowd)
            if count > crowd.room:
                raise CrowdError(
                    f"one process may have {crowd.room} connections here, not {count}: "
                    "use more --processes, or raise the limit (ulimit -n)"
                )
            rate = self.plan.joins_per_s / self._processes()
            await crowd.ask("connect", count=count, rate=rate)
        patience = ALL_HERE_S + 2 * self.plan.listeners / self.plan.joins_per_s
        await self._until(lambda: self.joined >= self.plan.listeners, patience)
        found.joining_s = time.monotonic() - began
        await asyncio.sleep(min(1.0, self.plan.seconds))
        found.readings.append(await self._host.reading())
        found.own.append(reading_of_us())

    def _processes(self) -> int:
        most = -(-self.plan.listeners // EACH_PROCESS)
        return max(1, self.plan.processes or most) if self.plan.listeners else 0

    async def _until(self, true: Callable[[], bool], within_s: float) -> None:
        """Look again and again until it is *true*. Raises :class:`CrowdError`."""
        deadline = time.monotonic() + within_s
        while not true() and not self._stop.is_set():
            await self._look()
            states = self.found.states
            wanted = sum(state["wanted"] for state in states)
            sent_away = bool(states) and wanted < self.plan.listeners
            if sent_away or time.monotonic() > deadline:
                raise CrowdError(self._who_is_missing())
            await self._sleep(LOOK_S / 4)

    def _who_is_missing(self) -> str:
        refused: dict[str, int] = {}
        for state in self.found.states:
            for why, count in state["refusals"].items():
                refused[why] = refused.get(why, 0) + count
        reasons = ", ".join(f"{count} × {why}" for why, count in refused.items())
        return (
            f"Not everybody was let in: {self.joined:,} of {self.plan.listeners:,} "
            f"listeners were connected{f' ({reasons})' if reasons else ''}, or not all "
            "who act"
        )

    async def _watch(self, acting: asyncio.Task[None] | None) -> None:
        """While the meeting runs: look every second, restart in the middle."""
        self.phase = "Playing"
        ends = time.monotonic() + self.plan.seconds
        middle = time.monotonic() + self.plan.seconds / 2
        while time.monotonic() < ends and not self._stop.is_set():
            await self._sleep(min(LOOK_S, max(0.0, ends - time.monotonic())))
            await self._look()
            if acting is not None and acting.done():
                acting.result()
            if self.plan.restart and time.monotonic() >= middle:
                middle, away = float("inf"), time.monotonic()
                await self._restart()
                ends += time.monotonic() - away
        self.found.ended = time.monotonic_ns()
        self.found.own.append(reading_of_us())
        self.found.readings.append(await self._host.reading())

    async def _restart(self) -> None:
        """End the server, start it again, and wait until everybody is back."""
        found, phase = self.found, self.phase
        before, self.phase = self.joined, "Restarting"
        asked = time.monotonic_ns()
        ended, ready = await self._host.restart()
        restart = Restart(asked=asked, ended=ended, ready=ready, before=before)
        found.restart = restart
        self.phase = "Coming back"
        deadline = time.monotonic() + BACK_S
        roles = found.diary.welcomes
        while time.monotonic() < deadline and not self._stop.is_set():
            await self._look()
            acting = [role for at, role in roles if at > restart.ended]
            enough = len(acting) > found.delegations or self.plan.cast is None
            if enough and self.joined >= before:
                break
            await self._sleep(LOOK_S / 4)
        restart.over = time.monotonic_ns()
        back = [at for at, role in roles if at > ended and role == "moderator"]
        restart.moderators = sorted(back)
        listeners = [at for lost, at in found.returns if lost >= asked]
        others = [at for at, role in roles if at > ended and role != "moderator"]
        restart.others = sorted(listeners + others)
        self.phase = phase

    async def _settle(self) -> None:
        """Wait until all listeners stand at the same change."""
        self.phase = "Settling"
        deadline = time.monotonic() + SETTLE_S
        while time.monotonic() < deadline:
            await asyncio.sleep(LOOK_S / 4)
            await self._look()
            self.found.places = await self._places()
            if len(self.found.places) <= 1 and self.joined >= self.found.came:
                break

    async def _places(self) -> list[Answer]:
        """Where listeners stand, and how many at each place."""
        counts: dict[tuple[Any, ...], int] = {}
        for told in await self._ask("places"):
            for each in told["places"]:
                key = (each.get("epoch"), each["seq"], each.get("chain"))
                counts[key] = counts.get(key, 0) + each["count"]
        return [{"seq": key[1], "count": count} for key, count in counts.items()]

    async def _look(self) -> None:
        found = self.found
        found.states = await self._ask("state")
        for told in await self._ask("moves"):
            found.rows += told["moves"]
        for told in await self._ask("lost"):
            found.lost += [(at, why) for at, why in told["lost"]]
            found.returns += [(lost, back) for lost, back in told["returns"]]
        self._tell(self)

    async def _ask(self, do: str) -> list[Answer]:
        return list(await asyncio.gather(*(each.ask(do) for each in self._crowds)))

    async def _sleep(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(0.001, seconds)):
                await self._stop.wait()

    async def _hang_up(self, acting: asyncio.Task[None] | None) -> None:
        if acting is not None and acting.cancel():
            await asyncio.wait({acting})


def shares(count: int, among: int) -> Sequence[int]:
    """*count* in so many parts as equal as can be."""
    if not among:
        return []
    least, more = divmod(count, among)
    return [least + (each < more) for each in range(among)]


def reading_of_us() -> Reading | None:
    """What the acting people's process, this one, has used."""

    return reading(os.getpid())
