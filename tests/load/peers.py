"""The servers that Rostra is measured beside, each with the same frame to send."""

import contextlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from load.processes import HERE, PYTHON, SERVER_CORE, Driven, compiled, free_port

FOLDER = HERE / "peers"
#: What each is started with, and whether its clients speak Socket.IO.
PEERS = ("limit", "node_socketio", "node_ws", "python_socketio")


def speaks_socketio(name: str) -> bool:
    """Whether clients of that peer join by Socket.IO."""
    return "socketio" in name


@contextlib.contextmanager
def peer(name: str, message: Path, *more: str) -> Iterator[tuple[Driven, int]]:
    """A peer that serves the text of *message*, and its port."""
    port = free_port()
    program: list[Any]
    match name:
        case "limit":
            program = [compiled(FOLDER / "limit.c")]
        case "python_socketio":
            program = [PYTHON, FOLDER / "python_socketio_server.py"]
        case _:
            program = ["node", FOLDER / f"{name}.mjs"]
    child = Driven([*program, str(port), message, *more], SERVER_CORE)
    try:
        child.answer(30)
        yield child, port
    finally:
        child.end()


def versions() -> dict[str, str]:
    """The versions of all that is not ours."""
    packages = FOLDER / "node_modules"
    node = subprocess.check_output(["node", "--version"], text=True).strip()
    found = {"node": node.lstrip("v")}
    for name in ("socket.io", "ws", "@socket.io/redis-streams-adapter", "redis"):
        about = json.loads((packages / name / "package.json").read_text("utf-8"))
        # Python's client has the same name
        found[f"node-{name}" if name == "redis" else name] = about["version"]
    return found
