"""The two real client libraries behind one face: JavaScript's and Python's.

A socket is opened, says what it hears to whoever opened it, in order, and is closed.
"""

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any, Protocol

import socketio

from load.processes import HERE

NAMESPACE = "/meeting"
EVENTS = ("welcome", "delta", "beat", "mine", "here", "bye")
LONGEST_LINE = 1 << 24

#: What was heard: ``event`` name frame, ``answer`` command answer, ``lost`` why.
Hear = Callable[..., None]


class Socket(Protocol):
    """One socket of a client library."""

    async def send(self, command: dict[str, Any]) -> None:
        """Send a command; the answer is heard."""
        ...

    async def close(self) -> None:
        """Hang up; nothing is heard any more."""
        ...


class Library(Protocol):
    """A client library."""

    name: str

    async def open(self, base: str, auth: dict[str, Any], hear: Hear) -> Socket:
        """A socket that is on its way."""
        ...


class Python:
    """python-socketio's AsyncClient."""

    name = "python"

    async def open(self, base: str, auth: dict[str, Any], hear: Hear) -> Socket:
        """A socket that is on its way."""
        return _PythonSocket(base, auth, hear)


class _PythonSocket:
    def __init__(self, base: str, auth: dict[str, Any], hear: Hear) -> None:
        self._hear: Hear | None = hear
        self._client = socketio.AsyncClient(reconnection=False, handle_sigint=False)
        for name in EVENTS:
            self._client.on(name, self._event(name), namespace=NAMESPACE)
        self._client.on("disconnect", self._gone, namespace=NAMESPACE)
        self._opening = asyncio.create_task(self._open(base, auth))

    async def send(self, command: dict[str, Any]) -> None:
        """Send a command; the answer is heard."""
        with contextlib.suppress(socketio.exceptions.SocketIOError):
            await self._client.emit(
                "cmd",
                command,
                namespace=NAMESPACE,
                callback=lambda answer: self._say("answer", command["id"], answer),
            )

    async def close(self) -> None:
        """Hang up; nothing is heard any more."""
        self._hear = None
        self._opening.cancel()
        with contextlib.suppress(Exception):
            await asyncio.wait_for(self._client.disconnect(), 2)

    async def _open(self, base: str, auth: dict[str, Any]) -> None:
        try:
            await self._client.connect(
                base,
                namespaces=[NAMESPACE],
                transports=["websocket"],
                auth=auth,
                wait_timeout=8,
            )
        except (socketio.exceptions.SocketIOError, OSError) as error:
            self._say("lost", f"not connected: {error}")

    # Synchronous: the library runs each in a task of its own, in order.

    def _event(self, name: str) -> Hear:
        return lambda frame: self._say("event", name, frame)

    def _gone(self, *why: Any) -> None:
        self._say("lost", *why)

    def _say(self, *what: Any) -> None:
        if self._hear is not None:
            self._hear(*what)


class JavaScript:
    """socket.io-client, in a process of Node with all its clients."""

    name = "javascript"

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._hear: dict[int, Hear] = {}
        self._next = 0
        self._reading: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the process."""
        self._process = await asyncio.create_subprocess_exec(
            *("node", str(HERE / "soak_client.mjs")),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=LONGEST_LINE,
            start_new_session=True,
        )
        self._reading = asyncio.create_task(self._read())

    async def end(self) -> None:
        """End the process."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
        if self._reading is not None:
            await self._reading

    async def open(self, base: str, auth: dict[str, Any], hear: Hear) -> Socket:
        """A socket that is on its way."""
        self._next += 1
        self._hear[self._next] = hear
        self.order("open", client=self._next, base=base, auth=auth)
        return _JavaScriptSocket(self, self._next)

    def order(self, do: str, **fields: Any) -> None:
        """Tell the process to do something."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **fields}).encode() + b"\n")

    def forget(self, client: int) -> None:
        """Nothing of *client* is heard any more."""
        self._hear.pop(client, None)

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            client, *what = json.loads(line)
            hear = self._hear.get(client)
            if hear is not None:
                hear(*what)


class _JavaScriptSocket:
    def __init__(self, library: JavaScript, number: int) -> None:
        self._library = library
        self._number = number

    async def send(self, command: dict[str, Any]) -> None:
        """Send a command; the answer is heard."""
        self._library.order("send", client=self._number, command=command)

    async def close(self) -> None:
        """Hang up; nothing is heard any more."""
        self._library.forget(self._number)
        self._library.order("close", client=self._number)
