"""One meeting on one, two and four servers, with the same listeners in all.

Rostra on Redis beside Node's socket.io with its Redis streams adapter, in turns: the
same Redis, listeners, commands, bytes and pings; and one Rostra on SQLite. Each run has
four parts: nobody but those who change something, at rest and changing; then with all
listeners, at rest and changing. What a listener, a change and a delivery take is told
apart by them.
"""

import contextlib
import time
from collections.abc import Iterator
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

from msgspec import Struct

from load import figures
from load.crowd import Crowd, Member, crowd
from load.fanout import ON_LIST, real_delta
from load.ours import LIST, Ours, command, ours
from load.peers import peer
from load.plan import Plan
from load.processes import HERE, LOAD_CORE, PYTHON, Driven, driven
from load.served import HEARD
from load.servers_paper import NODE, REDIS, SQLITE
from load.shared_redis import ASKED_BYTES, SharedRedis, shared_redis
from rostra.web.settings import Limits

#: With how many times as many changes Redis is measured again.
FASTER = 2


class Side(Struct, frozen=True):
    """The servers of one meeting, and how their clients join them."""

    children: list[Driven]
    ports: list[int]
    served: list[Ours] = []
    redis: SharedRedis | None = None

    @property
    def many(self) -> int:
        """How many servers."""
        return len(self.children)

    @property
    def options(self) -> tuple[str]:
        """For the clients."""
        return ("--rostra" if self.served else "--socketio",)

    def operators(self) -> list[Member]:
        """One at each server: the clients join them in turns."""
        return [self.served[0].operator() if self.served else Member({})] * self.many

    def listeners(self, count: int) -> list[Member]:
        """So many that look on."""
        if self.served:
            return self.served[0].listeners(count)
        return [Member({})] * count


def measure(plan: Plan) -> dict[str, Any]:
    """All of them in turns."""
    message = plan.folder / "message"
    text = real_delta(plan.place("example"))
    message.write_text(text, encoding="utf-8")
    shapes = [(SQLITE, 1), *((kind, n) for n in plan.servers for kind in (REDIS, NODE))]
    runs: list[dict[str, Any]] = []
    followers: list[dict[str, Any]] = []
    for number in range(plan.servers_repeats):
        turn = number % len(shapes)
        for kind, many in (*shapes[turn:], *shapes[:turn]):
            run = figures.tried(partial(one, kind, many, plan, message))
            if run is None:
                continue
            runs.append({"server": kind, "servers": many, **run})
            figures.show(
                server=kind,
                servers=many,
                ms=figures.median(run["press_ms"]),
                cpu_us=sum(run["busy"]["cpu_ms"]) * 1e3 / run["busy"]["deliveries"],
                redis_ms=run["busy"]["redis"].get("cpu_ms", 0) / run["busy"]["changes"],
            )
        for many in plan.servers_followers:
            found = figures.tried(partial(of_redis, many, plan))
            if found is None:
                continue
            followers.append({"followers": many, **found})
            fast = found["fast"]
            redis_ms = fast["redis"]["cpu_ms"] / fast["changes"]
            figures.show(followers=many, redis_ms=redis_ms)
    return {
        "listeners": plan.servers_listeners,
        "per_s": plan.servers_changes_per_s,
        "bytes": len(text.encode()),
        "runs": runs,
        "followed": followers,
    }


def of_redis(many: int, plan: Plan) -> dict[str, Any]:
    """What Redis takes for so many servers that follow.

    Not at rest: who hears of nothing looks after a second, and so takes something too.
    """
    folder = plan.place(f"followed-{many}")
    with shared_redis(folder) as redis:
        words = (PYTHON, HERE / "followers.py", redis.address, str(many))
        with driven(words, LOAD_CORE) as child:
            child.answer(60)
            # the first are not counted: each hears who the others are
            child.ask(f"changes 10 {plan.servers_changes_per_s}")
            slow = followed(child, redis, plan, plan.servers_changes_per_s)
            fast = followed(child, redis, plan, FASTER * plan.servers_changes_per_s)
    return {"slow": slow, "fast": fast}


