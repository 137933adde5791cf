"""A list on which much happens: for a server that is to be measured, not looked at.

Delegations ask for the floor and take their requests back, so many times a second. They
do nothing that a real one would mind being shown with.
"""

import asyncio
import random
import time
from collections.abc import Coroutine, Sequence
from typing import Any

from rostra.rehearsal.delegate import Delegate
from rostra.rehearsal.wire import Wire

#: The list is kept near so many of those who can ask.
SHARE = 0.5
#: A link may send five commands a second; nobody is asked to come near it.
EACH_PER_S = 2.0
RUSH_S = 1.0
LOOK_S = 0.05


def list_to_ask_for(desk: Wire) -> str | None:
    """The list of the discussion, if one may ask for it now."""
    view = desk.view
    segment = view.discussion if view is not None else None
    speakers = view.list_of(segment) if view and segment else None
    if speakers is None or speakers["state"] not in ("open", "closing"):
        return None
    return str(speakers["id"])


async def rush(
    rng: random.Random,
    desk: Wire,
    delegates: Sequence[Delegate],
    groups: tuple[str, ...],
) -> None:
    """Everybody asks within the second in which it becomes possible."""
    while (list_id := list_to_ask_for(desk)) is None:
        await asyncio.sleep(LOOK_S)

    async def press(each: Delegate) -> None:
        await asyncio.sleep(rng.uniform(0, RUSH_S))
        await each.ask(list_id, groups)

    began = time.monotonic_ns()
    await asyncio.gather(*(press(each) for each in delegates))
    if desk.diary is not None:
        desk.diary.rush = (began, time.monotonic_ns())


class Bustle:
    """Changes of the list at a rate."""

    def __init__(self, rng: random.Random, desk: Wire, groups: tuple[str, ...]) -> None:
        self._rng = rng
        self._desk = desk
        self._groups = groups
        self._busy: set[Delegate] = set()

    async def run(self, delegates: Sequence[Delegate], per_s: float) -> None:
        """Go on until cancelled."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        async with asyncio.TaskGroup() as group:
            while True:
                due = max(due + 1 / per_s, loop.time() - 1)
                await asyncio.sleep(max(0.0, due - loop.time()))
                self._next(group, delegates)

    def _next(self, group: asyncio.TaskGroup, delegates: Sequence[Delegate]) -> None:
        list_id = list_to_ask_for(self._desk)
        if list_id is None:
            return
        free = [each for each in delegates if each not in self._busy]
        waiting = [each for each in free if each.waiting]
        idle = [each for each in free if each.idle]
        crowded = len(waiting) > SHARE * len(delegates) * self._rng.uniform(0.5, 1.5)
        if waiting and (crowded or not idle):
            chosen = self._rng.choice(waiting)
            group.create_task(self._press(chosen, chosen.withdraw()))
        elif idle:
            chosen = self._rng.choice(idle)
            group.create_task(self._press(chosen, chosen.ask(list_id, self._groups)))

    async def _press(self, each: Delegate, act: Coroutine[Any, Any, None]) -> None:
        self._busy.add(each)
        try:
            await act
        finally:
            self._busy.discard(each)
