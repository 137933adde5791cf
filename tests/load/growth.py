"""How it grows: with the length of the list, and with the number of meetings."""

import time
from functools import partial
from typing import Any

from load import figures
from load.crowd import crowd
from load.fanout import ON_LIST, of_ours
from load.ours import LIST, command, ours
from load.plan import Plan


def lists(plan: Plan) -> dict[str, Any]:
    """One change to everybody, with more and more people on the list."""
    runs = []
    for _ in range(plan.growth_repeats):
        for length in plan.lists:
            folder = plan.place("list")
            with ours(folder) as served:
                served.in_session(length)
                members = [served.operator(), *served.listeners(plan.list_clients)]
                with crowd(folder, served.port, members, "--rostra") as many:
                    run = of_ours(served, many, plan.broadcasts, after=150)
            runs.append({"entries": length, "clients": plan.list_clients, **run})
            median = figures.median(run["last_ms"])
            figures.show(entries=length, ms=median, bytes_each=run["bytes_each"])
    return {"runs": runs}


def meetings(plan: Plan) -> dict[str, Any]:
    """One change in each of more and more meetings at the same moment.

    All have the same number of listeners together. The time counts from the first
    durable commit of any to the last client of all.
    """
    runs = []
    for _ in range(plan.growth_repeats):
        for count in plan.meetings:
            run = figures.tried(partial(in_meetings, plan, count))
            if run is None:
                continue
            runs.append(run)
            figures.show(meetings=count, ms=figures.median(run["last_ms"]))
    return {"runs": runs}


def in_meetings(plan: Plan, count: int) -> dict[str, Any]:
    """One server with so many meetings."""
    folder = plan.place("meetings")
    taken: list[float] = []
    asked: list[float] = []
    with ours(folder, meetings=count) as served:
        for meeting in range(count):
            served.in_session(ON_LIST, meeting)
        members = [served.operator(meeting) for meeting in range(count)]
        for meeting in range(count):
            members += served.listeners(plan.meeting_clients // count, meeting)
        with crowd(folder, served.port, members, "--rostra") as many:
            many.connect()
            time.sleep(1)
            cpu = 0
            for code in served.codes()[ON_LIST:][: plan.broadcasts + 1]:
                entries = [{"delegation": code}]
                seqs = [many.position(meeting) + 1 for meeting in range(count)]
                for meeting, seq in enumerate(seqs):
                    many.aim(meeting, seq)
                    made = command("insert", list=LIST, entries=entries)
                    many.press(0, meeting, made)
                many.begin()
                found = many.reached()
                answers = many.answers(count)
                assert all(each[2] == "o" for each in answers), "refused"
                assert not any(each.missing for each in found), "not all were reached"
                first = min(served.durable(seq, m) for m, seq in enumerate(seqs))
                pressed = min(each[4] for each in answers)
                last = max(each.last for each in found)
                taken.append(figures.ms(last - first))
                asked.append(figures.ms(last - pressed))
                cpu = cpu or served.child.cpu_ns()
                time.sleep(0.05)
            cpu = served.child.cpu_ns() - cpu
            stats = many.stats()
    assert stats["gaps"] == stats["duplicates"] == stats["lost"] == 0, stats
    return {
        "meetings": count,
        "clients": plan.meeting_clients,
        "last_ms": taken[1:],
        "from_press_ms": asked[1:],
        "cpu_us": round(cpu / 1000 / plan.meeting_clients / (len(taken) - 1), 3),
    }
