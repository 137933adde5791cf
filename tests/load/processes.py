"""Processes that are measured: started on one core, driven by lines, always ended."""

import contextlib
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILT = HERE / ".built"
PYTHON = sys.executable
SERVER_CORE, LOAD_CORE = 0, 1
ANSWER_S = 120.0
END_S = 10.0


class Ended(Exception):
    """A process did not answer; the text says which, and what it said last."""


class Driven:
    """A child that answers each line on its input with a line of JSON."""

    def __init__(
        self,
        command: Sequence[str | Path],
        core: int,
        env: Mapping[str, str] | None = None,
        log: Path | None = None,
    ) -> None:
        words = [str(each) for each in command]
        self.name = Path(words[0] if "python" not in words[0] else words[1]).name
        self._said = log
        self._log = log.open("ab") if log else None
        self.process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log or None,
            env={**plain_environment(), **(env or {})},
            start_new_session=True,
        )
        os.sched_setaffinity(self.process.pid, {core % cores()})
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def tell(self, *lines: str) -> None:
        """Send lines that have no answer."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write("".join(f"{each}\n" for each in lines).encode())
            self.process.stdin.flush()
        except OSError as error:
            raise Ended(f"{self.name} is gone: {error}") from error

    def ask(self, *lines: str, within_s: float = ANSWER_S) -> Any:
        """Send lines of which the last has an answer; the answer."""
        self.tell(*lines)
        return self.answer(within_s)

    def answer(self, within_s: float = ANSWER_S) -> Any:
        """The next line that it says. Raises :class:`Ended`."""
        try:
            line = self._lines.get(timeout=within_s)
        except queue.Empty:
            raise Ended(f"{self.name} said nothing for {within_s:.0f} s") from None
        if not line:
            raise Ended(f"{self.name} ended ({self.process.poll()}){self._last()}")
        return json.loads(line)

    def signal(self, by: signal.Signals) -> None:
        """Send a signal to the process alone."""
        self.process.send_signal(by)

    def end(self) -> None:
        """End it and whatever it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(END_S)
        if self._log:
            self._log.close()

    def cpu_ns(self) -> int:
        """How long all its threads have run."""
        return scheduled_ns(self.process.pid, 0)

    def waited_ns(self) -> int:
        """How long its threads could have run, and others did."""
        return scheduled_ns(self.process.pid, 1)

    def memory(self) -> int:
        """Bytes of it that are in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(x for x in status.splitlines() if x.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024

    def _last(self) -> str:
        """What it wrote to its log last."""
        if self._said is None:
            return ""
        return f":\n{self._said.read_text(errors='replace')[-3000:]}"

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(b"")


@contextlib.contextmanager
def driven(*args: Any, **more: Any) -> Iterator[Driven]:
    """A :class:`Driven`, ended afterwards whatever happens."""
    child = Driven(*args, **more)
    try:
        yield child
    finally:
        child.end()


def scheduled_ns(pid: int, field: int) -> int:
    """How long a process' threads have run (0), or waited for a core (1)."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):
            total += int((task / "schedstat").read_text().split()[field])
    return total


def plain_environment() -> dict[str, str]:
    """Our own environment without settings of a server."""
    return {k: v for k, v in os.environ.items() if not k.startswith("ROSTRA_")}


def cores() -> int:
    """How many cores there are."""
    return os.cpu_count() or 1


def compiled(source: Path) -> Path:
    """The program made from a C file of this folder, compiled if it has changed."""
    BUILT.mkdir(exist_ok=True)
    program = BUILT / source.stem
    made = program.exists() and program.stat().st_mtime > source.stat().st_mtime
    if not made:
        beside = program.with_suffix(f".{os.getpid()}")
        compiler = os.environ.get("CC", "cc")
        subprocess.run(
            [compiler, "-O2", "-Wall", "-o", str(beside), str(source)], check=True
        )
        os.replace(beside, program)
    return program


def free_port() -> int:
    """A port of the loopback that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
