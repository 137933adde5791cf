"""The ring: whatever comes in between, each client hears every change, in order."""

import json
import socket
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from rostra.web import ring as ring_module
from rostra.web import sending
from rostra.web.frames import Frame, event
from rostra.web.ring import BY_HAND, WAITS, Ring
from rostra.web.sending import Library


class Peer:
    """A client over a real pair of sockets; by hand where it has no line of its own."""

    def __init__(self, seq: int, *, raw: bool) -> None:
        self.ours, self.theirs = socket.socketpair()
        self.ours.setblocking(False)
        self.theirs.setblocking(False)
        self.raw = self.ours.fileno() if raw else -1
        self.clear = True
        self.seq = self.began = seq
        self.place, self.ring = -1, None
        self.waiting = bytearray()
        self._in = bytearray()
        self.heard: list[tuple[int, int]] = []

    @property
    def outlet(self) -> "Peer":
        return self

    @property
    def line(self) -> int:
        if not self.clear:
            return WAITS
        return self.raw if self.raw >= 0 else BY_HAND

    def write(self, *messages: Frame) -> None:
        self.rest(b"".join(each.websocket for each in messages))

    def rest(self, data: bytes) -> None:
        self.ours.sendall(data)

    def abort(self) -> None:
        raise AssertionError("nothing fails here")

    def listen(self) -> None:
        """Read what has come."""
        while True:
            try:
                self._in += self.theirs.recv(1 << 16)
            except BlockingIOError:
                break
        while self._in:
            size, head = self._in[1], 2
            if size == 126:
                size, head = int.from_bytes(self._in[2:4], "big"), 4
            text = bytes(self._in[head : head + size])
            del self._in[: head + size]
            _, body = json.loads(text.partition(b",")[2])
            self.heard.append((body["from"], body["seq"]))

    def close(self) -> None:
        self.ours.close()
        self.theirs.close()


class Rounds(RuleBasedStateMachine):
    """Joins, leaves, stalls and changes in any order, a slice at a time."""

    compiled: Library | None = None

    @initialize()
    def begin(self) -> None:
        self.now = 10
        self.later: deque[Callable[[], None]] = deque()
        self.peers: list[Peer] = []
        self.gone: list[Peer] = []
        self.ring: Ring[Any] = Ring(
            self.news, self.bring, self.later.append, self.compiled
        )
        self.ring.reset(self.now)

    def news(self, seq: int) -> tuple[Frame, int]:
        return event("delta", {"from": seq, "seq": self.now}), self.now

    def bring(self, peer: Peer) -> None:
        if peer.clear and self.seq_of(peer) < self.ring.goal:
            peer.write(self.news(self.seq_of(peer))[0])
            self.put(peer, self.now)

    def seq_of(self, peer: Peer) -> int:
        return self.ring.seqs[peer.place]

    def put(self, peer: Peer, seq: int) -> None:
        self.ring.seqs[peer.place] = seq

    @rule(behind=st.integers(0, 5), raw=st.booleans())
    def join(self, behind: int, raw: bool) -> None:
        peer = Peer(self.now - behind, raw=raw)
        self.peers.append(peer)
        self.ring.join(peer)
        self.bring(peer)

    @precondition(lambda self: self.peers)
    @rule(which=st.integers(0, 1000))
    def leave(self, which: int) -> None:
        peer = self.peers.pop(which % len(self.peers))
        seq = self.seq_of(peer)
        self.ring.leave(peer)
        peer.listen()
        assert not peer.heard or peer.heard[-1][1] == seq == peer.seq
        self.gone.append(peer)

    @rule(step=st.integers(1, 3))
    def change(self, step: int) -> None:
        self.now += step
        self.ring.aim(self.now, run=True)

    @rule()
    def hidden(self) -> None:
        self.now += 1

    @precondition(lambda self: self.later)
    @rule()
    def slice(self) -> None:
        self.later.popleft()()

    @precondition(lambda self: self.peers)
    @rule(which=st.integers(0, 1000))
    def stall(self, which: int) -> None:
        peer = self.peers[which % len(self.peers)]
        peer.clear = False
        self.ring.lines[peer.place] = WAITS

    @precondition(lambda self: self.peers)
    @rule(which=st.integers(0, 1000))
    def drain(self, which: int) -> None:
        peer = self.peers[which % len(self.peers)]
        peer.clear = True
        self.ring.lines[peer.place] = peer.line
        self.bring(peer)

    @invariant()
    def each_hears_everything_once_and_in_order(self) -> None:
        for peer in getattr(self, "peers", []):
            peer.listen()
            at = peer.began
            for start, end in peer.heard:
                assert start == at < end
                at = end
            assert at == self.seq_of(peer)
            assert self.ring.members[peer.place] is peer

    @invariant()
    def when_the_round_is_over_everybody_who_can_be_is_at_the_goal(self) -> None:
        if getattr(self, "later", None) is not None and not self.later:
            for peer in self.peers:
                assert not peer.clear or self.seq_of(peer) >= self.ring.goal

    def teardown(self) -> None:
        for peer in [*getattr(self, "peers", []), *getattr(self, "gone", [])]:
            peer.close()


@pytest.fixture(autouse=True)
def _small_slices(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """So that a round of a few clients takes several."""
    monkeypatch.setattr(ring_module, "SLICE_S", 0.0)
    monkeypatch.setattr(ring_module, "CHUNK", 3)
    yield


def run(machine: type[Rounds]) -> None:
    case = machine.TestCase
    case.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
    case("runTest").runTest()


def test_every_client_hears_each_change_once_and_in_order() -> None:
    run(Rounds)


def test_so_it_does_by_the_compiled_loop() -> None:
    assert sending.build(), "a C compiler is missing"

    class Compiled(Rounds):
        compiled = Library(sending.LIBRARY)

    run(Compiled)
