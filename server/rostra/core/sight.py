"""A state of the meeting while it is drawn: what many rows need is reckoned once."""

from collections.abc import Callable
from typing import TypeVar

from rostra.core.ids import ListId, RequestId
from rostra.core.meeting import LISTED, LIVE, Meeting, RequestStatus
from rostra.core.turns import rounds

T = TypeVar("T")

#: Live, and not in the order of a list.
BESIDE: frozenset[RequestStatus] = LIVE - LISTED


class Sight:
    """*meeting*, and what was reckoned of it. It is let go of with that state."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self._made: dict[tuple[str, ...], object] = {}
        self._rounds: dict[ListId, dict[RequestId, int]] = {}
        self._places: dict[ListId, dict[RequestId, int]] = {}
        self._beside: dict[tuple[ListId, str], tuple[RequestId, ...]] | None = None

    def once(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """What *make* makes, made at the first asking for *key*."""
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = make()
        return found  # type: ignore[return-value]

    def rounds(self, key: ListId) -> dict[RequestId, int]:
        """In which round of a rotation each of a list has its turn."""
        if key not in self._rounds:
            speakers = self.meeting.lists[key]
            rotates = speakers.policy == "regional_rotation"
            self._rounds[key] = (
                rounds(self.meeting, speakers, speakers.order) if rotates else {}
            )
        return self._rounds[key]

    def place(self, key: ListId, request: RequestId) -> int:
        """At which place of a list a request stands, from 0."""
        if key not in self._places:
            order = self.meeting.lists[key].order
            self._places[key] = {each: place for place, each in enumerate(order)}
        return self._places[key][request]

    def beside(self, key: ListId, status: RequestStatus) -> tuple[RequestId, ...]:
        """Who waits in one of the trays beside a list, in the order of arrival."""
        if self._beside is None:
            waiting = [r for r in self.meeting.requests.values() if r.status in BESIDE]
            trays: dict[tuple[ListId, str], tuple[RequestId, ...]] = {}
            for each in sorted(waiting, key=lambda r: r.ticket):
                tray = (each.list, each.status)
                trays[tray] = (*trays.get(tray, ()), each.id)
            self._beside = trays
        return self._beside.get((key, status), ())
