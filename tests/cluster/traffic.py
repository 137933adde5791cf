"""People who press buttons, each as soon as the last press was answered or so.

What they press acts on what their own screen shows, which may be old: so many are
refused, as they have to be.
"""

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Protocol

from msgspec import Struct

from cluster.history import History
from cluster.model import State
from cluster.servers import LIST
from rostra.core.meeting import Meeting

Button = tuple[str, dict[str, Any]]


class Shown(Struct, frozen=True):
    """What a screen shows of the floor. ``own`` is the delegation's live request."""

    open: bool
    generation: int
    head: str | None = None
    floor: str | None = None
    phase: str | None = None
    own: str | None = None


class Person(Protocol):
    """Somebody with a device."""

    name: str
    delegation: str | None

    def shown(self) -> Shown | None:
        """What their screen shows; None before it shows anything."""
        ...

    async def command(self, type_: str, fields: dict[str, Any]) -> None:
        """Press, and wait for the final answer, or give up."""
        ...


class Traffic:
    """All of them, each with several fingers: ``async with`` it, they press.

    A finger waits up to *pause_s* between two presses. :meth:`burst` makes all press at
    once.
    """

    def __init__(
        self,
        people: Sequence[Person],
        history: History,
        *,
        seed: int,
        fingers: int = 1,
        pause_s: float = 1.0,
        at_most: int | None = None,
    ) -> None:
        self._people = people
        self._history = history
        self._rng = random.Random(seed)
        self._fingers = fingers
        self._pause_s = pause_s
        self._left = at_most
        self._now = asyncio.Event()
        self._ending = False
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "Traffic":
        for person in self._people:
            for _ in range(self._fingers):
                self._tasks.append(asyncio.create_task(self._presses(person)))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def failed(self) -> None:
        """Raise what went wrong with a finger, if anything."""
        for task in self._tasks:
            if task.done() and not task.cancelled():
                task.result()

    async def burst(self, at_least: int) -> int:
        """All press at once; returns as soon as so many wait for an answer."""
        self._now.set()
        for _ in range(200):
            await asyncio.sleep(0)
            if len(self._history.pending()) >= at_least:
                break
            await asyncio.sleep(0.002)
        self._now.clear()
        return len(self._history.pending())

    async def end_of_all(self) -> None:
        """Wait until everybody has pressed *at_most* times in all."""
        await asyncio.gather(*self._tasks)

    async def end(self, within_s: float) -> None:
        """Nobody presses any more; wait for the answers."""
        self._ending = True
        self._now.set()
        await asyncio.wait(self._tasks, timeout=within_s)
        self.failed()

    async def _presses(self, person: Person) -> None:
        while not self._ending and self._left != 0:
            shown = person.shown()
            if shown is not None:
                if self._left is not None:
                    self._left -= 1
                await person.command(*self._button(person, shown))
            with suppress(TimeoutError):
                async with asyncio.timeout(self._rng.uniform(0, self._pause_s)):
                    await self._now.wait()
                    # so that the others who were woken press too
                    await asyncio.sleep(0.01)

    def _button(self, person: Person, shown: Shown) -> Button:
        if person.delegation is None:
            return self._operators(shown)
        if shown.own is not None and self._rng.random() < 0.4:
            return "withdraw", {"request": shown.own}
        return "request_floor", {"list": LIST, "kind": "statement"}

    def _operators(self, shown: Shown) -> Button:
        draw = self._rng.random()
        if draw < 0.05:
            return "set_presider", {"segment": "s1.0", "name": f"Chair {draw:.9f}"}
        if draw < 0.12 or not shown.open:
            expect: dict[str, Any] = {
                "list": LIST,
                "state": "open" if shown.open else "closed",
                "generation": shown.generation,
            }
            if shown.open:
                return "close_list", {"expect": expect}
            return "reopen_list", {"basis": "The chair", "expect": expect}
        if shown.floor is not None and (draw < 0.75 or shown.head is None):
            start = shown.phase == "called"
            expect = {"intervention": shown.floor, "phase": shown.phase}
            return "start" if start else "end", {"expect": expect}
        if shown.head is None:
            return "set_presider", {"segment": "s1.0", "name": f"Chair {draw:.9f}"}
        return "call", {"request": shown.head, "expect": {"head": shown.head}}


def beginning(meeting: Meeting) -> State:
    """The model's state where the traffic begins."""
    speakers = meeting.lists[LIST]  # type: ignore[index]
    assert not speakers.order and meeting.active is None
    return State(
        list=LIST,
        open=speakers.state == "open",
        generation=speakers.generation,
    )
