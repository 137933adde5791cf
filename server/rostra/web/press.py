"""The press of a server: documents are printed in processes of their own, in line.

One at a time for everybody, and one for those who write the record, so that whoever
reads the page of a meeting never stands before a rapporteur. What is being printed
already is waited for together, and what was printed a moment ago is given again.
"""

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Hashable

from msgspec import Struct

from rostra.protocol.commit import Commit
from rostra.record.orders import NO_SUCH_PICTURE, Order, framed
from rostra.web.settings import WebSettings

log = logging.getLogger(__name__)

#: The commits that a document is printed from, read when its turn has come.
Source = Callable[[], AsyncIterator[Commit]]
#: So many documents are kept, and so many bytes of them.
KEPT, KEPT_BYTES = 32, 64_000_000
PAGE = 200


class Busy(Exception):
    """Too many wait already."""


class NotPrinted(Exception):
    """It failed; the log says why."""


class TooSlow(NotPrinted):
    """It was given up."""


class NoPicture(Exception):
    """The record has no such picture for this reader."""


class Line(Struct):
    """Those who wait for one press."""

    turn: asyncio.Semaphore
    waiting: int = 0


class Press:
    """Prints for one server."""

    def __init__(self, settings: WebSettings) -> None:
        self._command = settings.press_command
        self._limits = settings.limits
        self._lines = {own: Line(asyncio.Semaphore(1)) for own in (False, True)}
        self._running: dict[Hashable, asyncio.Task[bytes]] = {}
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()

    async def printed(self, state: Hashable, order: Order, source: Source) -> bytes:
        """The document of a meeting in that *state*: one that stays as it is.

        Raises Busy, NoPicture, NotPrinted, and what reading the *source* raises.
        """
        key = (state, order.form, order.audience, order.language, order.picture)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        task = self._running.get(key)
        if task is None:
            line = self._lines[order.audience != "public"]
            if line.waiting >= self._limits.press_waiting:
                raise Busy
            line.waiting += 1
            task = asyncio.create_task(self._in_line(line, key, order, source))
            self._running[key] = task
        # whoever goes away takes nothing from others who wait for the same
        return await asyncio.shield(task)

    async def stop(self) -> None:
        """End what is being printed."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _in_line(
        self, line: Line, key: Hashable, order: Order, source: Source
    ) -> bytes:
        try:
            async with line.turn:
                body = await self._print(order, source())
        finally:
            line.waiting -= 1
            del self._running[key]
        self._keep(key, body)
        return body

    def _keep(self, key: Hashable, body: bytes) -> None:
        self._kept[key] = body
        while len(self._kept) > KEPT or sum(map(len, self._kept.values())) > KEPT_BYTES:
            self._kept.popitem(last=False)

    async def _print(self, order: Order, commits: AsyncIterator[Commit]) -> bytes:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=pipe, stdout=pipe, stderr=pipe
        )
        assert process.stdin and process.stdout and process.stderr
        try:
            async with asyncio.timeout(self._limits.press_s):
                _, body, complaint = await asyncio.gather(
                    _hand_over(process.stdin, order, commits),
                    process.stdout.read(),
                    process.stderr.read(),
                )
                code = await process.wait()
        except TimeoutError:
            log.error("a %s was given up: it took too long", order.form)
            raise TooSlow from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if code == NO_SUCH_PICTURE:
            raise NoPicture
        if code or not body:
            said = complaint.decode(errors="replace").strip()
            log.error("a %s was not printed (%d): %s", order.form, code, said)
            raise NotPrinted
        return body


async def _hand_over(
    to: asyncio.StreamWriter, order: Order, commits: AsyncIterator[Commit]
) -> None:
    """Order and commits; a process that has ended takes no more of them."""
    with contextlib.suppress(ConnectionError):
        to.write(framed(order))
        count = 0
        async for commit in commits:
            to.write(framed(commit))
            count += 1
            if count % PAGE == 0:
                # others have their turn between two pages
                await to.drain()
                await asyncio.sleep(0)
        await to.drain()
        to.close()
