"""Ids of accepted commands, with their answers, for the life of the meeting.

A command sent twice, on any server, after any crash, takes effect once and gets the
same answer. Refusals are not journaled: they are remembered for the longest validity
and 60 s, in memory and by a shared journal beside the meeting, so that a retry gets the
same no.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct, structs

from rostra.core.ids import Instant, LinkId
from rostra.core.refusals import Refusal
from rostra.engine.ports import REFUSALS_KEPT_MS

Key = tuple[LinkId, str]


def known_as(key: Key) -> str:
    """A command's name among servers."""
    return " ".join(key)


class Answered(Struct, frozen=True, gc=False):
    """A command that was accepted as commit ``seq``."""

    digest: str
    seq: int
    result: dict[str, Any]


class Refusing(Struct, frozen=True):
    """A command that was refused at ``at``."""

    digest: str
    at: Instant
    refusal: Refusal


_refusing = msgspec.json.Decoder(Refusing)


class Ledger:
    """What was answered to whom."""

    def __init__(self) -> None:
        self._accepted: dict[Key, Answered] = {}
        self._refused: dict[Key, Refusing] = {}

    def accepted(self, key: Key) -> Answered | None:
        """The answer of an accepted command."""
        return self._accepted.get(key)

    def after(self, seq: int) -> list[Key]:
        """The commands that were accepted later than commit *seq*, oldest first."""
        return [key for key, found in self._accepted.items() if found.seq > seq]

    def accept(self, key: Key, answered: Answered) -> None:
        """*answered* is durable now."""
        self._accepted[key] = answered
        self._refused.pop(key, None)

    def refused(self, key: Key, at: Instant) -> Refusing | None:
        """The refusal that the same command got a while ago."""
        found = self._refused.get(key)
        return found if found and at - found.at <= REFUSALS_KEPT_MS else None

    def refused_elsewhere(self, refused: Mapping[str, bytes], at: Instant) -> None:
        """Another server has said no to these; so it is here, as of *at*."""
        for name, said in refused.items():
            link, _, command = name.partition(" ")
            refusing = structs.replace(_refusing.decode(said), at=at)
            self.refuse((LinkId(link), command), refusing)

    def refuse(self, key: Key, refusing: Refusing) -> None:
        """Remember a refusal, and forget the old ones."""
        self._refused.pop(key, None)
        self._refused[key] = refusing
        while refusing.at - next(iter(self._refused.values())).at > REFUSALS_KEPT_MS:
            del self._refused[next(iter(self._refused))]
