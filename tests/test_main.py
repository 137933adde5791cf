"""The server as a process: it starts, is asked over its socket, lives, and ends."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar, cast

import msgspec
import pytest

from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.cli import control
from rostra.cli.address import base_url, own_names
from rostra.cli.office import AskMeetings
from rostra.cli.parser import main
from rostra.config import Settings
from rostra.core.events import ListClosed
from rostra.core.ids import Instant
from rostra.main import Ending, House, until_the_end
from rostra.protocol.stored import read
from support.rooms import MEETING as HARBOUR
from support.rooms import HandClock, Sender, begin, on_list, opened

ROSTRA = str(Path(sys.executable).with_name("rostra"))
MEETING = "closing-discussion"
FIRST_S = 40

T = TypeVar("T")


class Process:
    """A running ``rostra`` and what it writes."""

    def __init__(self, folder: Path, *args: str) -> None:
        self.port = free_port()
        self.output = folder / f"output-{self.port}"
        plain = {k: v for k, v in os.environ.items() if not k.startswith("ROSTRA_")}
        with self.output.open("w") as out:
            self.process = subprocess.Popen(
                [ROSTRA, *args, "--port", str(self.port)],
                stdout=out,
                stderr=out,
                env=plain,
            )

    def end(self, number: int = signal.SIGTERM) -> int:
        """Signal it and wait; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=15)

    def wait_for(self, look: Callable[[], T | None], limit_s: float = 20) -> T:
        """What *look* finds at last; fails with what the process wrote."""
        until = time.monotonic() + limit_s
        while (found := look()) is None:
            dead = self.process.poll() is not None
            if dead or time.monotonic() > until:
                pytest.fail(self.output.read_text()[-3000:])
            time.sleep(0.1)
        return found

    def ready(self) -> "Process":
        """Wait until it says that it is ready."""
        self.wait_for(lambda: get(f"http://127.0.0.1:{self.port}/readyz"))
        return self


@contextlib.contextmanager
def running(folder: Path, *args: str) -> Iterator[Process]:
    """A ``rostra`` that does not outlive the test."""
    made = Process(folder, *args)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.process.kill()
            made.process.wait()


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(url: str, token: str = "") -> Any | None:
    """The JSON of a 200, else None."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.load(answer)
    except OSError:
        return None


def press(links: dict[str, Any], command: dict[str, Any]) -> dict[str, Any]:
    """Send a command as the first operator; its answer."""
    token = links["moderator"].partition("#")[2]
    request = urllib.request.Request(
        f"{links['base']}/api/v1/meetings/{links['meeting']}/commands",
        data=json.dumps(command).encode(),
        headers={
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def read_links(file: Path) -> dict[str, Any] | None:
    """The links file once it is there."""
    if not file.exists():
        return None
    links: dict[str, Any] = json.loads(file.read_text())
    return links


def view(links: dict[str, Any]) -> dict[str, Any] | None:
    """The meeting's collections as the operator sees them."""
    url = f"{links['base']}/api/v1/meetings/{links['meeting']}"
    body = get(url, links["moderator"].partition("#")[2])
    return body["state"]["collections"] if body else None


def speaking(links: dict[str, Any]) -> dict[str, Any] | None:
    """The collections once somebody speaks."""
    found = view(links)
    floor = found["floor"].values() if found else ()
    return found if any(each["phase"] == "speaking" for each in floor) else None


def test_serve_is_ready_answers_the_command_line_and_ends_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = str(tmp_path / "data")
    with running(tmp_path, "serve", "--data", data) as server:
        server.ready()
        assert (tmp_path / "data/control.sock").stat().st_mode & 0o777 == 0o600
        assert main(["import", MEETING, "--data", data]) == 0
        capsys.readouterr()
        assert main(["links", MEETING, "--data", data, "--role", "viewer"]) == 0
        url = capsys.readouterr().out.split()[-1]
        assert url.startswith(f"http://127.0.0.1:{server.port}/join#rl_{MEETING}.")
        token = url.partition("#")[2]
        base = f"http://127.0.0.1:{server.port}"
        assert get(f"{base}/api/v1/meetings/{MEETING}", token)
        assert main(["export", MEETING, "--commits", "--data", data]) == 0
        assert capsys.readouterr().out.startswith('{"seq":1,')
        assert main(["healthcheck", "--url", base]) == 0
        assert server.end() == 0
        assert "rl_" not in server.output.read_text()
    assert not (tmp_path / "data/control.sock").exists()
    assert main(["healthcheck", "--url", base]) == 1
    assert main(["links", MEETING, "--data", data, "--role", "viewer"]) == 0
    assert capsys.readouterr().out.split()[-1].partition("#")[2] == token


def test_a_second_server_on_the_same_folder_refuses_in_a_sentence(
    tmp_path: Path,
) -> None:
    data = str(tmp_path / "data")
    with running(tmp_path, "serve", "--data", data) as one:
        one.ready()
        with running(tmp_path, "serve", "--data", data) as two:
            assert two.process.wait(timeout=15) == 2
            assert "Another Rostra server is using" in two.output.read_text()
        taken = subprocess.run(
            [ROSTRA, "serve", "--port", str(one.port), "--data", f"{data}2"],
            capture_output=True,
            text=True,
            timeout=15,
            check=False,
        )
        assert taken.returncode == 2
        assert "Another program listens at" in taken.stderr
        assert one.end(signal.SIGINT) == 0


