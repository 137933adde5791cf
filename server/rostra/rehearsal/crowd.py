"""A process of listeners: ``python -m rostra.rehearsal.orders``.

Thousands of raw connections on one epoll. It must be faster than the server that it
measures, so most of what it reads is not looked at: the same bytes were read before,
and a table says from which place to which they lead. While a broadcast is under way it
asks without pause who has something to read; it sleeps only when nothing happens.

What it is to do, and what it found, is exchanged with its parent in lines of JSON:
:mod:`rostra.rehearsal.orders`.
"""

import heapq
import select
import ssl
import time
from collections.abc import Callable

from rostra.rehearsal.listener import CHUNK, Breaks, Door, Listener, Lost
from rostra.rehearsal.story import Heard, Story
from rostra.rehearsal.tally import Tally

READ = select.EPOLLIN | select.EPOLLRDHUP | select.EPOLLET
AT_ONCE = 1_024
IDLE_S = 0.05
#: A broadcast that not everybody has after so long is not waited for.
BROADCAST_NS = 1_000_000_000
#: As in ``connection.ts``: no frame for so long, and the line is given up.
SILENT_NS = 12_000_000_000
#: A connection that is not welcomed by then is given up and tried again.
JOIN_NS = 10_000_000_000
SWEEP_NS = 2_000_000_000
#: Newcomers that may be on their way in at the same time, from each address and in
#: all: servers refuse more.
COMING_EACH = 100
COMING = 1_000
#: What a server says to somebody who need not come back.
FINAL = frozenset(
    f"refused {code}"
    for code in ("unauthorized", "revoked", "expired", "protocol", "malformed")
)


