"""A whole rehearsal against a real server that is killed in the middle."""

import asyncio
import contextlib
import csv
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rostra.cli.parser import main
from rostra.rehearsal.crew import Cast, Crew
from test_main import free_port, get

ROSTRA = str(Path(sys.executable).with_name("rostra"))
MEETING = "closing-discussion"


@contextlib.contextmanager
def server(data: str, port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server that is ready."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith("ROSTRA_")}
    args = [ROSTRA, "serve", "--data", data, "--port", str(port)]
    with log.open("a") as out:
        process = subprocess.Popen(args, stdout=out, stderr=out, env=plain)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def seq_beyond(url: str, token: str, seq: int, limit_s: float = 25) -> int:
    """The meeting's seq once it is greater than that."""
    async with asyncio.timeout(limit_s):
        while True:
            body = await asyncio.to_thread(get, url, token)
            if body is not None and body["seq"] > seq:
                return int(body["seq"])
            await asyncio.sleep(0.2)


async def test_a_rehearsal_goes_on_after_the_server_was_killed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, port, log = str(tmp_path / "data"), free_port(), tmp_path / "log"
    args = ["--data", data, "--roster", "fictional"]
    assert await asyncio.to_thread(main, ["import", MEETING, *args]) == 0
    capsys.readouterr()
    args = ["links", MEETING, "--data", data, "--csv"]
    assert await asyncio.to_thread(main, args) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    tokens = {row["code"] or row["name"]: row["url"].split("#")[1] for row in rows}
    base = f"http://127.0.0.1:{port}"
    url, token = f"{base}/api/v1/meetings/{MEETING}", tokens["Operator 1"]
    cast = Cast(
        base=base,
        operator=tokens["Operator 2"],
        delegations={code: tokens[code] for code in list(tokens)[20:28]},
    )
    said: list[str] = []
    rehearsal = asyncio.create_task(Crew(cast, said.append).run())
    try:
        with server(data, port, log) as first:
            before = await seq_beyond(url, token, 10)
            first.send_signal(signal.SIGKILL)
            first.wait()
        with server(data, port, log):
            await seq_beyond(url, token, before + 2)
    finally:
        rehearsal.cancel()
        await asyncio.wait({rehearsal})
    assert rehearsal.cancelled()
    assert said == [], "the operator took the restart for a person"
