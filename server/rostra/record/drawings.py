"""The pictures of a record as lines, boxes and labels: what every form draws alike.

Lengths are points. A drawing of a language that is written from the right is the other
way round. A label that has no room is cut; the description has it whole.
"""

from collections.abc import Iterator
from typing import Literal, assert_never

from msgspec import Struct, structs

from rostra.record.language import Dates, Language, lasted
from rostra.record.minutes import (
    Bars,
    Lane,
    Minutes,
    Picture,
    Series,
    Span,
    Steps,
    Timeline,
)

Look = Literal["accent", "soft", "band", "quiet", "axis", "grid", "text", "muted"]
Anchor = Literal["start", "middle", "end"]

WIDTH = 460.0
SIZE = 8.5
_ROW = 15.0
#: What a letter takes on average, and a sign of Chinese, in parts of the size.
_LETTER, _SIGN = 0.53, 1.0
_CHINESE = range(0x2E80, 0x10000)

#: Colours, the same in every form.
COLOURS: dict[Look, str] = {
    "accent": "#1f4e79",
    "soft": "#7d9cba",
    "band": "#dde6ee",
    "quiet": "#c4c4c4",
    "axis": "#4a4a4a",
    "grid": "#dcdcdc",
    "text": "#1a1a1a",
    "muted": "#595959",
}
_TICKS_MIN = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440)
_LINES: tuple[Look, ...] = ("accent", "soft", "axis", "quiet")


class Box(Struct, frozen=True):
    """A filled box; ``tip`` is what it stands for."""

    x: float
    y: float
    width: float
    height: float
    look: Look
    tip: str = ""


class Line(Struct, frozen=True):
    """Points that are joined, so thick."""

    points: tuple[tuple[float, float], ...]
    look: Look
    thick: float = 0.6


