"""Commands that are acknowledged in a second, by a server on one core.

Every delegation has a socket of its own on which it asks for the floor, withdraws,
asks again: one waits for its answer, and all of them together keep the server busy.
Whatever a command is but the disk's sync is done: it is decided, written to the
journal's file, drawn for three audiences, sent to everybody who is there, answered.
A second run asks the disk for its syncs as well.
"""

from functools import partial
from typing import Any

from load import figures
from load.crowd import compact, crowd
from load.ours import LIST, ours
from load.plan import Plan
from load.rush import member_states


def measure(plan: Plan) -> dict[str, Any]:
    """Without and with the disk's sync, in turns."""
    runs = []
    for _ in range(plan.flood_repeats):
        for sync in ("off", "full"):
            run = figures.tried(partial(one, plan, sync))
            if run is None:
                continue
            runs.append(run)
            figures.show(**run)
    return {"runs": runs}


def one(plan: Plan, sync: str) -> dict[str, Any]:
    """One server under so many seconds of commands."""
    folder = plan.place("commands")
    with ours(folder, sync=sync) as served:
        served.in_session(0)
        pressing = member_states()
        members = [served.delegate(code) for code in pressing]
        with crowd(folder, served.port, members, "--rostra") as many:
            many.connect()
            asked = {"id": "{id}", "type": "request_floor", "list": LIST}
            asked["kind"] = "statement"
            withdrawn = {"id": "{id}", "type": "withdraw", "request": "{request}"}
            for number in range(len(pressing)):
                for each in (asked, withdrawn):
                    many.child.tell(f"template {number} {compact(each)}")
            seq, cpu = many.position(), served.child.cpu_ns()
            many.child.tell(f"flood 1 {plan.flood_s * 1000}")
            answers = many.answers(10**9, plan.flood_s * 1000 + 500)
            cpu = served.child.cpu_ns() - cpu
            stats = many.stats()
            appends = sum(each > seq for each in served.stamps())
    done = [each for each in answers if each[2] == "o"]
    assert len(done) == len(answers), "a command was refused"
    assert stats["gaps"] == stats["duplicates"] == stats["lost"] == 0, stats
    first, last = min(each[4] for each in done), max(each[5] for each in done)
    return {
        "sync": sync,
        "connections": len(pressing),
        "per_s": round(len(done) / (last - first) * 1e9, 1),
        "commands": len(done),
        "per_append": round(len(done) / max(1, appends), 1),
        "cpu_us": round(cpu / 1000 / len(done), 1),
        "ack_p50_ms": figures.median([figures.ms(g - s) for *_, s, g in done]),
        "ack_p99_ms": figures.rank([figures.ms(g - s) for *_, s, g in done], 0.99),
    }
