"""As many servers as asked for, as Redis sees them: Rostra's adapters, and no rooms.

followers.py REDIS-URL COUNT

Each follows one meeting, says every second who is there and that it is alive, and asks
for the time. A line "changes N PER_S" appends so many commits, each after a part of a
second; the answer comes when every follower has all of them.
"""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Coroutine
from typing import Any

from rostra.adapters.redis_journal import RedisJournal
from rostra.adapters.redis_presence import RedisPresence
from rostra.adapters.shared_clock import SharedClock
from rostra.core.ids import MeetingId
from rostra.engine.ports import Appended, Done
from rostra.protocol.commit import SALT_BYTES, Commit, Hash, Head, first_hash, seal
from rostra.web.settings import Limits

MEETING = MeetingId("bench")
#: The sizes of one more on the list: open, personal, internal.
PARTS = (b"o" * 441, b"p" * 65, b"i" * 605)
#: What a server says of some dozens of devices; it changes no more here.
SAID = b"d" * 4_000
EVERY_S = Limits().here_s


class Follower:
    """One server."""

    def __init__(self, number: int, address: str) -> None:
        self.seq = 0
        self.heard = asyncio.Event()
        self._number, self._address = number, address
        self._late_s = 0.0

    async def run(self, count: int, ready: asyncio.Event) -> None:
        """Until cancelled."""
        self._late_s = EVERY_S * self._number / count
        async with opened(self._address) as journal, asyncio.TaskGroup() as tasks:
            clock = SharedClock(journal.time)
            await clock.set()
            ready.set()
            tasks.create_task(self._follow(journal))
            tasks.create_task(self._there(journal, clock))
            tasks.create_task(clock.keep())

    async def _follow(self, journal: RedisJournal) -> None:
        async for commit in journal.follow(MEETING, 1):
            self.seq = commit.seq
            self.heard.set()

    async def _there(self, journal: RedisJournal, clock: SharedClock) -> None:
        """Not all at the same moment."""
        presence = RedisPresence.at(self._address)
        await asyncio.sleep(self._late_s)
        while True:
            await presence.exchange({MEETING: SAID})
            await journal.alive([MEETING], clock.now())
            await asyncio.sleep(EVERY_S)


@contextlib.asynccontextmanager
async def opened(address: str) -> AsyncIterator[RedisJournal]:
    """A journal, closed afterwards."""
    journal = await RedisJournal.open(address)
    try:
        yield journal
    finally:
        await journal.close()


def commit(previous: Hash, seq: int) -> Commit:
    """One more."""
    return seal(previous, seq, PARTS, (os.urandom(SALT_BYTES), os.urandom(SALT_BYTES)))


def done(appended: Appended) -> Head:
    """The new head."""
    assert isinstance(appended, Done), appended
    return appended.head


async def main(address: str, count: int) -> None:
    """Serve until standard input ends."""
    async with opened(address) as journal:
        first = commit(first_hash(MEETING), 1)
        head = done(await journal.create(MEETING, "e", first))
        followers = [Follower(number, address) for number in range(count)]
        running = []
        for each in followers:
            ready = asyncio.Event()
            running.append(asyncio.create_task(each.run(count, ready)))
            await asyncio.wait(
                {running[-1], started(ready.wait())},
                return_when=asyncio.FIRST_COMPLETED,
            )
        lines = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(lines), sys.stdin
        )
        print('{"ready":true}', flush=True)
        while line := await lines.readline():
            assert not any(each.done() for each in running), "a follower ended"
            _, many, per_s = line.split()
            for _ in range(int(many)):
                pause = started(asyncio.sleep(1 / float(per_s)))
                made = commit(head.hash, head.seq + 1)
                head = done(await journal.append(MEETING, head, [made]))
                for each in followers:
                    while each.seq < head.seq:
                        each.heard.clear()
                        await asyncio.wait_for(each.heard.wait(), 10)
                await pause
            print(f'{{"seq":{head.seq}}}', flush=True)
    os._exit(0)


def started(work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
    """*work*, going on."""
    return asyncio.create_task(work)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
