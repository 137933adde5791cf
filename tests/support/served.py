"""The real server as a process of its own, on a meeting whose limits are seconds.

`rostra demo --no-rehearsal` is what runs: it makes the meeting and writes the links.
The programme and the rules are copies of the shipped ones with shorter limits; there
is no faster clock, no fake journal and nothing of the server is patched.
"""

import asyncio
import csv
import io
import json
import os
import re
import secrets
import signal
import sys
import tomllib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.cli import control
from rostra.cli.office import AnyAsk, Reply
from rostra.core.ids import MeetingId
from rostra.protocol.stored import Record, read

ROOT = Path(__file__).resolve().parents[2]
ROSTRA = Path(sys.executable).with_name("rostra")
START_S = 40
STOP_S = 20
LOOK_AGAIN_S = 0.05

#: Seconds for everybody who asks for the floor, and when the warning begins.
LIMIT_S = 8
WARN_S = 3


Edit = Callable[[str], str]


class ServerError(Exception):
    """The server did not do what a test needs of it; its output is in the text."""


class Served:
    """One server and its meeting."""

    def __init__(
        self, folder: Path, meeting: str, roster: str | None, edit: Edit, rules: Edit
    ) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.links: dict[str, Any] = {}
        self.base = ""
        self.port = 0
        self._programme = quick_copy(folder / "config", meeting, edit, rules)
        self._roster = roster
        self._process: asyncio.subprocess.Process | None = None
        self._http: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Start, the second time on the port of the first; returns when it serves."""
        written = self.folder / "links.json"
        written.unlink(missing_ok=True)
        roster = ("--roster", self._roster) if self._roster else ()
        with (self.folder / "output").open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *(str(ROSTRA), "demo", "--no-rehearsal", "--port", str(self.port)),
                *("--data", str(self.data), "--links", str(written)),
                *("--meeting", str(self._programme), *roster),
                env=environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        await self._until_written(written)
        self.links = json.loads(written.read_text())
        self.base = self.links["base"]
        self.port = int(self.base.rpartition(":")[2])
        if self._http is None:
            self._http = aiohttp.ClientSession()

    async def kill(self) -> None:
        """SIGKILL: nothing is said, flushed or closed."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """SIGTERM, and the exit code is 0."""
        if await self._end(signal.SIGTERM) != 0:
            raise ServerError(self._said("did not end with exit code 0"))

    async def close(self) -> None:
        """Leave nothing running, whatever happened."""
        if self._http is not None:
            await self._http.close()
            self._http = None
        if self._process is not None:
            await self.kill()

    def token(self, who: str) -> str:
        """The token of an office (``moderator``) or of a delegation (``KEN``)."""
        return self.url(who).partition("#")[2]

    def url(self, who: str) -> str:
        """The personal link of an office or of a delegation."""
        found = self.links.get(who) or self.links["delegations"][who]
        assert isinstance(found, str)
        return found

    @property
    def meeting(self) -> str:
        """The meeting's id."""
        return str(self.links["meeting"])

    async def command(
        self, kind: str, /, *, by: str = "moderator2", **fields: Any
    ) -> Any:
        """What another operator does elsewhere: a command over REST, its result."""
        answer = await self.answer(kind, by=by, **fields)
        assert answer["outcome"] == "ok", answer
        return answer["result"]

    async def answer(
        self, kind: str, /, *, by: str = "moderator2", **fields: Any
    ) -> Any:
        """The whole answer to a command over REST, which may be a refusal."""
        body = {"type": kind, "id": secrets.token_hex(8), **fields}
        path = f"/api/v1/meetings/{self.meeting}/commands"
        return await self._ask("POST", path, by, body)

    async def state(self, by: str = "moderator2") -> Any:
        """The whole view of one who holds that link: ``seq``, ``state``, ``mine``."""
        return await self._ask("GET", f"/api/v1/meetings/{self.meeting}", by)

    async def collection(self, name: str, by: str = "moderator2") -> Any:
        """One collection of that view, entities by id."""
        return (await self.state(by))["state"]["collections"].get(name, {})

    async def order(self, name: str, by: str = "moderator2") -> list[Any]:
        """The requests of a list, from its head on."""
        state = (await self.state(by))["state"]
        requests = state["collections"]["requests"]
        return [requests[each] for each in state["order"].get(name, [])]

    async def log(self, by: str = "rapporteur") -> Any:
        """The rows of the log."""
        path = f"/api/v1/meetings/{self.meeting}/log"
        return (await self._ask("GET", path, by))["rows"]

    async def csv(self, by: str = "rapporteur") -> list[dict[str, str]]:
        """The rows of the log as a spreadsheet has them, by their columns."""
        assert self._http is not None
        url = f"{self.base}/api/v1/meetings/{self.meeting}/log.csv"
        headers = {"Authorization": f"Bearer {self.token(by)}"}
        async with self._http.get(url, headers=headers) as answer:
            text = (await answer.read()).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    async def ask(self, question: AnyAsk) -> Any:
        """What the command line asks over the control socket."""
        raw = await control.ask(self.data, msgspec.json.encode(question))
        reply = msgspec.json.decode(raw, type=Reply)
        assert not reply.sorry, reply.sorry
        return reply.value

    async def journal(self) -> list[Record]:
        """Every commit of the meeting, read from the disk once nobody serves."""
        if self._process is not None:
            await self.stop()
        journal = await SqliteJournal.open(self.data)
        try:
            commits = journal.read(MeetingId(self.meeting), 0)
            return [read(each) async for each in commits]
        finally:
            await journal.close()

    async def _ask(self, method: str, path: str, by: str, body: Any = None) -> Any:
        assert self._http is not None
        headers = {"Authorization": f"Bearer {self.token(by)}"}
        async with self._http.request(
            method, self.base + path, json=body, headers=headers
        ) as answer:
            return await answer.json(content_type=None)

    async def _until_written(self, file: Path) -> None:
        assert self._process is not None
        deadline = asyncio.get_running_loop().time() + START_S
        while not file.exists():
            if self._process.returncode is not None:
                raise ServerError(self._said("ended at once"))
            if asyncio.get_running_loop().time() > deadline:
                raise ServerError(self._said(f"does not serve after {START_S} s"))
            await asyncio.sleep(LOOK_AGAIN_S)

    async def _end(self, by: signal.Signals) -> int:
        process = self._process
        assert process is not None
        self._process = None
        if process.returncode is None:
            process.send_signal(by)
        try:
            return await asyncio.wait_for(process.wait(), STOP_S)
        except TimeoutError:
            process.kill()
            await process.wait()
            raise ServerError(self._said(f"runs {STOP_S} s after {by.name}")) from None

    def _said(self, what: str) -> str:
        output = (self.folder / "output").read_text(errors="replace")
        return f"the server {what}:\n{output[-4000:]}"


