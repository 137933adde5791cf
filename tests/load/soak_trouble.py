"""What is done to the clients of the soak: all that lines and people do."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

from load.soak_person import Findings, Person

#: A person that nothing is done to for so long on average.
CALM_S = 8.0
#: A line may stand still so long without anyone minding: the next ping comes in time.
STALL_S = (2.0, 7.0)
#: So long, and whoever is silent for that time is let go.
LONG_STALL_S = (20.0, 25.0)
#: The server lets go of a silent one: interval, timeout, and until it looks again.
SILENCE_S = 5.0 + 8.0 + 5.0 + 1.0


class Trouble:
    """For everybody until *over*."""

    def __init__(self, rng: random.Random, found: Findings, over: float) -> None:
        self._rng = rng
        self._found = found
        self._over = over

    async def life(self, person: Person) -> None:
        """Things happen to *person* until it is over."""
        left = self._over - time.monotonic()
        await asyncio.sleep(min(left, self._rng.uniform(0, CALM_S)))
        while (left := self._over - time.monotonic()) > 0:
            await asyncio.sleep(min(left, self._rng.expovariate(1 / CALM_S)))
            person.look()
            if person.here:
                await self._happen(person)

    async def _happen(self, person: Person) -> None:
        happenings: list[tuple[int, Callable[[Person], Awaitable[None]]]] = [
            (35, self._goes),
            (15, self._reset),
            (10, self._reset_behind),
            (30, self._stalls),
        ]
        if self._over - time.monotonic() > LONG_STALL_S[1]:
            happenings += [(2, self._stalls_long), (4, self._falls_silent)]
        weights = [weight for weight, _ in happenings]
        (_, happen) = self._rng.choices(happenings, weights)[0]
        self._found.counts[happen.__name__.strip("_")] += 1
        await happen(person)

    async def _goes(self, person: Person) -> None:
        await person.leave()
        await asyncio.sleep(self._rng.uniform(0, 1))
        await person.come(fresh=self._rng.random() < 0.5)

    async def _reset(self, person: Person) -> None:
        person.excuse()
        person.line.reset()

    async def _reset_behind(self, person: Person) -> None:
        person.excuse()
        person.line.cut_behind()

    async def _stalls(self, person: Person) -> None:
        person.line.stall()
        await asyncio.sleep(self._rng.uniform(*STALL_S))
        person.line.go_on()

    async def _stalls_long(self, person: Person) -> None:
        person.excuse()
        person.line.stall()
        await asyncio.sleep(self._rng.uniform(*LONG_STALL_S))
        person.line.go_on()

    async def _falls_silent(self, person: Person) -> None:
        person.excuse()
        person.line.swallow()
        await asyncio.sleep(SILENCE_S)
        # where the client gave up first there was nothing to let go of
        silences, person.line.silences = person.line.silences, []
        self._found.counts["let go"] += len(silences)
        longest = max(silences, default=0.0)
        if longest > SILENCE_S:
            self._found.fault("kept though silent", f"{person.name}: {longest:.1f} s")
