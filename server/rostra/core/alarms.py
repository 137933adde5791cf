"""What the engine's own clock asks of a meeting: commands that nobody sends."""

from msgspec import Struct

from rostra.core.ids import Instant, ListId
from rostra.core.meeting import Meeting


class ListTimeUp(Struct, frozen=True, tag="list_time_up", tag_field="type"):
    """The announced closing time of a list has come."""

    list: ListId
    closes_at: Instant

    @property
    def id(self) -> str:
        """The same on every server and after every restart: one effect."""
        return f"closes:{self.list}:{self.closes_at}"


class ServerReturned(Struct, frozen=True, tag="server_returned", tag_field="type"):
    """The server was away from ``since`` to ``until`` while a clock ran."""

    since: Instant
    until: Instant

    @property
    def id(self) -> str:
        """The same after every restart: one effect."""
        return f"returned:{self.since}"


Alarm = ListTimeUp | ServerReturned


def next_alarm(meeting: Meeting) -> tuple[Instant, Alarm] | None:
    """The first instant at which something happens by itself, and what."""
    if meeting.state in ("rose", "archived"):
        return None
    due = [
        (speakers.closes_at, ListTimeUp(speakers.id, speakers.closes_at))
        for speakers in meeting.lists.values()
        if speakers.state == "closing" and speakers.closes_at is not None
    ]
    return min(due, key=lambda each: each[0], default=None)
