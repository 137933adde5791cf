"""The text of RESULTS.md: for each figure a table, what was asked for, a verdict."""

import math
from collections.abc import Callable
from typing import Any

from load import exports_table, servers_table, soak_table
from load.figures import median
from load.verdicts import Goals, number, table

Raw = dict[str, Any]

#: What the servers are called, in the order of the tables.
NAMES = {
    "limit": "the limit (C)",
    "rostra_compiled": "**Rostra**",
    "rostra_python": "Rostra, pure Python",
    "node_ws": "Node ws",
    "node_socketio": "Node socket.io",
    "python_socketio": "python-socketio",
}
HEAD = """\
# What was measured

Rendered by `tests/load/render.py` from the raw figures in `tests/load/runs`; a test
holds the two together. `make bench` measures everything anew, on loopback, with the
server on one core and all its clients on the other. Milliseconds are this machine's;
ratios between servers of the same run carry over to others.

![How it grows](growth.svg)
"""
NOT_YET = "Not measured yet.\n"


def text(runs: Raw, notes: dict[str, str]) -> str:
    """All of it."""
    parts = [HEAD, _about(runs)]
    for name, (title, section) in SECTIONS.items():
        body = section(runs[name]["measured"]) if name in runs else NOT_YET
        parts.append(f"## {title}\n\n{body}")
        if name in notes:
            parts.append(f"{notes[name]}\n")
    return "\n".join(parts)


def _about(runs: Raw) -> str:
    if not runs:
        return NOT_YET
    last = max(runs.values(), key=lambda raw: str(raw["about"]["at"]))["about"]
    machine, versions = last["machine"], last["versions"]
    packages = ", ".join(
        f"{name} {versions[name]}"
        for name in sorted(versions)
        if name not in ("python", "node", "compiler")
    )
    days = sorted({raw["about"]["at"][:10] for raw in runs.values()})
    commits = sorted({raw["about"]["commit"] for raw in runs.values()})
    loads = [raw["about"]["load_average"][0] for raw in runs.values()]
    return (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"{machine['system']}; Python {versions['python']}, Node {versions['node']}, "
        f"{packages}; {versions['compiler']}. Measured on {', '.join(days)} at "
        f"{', '.join(commits)}; load average at the beginning of the parts "
        f"{min(loads):.1f} to {max(loads):.1f}.\n"
    )


# Fan-out


class Medians(dict[tuple[str, int], float]):
    """By server and clients. What was not measured is no number."""

    def __missing__(self, key: tuple[str, int]) -> float:
        return math.nan


#: What is compared: the first beside the second.
PAIRS = (
    ("Rostra beside the limit", "rostra_compiled", "limit"),
    ("pure Python beside the limit", "rostra_python", "limit"),
    ("Rostra beside Node socket.io", "rostra_compiled", "node_socketio"),
    ("pure Python beside Node socket.io", "rostra_python", "node_socketio"),
    ("python-socketio beside Rostra", "python_socketio", "rostra_compiled"),
    ("python-socketio beside pure Python", "python_socketio", "rostra_python"),
)


def medians(runs: list[Raw], value: str) -> Medians:
    """The median over repeats of each repeat's own median."""
    found: dict[tuple[str, int], list[float]] = {}
    for run in runs:
        values = run[value] if isinstance(run[value], list) else [run[value]]
        found.setdefault((run["server"], run["clients"]), []).append(median(values))
    return Medians((key, median(each)) for key, each in found.items())


def _fanout(measured: Raw) -> str:
    runs = measured["runs"]
    sizes = sorted({run["clients"] for run in runs})
    last, cpu = medians(runs, "last_ms"), medians(runs, "cpu_us")
    memory = medians(runs, "memory_each")
    repeats = sum(r["clients"] == sizes[-1] and r["server"] == "limit" for r in runs)
    broadcasts = len(runs[0]["last_ms"])
    compiled = [r for r in runs if r["server"] == "rostra_compiled"]
    waited = median(run["waited_ms"] for run in runs)
    heard = median(value for run in compiled for value in run["heard_ms"])
    head = ["server", *(f"{size:,} clients" for size in sizes)]

    def rows(values: Medians, scale: float = 1) -> Any:
        for server, name in NAMES.items():
            yield [name, *(number(values[server, size] / scale) for size in sizes)]

    ratios = table(
        ["how many times as long", *head[1:]],
        (
            [say, *(number(last[a, n] / last[b, n]) for n in sizes)]
            for say, a, b in PAIRS
        ),
    )
    return (
        f"One change to everybody, a real delta of {measured['bytes']} bytes: "
        "milliseconds from the durable commit (for the peers from just before their "
        "first write) until the last client has the whole frame. Medians of "
        f"{broadcasts} broadcasts, and of {repeats} repeats of everything in turns. "
        f"For Rostra {number(heard)} ms of it pass before its event loop hears from "
        f"the journal's thread. Server and clients waited {number(waited)} ms for a "
        "core in the median run, because something else ran on it.\n\n"
        f"{table(head, rows(last))}\n{ratios}\n"
        f"{_fanout_goals(sizes, last, memory)}\n"
        "CPU of the server, microseconds for each delivery, deciding and the journal "
        f"included:\n\n{table(head, rows(cpu))}\n"
        "Memory of the server for each connection, KB, once all have joined:\n\n"
        f"{table(head, rows(memory, 1000))}"
    )


