"""Fixtures of the engine's tests: the same promises over every journal."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rostra.adapters.memory_journal import MemoryJournal
from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.engine.ports import Journal


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
