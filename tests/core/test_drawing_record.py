"""What rapporteurs make beside the rows, as it is drawn."""

from msgspec import structs

from rostra.core.drawing_record import note_entity
from rostra.core.ids import Code, InterventionId, NoteId
from rostra.core.meeting import Note, Reading
from support.floor import START, Floor, person, rule


@rule("R7", "N6")
def test_a_note_is_drawn_with_everything_that_is_known_of_it() -> None:
    note = Note(
        id=NoteId("n1.0"),
        intervention=InterventionId("i1.0"),
        scope="record",
        text="gist",
        at=START,
        version=4,
        changed={"text": 3},
        tags=("harbours",),
        questions=(1, 2),
        follow_up=True,
        document="A/L.2",
        correction=True,
        correction_by=Code("A"),
        proposed=Reading(person=person("Ms. Ay")),
        settled="declined",
        answer="no",
    )
    drawn = structs.asdict(note_entity(Floor().meeting, note, "record"))
    kept = structs.asdict(note)
    # how an edit is judged is nobody's to see
    assert kept.pop("changed") == {"text": 3}
    assert drawn == kept
