"""The server that is measured: Rostra's own wiring, watched from inside in two places.

`rostra.main.serve` runs as `rostra serve` runs it; nothing of what is measured is
replaced. Beside it the meetings are made and their links written down. What is watched:
when the journal's thread has a commit durable, and when the event loop hears of it.
Both stand in a file in memory that the bench reads, so that watching costs no call.

With --sync off the journal does all it does but asks the disk for no sync.
"""

import argparse
import asyncio
import json
import mmap
import os
import struct
import sys
import threading
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import structs

from rostra.adapters import sqlite_file
from rostra.adapters.redis_journal import RedisJournal
from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.adapters.writes import Write
from rostra.cli.files import founding, read_meeting, rebased
from rostra.cli.logs import set_up
from rostra.cli.office import AskCreate
from rostra.config import Log, load
from rostra.core.ids import MeetingId
from rostra.engine.ports import Appended, Done
from rostra.main import Served, serve

#: A commit's meeting (CRC-32 of its id), kind, seq and instant.
ENTRY = struct.Struct("<IIqq")
ENTRIES = 1 << 18
DURABLE, HEARD = 1, 2


class Stamps:
    """Instants of commits, in a file that another process reads."""

    def __init__(self, path: Path) -> None:
        path.write_bytes(bytes(ENTRY.size * ENTRIES))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 0)
        self._next = 0

    def note(self, meeting: str, kind: int, seq: int) -> None:
        """*seq* is durable, or heard of, now."""
        at = time.monotonic_ns()
        place = self._next % ENTRIES
        self._next += 1
        mark = zlib.crc32(meeting.encode())
        ENTRY.pack_into(self._memory, place * ENTRY.size, mark, kind, seq, at)


def watch(stamps: Stamps) -> None:
    """Note when commits are durable."""
    written = sqlite_file.Database.write

    def write(self: Any, writes: Sequence[Write]) -> list[Appended]:
        answers = written(self, writes)
        for each, answer in zip(writes, answers, strict=True):
            if isinstance(answer, Done):
                stamps.note(each.meeting, DURABLE, answer.head.seq)
        return answers

    sqlite_file.Database.write = write  # type: ignore[method-assign]
    for journal in (SqliteJournal, RedisJournal):
        watch_answers(journal, stamps)


def watch_answers(journal: Any, stamps: Stamps) -> None:
    """Note when the event loop hears of them."""
    heard = journal.append

    async def append(
        self: Any, meeting: Any, head: Any, commits: Any, *rest: Any, **more: Any
    ) -> Appended:
        answer: Appended = await heard(self, meeting, head, commits, *rest, **more)
        if isinstance(answer, Done):
            stamps.note(meeting, HEARD, answer.head.seq)
        return answer

    journal.append = append


def without_sync() -> None:
    """The journal as it is, but that the disk is not waited for."""
    full, off = "synchronous = FULL", "synchronous = OFF"
    assert full in sqlite_file.PRAGMAS
    sqlite_file.PRAGMAS = tuple(
        off if each == full else each for each in sqlite_file.PRAGMAS
    )
    # which refuses to serve from what does not keep its word
    sqlite_file._must_be_durable = lambda *_: None


async def make(
    served: Served, count: int, profile: dict[str, Any], links: Path
) -> None:
    """Make *count* meetings and write their links, unless they are there."""
    if links.exists():
        return
    now = served.clock.now()
    material = rebased(read_meeting("closing-discussion", "un"), now)
    rules = structs.replace(material.profile, **profile)
    material = structs.replace(material, profile=rules)
    made = []
    for number in range(count):
        name = f"bench-{number}"
        asked = founding(material, now, name, rehearsal=True)
        await served.office.create(AskCreate(founding=asked))
        rows = await served.office.links(MeetingId(name))
        tokens: dict[str, Any] = {"id": name, "delegations": {}, "moderators": []}
        for row in rows:
            token = row.url.partition("#")[2]
            if row.delegation is not None:
                tokens["delegations"][row.delegation] = token
            elif row.role == "moderator":
                tokens["moderators"].append(token)
            else:
                tokens.setdefault(row.role, token)
        made.append(tokens)
    beside = links.with_suffix(".new")
    beside.write_text(json.dumps(made), encoding="utf-8")
    os.replace(beside, links)


def until_left() -> None:
    """Whoever started us is gone: nothing is left behind."""
    # not by sys.stdin: its lock would be in the way of the interpreter's end
    while os.read(0, 1):
        pass
    os._exit(1)


def main() -> int:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--links", type=Path, required=True)
    parser.add_argument("--stamps", type=Path, required=True)
    parser.add_argument("--meetings", type=int, default=1)
    parser.add_argument("--profile", type=json.loads, default={})
    parser.add_argument("--sync", choices=("full", "off"), default="full")
    args = parser.parse_args()
    set_up(Log(format="text", level="warning"))
    watch(Stamps(args.stamps))
    if args.sync == "off":
        without_sync()

    threading.Thread(target=until_left, daemon=True).start()

    async def beside(served: Served) -> None:
        await make(served, args.meetings, args.profile, args.links)
        print('{"ready":true}', flush=True)

    return asyncio.run(serve(load(), beside))


if __name__ == "__main__":
    sys.exit(main())
