"""Notes: one for each row, field by field, and corrections for the record."""

from typing import Any

from rostra.core import commands as c
from rostra.core.ids import InterventionId, NoteId, RequestId
from rostra.core.meeting import Note
from rostra.core.notes import TAGS, edited
from rostra.core.views import snapshot
from support.floor import RAPPORTEUR, Floor, rule


def heard() -> tuple[Floor, InterventionId]:
    """A meeting in which A was heard, and its row."""
    floor = Floor().opened()
    floor.ask("A")
    return floor, floor.heard("A")


def noted(floor: Floor, row: InterventionId, **fields: Any) -> Note:
    """A rapporteur writes something of *row*; the note that it makes or changes."""
    made = floor.do(c.WriteNote, RAPPORTEUR, intervention=row, **fields)
    return floor.meeting.notes[made["note"]]


@rule("N3")
def test_a_rapporteur_notes_for_the_record_and_an_operator_for_staff() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    key = floor.heard("A")
    floor.do(c.WriteNote, RAPPORTEUR, intervention=key, text="gist")
    floor.do(c.WriteNote, intervention=key, text="ours")
    floor.do(c.WriteNote, request=floor.of("B"), text="rang")
    record = snapshot(floor.meeting, "record")["notes"].values()
    assert [note["text"] for note in record] == ["gist"]
    staff = snapshot(floor.meeting, "staff")["notes"].values()
    assert [note["scope"] for note in staff] == ["record", "staff", "staff"]


@rule("N3", "I6")
def test_an_edit_names_the_version_it_read() -> None:
    floor = Floor().opened()
    floor.ask("A")
    key = floor.heard("A")
    made = floor.do(c.WriteNote, RAPPORTEUR, intervention=key, text="one")
    note = made["note"]
    edited = floor.do(c.WriteNote, RAPPORTEUR, note=note, text="two", version=1)
    assert edited == {"note": note, "version": 2}
    assert floor.meeting.notes[note].intervention == key
    refusal = floor.refused(
        "stale", c.WriteNote, RAPPORTEUR, note=note, text="three", version=1
    )
    assert refusal.current == {"note": note, "text": "two", "version": 2}
    floor.refused("not_permitted", c.WriteNote, note=note, text="mine", version=2)


@rule("N3", "F5")
def test_a_rapporteur_knows_no_call_and_no_mistake() -> None:
    floor = Floor().opened()
    floor.ask("A")
    key = floor.call("A")
    floor.refused(
        "no_such_entity", c.WriteNote, RAPPORTEUR, intervention=key, text="early"
    )
    floor.do(c.WriteNote, intervention=key, text="ours")
    floor.start()
    floor.do(c.WriteNote, RAPPORTEUR, intervention=key, text="gist")
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    floor.refused(
        "no_such_entity", c.WriteNote, RAPPORTEUR, intervention=key, text="late"
    )


@rule("N3", "K3")
def test_a_note_is_about_something_that_exists() -> None:
    floor = Floor().opened()
    nothing = InterventionId("i9.9")
    floor.refused("no_such_entity", c.WriteNote, intervention=nothing, text="x")
    floor.refused("no_such_entity", c.WriteNote, note=NoteId("n9.9"), text="x")
    floor.ask("A")
    floor.refused("no_such_entity", c.WriteNote, request=RequestId("r9.9"), text="x")
    key = floor.heard("A")
    floor.refused(
        "no_such_entity",
        c.WriteNote,
        RAPPORTEUR,
        intervention=key,
        request=RequestId("r9.9"),
        text="x",
    )


@rule("N3", "I6")
def test_two_rapporteurs_who_begin_a_note_at_once_share_one() -> None:
    """The second is shown what the first has written: nothing is lost."""
    floor = Floor().opened()
    floor.ask("A")
    key = floor.heard("A")
    made = floor.do(c.WriteNote, RAPPORTEUR, intervention=key, text="mine")
    refusal = floor.refused(
        "stale", c.WriteNote, RAPPORTEUR, intervention=key, text="yours"
    )
    assert refusal.current == {"note": made["note"], "text": "mine", "version": 1}


@rule("R6")
def test_a_field_that_is_left_out_stays() -> None:
    floor, row = heard()
    noted(floor, row, text="gist", document=" A/L.2 ")
    note = noted(floor, row, follow_up=True)
    assert (note.text, note.follow_up, note.document) == ("gist", True, "A/L.2")
    assert (note.version, len(floor.meeting.notes)) == (2, 1)
    note = noted(floor, row, text="", version=2)
    assert (note.text, note.document) == ("", "A/L.2")