class Label(Struct, frozen=True):
    """A text on its base line."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    look: Look = "text"
    size: float = SIZE


Item = Box | Line | Label


class Drawing(Struct, frozen=True):
    """A picture, ready to be drawn."""

    key: str
    title: str
    description: str
    width: float
    height: float
    items: tuple[Item, ...]


def drawing(picture: Picture, minutes: Minutes) -> Drawing:
    """*picture* of *minutes*, drawn."""
    dates = Dates(Language(), minutes.zone)
    match picture:
        case Bars():
            height, items = _bars(picture)
        case Timeline():
            height, items = _timeline(picture, dates)
        case Steps():
            height, items = _steps(picture, dates)
        case _:
            assert_never(picture)
    if minutes.direction == "rtl":
        items = [_mirrored(each) for each in items]
    said = (picture.key, picture.title, picture.description)
    return Drawing(*said, WIDTH, height, tuple(items))


def fitted(text: str, width: float, size: float = SIZE) -> str:
    """*text*, cut where it would be wider than *width*."""
    if _wide(text, size) <= width:
        return text
    while text and _wide(text, size) > width - size:
        text = text[:-1]
    return f"{text.rstrip()}…" if text else ""


def _wide(text: str, size: float) -> float:
    return size * sum(_SIGN if ord(c) in _CHINESE else _LETTER for c in text)


# Bars

_NAMES = 165.0
_VALUES = 40.0


def _bars(picture: Bars) -> tuple[float, list[Item]]:
    most = max(each.ms for each in picture.rows)
    room = WIDTH - _NAMES - _VALUES
    items: list[Item] = []
    for place, row in enumerate(picture.rows):
        top = place * _ROW
        base = top + _ROW * 0.7
        wide = max(1.0, room * row.ms / most)
        name = fitted(row.label, _NAMES - 8)
        value = lasted(row.ms)
        items += (
            Label(_NAMES - 6, base, name, "end"),
            Box(_NAMES, top + 3, wide, _ROW - 6, "accent", f"{row.label}: {value}"),
            Label(_NAMES + wide + 4, base, value, "start", "muted"),
        )
    height = len(picture.rows) * _ROW
    if picture.rest:
        base = height + _ROW * 0.7
        items.append(Label(_NAMES + 4, base, picture.rest, "start", "muted"))
    items.append(Line(((_NAMES, 0), (_NAMES, height)), "axis"))
    return height + (_ROW if picture.rest else 0), items


# What runs over time

_LANES = 80.0


class _Scale:
    """Where an instant lies."""

    def __init__(self, since: int, until: int, left: float, right: float) -> None:
        self.since, self.until = since, until
        self._left, self._wide = left, right - left

    def x(self, at: int) -> float:
        whole = self.until - self.since
        part = (min(max(at, self.since), self.until) - self.since) / whole
        return self._left + self._wide * part

    def ticks(self, dates: Dates) -> Iterator[tuple[float, str]]:
        """Places of full minutes, not more than nine, with what the clock shows."""
        whole = (self.until - self.since) / 60_000
        step = next((t for t in _TICKS_MIN if whole / t <= 9), _TICKS_MIN[-1])
        wall = dates.wall(self.since)
        past = (wall.hour * 60 + wall.minute) % step * 60_000
        past += wall.second * 1000 + wall.microsecond // 1000
        at = self.since - past
        while at <= self.until:
            if at >= self.since:
                yield self.x(at), dates.clock(at)
            at += step * 60_000


def _timeline(picture: Timeline, dates: Dates) -> tuple[float, list[Item]]:
    scale = _Scale(picture.since, picture.until, _LANES, WIDTH - 6)
    items: list[Item] = []
    lanes: list[Item] = []
    top = 4.0
    for lane in picture.lanes:
        tall = 18.0 if lane.look in ("band", "block") else 12.0
        base = top + tall / 2 + SIZE * 0.35
        lanes.append(Label(_LANES - 6, base, fitted(lane.name, _LANES - 8), "end"))
        lanes += [_span(each, lane, scale, top, tall) for each in lane.spans]
        if lane.look == "band":
            lanes += _titles(lane, scale, base)
        top += tall + 5
    if picture.marks:
        base = top + 9
        name = fitted(picture.marks_name, _LANES - 8)
        lanes.append(Label(_LANES - 6, base, name, "end"))
        for mark in picture.marks:
            x = scale.x(mark.at)
            lanes.append(Line(((x, top), (x, top + 12)), "accent", 1.2))
            lanes.append(Label(x + 3, base, mark.label))
        top += 17
    items += _axis(scale, dates, 0, top)
    return top + 14, [*items, *lanes]


def _span(span: Span, lane: Lane, scale: _Scale, top: float, tall: float) -> Box:
    looks: dict[str, Look] = {
        "band": "band",
        "block": "accent",
        "thin": "soft",
        "hatched": "quiet",
    }
    left, right = scale.x(span.since), scale.x(span.until)
    # a hair between two that follow each other
    hair = 1.0 if lane.look == "band" else 0.5
    wide = max(1.2, right - left - hair)
    return Box(left, top, wide, tall, looks[lane.look], span.label or lane.name)


def _titles(lane: Lane, scale: _Scale, base: float) -> Iterator[Label]:
    for span in lane.spans:
        left, right = scale.x(span.since), scale.x(span.until)
        text = fitted(span.label, right - left - 6, SIZE - 1)
        if len(text) > 3:
            yield Label((left + right) / 2, base, text, "middle", "text", SIZE - 1)


def _axis(scale: _Scale, dates: Dates, top: float, base: float) -> Iterator[Item]:
    for x, clock in scale.ticks(dates):
        yield Line(((x, top), (x, base)), "grid", 0.4)
        yield Label(x, base + 10, clock, "middle", "muted", SIZE - 1)
    left, right = scale.x(scale.since), scale.x(scale.until)
    yield Line(((left, base), (right, base)), "axis")


_TALL = 110.0


def _steps(picture: Steps, dates: Dates) -> tuple[float, list[Item]]:
    scale = _Scale(picture.since, picture.until, 30, WIDTH - 6)
    most = max(count for each in picture.series for _, count in each.points)
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 500) if most / s <= 5)
    tops = -(-most // step) * step
    top = 6.0 if len(picture.series) == 1 else 6.0 + _ROW * len(picture.series)
    base = top + _TALL
    items: list[Item] = [*_axis(scale, dates, top, base)]
    for count in range(0, tops + 1, step):
        y = base - _TALL * count / tops
        if count:
            items.append(Line(((30, y), (WIDTH - 6, y)), "grid", 0.4))
        items.append(Label(25, y + 3, str(count), "end", "muted", SIZE - 1))
    for place, each in enumerate(picture.series):
        look = _LINES[place % len(_LINES)]
        items.append(Line(tuple(_stairs(each, scale, base, tops)), look, 1.3))
        if len(picture.series) > 1:
            y = 4 + _ROW * (place + 0.5)
            items.append(Line(((34, y), (50, y)), look, 1.6))
            items.append(Label(55, y + 3, fitted(each.name, WIDTH - 70)))
    return base + 14, items


def _stairs(
    series: Series, scale: _Scale, base: float, tops: int
) -> Iterator[tuple[float, float]]:
    before: float | None = None
    for at, count in series.points:
        x, y = scale.x(at), base - _TALL * count / tops
        if before is not None:
            yield x, before
        yield x, y
        before = y
    if before is not None:
        yield scale.x(scale.until), before


# From right to left

_OTHER: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}


def _mirrored(item: Item) -> Item:
    match item:
        case Box():
            return structs.replace(item, x=WIDTH - item.x - item.width)
        case Line():
            points = tuple((WIDTH - x, y) for x, y in item.points)
            return structs.replace(item, points=points)
        case Label():
            return structs.replace(item, x=WIDTH - item.x, anchor=_OTHER[item.anchor])
