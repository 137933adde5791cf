"""The journal that an address means, with the clock and the peers that belong to it."""

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator
from pathlib import Path

from rostra.adapters.archive_journal import SCHEME, ArchiveJournal
from rostra.adapters.clock import SystemClock
from rostra.adapters.opening import CannotOpen
from rostra.adapters.redis_journal import RedisJournal
from rostra.adapters.redis_presence import RedisPresence
from rostra.adapters.remembered import Remembered
from rostra.adapters.shared_clock import SharedClock
from rostra.adapters.sqlite_folder import HEADS, LOCK, locked
from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.engine.ports import Clock, Journal, Peers, Unavailable

log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def journal_at(
    address: str, folder: Path, *, serving: bool = True
) -> AsyncIterator[tuple[Journal, Clock]]:
    """The journal at *address*; the one in *folder* where that is empty.

    With several servers *folder* has what one of them needs for itself; only who is
    *serving* writes there. Raises CannotOpen with a sentence for the operator.
    """
    if address.startswith(SCHEME):
        opened = _archive(Path(address.removeprefix(SCHEME)))
    elif not address:
        opened = _one(folder)
    elif serving:
        opened = _of_several(address, folder)
    else:
        opened = _several(address, None)
    async with opened as found:
        yield found


@contextlib.asynccontextmanager
async def _archive(file: Path) -> AsyncIterator[tuple[Journal, Clock]]:
    """Of one meeting that is over, in a file."""
    journal = ArchiveJournal(file.read_bytes())
    try:
        yield journal, SystemClock()
    finally:
        await journal.close()


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
async def _of_several(
    address: str, folder: Path
) -> AsyncIterator[tuple[Journal, Clock]]:
    """One server's way to a journal of several; its folder is its own."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = locked(folder / LOCK)
    except OSError as error:
        raise CannotOpen(
            f"The data folder {folder} cannot be used: {error.strerror}."
        ) from error
    try:
        remembered = Remembered(folder / HEADS)
        async with _several(address, remembered) as (journal, clock):
            for note in journal.notes:
                log.warning("%s", note)
            yield journal, clock
    finally:
        os.close(lock)


@contextlib.asynccontextmanager
async def _several(
    address: str, remembered: Remembered | None
) -> AsyncIterator[tuple[RedisJournal, Clock]]:
    """Of several servers: Redis, and its time."""
    journal = await RedisJournal.open(address, remembered)
    try:
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


@contextlib.asynccontextmanager
async def peers_at(address: str) -> AsyncIterator[Peers | None]:
    """The servers of the journal at *address*; None where it has one alone.

    Raises CannotOpen with a sentence for the operator.
    """
    if not address or address.startswith(SCHEME):
        yield None
        return
    peers = RedisPresence.at(address)
    try:
        yield peers
    finally:
        await peers.close()
