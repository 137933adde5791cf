"""The control socket: how the command line talks to the server of a data folder.

One request and one answer a connection, both bytes up to the end of the stream. The
socket is its owner's alone (0600), so whoever reaches it may do everything.
"""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

NAME = "control.sock"
#: A Unix socket's path has room for 108 bytes, the last of them 0.
LONGEST_PATH = 107
MAX_REQUEST = 64 * 1024 * 1024

Answer = Callable[[bytes], Awaitable[bytes]]


class NobodyServes(Exception):
    """No server listens on this data folder."""


@contextlib.asynccontextmanager
async def listen(folder: Path, answer: Answer) -> AsyncIterator[None]:
    """Answer requests on the folder's socket.

    A socket that is left over is replaced: whoever holds the journal's lock is the
    only server there can be.
    """

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError), contextlib.closing(writer):
            writer.write(await answer(await reader.read(MAX_REQUEST)))
            await writer.drain()

    with _address(folder) as path:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        before = os.umask(0o177)
        try:
            server = await asyncio.start_unix_server(serve, path)
        finally:
            os.umask(before)
    try:
        yield
    finally:
        server.close()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(folder / NAME)


async def ask(folder: Path, request: bytes) -> bytes:
    """The running server's answer. Raises :class:`NobodyServes`."""
    try:
        with _address(folder) as path:
            reader, writer = await asyncio.open_unix_connection(path)
    except (FileNotFoundError, ConnectionRefusedError) as error:
        raise NobodyServes from error
    with contextlib.closing(writer):
        writer.write(request)
        writer.write_eof()
        return await reader.read()


@contextlib.contextmanager
def _address(folder: Path) -> Iterator[str]:
    """The socket's path, by way of an open folder where it would be too long."""
    path = str(folder / NAME)
    if len(os.fsencode(path)) <= LONGEST_PATH:
        yield path
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{handle}/{NAME}"
    finally:
        os.close(handle)
