"""A simulated delegation: asks when told to, answers when called, speaks, ends.

It acts only on requests that it made itself: when a person uses the same pad, what
that person asked for is left to that person.
"""

import random
import time

from rostra.rehearsal.manners import Answer, Manners, answer, request, speech_s
from rostra.rehearsal.view import Fields
from rostra.rehearsal.wire import Wire

LOOK_S = 5.0


class Delegate:
    """One delegation's device, and what it has in mind."""

    def __init__(
        self, code: str, wire: Wire, rng: random.Random, manners: Manners
    ) -> None:
        self.code = code
        self.wire = wire
        self._rng = rng
        self._manners = manners
        self._own: set[str] = set()
        self._answer: Answer | None = None
        self._on: str | None = None
        #: When (monotonic) the next thing is to be done on the floor.
        self._due: float | None = None

    @property
    def idle(self) -> bool:
        """Connected, with nothing on a list and not on the floor."""
        view = self.wire.view
        mine = view.mine if view else None
        return mine is not None and not mine.requests and mine.floor is None

    @property
    def waiting(self) -> str | None:
        """Its own request that waits on a list, if there is one."""
        view = self.wire.view
        if view is None or view.mine is None or view.mine.floor is not None:
            return None
        return next((each for each in view.mine.requests if each in self._own), None)

    async def ask(self, list_id: str, groups: tuple[str, ...]) -> None:
        """Ask for the floor."""
        fields = request(self._rng, self._manners, groups)
        done = await self.wire.command("request_floor", list=list_id, **fields)
        if done is not None and done["outcome"] == "ok":
            self._own.add(str(done["result"].get("request")))

    async def signal(self, text: str) -> None:
        """Call for technical help."""
        await self.wire.command("request_floor", kind="technical", text=text)

    async def withdraw(self) -> None:
        """Take the request back."""
        waiting = self.waiting
        if waiting is not None:
            await self.wire.command("withdraw", request=waiting)

    async def run(self) -> None:
        """Answer calls and end speeches, until its wire is closed."""
        while not self.wire.closed:
            await self.wire.change(self._look_s())
            await self._act()

    def _look_s(self) -> float:
        if self._due is None:
            return LOOK_S
        return max(0.05, min(LOOK_S, self._due - time.monotonic()))

    async def _act(self) -> None:
        view = self.wire.view
        floor = view.mine.floor if view and view.mine else None
        if floor is None or floor.request not in self._own:
            self._on = self._due = None
            return
        stage = f"{floor.id} {floor.phase}"
        if stage != self._on:
            self._on = stage
            self._due = self._plan(floor.phase, floor.allotted_ms - floor.used_ms)
        if self._due is not None and time.monotonic() >= self._due:
            self._due = None
            await self._do(
                {"intervention": floor.id, "phase": floor.phase},
                ready=floor.ready_at is not None,
            )

    def _plan(self, phase: str, left_ms: int) -> float | None:
        """When to press the next button; None for never."""
        if phase == "called" or self._answer is None:
            self._answer = answer(self._rng, self._manners)
        if phase == "called":
            wait = self._answer.ready_s
        elif phase == "speaking":
            wait = speech_s(self._rng, left_ms / 1000, over=self._answer.over)
        else:
            wait = None
        return None if wait is None else time.monotonic() + wait

    async def _do(self, expect: Fields, *, ready: bool) -> None:
        if expect["phase"] == "speaking":
            await self.wire.command("end", expect=expect)
        elif not ready:
            await self.wire.command("ready", expect=expect)
