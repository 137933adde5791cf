"""Who is connected, and in which row of the record: no state of the meeting, never part
of its history. Staff is told of everybody, rapporteurs of one another.

Devices of other servers arrive and leave like those of this one.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol

from msgspec import structs

from rostra.core.ids import InterventionId, Role
from rostra.protocol.messages import Here, Present
from rostra.web import frames
from rostra.web.fanout import Outlet
from rostra.web.frames import Frame

#: A tag is so small that every language counts it exactly.
TAG_BITS: Final = (1 << 29) - 1
#: Links that hundreds may share: counted elsewhere, named nowhere.
UNNAMED: frozenset[Role] = frozenset({"viewer"})


class Watcher(Protocol):
    """Somebody to whom presence is shown."""

    outlet: Outlet


class Presence:
    """Those who are there, and what staff and rapporteurs were told of them."""

    def __init__(self) -> None:
        #: Who is there. One that asks now this server, now that, may be on several, and
        #: is told of as the first of them has it.
        self._present: dict[str, list[Present]] = {}
        self._tags: dict[Role | None, int] = {}
        self._staff = Telling()
        self._rapporteurs = Telling("rapporteur")
        self._due: dict[Watcher, None] = {}

    def tag(self, role: Role | None = None) -> int:
        """The same for the same devices, on whatever server and in whatever order: for
        all of them, or for those of one *role*.
        """
        if role not in self._tags:
            ids = [
                id
                for id, known in self._present.items()
                if role in (None, known[0].role)
            ]
            self._tags[role] = sum(int(id[:6], 16) for id in ids) & TAG_BITS
        return self._tags[role]

    def arrived(self, present: Present) -> None:
        """A device has connected."""
        if present.role not in UNNAMED:
            self._present.setdefault(present.id, []).append(present)
            self._touched(present.id)

    def left(self, present: Present) -> None:
        """A device is gone."""
        known = self._present.get(present.id, [])
        if present in known:
            known.remove(present)
            if not known:
                del self._present[present.id]
            self._touched(present.id)

    def moved(self, present: Present, row: InterventionId | None) -> Present:
        """A device that is there works in another row, or in none."""
        known = self._present.get(present.id, [])
        if present not in known or present.row == row:
            return present
        now = structs.replace(present, row=row)
        known[known.index(present)] = now
        self._touched(now.id)
        return now

    def wanted(self, watcher: Watcher) -> None:
        """*watcher* has to get a whole ``here`` with the next tick."""
        self._due[watcher] = None

    def unwanted(self, watcher: Watcher) -> None:
        """*watcher* is gone."""
        self._due.pop(watcher, None)

    def tick(self, staff: Iterable[Watcher], rapporteurs: Iterable[Watcher]) -> None:
        """Send what changed; one that is slow gets a whole one later."""
        self._tell(self._staff, staff)
        self._tell(self._rapporteurs, rapporteurs)

    def _tell(self, telling: "Telling", watchers: Iterable[Watcher]) -> None:
        changed = telling.change(self._present)
        whole: Frame | None = None
        for watcher in watchers:
            if not watcher.outlet.clear:
                self.wanted(watcher)
            elif watcher in self._due:
                whole = whole or telling.whole()
                watcher.outlet.write(whole)
                del self._due[watcher]
            elif changed:
                watcher.outlet.write(changed)

    def _touched(self, id: str) -> None:
        self._staff.changed.add(id)
        self._rapporteurs.changed.add(id)
        self._tags.clear()


class Telling:
    """What some are told of those who are there: of one *role*, or of everybody.

    ``n`` counts what changed, 0 is a whole one.
    """

    def __init__(self, role: Role | None = None) -> None:
        self._role = role
        self._told: dict[str, Present] = {}
        self._n = 0
        self.changed: set[str] = set()

    def whole(self) -> Frame:
        """Everything that was told."""
        return frames.event("here", Here(0, dict(self._told), []))

    def change(self, present: Mapping[str, Sequence[Present]]) -> Frame | None:
        """What is new among those who are *present*; None for nothing."""
        changed, self.changed = self.changed, set()
        now = {id: known[0] for id in changed if (known := present.get(id))}
        if self._role is not None:
            now = {id: each for id, each in now.items() if each.role == self._role}
        set_ = {id: each for id, each in now.items() if self._told.get(id) != each}
        drop = [id for id in changed if id in self._told and id not in now]
        if not set_ and not drop:
            return None
        self._n += 1
        self._told |= set_
        for id in drop:
            del self._told[id]
        return frames.event("here", Here(self._n, set_, drop))
