"""The tables of a record: the times of all interventions, and totals."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct

from rostra.core.ids import SegmentId
from rostra.record.language import Language
from rostra.record.minutes import Bar, Cell, Column, Speech, Table


class _Source(Struct, frozen=True):
    """A column and what stands in it; left out where nobody may read it."""

    column: Column
    cell: Callable[[Speech], Cell]
    shown: bool = True


def times(speeches: Sequence[Speech], language: Language) -> Table:
    """What a document prints. The time used stands beside the limit, where it may."""
    tr = language.tr
    limits = any(each.limit_ms is not None for each in speeches)
    behalf = tr("{name} (on behalf of {group})")

    def who(each: Speech) -> str:
        text = behalf.format(name=each.name, group=each.group)
        name = text if each.group and each.group != each.name else each.name
        return f"– {name}" if each.over else name

    sources = (
        _Source(Column(tr("No."), "number", 4), lambda s: s.n),
        _Source(Column(tr("Began"), "instant", 6), lambda s: s.started_at),
        _Source(Column(tr("Speaker"), "text", 24), who),
        _Source(Column(tr("Kind"), "text", 14), lambda s: s.kind_name),
        _Source(Column(tr("Limit"), "duration", 6), lambda s: s.limit_ms, limits),
        _Source(Column(tr("Time used"), "duration", 6), lambda s: s.used_ms),
        _Source(Column(tr("Paused"), "duration", 6), lambda s: s.held_ms or None,
                any(each.held_ms for each in speeches)),
    )  # fmt: skip
    return _table("times", tr("Times of the interventions"), sources, speeches)


def interventions(
    speeches: Sequence[Speech], titles: dict[SegmentId, str], language: Language
) -> Table:
    """Everything of each, a column for each thing."""
    tr = language.tr

    def over(each: Speech) -> int | None:
        if not each.limit_ms or each.allotted_ms is None:
            return None
        return max(0, each.used_ms - each.allotted_ms)

    def extended(each: Speech) -> int | None:
        if each.limit_ms is None or each.allotted_ms is None:
            return None
        return each.allotted_ms - each.limit_ms

    numbers = {each.id: each.n for each in speeches}
    limits = any(each.limit_ms is not None for each in speeches)
    held = any(each.held_ms is not None for each in speeches)
    sources = (
        _Source(Column(tr("No."), "number", 4), lambda s: s.n),
        _Source(Column(tr("Segment"), "text", 20), lambda s: titles.get(s.segment)),
        _Source(Column(tr("Kind"), "text", 16), lambda s: s.kind_name),
        _Source(Column(tr("Code"), "text", 8), lambda s: s.delegation),
        _Source(Column(tr("Delegation"), "text", 28), lambda s: s.name),
        _Source(Column(tr("On behalf of"), "text", 22), lambda s: s.group or None),
        _Source(Column(tr("Regional group"), "text", 20), lambda s: s.region,
                any(each.region for each in speeches)),
        _Source(Column(tr("Speaker"), "text", 24), lambda s: s.person or None),
        _Source(Column(tr("Function"), "text", 24), lambda s: s.function or None),
        _Source(Column(tr("Language"), "text", 10), lambda s: s.language or None),
        _Source(Column(tr("Began"), "instant", 16), lambda s: s.started_at),
        _Source(Column(tr("Ended"), "instant", 16), lambda s: s.ended_at),
        _Source(Column(tr("Time used"), "duration", 10), lambda s: s.used_ms),
        _Source(Column(tr("Limit"), "duration", 10), lambda s: s.limit_ms, limits),
        _Source(Column(tr("Added"), "duration", 10), extended, limits),
        _Source(Column(tr("Over"), "duration", 10), over, limits),
        _Source(Column(tr("Paused"), "duration", 10), lambda s: s.held_ms, held),
        _Source(Column(tr("Interrupts"), "number", 10),
                lambda s: numbers.get(s.over) if s.over else None),
        _Source(Column(tr("Ruling"), "text", 14), lambda s: s.ruling or None),
        _Source(Column(tr("Document"), "text", 16), lambda s: s.document or None,
                any(each.document for each in speeches)),
        _Source(Column(tr("Questions"), "text", 10),
                lambda s: ", ".join(map(str, s.questions)) or None,
                any(each.questions for each in speeches)),
        _Source(Column(tr("Tags"), "text", 20), lambda s: ", ".join(s.tags) or None,
                any(each.tags for each in speeches)),
        _Source(Column(tr("Gist"), "text", 60), lambda s: s.gist or None,
                any(each.gist for each in speeches)),
    )  # fmt: skip
    return _table("interventions", tr("Interventions"), sources, speeches)


def totals(
    key: str, title: str, name: str, rows: Iterable[Bar], language: Language
) -> Table:
    """How often and how long, the most spoken first."""
    tr = language.tr
    columns = (
        Column(name, "text", 30),
        Column(tr("Interventions"), "number", 12),
        Column(tr("Time used"), "duration", 10),
    )
    found = sorted(rows, key=lambda each: (-each.ms, each.label))
    return Table(
        key,
        title,
        columns,
        tuple((each.label, each.count or None, each.ms) for each in found),
    )


def _table(
    key: str, title: str, sources: Sequence[_Source], rows: Sequence[Any]
) -> Table:
    used = [each for each in sources if each.shown]
    return Table(
        key,
        title,
        tuple(each.column for each in used),
        tuple(tuple(each.cell(row) for each in used) for row in rows),
    )
