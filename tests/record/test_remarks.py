"""What was noted of interventions, as far as the record tells it."""

from typing import Any

from rostra.core.ids import InterventionId
from rostra.record.language import Language
from rostra.record.naming import Naming
from rostra.record.remarks import remarks_in
from support.floor import ROSTER

KEY = InterventionId("i1.0")
NOTE: dict[str, Any] = {
    "intervention": KEY, "scope": "record", "text": "Said so.", "correction": False,
    "correction_by": None, "settled": None,
}  # fmt: skip
NAMING = Naming(ROSTER, Language())


def test_a_gist_is_the_rapporteurs_and_the_staffs_notes_are_not_told() -> None:
    staff = {**NOTE, "scope": "staff", "text": "CANARY"}
    found = remarks_in([NOTE, staff], NAMING, Language())
    assert found.gists == {KEY: "Said so."}
    assert "CANARY" not in repr(found)


def test_a_note_without_words_has_no_gist_but_its_marks() -> None:
    found = remarks_in([{**NOTE, "text": " \n", "tags": ["x"]}], NAMING, Language())
    assert found.gists == {}
    assert found.notes[KEY]["tags"] == ["x"]


def test_corrections_say_who_filed_them_and_what_became_of_them() -> None:
    filed = {**NOTE, "correction": True, "correction_by": "A"}
    settled = {**filed, "settled": "accepted", "correction_by": None}
    found = remarks_in([filed, settled], NAMING, Language())
    assert found.corrections == {
        KEY: (("State of A", "Said so."), ("A speaker", "Said so. (accepted)"))
    }