def _fanout_goals(sizes: list[int], last: Medians, memory: Medians) -> Goals:
    goals = Goals()
    for size in sizes:
        if size < 1_000:
            continue
        at = f"at {size:,} clients"
        for server, name, to_limit, to_node in (
            ("rostra_compiled", "Rostra", (1.3, 1.1), (0.55, 0.45)),
            ("rostra_python", "pure Python", (1.7, None), (0.75, None)),
        ):
            for peer, label, (most, stretch) in (
                ("limit", "the limit", to_limit),
                ("node_socketio", "Node socket.io", to_node),
            ):
                ratio = last[server, size] / last[peer, size]
                what = f"{name} beside {label} {at}, times as long"
                goals.most(what, ratio, most, stretch=stretch)
        times = {1_000: 4, 10_000: 10}.get(size)
        if times:
            what = f"pure Python faster than python-socketio {at}, times"
            stock = last["python_socketio", size]
            goals.least(what, stock / last["rostra_python", size], times)
        if size == sizes[-1]:
            each = memory["rostra_compiled", size] / 1000
            goals.most(f"memory for each connection {at}", each, 35, " KB")
    return goals


# Everything else


def _rush(measured: Raw) -> str:
    runs, goals = measured["runs"], Goals()
    sizes = sorted({run["listeners"] for run in runs})

    def of(size: int, value: Callable[[Raw], float]) -> float:
        return median(value(run) for run in runs if run["listeners"] == size)

    rows = [
        [
            f"{size:,}",
            number(of(size, lambda r: r["last_ms"])),
            number(max(r["last_ms"] for r in runs if r["listeners"] == size)),
            number(of(size, lambda r: r["commits"])),
            number(of(size, lambda r: r["appends"])),
            number(of(size, lambda r: r["broadcasts"])),
            number(of(size, lambda r: r["bytes_each"] / 1000)),
            number(of(size, lambda r: r["acks_ms"]["p99"])),
        ]
        for size in sizes
    ]
    head = (
        "listeners|ms, median|ms, worst|commits|appends|broadcasts|KB each|ack p99 ms"
    )
    size = sizes[-1]
    at = f"with {size:,} listeners"
    what = f"from the last press to the last client {at}"
    goals.most(what, of(size, _last), 300, " ms")
    worst = max(run["broadcasts"] for run in runs if run["listeners"] == size)
    goals.most(f"broadcasts to a client {at}", worst, 99)
    delegations = runs[0]["delegations"]
    return (
        f"All {delegations} delegations press, each on its own socket, within the "
        "second in which the list opens: from the last press to the last client's "
        "complete list. A commit is one press; what one turn of the room takes up is "
        f"one append and one broadcast.\n\n{table(head.split('|'), rows)}\n{goals}"
    )


def _last(run: Raw) -> float:
    return float(run["last_ms"])


def _latency(measured: Raw) -> str:
    acks, goals = measured["acks_ms"], Goals()
    clients = measured["clients"]
    goals.most(f"p99 of an answer under {clients:,} listeners", acks["p99"], 50, " ms")
    rows = [[number(acks[each]) for each in ("median", "high", "p99", "most")]]
    return (
        f"{measured['commands']} commands at random moments, {measured['per_s']:g} a "
        f"second, each of them to be told to {clients:,} listeners, who got it in "
        f"{measured['broadcasts']:g} broadcasts each; the server was busy "
        f"{measured['busy']:.0%} of the time. Milliseconds until the answer, the "
        "disk's sync included.\n\n"
        f"{table(['median', '75 %', 'p99', 'worst'], rows)}\n{goals}"
    )


def _commands(measured: Raw) -> str:
    runs, goals = measured["runs"], Goals()
    rows = []
    for sync, label in (("off", "without the disk's sync"), ("full", "with it")):
        found = [run for run in runs if run["sync"] == sync]
        values = ("per_s", "cpu_us", "per_append", "ack_p50_ms", "ack_p99_ms")
        rows.append([label, *(number(median(r[v] for r in found)) for v in values)])
    most = median(run["per_s"] for run in runs if run["sync"] == "off")
    goals.least("acknowledged in a second, with all but the disk's sync", most, 8_000)
    head = "journal|commands a second|CPU µs each|per append|p50 ms|p99 ms"
    return (
        "Asking for the floor and withdrawing, by "
        f"{runs[0]['connections']} delegations at once, each waiting for its answer "
        "before it sends the next: decided, written to the journal's file, drawn, sent "
        "to all of them, acknowledged. The server has one core.\n\n"
        f"{table(head.split('|'), rows)}\n{goals}"
    )


