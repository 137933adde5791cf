"""The record of a meeting as data, in one language and as one audience may read it.

Every document is written from this alone: what is not in here no writer can tell. All
texts are clean (no control characters, no marks that turn directions) and none is
markup. :mod:`rostra.record.writing` makes it from a state.
"""

from typing import Literal

from msgspec import Struct

from rostra.core.ids import Audience, Code, Instant, InterventionId, Kind, SegmentId

Cell = str | int | None
#: How a column's values are meant: instants and durations are milliseconds.
Sort = Literal["text", "number", "instant", "duration"]
Style = Literal["statement", "procedure", "remark"]


class Column(Struct, frozen=True):
    """A column of a table; ``width`` is its share of the line."""

    name: str
    sort: Sort = "text"
    width: int = 1


class Table(Struct, frozen=True):
    """Rows under a head. ``key`` names it among the tables, in any language."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Heading(Struct, frozen=True, kw_only=True):
    """What stands at the top."""

    event: str
    title: str
    theme: str
    #: "Summary record"
    form: str
    #: When and where it was held, in a sentence; "" before it was.
    held: str
    #: Who presided, each with a function, in the order of the segments.
    presided: tuple[str, ...]
    presided_label: str


class Paragraph(Struct, frozen=True, kw_only=True):
    """A paragraph of the prose.

    ``lead`` stands before the text, in bold. ``depth`` > 0 interrupted the one above.
    Statements are numbered through the record; a procedure (the meeting was suspended)
    and a remark (a correction) are not.
    """

    style: Style
    number: int | None = None
    depth: int = 0
    lead: str = ""
    text: str
    interventions: tuple[InterventionId, ...] = ()


class Section(Struct, frozen=True, kw_only=True):
    """A segment, or a round of replies in it."""

    segment: SegmentId
    title: str
    presider: str
    questions: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]


class Conclusion(Struct, frozen=True, kw_only=True):
    """A conclusion, and the interventions that it rests on, where these may be told.

    ``state`` is "" where it is agreed; else what is to be read beside it.
    """

    id: str
    text: str
    state: str = ""
    supported_by: tuple[InterventionId, ...] = ()


class Part(Struct, frozen=True):
    """Conclusions under what they answer: a guiding question, or a segment."""

    heading: str
    conclusions: tuple[Conclusion, ...]


class Conclusions(Struct, frozen=True):
    """The conclusions, ready to be set; ``title`` heads them."""

    title: str
    parts: tuple[Part, ...]
    addenda_title: str = ""
    addenda: tuple[Part, ...] = ()


class Speech(Struct, frozen=True, kw_only=True):
    """An intervention that was delivered; fields are None where they are not shown."""

    id: InterventionId
    n: int
    kind: Kind
    kind_name: str
    #: How tables name the speaker, and the group spoken for.
    name: str
    group: str
    delegation: Code | None
    region: str | None
    person: str
    function: str
    language: str
    segment: SegmentId
    started_at: Instant
    ended_at: Instant
    used_ms: int
    limit_ms: int | None
    allotted_ms: int | None
    held_ms: int | None
    over: InterventionId | None
    ruling: str
    #: The Journal's sentence of this one alone.
    sentence: str
    gist: str
    tags: tuple[str, ...]
    #: Guiding questions to which it speaks, from 1; symbol of the document it is about.
    questions: tuple[int, ...]
    document: str
    corrections: tuple[str, ...]


class Bar(Struct, frozen=True):
    """A row of a bar chart."""

    label: str
    ms: int
    count: int


class Bars(Struct, frozen=True, kw_only=True, tag="bars"):
    """How long each spoke, the longest first."""

    key: str
    title: str
    description: str
    rows: tuple[Bar, ...]
    #: Those for whom there is no room, in a line; "" where all are shown.
    rest: str = ""


class Span(Struct, frozen=True):
    """Something that lasted."""

    since: Instant
    until: Instant
    label: str


class Lane(Struct, frozen=True):
    """Spans of one sort, beside each other."""

    name: str
    look: Literal["band", "block", "thin", "hatched"]
    spans: tuple[Span, ...]


class Mark(Struct, frozen=True):
    """Something that happened at an instant."""

    at: Instant
    label: str


class Timeline(Struct, frozen=True, kw_only=True, tag="timeline"):
    """The meeting from left to right (or from right to left)."""

    key: str
    title: str
    description: str
    since: Instant
    until: Instant
    lanes: tuple[Lane, ...]
    marks_name: str
    marks: tuple[Mark, ...]


class Series(Struct, frozen=True):
    """A number that changed at instants."""

    name: str
    points: tuple[tuple[Instant, int], ...]


class Steps(Struct, frozen=True, kw_only=True, tag="steps"):
    """How numbers changed over the meeting."""

    key: str
    title: str
    description: str
    since: Instant
    until: Instant
    series: tuple[Series, ...]


Picture = Bars | Timeline | Steps


class Minutes(Struct, frozen=True, kw_only=True):
    """The whole record."""

    meeting: str
    audience: Audience
    language: str
    direction: str
    zone: str
    #: As of which commit, when it was made, and its mark of the chain; "" without.
    seq: int
    at: Instant
    chain: str
    heading: Heading
    contents_title: str
    opening: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    conclusions: Conclusions | None
    closing: tuple[Paragraph, ...]
    speeches: tuple[Speech, ...]
    annexes_title: str
    #: The table of times as documents print it, and totals.
    times: Table
    totals: tuple[Table, ...]
    #: Everything of each intervention, for spreadsheets.
    interventions: Table
    pictures_title: str
    pictures: tuple[Picture, ...]
    provenance: str
    #: "Page {page} of {pages}"
    page: str
