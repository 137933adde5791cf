"""What the engine's own clock asks of a meeting: commands that nobody sends."""

from collections.abc import Iterator

from msgspec import Struct

from rostra.core.ids import Code, Instant, InterventionId, ListId
from rostra.core.meeting import Meeting, SpeakerList
from rostra.core.timing import deadline


class ListTimeUp(Struct, frozen=True, tag="list_time_up", tag_field="type"):
    """The announced closing time of a list has come."""

    list: ListId
    closes_at: Instant

    @property
    def id(self) -> str:
        """The same on every server and after every restart: one effect."""
        return f"closes:{self.list}:{self.closes_at}"


class ListOpens(Struct, frozen=True, tag="list_opens", tag_field="type"):
    """The announced opening time of a list has come."""

    list: ListId
    opens_at: Instant

    @property
    def id(self) -> str:
        """The same on every server and after every restart: one effect."""
        return f"opens:{self.list}:{self.opens_at}"


class LotWindowEnds(Struct, frozen=True, tag="lot_window_ends", tag_field="type"):
    """Requests until now are drawn by lot, and the list opens."""

    list: ListId
    until: Instant

    @property
    def id(self) -> str:
        """The same on every server and after every restart: one effect."""
        return f"lot:{self.list}:{self.until}"


class ListAutoCloses(Struct, frozen=True, tag="list_auto_closes", tag_field="type"):
    """So long after its segment began a list closes by itself."""

    list: ListId
    closes_at: Instant

    @property
    def id(self) -> str:
        """The same on every server and after every restart: one effect."""
        return f"auto:{self.list}:{self.closes_at}"


class CutDue(Struct, frozen=True, tag="cut_due", tag_field="type"):
    """Limit and grace of the speaker are over: the cut is to be signalled (HARD)."""

    intervention: InterventionId
    deadline: Instant

    @property
    def id(self) -> str:
        """The same on every server and after every restart: one effect."""
        return f"cut:{self.intervention}:{self.deadline}"


class ServerReturned(Struct, frozen=True, tag="server_returned", tag_field="type"):
    """The server was away from ``since`` to ``until`` while a clock ran."""

    since: Instant
    until: Instant

    @property
    def id(self) -> str:
        """The same after every restart: one effect."""
        return f"returned:{self.since}"


class TailLost(Struct, frozen=True, tag="tail_lost", tag_field="type"):
    """Commits that were kept are gone: what came after ``after``, up to ``until``."""

    after: int
    until: int
    epoch: str

    @property
    def id(self) -> str:
        """One effect for each history that follows."""
        return f"lost:{self.epoch}"


class Silent(Struct, frozen=True, tag="silent", tag_field="type"):
    """Every device of the delegation that speaks has been gone since then."""

    intervention: InterventionId
    since: Instant

    @property
    def id(self) -> str:
        """One effect for each time that the devices fall silent."""
        return f"silent:{self.intervention}:{self.since}"


class Attended(Struct, frozen=True, tag="attended", tag_field="type"):
    """A pad of each of these delegations has joined."""

    delegations: tuple[Code, ...]

    @property
    def id(self) -> str:
        """The same on every server: one effect."""
        return f"attended:{','.join(self.delegations)}"


Alarm = (
    ListTimeUp
    | ListOpens
    | LotWindowEnds
    | ListAutoCloses
    | CutDue
    | ServerReturned
    | TailLost
    | Silent
    | Attended
)


def next_alarm(meeting: Meeting) -> tuple[Instant, Alarm] | None:
    """The first instant at which something happens by itself, and what."""
    if meeting.state in ("rose", "archived"):
        return None
    due = [each for speakers in meeting.lists.values() for each in _of_list(speakers)]
    due += of_floor(meeting)
    return min(due, key=lambda each: each[0], default=None)


def _of_list(speakers: SpeakerList) -> Iterator[tuple[Instant, Alarm]]:
    """When a list opens, is drawn and closes by itself."""
    key = speakers.id
    match speakers.state:
        case "not_open" if speakers.opens_at is not None:
            yield speakers.opens_at, ListOpens(key, speakers.opens_at)
        case "lot_window" if speakers.lot_until is not None:
            yield speakers.lot_until, LotWindowEnds(key, speakers.lot_until)
        case "open" if speakers.auto_close_at is not None:
            yield speakers.auto_close_at, ListAutoCloses(key, speakers.auto_close_at)
        case "closing" if speakers.closes_at is not None:
            yield speakers.closes_at, ListTimeUp(key, speakers.closes_at)


def of_floor(meeting: Meeting) -> Iterator[tuple[Instant, Alarm]]:
    """When the cut is signalled to the one on top of the floor, while its clock runs.

    It follows from the state alone: more time moves it, a restart does not lose it.
    """
    active = meeting.active
    if active is None or active.cut_at or meeting.profile.enforcement != "hard":
        return
    over = deadline(active)
    if over is not None and meeting.requests[active.request].kind != "chair":
        at = Instant(over + meeting.profile.grace_s * 1000)
        yield at, CutDue(active.id, at)
