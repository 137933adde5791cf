"""WebSocket's framing, by the examples of RFC 6455 and back again."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.rehearsal import framing

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def plain(payload: bytes, first: int = 0x81) -> bytes:
    """A server's frame, written by the RFC and not by the module."""
    size = len(payload)
    if size < 126:
        return bytes((first, size)) + payload
    if size < 65_536:
        return bytes((first, 126)) + size.to_bytes(2) + payload
    return bytes((first, 127)) + size.to_bytes(8) + payload


def unmasked(frame: bytes) -> tuple[int, bytes]:
    """First byte and payload of a client's frame."""
    assert frame[1] & 0x80, "what a client sends is masked"
    size, at = frame[1] & 0x7F, 2
    if size > 125:
        width = 2 if size == 126 else 8
        size, at = int.from_bytes(frame[2 : 2 + width]), 2 + width
    mask, body = frame[at : at + 4], frame[at + 4 :]
    assert len(body) == size
    return frame[0], bytes(byte ^ mask[i % 4] for i, byte in enumerate(body))


def test_the_example_of_the_rfc_is_found() -> None:
    hello = bytes((0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F))
    assert framing.find(hello, 0) == (0x81, 2, 7)
    assert hello[2:7] == b"Hello"


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 70_000])
def test_a_frame_is_found_once_it_is_whole_and_never_before(size: int) -> None:
    frame = plain(b"x" * size)
    found = framing.find(frame, 0)
    assert found is not None
    assert frame[found[1] : found[2]] == b"x" * size
    assert found[2] == len(frame)
    for cut in {0, 1, 2, 3, 9, len(frame) - 1}:
        if cut < len(frame):
            assert framing.find(frame[:cut], 0) is None


def test_a_frame_is_found_where_it_begins() -> None:
    both = plain(b"one") + plain(b"other")
    first = framing.find(both, 0)
    assert first is not None
    second = framing.find(both, first[2])
    assert second is not None
    assert both[second[1] : second[2]] == b"other"


@pytest.mark.parametrize(
    "frame",
    [
        bytes((0xC1, 1, 0)),  # compressed, which was not asked for
        bytes((0x81, 0x81, 0, 0, 0, 0, 0)),  # masked by a server
        bytes((0x81, 127)) + (1 << 40).to_bytes(8),
    ],
)
def test_what_a_server_may_not_send_is_refused(frame: bytes) -> None:
    with pytest.raises(framing.BadFrame):
        framing.find(frame, 0)


@given(st.binary(max_size=300))
def test_what_is_masked_can_be_read_by_the_other_side(payload: bytes) -> None:
    assert unmasked(framing.masked(framing.TEXT, payload)) == (0x81, payload)


@pytest.mark.parametrize("size", [125, 126, 65_535, 65_536])
def test_long_messages_say_their_length_as_the_rfc_wants(size: int) -> None:
    assert unmasked(framing.masked(framing.PONG, b"y" * size)) == (0x8A, b"y" * size)


def test_only_a_right_answer_to_the_handshake_is_taken() -> None:
    asked = framing.upgrade("host:1", "/socket.io/?EIO=4&transport=websocket")
    key = asked.partition(b"Sec-WebSocket-Key: ")[2].partition(b"\r\n")[0]
    right = base64.b64encode(hashlib.sha1(key + GUID).digest())
    head = b"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: %b"
    assert framing.status_of(head % right) == 101
    assert framing.status_of(head % b"something else") == 0
    assert framing.status_of(b"HTTP/1.1 429 Too Many Requests\r\n") == 429
    assert framing.status_of(b"SSH-2.0-OpenSSH") == 0
    assert len(base64.b64decode(key)) == 16
