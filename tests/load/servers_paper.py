"""What many more listeners would need, computed from what few took. Nothing is typed.

The model is a sum: a server that is there, a listener that is there (its pings), a
change that a server hears of and draws, and the one that decides it, a delivery. Each
is taken from the part of the runs that shows it. Redis likewise, from those who only
follow: a change, a change for each server, and a server that is there, which hears of
all others every second and so takes the more the more there are.
"""

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

from msgspec import Struct

from load.figures import median
from rostra.web.settings import Limits

#: As which the servers stand in the kept figures.
SQLITE, REDIS, NODE = "rostra_sqlite", "rostra_redis", "node_streams"
#: A server's core may be busy so far by what is counted here: the rest is for those who
#: join, for many who press at once, and for chance. Redis likewise.
SHARE = 0.5
#: The last listener is to have a change so long after the command.
WITHIN_US = 250_000
#: Of a line to Redis, and of a server's to its clients.
LINE_BYTES = 125_000_000
#: What a frame has on the wire beside its text: its own head (4), a TLS record (22),
#: TCP with a time stamp (32), IP (20), Ethernet with preamble and gap (38).
HEADERS = 116
PING_TEXT, PING_EVERY_S = 1, Limits().ping_interval_s
#: No more servers than this are looked at.
MOST = 20_000

Raw = dict[str, Any]


class Line(Struct, frozen=True):
    """So much at any rate, and so much more for each server."""

    first: float
    each: float

    def at(self, servers: float) -> float:
        """For so many."""
        return self.first + self.each * servers


class Costs(Struct, frozen=True):
    """Microseconds of a core, and bytes."""

    #: A server that is there, in a second.
    server: float
    #: A listener who is there, in a second.
    listener: float
    #: A change, on all servers together.
    change: Line
    delivery: float
    join: float
    #: Redis that is there, and each server for it, in a second.
    redis: float
    redis_server: Line
    redis_change: Line
    #: Bytes that Redis sends to a server in a second, and for each change.
    out_second: Line
    out_change: float
    #: From a command until few clients of the most servers that were measured have it.
    first: float
    frame_bytes: float
    memory: float


class Need(Struct, frozen=True):
    """What so many listeners take."""

    listeners: int
    per_s: float
    servers: int
    #: Whether it is the wait of the last, and not a server's core, that asks for them.
    by_wait: bool
    core: float
    last_us: float
    redis_core: float
    redis_out: float
    clients_bits: float
    memory: float
    #: Of each other server when one ends and its listeners come to them.
    rejoin_s: float


def costs(runs: Sequence[Raw], followed: Sequence[Raw]) -> Costs:
    """From runs of Rostra on Redis, and of Redis with those who only follow."""
    found = [run for run in runs if run["server"] == REDIS]
    alone = median(apart(run, "cpu_ms")[0] for run in followed if not many(run)) * 1e3
    there = [each for each in followed if many(each)]
    most = max(run["servers"] for run in found)
    change = fitted((run["servers"], change_us(run)) for run in found)
    return Costs(
        server=median(_us(run["empty"]) / run["servers"] for run in found),
        listener=median(max(0.0, _listener(run)) for run in found),
        change=change,
        delivery=median(delivery_us(run, change.at(run["servers"])) for run in found),
        join=median(run["join_us"] for run in found),
        redis=alone,
        redis_server=fitted(
            (many(run), (apart(run, "cpu_ms")[0] * 1e3 - alone) / many(run))
            for run in there
        ),
        redis_change=fitted(
            (many(run), apart(run, "cpu_ms")[1] * 1e3) for run in followed
        ),
        out_second=fitted((many(r), apart(r, "out")[0] / many(r)) for r in there),
        out_change=median(out_bytes(run) for run in found),
        first=median(
            median(run["few_ms"]) * 1e3 for run in found if run["servers"] == most
        ),
        frame_bytes=median(frame_bytes(run) for run in found),
        memory=median(run["memory_each"] for run in found),
    )


def many(run: Raw) -> int:
    """How many followed."""
    return int(run["followers"])


def change_us(run: Raw) -> float:
    """A change with nobody there to hear of it, on all servers together."""
    few = run["few"]
    return _above(few, _us(run["empty"])) * 1e3 / few["changes"]


def apart(run: Raw, name: str) -> tuple[float, float]:
    """What Redis takes in a second without a change, and for a change more."""
    slow, fast = run["slow"], run["fast"]
    rates = [part["changes"] / part["seconds"] for part in (slow, fast)]
    change = (_redis(fast, name) - _redis(slow, name)) / (rates[1] - rates[0])
    return _redis(slow, name) - rates[0] * change, change


