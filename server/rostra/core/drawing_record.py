"""The record as it is shown: rows as they read, notes, conclusions."""

from typing import Any

from rostra.core import entities as n
from rostra.core.attribution import attributed
from rostra.core.drawing import of_nobody, of_request
from rostra.core.ids import Audience
from rostra.core.meeting import (
    Conclusion,
    Correction,
    Intervention,
    Meeting,
    Note,
    Request,
    Stopped,
)
from rostra.core.readings import as_read
from rostra.core.timing import held_ms


def intervention_entity(
    m: Meeting, row: Intervention, audience: Audience
) -> n.InterventionEntity:
    """A row of the record; of a closed segment only staff is told whose it is."""
    request = m.requests[row.request]
    neutral = audience != "staff" and not attributed(m, row.segment)
    assert isinstance(row.clock, Stopped) and row.started_at is not None
    return n.InterventionEntity(
        **(of_nobody(request) if neutral else _named(row, request, audience)),
        id=row.id,
        n=row.number,
        segment=row.segment,
        started_at=row.started_at,
        ended_at=row.clock.at,
        used_ms=row.clock.used_ms,
        limit_ms=row.limit_ms,
        allotted_ms=row.allotted_ms,
        addressed=request.addressed,
        unanswered=request.unanswered,
        request=request.id,
        held_ms=held_ms(row, row.clock.at),
        holds=tuple(n.HoldEntity(h.reason, h.since, h.until) for h in row.holds),
        resume_of=row.resume_of,
        outcome=row.outcome or "delivered",
        counted=row.counted,
        channel=request.channel,
        ended_by=row.ended_by,
        over=row.over,
        ruling=row.ruling,
        appeal=row.appeal,
        ruling_note=row.ruling_note,
        rank=None if neutral else request.rank,
        phase=row.phase,
        corrections=tuple(_correction(each) for each in row.corrections if not neutral),
    )


def _named(row: Intervention, request: Request, audience: Audience) -> dict[str, Any]:
    """Whom a row names. What was corrected was typed by the secretariat: confirmed."""
    found = of_request(request, audience)
    if row.reading is None:
        return found
    read = as_read(row, request)
    if row.reading.kind is not None:
        found |= {"kind": read.kind, "group": read.group, "group_text": read.group_text}
    if row.reading.person is not None:
        found |= {"person": read.person, "confirmed": True}
    return found


def _correction(each: Correction) -> n.CorrectionEntity:
    return n.CorrectionEntity(each.at, each.reason, each.was)


def note_entity(m: Meeting, note: Note, audience: Audience) -> n.NoteEntity:
    """A note, with everything that rapporteurs have marked on the row.

    Who filed a correction of a closed segment's row is not said.
    """
    row = m.interventions.get(note.intervention) if note.intervention else None
    neutral = audience != "staff" and row and not attributed(m, row.segment)
    return n.NoteEntity(
        id=note.id,
        intervention=note.intervention,
        request=note.request,
        scope=note.scope,
        text=note.text,
        at=note.at,
        version=note.version,
        tags=note.tags,
        questions=note.questions,
        follow_up=note.follow_up,
        document=note.document,
        correction=note.correction,
        correction_by=None if neutral else note.correction_by,
        proposed=note.proposed,
        settled=note.settled,
        answer=note.answer,
    )


def conclusion_entity(each: Conclusion) -> n.ConclusionEntity:
    """A conclusion, at its place under its heading."""
    return n.ConclusionEntity(
        id=each.id,
        segment=each.segment,
        question=each.question,
        place=each.place,
        text=each.text,
        addendum=each.addendum,
        released=each.released,
        agreed=each.agreed,
        interventions=each.interventions,
        at=each.at,
        version=each.version,
    )


def filed_entity(note: Note) -> n.FiledCorrection:
    """A correction as the delegation that filed it sees it."""
    assert note.intervention is not None
    return n.FiledCorrection(
        note.id,
        note.intervention,
        note.text,
        note.at,
        note.proposed,
        note.settled,
        note.answer,
    )
