"""What clients asked and what they were answered, as they saw it: one line per call."""

import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

#: Answers of a server that are final.
FINAL = ("ok", "no")


class Call(Struct, kw_only=True):
    """One command of one client, from the first time of asking to its final answer.

    Times are seconds of this machine's monotonic clock. ``answered`` is None where the
    outcome stayed unknown: it may have happened at any time since ``asked``, or never.
    """

    id: str
    client: str
    link: str
    delegation: str | None
    type: str
    fields: dict[str, Any]
    asked: float
    answered: float | None = None
    answer: dict[str, Any] | None = None
    #: How often it was sent, and how often the answer was to ask again.
    sent: int = 0
    waits: int = 0

    @property
    def outcome(self) -> str:
        """``ok``, ``no``, or ``unknown``."""
        return self.answer["outcome"] if self.answer is not None else "unknown"

    @property
    def seq(self) -> int | None:
        """The commit that it became, where it was done."""
        done = self.answer is not None and self.answer["outcome"] == "ok"
        return int(self.answer["seq"]) if done and self.answer else None

    def answers(self, answer: dict[str, Any]) -> None:
        """The final one."""
        self.answered, self.answer = time.monotonic(), answer


class Told(Struct, frozen=True):
    """Where a client was told that the meeting stands."""

    epoch: str
    seq: int
    chain: str


class History:
    """The calls of all clients, and what each client was told, in its order."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.told: dict[str, list[Told]] = {}

    def call(self, call: Call) -> Call:
        """Note that something is asked."""
        self.calls.append(call)
        return call

    def tell(self, client: str, told: Told) -> None:
        """Note what *client* has heard."""
        self.told.setdefault(client, []).append(told)

    def so_far(self) -> "History":
        """As it is now; what is told later is not in it."""
        now = History()
        now.calls = list(self.calls)
        now.told = {client: list(told) for client, told in self.told.items()}
        return now

    def pending(self) -> list[Call]:
        """What waits for its final answer."""
        return [call for call in self.calls if call.answered is None]

    def count(self, outcome: str) -> int:
        """How many calls ended so."""
        return sum(call.outcome == outcome for call in self.calls)

    def write(self, file: Path) -> None:
        """As JSON, a line for each call and each client."""
        with file.open("w", encoding="utf-8") as lines:
            for call in self.calls:
                lines.write(msgspec.json.encode(call).decode() + "\n")
            for client, told in self.told.items():
                row = {"told": client, "what": msgspec.to_builtins(told)}
                lines.write(json.dumps(row) + "\n")

    @classmethod
    def read(cls, lines: Iterable[str]) -> "History":
        """What :meth:`write` has written."""
        history = cls()
        for line in lines:
            row = json.loads(line)
            if "told" in row:
                what = msgspec.convert(row["what"], list[Told])
                history.told[row["told"]] = what
            else:
                history.calls.append(msgspec.convert(row, Call))
        return history
