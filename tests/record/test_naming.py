"""Names in documents: of the roster, in the reader's language, as one is addressed."""

from typing import Any

from rostra.record.language import Language
from rostra.record.naming import Naming
from support.closing import Closing

ROSTER = Closing(1).created.roster
ROW: dict[str, Any] = {
    "kind": "statement", "delegation": "XAD", "group": None, "group_text": "",
    "label": "", "person": None,
}  # fmt: skip


def naming(code: str = "en") -> Naming:
    return Naming(ROSTER, Language(code))


def test_a_name_is_in_the_language_or_in_english() -> None:
    assert naming("ar").name("XAD") == "أدونارا"
    assert naming("fr").name("XAD") == "Adunara"
    assert naming().name("XQF") == "Free City of Saltmere"
    assert naming().spoken("XQF") == "the Free City of Saltmere"
    assert naming("fr").spoken("XQF") == "Free City of Saltmere"
    assert naming("fr").group({**ROW, "group": "ISLAND_STATES"}) == (
        "Group of Island States"
    )


def test_one_is_addressed_by_the_form_of_the_roster() -> None:
    said = naming().addressed
    assert said({**ROW, "delegation": "XQF"}).startswith("the observer of the Free")
    assert said({**ROW, "delegation": "XQT"}).startswith("the observer for the Org")
    assert said(ROW) == "the representative of Adunara"
    assert said({**ROW, "kind": "chair"}) == "the Chair"
    group = {**ROW, "group": "ISLAND_STATES"}
    assert said(group).endswith("Adunara, on behalf of the Group of Island States")
    alone = {**group, "delegation": None}
    assert said(alone) == "the speaker for the Group of Island States"
    assert said({**ROW, "delegation": None}) == "a speaker"


def test_a_speaker_of_the_programme_is_named_as_a_person() -> None:
    person = {"name": "Ms. Noor Haldane", "title": ""}
    row = {**ROW, "kind": "programme", "person": person, "label": "Rapporteur"}
    assert naming().main(row) == "Ms. Noor Haldane"
    assert naming().addressed(row) == "Ms. Noor Haldane, Rapporteur"
    assert naming().main({**row, "kind": "statement"}) == "Adunara"


def test_what_is_to_be_announced_is_no_function() -> None:
    row = {**ROW, "person": {"name": "X", "title": ""}, "label": "to be announced"}
    assert naming().person(row) == ("X", "")


def test_a_region_has_a_name_and_whoever_has_none_its_kind() -> None:
    assert naming().region("XAD") == "Africa"
    assert naming().region("XQO") == "Organisations"
    assert naming().region("XQF") == "Others"