def out_bytes(run: Raw) -> float:
    """What Redis sends for a change to each server."""
    busy, idle = run["busy"], run["idle"]
    over = busy["redis"]["out"] - _redis(idle, "out") * busy["seconds"]
    return float(over / busy["changes"] / run["servers"])


def frame_bytes(run: Raw) -> float:
    """The text of a frame."""
    busy = run["busy"]
    return float((busy["bytes"] - busy["pings"]) / busy["deliveries"])


def delivery_us(run: Raw, change: float) -> float:
    """A delivery, without pings and without the change itself."""
    busy = run["busy"]
    rest = _above(busy, _us(run["idle"])) * 1e3 - change * busy["changes"]
    return max(0.0, rest) / float(busy["deliveries"])


def fitted(points: Iterable[tuple[int, float]]) -> Line:
    """The straight line nearest to the medians; it never falls."""
    at: dict[int, list[float]] = {}
    for servers, value in points:
        at.setdefault(servers, []).append(value)
    medians = {servers: median(values) for servers, values in at.items()}
    x, y = sum(medians) / len(medians), sum(medians.values()) / len(medians)
    spread = sum((each - x) ** 2 for each in medians)
    if not spread:
        return Line(0.0, y / x)
    slope = sum((n - x) * (value - y) for n, value in medians.items()) / spread
    slope = max(0.0, slope)
    return Line(max(0.0, y - slope * x), slope)


def need(cost: Costs, listeners: int, per_s: float) -> Need | None:
    """The fewest servers of a core each that do; None where no number does."""
    heard = cost.listener + per_s * cost.delivery
    by_core = listeners * heard / (SHARE * 1e6)
    by_wait = listeners * cost.delivery / (WITHIN_US - cost.first)
    for servers in count(max(1, int(max(by_core, by_wait)))):
        if servers > MOST or told_us(cost, servers) > WITHIN_US:
            return None
        each = listeners / servers
        changes = per_s * cost.change.at(servers) / servers
        core = (cost.server + changes + each * heard) / 1e6
        last = told_us(cost, servers) + each * cost.delivery
        if core <= SHARE and last <= WITHIN_US:
            break
    wire = per_s * (cost.frame_bytes + HEADERS) + (PING_TEXT + HEADERS) / PING_EVERY_S
    redis = cost.redis + servers * cost.redis_server.at(servers)
    redis += per_s * cost.redis_change.at(servers)
    told = cost.out_second.at(servers) + per_s * cost.out_change
    return Need(
        listeners=listeners,
        per_s=per_s,
        servers=servers,
        by_wait=by_wait > by_core,
        core=core,
        last_us=last,
        redis_core=redis / 1e6,
        redis_out=servers * told,
        clients_bits=8 * listeners * wire,
        memory=listeners * cost.memory,
        rejoin_s=each * cost.join / 1e6 / max(1, servers - 1),
    )


def told_us(cost: Costs, servers: int) -> float:
    """Until the last server has a change: Redis tells one after the other."""
    return cost.first + cost.redis_change.each * servers


def breaks(cost: Costs, per_s: float) -> tuple[Need, str]:
    """The most listeners that can be had by more servers, and what ends it."""
    most, over = need(cost, 1, per_s), ""
    listeners = step = 1
    while step:
        found = need(cost, listeners + step, per_s)
        if said := _over(found):
            over, step = said, step // 2
        else:
            most, listeners = found, listeners + step
            step = step // 2 if over else 2 * step
    assert most is not None
    return most, over


def rounded(value: int) -> int:
    """Two figures of it: the rest of what is far from the measured means nothing."""
    return round(value, 2 - len(str(value)))


def _over(found: Need | None) -> str:
    """What is too much for one Redis; nothing if nothing is."""
    if found is None:
        return "the last would have a change too late, however many servers there are"
    if found.redis_core > SHARE:
        return f"Redis' one core is busy for more than {SHARE:.0%} of the time"
    if found.redis_out > LINE_BYTES:
        return "Redis' line of 1 Gbit/s is full"
    return ""


def _listener(run: Raw) -> float:
    return (_us(run["idle"]) - _us(run["empty"])) / float(run["listeners"])


def _us(part: Raw) -> float:
    """Microseconds of all servers in a second of *part*."""
    return float(sum(part["cpu_ms"]) * 1e3 / part["seconds"])


def _above(part: Raw, us_per_s: float) -> float:
    """Milliseconds of all servers in *part*, above what they take anyway."""
    over = sum(part["cpu_ms"]) - us_per_s * part["seconds"] / 1e3
    return max(0.0, float(over))


def _redis(part: Raw, name: str) -> float:
    """In a second of *part*."""
    return float(part["redis"][name] / part["seconds"])
