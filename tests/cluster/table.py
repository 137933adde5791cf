"""The table of faults: run them, keep what was seen, write it down.

``PYTHONPATH=tests:server .venv/bin/python -m cluster.table 20 kill cut …`` runs these
(all, where none is named) so many times and writes FAULTS.md; with 0 it only writes.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median

import msgspec

from cluster.faults import FAULTS, named
from cluster.happening import Fault, Row, happens

HERE = Path(__file__).parent
RUNS = HERE / "runs"
TABLE = HERE / "FAULTS.md"
#: The histories of runs in which a promise did not hold.
LEFT = HERE.parent / "artifacts"

HEAD = """\
# What faults do to a meeting on three servers

Written by `cluster.table` from `runs/`; `test_faults.py` holds the two together.

Each run: a new meeting, ten devices (three operators, seven delegations) on three
servers, each device with seven commands on their way. The fault comes while so many
wait for an answer as *in flight* says (the fewest of the runs). A device that hears
nothing for 3 s goes to another server and asks again with the same id. *Again* is
from the fault until each of the ten devices had a final answer to something that it
had sent after the fault (median and longest of the runs); *lasts* is how long that
which is broken stays so. Redis has `appendfsync always`; where there is a replica, it
has each commit before it is acknowledged (`replicas=1`, which is `WAIT 1`).

*Done* and *refused* are final answers. *Asked anew* are commands that were answered
with `wait` or not at all, and sent again. *Lost* were answered with "done" and are not
in the journal; *twice* are in it twice; *denied* were answered with "no" and are in
it; *order* counts positions at which a device was told another order than the
journal's, of those compared; *apart* are devices whose screen at the end is not what a
new device is shown. *As one* says in how many runs a checker for linearizability
accepted the whole history.
"""
COLUMNS = (
    "fault",
    "runs",
    "in flight",
    "done",
    "refused",
    "asked anew",
    "of these wait",
    "lost",
    "twice",
    "denied",
    "order",
    "apart",
    "as one",
    "lasts s",
    "again s, median",
    "again s, longest",
)
FOOT = """\
The rows that begin with "without" are what is not promised: there Redis forgets what it
had acknowledged. All of it was told: a new epoch began, every device was welcomed anew
with the numbers that are gone, and who had sent a lost command heard `not_kept`
({told} of {lost}). With a replica and `WAIT` the same two faults lost nothing (the rows
"end of its file cut, Sentinels" and "replica cut off"). The numbers that are named are
those that the first server to notice had seen; where another had been told of one more
before the loss, its devices were shown that too, and these count under *order*.

Clocks: with server clocks an hour before and behind, no commit's time was further than
{clock} ms outside the time between the asking and the answer of its command, both by
the clock of Redis.
"""


def render(rows: Sequence[Row]) -> str:
    """The whole file."""
    lines = [HEAD, _line(COLUMNS), _line(["---"] + ["---:"] * (len(COLUMNS) - 1))]
    for fault in FAULTS:
        found = [row for row in rows if row.fault == fault.name]
        if found:
            lines.append(_line(_cells(fault, found)))
    lossy = [row for row in rows if named(row.fault).lossy]
    clocks = [row.clock_ms for row in rows if row.fault == "clocks"]
    foot = FOOT.format(
        told=sum(row.told for row in lossy),
        lost=sum(row.lost for row in lossy),
        clock=max(clocks, default="?"),
    )
    return "\n".join([*lines, "", foot])


def _cells(fault: Fault, rows: Sequence[Row]) -> list[str]:
    def total(of: Callable[[Row], int]) -> str:
        return f"{sum(map(of, rows)):,}"

    as_one = sum(row.linearizable is True for row in rows)
    return [
        fault.title,
        str(len(rows)),
        str(min(row.in_flight for row in rows)),
        total(lambda row: row.ok),
        total(lambda row: row.no),
        total(lambda row: row.again),
        total(lambda row: row.waited),
        total(lambda row: row.lost),
        total(lambda row: row.twice),
        total(lambda row: row.denied),
        f"{total(lambda row: row.misplaced)} of {total(lambda row: row.compared)}",
        total(lambda row: row.divergent),
        "–" if fault.lossy else f"{as_one} of {len(rows)}",
        f"{median(row.lasted_s for row in rows):.1f}",
        f"{median(row.again_s for row in rows):.1f}",
        f"{max(row.again_s for row in rows):.1f}",
    ]


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def kept() -> list[Row]:
    """What was seen so far, of every fault the last time that it was run."""
    rows: list[Row] = []
    for file in sorted(RUNS.glob("*.json")):
        rows += msgspec.json.decode(file.read_bytes(), type=list[Row])
    return rows


def keep(fault: Fault, rows: Sequence[Row]) -> None:
    """Write down what was seen, in place of what was seen before."""
    RUNS.mkdir(exist_ok=True)
    text = ",\n".join(msgspec.json.encode(row).decode() for row in rows)
    (RUNS / f"{fault.name}.json").write_text(f"[\n{text}\n]\n")
    TABLE.write_text(render(kept()))


def broken(fault: Fault, row: Row) -> list[str]:
    """Which promises did not hold in a run."""
    # where a part of the past is lost, somebody may have been shown more than is named
    order = () if fault.lossy else ("misplaced",)
    wrong = [
        name
        for name in ("twice", "denied", "torn", "divergent", "unknown", *order)
        if getattr(row, name)
    ]
    if row.lost != (row.told if fault.lossy else 0):
        wrong.append("lost")
    if row.linearizable is False:
        wrong.append("linearizable")
    return wrong


async def many(
    fault: Fault, runs: int, say: Callable[[str], None] = print
) -> list[Row]:
    """So many runs of *fault*."""
    rows: list[Row] = []
    while len(rows) < runs:
        with tempfile.TemporaryDirectory() as folder:
            async with fault.stand(Path(folder)) as stand:
                while len(rows) < runs:
                    row, seen, found = await happens(fault, stand, len(rows))
                    rows.append(row)
                    wrong = broken(fault, row)
                    say(f"{fault.name} {row.run}: {row.again_s} s {wrong or ''}")
                    if wrong:
                        say(f"{row} {found.findings} {found.verdict}")
                        LEFT.mkdir(exist_ok=True)
                        seen.history.write(LEFT / f"{fault.name}-{row.run}.jsonl")
                    if fault.once or wrong:
                        break
    return rows


def main(words: Sequence[str]) -> None:
    """As the head of this file says."""
    runs, *names = words or ["20"]
    for name in names or [fault.name for fault in FAULTS]:
        if int(runs):
            keep(named(name), asyncio.run(many(named(name), int(runs))))
    TABLE.write_text(render(kept()))


if __name__ == "__main__":
    main(sys.argv[1:])
