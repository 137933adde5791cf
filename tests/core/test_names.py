"""Names as people write them: a pasted list, recognised line by line."""

from pathlib import Path

import pytest
from msgspec import structs

from rostra.core.meeting import Meeting, Person
from rostra.core.names import Recognised, fold, recognise
from rostra.core.roster import parse_roster
from support.floor import Floor, rule

ROSTERS = Path(__file__).parents[2] / "config/rosters"


@pytest.fixture(scope="module")
def meeting() -> Meeting:
    """A meeting of the United Nations."""
    head, table = ((ROSTERS / f"un.{end}").read_text() for end in ("toml", "csv"))
    return structs.replace(Floor().meeting, roster=parse_roster(head, table))


def one(meeting: Meeting, text: str) -> Recognised:
    (found,) = recognise(meeting, text)
    return found


@rule("N2")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Japan", "JPN"),
        ("1. Türkiye", "TUR"),
        ("(2) Turkiye", "TUR"),
        ("- côte d'ivoire", "CIV"),
        ("The Gambia", "GMB"),
        ("VNM", "VNM"),
        ("日本", "JPN"),
        ("Republic of Korea", "KOR"),
        ("Niger", "NER"),
        ("Iran (Islamic Republic of)", "IRN"),
    ],
)
def test_exact_names_codes_and_aliases_are_sure(
    meeting: Meeting, text: str, code: str
) -> None:
    found = one(meeting, text)
    assert (found.delegation, found.sure) == (code, True)


@rule("N2")
@pytest.mark.parametrize("text", ["Atlantis", "Hong Kong", "xx"])
def test_what_is_not_in_the_roster_is_not_recognised(
    meeting: Meeting, text: str
) -> None:
    found = one(meeting, text)
    assert (found.delegation, found.sure) == (None, False)


@rule("N2")
def test_anything_less_than_exact_is_a_proposal_and_twins_come_together(
    meeting: Meeting,
) -> None:
    found = one(meeting, "Korea")
    assert not found.sure
    assert {"KOR", "PRK"} <= set(found.alternatives)
    assert "JPN" in one(meeting, "Jappan").alternatives


@rule("N2")
def test_a_group_of_the_register_is_found_and_free_text_is_left_to_the_operator(
    meeting: Meeting,
) -> None:
    known = one(meeting, "Cuba, on behalf of the Group of 77 and China")
    assert (known.delegation, known.kind, known.sure) == (
        "CUB",
        "group_statement",
        True,
    )
    assert known.group is not None
    free = one(meeting, "Norway (on behalf of the Friends of Water)")
    assert (free.delegation, free.group, free.sure) == ("NOR", None, False)
    assert "Friends of Water" in free.group_text


@rule("N2")
def test_a_person_beside_the_delegation_is_taken_along(meeting: Meeting) -> None:
    found = one(meeting, "3) Kazakhstan - H.E. Mr. Somebody - Minister")
    assert found.delegation == "KAZ"
    assert found.person == Person("H.E. Mr. Somebody", "Minister")


def test_lines_are_counted_and_empty_ones_left_out(meeting: Meeting) -> None:
    found = recognise(meeting, "Japan\n\n  \nFrance\n")
    assert [(each.line, each.delegation) for each in found] == [(1, "JPN"), (4, "FRA")]


def test_folding_takes_case_accents_and_articles_away() -> None:
    assert fold("The Républic of CÔTE  d'Ivoire") == "republic cote d ivoire"


@rule("N2")
def test_every_delegation_is_recognised_by_its_own_name(meeting: Meeting) -> None:
    delegations = meeting.roster.delegations
    text = "\n".join(entry.names["en"] for entry in delegations.values())
    assert [each.delegation for each in recognise(meeting, text)] == list(delegations)


@rule("N2", "B3")
def test_without_guessing_a_line_is_recognised_or_not(meeting: Meeting) -> None:
    text = "Kenya\nKennya\nMs. Bee, Brazil\nPat Someone"
    assert recognise(meeting, text)[1].alternatives
    found = recognise(meeting, text, guess=False)
    assert [each.delegation for each in found] == ["KEN", None, "BRA", None]
    assert [each.alternatives for each in found] == [(), (), (), ()]


@rule("N2")
def test_two_letters_are_too_few_for_a_guess_and_three_are_enough(
    meeting: Meeting,
) -> None:
    assert one(meeting, "Ja").alternatives == ()
    assert "JPN" in one(meeting, "Jap").alternatives


@rule("N2", "K2")
def test_a_line_is_a_statement_unless_it_names_a_group(meeting: Meeting) -> None:
    assert one(meeting, "Japan").kind == "statement"
    assert one(meeting, "Japan on behalf of G77").kind == "group_statement"


@pytest.mark.parametrize(
    ("text", "name"), [("Japan - Sato", "Sato"), ("Japan - Abe", None)]
)
def test_a_word_of_four_letters_may_be_a_name(
    meeting: Meeting, text: str, name: str | None
) -> None:
    found = one(meeting, text).person
    assert (found.name if found else None) == name
