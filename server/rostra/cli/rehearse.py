"""``rostra rehearse``: a meeting with many people, to see if a server is enough."""

import argparse
import asyncio
import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from msgspec import structs

from rostra.cli.demo import INVENTED
from rostra.cli.files import Material, read_meeting
from rostra.cli.mixture import mixed
from rostra.cli.office import Sorry
from rostra.cli.plainly import EXIT_INTERRUPTED, plainly, settings_of
from rostra.cli.rehearsal_links import (
    Links,
    check_enough,
    check_may_play,
    of_rows,
    read_links,
)
from rostra.cli.rehearsal_server import FarServer, own_server
from rostra.rehearsal.bustle import EACH_PER_S
from rostra.rehearsal.crew import Cast
from rostra.rehearsal.play import Host, Plan, Play
from rostra.rehearsal.report import Report, as_json, report
from rostra.rehearsal.words import in_words

EXIT_BROKEN = 1
#: A line of progress so often where it cannot be written over.
LINE_S = 10.0
MOST_DELEGATES = 250


@plainly
def run(args: argparse.Namespace) -> int:
    """Rehearse; 1 if a promise was broken."""
    _check(args)
    try:
        made = asyncio.run(_local(args) if args.local else _there(args))
    except asyncio.CancelledError:
        return EXIT_INTERRUPTED
    print(in_words(made), end="")
    if args.json:
        text = json.dumps(as_json(made), indent=2)
        Path(args.json).write_text(f"{text}\n", encoding="utf-8")
    return 0 if made.kept else EXIT_BROKEN


def _check(args: argparse.Namespace) -> None:
    """What does not go together. Raises :class:`Sorry`."""
    if args.to is not None and args.links is None:
        raise Sorry(
            "--to needs the links of a meeting of that server: --links FILE. Write "
            "them there with: rostra links MEETING --csv > links.csv"
        )
    if args.to is not None and args.restart:
        raise Sorry("Only a server of our own is restarted: --restart with --local.")
    if args.delegates > MOST_DELEGATES:
        raise Sorry(f"At most {MOST_DELEGATES} delegations act; others can listen.")
    most = EACH_PER_S * args.delegates
    if args.changes_per_second is not None and args.changes_per_second > most:
        raise Sorry(
            f"{args.delegates} delegations make at most {most:g} changes a second: a "
            "server takes no more commands from one link. Let more of them act."
        )


async def _local(args: argparse.Namespace) -> Report:
    """On a server that is made for it, and removed."""
    material = read_meeting(args.meeting, args.roster)
    with tempfile.TemporaryDirectory(prefix="rostra-rehearse-") as folder:
        settings = structs.replace(settings_of(args), data=folder, link_key_file="")
        async with own_server(settings, args.config, material) as (server, rows):
            links = of_rows(rows)
            source = f"The roster {material.roster.id}"
            check_enough(links, source, args.delegates, args.listeners)
            codes = _played(material, links, args.delegates)
            invented = material.roster.id == INVENTED
            cast = _cast(args, server.url, links, codes, lively=invented)
            groups = tuple(material.roster.groups)
            cast = structs.replace(cast, groups=groups)
            return await _play(args, server.url, links, cast, server)


async def _there(args: argparse.Namespace) -> Report:
    """On somebody's server, with the links of a meeting of it."""
    links = read_links(args.links)
    check_enough(links, args.links, args.delegates, args.listeners)
    check_may_play(args.to, links, sure=args.yes)
    codes = list(links.delegations)[: args.delegates]
    server = FarServer(args.to)
    cast = _cast(args, server.url, links, codes, lively=False)
    return await _play(args, server.url, links, cast, server)


def _played(material: Material, links: Links, count: int) -> list[str]:
    """Which delegations act: some of everywhere, none that has a speaker."""
    plans = material.programme.segments
    busy = frozenset(s.entity for p in plans for s in p.speakers if s.entity)
    codes = [code for code in mixed(material.roster, count, busy)]
    return [code for code in codes if code in links.delegations]


def _cast(
    args: argparse.Namespace, base: str, links: Links, codes: list[str], *, lively: bool
) -> Cast:
    return Cast(
        base=base,
        operator=links.operator if links.operators else "",
        delegations={code: links.delegations[code] for code in codes},
        manners="lively" if lively else "courteous",
        seed=args.seed,
        changes_per_s=args.changes_per_second,
        rush=args.rush,
    )


async def _play(
    args: argparse.Namespace, base: str, links: Links, cast: Cast, host: Host
) -> Report:
    plan = Plan(
        base=base,
        cast=cast if cast.delegations else None,
        tokens=tuple(links.listening[:1]),
        listeners=args.listeners,
        seconds=args.minutes * 60,
        joins_per_s=args.joins_per_second,
        processes=args.processes,
        restart=args.restart,
    )
    progress = Progress(sys.stdout.isatty())
    play = Play(plan, host, progress.tell, progress.say)
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, _stopper(play))
    try:
        found = await play.run()
    finally:
        progress.end()
    return report(found)


def _stopper(play: Play) -> Callable[[], None]:
    """The first Ctrl-C ends it with the report so far, the second at once."""
    task = asyncio.current_task()
    asked = False

    def stop() -> None:
        nonlocal asked
        if asked and task is not None:
            task.cancel()
        asked = True
        play.stop()

    return stop


class Progress:
    """One line that is written over on a terminal; elsewhere one every ten seconds."""

    def __init__(self, terminal: bool) -> None:
        self._terminal = terminal
        self._next = 0.0
        self._shown = False

    def tell(self, play: Play) -> None:
        """Show how far it is."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (1.0 if self._terminal else LINE_S)
        line = progress_line(play)
        if self._terminal:
            print(f"\r\x1b[K{line}", end="", flush=True)
            self._shown = True
        else:
            print(line, flush=True)

    def say(self, sentence: str) -> None:
        """Say something in between."""
        self.end()
        print(sentence, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self._shown:
            print()
            self._shown = False


def progress_line(play: Play) -> str:
    """What is going on, for the eye."""
    found, seconds = play.found, int(play.seconds)
    line = f"{seconds // 60}:{seconds % 60:02}  {play.phase}: "
    line += f"{play.joined:,} of {play.plan.listeners:,} listeners"
    if found.began:
        seqs = {row["seq"] for row in found.rows}
        line += f", {len(seqs):,} changes"
    last = next((r for r in reversed(found.rows) if r["count"] > 1), None)
    if last is not None:
        took = (last["last"] - last["first"]) / 1e6
        line += f", the last one reached all within {took:.0f} ms of the first"
    broken = sum(sum(state["breaks"].values()) for state in found.states)
    return line + (f", BROKEN {broken}" if broken else "")
