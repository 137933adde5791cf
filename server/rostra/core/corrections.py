"""Corrections: in writing, and of how a finished row names its speaker (RULES 8).

As it was filed or as a row read before, it stays readable. Times are never corrected.
"""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.agenda import expected_state
from rostra.core.attribution import attributed
from rostra.core.case import Case
from rostra.core.ids import InterventionId, Kind, NoteId
from rostra.core.meeting import Intervention, Person, Reading
from rostra.core.readings import as_read
from rostra.core.refusals import Refused

Result = dict[str, object]

_STATEMENTS: frozenset[Kind] = frozenset(("statement", "group_statement"))


def correct(case: Case, command: c.Correct) -> Result:
    """A correction for the record, in writing; as it was filed it stays."""
    case.in_state("scheduled", "lobby", "in_session", "suspended", "rose")
    row = _row(case, command.intervention)
    _window(case)
    said = text.lines(command.text).strip()
    if not said:
        raise Refused("empty", what="text")
    proposed = Reading()
    proposes = command.person is not None or command.capacity is not None
    if proposes:
        case.own(case.request(row.request))
        proposed = _reading(case, row, command.person, command.capacity)
    key = NoteId(case.new_id("n"))
    case.say(
        e.NoteWritten(
            note=key,
            intervention=row.id,
            request=None,
            scope="record",
            text=said,
            version=1,
            correction=True,
            correction_by=case.actor.delegation,
            proposes=proposes,
            person=proposed.person,
            kind=proposed.kind,
            group=proposed.group,
            group_text=proposed.group_text,
        )
    )
    return {"note": key}


def _window(case: Case) -> None:
    """After the meeting a delegation has as long as the secretariat has said."""
    until = case.meeting.corrections_until
    if case.meeting.state != "rose" or case.actor.role != "delegate":
        return
    if until is None or case.at >= until:
        raise Refused("corrections_closed", {"until": until}, until=until)


def open_corrections(case: Case, command: c.OpenCorrections) -> Result:
    """The time for corrections after the meeting is set, moved, or over."""
    expected_state(case, command.expect)
    case.in_state("rose")
    until = command.until
    if until is not None and until <= case.at:
        raise Refused("bad_time")
    case.say(e.CorrectionsOpened(until=until))
    return {}


def settle_correction(case: Case, command: c.SettleCorrection) -> Result:
    """Accepted, with what it proposes of the row; or declined, saying why."""
    case.in_state("scheduled", "lobby", "in_session", "suspended", "rose")
    note = case.found(case.meeting.notes, command.correction, "note")
    if not note.correction or note.intervention is None:
        raise Refused("no_such_entity", what="note", id=note.id)
    if note.settled is not None:
        current = {"settled": note.settled, "answer": note.answer}
        raise Refused("stale", {**current}, what="correction")
    reason = text.line(command.reason)
    if not command.accept and not reason:
        raise Refused("reason_needed")
    if command.accept and note.proposed is not None:
        row, wanted = _row(case, note.intervention), note.proposed
        capacity = c.Capacity(wanted.group, wanted.group_text) if wanted.kind else None
        reading = _reading(case, row, wanted.person, capacity)
        _say(case, row, reading, reason or text.line(note.text))
    settled = "accepted" if command.accept else "declined"
    case.say(e.CorrectionSettled(note=note.id, settled=settled, answer=reason))  # type: ignore[arg-type]
    return {"settled": settled}


def correct_row(case: Case, command: c.CorrectRow) -> Result:
    """A finished row names its speaker otherwise; how it read stays in the record."""
    case.in_state("scheduled", "lobby", "in_session", "suspended", "rose")
    row = _row(case, command.expect.intervention)
    times = len(row.corrections)
    if command.expect.corrections != times:
        raise Refused("stale", {"corrections": times}, what="row")
    reading = _reading(case, row, command.person, command.capacity)
    reason = text.line(command.reason)
    if not reason:
        raise Refused("reason_needed")
    _say(case, row, reading, reason)
    return {"corrections": times + 1}


def _say(case: Case, row: Intervention, reading: Reading, reason: str) -> None:
    case.say(
        e.RowCorrected(
            intervention=row.id,
            person=reading.person,
            kind=reading.kind,
            group=reading.group,
            group_text=reading.group_text,
            reason=reason,
        )
    )


def _row(case: Case, key: InterventionId) -> Intervention:
    """A row that stands in the record."""
    row = case.found(case.meeting.interventions, key, "intervention")
    if not row.number or row.outcome == "voided":
        raise Refused("no_such_entity", what="intervention", id=row.id)
    return row


def _reading(
    case: Case, row: Intervention, person: Person | None, capacity: c.Capacity | None
) -> Reading:
    """What is to be read of *row*; a statement is a group's where it names one."""
    if not attributed(case.meeting, row.segment):
        raise Refused("not_enabled", what="attribution")
    who = text.person(person)
    if person is not None and who is None:
        raise Refused("empty", what="name")
    if who is None and capacity is None:
        raise Refused("empty", what="correction")
    if capacity is None:
        return Reading(person=who)
    if capacity.group is not None and capacity.group not in case.meeting.roster.groups:
        raise Refused("no_such_entity", what="group", id=capacity.group)
    typed = "" if capacity.group else text.line(capacity.group_text)
    kind = as_read(row, case.request(row.request)).kind
    assert kind is not None
    if kind in _STATEMENTS:
        kind = "group_statement" if capacity.group or typed else "statement"
    return Reading(person=who, kind=kind, group=capacity.group, group_text=typed)


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.Correct: correct,
    c.SettleCorrection: settle_correction,
    c.OpenCorrections: open_corrections,
    c.CorrectRow: correct_row,
}
