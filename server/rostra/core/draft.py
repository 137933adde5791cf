"""A meeting in the making: copies a collection only when it is first written.

Folding a whole history through one draft costs no copies; a live commit costs one
shallow copy per collection that it touches. The draft also remembers what a commit
touched, as it was before: that is what an undo puts back.
"""

from typing import Any

from msgspec import structs

from rostra.core.ids import Instant, InterventionId, ListId, RequestId, SegmentId
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
        "attendance",
    )
)
_UNDOABLE = frozenset(("segments", "lists", "requests", "interventions", "swaps"))
_MISSING: Any = object()


class Draft:
    """Mutable front of a frozen :class:`Meeting`.

    Reading goes through attributes of the same names (``draft.requests``); writing
    through :meth:`put` for an entity and :meth:`set` for a field.
    """

    def __init__(self, meeting: Meeting) -> None:
        self._fields: dict[str, Any] = structs.asdict(meeting)
        self._own: set[str] = set()
        self._before: dict[str, dict[str, Any]] = {}
        self._stack: tuple[InterventionId, ...] = ()
        self._segment: SegmentId | None = None
        self._downtime_ms = 0
        self.begin(meeting.seq, meeting.at)

    def __getattr__(self, name: str) -> Any:
        try:
            return self._fields[name]
        except KeyError:
            raise AttributeError(name) from None

    def begin(self, seq: int, at: Instant) -> None:
        """Start commit *seq*, stamped *at*."""
        self._fields["seq"] = seq
        self._fields["at"] = at
        self._before = {name: {} for name in _UNDOABLE}
        self._stack = self._fields["stack"]
        self._segment = self._fields["segment"]
        self._downtime_ms = self._fields["downtime_ms"]

    def put(self, collection: str, key: str, value: Any) -> None:
        """Make *value* the entity *key* of *collection*; None takes it away."""
        entities: dict[str, Any] = self._fields[collection]
        if collection not in self._own:
            entities = dict(entities)
            self._fields[collection] = entities
            self._own.add(collection)
        if collection in _UNDOABLE:
            self._before[collection].setdefault(key, entities.get(key, _MISSING))
        if value is None:
            entities.pop(key, None)
        else:
            entities[key] = value

    def change(self, collection: str, key: str, **fields: Any) -> None:
        """Replace some *fields* of an entity."""
        entity = self._fields[collection][key]
        self.put(collection, key, structs.replace(entity, **fields))

    def amend(self, **fields: Any) -> None:
        """Replace some *fields* of the meeting itself."""
        assert not _COLLECTIONS & fields.keys()
        self._fields.update(fields)

    def request(self, key: RequestId) -> Request:
        """The request *key*."""
        found: Request = self._fields["requests"][key]
        return found

    def intervention(self, key: InterventionId) -> Intervention:
        """The intervention *key*."""
        found: Intervention = self._fields["interventions"][key]
        return found

    def list(self, key: ListId) -> SpeakerList:
        """The list *key*."""
        found: SpeakerList = self._fields["lists"][key]
        return found

    def touched(self) -> dict[str, frozenset[str]]:
        """What this commit has written so far: ids by collection."""
        return {name: frozenset(entities) for name, entities in self._before.items()}

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
                k: self._fields[name][k] for k in entities if k in self._fields[name]
            }
            for name, entities in self._before.items()
        }
        return Touched(
            stack=self._fields["stack"],
            segment=self._fields["segment"],
            downtime_ms=self._fields["downtime_ms"],
            **now,
        )

    def freeze(self) -> Meeting:
        """The meeting as it stands. The draft copies again before its next write."""
        self._own.clear()
        return Meeting(**self._fields)