def test_the_demo_lives_and_its_operator_steps_back_for_a_person(
    tmp_path: Path,
) -> None:
    file = tmp_path / "links.json"
    args = ("--links", str(file), "--roster", "fictional", "--delegations", "12")
    with running(tmp_path, "demo", *args) as demo:
        links = demo.wait_for(lambda: read_links(file))
        assert_complete(links, f"http://127.0.0.1:{demo.port}")
        assert file.stat().st_mode & 0o777 == 0o600
        seen = demo.wait_for(lambda: speaking(links), FIRST_S)
        assert seen["meeting"]["meeting"]["state"] == "in_session"
        rows = seen["lists"].values()
        assert sum(row["count"] for row in rows) >= 3
        answer = press(
            links, {"id": "a-person-1", "type": "announce", "text": "A person is here."}
        )
        assert answer["outcome"] == "ok"
        demo.wait_for(
            lambda: "steps back." in demo.output.read_text() or None, limit_s=15
        )
        assert demo.end(signal.SIGINT) == 0
    text = demo.output.read_text()
    assert "Traceback" not in text
    assert text.count("steps back.") == 1
    assert "The programme starts now" in text


def assert_complete(links: dict[str, Any], base: str) -> None:
    """Every link the issue names, and at least forty delegations."""
    assert links["base"] == base
    assert links["meeting"] == MEETING
    offices = ("chair", "desk", "rapporteur", "viewer", "display")
    urls = [links[name] for name in ("moderator", "moderator2", *offices)]
    urls += links["delegations"].values()
    assert len(links["delegations"]) >= 40
    assert len(set(urls)) == len(urls)
    assert all(url.startswith(f"{base}/join#rl_{MEETING}.") for url in urls)


def test_a_demo_with_a_data_folder_goes_on_where_it_was(tmp_path: Path) -> None:
    file, data = tmp_path / "links.json", str(tmp_path / "data")
    args = ("--links", str(file), "--data", data, "--no-rehearsal")
    seen = []
    for _ in range(2):
        file.unlink(missing_ok=True)
        with running(tmp_path, "demo", *args) as demo:
            links = demo.wait_for(lambda: read_links(file))
            seen.append(links["moderator"].partition("#")[2])
            assert view(links)
            assert demo.end() == 0
    assert seen[0] == seen[1]
    assert "goes on" in demo.output.read_text()


@pytest.mark.parametrize(
    ("host", "base", "expected"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:80"),
        ("::1", "", "http://[::1]:80"),
        ("0.0.0.0", "https://floor.example.org/", "https://floor.example.org"),
    ],
)
def test_the_base_is_what_people_can_reach(host: str, base: str, expected: str) -> None:
    assert base_url(Settings(host=host, base=base), 80) == expected


def test_every_address_means_the_address_in_the_network() -> None:
    settings = Settings(host="0.0.0.0")
    base = base_url(settings, 80)
    assert "0.0.0.0" not in base
    assert base.partition("://")[2] in own_names(settings, 80)


async def test_a_failed_journal_ends_the_server_with_code_75() -> None:
    failed: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    house = House(*cast(Any, (None, None, SimpleNamespace(failed=failed), None, None)))
    failed.set_result("The disk failed.")
    assert await until_the_end(Ending(), house, None) == 75


async def test_what_runs_beside_the_server_ends_with_it_and_may_not_fail() -> None:
    ending, ended = Ending(), asyncio.Event()
    never: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    house = House(*cast(Any, (None, None, SimpleNamespace(failed=never), None, None)))

    async def company() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(60)
        finally:
            ended.set()

    async def failing() -> None:
        raise ValueError("no such meeting")

    assert await until_the_end(ending, house, company()) == 0
    assert ended.is_set()
    with pytest.raises(ValueError, match="no such meeting"):
        await until_the_end(Ending(), house, failing())


async def test_a_list_closes_on_time_though_nobody_comes_after_the_start(
    tmp_path: Path,
) -> None:
    now = int(time.time() * 1000)
    journal = await SqliteJournal.open(tmp_path)
    async with opened(journal, HandClock(now - 60_000)) as (_, room):
        await begin(room)
        closing = {"closes_at": now - 1_000, "expect": on_list(room.meeting)}
        await Sender(room, "op1").ok("announce_closing", **closing)
        await journal.alive([HARBOUR], Instant(now - 30_000))
    seq = (await journal.meetings())[0].head.seq
    await journal.close()
    with running(tmp_path, "serve", "--data", str(tmp_path)) as server:
        server.ready()
        asked = msgspec.json.encode(AskMeetings())
        async with asyncio.timeout(10):
            while True:
                told = msgspec.json.decode(await control.ask(tmp_path, asked))
                if told["value"][0]["seq"] > seq:
                    break
                await asyncio.sleep(0.05)
        assert server.end() == 0
    journal = await SqliteJournal.open(tmp_path)
    commits = [commit async for commit in journal.read(HARBOUR, seq)]
    await journal.close()
    happened = [type(event) for each in commits for event in read(each).events]
    assert ListClosed in happened
