"""The text of Socket.IO packets that we send, made once and shared by many sockets."""

from typing import Any

import msgspec

NAMESPACE = "/meeting"

_encoder = msgspec.json.Encoder()


def event(name: str, message: Any) -> bytes:
    """An event with one argument, as Engine.IO sends it: ``42/meeting,[…]``."""
    body = _encoder.encode(message)
    return b'42/meeting,["%b",%b]' % (name.encode(), body)


def acknowledgement(ack_id: int, message: Any) -> bytes:
    """The answer to the client's event *ack_id*."""
    return b"43/meeting,%d[%b]" % (ack_id, _encoder.encode(message))


def encode(message: Any) -> bytes:
    """*message* as JSON."""
    return _encoder.encode(message)
