"""The one suite of promises, for each adapter that needs no server of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.contract import JournalContract
from rostra.adapters.memory_journal import MemoryJournal
from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.engine.ports import Journal


@pytest.fixture(params=["memory", "sqlite"])
async def journal(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[Journal]:
    """An empty journal of each kind."""
    opened: Journal
    if request.param == "memory":
        opened = MemoryJournal()
    else:
        opened = await SqliteJournal.open(tmp_path / "data")
    yield opened
    await opened.close()


class TestJournalContract(JournalContract):
    """Memory and SQLite."""
