"""Several servers, for RESULTS.md: what was measured, and what it means on paper."""

import math
from collections.abc import Callable
from typing import Any

from load import servers_paper as paper
from load.figures import median, rank
from load.servers_paper import NODE, REDIS, SQLITE
from load.verdicts import number, table

Raw = dict[str, Any]

NAMES = {
    SQLITE: "**Rostra** on SQLite",
    REDIS: "**Rostra** on Redis",
    NODE: "Node socket.io, Redis streams",
}
#: What is computed for how many.
LISTENERS = (10_000, 100_000, 1_000_000)
PER_S = (1, 5)


def chosen(runs: list[Raw], kind: str, many: int) -> list[Raw]:
    """The repeats of one kind with so many servers."""
    return [r for r in runs if r["server"] == kind and r["servers"] == many]


def of(runs: list[Raw], value: Callable[[Raw], float]) -> float:
    """The median of *value* over repeats; no number if nothing was measured."""
    return median(map(value, runs)) if runs else math.nan


def middle(runs: list[Raw], name: str) -> float:
    """The median of the repeats' medians."""
    return of([run for run in runs if run[name]], lambda run: median(run[name]))


def p99(runs: list[Raw], name: str) -> float:
    """Of all repeats together; no number if nothing was measured."""
    values = [ms for run in runs for ms in run[name]]
    return rank(values, 0.99) if values else math.nan


def delivery_us(run: Raw) -> float:
    """All CPU of the servers for each delivery."""
    return float(sum(run["busy"]["cpu_ms"]) * 1e3 / run["busy"]["deliveries"])


def redis_ms(run: Raw) -> float:
    """All of Redis' for each change; no number without one."""
    if not run["redis"]:
        return math.nan
    return float(run["busy"]["redis"]["cpu_ms"] / run["busy"]["changes"])


def rest_ms(run: Raw) -> float:
    """What each server takes in a second without listeners and changes."""
    empty = run["empty"]
    return float(sum(empty["cpu_ms"]) / empty["seconds"] / run["servers"])


def out_bytes(run: Raw) -> float:
    """What Redis sends to each server for each change."""
    return paper.out_bytes(run) if run["redis"] else math.nan


#: What is shown of the repeats of one kind.
SHOWN: tuple[tuple[str, Callable[[list[Raw]], float]], ...] = (
    ("CPU µs per delivery", lambda runs: of(runs, delivery_us)),
    ("CPU ms per change", lambda runs: of(runs, lambda r: paper.change_us(r) / 1e3)),
    ("CPU ms/s of each at rest", lambda runs: of(runs, rest_ms)),
    ("Redis CPU ms per change", lambda runs: of(runs, redis_ms)),
    ("ms from the command", lambda runs: middle(runs, "press_ms")),
    ("p99", lambda runs: p99(runs, "press_ms")),
    ("ms from the commit", lambda runs: middle(runs, "commit_ms")),
    ("its p99", lambda runs: p99(runs, "commit_ms")),
    ("Redis bytes per change and server", lambda runs: of(runs, out_bytes)),
)


COMPARED = (
    "CPU µs per delivery",
    "CPU ms per change",
    "Redis CPU ms per change",
    "ms from the command",
    "p99",
)


def section(measured: Raw) -> str:
    """What was measured, and the paper."""
    runs = measured["runs"]
    numbers = sorted({run["servers"] for run in runs})
    shapes = [(SQLITE, 1), *((kind, n) for kind in (REDIS, NODE) for n in numbers)]
    rows = []
    for kind, many in shapes:
        found = chosen(runs, kind, many)
        name = f"{NAMES[kind]}, {many} server{'s' * (many > 1)}"
        rows.append([name, *(number(value(found)) for _, value in SHOWN)])
    repeats = max(len(chosen(runs, kind, many)) for kind, many in shapes)
    redis = next((run["redis"] for run in runs if run["redis"]), "Redis")
    pings = sum(run["idle"]["pings"] for run in runs)
    seconds = sum(run["idle"]["seconds"] * run["listeners"] for run in runs)
    return (
        f"{measured['listeners']:,} listeners in all, {measured['per_s']:g} visible "
        f"changes a second by each server in turn, a delta of {measured['bytes']} "
        f"bytes, a ping for each every {number(seconds / pings)} s, {redis} with every "
        "change on its disk; all servers and Redis on one core, the listeners on the "
        f"other. Medians of {repeats} repeats of everything in turns. CPU per delivery "
        "is all that the servers took in that time, pings and changes included, and "
        "Redis' all that it took; CPU per change is what all servers take together "
        "with nobody there, beyond what they take at rest; milliseconds are from the "
        "command until the last listener of all servers has it, and for Rostra also "
        "from when the server that wrote it hears that it is kept.\n\n"
        f"{table(['', *(name for name, _ in SHOWN)], rows)}\n{_ratios(runs, numbers)}"
        f"\n{_paper(runs, measured['followed'])}"
    )


