"""The whole rehearsal: the delegations, the operator, and who asks when."""

import asyncio
import random
from collections.abc import Callable

from msgspec import Struct

from rostra.rehearsal.bustle import Bustle, rush
from rostra.rehearsal.delegate import Delegate
from rostra.rehearsal.diary import Diary
from rostra.rehearsal.manners import PROBLEMS, Manners, wanted_on_list
from rostra.rehearsal.operator import Knowledge, Operator
from rostra.rehearsal.view import View
from rostra.rehearsal.wire import Wire

DEVICE = "Rehearsal"
#: Connections are made one after the other, as people come.
BETWEEN_CONNECTS_S = 0.05
TURN_S = 0.4
WITHDRAW_SHARE = 0.008
SIGNAL_SHARE = 0.004
NEW_AIM_SHARE = 0.05


class Cast(Struct, frozen=True, kw_only=True):
    """Who takes part: tokens, and how they behave."""

    base: str
    operator: str
    delegations: dict[str, str]
    groups: tuple[str, ...] = ()
    manners: Manners = "courteous"
    seed: int = 1
    #: How many changes of the list there shall be in a second; None for as many as
    #: people make.
    changes_per_s: float | None = None
    #: Whether all ask for the floor in the second in which they can.
    rush: bool = False


class Crew:
    """Everyone simulated. ``await run()`` lasts until cancelled.

    With *hold* they connect and wait until they are told to :meth:`begin`.
    """

    def __init__(
        self,
        cast: Cast,
        say: Callable[[str], None],
        *,
        diary: Diary | None = None,
        hold: bool = False,
    ) -> None:
        self._cast = cast
        self._begun = asyncio.Event()
        if not hold:
            self._begun.set()
        self._say = say
        self._rng = random.Random(f"{cast.seed} crew")
        self._desk = Wire(cast.base, cast.operator, DEVICE, self._rng)
        self._delegates = [
            self._delegate(code, token) for code, token in cast.delegations.items()
        ]
        self._aim = wanted_on_list(self._rng)
        for wire in (self._desk, *(each.wire for each in self._delegates)):
            wire.diary = diary

    def begin(self) -> None:
        """Let the meeting begin."""
        self._begun.set()

    @property
    def connected(self) -> int:
        """How many have had their welcome, the operator among them."""
        wires = (self._desk, *(each.wire for each in self._delegates))
        return sum(wire.view is not None for wire in wires)

    @property
    def view(self) -> View | None:
        """What the operator sees."""
        return self._desk.view

    def _delegate(self, code: str, token: str) -> Delegate:
        rng = random.Random(f"{self._cast.seed} {code}")
        wire = Wire(self._cast.base, token, DEVICE, rng)
        return Delegate(code, wire, rng, self._cast.manners)

    async def run(self) -> None:
        """Rehearse until cancelled; then everyone hangs up."""
        async with asyncio.TaskGroup() as group:
            try:
                group.create_task(self._desk.run())
                group.create_task(self._direct(group))
                for each in self._delegates:
                    group.create_task(each.wire.run())
                    group.create_task(each.run())
                    await asyncio.sleep(BETWEEN_CONNECTS_S)
                await asyncio.Event().wait()
            finally:
                # Before the others are cancelled: the library loses a cancellation that
                # comes together with what was waited for, and nobody may go on then.
                for each in self._delegates:
                    await each.wire.close()
                await self._desk.close()

    async def _direct(self, group: asyncio.TaskGroup) -> None:
        """Start the operator; then see to it that the list neither ends nor grows."""
        await self._begun.wait()
        while self._desk.view is None:
            await asyncio.sleep(0.05)
        group.create_task(self._operator().run())
        if self._cast.rush:
            await rush(self._rng, self._desk, self._delegates, self._cast.groups)
        if self._cast.changes_per_s is not None:
            bustle = Bustle(self._rng, self._desk, self._cast.groups)
            await bustle.run(self._delegates, self._cast.changes_per_s)
        while True:
            await asyncio.sleep(TURN_S * self._rng.uniform(0.7, 1.3))
            if self._desk.view is not None:
                await self._turn(self._desk.view)

    def _operator(self) -> Operator:
        known = Knowledge(
            simulated=frozenset(self._cast.delegations),
            manners=self._cast.manners,
            seed=self._cast.seed,
            since=self._desk.now(),
        )
        return Operator(self._desk, known, self._step_back)

    def _step_back(self) -> None:
        self._say("A person has taken over: the simulated operator steps back.")

    async def _turn(self, view: View) -> None:
        segment = view.discussion
        speakers = view.list_of(segment) if segment else None
        if speakers is None or speakers["state"] not in ("open", "closing"):
            return
        draw = self._rng.random()
        if draw < WITHDRAW_SHARE:
            await self._somebody_withdraws(view)
        elif draw < WITHDRAW_SHARE + SIGNAL_SHARE:
            await self._somebody_signals(view)
        elif draw > 1 - NEW_AIM_SHARE:
            self._aim = wanted_on_list(self._rng)
        elif speakers["count"] < self._aim:
            await self._somebody_asks(view, speakers["id"])

    async def _somebody_asks(self, view: View, list_id: str) -> None:
        idle = [each for each in self._free(view) if each.idle]
        if idle:
            await self._rng.choice(idle).ask(list_id, self._cast.groups)

    async def _somebody_withdraws(self, view: View) -> None:
        waiting = [each for each in self._free(view) if each.waiting]
        if len(waiting) > self._aim // 2:
            await self._rng.choice(waiting).withdraw()

    async def _somebody_signals(self, view: View) -> None:
        if self._cast.manners == "lively" and not view.all("signals"):
            await self._rng.choice(self._delegates).signal(self._rng.choice(PROBLEMS))

    def _free(self, view: View) -> list[Delegate]:
        """Those whose pad no person is using."""
        persons = {
            here["delegation"]
            for here in view.here.values()
            if here["device"] != DEVICE
        }
        return [each for each in self._delegates if each.code not in persons]