def _returning(measured: Raw) -> str:
    goals, rows = Goals(), []
    for run in measured["runs"]:
        values = (
            "ended_s",
            "ready_s",
            "operators_s",
            "worked_s",
            "back_500_s",
            "last_s",
        )
        rows.append([run["by"], *(number(run[each]) for each in values)])
        by = f"after {run['by']}"
        goals.most(f"operators work again {by}", run["worked_s"], 2, " s")
        goals.most(f"500 clients are back {by}", run["back_500_s"], 3, " s")
        goals.most(f"all {run['clients']:,} are back {by}", run["last_s"], 30, " s")
    head = "ended by|gone|ready again|operators in|first command done|500 in|all in"
    return (
        f"The server is ended under {measured['runs'][0]['clients']:,} clients and "
        "started again at once. Seconds since the signal.\n\n"
        f"{table(head.split('|'), rows)}\n{goals}"
    )


def _grown(measured: Raw, by: str, head: str, what: str) -> str:
    runs = measured["runs"]
    rows = []
    for size in sorted({run[by] for run in runs}):
        found = [run for run in runs if run[by] == size]
        last = median(median(run["last_ms"]) for run in found)
        cpu = median(run["cpu_us"] for run in found)
        rows.append([f"{size:,}", number(last), number(cpu)])
    clients = runs[0]["clients"]
    return what.format(clients=f"{clients:,}") + "\n\n" + table(head.split("|"), rows)


def _lists(measured: Raw) -> str:
    head = "on the list|ms to the last client|CPU µs per delivery"
    what = "One more on the list, for {clients} clients, by the length of the list."
    return _grown(measured, "entries", head, what)


def _meetings(measured: Raw) -> str:
    head = "meetings|ms to the last client|CPU µs per delivery"
    what = (
        "A change in every meeting at the same moment, {clients} listeners in all: "
        "from the first durable commit to the last client of all meetings."
    )
    return _grown(measured, "meetings", head, what)


def _bytes(measured: Raw) -> str:
    goals = Goals()
    rows = sorted(measured["bytes"].items(), key=lambda each: -each[1])
    shown = [[k, f"{measured['frames'][k]:,}", f"{size:,}"] for k, size in rows]
    shown.append(["in all", f"{sum(measured['frames'].values()):,}", ""])
    shown[-1][2] = f"{measured['total']:,}"
    goals.most("a pad receives", measured["total"] / 1000, 150, " KB")
    said = (
        f"What one delegation's pad receives in {measured['minutes']} minutes with "
        f"{measured['speakers']} speakers and {measured['list_changes']} changes of "
        "the list, headers of frames included.\n\n"
        f"{table(['event', 'frames', 'bytes'], shown)}\n{goals}"
    )
    joined, build = measured["joining"], measured["build"]
    goals = Goals()
    goals.most("joining a meeting", sum(joined.values()) / 1000, 15, " KB")
    return (
        f"{said}\nWhat a device receives to join a meeting of 200 delegations with 40 "
        "on the list, as it is sent, heads of answers included:\n\n"
        f"{_summed(joined)}\n{goals}\n"
        "Beside that, once for each build of the client, whatever the meeting:\n\n"
        f"{_summed(build)}"
    )


def _summed(parts: dict[str, int]) -> str:
    rows = sorted(parts.items(), key=lambda each: -each[1])
    rows.append(("in all", sum(parts.values())))
    return table(["part", "bytes"], ([name, f"{size:,}"] for name, size in rows))


def _journals(measured: Raw) -> str:
    goals = Goals()
    replay, ready = median(measured["replay_s"]), median(measured["ready_s"])
    goals.most(f"{measured['commits']:,} commits replayed", replay, 2, " s")
    what = f"ready with {measured['meetings']} meetings on disk"
    goals.most(what, ready, 3, " s")
    return f"Medians of {len(measured['replay_s'])}.\n\n{goals}"


SECTIONS: dict[str, tuple[str, Callable[[Raw], str]]] = {
    "fanout": ("One change to everybody", _fanout),
    "rush": ("The rush", _rush),
    "latency": ("An answer while broadcasts run", _latency),
    "commands": ("Commands a second", _commands),
    "returning": ("Coming back", _returning),
    "lists": ("Longer lists", _lists),
    "meetings": ("More meetings", _meetings),
    "bytes": ("Bytes of a pad", _bytes),
    "journals": ("Replay and start", _journals),
    "exports": ("Documents of a long record", exports_table.section),
    "servers": ("Several servers", servers_table.section),
    "soak": ("Real clients", soak_table.section),
}
