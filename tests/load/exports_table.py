"""The section of RESULTS.md on documents."""

from typing import Any

from load.figures import median, rank
from load.verdicts import Goals, number, table

Raw = dict[str, Any]
P99 = 0.99


def section(measured: Raw) -> str:
    """Seconds for each form, and what commands felt of it."""
    runs = measured["runs"]
    forms = list(dict.fromkeys(run["form"] for run in runs))
    repeats = sum(run["form"] == forms[0] for run in runs)
    rows = [_row(form, [r for r in runs if r["form"] == form]) for form in forms]
    without, meanwhile = _p99(runs, "without_ms"), _p99(runs, "meanwhile_ms")
    slowest = max(median(r["seconds"] for r in runs if r["form"] == f) for f in forms)
    goals = Goals()
    goals.most("the slowest document", slowest, 10, " s")
    goals.most("p99 of commands while documents are written", meanwhile, 50, " ms")
    head = "form|seconds|CPU s of the press|KB|p99 ms without|p99 ms meanwhile"
    commands = [
        ["without", *_spread(runs, "without_ms")],
        ["while documents are written", *_spread(runs, "meanwhile_ms")],
    ]
    return (
        f"The record of a meeting with {measured['interventions']} interventions "
        f"({measured['commits']:,} commits), as operators see it, from the request to "
        "the last byte; replay, pictures and the process's start included. The press "
        "yields to the server, with which it shares one core here. Medians of "
        f"{repeats}.\n\n{table(head.split('|'), rows)}\n"
        f"Commands of the same meeting, {measured['per_s']:g} a second at random "
        f"moments: {number(meanwhile)} ms p99 beside {number(without)} ms, medians of "
        "the repeats, each of all forms together; milliseconds from when a command was "
        f"due to its answer.\n\n"
        f"{table(['commands', 'sent', 'median', 'p99', 'worst'], commands)}\n{goals}"
    )


def _row(form: str, runs: list[Raw]) -> list[str]:
    return [
        form,
        number(median(run["seconds"] for run in runs)),
        number(median(run["press_cpu_s"] for run in runs)),
        number(median(run["bytes"] for run in runs) / 1000),
        number(rank(_all(runs, "without_ms"), P99)),
        number(rank(_all(runs, "meanwhile_ms"), P99)),
    ]


def _all(runs: list[Raw], key: str) -> list[float]:
    """Every command; one that stands for none where nothing was sent in the time."""
    return [value for run in runs for value in run[key]] or [0.0]


def _p99(runs: list[Raw], key: str) -> float:
    """The median over repeats of the p99 of each repeat."""
    return median(rank(_all(each, key), P99) for each in _repeats(runs))


def _repeats(runs: list[Raw]) -> list[list[Raw]]:
    """The runs of each repeat: it begins with the first form."""
    found: list[list[Raw]] = []
    for run in runs:
        if run["form"] == runs[0]["form"]:
            found.append([])
        found[-1].append(run)
    return found


def _spread(runs: list[Raw], key: str) -> list[str]:
    values = _all(runs, key)
    numbers = (median(values), _p99(runs, key), max(values))
    return [f"{len(values):,}", *map(number, numbers)]
