"""Who is connected, for staff: no state of the meeting, never part of its history."""

from collections.abc import Iterable
from typing import Protocol

from rostra.core.ids import Role
from rostra.protocol.messages import Here, Present
from rostra.web import frames
from rostra.web.fanout import Outlet
from rostra.web.frames import Frame

#: Links that hundreds may share: counted elsewhere, named nowhere.
UNNAMED: frozenset[Role] = frozenset({"viewer"})


class Watcher(Protocol):
    """A member of staff to whom presence is shown."""

    outlet: Outlet


class Presence:
    """What changed since the last ``here``; ``n`` counts them, 0 is a whole one."""

    def __init__(self) -> None:
        self._present: dict[str, Present] = {}
        self._set: dict[str, Present] = {}
        self._drop: list[str] = []
        self._n = 0
        self._due: dict[Watcher, None] = {}

    def arrived(self, present: Present) -> None:
        """A device has connected."""
        if present.role not in UNNAMED:
            self._present[present.id] = self._set[present.id] = present

    def left(self, id: str) -> None:
        """A device is gone."""
        if self._present.pop(id, None) and not self._set.pop(id, None):
            self._drop.append(id)

    def wanted(self, watcher: Watcher) -> None:
        """*watcher* has to get a whole ``here`` with the next tick."""
        self._due[watcher] = None

    def unwanted(self, watcher: Watcher) -> None:
        """*watcher* is gone."""
        self._due.pop(watcher, None)

    def tick(self, watchers: Iterable[Watcher]) -> None:
        """Send what changed to *watchers*; one that is slow gets a whole one later."""
        changed = self._change()
        whole: Frame | None = None
        for watcher in watchers:
            if not watcher.outlet.clear:
                self.wanted(watcher)
            elif watcher in self._due:
                whole = whole or frames.event("here", Here(0, self._present, []))
                watcher.outlet.write(whole)
                del self._due[watcher]
            elif changed:
                watcher.outlet.write(changed)

    def _change(self) -> Frame | None:
        if not self._set and not self._drop:
            return None
        self._n += 1
        frame = frames.event("here", Here(self._n, self._set, self._drop))
        self._set, self._drop = {}, []
        return frame
