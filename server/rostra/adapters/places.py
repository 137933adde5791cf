"""The journal that an address means, with the clock that belongs to it."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path

from rostra.adapters.clock import SystemClock
from rostra.adapters.opening import CannotOpen
from rostra.adapters.redis_journal import RedisJournal
from rostra.adapters.shared_clock import SharedClock
from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.engine.ports import Clock, Journal, Unavailable

log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def journal_at(
    address: str, folder: Path
) -> AsyncIterator[tuple[Journal, Clock]]:
    """The journal at *address*; the one in *folder* where that is empty.

    Raises CannotOpen with a sentence for the operator.
    """
    opened = _several(address) if address else _one(folder)
    async with opened as found:
        yield found


@contextlib.asynccontextmanager
async def _one(folder: Path) -> AsyncIterator[tuple[Journal, Clock]]:
    """Of one server: SQLite, and the host's own clock."""
    clock = SystemClock()
    journal = await SqliteJournal.open(folder)
    try:
        yield journal, clock
    finally:
        await journal.close()


@contextlib.asynccontextmanager
async def _several(address: str) -> AsyncIterator[tuple[Journal, Clock]]:
    """Of several servers: Redis, and its time."""
    journal = await RedisJournal.open(address)
    try:
        for note in journal.notes:
            log.warning("%s", note)
        clock = SharedClock(journal.time)
        try:
            await clock.set()
        except Unavailable as error:
            raise CannotOpen(f"{error.why.reason}.") from error
        keeping = asyncio.create_task(clock.keep(), name="common time")
        try:
            yield journal, clock
        finally:
            keeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await keeping
    finally:
        await journal.close()
