"""One listener: whatever way the bytes are cut, it knows where it is."""

import json
import random
import socket
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearsal.doctored import (
    CONNECTED,
    OPENED,
    PING,
    beat,
    delta,
    event,
    plain,
    welcome,
)
from rehearsal.test_framing import unmasked
from rostra.rehearsal import framing
from rostra.rehearsal.listener import Breaks, Door, Listener, Lost
from rostra.rehearsal.story import SEQ_MASK, Story

HEAD = b"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: %b\r\n\r\n"
DOOR = Door(
    family=socket.AF_INET,
    address=("127.0.0.1", 1),
    request=b"",
    protocol=2,
    namespace="/meeting",
    name="127.0.0.1",
    tls=None,
    bare=False,
)


class Line:
    """A listener whose other end is ours."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self.ours = ours
        self.story = Story()
        self.breaks = Breaks()
        self.listener = Listener(0, DOOR, "token", None)
        self.listener.sock, self.listener.stage = theirs, "upgrading"

    def hear(self, *chunks: bytes) -> int:
        """Let it read; how many moves it made."""
        return sum(
            self.listener.read(each, self.story, self.breaks, now)
            for now, each in enumerate(chunks)
        )

    def said(self) -> list[str]:
        """What it has sent, as text."""
        self.ours.setblocking(False)
        told, sent = [], self.ours.recv(65_536)
        while sent:
            size = sent[1] & 0x7F
            end = 6 + size if size < 126 else 8 + int.from_bytes(sent[2:4])
            told.append(unmasked(sent[:end])[1].decode())
            sent = sent[end:]
        return told

    @property
    def seq(self) -> int:
        """Where it is."""
        return self.listener.at & SEQ_MASK

    def close(self) -> None:
        """Let go of both ends."""
        self.ours.close()
        self.listener.hang_up()


@pytest.fixture
def line() -> Iterator[Line]:
    """A listener that has asked for its upgrade."""
    made = Line()
    yield made
    made.close()


@pytest.fixture
def joined(line: Line) -> Line:
    """A listener that was welcomed at 10."""
    line.hear(HEAD % framing.ACCEPT, OPENED, CONNECTED, welcome(10))
    line.said()
    return line


def long_story() -> list[bytes]:
    """Everything that a server says, well told, to change 16."""
    return [
        *(HEAD % framing.ACCEPT, OPENED, CONNECTED, welcome(10)),
        *(delta(10, 11), PING, delta(11, 13), beat(13, 14), plain(b"", 0x89)),
        *(event("here", {"n": 0}), delta(14, 15, pad="x" * 300), delta(15, 16)),
    ]


@given(st.data())
def test_however_the_stream_is_cut_it_is_told_the_same(data: st.DataObject) -> None:
    stream = b"".join(long_story())
    cuts = st.lists(st.integers(0, len(stream)), max_size=12)
    borders = sorted({0, len(stream), *data.draw(cuts)})
    line = Line()
    try:
        chunks = [stream[a:b] for a, b in pairwise(borders)]
        assert line.hear(*chunks) == 5
        assert (line.seq, line.breaks.counts) == (16, {})
        assert line.listener.stage == "joined"
        assert line.listener.rest == b""
        assert line.said()[1:] == ["3", ""]
        heard = sum(len(each.times) for each in line.story.moves())
        assert heard == 4  # the beat is no broadcast
    finally:
        line.close()


@given(st.data())
def test_a_message_in_several_frames_is_one_message(data: st.DataObject) -> None:
    text = delta(10, 12)[2:]
    cut = data.draw(st.integers(0, len(text)))
    again = data.draw(st.integers(cut, len(text)))
    line = Line()
    try:
        line.hear(HEAD % framing.ACCEPT, OPENED, CONNECTED, welcome(10))
        first, second, third = text[:cut], text[cut:again], text[again:]
        parts = (plain(first, 0x01), PING, plain(second, 0x00), plain(third, 0x80))
        line.hear(b"".join(parts))
        assert (line.seq, line.breaks.counts) == (12, {})
    finally:
        line.close()


def parted(frame: bytes, cut: int) -> tuple[bytes, bytes]:
    """A message in two frames."""
    return plain(frame[2:][:cut], 0x01), plain(frame[2:][cut:], 0x80)


def test_two_messages_in_several_frames_are_two_messages(joined: Line) -> None:
    joined.hear(*parted(delta(10, 11), 20), *parted(delta(11, 14), 30))
    assert (joined.seq, joined.breaks.counts) == (14, {})


@pytest.mark.parametrize("before", [0, 1])
def test_the_same_bytes_amid_a_message_in_parts_are_not_the_whole_of_it(
    joined: Line, before: int
) -> None:
    """Two who hear the same: what one remembers for the other must be all of it."""
    other = Line()
    other.story = joined.story
    try:
        other.hear(HEAD % framing.ACCEPT, OPENED, CONNECTED, welcome(10))
        first, second = parted(delta(12, 13), 25)
        told = [delta(10, 11) + delta(11, 12) + first, second + PING + PING]
        if before:
            told = [delta(10, 12), first, second + delta(13, 14) + delta(14, 15)]
        for line in (joined, other):
            for chunk in told:
                known = line.story.known.get(chunk)
                if known is None:
                    line.hear(chunk)
                else:
                    line.listener.take(known, line.story, line.breaks, 1)
            assert line.breaks.counts == {}
            assert line.seq == (15 if before else 13)
            seq = line.seq
            line.hear(*parted(delta(seq, seq + 1), 20))
            assert (line.seq, line.breaks.counts) == (seq + 1, {})
    finally:
        other.close()


def test_it_joins_with_its_token_and_nothing_to_go_on_from(line: Line) -> None:
    line.hear(HEAD % framing.ACCEPT, OPENED)
    (said,) = line.said()
    assert said.startswith("40/meeting,")
    auth = json.loads(said.removeprefix("40/meeting,"))
    assert auth == {"protocol": 2, "token": "token", "device": "Rehearsal"}


def test_it_comes_back_from_where_it_was(joined: Line) -> None:
    joined.hear(delta(10, 11))
    joined.listener.stage = "upgrading"
    joined.hear(HEAD % framing.ACCEPT, OPENED)
    (said,) = joined.said()
    auth = json.loads(said.removeprefix("40/meeting,"))
    assert auth["resume"] == {"epoch": "e", "seq": 11, "chain": "c11"}
    joined.hear(CONNECTED, welcome(11, mode="resume", reason=None), delta(11, 19))
    assert (joined.seq, joined.breaks.counts) == (19, {})


@pytest.mark.parametrize(
    ("told", "broken"),
    [
        ([delta(10, 11), delta(12, 13)], {"gap": 1}),
        ([delta(10, 11), delta(10, 11)], {"again": 1}),
        ([delta(10, 12), delta(11, 13)], {"overlap": 1}),
        ([delta(11, 12), delta(10, 11)], {"gap": 1, "again": 1}),
        ([delta(10, 11), beat(12, 13)], {"gap": 1}),
        ([delta(10, 11, epoch="f")], {"gap": 1}),
        ([delta(10, 11), delta(11, 12) + delta(11, 12)], {"again": 1}),
    ],
)
def test_what_must_not_happen_is_noticed(
    joined: Line, told: list[bytes], broken: dict[str, int]
) -> None:
    joined.hear(*told)
    assert joined.breaks.counts == broken
    assert "listener 0 at 1" in joined.breaks.examples[0]


@pytest.mark.parametrize(
    ("again", "broken"),
    [
        ({"seq": 12, "mode": "resume", "reason": None}, {"resume": 1}),
        ({"seq": 9, "reason": "first"}, {"back": 1}),
        ({"seq": 12, "reason": "diverged"}, {"snapshot: diverged": 1}),
        ({"seq": 12, "reason": "too_old"}, {}),
    ],
)
def test_a_second_welcome_is_checked(
    joined: Line, again: dict[str, Any], broken: dict[str, int]
) -> None:
    joined.hear(welcome(**again))
    assert joined.breaks.counts == broken
    assert joined.breaks.snapshots == (again["reason"] == "too_old")


def test_a_goodbye_says_when_to_come_back(joined: Line) -> None:
    with pytest.raises(Lost) as lost:
        joined.hear(event("bye", {"code": "restarting", "retry_ms": 700}))
    assert (lost.value.reason, lost.value.wait_ms) == ("bye restarting", 700)
    assert not joined.listener.left


def test_who_is_sent_away_does_not_come_back(joined: Line) -> None:
    with pytest.raises(Lost):
        joined.hear(event("bye", {"code": "revoked", "retry_ms": None}))
    assert joined.listener.left


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"HTTP/1.1 429 Too Many Requests\r\n\r\n", "HTTP 429"),
        (b"HTTP/1.1 101 Fine\r\n\r\n", "HTTP nonsense"),
        (b"", "closed"),
    ],
)
def test_who_is_not_let_in_says_why(line: Line, answer: bytes, reason: str) -> None:
    with pytest.raises(Lost, match=reason):
        line.hear(answer)


def test_a_refusal_at_joining_is_named(line: Line) -> None:
    refused = b'44/meeting,{"message":"not admitted","data":{"code":"protocol"}}'
    with pytest.raises(Lost, match="refused protocol"):
        line.hear(HEAD % framing.ACCEPT, OPENED, plain(refused))


def test_a_close_frame_and_nonsense_end_the_line(joined: Line) -> None:
    with pytest.raises(Lost, match="closed"):
        joined.hear(plain(b"\x03\xe9", 0x88))
    with pytest.raises(Lost, match="bad frame"):
        joined.hear(bytes((0xFF, 0xFF)))


def test_pauses_grow_as_in_the_browser(line: Line) -> None:
    random.seed(1)
    line.listener.spread_ms = 100
    line.listener.failures = 0
    assert 0 <= line.listener.backoff_ms() <= 100
    line.listener.failures = 3
    waits = [line.listener.backoff_ms() for _ in range(100)]
    assert 500 <= min(waits) <= max(waits) <= 1_100
