"""The parent's side of a crowd: starts its process, gives orders, hears answers."""

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

LONGEST_ANSWER = 1 << 28
END_S = 5.0

Answer = dict[str, Any]


class CrowdError(Exception):
    """The crowd's process did not do what it was told; the text says what."""


class Crowd:
    """One process of listeners. See :func:`crowd`."""

    def __init__(self, process: asyncio.subprocess.Process, begun: Answer) -> None:
        self._process = process
        self._turn = asyncio.Lock()
        self.pid: int = begun["pid"]
        #: How many connections it may have.
        self.room: int = begun["room"]

    async def ask(self, do: str, **fields: Any) -> Answer:
        """Give an order; its answer. Raises :class:`CrowdError`."""
        async with self._turn:
            return await _asked(self._process, {"do": do, **fields})

    async def connect(
        self, count: int, *, rate: float = 400.0, within_s: float = 120.0
    ) -> None:
        """Add *count* listeners and wait until everybody wanted is welcomed."""
        await self.ask("connect", count=count, rate=rate)
        await self.all_here(within_s)

    async def all_here(self, within_s: float = 60.0) -> None:
        """Wait until everybody wanted is welcomed."""
        deadline = asyncio.get_running_loop().time() + within_s
        while True:
            state = await self.ask("state")
            if state["joined"] >= state["wanted"] > 0:
                return
            late = asyncio.get_running_loop().time() > deadline
            if late or state["wanted"] == 0:
                raise CrowdError(
                    f"{state['joined']} of {state['wanted']} who want to are "
                    f"connected within {within_s:.0f} s: {state['refusals']}"
                )
            await asyncio.sleep(0.05)

    async def moves(self) -> list[Answer]:
        """The changes heard since this was last asked: who heard them when."""
        found: list[Answer] = (await self.ask("moves"))["moves"]
        return found

    async def end(self) -> None:
        """Let everybody go; the process ends."""
        if self._process.returncode is None:
            with contextlib.suppress(CrowdError, OSError):
                async with asyncio.timeout(END_S):
                    await self.ask("end")
            try:
                async with asyncio.timeout(END_S):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
                await self._process.wait()


async def start(url: str, tokens: Sequence[str], **options: Any) -> Crowd:
    """A crowd that listens at *url* with *tokens* in turn.

    *options* of :mod:`rostra.rehearsal.orders`: addresses, namespace, path, bare,
    spin. It is to be ended, or use :func:`crowd`.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "rostra.rehearsal.orders"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=LONGEST_ANSWER,
        # Ctrl-C is the parent's: it asks for the last figures, then lets it end.
        start_new_session=True,
    )
    order = {"do": "begin", "url": url, "tokens": list(tokens), **options}
    try:
        return Crowd(process, await _asked(process, order))
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        raise


@asynccontextmanager
async def crowd(
    url: str, tokens: Sequence[str], **options: Any
) -> AsyncIterator[Crowd]:
    """A crowd that is ended afterwards."""
    started = await start(url, tokens, **options)
    try:
        yield started
    finally:
        await started.end()


async def _asked(process: asyncio.subprocess.Process, order: Answer) -> Answer:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(order).encode() + b"\n")
    line = await process.stdout.readline()
    if not line:
        raise CrowdError("the crowd's process has ended")
    answer: Answer = json.loads(line)
    if "error" in answer:
        raise CrowdError(answer["error"])
    return answer
