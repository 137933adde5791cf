"""What a profile may say, and that everything else is refused in words."""

from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import inspect, structs

from rostra.core.files import BadLine
from rostra.core.ids import Tier
from rostra.core.profile import Profile, parse_profile
from rostra.core.sense import BOUNDS
from support.floor import rule
from support.profiles import Held, profile_texts

HEAD = 'id = "x"\ntitle = "X"\n'
LIMITS = "[limits]\nstatement = 180\n"


def said(text: str) -> tuple[int | None, str]:
    """Line and words of what is wrong in *text*."""
    with pytest.raises(BadLine) as bad:
        parse_profile(text)
    return bad.value.line, bad.value.what


def test_every_number_of_a_profile_has_bounds() -> None:
    numbers = set()
    for field in inspect.type_info(Profile).fields:  # type: ignore[attr-defined]
        kinds = getattr(field.type, "types", (field.type,))
        if any(isinstance(kind, inspect.IntType) for kind in kinds):
            numbers.add(field.name)
    assert numbers == BOUNDS.keys()


@rule("Q2")
@pytest.mark.parametrize("key", BOUNDS)
def test_a_number_beyond_its_bounds_is_refused(key: str) -> None:
    low, high = BOUNDS[key]
    for wrong in (low - 1, high + 1):
        line, what = said(f"{HEAD}{key} = {wrong}\n{LIMITS}")
        assert line == 3
        assert what.startswith(f"“{key}” must be ") and what.endswith(f", not {wrong}")
    for right in (low, high):
        more = 'order = "lot"\n' if key == "lot_window_min" else ""
        text = f"{HEAD}{key} = {right}\n{more}{LIMITS}"
        assert getattr(parse_profile(text), key) == right


