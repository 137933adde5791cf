"""One change to everybody: Rostra, the limit and the peers, in turns.

For the peers the time counts from just before their first write; for Rostra from the
moment when the journal's thread has the commit on the disk, so that all it does then
(the loop is woken, the change is drawn and encoded) is in it. It ends when the last of
the clients has the whole frame. All send the same kind of frame of the same size.
"""

import asyncio
import json
import time
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp

from load import figures
from load.crowd import Crowd, Member, Reached, crowd
from load.ours import LIST, Ours, command, ours
from load.peers import PEERS, peer, speaks_socketio
from load.plan import Plan
from load.processes import Driven

#: So many stand on the list when the bench begins.
ON_LIST = 40
OURS = {"rostra_compiled": "compiled", "rostra_python": "python"}
SERVERS = (*OURS, *PEERS)
#: A second for each broadcast to ten thousand: two repeats are enough to see it.
SLOWEST, SLOW_REPEATS = "python_socketio", 2
#: Between two broadcasts: the clients have answered whatever there was to answer.
PAUSE_S = 0.05


def measure(plan: Plan) -> dict[str, Any]:
    """Every server at every number of clients, in turns."""
    message = plan.folder / "message"
    text = real_delta(plan.folder / "example")
    message.write_text(text, encoding="utf-8")
    runs: list[dict[str, Any]] = []
    for clients, repeats in plan.fanout:
        for repeat in range(repeats):
            turn = repeat % len(SERVERS)
            for server in (*SERVERS[turn:], *SERVERS[:turn]):
                if server == SLOWEST and clients >= 10_000 and repeat >= SLOW_REPEATS:
                    continue
                began = time.monotonic()
                measure_it = partial(one, server, plan, message, clients)
                run = figures.tried(measure_it)
                if run is None:
                    continue
                runs.append({"server": server, "clients": clients, **run})
                figures.show(
                    server=server,
                    clients=clients,
                    ms=figures.median(run["last_ms"]),
                    cpu_us=run["cpu_us"],
                    waited_ms=run["waited_ms"],
                    connect_s=run["connect_s"],
                    took_s=time.monotonic() - began,
                )
    return {"message": text, "bytes": len(text.encode()), "runs": runs}


def one(server: str, plan: Plan, message: Path, clients: int) -> dict[str, Any]:
    """One server with so many clients, from its start to its end."""
    folder, broadcasts = plan.place(server), plan.broadcasts
    if server in OURS:
        with ours(folder, send=OURS[server]) as served:
            served.in_session(ON_LIST)
            members = [served.operator(), *served.listeners(clients)]
            with crowd(folder, served.port, members, "--rostra") as many:
                return of_ours(served, many, broadcasts)
    with peer(server, message) as (child, port):
        options: list[str | Path] = ["--expect", message]
        if speaks_socketio(server):
            options.append("--socketio")
        members = [Member({})] * clients
        with crowd(folder, port, members, *options) as many:
            return of_peer(child, many, broadcasts)


def of_ours(
    served: Ours, many: Crowd, broadcasts: int, after: int = ON_LIST
) -> dict[str, Any]:
    """Rostra: an operator puts one delegation after the other on the list.

    Those that come *after* so many in the roster are not on it yet.
    """
    found = Measured(served.child, many)
    codes = served.codes()[after:]
    for code in codes[: broadcasts + 1]:
        seq = many.position() + 1
        many.aim(0, seq)
        many.send(0, command("insert", list=LIST, entries=[{"delegation": code}]))
        (reached,) = many.reached()
        ((_, _, outcome, said, *_),) = many.answers(1)
        assert outcome == "o", "an insert was refused"
        if said == seq:  # else the server had something to write down itself
            found.add(served.durable(seq), reached)
            found.heard(served.heard(seq) - served.durable(seq))
        time.sleep(PAUSE_S)
    return found.done()


def of_peer(child: Driven, many: Crowd, broadcasts: int) -> dict[str, Any]:
    """A peer: the same frame, again and again."""
    found = Measured(child, many)
    for number in range(broadcasts + 1):
        many.aim(0, number + 1)
        child.tell("go")
        (reached,) = many.reached()
        found.add(child.answer()["at"], reached)
        time.sleep(PAUSE_S)
    return found.done()


class Measured:
    """What one server took for its clients and its broadcasts; the first warms up."""

    def __init__(self, child: Driven, many: Crowd) -> None:
        self._child, self._many = child, many
        before = child.memory()
        self._connect_s = many.connect()
        time.sleep(0.5)
        self._memory = (child.memory() - before) / many.size
        self._bytes = 0
        self._cpu = 0
        self._waited = 0
        self._times: list[tuple[int, Reached]] = []
        self._heard: list[int] = []

    def add(self, since: int, reached: Reached) -> None:
        """One broadcast that began at *since*."""
        assert reached.missing == 0, f"{reached.missing} clients were not reached"
        self._times.append((since, reached))
        if len(self._times) == 1:
            self._cpu = self._child.cpu_ns()
            self._waited = self._waiting()
            self._bytes = self._many.stats()["bytes"]

    def heard(self, after_ns: int) -> None:
        """How long the event loop did not know what the disk had."""
        self._heard.append(after_ns)

    def _waiting(self) -> int:
        return self._child.waited_ns() + self._many.child.waited_ns()

    def done(self) -> dict[str, Any]:
        """All of it. AssertionError for a gap, a duplicate or another frame."""
        cpu = self._child.cpu_ns() - self._cpu
        stats = self._many.stats()
        wrong = {
            each: stats[each]
            for each in ("gaps", "duplicates", "mismatches", "lost")
            if stats[each]
        }
        assert not wrong, wrong
        measured = self._times[1:]
        deliveries = len(measured) * self._many.size
        return {
            "last_ms": [figures.ms(r.last - at) for at, r in measured],
            "first_ms": [figures.ms(r.first - at) for at, r in measured],
            "half_ms": [figures.ms(r.half - at) for at, r in measured],
            "heard_ms": [figures.ms(each) for each in self._heard[1:]],
            "bytes_each": round((stats["bytes"] - self._bytes) / deliveries, 1),
            "cpu_us": round(cpu / 1000 / deliveries, 3),
            # others on this machine were in the way so long
            "waited_ms": figures.ms(self._waiting() - self._waited),
            "memory_each": round(self._memory),
            "connect_s": self._connect_s,
        }


def real_delta(folder: Path) -> str:
    """A delta as a viewer of a meeting with 40 on its list receives it."""
    with ours(folder) as served:
        served.in_session(ON_LIST)
        return asyncio.run(_heard(served))


async def _heard(served: Ours) -> str:
    url = f"http://127.0.0.1:{served.port}/socket.io/?EIO=4&transport=websocket"
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as line:
        await line.receive()
        await line.send_str(f"40/meeting,{json.dumps(served.listeners(1)[0].auth)}")
        inserted = False
        while True:
            text = str((await line.receive(timeout=10)).data)
            if text.startswith('42/meeting,["delta"'):
                return text
            if "welcome" in text[:30] and not inserted:
                inserted = True
                entry = {"delegation": served.codes()[ON_LIST]}
                await asyncio.to_thread(served.do, "insert", list=LIST, entries=[entry])
