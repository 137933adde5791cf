"""What a crowd's process is told and what it answers: one JSON object a line.

Every order has ``do``; the first is ``begin``. Every order is answered by one line, in
the order they came. Nothing secret stands on a command line that others could read.
"""

import contextlib
import gc
import json
import os
import resource
import socket
import ssl
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from rostra.protocol.messages import PROTOCOL
from rostra.rehearsal import framing
from rostra.rehearsal.crowd import Crowd
from rostra.rehearsal.listener import Door
from rostra.rehearsal.tally import row

Order = dict[str, Any]
PATH = "/socket.io/?EIO=4&transport=websocket"
#: Files of the process beside its sockets.
SPARE_FILES = 64
#: A move that nobody has heard of for so long has arrived.
STILL_NS = 50_000_000


def door(order: Order) -> Door:
    """Where a crowd comes in, from the order to begin. Raises OSError."""
    url = urlsplit(order["url"])
    tls = url.scheme == "https"
    name = url.hostname or ""
    port = url.port or (443 if tls else 80)
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)[0]
    return Door(
        family=found[0],
        address=(str(found[4][0]), port),
        request=framing.upgrade(url.netloc, order.get("path", PATH)),
        protocol=order.get("protocol", PROTOCOL),
        namespace=order.get("namespace", "/meeting"),
        name=name,
        tls=ssl.create_default_context() if tls else None,
        bare=order.get("bare", False),
    )


def sources(order: Order, where: Door) -> list[str]:
    """Addresses to come from: many of this machine's own, if the server is on it."""
    told = order.get("addresses", 250)
    if isinstance(told, list):
        return told
    if not where.address[0].startswith("127."):
        return []
    return [f"127.0.0.{each}" for each in range(1, told + 1)]


class Orders:
    """Reads orders for a crowd, and answers them."""

    def __init__(self, fd: int, say: Callable[[str], None]) -> None:
        self._fd = fd
        self._say = say
        self._rest = b""
        self.crowd: Crowd | None = None

    def first(self) -> bool:
        """Wait for the order to begin; False if there will be none."""
        while b"\n" not in self._rest:
            data = os.read(self._fd, 1 << 20)
            if not data:
                return False
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        order = json.loads(line)
        try:
            where = door(order)
        except OSError as error:
            self._answer({"error": f"{order['url']}: {error}"})
            return False
        self.crowd = Crowd(where, order["tokens"], sources(order, where))
        self.crowd.spin = order.get("spin", False)
        self._answer({"did": "begin", "pid": os.getpid(), "room": room_for_files()})
        return True

    def obey(self) -> bool:
        """Do what has been asked for by now; False at the end."""
        going = True
        with contextlib.suppress(BlockingIOError):
            while going:
                data = os.read(self._fd, 1 << 16)
                self._rest += data
                going = bool(data)
        while b"\n" in self._rest:
            line, _, self._rest = self._rest.partition(b"\n")
            order = json.loads(line)
            if order["do"] == "end":
                self._answer({"did": "end"})
                return False
            self._answer({"did": order["do"], **self._done(order)})
        return going

    def _done(self, order: Order) -> Order:
        crowd = self.crowd
        assert crowd is not None
        count = order.get("count", 0)
        match order["do"]:
            case "connect":
                crowd.add(count, order.get("rate", 400.0))
            case "cut":
                crowd.cut(count)
            case "leave":
                crowd.leave(count)
            case "stall" | "unstall":
                crowd.stall(count, stalled=order["do"] == "stall")
            case "spin":
                crowd.spin = order["on"]
            case "moves":
                return {"moves": self._moves(crowd)}
            case "places":
                return {"places": _places(crowd)}
            case "lost":
                return _lost(crowd)
            case "state":
                return _state(crowd)
            case _:
                return {"error": f"unknown order {order['do']}"}
        return {}

    def _moves(self, crowd: Crowd) -> list[Order]:
        still = time.monotonic_ns() - STILL_NS
        moves = crowd.story.moves()
        return [row(each) for each in moves if each.times[-1] < still]

    def _answer(self, answer: Order) -> None:
        self._say(json.dumps(answer, separators=(",", ":")) + "\n")


def _places(crowd: Crowd) -> list[Order]:
    """Where those who are here stand, and how many."""
    return [
        {**(crowd.story.position(place) or {"seq": None}), "count": count}
        for place, count in sorted(crowd.places().items())
    ]


def _lost(crowd: Crowd) -> Order:
    """Losses and returns since they were last asked for."""
    tally = crowd.tally
    lost, returns = tally.losses, tally.returns
    tally.losses, tally.returns = [], []
    return {"lost": lost, "returns": returns}


def _state(crowd: Crowd) -> Order:
    """Everything that is counted."""
    breaks = crowd.breaks
    return {
        "joined": crowd.joined,
        "wanted": sum(not each.left for each in crowd.listeners),
        "breaks": breaks.counts,
        "examples": breaks.examples,
        "snapshots": breaks.snapshots,
        "contradictions": crowd.story.contradictions[:20],
        **crowd.tally.report(),
    }


def room_for_files() -> int:
    """How many connections this process may have; as many as it is allowed to."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] - SPARE_FILES


def main() -> int:
    """Obey what comes on the standard input, until its end."""
    fd = sys.stdin.fileno()
    orders = Orders(fd, _print)
    if not orders.first() or orders.crowd is None:
        return 1
    os.set_blocking(fd, False)
    # Nothing here goes in circles, and a pause would be taken for the server's.
    gc.freeze()
    gc.disable()
    with contextlib.suppress(KeyboardInterrupt):
        orders.crowd.run(orders.obey, fd)
    return 0


def _print(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
