"""What a server says, for listeners to hear: well told, or with something wrong."""

import json
from typing import Any

from rehearsal.test_framing import plain


def event(name: str, body: dict[str, Any]) -> bytes:
    """A frame with one event."""
    return plain(f"42/meeting,{json.dumps([name, body])}".encode())


def welcome(seq: int, **more: Any) -> bytes:
    """The first message after joining."""
    body = {"epoch": "e", "seq": seq, "chain": f"c{seq}", "mode": "snapshot", **more}
    return event("welcome", {"reason": "first", "spread_ms": 0, **body})


def delta(since: int, seq: int, **more: Any) -> bytes:
    """A change from one seq to another."""
    return event("delta", {"from": since, "seq": seq, "chain": f"c{seq}", **more})


def beat(since: int, seq: int) -> bytes:
    """Hidden changes."""
    body = {"from": since, "seq": seq, "chain": f"c{seq}", "unattended": False}
    return event("beat", body)


PING = plain(b"2")
OPENED = plain(b'0{"sid":"x","pingInterval":5000}')
CONNECTED = plain(b'40/meeting,{"sid":"y"}')
