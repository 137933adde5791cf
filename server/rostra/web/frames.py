"""What we send over a socket, made once and shared by many: packets and their frames.

A packet is Socket.IO's text in Engine.IO's (``42/meeting,["delta",{…}]``); a frame is
that text as one unmasked WebSocket message, ready to be written.
"""

from typing import Any, Final

import msgspec

NAMESPACE = "/meeting"

_encoder = msgspec.json.Encoder()
_FINAL_TEXT, _FINAL_CLOSE = 0x81, 0x88


class Frame:
    """One message of ours. ``body`` is the JSON of its argument."""

    __slots__ = ("_packet", "_websocket", "body", "name")

    def __init__(self, name: str, body: bytes, packet: bytes) -> None:
        self.name: Final = name
        self.body: Final = body
        self._packet = packet
        self._websocket: bytes | None = None

    @property
    def websocket(self) -> bytes:
        """The whole WebSocket message, made when it is first wanted."""
        if self._websocket is None:
            self._websocket = websocket(self._packet)
        return self._websocket


def event(name: str, message: Any) -> Frame:
    """An event with one argument: ``42/meeting,[name, message]``."""
    body = _encoder.encode(message)
    return Frame(name, body, b'42/meeting,["%b",%b]' % (name.encode(), body))


def acknowledgement(ack_id: int, message: Any) -> Frame:
    """The answer to the client's event *ack_id*."""
    body = _encoder.encode(message)
    return Frame("ack", body, b"43/meeting,%d[%b]" % (ack_id, body))


def connected(sid: str) -> Frame:
    """The client is in the namespace."""
    body = _encoder.encode({"sid": sid})
    return Frame("connect", body, b"40/meeting,%b" % body)


def refused(namespace: str, message: Any) -> Frame:
    """The client is not let into *namespace*."""
    body = _encoder.encode(message)
    where = b"" if namespace == "/" else namespace.encode() + b","
    return Frame("connect_error", body, b"44%b%b" % (where, body))


def opened(sid: str, interval_ms: int, timeout_ms: int, longest: int) -> Frame:
    """Engine.IO's first packet: how it pings, and how much it takes."""
    body = _encoder.encode(
        {
            "sid": sid,
            "upgrades": [],
            "pingInterval": interval_ms,
            "pingTimeout": timeout_ms,
            "maxPayload": longest,
        }
    )
    return Frame("open", body, b"0" + body)


def encode(message: Any) -> bytes:
    """*message* as JSON."""
    return _encoder.encode(message)


def websocket(text: bytes) -> bytes:
    """*text* in UTF-8 as one unmasked, plain WebSocket message (RFC 6455, 5.2)."""
    length = len(text)
    if length < 126:
        return bytes((_FINAL_TEXT, length)) + text
    if length < 1 << 16:
        return bytes((_FINAL_TEXT, 126)) + length.to_bytes(2, "big") + text
    return bytes((_FINAL_TEXT, 127)) + length.to_bytes(8, "big") + text


def closing(code: int) -> Frame:
    """The WebSocket's own closing frame."""
    frame = Frame("close", b"", b"")
    frame._websocket = bytes((_FINAL_CLOSE, 2)) + code.to_bytes(2, "big")
    return frame


PING: Final = Frame("ping", b"", b"2")
