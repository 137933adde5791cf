"""The figures of a record: who spoke for how long, and the meeting over time.

What a picture says is said in its description too, for those who do not see it.
"""

from collections.abc import Iterator, Sequence

from rostra.core.ids import Instant, ListId
from rostra.record import words
from rostra.record.course import Course
from rostra.record.language import Dates, Language, lasted
from rostra.record.minutes import (
    Bar,
    Bars,
    Lane,
    Mark,
    Picture,
    Series,
    Span,
    Speech,
    Steps,
    Timeline,
)

#: More rows than these cannot be read: the others are added up in a line.
MOST_BARS = 40
#: A list that never held so many has no line of its own.
_LIST = 2


class Stage:
    """What the pictures need beside the speeches."""

    def __init__(self, language: Language, dates: Dates, course: Course) -> None:
        self.language = language
        self.dates = dates
        self.course = course
        #: Segments: title, from, until; and the titles of lists.
        self.segments: tuple[Span, ...] = ()
        self.lists: dict[ListId, str] = {}
        self.pauses: tuple[Span, ...] = ()
        self.since = Instant(0)
        self.until = Instant(0)


def bars(
    key: str, title: str, rows: Sequence[Bar], language: Language
) -> Iterator[Bars]:
    """A bar chart; none where nothing was said."""
    found = sorted((each for each in rows if each.ms), key=lambda each: -each.ms)
    if not found:
        return
    # one that is left alone is shown too
    most = MOST_BARS if len(found) > MOST_BARS + 1 else len(found)
    shown, left = found[:most], found[most:]
    rest = ""
    if left:
        text = language.tr("and {count} others, {time} in all")
        time = lasted(sum(each.ms for each in left))
        rest = text.format(count=len(left), time=time)
    told = [f"{each.label} {lasted(each.ms)}" for each in shown]
    said = "; ".join([*told, *filter(None, [rest])])
    yield Bars(key=key, title=title, description=said, rows=tuple(shown), rest=rest)


def over_time(stage: Stage, speeches: Sequence[Speech]) -> Iterator[Picture]:
    """The meeting as a timeline, and the length of its lists."""
    if stage.until <= stage.since:
        return
    yield _timeline(stage, speeches)
    yield from _lengths(stage)


def _timeline(stage: Stage, speeches: Sequence[Speech]) -> Timeline:
    tr = stage.language.tr
    spoken = [s for s in speeches if s.over is None]
    within = [s for s in speeches if s.over is not None]
    suspended = tuple(
        _within(stage, Span(each.since, each.until or stage.until, ""))
        for each in stage.course.suspensions
        if each.since < stage.until
    )
    lanes = (
        Lane(tr("Segments"), "band", stage.segments),
        Lane(tr("Interventions"), "block", tuple(map(_span, spoken))),
        Lane(tr("Interruptions"), "thin", tuple(map(_span, within))),
        Lane(tr("Pauses"), "thin", stage.pauses),
        Lane(tr("Suspensions"), "hatched", suspended),
    )
    marks = tuple(_marks(stage))
    text = tr(
        "{since}–{until}. Interventions: {interventions}; interruptions:"
        " {interruptions}; pauses: {pauses}; suspensions: {suspensions}; changes of"
        " limits: {limits}."
    )
    return Timeline(
        key="timeline",
        title=tr("The course of the meeting"),
        description=text.format(
            since=stage.dates.clock(stage.since),
            until=stage.dates.clock(stage.until),
            interventions=len(spoken),
            interruptions=len(within),
            pauses=len(stage.pauses),
            suspensions=len(suspended),
            limits=len(marks),
        ),
        since=stage.since,
        until=stage.until,
        lanes=tuple(each for each in lanes if each.spans),
        marks_name=tr("Limits"),
        marks=marks,
    )


def _marks(stage: Stage) -> Iterator[Mark]:
    """Changes of limits, each with the limit of a Member or of all."""
    tiers = words.tiers(stage.language.tr)
    for each in stage.course.limits:
        if not stage.since <= each.at <= stage.until:
            continue
        limits = each.limits_s
        tier = next((t for t in ("any", "member_state") if t in limits), min(limits))
        text = lasted(limits[tier] * 1000)
        name = tiers.get(tier)  # type: ignore[call-overload]
        plain = tier in ("any", "member_state")
        yield Mark(each.at, text if plain else f"{name}: {text}")


def _lengths(stage: Stage) -> Iterator[Steps]:
    """How many stood on the lists while the meeting ran."""
    tr = stage.language.tr
    found = [
        Series(name, _clipped(stage, stage.course.lengths[key]))
        for key, name in stage.lists.items()
        if key in stage.course.lengths
    ]
    series = [each for each in found if _most(each)[1] >= _LIST]
    series.sort(key=lambda each: -_most(each)[1])
    if not series:
        return
    text = tr("{list}: at most {count} delegations, at {time}")
    said = []
    for each in series:
        at, most = _most(each)
        time = stage.dates.clock(at)
        said.append(text.format(list=each.name, count=most, time=time))
    yield Steps(
        key="lengths",
        title=tr("Delegations on the list of speakers"),
        description="; ".join(said),
        since=stage.since,
        until=stage.until,
        series=tuple(series),
    )


def _most(series: Series) -> tuple[Instant, int]:
    """The highest of its points."""
    return max(series.points, key=lambda point: point[1])


def _clipped(
    stage: Stage, points: Sequence[tuple[Instant, int]]
) -> tuple[tuple[Instant, int], ...]:
    """*points* within the meeting; what was so before it began begins there."""
    before = [count for at, count in points if at <= stage.since]
    first = ((stage.since, before[-1] if before else 0),)
    inside = tuple(p for p in points if stage.since < p[0] <= stage.until)
    return first + inside


def _span(speech: Speech) -> Span:
    return Span(speech.started_at, speech.ended_at, speech.name)


def _within(stage: Stage, span: Span) -> Span:
    since = max(span.since, stage.since)
    return Span(since, Instant(min(span.until, stage.until)), span.label)
