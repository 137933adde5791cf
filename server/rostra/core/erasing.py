"""The state of a meeting without persons: as a replay without personal parts has it.

Where the open part of the first commit names somebody (the programme as it was
published), that stays in the journal; the state no longer says it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from msgspec import structs

from rostra.core.draft import Draft
from rostra.core.meeting import Intervention, Note, Reading, Segment
from rostra.core.programme import Presider, Programme, SegmentPlan, Speaker

N = TypeVar("N", Presider, Speaker)


def erase(d: Draft) -> None:
    """Nobody's name, device or contact is known in *d* any more."""
    _each(d, "requests", lambda each: {"person": None, "device": ""})
    _each(d, "signals", lambda each: {"device": ""})
    _each(d, "attendance", lambda each: {"contact": ""})
    _each(d, "interventions", _row)
    _each(d, "notes", _note)
    _each(d, "segments", _segment)
    d.amend(programme=_programme(d.programme), actions=())


def _each(d: Draft, name: str, nameless: Callable[[Any], dict[str, Any]]) -> None:
    """Write only what is another then: most has nothing to forget."""
    for key, each in list(getattr(d, name).items()):
        fields = {
            field: value
            for field, value in nameless(each).items()
            if getattr(each, field) != value
        }
        if fields:
            d.change(name, key, **fields)


def _row(row: Intervention) -> dict[str, Any]:
    corrections = tuple(
        structs.replace(each, was=_read(each.was)) for each in row.corrections
    )
    reading = row.reading and _read(row.reading)
    return {"ready_by": "", "reading": reading, "corrections": corrections}


def _read(reading: Reading) -> Reading:
    return structs.replace(reading, person=None)


def _note(note: Note) -> dict[str, Any]:
    return {"proposed": note.proposed and _read(note.proposed)}


def _segment(segment: Segment) -> dict[str, Any]:
    return {"presider": _unnamed(segment.presider), "plan": _plan(segment.plan)}


def _plan(plan: SegmentPlan) -> SegmentPlan:
    return structs.replace(
        plan,
        presider=_unnamed(plan.presider),
        speakers=tuple(_unnamed(each) for each in plan.speakers),
    )


def _programme(programme: Programme) -> Programme:
    segments = tuple(_plan(each) for each in programme.segments)
    return structs.replace(programme, segments=segments)


def _unnamed(named: N) -> N:
    return structs.replace(named, name="")
