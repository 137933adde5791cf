"""What a client knows of a meeting: snapshot, deltas, and questions to them. Pure.

The same merging as the browser's store: DESIGN "What goes over the wire".
"""

from typing import Any

from rostra.protocol.brief import filled_collections
from rostra.protocol.messages import Beat, Collections, Delta, Here, MineFrame, Welcome

Fields = dict[str, Any]


class View:
    """One client's copy of the meeting."""

    def __init__(self, welcome: Welcome) -> None:
        state = welcome.state
        self.epoch = welcome.epoch
        self.seq = welcome.seq
        self.chain = welcome.chain
        self.mine = welcome.mine
        self.here: dict[str, Fields] = {}
        self._collections: Collections = (
            filled_collections(state.collections) if state else {}
        )
        self._order = {} if state is None else dict(state.order)

    def follow(self, delta: Delta) -> bool:
        """Apply *delta*; False if it does not continue what is known."""
        if delta.from_ != self.seq:
            return False
        for name, entities in filled_collections(delta.set).items():
            self._collections.setdefault(name, {}).update(entities)
        for name, patches in delta.patch.items():
            for key, fields in patches.items():
                rows = self._collections[name]
                rows[key] = {**rows[key], **fields}
        for name, ids in delta.drop.items():
            for each in ids:
                self._collections.get(name, {}).pop(each, None)
        for name, splices in delta.order.items():
            self._splice(str(name), splices)
        self.seq, self.chain = delta.seq, delta.chain
        return True

    def follow_beat(self, beat: Beat) -> bool:
        """Take the numbers of changes that were hidden; False if one was missed."""
        if self.seq not in (beat.from_, beat.seq):
            return False
        self.seq, self.chain = beat.seq, beat.chain
        return True

    def follow_mine(self, frame: MineFrame) -> None:
        """Take a delegation's own layer; the newest is always whole."""
        self.mine = frame.state

    def follow_here(self, here: Here) -> None:
        """Take who is connected; ``n`` 0 is the whole of it."""
        if here.n == 0:
            self.here = {}
        for name, present in here.set.items():
            self.here[name] = {
                "delegation": present.delegation,
                "device": present.device,
                "role": present.role,
                "server": present.server,
            }
        for name in here.drop:
            self.here.pop(name, None)

    def _splice(self, name: str, splices: list[list[int | str]]) -> None:
        order: list[Any] = list(self._orders().get(name, []))
        for index, count, *ids in splices:
            order[int(index) : int(index) + int(count)] = ids
        self._orders()[name] = order
        if order and name in self.all("lists"):
            lists = self._collections["lists"]
            lists[name] = {**lists[name], "count": len(order)}

    def _orders(self) -> dict[Any, list[Any]]:
        return self._order

    def all(self, collection: str) -> dict[str, Fields]:
        """The entities of a collection by id."""
        return self._collections.get(collection, {})

    def order(self, list_id: str) -> list[str]:
        """The ids of a list in order; empty where the list is not shown."""
        return self._orders().get(list_id, [])

    @property
    def meeting(self) -> Fields:
        """The meeting's own entity."""
        return self.all("meeting").get("meeting", {})

    @property
    def state(self) -> str:
        """The meeting's state."""
        return str(self.meeting.get("state", "scheduled"))

    @property
    def floor(self) -> Fields | None:
        """Who is called or speaks."""
        return next(iter(self.all("floor").values()), None)

    @property
    def segment(self) -> Fields | None:
        """The segment that runs."""
        return self.all("segments").get(str(self.meeting.get("segment")))

    @property
    def discussion(self) -> Fields | None:
        """The first segment that takes statements, in the file's order."""
        taking = (s for s in self.all("segments").values() if "statement" in s["kinds"])
        return min(taking, key=file_order, default=None)

    def list_of(self, segment: Fields) -> Fields | None:
        """The list of speakers of a segment."""
        return self.all("lists").get(segment["list"])

    def last_end(self) -> int:
        """When the last intervention ended; 0 if there was none."""
        ends = (row["ended_at"] for row in self.all("interventions").values())
        return max(ends, default=0)


def file_order(segment: Fields) -> tuple[int, ...]:
    """Where a segment stands in its programme: its id holds the place."""
    return tuple(int(part) for part in segment["id"][1:].split("."))
