"""Every refusal is a sentence for a person, and no code is ever shown."""

from typing import Any, get_args

import pytest

from rostra.core.refusals import Refusal, RefusalCode
from rostra.protocol.sentences import sentence

CODES: tuple[Any, ...] = get_args(RefusalCode)
NAMES = {"JPN": "Japan", "XAD": "Adunara"}


def english(code: Any, **params: str | int | None) -> str:
    """The sentence in English."""
    return sentence(Refusal(code, params), str, NAMES.__getitem__, lambda at: "12:30")


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence(code: str) -> None:
    text = english(code)
    assert text.endswith(".") and text[0].isupper()
    assert "_" not in text and "{" not in text
    assert len(text) > 15


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_is_translated_whole(code: str) -> None:
    asked: list[str] = []

    def tr(text: str) -> str:
        asked.append(text)
        return "ترجمة"

    assert sentence(Refusal(code, {}), tr, str) == "ترجمة"  # type: ignore[arg-type]
    assert asked


PARAMS: list[tuple[str, dict[str, Any], str]] = [
    (
        "no_gavel",
        {"holder": "op1", "label": "Operator 1"},
        "Operator 1 holds the gavel. Ask for it, or take it over with a reason.",
    ),
    ("no_gavel", {"holder": None}, "Nobody holds the gavel. Take it first."),
    (
        "stale",
        {"what": "gavel"},
        "The gavel has just changed hands. Nothing was changed.",
    ),
    (
        "stale",
        {"what": "own_gavel"},
        "You hold the gavel already. Nothing was changed.",
    ),
    (
        "bad_profile",
        {"what": "there is no key “x”; did you mean “y”?", "line": 4},
        "These rules cannot be used. Line 4: there is no key “x”; did you mean “y”?",
    ),
    (
        "bad_profile",
        {"what": "“limits” is missing", "line": None},
        "These rules cannot be used: “limits” is missing.",
    ),
    (
        "delegation_flagged",
        {"delegation": "JPN", "flag": "suspended"},
        "Japan is suspended. Clear this first, or call another.",
    ),
    (
        "too_long",
        {"limit_s": 185},
        "A recorded statement may last 3:05 at most here."
        " Shorten the recording and ask again.",
    ),
    (
        "bad_time",
        {"what": "window"},
        "The end of this time lies before its beginning.",
    ),
    (
        "stale",
        {"what": "list", "state": "lot_window"},
        "Requests for the draw by lot are being collected now. Nothing was changed.",
    ),
    (
        "stale",
        {"what": "head", "called": "JPN", "head": None, "label": ""},
        "Your colleague has just called Japan. Nothing was changed.",
    ),
    (
        "stale",
        {"what": "head", "called": None, "head": None, "label": "Moderator"},
        "Your colleague has just called Moderator. Nothing was changed.",
    ),
    (
        "stale",
        {"what": "head", "called": None, "head": "JPN", "label": ""},
        "The next on the list is now Japan. Nothing was changed.",
    ),
    (
        "stale",
        {"what": "head", "called": None, "head": None, "label": None},
        "Nobody is on the list any more. Nothing was changed.",
    ),
    (
        "stale",
        {"what": "head", "called": None, "head": None, "label": ""},
        "The head of the list has just changed. Nothing was changed.",
    ),
    (
        "stale",
        {"what": "floor", "phase": "speaking", "called": "JPN"},
        "Japan is speaking now. Nothing was changed.",
    ),
    (
        "stale",
        {"what": "floor", "phase": None, "called": None},
        "Nobody has the floor any more. Nothing was changed.",
    ),
    (
        "stale",
        {"what": "phase", "phase": "reply_1"},
        "A colleague has just set the phase of this item. Nothing was changed.",
    ),
    (
        "stale",
        {"what": "list", "state": "closed"},
        "The list is closed now. Nothing was changed.",
    ),
    (
        "stale",
        {"what": "state", "state": "suspended"},
        "The meeting is suspended. Wait until it resumes.",
    ),
    (
        "floor_occupied",
        {"delegation": "XAD"},
        "Adunara has the floor. End this intervention first.",
    ),
    (
        "floor_occupied",
        {"delegation": None},
        "Somebody has the floor. End this intervention first.",
    ),
    (
        "list_closed",
        {"closed_at": 1},
        "The list of speakers was closed at 12:30. Ask the moderator to add you.",
    ),
    (
        "list_closed",
        {"closed_at": None},
        "The list of speakers is closed. Ask the moderator to add you.",
    ),
    (
        "list_not_open",
        {"opens_at": 1},
        "The list of speakers opens at 12:30. Ask again then.",
    ),
    (
        "corrections_closed",
        {"until": 1},
        "Corrections of the record were taken until 12:30. Write to the secretariat.",
    ),
    (
        "corrections_closed",
        {"until": None},
        "No corrections of the record are taken now. Write to the secretariat.",
    ),
    (
        "conclusion_fixed",
        {"what": "released"},
        "This conclusion is shown to everyone."
        " An operator has to take it back before it is changed.",
    ),
    (
        "conclusion_fixed",
        {"what": "handed_over"},
        "The conclusions were handed over and stay as they are."
        " Write another, for the addendum, or reopen them with a reason.",
    ),
    (
        "not_agreed",
        {},
        "Only agreed conclusions are shown to everyone. Mark this one as agreed first.",
    ),
    (
        "not_enabled",
        {"what": "attribution"},
        "This segment was closed: its record names nobody,"
        " so there is no name to correct.",
    ),
    (
        "too_long",
        {"what": "tags"},
        "There are too many tags on this row. Take one away first.",
    ),
    (
        "empty",
        {"what": "conclusions"},
        "There are no conclusions yet. Write one first.",
    ),
    (
        "stale",
        {"what": "conclusion"},
        "A colleague has just changed this conclusion."
        " Your change was not saved over it.",
    ),
    (
        "extension_cap",
        {"left_s": 20},
        "This is more than the rules allow to add."
        " At most 20 seconds are left to give.",
    ),
    (
        "undo_too_late",
        {"seconds": 10},
        "This can be undone within 10 seconds only."
        " Use the action that changes it instead.",
    ),
    (
        "already_on_list",
        {"delegation": "XAD"},
        "Adunara is on the list already.",
    ),
]


@pytest.mark.parametrize(("code", "params", "text"), PARAMS)
def test_the_sentence_says_what_is_so(
    code: str, params: dict[str, Any], text: str
) -> None:
    assert english(code, **params) == text


STALE = ("head", "floor", "list", "state", "segment", "place", "action", "note",
         "row", "correction", "conclusion", "conclusions", "published",
         "erased")  # fmt: skip
STATES = ("scheduled", "lobby", "in_session", "suspended", "rose", "archived")
LISTS = ("not_open", "open", "closing", "closed")
PHASES = ("called", "speaking", "paused", None)


@pytest.mark.parametrize("what", [*STALE, "downtime", "something_new", None])
def test_whatever_is_stale_has_a_sentence_of_its_own(what: str | None) -> None:
    for key, values in (("state", (*STATES, *LISTS)), ("phase", PHASES)):
        for value in values:
            text = english("stale", what=what, **{key: value})
            assert text.endswith(".") and "_" not in text


def test_a_time_is_left_out_without_a_clock() -> None:
    refusal = Refusal("list_closed", {"closed_at": 1})
    assert "closed." in sentence(refusal, str, str)


def test_a_name_with_braces_is_shown_as_it_is() -> None:
    refusal = Refusal("floor_occupied", {"delegation": "X"})
    assert sentence(refusal, str, lambda _: "{0.__class__}").startswith("{0.__class__}")
