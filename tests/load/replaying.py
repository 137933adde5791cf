"""One replay of the one meeting of a data folder, timed: replaying.py FOLDER."""

import asyncio
import json
import sys
import time
from pathlib import Path

from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.engine.replay import replay


async def main(folder: Path) -> None:
    """From the journal that is open to a meeting that can go on."""
    journal = await SqliteJournal.open(folder)
    try:
        (stored,) = await journal.meetings()
        began = time.perf_counter()
        replayed = await replay(journal, stored)
        took = time.perf_counter() - began
        assert not replayed.read_only
        assert replayed.meeting.seq == stored.head.seq
        print(json.dumps({"commits": stored.head.seq, "seconds": round(took, 4)}))
    finally:
        await journal.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
