"""What the record's events make of a meeting: facts are applied, not judged."""

from typing import Any

from rostra.core import events as e
from rostra.core.evolve import evolve
from rostra.core.ids import Code, GroupCode, Instant, InterventionId, NoteId
from rostra.core.meeting import Meeting, Reading
from support.floor import START, Floor, rule

A = Code("A")
LATER = Instant(START + 60_000)


def after(meeting: Meeting, *events: e.AnyEvent) -> Meeting:
    """The meeting after one more commit."""
    return evolve(meeting, meeting.seq + 1, LATER, events)


@rule("N6")
def test_a_correction_says_whose_it_is() -> None:
    filed = e.NoteWritten(
        note=NoteId("n2.0"),
        intervention=InterventionId("i1.0"),
        request=None,
        scope="record",
        text="2019",
        version=1,
        correction=True,
        correction_by=A,
    )
    note = after(Floor().meeting, filed).notes[NoteId("n2.0")]
    assert (note.correction, note.correction_by, note.at) == (True, "A", LATER)


def written(version: int, **fields: Any) -> e.NoteWritten:
    """A note of the record, as it was written in a *version*."""
    return e.NoteWritten(
        note=NoteId("n2.0"),
        intervention=InterventionId("i1.0"),
        request=None,
        scope="record",
        version=version,
        **{"text": "", **fields},
    )


@rule("R6")
def test_it_is_known_in_which_version_a_field_was_last_changed() -> None:
    meeting = after(Floor().meeting, written(1, tags=("harbours",)))
    assert meeting.notes[NoteId("n2.0")].changed == {}
    meeting = after(meeting, written(2, text="gist", tags=("harbours",)))
    meeting = after(meeting, written(3, text="gist", follow_up=True))
    note = meeting.notes[NoteId("n2.0")]
    assert note.changed == {"text": 2, "follow_up": 3}
    assert (note.tags, note.text, note.version, note.at) == ((), "gist", 3, LATER)


@rule("R6", "I9")
def test_a_note_of_before_there_were_marks_reads_as_one_without() -> None:
    meeting = after(Floor().meeting, written(1, text="gist"))
    note = meeting.notes[NoteId("n2.0")]
    assert (note.changed, note.tags, note.document) == ({"text": 1}, (), "")


@rule("R8", "I9")
def test_without_its_person_a_correction_changes_the_capacity_alone() -> None:
    floor = Floor().opened()
    floor.ask("A")
    key = floor.heard("A")
    corrected = e.RowCorrected(
        intervention=key,
        kind="group_statement",
        group=GroupCode("G77"),
        group_text="",
        reason="as said",
    )
    meeting = after(floor.meeting, corrected)
    row = meeting.interventions[key]
    assert row.reading == Reading(kind="group_statement", group=GroupCode("G77"))
    assert [each.was.kind for each in row.corrections] == ["statement"]
    assert meeting.totals.keys() == {"group:G77"}
