"""Everybody comes back: the server is ended under its clients and started again.

At once, at the same port. Clients wait as they were told (`bye`, `spread_ms`) and as
client/src/lib/connection.ts waits where nobody answers. All times count from the signal
that ends the old server; how long the new one takes to accept connections is part of
them, and said as well.
"""

import signal
import time
from functools import partial
from typing import Any

from load import figures
from load.crowd import compact, crowd
from load.fanout import ON_LIST
from load.ours import LIST, command, ours
from load.plan import Plan

#: Ten thousand people sit behind more addresses than one.
ADDRESSES = 64
OPERATORS = 2
BACK_MS = 90_000
#: How often the new server is asked whether it is there.
LOOK_S = 0.02


def measure(plan: Plan) -> dict[str, Any]:
    """Once ended in order, once killed."""
    runs = []
    for by in (signal.SIGTERM, signal.SIGKILL):
        run = figures.tried(partial(one, plan, by))
        if run is None:
            continue
        runs.append(run)
        figures.show(
            **{k: v for k, v in run.items() if k != "welcomed_s"},
        )
    return {"runs": runs}


def one(plan: Plan, by: signal.Signals) -> dict[str, Any]:
    """One server, ended by that signal under all its clients."""
    folder = plan.place("returning")
    with ours(folder) as served:
        served.in_session(ON_LIST)
        members = [
            *(served.operator(number=number) for number in range(OPERATORS)),
            *served.listeners(plan.returning),
        ]
        options = ("--rostra", "--sources", str(ADDRESSES))
        with crowd(folder, served.port, members, *options) as many:
            many.connect()
            time.sleep(6)  # a beat or a ping has passed
            person = {"name": "Ms. First Again", "function": "Expert"}
            first = command("insert", list=LIST, entries=[{"person": person}])
            many.child.tell("forget", f"onwelcome 0 {compact(first)}")
            now = time.monotonic_ns()
            code = served.end(by)
            ended = time.monotonic_ns()
            served.launch()
            served.child.answer(60)
            ready = time.monotonic_ns()
            live = many.child.ask(f"live {many.size} {BACK_MS}")["live"]
            welcomes = many.child.ask("welcomes")
            answers = many.answers(1)
            stats = many.stats()
            memory = served.child.memory()
    assert code == (0 if by is signal.SIGTERM else -by), f"exit code {code}"
    assert live == many.size, f"{live} of {many.size} came back"
    assert stats["gaps"] == stats["duplicates"] == 0, stats
    operators = [(t - now) / 1e9 for role, t in welcomes if role == "m"]
    others = sorted((t - now) / 1e9 for role, t in welcomes if role != "m")
    ((_, _, outcome, *_, worked),) = [each for each in answers if each[0] == 0]
    assert outcome == "o", "the operator's first command was not done"
    return {
        "by": by.name,
        "clients": plan.returning,
        "ended_s": round((ended - now) / 1e9, 3),
        "ready_s": round((ready - now) / 1e9, 3),
        "operators_s": round(max(operators), 3),
        "worked_s": round((worked - now) / 1e9, 3),
        "refused": stats["refused"],
        "memory": memory,
        "back_500_s": round(others[min(500, len(others)) - 1], 3),
        "last_s": round(others[-1], 3),
        #: when each hundredth of them was back
        "welcomed_s": [
            round(others[(len(others) - 1) * each // 100], 3) for each in range(101)
        ],
    }
