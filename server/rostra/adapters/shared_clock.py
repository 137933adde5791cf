"""One time for several servers, whatever their own clocks say.

The journal's server is asked what time it has; between two questions a clock runs on
that never steps. So servers an hour apart measure the same interventions.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from rostra.adapters.clock import NS_PER_MS, Nanoseconds, SystemClock, since_boot
from rostra.core.ids import Instant
from rostra.engine.ports import Unavailable

log = logging.getLogger(__name__)

EVERY_S = 10.0
#: Of so many answers the quickest counts: its age is known best.
SAMPLES = 5
#: At most so much is corrected at once, so that no running clock is seen to jump.
STEP_MS = 20
#: More than this is no drift: the journal has moved to a machine with another time.
JUMP_MS = 2_000


class SharedClock(SystemClock):
    """Implements :class:`rostra.engine.ports.Clock`; :meth:`set` it before it serves.

    *asked* gives the common time, or raises Unavailable.
    """

    def __init__(
        self,
        asked: Callable[[], Awaitable[Instant]],
        wall: Nanoseconds = time.time_ns,
        running: Nanoseconds = since_boot,
    ) -> None:
        super().__init__(wall, running)
        self._asked = asked
        self._last = Instant(0)
        #: By how much the journal was ahead of the common time.
        self._lead_ms = 0
        self._jumped = False

    def now(self) -> Instant:
        """Milliseconds since 1970 UTC; never less than before."""
        self._last = max(self._last, super().now())
        return self._last

    def not_before(self, at: Instant) -> None:
        """Journal time has reached *at*: :meth:`now` never answers less."""
        self._lead_ms += max(0, at - self.now())
        super().not_before(at)

    async def set(self) -> None:
        """Take the common time over at once. Raises Unavailable."""
        self._offset_ms = await self._measured()

    async def keep(self) -> None:
        """Stay with the common time, until cancelled."""
        while True:
            await asyncio.sleep(EVERY_S)
            try:
                await self.correct()
            except Unavailable as error:
                log.warning("the common time cannot be asked for: %s", error)

    async def correct(self) -> None:
        """Go a step towards the common time. Raises Unavailable."""
        away = await self._measured() + self._lead_ms - self._offset_ms
        jumped = abs(away) > JUMP_MS
        if jumped and not self._jumped:
            log.error(
                "The time of the journal's server has jumped by %d ms. It is not "
                "followed; servers that are started now will differ. Set the clocks "
                "of its machines.",
                away,
            )
        self._jumped = jumped
        if not jumped:
            self._offset_ms += max(-STEP_MS, min(STEP_MS, away))

    async def _measured(self) -> int:
        """What is to be added to the running clock to get the common time."""
        found = []
        for _ in range(SAMPLES):
            before = self._running()
            common = await self._asked()
            after = self._running()
            middle_ms = (before + after) // 2 // NS_PER_MS
            found.append((after - before, common - middle_ms))
        return min(found)[1]
