"""When Python's collector of cycles runs: rarely, and not over what is known to live.

Ten thousand sockets are a million objects. A full collection looks at all of them and
stops the server for half a second, in the middle of somebody's sentence. Nearly
everything of ours is freed without it; what is left of dead sockets are small cycles in
the libraries.
"""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Callable

#: So many new objects before the youngest are looked at, and so many times before the
#: older ones are: thousands of pings and deltas, and hardly one cycle among them.
YOUNG, OLDER, OLDEST = 20_000, 20, 20
#: So many sockets came since the last time: they are living, and set aside.
MANY = 500
#: What was set aside is looked at again, when many came, so often at most.
WHOLE_EVERY_S = 900.0
LOOK_EVERY_S = 1.0


class Garbage:
    """*arrivals* counts the sockets that were ever let in; ``clock`` never steps."""

    def __init__(self, arrivals: Callable[[], int], clock: Callable[[], float]) -> None:
        self._arrivals = arrivals
        self._clock = clock
        self._seen = arrivals()
        self._whole_at = clock()

    def look(self) -> None:
        """Set aside what came, if that is much."""
        arrivals = self._arrivals()
        if arrivals - self._seen < MANY:
            return
        self._seen = arrivals
        if self._clock() - self._whole_at > WHOLE_EVERY_S:
            self._whole_at = self._clock()
            gc.unfreeze()
            gc.collect()
        gc.freeze()


@contextlib.asynccontextmanager
async def looked_after(arrivals: Callable[[], int]) -> AsyncIterator[None]:
    """Collect in this way while the server serves."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, OLDEST)
    garbage = Garbage(arrivals, asyncio.get_running_loop().time)
    task = asyncio.create_task(_go_on(garbage), name="garbage")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        gc.set_threshold(*before)
        gc.unfreeze()


async def _go_on(garbage: Garbage) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        garbage.look()