def followed(
    child: Driven, redis: SharedRedis, plan: Plan, per_s: float
) -> dict[str, Any]:
    """What Redis takes for so many changes a second."""
    watch = Watch(Side([], [], redis=redis))
    changes = round(plan.servers_few_s * per_s)
    child.ask(f"changes {changes} {per_s}")
    return {**watch.done(), "changes": changes}


def one(kind: str, many: int, plan: Plan, message: Path) -> dict[str, Any]:
    """So many servers of a kind, from their start to their end."""
    folder = plan.place(f"{kind}-{many}")
    with side(kind, many, folder, message) as measured:
        return Run(measured, folder, plan).whole()


@contextlib.contextmanager
def side(kind: str, many: int, folder: Path, message: Path) -> Iterator[Side]:
    """The servers, all ended afterwards."""
    with contextlib.ExitStack() as started:
        if kind == SQLITE:
            served = started.enter_context(ours(folder / "server"))
            served.in_session(ON_LIST)
            yield Side([served.child], [served.port], [served])
            return
        redis = started.enter_context(shared_redis(folder / "redis"))
        if kind == NODE:
            limits = Limits()
            pings = (limits.ping_interval_s, limits.ping_timeout_s)
            words = (redis.address, *(str(int(s * 1000)) for s in pings))
            peers = [
                started.enter_context(peer(kind, message, *words)) for _ in range(many)
            ]
            yield Side([c for c, _ in peers], [p for _, p in peers], redis=redis)
            return
        key = folder / "link.key"
        key.write_text("k" * 64, encoding="utf-8")
        all_served: list[Ours] = []
        for number in range(many):
            env = {
                "ROSTRA_JOURNAL": redis.address,
                "ROSTRA_NAME": f"server-{number}",
                "ROSTRA_LINK_KEY_FILE": str(key),
            }
            place, links = folder / f"server-{number}", folder / "links"
            all_served.append(started.enter_context(ours(place, env=env, links=links)))
        all_served[0].in_session(ON_LIST)
        yield Side(
            [s.child for s in all_served], [s.port for s in all_served], all_served,
            redis,
        )  # fmt: skip


