"""Fixtures of the engine's tests: the same promises over every journal."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from rostra.adapters.memory_journal import MemoryJournal
from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.core.ids import MeetingId
from rostra.engine.ports import Appended, Journal
from rostra.engine.room import Room
from rostra.protocol.commit import Commit, Head
from support.rooms import Sender, begin, opened


class Kept:
    """A journal, and the same again after a restart."""

    def __init__(self, journal: Journal, folder: Path | None) -> None:
        self.journal = journal
        self._folder = folder

    async def restarted(self) -> Journal:
        """The journal of the next process."""
        await self.journal.close()
        if self._folder is not None:
            self.journal = await SqliteJournal.open(self._folder)
        else:
            assert isinstance(self.journal, MemoryJournal)
            self.journal = self.journal.reopened()
        return self.journal


@pytest.fixture(params=["memory", "sqlite"])
async def kept(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Kept]:
    """Each of the journals that there are."""
    folder = tmp_path / "data" if request.param == "sqlite" else None
    journal: Journal = await SqliteJournal.open(folder) if folder else MemoryJournal()
    kept = Kept(journal, folder)
    yield kept
    await kept.journal.close()


class Counting(MemoryJournal):
    """Remembers how many commits each append had."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[int] = []

    async def append(
        self, meeting: MeetingId, head: Head, commits: Sequence[Commit]
    ) -> Appended:
        """As always."""
        self.batches.append(len(commits))
        return await super().append(meeting, head, commits)


@pytest.fixture
async def journal() -> Counting:
    """A journal in memory, with faults to order."""
    return Counting()


@pytest.fixture
async def room(journal: Counting) -> AsyncIterator[Room]:
    """The made meeting in session, its discussion running."""
    async with opened(journal) as (_, room):
        await begin(room)
        journal.batches.clear()
        yield room


def ask(room: Room, link: str, id: str = "") -> "asyncio.Task[Any]":
    """A delegation's request, on its way."""
    return Sender(room, link).later("request_floor", id, kind="statement")


def requests(room: Room) -> list[str | None]:
    """Who is on the list of the discussion."""
    m = room.meeting
    return [m.requests[each].delegation for each in m.lists["l1.1"].order]  # type: ignore[index]
