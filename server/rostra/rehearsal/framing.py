"""The client's half of a WebSocket, as far as a crowd of listeners needs it. Pure.

One key serves for every connection: it proves nothing but that the other side speaks
WebSocket, and so the right answer to it is known beforehand.
"""

import base64
import hashlib
import os

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
CONTINUED = 0
FIN = 0x80
RESERVED = 0x70
MASKED = 0x80
#: No message of a meeting comes near it: what says so is no frame of ours.
LONGEST = 1 << 24

KEY = base64.b64encode(b"a rehearsing one")
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
ACCEPT = base64.b64encode(hashlib.sha1(KEY + _GUID).digest())

#: What a server's frame is: its first byte, and where its payload begins and ends.
Found = tuple[int, int, int]


class BadFrame(ValueError):
    """Not a frame that a server may send."""


def upgrade(host: str, path: str) -> bytes:
    """The request that makes a WebSocket of a connection."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: {KEY.decode()}\r\n\r\n"
    ).encode()


def status_of(head: bytes) -> int:
    """The status of an answer to :func:`upgrade`; 101 only if it is a right one."""
    line, _, rest = head.partition(b"\r\n")
    parts = line.split(b" ", 2)
    if len(parts) < 2 or not parts[0].startswith(b"HTTP/1.") or not parts[1].isdigit():
        return 0
    if parts[1] == b"101" and ACCEPT not in rest:
        return 0
    return int(parts[1])


def masked(opcode: int, payload: bytes) -> bytes:
    """A client's frame."""
    size = len(payload)
    if size < 126:
        head = bytes((FIN | opcode, MASKED | size))
    elif size < 1 << 16:
        head = bytes((FIN | opcode, MASKED | 126)) + size.to_bytes(2)
    else:
        head = bytes((FIN | opcode, MASKED | 127)) + size.to_bytes(8)
    mask = os.urandom(4)
    long = mask * (size // 4 + 1)
    mixed = int.from_bytes(payload) ^ int.from_bytes(long[:size])
    return head + mask + mixed.to_bytes(size)


def text(payload: str) -> bytes:
    """A client's frame of text."""
    return masked(TEXT, payload.encode())


def find(data: bytes, at: int) -> Found | None:
    """The frame of *data* that begins *at*; None if it has not arrived wholly.

    Raises :class:`BadFrame`.
    """
    have = len(data) - at
    if have < 2:
        return None
    first, size = data[at], data[at + 1]
    if first & RESERVED or size & MASKED:
        raise BadFrame("compressed or masked")
    start = at + 2
    if size > 125:
        width = 2 if size == 126 else 8
        start += width
        if have < 2 + width:
            return None
        size = int.from_bytes(data[at + 2 : start])
        if size > LONGEST:
            raise BadFrame("too long")
    end = start + size
    return (first, start, end) if end <= len(data) else None