def _ratios(runs: list[Raw], numbers: list[int]) -> str:
    """Beside Node, and many beside one."""
    shown = [(name, value) for name, value in SHOWN if name in COMPARED]
    rows = []
    for many in numbers:
        ours, theirs = chosen(runs, REDIS, many), chosen(runs, NODE, many)
        values = [value(ours) / value(theirs) for _, value in shown]
        name = f"Rostra beside Node, {many} server{'s' * (many > 1)}"
        rows.append([name, *map(number, values)])
    most = numbers[-1]
    for kind in (REDIS, NODE):
        many, few = chosen(runs, kind, most), chosen(runs, kind, numbers[0])
        values = [value(many) / value(few) for _, value in shown]
        name = f"{NAMES[kind]}, {most} beside {numbers[0]}"
        rows.append([name, *map(number, values)])
    one, alone = chosen(runs, REDIS, 1), chosen(runs, SQLITE, 1)
    values = [value(one) / value(alone) for _, value in shown]
    rows.append(["Rostra, Redis beside SQLite, 1 server", *map(number, values)])
    return table(["how many times as much", *(name for name, _ in shown)], rows)


def _paper(runs: list[Raw], followed: list[Raw]) -> str:
    """What more listeners would need."""
    whole = {paper.many(each) > 0 for each in followed} == {True, False}
    if not whole or not any(run["server"] == REDIS for run in runs):
        return "On paper: nothing, since not all of it was measured.\n"
    cost = paper.costs(runs, followed)
    rows = []
    for listeners in LISTENERS:
        for per_s in PER_S:
            name = f"{listeners:,}, {per_s} a second"
            rows.append([name, *_needed(paper.need(cost, listeners, per_s))])
    head = (
        "listeners, changes|servers|asked for by|core of each|last has it, ms|"
        "Redis' core|Redis MB/s|Gbit/s to all|to each server's|memory GB|s, if one ends"
    )
    return (
        "On paper, computed from these figures for servers of one core each, of which "
        f"at most {paper.SHARE:.0%} may be used, and at most "
        f"{paper.WITHIN_US / 1e3:.0f} ms until the last listener has a change. What "
        "goes into it, in microseconds of a core: "
        f"{number(cost.delivery)} for a delivery, {number(cost.listener)} for a "
        "listener who is there for a second, "
        f"{number(cost.change.each)} for a change on each server and "
        f"{number(cost.change.first)} more on the one that decides it, "
        f"{number(cost.join)} for one who joins; for Redis "
        f"{number(cost.redis_change.first)} for a change, "
        f"{number(cost.redis_change.each)} more for each server, "
        f"{number(cost.redis_server.first)} for a server that is there for a second "
        f"and {number(cost.redis_server.each)} more for each other of which it hears "
        f"then (measured with up to {max(map(paper.many, followed))} that follow). "
        f"A frame of {number(cost.frame_bytes)} bytes has {paper.HEADERS} of headers "
        "beside it. The last column is how long the other servers' cores are busy with "
        "those who come over when one ends.\n\n"
        f"{table(head.split('|'), rows)}\n{''.join(_broken(cost, n) for n in PER_S)}"
    )


def _needed(found: paper.Need | None) -> list[str]:
    if found is None:
        return ["–"] * 10
    bits = found.clients_bits / 1e9
    return [
        f"{found.servers:,}",
        ("the wait" if found.by_wait else "the core") if found.servers > 1 else "–",
        f"{found.core:.0%}",
        number(found.last_us / 1e3),
        f"{found.redis_core:.1%}",
        number(found.redis_out / 1e6),
        number(bits),
        number(bits / found.servers),
        number(found.memory / 1e9),
        number(found.rejoin_s),
    ]


def _broken(cost: paper.Costs, per_s: float) -> str:
    """What is full first where servers are added."""
    most, why = paper.breaks(cost, per_s)
    bits = most.clients_bits / 1e9
    return (
        f"- With {per_s:g} change{'s' * (per_s > 1)} a second and ever more servers, "
        f"it ends at {paper.rounded(most.listeners):,} listeners on "
        f"{paper.rounded(most.servers):,} servers ({number(bits)} Gbit/s to clients): "
        f"{why}.\n"
    )
