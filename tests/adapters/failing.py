"""A process whose disk fails: the kernel refuses each write that makes a file longer.

``python -m adapters.failing FOLDER`` prints a :class:`Told` as JSON.
"""

import asyncio
import hashlib
import resource
import sys
from pathlib import Path

from msgspec import Struct
from msgspec.json import encode

from adapters.chains import MEETING, begun, chain, head_of, stored
from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.engine.ports import Appended, Unavailable, Unknown


class Told(Struct):
    """What was answered, and the digest of the database's files after the failure."""

    during: Unknown
    after: Unknown
    read: Unknown
    closed: Unknown
    digest: str


def digest(folder: Path) -> str:
    """Of all that the database consists of."""
    files = sorted(folder.glob("journal.sqlite3*"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


async def main(folder: Path) -> None:
    """Write, fail, try again when the disk is well, and end as a process ends."""
    journal = await SqliteJournal.open(folder)
    kept = await begun(journal, 20)
    more = chain(1, after=kept[-1], padding=20_000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = (folder / "journal.sqlite3-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    during = await journal.append(MEETING, head_of(kept), more)
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    written = digest(folder)
    after = await journal.append(MEETING, head_of(kept), more)
    read = await refusal(journal)
    await journal.close()
    closed = await journal.append(MEETING, head_of(kept), more)
    told = Told(unknown(during), unknown(after), read, unknown(closed), written)
    sys.stdout.buffer.write(encode(told))


def unknown(answer: Appended) -> Unknown:
    """The answer, which must be this one."""
    assert isinstance(answer, Unknown), answer
    return answer


async def refusal(journal: SqliteJournal) -> Unknown:
    """Why nothing can be read."""
    try:
        await stored(journal)
    except Unavailable as refused:
        return refused.why
    raise AssertionError("it was read")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
