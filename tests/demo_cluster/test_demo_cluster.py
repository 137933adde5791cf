"""`make demo-cluster`, as a newcomer sees it: a server is killed, the others go on."""

import html
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

ROOT = Path(__file__).resolve().parents[2]
DELEGATIONS = 12
WITHIN_S = 40

T = TypeVar("T")


class Demo:
    """The demo as a process, and its page."""

    def __init__(self, folder: Path) -> None:
        self.output = folder / "output"
        plain = {k: v for k, v in os.environ.items() if not k.startswith("ROSTRA_")}
        paths = [str(ROOT / "tests"), *filter(None, [os.environ.get("PYTHONPATH")])]
        ports = ("--port", "0", "--page-port", "0")
        with self.output.open("w") as out:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-um", "demo_cluster", *ports),
                    *("--delegations", str(DELEGATIONS)),
                ],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env={
                    **plain,
                    "PYTHONPATH": os.pathsep.join(paths),
                    "TMPDIR": str(folder),
                },
            )
        self.url = self.until(
            lambda: re.search(r"buttons to end them: (\S+)/\n", self.output.read_text())
        )[1]

    def until(self, look: Callable[[], T | None]) -> T:
        """What *look* finds at last; fails with what the demo wrote."""
        deadline = time.monotonic() + WITHIN_S
        while not (found := look()):
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(self.output.read_text()[-3000:])
            time.sleep(0.2)
        return found

    def page(self) -> str:
        """The page, as text without marks."""
        with urllib.request.urlopen(f"{self.url}/", timeout=5) as answer:
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            text = re.sub(r"<[^>]+>", " ", answer.read().decode())
        return re.sub(r"\s+", " ", html.unescape(text))

    def held(self) -> dict[str, int]:
        """How many are connected to each server that serves."""
        found = re.findall(
            r"Server (\w) Serves process \d+ (\d+) connected", self.page()
        )
        return {name: int(many) for name, many in found}

    def press(self, act: str, origin: str | None = None, **fields: str) -> int:
        """A button's press; the answer's status."""
        request = urllib.request.Request(
            f"{self.url}/{act}",
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Origin": origin or self.url},
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def children(self) -> set[int]:
        """Its processes that live, whichever of its threads started them."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return {int(each) for task in tasks for each in task.read_text().split()}


@contextmanager
def running(folder: Path) -> Iterator[Demo]:
    """The demo; nothing of it outlives the test."""
    demo = Demo(folder)
    try:
        yield demo
    finally:
        children = demo.children() if demo.process.poll() is None else set()
        demo.process.kill()
        demo.process.wait()
        for child in children:
            os.kill(child, signal.SIGKILL)


def test_whoever_was_on_a_killed_server_goes_on_with_the_others(
    tmp_path: Path,
) -> None:
    everybody = DELEGATIONS + 1
    with running(tmp_path) as demo:
        before = demo.until(
            lambda: held if sum((held := demo.held()).values()) == everybody else None
        )
        assert min(before.values()) > 0, before

        assert demo.press("kill", server="b") == 200
        after = demo.until(
            lambda: (
                held
                if "b" not in (held := demo.held()) and sum(held.values()) == everybody
                else None
            )
        )
        assert set(after) == {"a", "c"}
        assert "b is killed (SIGKILL)" in demo.page()

        assert demo.press("start", server="b") == 200
        demo.until(lambda: "b" in demo.held())
        assert demo.press("stop", server="c") == 200
        demo.until(
            lambda: (
                "c" not in (held := demo.held())
                and sum(held.values()) == everybody
                and "b" in held
            )
        )

        processes = demo.children()
        assert len(processes) == 3  # two servers and Redis
        demo.process.send_signal(signal.SIGINT)
        assert demo.process.wait(timeout=20) == 0
        assert not [pid for pid in processes if Path(f"/proc/{pid}").exists()]
        assert list(tmp_path.iterdir()) == [demo.output]


@pytest.mark.torture
def test_redis_may_be_away_and_nobody_else_may_press(tmp_path: Path) -> None:
    with running(tmp_path) as demo:
        demo.until(lambda: sum(demo.held().values()) == DELEGATIONS + 1)
        assert demo.press("kill", "http://evil.example", server="a") == 403
        assert demo.press("kill", server="z") == 404
        request = urllib.request.Request(f"{demo.url}/", headers={"Host": "evil"})
        with pytest.raises(urllib.error.HTTPError, match="421"):
            urllib.request.urlopen(request, timeout=5)
        assert set(demo.held()) == {"a", "b", "c"}

        assert demo.press("redis") == 200
        demo.until(lambda: "Journal not reached" in demo.page())
        assert sum(demo.held().values()) == DELEGATIONS + 1
        demo.until(lambda: "Redis is back." in demo.page())
        demo.until(lambda: "Journal not reached" not in demo.page())
        assert sum(demo.held().values()) == DELEGATIONS + 1
