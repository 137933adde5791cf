"""A meeting in the making: copies a collection only when it is first written.

Folding a whole history through one draft costs no copies; a live commit costs one
shallow copy per collection that it touches. The draft also remembers what a commit
touched, as it was before: that is what an undo puts back.
"""

from collections.abc import Set
from typing import TYPE_CHECKING, Any

from msgspec import structs

from rostra.core.asked import asked_too
from rostra.core.ids import (
    Code,
    Instant,
    InterventionId,
    ListId,
    RequestId,
    SegmentId,
)
from rostra.core.meeting import Intervention, Meeting, Request, SpeakerList, Touched

_COLLECTIONS = frozenset(
    (
        "segments",
        "lists",
        "requests",
        "interventions",
        "totals",
        "notes",
        "announcements",
        "signals",
        "links",
        "messages",
        "swaps",
        "conclusions",
        "attendance",
        "asked",
    )
)
_UNDOABLE = frozenset(("segments", "lists", "requests", "interventions", "swaps"))
_MISSING: Any = object()


class Draft:
    """Mutable front of a frozen :class:`Meeting`.

    Reading goes through attributes of the same names (``draft.requests``); writing
    through :meth:`put` for an entity and :meth:`set` for a field. The fields of the
    meeting, and nothing else, are this object's ``__dict__``: reading them costs what
    reading an attribute costs.
    """

    __slots__ = ("__dict__", "_before", "_downtime_ms", "_own", "_segment", "_stack")

    def __init__(self, meeting: Meeting) -> None:
        self.__dict__ = structs.asdict(meeting)
        self._own: set[str] = set()
        self.begin(meeting.seq, meeting.at)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def begin(self, seq: int, at: Instant) -> None:
        """Start commit *seq*, stamped *at*."""
        fields = self.__dict__
        fields["seq"] = seq
        fields["at"] = at
        self._before: dict[str, dict[str, Any]] = {}
        self._stack: tuple[InterventionId, ...] = fields["stack"]
        self._segment: SegmentId | None = fields["segment"]
        self._downtime_ms: int = fields["downtime_ms"]

    def put(self, collection: str, key: str, value: Any) -> None:
        """Make *value* the entity *key* of *collection*; None takes it away."""
        entities = self._written(collection)
        if collection in _UNDOABLE:
            was = entities.get(key, _MISSING)
            self._before.setdefault(collection, {}).setdefault(key, was)
        if value is None:
            entities.pop(key, None)
            return
        if collection == "requests" and key not in entities:
            asked_too(self._written("asked"), value)
        entities[key] = value

    def _written(self, collection: str) -> dict[Any, Any]:
        """*collection* as it may be written: a copy of our own from the first time."""
        fields = self.__dict__
        if collection not in self._own:
            fields[collection] = dict(fields[collection])
            self._own.add(collection)
        found: dict[Any, Any] = fields[collection]
        return found

    def change(self, collection: str, key: str, **fields: Any) -> None:
        """Replace some *fields* of an entity."""
        entities = self._written(collection)
        entity = entities[key]
        if collection in _UNDOABLE:
            self._before.setdefault(collection, {}).setdefault(key, entity)
        entities[key] = structs.replace(entity, **fields)

    def amend(self, **fields: Any) -> None:
        """Replace some *fields* of the meeting itself."""
        assert _COLLECTIONS.isdisjoint(fields)
        self.__dict__.update(fields)

    def deliver(self, key: InterventionId) -> None:
        """Add a row to the record.

        It is a list until the draft is frozen: a tuple would be copied for each of the
        rows of a long history.
        """
        rows = self.__dict__["delivered"]
        if not isinstance(rows, list):
            rows = self.__dict__["delivered"] = list(rows)
        rows.append(key)

    def request(self, key: RequestId) -> Request:
        """The request *key*."""
        found: Request = self.__dict__["requests"][key]
        return found

    def requests_of(self, delegation: Code) -> list[Request]:
        """All that *delegation* has ever asked for, in the order in which it came."""
        requests, asked = self.__dict__["requests"], self.__dict__["asked"]
        return [requests[key] for key in asked.get(delegation, ())]

    def intervention(self, key: InterventionId) -> Intervention:
        """The intervention *key*."""
        found: Intervention = self.__dict__["interventions"][key]
        return found

    def list(self, key: ListId) -> SpeakerList:
        """The list *key*."""
        found: SpeakerList = self.__dict__["lists"][key]
        return found

    def touched(self, collection: str) -> Set[str]:
        """Ids of what this commit has written so far in *collection*; it grows."""
        return self._before.setdefault(collection, {}).keys()

    def before(self) -> Touched:
        """What this commit touched, as it was; entities that are new are missing."""
        known: dict[str, Any] = {
            name: {k: v for k, v in entities.items() if v is not _MISSING}
            for name, entities in self._before.items()
        }
        return Touched(
            stack=self._stack,
            segment=self._segment,
            downtime_ms=self._downtime_ms,
            **known,
        )

    def after(self) -> Touched:
        """The same entities as they are now."""
        now: dict[str, Any] = {
            name: {
                k: self.__dict__[name][k] for k in entities if k in self.__dict__[name]
            }
            for name, entities in self._before.items()
        }
        return Touched(
            stack=self.__dict__["stack"],
            segment=self.__dict__["segment"],
            downtime_ms=self.__dict__["downtime_ms"],
            **now,
        )

    def freeze(self) -> Meeting:
        """The meeting as it stands. The draft copies again before its next write."""
        self._own.clear()
        self.__dict__["delivered"] = tuple(self.__dict__["delivered"])
        return Meeting(**self.__dict__)
