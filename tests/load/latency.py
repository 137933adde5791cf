"""How long one command waits for its answer while broadcasts go to ten thousand.

An operator puts people on the list and delegations press, each at random moments; every
one of these commands is a broadcast to everybody, and every answer is timed.
"""

import random
import time
from typing import Any

from load import figures
from load.crowd import crowd
from load.fanout import ON_LIST
from load.ours import LIST, command, ours
from load.plan import Plan

OPERATOR_PER_S = 2
DELEGATES_PER_S = 3


def measure(plan: Plan) -> dict[str, Any]:
    """One meeting, all its listeners, and random commands."""
    chance = random.Random(4)
    with ours(plan.place("latency")) as served:
        served.in_session(ON_LIST)
        pressing = served.codes()[ON_LIST:][: DELEGATES_PER_S * plan.latency_s]
        members = [
            served.operator(),
            *(served.delegate(code) for code in pressing),
            *served.listeners(plan.latency_clients),
        ]
        with crowd(served.folder, served.port, members, "--rostra") as many:
            many.connect()
            time.sleep(1)
            cpu = served.child.cpu_ns()
            begun = time.monotonic()
            presses: list[tuple[int, int, Any]] = []
            for number in range(OPERATOR_PER_S * plan.latency_s):
                person = {"name": f"Ms. Guest {number}", "function": "Expert"}
                added = command("insert", list=LIST, entries=[{"person": person}])
                presses.append((chance.randrange(plan.latency_s * 10**6), 0, added))
            for number in range(len(pressing)):
                asked = command("request_floor", list=LIST, kind="statement")
                at = chance.randrange(plan.latency_s * 10**6)
                presses.append((at, number + 1, asked))
            for press in sorted(presses, key=lambda each: each[0]):
                many.press(*press)
            many.begin()
            answers = many.answers(len(presses), (plan.latency_s + 20) * 1000)
            took = time.monotonic() - begun
            cpu = served.child.cpu_ns() - cpu
            stats = many.stats()
    assert len(answers) == len(presses), f"{len(answers)} of {len(presses)} answers"
    assert all(each[2] == "o" for each in answers), "a command was refused"
    assert stats["gaps"] == stats["duplicates"] == stats["lost"] == 0, stats
    found = figures.spread([figures.ms(got - sent) for *_, sent, got in answers])
    figures.show(clients=plan.latency_clients, busy=cpu / took / 1e9, **found)
    return {
        "clients": plan.latency_clients,
        "commands": len(answers),
        "per_s": round(len(answers) / plan.latency_s, 2),
        "broadcasts": round(stats["delta"]["frames"] / many.size, 1),
        "busy": round(cpu / took / 1e9, 3),
        "acks_ms": found,
        "all_ms": [figures.ms(got - sent) for *_, sent, got in answers],
    }
