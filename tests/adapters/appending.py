"""A process to be killed: appends without pause and says what is durable.

``python -m adapters.appending FOLDER`` prints ``MEETING SEQ`` for each acknowledged
commit and ``alive MEETING AT`` for each stamp that is kept.
"""

import asyncio
import os
import sys
from itertools import count
from pathlib import Path

from adapters.chains import EPOCH, MEETING, OTHER, append_for_ever, chain, heads
from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.core.ids import Instant, MeetingId


async def appends(journal: SqliteJournal, meeting: MeetingId) -> None:
    """Begin *meeting* if need be, and go on with it for ever."""
    if meeting not in await heads(journal):
        await journal.create(meeting, EPOCH, chain(1, meeting=meeting)[0])
    async for seq in append_for_ever(journal, meeting):
        say(f"{meeting} {seq}")


async def stamps(journal: SqliteJournal, meeting: MeetingId) -> None:
    """Be alive, with a stamp that grows from one process to the next."""
    (last,) = [e.alive_at for e in await journal.meetings() if e.meeting == meeting]
    for at in count((last or 0) + 1):
        await journal.alive([meeting], Instant(at))
        say(f"alive {meeting} {at}")
        await asyncio.sleep(0.001)


def say(line: str) -> None:
    """Out at once and in one piece, since the next instruction may be the last."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


async def main(folder: Path) -> None:
    """Append to two meetings until killed."""
    journal = await SqliteJournal.open(folder, heads_every_s=0.02)
    if journal.changed:
        say(f"changed {journal.changed}")
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(appends(journal, MEETING))
        tasks.create_task(appends(journal, OTHER))
        await asyncio.sleep(0.02)
        tasks.create_task(stamps(journal, MEETING))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
