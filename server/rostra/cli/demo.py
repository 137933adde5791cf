"""``rostra demo``: a server, an open meeting, and people who rehearse in it."""

import argparse
import asyncio
import contextlib
import errno
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import structs

from rostra.cli.files import REHEARSAL, Material, founding, read_meeting, rebased
from rostra.cli.logs import set_up
from rostra.cli.mixture import mixed
from rostra.cli.office import AskCreate, LinkRow, Office
from rostra.cli.plainly import plainly, settings_of
from rostra.cli.serve import taken
from rostra.config import Log, Settings
from rostra.core.ids import Code, MeetingId, Role
from rostra.engine.ports import Clock
from rostra.main import Served, serve
from rostra.rehearsal.crew import Cast, Crew
from rostra.web import qr

PORTS_TRIED = 20
#: Rosters of invented delegations, which may misbehave in a rehearsal (RULES 12).
INVENTED = "fictional"
TITLES: dict[Role, str] = {
    "moderator": "Operator's console",
    "chair": "Presiding officer",
    "desk": "Technical desk",
    "rapporteur": "Rapporteur's log",
    "viewer": "Viewer",
    "display": "Display",
}


@plainly
def run(args: argparse.Namespace) -> int:
    """Serve the demo until Ctrl-C."""
    settings = settings_of(args)
    set_up(Log(format="text", level="warning"))
    material = read_meeting(args.meeting, args.roster)
    with _folder(args.data) as data:
        settings = structs.replace(settings, data=data)
        demo = Demo(args, material)
        return _serve_somewhere(settings, demo, free=not named_a_port(args))


def _serve_somewhere(settings: Settings, demo: "Demo", *, free: bool) -> int:
    """Serve; on the next port where the usual one is taken and none was asked for."""
    for port in range(settings.port, settings.port + PORTS_TRIED):
        attempt = structs.replace(settings, port=port)
        try:
            return asyncio.run(serve(attempt, demo.beside))
        except OSError as error:
            if not free or error.errno != errno.EADDRINUSE:
                raise taken(attempt, error) from error
            print(f"Port {port} is taken; trying the next one.")
    raise OSError(errno.EADDRINUSE, f"ports {settings.port} and on are all taken")


def named_a_port(args: argparse.Namespace) -> bool:
    """Whether a port was asked for; else another will do as well as the usual one."""
    return args.port is not None or "ROSTRA_PORT" in os.environ


@contextlib.contextmanager
def _folder(told: str | None) -> Iterator[str]:
    if told is not None:
        yield told
        return
    with tempfile.TemporaryDirectory(prefix="rostra-demo-") as made:
        yield made


class Demo:
    """What happens beside the server, from the moment that it listens.

    ``crew`` is who rehearses, once they do.
    """

    def __init__(self, args: argparse.Namespace, material: Material) -> None:
        self._args = args
        self._material = material
        self._meeting = MeetingId(material.programme.id)
        self.crew: Crew | None = None

    async def beside(self, served: Served) -> None:
        """Make the meeting, say where it is, rehearse until cancelled."""
        rows = await self.made(served.office, served.clock)
        await self.play(rows, served.base, served.local)

    async def made(self, office: Office, clock: Clock) -> list[LinkRow]:
        """Make the meeting unless it is there; its links."""
        if not await self._is_there(office):
            await self._make(office, clock)
        return await office.links(self._meeting)

    async def play(self, rows: list[LinkRow], base: str, local: str) -> None:
        """Say that the meeting is at *base*, and rehearse in it at *local*."""
        pads = {row.delegation: row for row in rows if row.delegation is not None}
        count = self._simulated()
        *others, visitor = mixed(self._material.roster, count + 1, self._busy())
        played = [*others, visitor][:count]
        self._tell(base, rows, pads[visitor])
        if self._args.links:
            write(Path(self._args.links), links_json(self._meeting, base, rows))
        if played:
            self.crew = Crew(self._cast(local, rows, played), self._say)
            await self.crew.run()

    def _simulated(self) -> int:
        return 0 if self._args.no_rehearsal else int(self._args.delegations)

    def _busy(self) -> frozenset[Code]:
        """Entities that the programme gives to named speakers: not played."""
        plans = self._material.programme.segments
        return frozenset(s.entity for p in plans for s in p.speakers if s.entity)

    async def _is_there(self, office: Office) -> bool:
        there = any(m["id"] == self._meeting for m in await office.meetings())
        if there:
            self._say(f"The meeting {self._meeting} is there already and goes on.")
        return there

    async def _make(self, office: Office, clock: Clock) -> None:
        now = clock.now()
        made = rebased(self._material, now)
        made_of = founding(made, now, rehearsal=True)
        await office.create(AskCreate(founding=made_of))
        plan, zone = self._material.programme, made.programme.zone
        asked = f", not at {plan.starts} on {plan.date}" if plan.starts else ""
        self._say(
            f"The programme starts now, at {made.programme.starts} ({zone}){asked}: "
            "so its forecasts mean something."
        )

    def _tell(self, base: str, rows: list[LinkRow], pad: LinkRow) -> None:
        title = self._material.programme.title
        print(f"\n{title}, at {base}\n")
        shown: set[str] = set()
        for row in rows:
            if row.role in TITLES and row.role not in shown:
                shown.add(row.role)
                print(f"  {TITLES[row.role]:20} {row.url}")
        print(f"  {'A pad':20} {pad.url}\n  {'':20} ({pad.name})\n")
        qr.to_terminal(pad.url)
        if base.startswith(("http://127.", "http://localhost")):
            print("For phones in the same network: --host 0.0.0.0")
        if self._simulated():
            print(
                f"{self._simulated()} delegations are simulated, and an operator, who "
                "steps back when you operate."
            )
        kept = self._args.data or "in a temporary folder, removed at the end"
        print(f"Data: {kept}. Ctrl-C stops the server.", flush=True)

    def _cast(self, local: str, rows: list[LinkRow], played: list[Code]) -> Cast:
        invented = self._material.roster.id == INVENTED
        tokens = {row.delegation: _token(row) for row in rows if row.delegation}
        operators = [row for row in rows if row.role == "moderator"]
        operator = next((r for r in operators if r.label == REHEARSAL), operators[-1])
        return Cast(
            base=local,
            operator=_token(operator),
            delegations={code: tokens[code] for code in played if code in tokens},
            groups=tuple(self._material.roster.groups),
            manners="lively" if invented else "courteous",
            seed=self._args.seed,
        )

    def _say(self, sentence: str) -> None:
        print(sentence, flush=True)


def links_json(meeting: str, base: str, rows: list[LinkRow]) -> dict[str, Any]:
    """One link of each office, a second operator's and rapporteur's, and every
    delegation's.
    """
    first: dict[str, str] = {}
    for row in rows:
        first.setdefault(row.role, row.url)
    operators = [row.url for row in rows if row.role == "moderator"]
    rapporteurs = [row.url for row in rows if row.role == "rapporteur"]
    offices = ("moderator", "chair", "desk", "rapporteur", "viewer", "display")
    return {
        "meeting": meeting,
        "base": base,
        **{role: first[role] for role in offices},
        "moderator2": operators[1],
        "rapporteur2": rapporteurs[-1],
        "delegations": {row.delegation: row.url for row in rows if row.delegation},
    }


def write(path: Path, links: dict[str, Any]) -> None:
    """Write the links for their owner alone, all at once."""
    beside = path.with_name(f".{path.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(links, file, indent=2)
        file.write("\n")
    os.replace(beside, path)


def _token(row: LinkRow) -> str:
    return row.url.partition("#")[2]
