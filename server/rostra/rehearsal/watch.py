"""Noticing that a person operates: changes only an operator can make. Pure."""

from collections.abc import Set

from rostra.protocol.messages import Delta
from rostra.rehearsal.view import Fields, View

#: Collections that only operators write.
OPERATORS_OWN = frozenset(("announcements", "links"))
_LIST = ("generation", "policy", "modifiers", "closes_at", "basis", "round")


class Watch:
    """Remembers the commits in which an operator acted; see :meth:`strange`."""

    def __init__(self) -> None:
        self._print: tuple[object, ...] = ()
        self._floor: Fields | None = None
        self._acts: list[tuple[int, int]] = []

    def start(self, view: View) -> None:
        """Take *view* as it is: a new snapshot."""
        self._print, self._floor = fingerprint(view), view.floor

    def see(self, view: View, delta: Delta) -> None:
        """*delta* was just applied to *view*."""
        before, floor = self._print, self._floor
        self.start(view)
        touched = OPERATORS_OWN & (delta.set.keys() | delta.drop.keys())
        if touched or before != self._print or floor_moved(floor, self._floor):
            self._acts.append((delta.from_, delta.seq))

    def strange(self, own: Set[int]) -> bool:
        """Whether an operator acted in commits of which none is among *own*.

        To be asked while no command of ours waits for its answer.
        """
        acts, self._acts = self._acts, []
        return any(own.isdisjoint(range(since + 1, seq + 1)) for since, seq in acts)


def floor_moved(before: Fields | None, after: Fields | None) -> bool:
    """Whether an operator moved the floor; its end may be the delegation's own."""
    if after is None:
        return False
    if before is None or before["id"] != after["id"]:
        return True
    return _floor(before) != _floor(after)


def fingerprint(view: View) -> tuple[object, ...]:
    """What else changes by an operator's command and by no delegation's."""
    return (
        view.state,
        view.meeting.get("segment"),
        {k: s["presider"] for k, s in view.all("segments").items()},
        {k: [v[name] for name in _LIST] for k, v in view.all("lists").items()},
        {k for k, r in view.all("requests").items() if _by_hand(r)},
        {k for k, n in view.all("notes").items() if n["scope"] == "staff"},
    )


def _floor(floor: Fields) -> tuple[object, ...]:
    return (floor["phase"] == "paused", floor["allotted_ms"], len(floor["attempts"]))


def _by_hand(request: Fields) -> bool:
    if request["channel"] == "pad" or request["kind"] == "programme":
        return False
    return bool(request["status"] == "queued")
