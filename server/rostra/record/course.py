"""The course of a meeting over its commits: what its last state no longer says.

Followed by the rules' own ``evolve``, so that what was undone is not told.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from rostra.core.events import AnyEvent, MeetingCreated
from rostra.core.evolve import evolve
from rostra.core.founding import found
from rostra.core.ids import Instant, ListId
from rostra.core.meeting import Meeting

#: A commit as far as it is told here: its instant and its events.
Told = tuple[Instant, Sequence[AnyEvent]]


class Suspended(Struct, frozen=True):
    """The meeting was suspended; ``until`` is None where it did not resume."""

    since: Instant
    until: Instant | None


class LimitsChanged(Struct, frozen=True):
    """From then on these limits hold, by tier or ``any``, for those not yet called."""

    at: Instant
    list: ListId
    limits_s: dict[str, int]


class Course(Struct, frozen=True):
    """``lengths``: how many stood on each list of speakers, from when on."""

    suspensions: tuple[Suspended, ...] = ()
    limits: tuple[LimitsChanged, ...] = ()
    lengths: dict[ListId, tuple[tuple[Instant, int], ...]] = {}


def course(commits: Iterable[Told]) -> Course:
    """What happened, from the first commit on. Takes as long as a replay."""
    follower = _followed(commits)
    return follower.course() if follower else Course()


def meeting_and_course(commits: Iterable[Told]) -> tuple[Meeting, Course]:
    """The meeting as its commits leave it, and what happened on the way there.

    Raises ValueError without a commit.
    """
    follower = _followed(commits)
    if follower is None:
        raise ValueError("there is no commit")
    return follower.meeting, follower.course()


def _followed(commits: Iterable[Told]) -> "_Follower | None":
    follower: _Follower | None = None
    for seq, (at, events) in enumerate(commits, start=1):
        if follower is None:
            (created,) = events
            assert isinstance(created, MeetingCreated)
            follower = _Follower(found(created, at))
        else:
            follower.go_on(seq, at, events)
    return follower


class _Follower:
    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self._suspensions: list[Suspended] = []
        self._limits: list[LimitsChanged] = []
        self._lengths: dict[ListId, list[tuple[Instant, int]]] = {}

    def go_on(self, seq: int, at: Instant, events: Sequence[AnyEvent]) -> None:
        was, now = self.meeting, evolve(self.meeting, seq, at, events)
        self.meeting = now
        self._suspended(was, now)
        if was.lists is now.lists:
            return
        for key, speakers in now.lists.items():
            before = was.lists.get(key)
            if before is speakers or speakers.purpose == "points":
                continue
            length = len(speakers.order)
            if before is None or length != len(before.order):
                self._lengths.setdefault(key, []).append((at, length))
            limits = before.limits_s if before else {}
            if speakers.limits_s and speakers.limits_s != limits:
                self._limits.append(LimitsChanged(at, key, speakers.limits_s))

    def _suspended(self, was: Meeting, now: Meeting) -> None:
        if now.state == "suspended" and was.state != "suspended":
            self._suspensions.append(Suspended(now.at, None))
        elif was.state == "suspended" and now.state != "suspended":
            since = self._suspensions.pop().since
            until = None if now.state == "rose" else now.at
            self._suspensions.append(Suspended(since, until))

    def course(self) -> Course:
        """All that was noted."""
        lengths = {key: tuple(each) for key, each in self._lengths.items()}
        return Course(tuple(self._suspensions), tuple(self._limits), lengths)
