"""Notes: the rapporteurs' own of each row, and operators' own.

Rapporteurs share one note for each row. What is written over as a whole (the gist, the
star, the symbol) is refused where somebody else has changed it since; what is a set
(tags, questions) is added to and taken from, and always merges.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.case import Case
from rostra.core.ids import InterventionId, NoteId
from rostra.core.meeting import Conclusion, Note
from rostra.core.refusals import Refused

Result = dict[str, object]
T = TypeVar("T")

#: Fields that are written over as a whole.
WHOLE = ("text", "follow_up", "document")
#: So many tags may stand on one row.
TAGS = 20


def write_note(case: Case, command: c.WriteNote) -> Result:
    """A rapporteur's note of a row, or an operator's own; field by field."""
    case.in_state("scheduled", "lobby", "in_session", "suspended", "rose")
    scope = "record" if case.actor.role == "rapporteur" else "staff"
    note = _written(case, command, scope)
    intervention = note.intervention if note else command.intervention
    request = note.request if note else command.request
    if intervention is None and (request is None or scope == "record"):
        raise Refused("empty", what="intervention")
    if intervention is not None:
        recorded(case, intervention, scope)
    if request is not None:
        case.request(request)
    fields = _fields(case, command, scope)
    if note and (late := not_over(note, fields, command.version)):
        current = {"note": note.id, "version": note.version, **late}
        raise Refused("stale", current, what="note")
    tags, questions = note.tags if note else (), note.questions if note else ()
    key = note.id if note else NoteId(case.new_id("n"))
    version = note.version + 1 if note else 1
    case.say(
        e.NoteWritten(
            note=key,
            intervention=intervention,
            request=request,
            scope="record" if scope == "record" else "staff",
            version=version,
            tags=_tagged(tags, command.tags),
            questions=tuple(sorted(_spoken_to(case, questions, command.questions))),
            **{**_standing(note), **fields},
        )
    )
    return {"note": key, "version": version}


def _written(case: Case, command: c.WriteNote, scope: str) -> Note | None:
    """The note that is changed; a rapporteur's is found by its row too."""
    if command.note is not None:
        note = case.found(case.meeting.notes, command.note, "note")
        if note.scope != scope or note.correction:
            raise Refused("not_permitted", command="note")
        return note
    if scope == "record" and command.intervention is not None:
        return note_on(case, command.intervention)
    return None


def note_on(case: Case, row: InterventionId) -> Note | None:
    """The note that rapporteurs share on *row*."""
    for note in case.meeting.notes.values():
        if note.intervention == row and note.scope == "record" and not note.correction:
            return note
    return None


def _fields(case: Case, command: c.WriteNote, scope: str) -> dict[str, Any]:
    """What the command writes over; marks are a rapporteur's."""
    fields: dict[str, Any] = {}
    if command.text is not None:
        fields["text"] = text.lines(command.text)
    if command.follow_up is not None:
        fields["follow_up"] = command.follow_up
    if command.document is not None:
        fields["document"] = text.line(command.document)
    marked = command.tags is not None or command.questions is not None
    if scope == "staff" and (marked or fields.keys() - {"text"}):
        raise Refused("not_permitted", command="note")
    if not fields and not marked:
        raise Refused("empty", what="text")
    return fields


def not_over(
    written: Note | Conclusion, fields: dict[str, Any], version: int
) -> dict[str, Any]:
    """What somebody else has changed since *version*, and *fields* would write over."""
    return {
        name: getattr(written, name)
        for name, value in fields.items()
        if value != getattr(written, name)
        and (written.changed.get(name, 0) > version or version > written.version)
    }


def _standing(note: Note | None) -> dict[str, Any]:
    if note is None:
        return {"text": ""}
    return {name: getattr(note, name) for name in WHOLE}


def _tagged(tags: tuple[str, ...], edit: c.TagEdit | None) -> tuple[str, ...]:
    """*tags* after an edit, in the order in which they were given."""
    if edit is None:
        return tags
    add, drop = (map(text.line, each) for each in (edit.add, edit.drop))
    found = edited(tags, (each for each in add if each), drop)
    if len(found) > TAGS:
        raise Refused("too_long", what="tags")
    return found


def _spoken_to(
    case: Case, questions: tuple[int, ...], edit: c.QuestionEdit | None
) -> tuple[int, ...]:
    """The guiding questions after an edit; there is none beyond the programme's."""
    if edit is None:
        return questions
    for number in edit.add:
        guiding(case, number)
    return edited(questions, edit.add, edit.drop)


def guiding(case: Case, number: int) -> int:
    """The *number* of a guiding question of the programme."""
    if not 1 <= number <= len(case.meeting.programme.questions):
        raise Refused("no_such_entity", what="question", id=number)
    return number


def edited(found: tuple[T, ...], add: Iterable[T], drop: Iterable[T]) -> tuple[T, ...]:
    """*found* with what is new at its end, and without what is dropped."""
    gone = frozenset(drop)
    return tuple(each for each in dict.fromkeys((*found, *add)) if each not in gone)


def recorded(case: Case, key: InterventionId, scope: str = "record") -> None:
    """A rapporteur knows interventions whose clock has started, no others."""
    found = case.meeting.interventions.get(key)
    hidden = found is not None and (
        found.started_at is None or found.outcome == "voided"
    )
    if found is None or (scope == "record" and hidden):
        raise Refused("no_such_entity", what="intervention", id=key)


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.WriteNote: write_note,
}