@asynccontextmanager
async def serving(
    folder: Path,
    meeting: str = "closing-discussion",
    *,
    roster: str | None = None,
    edit: Edit = lambda text: text,
    rules: Edit | None = None,
) -> AsyncIterator[Served]:
    """A server on a copy of the programme *meeting*, ended afterwards.

    *edit* fills gaps of the programme, as the secretariat would. *rules* does the same
    with its profile; without it all limits are of seconds.
    """
    served = Served(folder, meeting, roster, edit, rules or quick)
    try:
        await served.start()
        yield served
    finally:
        await served.close()


def environment() -> Mapping[str, str]:
    """The test's own environment without settings of a server; no rate is in the way.

    A test presses faster than people do; that rates hold is tested elsewhere.
    """
    kept = ("ROSTRA_STATIC_DIR", "ROSTRA_TEMPLATES_DIR")
    plain = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("ROSTRA_") or name in kept
    }
    fast = {
        f"ROSTRA_RATES__{role}__{what}": "5000"
        for role in ("MODERATOR", "DELEGATE")
        for what in ("PER_S", "BURST")
    }
    hosts = {"ROSTRA_HOSTS": "127.0.0.1"}  # by whatever port: lines have their own
    return {**plain, **fast, **hosts, "PYTHONUNBUFFERED": "1"}


def quick_copy(config: Path, meeting: str, edit: Edit, change: Edit) -> Path:
    """A programme, shipped or the tests' own, and beside it its rules, changed."""
    shipped = ROOT / "config"
    folders = (shipped / "meetings", ROOT / "tests/data/meetings")
    found = (folder / f"{meeting}.toml" for folder in folders)
    text = next(file for file in found if file.exists()).read_text(encoding="utf-8")
    profile = tomllib.loads(text)["profile"]
    rules = (shipped / "profiles" / f"{profile}.toml").read_text(encoding="utf-8")
    for kind, name, content in (
        ("meetings", meeting, edit(text)),
        ("profiles", profile, change(rules)),
    ):
        (config / kind).mkdir(parents=True)
        (config / kind / f"{name}.toml").write_text(content, encoding="utf-8")
    return config / "meetings" / f"{meeting}.toml"


def plates(roster: str) -> dict[str, str]:
    """The English names on the plates of a shipped roster, by code."""
    file = ROOT / "config/rosters" / f"{roster}.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["plate_en"] for row in csv.DictReader(lines)}


def as_shipped(rules: str) -> str:
    """The profile as it is shipped: for meetings in which no limit is waited for."""
    return rules


def quick(rules: str) -> str:
    """*rules* with one short limit for all kinds and tiers, and a short warning."""
    before, limits, after = re.split(r"^(?=\[limits\]|\[tiers\])", rules, flags=re.M)
    limits = re.sub(r"= *\d+", f"= {LIMIT_S}", limits)
    warn = f"warn = [[1000000, {WARN_S}]]"
    before, found = re.subn(r"^warn = .*$", warn, before, flags=re.M)
    assert found == 1, "the profile has no line that begins with warn"
    return before + limits + after