class Crowd:
    """Everybody of this process."""

    def __init__(self, door: Door, tokens: list[str], sources: list[str]) -> None:
        self.door = door
        self.story = Story(door.namespace)
        self.breaks = Breaks()
        self.tally = Tally()
        self.listeners: list[Listener] = []
        self.joined = 0
        #: Spin even where no broadcast is known to be under way.
        self.spin = False
        self._tokens = tokens
        self._sources = sources
        self._at_most = min(COMING, COMING_EACH * max(1, len(sources)))
        self._coming = 0
        self._by_fd: dict[int, Listener] = {}
        self._epoll = select.epoll()
        self._orders_fd = -1
        self._ordered = False
        #: Who is to dial when: (ns, number).
        self._due: list[tuple[int, int]] = []
        self._next_sweep = 0
        self._current: Heard | None = None

    # What the orders ask for.

    def add(self, count: int, rate: float) -> None:
        """*count* more listeners, so many a second."""
        now = time.monotonic_ns()
        for each in range(count):
            number = len(self.listeners)
            token = self._tokens[number % len(self._tokens)]
            sources = self._sources
            source = sources[number % len(sources)] if sources else None
            self.listeners.append(Listener(number, self.door, token, source))
            heapq.heappush(self._due, (now + int(each * 1e9 / rate), number))

    def cut(self, count: int) -> None:
        """Cut so many lines off, from the first on; they come back."""
        for each in self._here()[:count]:
            self._lost(each, Lost("cut by us"), at_once=True)

    def leave(self, count: int) -> None:
        """So many leave for good, from the last on."""
        for each in self._here()[-count:] if count else []:
            each.left = True
            self._lost(each, Lost("left"))

    def stall(self, count: int, *, stalled: bool) -> None:
        """So many read nothing any more, or read again."""
        chosen = [each for each in self._here() if each.stalled != stalled]
        for each in chosen[:count]:
            each.stalled = stalled
            each.heard_at = time.monotonic_ns()
            self._epoll.modify(each.fd, 0 if stalled else READ)

    def places(self) -> dict[int, int]:
        """How many of those who are here stand where."""
        counts: dict[int, int] = {}
        for each in self._here():
            if not each.stalled:
                counts[each.at] = counts.get(each.at, 0) + 1
        return counts

    def _here(self) -> list[Listener]:
        return [each for each in self.listeners if each.stage == "joined"]

    # The loop.

    def run(self, obey: Callable[[], bool], fd: int) -> None:
        """Listen until *obey*, called when *fd* has something to read, says no."""
        self._orders_fd = fd
        self._epoll.register(fd, select.EPOLLIN | select.EPOLLHUP | select.EPOLLET)
        self._ordered = True
        try:
            while not self._ordered or self._obeyed(obey):
                self.turn()
        finally:
            for each in self.listeners:
                each.hang_up()
            self._epoll.close()

    def _obeyed(self, obey: Callable[[], bool]) -> bool:
        """Orders wait until a broadcast has arrived: they would delay its reading."""
        if self._broadcasting(time.monotonic_ns()):
            return True
        self._ordered = False
        return obey()

    def turn(self) -> None:
        """Read what there is to read, once."""
        now = time.monotonic_ns()
        spinning = self.spin or self._broadcasting(now)
        events = self._epoll.poll(0 if spinning else self._pause_s(now), AT_ONCE)
        if events:
            self._hear(events)
        elif spinning:
            self.tally.idled(now)
        if self._due and self._due[0][0] <= now:
            self._dial_due(now)
        if now >= self._next_sweep and not self._current:
            self._next_sweep = now + SWEEP_NS
            self._sweep(now)

    def _broadcasting(self, now: int) -> bool:
        current = self._current
        if current is None:
            return False
        times = current.times
        if times and len(times) < current.expected and now - times[0] < BROADCAST_NS:
            return True
        self._current = None
        self.tally.ended(times[-1] if times else now)
        return False

    def _pause_s(self, now: int) -> float:
        if self._ordered:
            return 0
        if not self._due:
            return IDLE_S
        return min(IDLE_S, max(0.001, (self._due[0][0] - now) / 1e9))

    def _hear(self, events: list[tuple[int, int]]) -> None:
        """The hot path: who moves as others did is moved, the rest is passed on."""
        by_fd, known, clock = self._by_fd, self.story.known, time.monotonic_ns
        tls = self.door.tls is not None
        size = moves = 0
        last = self._current
        for fd, event in events:
            listener = by_fd.get(fd)
            if listener is None:
                self._ordered = self._ordered or fd == self._orders_fd
                continue
            try:
                data = listener.recv(CHUNK)
            except (BlockingIOError, ssl.SSLWantReadError):
                self._odd(listener, event, None)
                continue
            except OSError:
                self._odd(listener, event, b"")
                continue
            size += len(data)
            heard = known.get(data)
            if heard is None or listener.at != heard.before or tls or listener.rest:
                self._odd(listener, event, data)
                continue
            now = clock()
            listener.at = heard.after
            listener.heard_at = now
            heard.times.append(now)
            moves += 1
            if heard is not last:
                last = heard
                self._first(heard, now)
        self.tally.took(size, moves)

    def _first(self, heard: Heard, now: int) -> None:
        """*heard* is heard for the first time, or another one was before it."""
        if not heard.expected:
            heard.expected = self.joined
            self._current = heard
            self.tally.began(now)

    def _odd(self, listener: Listener, event: int, data: bytes | None) -> None:
        """What is no plain move: dialling, joining, pings, parts of frames, ends."""
        now = time.monotonic_ns()
        before = listener.stage
        try:
            if before in ("dialling", "securing"):
                listener.writable()
                listener.heard_at = now
            while data is not None:
                listener.heard_at = now
                moves = listener.read(data, self.story, self.breaks, now)
                self.tally.took(0, moves)
                data = self._more(listener, data)
            if self.story.fresh is not None:
                self._first(self.story.fresh, now)
                self.story.fresh = None
            if before != "joined" and listener.stage == "joined":
                self._welcome(listener, now)
        except Lost as lost:
            self._lost(listener, lost)

    def _more(self, listener: Listener, data: bytes) -> bytes | None:
        """What else there is to read; None if it is known that there is nothing."""
        if len(data) < CHUNK and listener.door.tls is None:
            return None
        try:
            more = listener.recv(CHUNK)
        except (BlockingIOError, ssl.SSLWantReadError):
            return None
        except OSError:
            return b""
        self.tally.bytes += len(more)
        return more

    # Coming and going.

    def _dial_due(self, now: int) -> None:
        while self._due and self._due[0][0] <= now:
            _, number = self._due[0]
            listener = self.listeners[number]
            if not listener.lost_at and self._coming >= self._at_most:
                return
            heapq.heappop(self._due)
            self._dial(listener, now)

    def _dial(self, listener: Listener, now: int) -> None:
        self._coming += 1
        try:
            fd = listener.dial()
            self._by_fd[fd] = listener
            listener.heard_at = now
            self._epoll.register(fd, READ | select.EPOLLOUT)
        except OSError as error:
            self._lost(listener, Lost(f"not connected: {error.strerror}"))

    def _welcome(self, listener: Listener, now: int) -> None:
        self._coming -= 1
        self.joined += 1
        self._epoll.modify(listener.fd, READ)
        if listener.lost_at:
            self.tally.returns.append((listener.lost_at, now))

    def _lost(self, listener: Listener, lost: Lost, *, at_once: bool = False) -> None:
        """The connection is over; unless it is for good, the listener comes back."""
        now = time.monotonic_ns()
        if listener.stage == "joined":
            self.joined -= 1
            listener.lost_at = now
            self.tally.losses.append((now, lost.reason))
        else:
            self._coming -= 1
            counts = self.tally.refusals
            counts[lost.reason] = counts.get(lost.reason, 0) + 1
        self._by_fd.pop(listener.fd, None)
        wait = listener.backoff_ms() if lost.wait_ms is None else lost.wait_ms
        listener.failures += listener.stage != "joined"
        listener.hang_up(at_once=at_once)
        if lost.reason in FINAL or listener.left:
            listener.left = True
            return
        heapq.heappush(self._due, (now + int(wait * 1e6), listener.number))

    def _sweep(self, now: int) -> None:
        """Give up lines that are silent, and newcomers that are not welcomed."""
        for each in self.listeners:
            if each.stage == "waiting" or each.stalled:
                continue
            quiet = now - each.heard_at
            if each.stage == "joined" and quiet > SILENT_NS:
                self._lost(each, Lost("silent"))
            elif each.stage != "joined" and quiet > JOIN_NS:
                self._lost(each, Lost("not welcomed in time"))