@rule("Q2")
@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f'id = "a b"\ntitle = "X"\n{LIMITS}', 1,
         "“id” must be a name of letters, digits, - and _"),
        (f'id = "x"\ntitle = " "\n{LIMITS}', 2,
         "“title” is empty: delegations read it"),
        (f"{HEAD}[limits]\nquestion = 90\n", 3,
         "“limits.statement” says nothing of group, member_state, observer_state,"
         " organisation, un_entity, nhri, ngo, other; add “any”"),
        (f"{HEAD}[limits.statement]\nngo = 90\n", 3,
         "“limits.statement” says nothing of group, member_state, observer_state,"
         " organisation, un_entity, nhri, other; add “any”"),
        (f"{HEAD}[limits]\nstatement = 0\n", 4,
         "“limits.statement.any” must be from 1 to 36000, not 0"),
        (f"{HEAD}[limits.statement]\nany = 9\nngo = -1\n", 5,
         "“limits.statement.ngo” must be from 1 to 36000, not -1"),
        (f"{HEAD}[limits]\nstatement = 60\nspeech = 1\n", 5,
         "there is no key “speech”; it may be answer, chair, concerned_party,"
         " explanation_of_vote, group_statement, introduction, point_of_order,"
         " procedural_motion, programme, question, response, right_of_reply,"
         " secretariat, statement or technical"),
        (f"{HEAD}[limits]\nstatment = 60\n", 4,
         "there is no key “statment”; did you mean “statement”?"),
        (f"{HEAD}warn = [[60, 15], [60, 20]]\n{LIMITS}", 3,
         "“warn” must go from shorter to longer limits"),
        (f"{HEAD}warn = [[60, 60]]\n{LIMITS}", 3,
         "“warn” cannot begin 60 s before the end of a limit of up to 60 s"),
        (f"{HEAD}{LIMITS}[replies]\nlimits_s = []\n", 6,
         "“replies.limits_s” names no limit; where there is no right of reply"
         ' write: replies = "none"'),
        (f"{HEAD}{LIMITS}[replies]\nlimits_s = [600, 0]\n", 6,
         "“replies.limits_s” must be from 1 to 36000, not 0"),
        (f'{HEAD}replies = "no"\n{LIMITS}', 3,
         "“replies” must be a table, not “no”"),
        (f'{HEAD}modifiers = ["groups_first", "groups_first"]\n{LIMITS}', 3,
         "“modifiers” names one of them twice"),
        (f'id = "x"\ntitle = "\u202e\u200b"\n{LIMITS}', 2,
         "“title” is empty: delegations read it"),
        (f'id = "x"\ntitle = "{"X" * 201}"\n{LIMITS}', 2,
         "“title” has more than 200 characters"),
        (f"{HEAD}warn = [[1000001, 60]]\n{LIMITS}", 3,
         "“warn” must be from 1 to 1000000, not 1000001"),
        (f"{HEAD}lot_window_min = 15\n{LIMITS}", 3,
         "“lot_window_min” waits for a draw, but “order” is arrival"),
        (f"{HEAD}{LIMITS}[tiers]\ngroup = 0\n", 5,
         "“tiers” leaves out member_state, observer_state, organisation, un_entity,"
         " nhri, ngo, other"),
        (f"{HEAD}{LIMITS}[ranks]\nminister = 1\n", 5,
         "“ranks” leaves out head_of_state, vice_president, crown_prince,"
         " head_of_government, deputy_prime_minister, vice_minister,"
         " chair_of_delegation"),
        (f"{HEAD}{LIMITS}[closing]\ncapacity = 0\n", 6,
         "“closing.capacity” must be from 1 to 1000, not 0"),
        (f"{HEAD}{LIMITS}[closing]\ncapacity = 3\nbefore_last = 3\n", 7,
         "“closing.before_last” would close a list of that capacity at once"),
        (f'{HEAD}order = "lot"\nlot_window_min = 15\n{LIMITS}'
         "[closing]\nafter_start_min = 10\n", 8,
         "“closing.after_start_min” closes the list before its window for the lot"
         " (15 min) is over"),
        (f"{HEAD}{LIMITS}[interruptions.response]\nper_trigger = 0\n", 6,
         "“interruptions.response.per_trigger” must be from 1 to 100, not 0"),
        (f"{HEAD}{LIMITS}[interruptions.respons]\nenabled = true\n", 5,
         "there is no key “respons”; did you mean “response”?"),
        (f"{HEAD}interruption_depth = 0\n{LIMITS}"
         "[interruptions.response]\nenabled = true\n", 3,
         "“interruption_depth” is 0, but responses are enabled"),
        (f"{HEAD}call_prompts_s = [30, 15]\n{LIMITS}", 3,
         "“call_prompts_s” must go up from one to the next"),
        (f"{HEAD}pause_prompts_s = [0]\n{LIMITS}", 3,
         "“pause_prompts_s” must be from 1 to 86400, not 0"),
        (f'{HEAD}tags = [["one", "o"], ["two", "o"]]\n{LIMITS}', 3,
         "“o” must be one letter or digit, used once"),
        (f'{HEAD}tags = [["one", "Ctrl"]]\n{LIMITS}', 3,
         "“Ctrl” must be one letter or digit, used once"),
        (f'{HEAD}tags = [["one", "o"], ["one", "n"]]\n{LIMITS}', 3,
         "“one” stands there twice"),
        (f'{HEAD}tags = [[" ", "o"]]\n{LIMITS}', 3,
         "each tag must have 1 to 40 characters"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_its_line(
    text: str, line: int, words: str
) -> None:
    assert said(text) == (line, words)


def test_the_defaults_make_sense() -> None:
    profile = parse_profile(HEAD + LIMITS)
    plain = Profile(id="x", title="X", limits={"statement": {"any": 180}})
    assert profile == plain
    assert len(get_args(Tier)) == len(structs.asdict(profile)["tiers"])


def test_of_an_interruption_a_file_says_only_what_is_not_as_usual() -> None:
    text = f"{HEAD}{LIMITS}[interruptions.response]\nenabled = true\n"
    found = parse_profile(text).interruptions
    assert (found["response"].enabled, found["response"].when) == (True, "between")
    assert found["point_of_order"].ruling


def test_where_there_is_no_right_of_reply_the_file_says_so() -> None:
    assert parse_profile(f'{HEAD}replies = "none"\n{LIMITS}').replies is None
    assert parse_profile(HEAD + LIMITS).replies is not None


@rule("Q2")
@settings(max_examples=60)
@given(profile_texts(), st.integers(0, 2**32))
def test_by_any_rules_that_are_taken_a_meeting_can_be_held(
    text: str, seed: int
) -> None:
    held = Held(parse_profile(text), seed)
    held.wander(100)
    assert held.accepted > 5
    # what is shown of the rules is what was read
    assert msgspec.json.decode(msgspec.json.encode(held.meeting.profile), type=Profile)


@rule("Q2")
def test_the_bounds_are_these() -> None:
    assert BOUNDS == {
        "format": (1, 1),
        "grace_s": (0, 600),
        "spokesperson_gap": (0, 100),
        "on_deck": (0, 10),
        "lot_window_min": (0, 1_440),
        "max_statements": (1, 100),
        "gavel_offer_s": (0, 3_600),
        "quorum": (0, 1_000),
        "interruption_depth": (0, 5),
        "limit_step_short_s": (1, 60),
        "limit_step_s": (1, 300),
        "limit_floor_s": (5, 3_600),
        "media_intro_s": (0, 3_600),
        "extension_cap_percent": (0, 1_000),
        "line_lost_credit_s": (0, 600),
        "pause_credit_s": (0, 600),
        "undo_s": (0, 600),
        "void_over_s": (0, 3_600),
        "return_after": (0, 100),
        "returns": (0, 10),
        "round_size": (1, 50),
        "line_lost_prompt_s": (0, 3_600),
        "over_alarm_s": (0, 3_600),
        "downtime_prompt_s": (0, 86_400),
        "overhead_s": (0, 600),
        "reserve_s": (0, 86_400),
    }