@rule("R6", "I6")
def test_two_who_edit_different_fields_of_a_row_both_get_their_way() -> None:
    floor, row = heard()
    noted(floor, row, text="one")
    # both have read version 1
    noted(floor, row, document="A/L.2", version=1)
    note = noted(floor, row, text="two", version=1)
    assert (note.text, note.document, note.version) == ("two", "A/L.2", 3)


@rule("R6", "I6")
def test_what_somebody_else_has_changed_since_is_not_written_over() -> None:
    floor, row = heard()
    note = noted(floor, row, text="one", document="A/L.2")
    noted(floor, row, text="two", version=1)
    noted(floor, row, follow_up=True, version=2)
    late = {"text": "three", "document": "A/L.3", "version": 1}
    refusal = floor.refused("stale", c.WriteNote, RAPPORTEUR, intervention=row, **late)
    # the symbol could be changed: only what stands in the way is shown
    assert refusal.current == {"note": note.id, "version": 3, "text": "two"}
    assert refusal.params == {"what": "note"}
    star = floor.refused(
        "stale", c.WriteNote, RAPPORTEUR, intervention=row, follow_up=False, version=2
    )
    assert star.current == {"note": note.id, "version": 3, "follow_up": True}


@rule("R6")
def test_two_who_say_the_same_do_not_stand_in_each_other_s_way() -> None:
    floor, row = heard()
    noted(floor, row, follow_up=True)
    assert noted(floor, row, follow_up=True, text="gist").version == 2
    # a version that nobody could have read is another past
    floor.refused(
        "stale", c.WriteNote, RAPPORTEUR, intervention=row, text="x", version=3
    )


@rule("R6", "N3")
def test_one_may_begin_a_row_with_a_mark_while_another_begins_with_the_gist() -> None:
    floor, row = heard()
    noted(floor, row, tags=c.TagEdit(("supported",)))
    note = noted(floor, row, text="gist")
    assert (note.text, note.tags) == ("gist", ("supported",))


@rule("R7")
def test_tags_and_questions_always_merge() -> None:
    floor, row = heard()
    noted(floor, row, tags=c.TagEdit(("supported", "harbours")))
    noted(floor, row, questions=c.QuestionEdit((3,)))
    noted(floor, row, tags=c.TagEdit((" opposed ", "", "harbours"), ("supported",)))
    note = noted(floor, row, questions=c.QuestionEdit((1, 3), (2,)))
    assert note.tags == ("harbours", "opposed")
    assert note.questions == (1, 3)
    assert edited((1, 2), (2, 3), (1,)) == (2, 3)


@rule("R7")
def test_a_row_has_so_many_tags_and_questions_of_the_programme_only() -> None:
    floor, row = heard()
    noted(floor, row, tags=c.TagEdit(tuple(map(str, range(TAGS)))))
    more = {"intervention": row, "tags": c.TagEdit(("more",))}
    floor.refused("too_long", c.WriteNote, RAPPORTEUR, **more)
    noted(floor, row, tags=c.TagEdit(("more",), ("0",)))
    for number in (0, 4):
        unknown = {"intervention": row, "questions": c.QuestionEdit((number,))}
        floor.refused("no_such_entity", c.WriteNote, RAPPORTEUR, **unknown)


@rule("R7", "N3")
def test_marks_are_the_rapporteurs_and_an_edit_says_something() -> None:
    floor, row = heard()
    for mark in (
        {"tags": c.TagEdit(("x",))},
        {"questions": c.QuestionEdit((1,))},
        {"follow_up": True},
        {"document": "A/L.2"},
    ):
        floor.refused("not_permitted", c.WriteNote, intervention=row, **mark)
    floor.refused("empty", c.WriteNote, RAPPORTEUR, intervention=row)


@rule("R7", "I10")
def test_what_is_marked_is_the_record_s_and_staff_s() -> None:
    floor, row = heard()
    marks = {"tags": c.TagEdit(("harbours",)), "questions": c.QuestionEdit((2,))}
    noted(floor, row, text="gist", follow_up=True, document="A/L.2", **marks)
    for audience in ("record", "staff"):
        seen = snapshot(floor.meeting, audience)  # type: ignore[arg-type]
        (note,) = seen["notes"].values()
        assert (note["tags"], note["questions"]) == (("harbours",), (2,))
        assert (note["follow_up"], note["document"]) == (True, "A/L.2")
        assert seen["meeting"]["meeting"]["tags"][0] == ["supported", "s"]
    assert not floor.public()
    assert "tags" not in snapshot(floor.meeting, "public")["meeting"]["meeting"]
