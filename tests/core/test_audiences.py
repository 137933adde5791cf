"""Who sees which field: the table for people, the table of the code, the entities."""

from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

import rostra.core.audiences
from rostra.core.audiences import (
    FIELDS,
    PUBLIC,
    RECORD,
    STAFF,
    differences,
    project,
)
from rostra.core.drawing import request_entity
from rostra.core.drawing_record import note_entity
from rostra.core.entities import COLLECTIONS, AnnouncementEntity, NoteEntity
from rostra.core.ids import AnnouncementId, NoteId
from rostra.core.meeting import Note
from support.floor import START, Floor, rule

TABLE = Path(rostra.core.audiences.__file__).with_name("AUDIENCES.md")


def table() -> dict[str, list[list[str]]]:
    """The rows of AUDIENCES.md: fields by collection, one list for each column."""
    rows = [
        [cell.replace("`", "").split() for cell in line.strip("|").split("|")]
        for line in TABLE.read_text().splitlines()
        if line.startswith("| `")
    ]
    return {row[0][0]: row[1:] for row in rows}


@rule("I10")
def test_the_table_for_people_is_the_table_of_the_code() -> None:
    code = {
        name: [part.get(name, "").split() for part in (PUBLIC, RECORD, STAFF)]
        for name in COLLECTIONS
    }
    assert table() == code


@rule("I10")
@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_field_of_an_entity_has_one_place_in_the_table(name: str) -> None:
    fields = [field for column in table()[name] for field in column]
    assert sorted(fields) == sorted(f.name for f in structs.fields(COLLECTIONS[name]))


@rule("I10")
def test_each_audience_sees_what_the_one_before_it_sees_and_more() -> None:
    for name, fields in FIELDS["public"].items():
        assert set(fields) <= set(FIELDS["record"][name])
    for name, fields in FIELDS["record"].items():
        assert set(fields) <= set(FIELDS["staff"][name])


@rule("I10", "N3")
def test_the_public_has_no_collection_of_notes_signals_or_links() -> None:
    of_staff = {"signals", "links", "messages", "swaps", "attendance"}
    assert not {"notes", *of_staff} & FIELDS["public"].keys()
    assert not of_staff & FIELDS["record"].keys()


def test_a_projection_has_the_fields_of_its_audience_ready_for_json() -> None:
    said = AnnouncementEntity(AnnouncementId("a1.0"), "Lunch", START)
    assert project("public", "announcements", said) == {
        "id": "a1.0",
        "text": "Lunch",
        "at": START,
    }


def a_note(**fields: Any) -> NoteEntity:
    """A note of the record, with *fields* of its own."""
    note = Note(
        id=NoteId("n1.0"), at=START, **{"scope": "record", "text": "", **fields}
    )
    return note_entity(Floor().meeting, note, "staff")


def test_an_audience_without_the_collection_gets_nothing_of_it() -> None:
    note = a_note(scope="staff", text="x")
    with pytest.raises(KeyError):
        project("public", "notes", note)


@rule("I10")
def test_a_difference_has_the_changed_fields_that_an_audience_may_see() -> None:
    was = a_note(text="Gist")
    now = structs.replace(was, text="Better", version=2)
    seen = {"text": "Better", "version": 2}
    assert differences("record", "notes", was, now) == seen
    assert differences("staff", "notes", was, was) == {}
    floor = Floor().opened()
    floor.ask("A")
    request = request_entity(floor.meeting, floor.request("A"), "staff")
    hidden = structs.replace(request, note="kept to staff", turn=1)
    assert differences("public", "requests", request, hidden) == {"turn": 1}
    both = {"turn": 1, "note": "kept to staff"}
    assert differences("staff", "requests", request, hidden) == both
