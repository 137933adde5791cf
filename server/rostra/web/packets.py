"""What clients send over a socket: Socket.IO 5 packets of text, strictly parsed.

Written by ourselves, because what a stranger's packet may do is decided here: no
attachments, no event names but ours, and no number, key or letter that would later
break a reader (PROMISES F1, F7, F8, F9).
"""

import re
from typing import Any, Literal

from msgspec import Struct

from rostra.web import strict_json

CONNECT, DISCONNECT, EVENT = range(3)
MAX_ACK_ID = 2**31
PONG = "3"

#: ``<type>[<namespace>,][<ack id>][<JSON>]``, after Engine.IO's ``4``.
_PACKET = re.compile(r"4([012])(?:(/[^,?]{0,40})(?:\?[^,]{0,80})?(?:,|$))?(\d{0,10})")


class BadPacket(ValueError):
    """A packet that is none of ours; the message is short and made by us."""


class Packet(Struct, frozen=True):
    """One packet of a client. ``data`` is None where there is none."""

    kind: Literal[0, 1, 2]
    namespace: str
    id: int | None
    data: Any


def expected(text: str) -> bool:
    """Whether *text* begins as a packet that clients of ours send."""
    return text[:2] in ("40", "41", "42")


def parse(text: str) -> Packet:
    """The packet that *text* is. Raises :class:`BadPacket`: it is the peer's fault."""
    found = _PACKET.match(text)
    if found is None:
        raise BadPacket("packet type")
    kind, namespace, ack_id = found.groups()
    rest = text[found.end() :]
    number = int(ack_id) if ack_id else None
    if number is not None and number >= MAX_ACK_ID:
        raise BadPacket("ack id")
    try:
        data = strict_json.loads(rest) if rest else None
    except strict_json.BadJson as error:
        raise BadPacket(str(error)) from None
    return Packet(int(kind), namespace or "/", number, data)  # type: ignore[arg-type]
