"""What a room answers, and what it tells its listeners."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from rostra.core.ids import Audience, Code, Instant, LinkId
from rostra.core.refusals import Refusal
from rostra.protocol.messages import Delta


class Accepted(Struct, frozen=True):
    """Done, durable, as commit ``seq``."""

    seq: int
    result: dict[str, Any]


class Declined(Struct, frozen=True):
    """The rules said no."""

    refusal: Refusal


class Unsettled(Struct, frozen=True):
    """Not known yet: ask again with the same id after ``retry_ms``."""

    retry_ms: int


Outcome = Accepted | Declined | Unsettled


class Published(Struct, frozen=True):
    """One turn of the room, as every listener gets it.

    ``deltas`` has the merged delta of each audience that sees a change; ``mine`` names
    the delegations whose own layer changed, ``links_touched`` the links that did.
    """

    from_seq: int
    seq: int
    at: Instant
    deltas: Mapping[Audience, Delta]
    mine: frozenset[Code]
    links_touched: frozenset[LinkId]
    epoch_changed: bool = False


class Tail(Struct, frozen=True):
    """What a client missed; ``delta`` None with ``reason`` None: nothing."""

    delta: Delta | None
    reason: str | None
