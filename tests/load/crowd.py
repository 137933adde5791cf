"""The crowd of crowd.c, driven from Python. What its answers mean stands there."""

import contextlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from load.processes import HERE, LOAD_CORE, Driven, compiled

CONNECT_MS = 90_000
#: A completion that takes longer than this is no completion.
REACH_MS = 30_000


class Member(Struct, frozen=True):
    """One client: its meeting's number, ``m`` for an operator, what it says."""

    auth: Any
    meeting: int = 0
    role: str = "v"


class Reached(Struct, frozen=True):
    """When the first, half, 99 % and the last of the clients had a broadcast."""

    first: int
    half: int
    most: int
    last: int
    clients: int
    missing: int


class Crowd:
    """Many clients of one server."""

    def __init__(self, child: Driven, size: int) -> None:
        self.child = child
        self.size = size

    def connect(self) -> float:
        """Let all of them in; the seconds it took. AssertionError if any is not."""
        said = self.child.ask(f"connect {CONNECT_MS}")
        assert said["live"] == self.size, f"{said} of {self.size} clients"
        return float(said["seconds"])

    def position(self, meeting: int = 0) -> int:
        """How far a meeting's clients are."""
        return int(self.child.ask(f"position {meeting}")["position"])

    def aim(self, meeting: int, position: int) -> None:
        """Look out for the broadcast that leads to *position*, from now on."""
        # the answer to the second says that the first was read
        self.child.ask(f"aim {meeting} {position}", f"position {meeting}")

    def reached(self, within_ms: int = REACH_MS) -> list[Reached]:
        """When what was aimed at was reached, meeting by meeting."""
        said = self.child.ask(f"reached {within_ms}")
        return [
            Reached(**{name: each[name] for name in Reached.__struct_fields__})
            for each in said["meetings"]
        ]

    def send(self, client: int, command: Any) -> None:
        """One client's command."""
        self.child.tell(f"send {client} {compact(command)}")

    def press(self, after_us: int, client: int, command: Any) -> None:
        """A command for :meth:`begin`, so long after it."""
        self.child.tell(f"press {after_us} {client} {compact(command)}")

    def begin(self) -> int:
        """The presses count from the instant that is answered."""
        return int(self.child.ask("begin")["now"])

    def answers(self, count: int, within_ms: int = REACH_MS) -> list[Any]:
        """Wait for so many answers; all that have come.

        Each is the client, its number, ``o``k ``n``o or ``w``ait, the seq, and the
        instants of sending and of the answer.
        """
        self.child.ask(f"answers {count} {within_ms}", within_s=within_ms / 1000 + 30)
        found: list[Any] = self.child.ask("acks")
        return found

    def stats(self) -> Any:
        """What all of them saw, since they began."""
        return self.child.ask("stats")


@contextlib.contextmanager
def crowd(
    folder: Path,
    port: int | Sequence[int],
    members: Iterable[Member],
    *options: str | Path,
) -> Iterator[Crowd]:
    """Clients that know what to say, and are not connected yet.

    Where there is more than one *port*, they join them in turns.
    """
    ports = [port] if isinstance(port, int) else port
    file = folder / "clients"
    lines = [f"{m.meeting}\t{m.role}\t{compact(m.auth)}\n" for m in members]
    file.write_text("".join(lines), encoding="utf-8")
    program = compiled(HERE / "crowd.c")
    child = Driven([program, ",".join(map(str, ports)), file, *options], LOAD_CORE)
    try:
        ready = child.answer()
        yield Crowd(child, int(ready["ready"]))
    finally:
        child.end()


def compact(value: Any) -> str:
    """JSON as browsers write it."""
    return json.dumps(value, separators=(",", ":"))
