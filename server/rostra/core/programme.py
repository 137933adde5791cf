"""The programme of a meeting: its segments, their speakers and guiding questions.

RULES 1a. The file keeps wall-clock times with their zone; whoever reads it turns them
into instants and passes these in, because the core knows no calendar.
"""

from bisect import bisect_right
from typing import Literal

from msgspec import Struct

from rostra.core.files import Flaw, located, meant, parsed
from rostra.core.ids import Code, Instant, ListId, Modifier, Policy, SegmentId

SegmentKind = Literal[
    "opening",
    "keynote",
    "panel",
    "perspectives",
    "discussion",
    "conclusions",
    "break",
]
Part = Literal[
    "opening",
    "keynote",
    "panellist",
    "perspective",
    "conclusions",
    "moderator",
    "closing",
]
TO_BE_ANNOUNCED = "to be announced"


class Presider(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Who chairs a segment, for the record and the prompter."""

    name: str = TO_BE_ANNOUNCED
    function: str = ""


class Speaker(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A named speaker of the programme; ``entity`` is a roster code or missing."""

    name: str
    function: str = ""
    entity: Code | None = None
    role: Part
    #: 0 leaves it to the profile, by the role.
    limit_s: int = 0
    #: Wall clock in the programme's zone: from when, until when the person is there.
    not_before: str | None = None
    not_after: str | None = None
    #: Length of a recorded statement that is played; 0 for one that is spoken.
    media_s: int = 0


class SegmentPlan(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """One segment as the file has it."""

    kind: SegmentKind
    title: str
    planned: str | None = None
    minutes: int | None = None
    order: Policy | None = None
    modifiers: tuple[Modifier, ...] | None = None
    requests: bool = False
    kinds: tuple[Literal["statement", "group_statement", "question"], ...] | None = None
    #: Whether a regional perspective counts as the national statement (RULES 1a).
    perspectives_count: bool = False
    public_clock: bool = True
    #: False for a closed segment: record and public views name nobody.
    attributed: bool = True
    questions: tuple[int, ...] = ()
    presider: Presider = Presider()
    speakers: tuple[Speaker, ...] = ()


class Programme(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """A meeting's programme as the file has it. Times are wall clock in ``zone``."""

    format: int = 1
    id: str
    title: str
    theme: str = ""
    event: str = ""
    date: str | None = None
    starts: str | None = None
    ends: str | None = None
    zone: str = "UTC"
    roster: str
    profile: str
    questions: tuple[str, ...] = ()
    segments: tuple[SegmentPlan, ...]


class Planned(Struct, frozen=True, gc=False):
    """The instants of a programme; ``None`` is "to be announced"."""

    starts_at: Instant | None = None
    ends_at: Instant | None = None
    #: The midnights of the zone, from before the first day on: they count the days.
    midnights: tuple[Instant, ...] = ()
    #: Windows of programme speakers: segment, place, not before, not after.
    windows: tuple[tuple[int, int, Instant | None, Instant | None], ...] = ()


def parse_programme(text: str) -> Programme:
    """Read a programme file. Raises :class:`BadFile` saying what is wrong where."""
    data = parsed(text)
    try:
        programme = meant(data, Programme)
        _sensible(programme)
    except Flaw as flaw:
        raise located(flaw, text) from None
    return programme


def _sensible(programme: Programme) -> None:
    if not programme.segments:
        raise Flaw(("segments",), "a programme needs at least one [[segments]]")
    for index, plan in enumerate(programme.segments):
        for number in plan.questions:
            if not 1 <= number <= len(programme.questions):
                what = f"segment {index + 1} names question {number}: there is none"
                raise Flaw(("segments", index, "questions"), what)


def day_of(planned: Planned, at: Instant) -> int:
    """The day of the meeting's zone on which *at* lies; 0 where none is known."""
    return bisect_right(planned.midnights, at)


def replies_id(index: int) -> ListId:
    """The id of that segment's list of replies."""
    return ListId(f"y1.{index}")


#: The list of points of order, motions and responses that were raised.
POINTS = ListId("p1.0")


def segment_id(index: int) -> SegmentId:
    """The id of the segment at *index* of the file; the first commit makes them."""
    return SegmentId(f"s1.{index}")


def list_id(index: int) -> ListId:
    """The id of that segment's list of speakers."""
    return ListId(f"l1.{index}")
