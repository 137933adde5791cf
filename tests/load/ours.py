"""Rostra as one of the servers that are measured: started, set up, asked."""

import contextlib
import http.client
import itertools
import json
import signal
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from load.crowd import Member
from load.processes import HERE, PYTHON, SERVER_CORE, Driven, free_port
from load.served import DURABLE, ENTRY, HEARD
from rostra.protocol.messages import PROTOCOL

#: The list of the interactive discussion in the programme that is measured.
LIST = "l1.2"
#: Nothing of a person's pace is in the way of the load.
FAST = {
    **{
        f"ROSTRA_RATES__{role}__{what}": "1000000"
        for role in ("MODERATOR", "DELEGATE")
        for what in ("PER_S", "BURST")
    },
    **{
        f"ROSTRA_LIMITS__{rate}__{what}": "1000000"
        for rate in ("FRAME_RATE", "READ_RATE")
        for what in ("PER_S", "BURST")
    },
    # a commit of the server's own would be counted as a broadcast of the bench
    "ROSTRA_LIMITS__ATTENDED_S": "3600",
    "ROSTRA_LOG__LEVEL": "warning",
}
_numbers = itertools.count(1)


class Refused(AssertionError):
    """A command that must be done was not."""


class Ours:
    """One server and its meetings."""

    def __init__(
        self,
        folder: Path,
        *,
        send: str = "compiled",
        meetings: int = 1,
        sync: str = "full",
        profile: dict[str, Any] | None = None,
        env: dict[str, str] | None = None,
        links: Path | None = None,
    ) -> None:
        self.folder = folder
        # of meetings that another server has made, if need be
        self._links = links or folder / "links"
        self.port = free_port()
        self._env = {
            **FAST,
            "ROSTRA_LIMITS__COMPILED_SEND": "false" if send == "python" else "true",
            "ROSTRA_PORT": str(self.port),
            "ROSTRA_DATA": str(folder / "data"),
            **(env or {}),
        }
        self._command = [
            *(PYTHON, HERE / "served.py", "--links", self._links),
            *("--stamps", folder / "stamps", "--meetings", str(meetings)),
            *("--sync", sync, "--profile", json.dumps(profile or {})),
        ]
        self.child: Driven
        self.meetings: list[Any] = []

    def start(self, within_s: float = 120.0) -> None:
        """Start, on the same port and folder each time; returns when it serves."""
        log = self.folder / "output"
        self.child = Driven(self._command, SERVER_CORE, self._env, log)
        self.child.answer(within_s)
        self.meetings = json.loads(self._links.read_text())

    def launch(self) -> None:
        """Start and do not wait for it."""
        log = self.folder / "output"
        self.child = Driven(self._command, SERVER_CORE, self._env, log)

    def end(self, by: signal.Signals = signal.SIGKILL, within_s: float = 30) -> int:
        """End it by a signal; its exit code."""
        self.child.signal(by)
        code = self.child.process.wait(within_s)
        self.child.end()
        return code

    def listeners(self, count: int, meeting: int = 0) -> list[Member]:
        """So many that look on, by the one link of the viewers."""
        return [self.member(self.meetings[meeting]["viewer"], meeting)] * count

    def operator(self, meeting: int = 0, number: int = 0) -> Member:
        """One at a console."""
        token = self.meetings[meeting]["moderators"][number]
        return self.member(token, meeting, "m")

    def delegate(self, code: str, meeting: int = 0) -> Member:
        """One at a delegation's pad."""
        return self.member(self.meetings[meeting]["delegations"][code], meeting, "d")

    @staticmethod
    def member(token: str, meeting: int = 0, role: str = "v") -> Member:
        """Whoever holds *token*."""
        return Member({"protocol": PROTOCOL, "token": token}, meeting, role)

    def codes(self, meeting: int = 0) -> list[str]:
        """Every delegation."""
        return list(self.meetings[meeting]["delegations"])

    def do(self, kind: str, meeting: int = 0, /, **fields: Any) -> dict[str, Any]:
        """An operator's command over REST that must be done; its result."""
        found = self.meetings[meeting]
        body = json.dumps(command(kind, **fields))
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(
                "POST",
                f"/api/v1/meetings/{found['id']}/commands",
                body,
                {
                    "Authorization": f"Bearer {found['moderators'][-1]}",
                    "Content-Type": "application/json",
                },
            )
            answer = json.loads(line.getresponse().read())
        finally:
            line.close()
        if answer.get("outcome") != "ok":
            raise Refused(f"{kind}: {answer}")
        result: dict[str, Any] = answer["result"]
        return result

    def in_session(self, on_list: int, meeting: int = 0) -> None:
        """The meeting is called to order, and so many stand on its list."""
        self.do("open_lobby", meeting, expect={"state": "scheduled"})
        self.do("call_to_order", meeting, expect={"state": "lobby"})
        codes = self.codes(meeting)
        entries: list[Any] = [{"delegation": code} for code in codes[:on_list]]
        if on_list > 150:  # delegations are left for what is measured
            entries = entries[:150]
        entries += [
            {"person": {"name": f"Ms. Speaker {n}", "function": "Expert"}}
            for n in range(on_list - len(entries))
        ]
        for begin in range(0, len(entries), 400):
            part = entries[begin : begin + 400]
            self.do("insert", meeting, list=LIST, entries=part)

    def stamps(self, kind: int = DURABLE, meeting: int = 0) -> dict[int, int]:
        """When commits were durable, or heard of, by seq."""
        mark = zlib.crc32(self.meetings[meeting]["id"].encode())
        data = (self.folder / "stamps").read_bytes()
        return {
            seq: at
            for found, what, seq, at in ENTRY.iter_unpack(data)
            if found == mark and what == kind
        }

    def durable(self, seq: int, meeting: int = 0) -> int:
        """When commit *seq* was durable: the first batch that reaches so far."""
        stamps = self.stamps(DURABLE, meeting)
        return stamps[min(each for each in stamps if each >= seq)]

    def heard(self, seq: int, meeting: int = 0) -> int:
        """When the event loop heard that *seq* is durable."""
        stamps = self.stamps(HEARD, meeting)
        return stamps[min(each for each in stamps if each >= seq)]

    def answers(self) -> bool:
        """Whether it accepts connections."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            line.request("GET", "/healthz")
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()


@contextlib.contextmanager
def ours(folder: Path, **more: Any) -> Iterator[Ours]:
    """A server, ended afterwards whatever happens."""
    folder.mkdir(parents=True, exist_ok=True)
    server = Ours(folder, **more)
    try:
        server.start()
        yield server
    finally:
        with contextlib.suppress(AttributeError):
            server.child.end()


def command(kind: str, /, **fields: Any) -> dict[str, Any]:
    """A command with an id of its own."""
    return {"id": f"bench-{time.time_ns():x}-{next(_numbers)}", "type": kind, **fields}