class Run:
    """The four parts."""

    def __init__(self, measured: Side, folder: Path, plan: Plan) -> None:
        self._side, self._folder, self._plan = measured, folder, plan
        self._codes: Iterator[str] = repeat("NOD")
        if measured.served:
            self._codes = iter(measured.served[0].codes()[ON_LIST:])
        #: Whose command, the seq, when it was sent, when the last client had it.
        self._changes: list[tuple[int, int, int, int]] = []

    def whole(self) -> dict[str, Any]:
        """All of them."""
        plan = self._plan
        with self._clients(0) as many:
            many.connect()
            self._warm(many)
            empty = self._part(many, plan.servers_empty_s)
            few = self._part(many, plan.servers_few_s, changing=True)
            few_ms = self._press_ms()
        time.sleep(self._plan.servers_settled_s)
        with self._clients(plan.servers_listeners) as many:
            joined = self._joined(many)
            self._warm(many)
            idle = self._part(many, plan.servers_idle_s)
            busy = self._part(many, plan.servers_busy_s, changing=True)
        return {
            "redis": self._side.redis.version if self._side.redis else None,
            "listeners": plan.servers_listeners,
            **joined,
            "empty": empty,
            "few": few,
            "few_ms": few_ms,
            "idle": idle,
            "busy": busy,
            "press_ms": self._press_ms(),
            "commit_ms": self._commit_ms(),
        }

    @contextlib.contextmanager
    def _clients(self, listeners: int) -> Iterator[Crowd]:
        side = self._side
        members = [*side.operators(), *side.listeners(listeners)]
        with crowd(self._folder, side.ports, members, *side.options) as many:
            yield many

    def _joined(self, many: Crowd) -> dict[str, Any]:
        """All come in; what that took for each."""
        children = self._side.children
        memory = sum(child.memory() for child in children)
        cpu = sum(child.cpu_ns() for child in children)
        seconds = many.connect()
        time.sleep(self._plan.servers_settled_s)
        memory = sum(child.memory() for child in children) - memory
        cpu = sum(child.cpu_ns() for child in children) - cpu
        return {
            "connect_s": seconds,
            "join_us": round(cpu / 1e3 / many.size, 1),
            "memory_each": round(memory / many.size),
        }

    def _warm(self, many: Crowd) -> None:
        """A change by every server that is not counted."""
        time.sleep(self._plan.servers_settled_s)
        self._change(many, self._side.many)
        self._changes.clear()

    def _part(
        self, many: Crowd, seconds: float, *, changing: bool = False
    ) -> dict[str, Any]:
        """What it takes to be there for so long, *changing* or at rest."""
        before = many.stats()
        watch = Watch(self._side)
        waited = many.child.waited_ns()
        changes = 0
        if changing:
            changes = max(1, round(seconds * self._plan.servers_changes_per_s))
            self._change(many, changes)
        else:
            time.sleep(seconds)
        found = watch.done()
        waited = many.child.waited_ns() - waited
        after = many.stats()
        wrong = {
            each: after[each]
            for each in ("gaps", "duplicates", "mismatches", "lost")
            if after[each]
        }
        assert not wrong, wrong
        deliveries = after["delta"]["frames"] - before["delta"]["frames"]
        assert deliveries == changes * many.size, f"{deliveries} of {changes}"
        return {
            **found,
            "changes": changes,
            "deliveries": deliveries,
            "pings": after["pings"] - before["pings"],
            "bytes": after["bytes"] - before["bytes"],
            # others on this machine were in the way of the clients so long
            "waited_ms": figures.ms(waited),
        }

    def _change(self, many: Crowd, changes: int) -> None:
        """So many, by each server in turn, at an even pace."""
        begun = time.monotonic()
        for number in range(changes):
            who = number % self._side.many
            seq = many.position() + 1
            many.aim(0, seq)
            many.send(who, self._command())
            (reached,) = many.reached()
            assert reached.missing == 0, f"{reached.missing} clients were not reached"
            ((_, _, outcome, said, sent, _),) = many.answers(1)
            assert outcome == "o", "a command was refused"
            if self._side.served:
                assert said == seq, f"the answer says {said}, and it was {seq}"
            self._changes.append((who, seq, sent, reached.last))
            due = begun + (number + 1) / self._plan.servers_changes_per_s
            time.sleep(max(0.0, due - time.monotonic()))

    def _press_ms(self) -> list[float]:
        """From each command until the last client had the change."""
        return [figures.ms(last - sent) for _, _, sent, last in self._changes]

    def _commit_ms(self) -> list[float]:
        """The same since the journal's answer. Of a peer it is not known."""
        if not self._side.served:
            return []
        heard = [served.stamps(HEARD) for served in self._side.served]
        return [figures.ms(last - heard[w][seq]) for w, seq, _, last in self._changes]

    def _command(self) -> dict[str, Any]:
        """One more on the list. For a peer it is text and no more."""
        code = next(self._codes, None)
        assert code, "all delegations are on the list"
        return command("insert", list=LIST, entries=[{"delegation": code}])


class Watch:
    """What servers and Redis take from now on."""

    def __init__(self, measured: Side) -> None:
        self._side = measured
        self._said, self._size = self._totals()
        self._redis = measured.redis.cpu_ns() if measured.redis else 0
        self._cpu = [child.cpu_ns() for child in measured.children]
        self._at = time.monotonic()

    def done(self) -> dict[str, Any]:
        """What it was."""
        seconds = time.monotonic() - self._at
        cpu = [child.cpu_ns() for child in self._side.children]
        used = [figures.ms(b - a) for a, b in zip(self._cpu, cpu, strict=True)]
        found = {"seconds": round(seconds, 4), "cpu_ms": used, "redis": {}}
        if self._side.redis:
            took = self._side.redis.cpu_ns() - self._redis
            said, _ = self._totals()
            told = {name: said[name] - self._said[name] for name in said}
            # our own question, and the answer to it
            told["out"] -= self._size
            told["in"] -= ASKED_BYTES
            told["commands"] -= 1
            found["redis"] = {"cpu_ms": figures.ms(took), **told}
        return found

    def _totals(self) -> tuple[dict[str, int], int]:
        return self._side.redis.totals() if self._side.redis else ({}, 0)
