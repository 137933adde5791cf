"""python-socketio on aiohttp as it comes: one room, and an event sent to it.

python_socketio_server.py PORT MESSAGE-FILE
"""

import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import socketio
from aiohttp import web

NAMESPACE = "/meeting"


async def main(port: int, message: str) -> None:
    """Serve until standard input ends."""
    event, argument = json.loads(message.removeprefix(f"42{NAMESPACE},"))
    server = socketio.AsyncServer(async_mode="aiohttp", transports=["websocket"])

    async def connect(sid: str, _environ: Any, _auth: Any) -> None:
        await server.enter_room(sid, "public", namespace=NAMESPACE)

    server.on("connect", connect, namespace=NAMESPACE)
    app = web.Application()
    server.attach(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=4096).start()
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(lines), sys.stdin
    )
    print('{"ready":true}', flush=True)
    while line := await lines.readline():
        if line == b"go\n":
            at = time.monotonic_ns()
            await server.emit(event, argument, room="public", namespace=NAMESPACE)
            print(f'{{"at":{at},"end":{time.monotonic_ns()}}}', flush=True)
    # its own shutdown of thousands of sockets is not measured
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2]).read_text(encoding="utf-8")))
