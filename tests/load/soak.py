"""Minutes of changes to real clients on bad lines: nothing is lost or told twice.

Half of the clients are socket.io-client's in Node, half python-socketio's. They come
and go, their lines are cut, stand still and swallow what is sent. Everything that each
of them is told is checked (:mod:`load.soak_person`), and at the end all who may see the
same see the same as somebody who comes then.
"""

import asyncio
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct

from load import figures, soak_page, soak_stall
from load.ours import Ours, ours
from load.plan import Plan
from load.soak_changes import Changes
from load.soak_clients import JavaScript, Library, Python
from load.soak_line import Line
from load.soak_person import Findings, Person
from load.soak_trouble import Trouble
from rostra.core.entities import COLLECTIONS

SETTLE_S = 20.0
#: Staff more often: they see the long notes, which fill a line that stands still.
STAFF = ("moderator", "chair", "desk")
OTHERS = ("viewer", *STAFF, "display", *STAFF, "rapporteur")


class Size(Struct, frozen=True):
    """How long, and how many clients of each library."""

    seconds: float
    javascript: int = 40
    python: int = 20


def measure(plan: Plan) -> dict[str, Any]:
    """All that is asked of real clients."""
    return {
        "soak": soaked(plan),
        "stall": soak_stall.measure(plan),
        "page": soak_page.measure(plan),
    }


def soaked(plan: Plan) -> list[dict[str, Any]]:
    """Ten minutes, and two more with the way of sending that is in Python."""
    runs = []
    for send, share in (("compiled", 1.0), ("python", 0.2)):
        seconds = plan.soak_s * share
        run = one(plan.folder / f"soak-{send}", Size(seconds), send)
        runs.append({"send": send, **run})
        figures.show(send=send, faults=run["faults"], seconds=round(seconds))
    return runs


def one(folder: Path, size: Size, send: str = "compiled") -> dict[str, Any]:
    """One server and its clients."""
    # by whatever port: each line has its own
    with ours(folder, send=send, env={"ROSTRA_HOSTS": "127.0.0.1"}) as served:
        served.in_session(20)
        found = asyncio.run(Soak(served, size).run())
        cpu = served.child.cpu_ns()
        log = (folder / "output").read_text(errors="replace")
    faults = dict(found.faults)
    if "Traceback" in log:
        faults["traceback"] = log.count("Traceback")
        found.examples["traceback"] = [log[-3000:]]
    return {
        "seconds": size.seconds,
        "clients": size.javascript + size.python,
        "faults": faults,
        "examples": found.examples,
        "counts": dict(found.counts),
        "cpu_s": round(cpu / 1e9, 1),
    }


class Soak:
    """Everybody, what they do, and what is done to them."""

    def __init__(self, served: Ours, size: Size) -> None:
        self._served = served
        self._size = size
        self._found = Findings()
        self._rng = random.Random(4)
        self._javascript = JavaScript()
        self._people: list[Person] = []
        #: Everybody, those who came to compare too.
        self._met: list[Person] = []
        self._desk: Person

    async def run(self) -> Findings:
        """All of it."""
        await self._javascript.start()
        try:
            await self._assemble()
            over = time.monotonic() + self._size.seconds
            trouble = Trouble(self._rng, self._found, over)
            changes = Changes(self._rng, self._desk, self._people)
            async with asyncio.TaskGroup() as group:
                group.create_task(changes.run(over))
                for person in self._people:
                    group.create_task(trouble.life(person))
            await self._settle()
            await self._compare()
        finally:
            for person in self._met:
                await person.leave()
                await person.line.close()
            await self._javascript.end()
        return self._found

    async def _assemble(self) -> None:
        """Let everybody in: delegations at their pads, and every other role."""
        tokens = self._served.meetings[0]
        # Python's sends each such letter as six bytes, and frames have a limit
        token = tokens["moderators"][-1]
        self._desk = await self._person("desk", token, self._javascript)
        await self._desk.come()
        delegations = list(tokens["delegations"].items())
        offices = {**tokens, "moderator": tokens["moderators"][0]}
        others = [(role, offices[role]) for role in OTHERS]
        python: Library = Python()
        for number in range(self._size.javascript + self._size.python):
            library = self._javascript if number < self._size.javascript else python
            if number % 2:
                code, token = delegations[30 + number]
                person = await self._person(code, token, library)
                person.delegate = True
            else:
                role, token = others[number // 2 % len(others)]
                person = await self._person(f"{role} {number}", token, library)
            self._people.append(person)
            await person.come()
        if not await self._until(lambda: all(each.here for each in self._all())):
            raise AssertionError(f"not let in: {self._found.examples}")

    async def _person(self, name: str, token: str, library: Library) -> Person:
        line = Line(self._served.port)
        await line.open()
        person = Person(name, token, library, line, self._found)
        self._met.append(person)
        return person

    def _all(self) -> list[Person]:
        return [self._desk, *self._people]

    # The end

    async def _settle(self) -> None:
        """Everybody is here, has its answers, and is at the same place."""
        for person in self._people:
            person.line.go_on()
        seqs = [0]

        def settled() -> bool:
            people = self._all()
            seqs[:] = [each.view.seq if each.view else 0 for each in people]
            waiting = any(each.pending or not each.here for each in people)
            return not waiting and len(set(seqs)) == 1

        if not await self._until(settled):
            for each in self._all():
                if each.pending or not each.here or not each.view:
                    text = f"here {each.here}, waits for {list(each.pending.values())}"
                    self._found.fault("not settled", f"{each.name}: {text}"[:400])
            if len(set(seqs)) > 1:
                self._found.fault("not at one place", str(sorted(set(seqs))))

    async def _compare(self) -> None:
        """What everybody sees is what somebody sees who comes now."""

        async def compare(person: Person) -> None:
            fresh = await self._person("late", person.token, Python())
            await fresh.come()
            await self._until(lambda: fresh.here)
            if fresh.view is None or person.view is None:
                self._found.fault("not compared", person.name)
            elif seen(fresh) != seen(person):
                what = difference(seen(fresh), seen(person))
                self._found.fault("sees something else", f"{person.name}: {what}")
            else:
                self._found.counts["compared"] += 1

        await asyncio.gather(*map(compare, self._people))

    async def _until(self, true: Callable[[], bool]) -> bool:
        end = time.monotonic() + SETTLE_S
        while time.monotonic() < end:
            if true():
                return True
            await asyncio.sleep(0.05)
        return False


def seen(person: Person) -> dict[str, Any]:
    """All that is on *person*'s screen, but who has connected meanwhile."""
    view = person.view
    assert view is not None
    kept = {name: view.all(name) for name in COLLECTIONS if view.all(name)}
    order = {name: view.order(name) for name in kept.get("lists", {})}
    whole = {"collections": kept, "order": order, "seq": view.seq, "mine": view.mine}
    found: dict[str, Any] = json.loads(json.dumps(whole, default=_plain))
    return found


def _plain(value: Any) -> Any:
    return {name: getattr(value, name) for name in value.__struct_fields__}


def difference(one: Any, other: Any, where: str = "") -> str:
    """Where two screens differ first."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            if one.get(key) != other.get(key):
                return difference(one.get(key), other.get(key), f"{where}/{key}")
    return f"{where}: {one!s:.200} is, {other!s:.200} is shown"
