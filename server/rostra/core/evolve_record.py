"""The record's part of ``evolve``: notes, corrections and how rows read."""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from rostra.core import events as e
from rostra.core.draft import Draft
from rostra.core.erasing import erase
from rostra.core.evolve_floor import add_up
from rostra.core.meeting import Correction, Note, Reading
from rostra.core.readings import as_read


def _note_written(d: Draft, ev: e.NoteWritten) -> None:
    was = d.notes.get(ev.note)
    now = {"text": ev.text, "follow_up": ev.follow_up, "document": ev.document}
    changed = dict(was.changed) if was else {}
    for name, value in now.items():
        if value != (getattr(was, name) if was else type(value)()):
            changed[name] = ev.version
    note = Note(
        id=ev.note,
        intervention=ev.intervention,
        request=ev.request,
        scope=ev.scope,
        at=d.at,
        version=ev.version,
        changed=changed,
        tags=ev.tags,
        questions=ev.questions,
        correction=ev.correction,
        correction_by=ev.correction_by,
        proposed=_reading(ev) if ev.proposes else None,
        **now,  # type: ignore[arg-type]
    )
    d.put("notes", ev.note, note)


def _reading(ev: e.NoteWritten | e.RowCorrected) -> Reading:
    return Reading(
        person=ev.person, kind=ev.kind, group=ev.group, group_text=ev.group_text
    )


def _correction_settled(d: Draft, ev: e.CorrectionSettled) -> None:
    d.change("notes", ev.note, settled=ev.settled, answer=ev.answer)


def _corrections_opened(d: Draft, ev: e.CorrectionsOpened) -> None:
    d.amend(corrections_until=ev.until)


def _row_corrected(d: Draft, ev: e.RowCorrected) -> None:
    """The row reads otherwise, and its time is counted with whom it names now."""
    row = d.intervention(ev.intervention)
    was = as_read(row, d.request(row.request))
    said, new = row.reading or Reading(), _reading(ev)
    capacity = new if new.kind else said
    add_up(d, row, -1)
    d.change(
        "interventions",
        ev.intervention,
        reading=structs.replace(capacity, person=new.person or said.person),
        corrections=(
            *row.corrections,
            Correction(at=d.at, reason=ev.reason, was=was),
        ),
    )
    add_up(d, d.intervention(ev.intervention), 1)


def _publication_set(d: Draft, ev: e.PublicationSet) -> None:
    d.amend(published=ev.published)


def _persons_erased(d: Draft, _: e.PersonsErased) -> None:
    erase(d)
    d.amend(erased_at=d.at, erased_seq=d.seq)


FACTS: dict[type, Callable[[Draft, Any], None]] = {
    e.NoteWritten: _note_written,
    e.CorrectionSettled: _correction_settled,
    e.CorrectionsOpened: _corrections_opened,
    e.RowCorrected: _row_corrected,
    e.PublicationSet: _publication_set,
    e.PersonsErased: _persons_erased,
}
