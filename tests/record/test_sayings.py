"""The Journal's sentences: the same as the console's and the log's."""

from typing import Any

import pytest

from rostra.core.ids import Code
from rostra.core.roster import Roster
from rostra.record.language import Language
from rostra.record.naming import Naming
from rostra.record.sayings import Sayings
from support.closing import Closing

ROSTER: Roster = Closing(1).created.roster
ROW: dict[str, Any] = {
    "kind": "statement", "delegation": "XAD", "group": None, "group_text": "",
    "label": "", "person": None, "turn": 0, "to": None, "motion": None, "side": None,
    "ruling": None, "appeal": None,
}  # fmt: skip


def row(code: str | None = "XAD", **more: Any) -> dict[str, Any]:
    """A row of the record."""
    return {**ROW, "delegation": code, **more}


@pytest.fixture(name="sayings")
def _sayings() -> Sayings:
    language = Language()
    return Sayings(Naming(ROSTER, language), language)


def test_those_who_follow_each_other_are_told_in_one_sentence(sayings: Sayings) -> None:
    rows = [row("XAD"), row("XAE", group="ISLAND_STATES"), row("XAD")]
    assert sayings.told(rows) == (
        "Statements were made by the representatives of Adunara and Aelindra (on behalf"
        " of the Group of Island States)."
    )


def test_each_form_of_address_has_its_sentence(sayings: Sayings) -> None:
    person = {"name": "Ms. Noor Haldane", "title": "Under-Secretary-General"}
    rows = [row("XQF"), row("XQO"), row("XAE"), row("XQT"), row(None, person=person)]
    assert sayings.told(rows) == (
        "A statement was made by Ms. Noor Haldane, Under-Secretary-General."
        " A statement was made by the representative of Aelindra."
        " A statement was made by the observer of the Free City of Saltmere."
        " A statement was made by the observer for the Organization for Cooperation"
        " among Mountain States."
        " A statement was also made by the representative of the Office for the"
        " Practice of Multilateral Dialogue."
    )


def test_a_point_of_order_is_told_with_its_ruling(sayings: Sayings) -> None:
    point = row("XAH", kind="point_of_order", ruling="upheld", appeal="ruling_stands")
    assert sayings.told([point]) == (
        "The representative of Ardenholm spoke on a point of order. The Chair upheld"
        " the point of order. The ruling was appealed against and stands."
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "The representative of Adunara made a motion."),
        ({"motion": "other"}, "The representative of Adunara made a motion."),
        (
            {"motion": "close_debate", "ruling": "lost"},
            "The representative of Adunara moved to close the debate. The motion was"
            " not carried.",
        ),
        (
            {"motion": "close_debate", "side": "against", "ruling": "lost"},
            "The representative of Adunara spoke against the motion.",
        ),
    ],
)
def test_a_motion_is_told_with_what_became_of_it(
    sayings: Sayings, more: dict[str, Any], said: str
) -> None:
    assert sayings.told([row(kind="procedural_motion", **more)]) == said


def test_replies_are_told_in_their_rounds(sayings: Sayings) -> None:
    first = [row("XAD", kind="right_of_reply", turn=1)]
    first.append(row("XAE", kind="right_of_reply", turn=1))
    assert sayings.told(first) == (
        "The representatives of Adunara and Aelindra spoke in exercise of the right of"
        " reply."
    )
    second = [row("XAE", kind="right_of_reply", turn=2)]
    assert "a second time" in sayings.told(second)
    assert sayings.together(first[0]) != sayings.together(second[0])


def test_the_chair_and_a_technical_problem(sayings: Sayings) -> None:
    assert sayings.told([row(None, kind="chair")]) == "The Chair made a statement."
    assert sayings.told([row(kind="technical")]) == ""
    assert sayings.told([]) == ""


def test_a_group_that_is_in_no_register_is_said_as_typed(sayings: Sayings) -> None:
    found = sayings.told([row("XAD", group_text="Friends of the {harbour}")])
    assert found.endswith("Adunara (on behalf of Friends of the {harbour}).")
    assert Code("XAD") in ROSTER.delegations
