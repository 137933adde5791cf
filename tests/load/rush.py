"""The rush: every Member State presses within the second in which the list opens.

Each has a socket of its own, and others listen. It ends when the last of all of them
has the complete list; counted from the last press.
"""

import random
import time
from functools import partial
from typing import Any

from load import figures
from load.crowd import crowd
from load.ours import LIST, command, ours
from load.plan import Plan
from load.processes import ROOT
from rostra.cli.files import read_roster

#: The presses are spread over so long after the list was opened, the last at its end.
SECOND_US = 1_000_000
AFTER_OPENING_US = 30_000


def measure(plan: Plan) -> dict[str, Any]:
    """The rush with more and more listeners."""
    runs = []
    for listeners, repeats in plan.rush:
        for repeat in range(repeats):
            run = figures.tried(partial(one, plan, listeners, repeat))
            if run is None:
                continue
            runs.append(run)
            figures.show(
                listeners=listeners,
                ms=run["last_ms"],
                commits=run["commits"],
                broadcasts=run["broadcasts"],
                ack_p99_ms=run["acks_ms"]["p99"],
            )
    return {"runs": runs}


def one(plan: Plan, listeners: int, repeat: int) -> dict[str, Any]:
    """A new meeting, its delegations, and so many who listen."""
    folder = plan.place("rush")
    states = member_states()
    chance = random.Random(repeat)
    with ours(folder) as served:
        members = [
            served.operator(),
            *(served.delegate(code) for code in states),
            *served.listeners(listeners),
        ]
        with crowd(folder, served.port, members, "--rostra") as many:
            many.connect()
            time.sleep(1)
            before = many.stats()
            seq = many.position()
            opened = command("open_lobby", expect={"state": "scheduled"})
            many.press(0, 0, opened)
            instants = [
                chance.randrange(AFTER_OPENING_US, SECOND_US) for _ in states[1:]
            ]
            presses = zip(
                (*sorted(instants), SECOND_US),
                chance.sample(range(1, len(states) + 1), len(states)),
                strict=True,
            )
            for at, client in presses:
                asked = command("request_floor", list=LIST, kind="statement")
                many.press(at, client, asked)
            many.aim(0, seq + 1 + len(states))
            many.begin()
            (reached,) = many.reached()
            answers = many.answers(len(states) + 1)
            after = many.stats()
        assert reached.missing == 0, f"{reached.missing} clients were not reached"
        assert all(each[2] == "o" for each in answers), "a press was refused"
        assert after["gaps"] == after["duplicates"] == after["lost"] == 0, after
        theirs = [each for each in answers if each[0] != 0]
        pressed = max(sent for *_, sent, _ in theirs)
        durable = served.stamps()
        batches = sorted(each for each in durable if each > seq)
    waited = [figures.ms(got - sent) for *_, sent, got in theirs]
    deltas = after["delta"]["frames"] - before["delta"]["frames"]
    received = after["delta"]["bytes"] - before["delta"]["bytes"]
    return {
        "listeners": listeners,
        "delegations": len(states),
        "last_ms": figures.ms(reached.last - pressed),
        "half_ms": figures.ms(reached.half - pressed),
        "commits": batches[-1] - seq,
        "appends": len(batches),
        "broadcasts": round(deltas / many.size, 2),
        "bytes_each": round(received / many.size),
        "acks_ms": figures.spread(waited),
    }


def member_states() -> list[str]:
    """The 193."""
    roster = read_roster("un", (ROOT / "config",))
    found = [c for c, d in roster.delegations.items() if d.tier == "member_state"]
    assert len(found) == 193, len(found)
    return [str(code) for code in found]
