"""Rules of procedure as data."""

from pathlib import Path
from typing import Any

import pytest
from msgspec import to_builtins

from rostra.core.profile import Profile, parse_profile
from rostra.core.roster import BadFile
from support.floor import PROFILE, Floor, rule

CONFIG = Path(__file__).parents[2] / "config/profiles"


@rule("K1")
@pytest.mark.parametrize(
    ("kind", "tier", "seconds"),
    [
        ("statement", "member_state", 180),
        ("statement", "organisation", 120),
        ("group_statement", "member_state", 300),
        ("question", "ngo", 90),
        ("programme", "ngo", 120),
    ],
)
def test_the_limit_is_that_of_the_kind_by_tier(
    kind: Any, tier: Any, seconds: int
) -> None:
    assert PROFILE.limit_ms(kind, tier) == seconds * 1000


@rule("K1")
def test_a_group_statement_without_a_table_has_the_limit_of_the_group_tier() -> None:
    profile = Profile(id="x", title="x", limits={"statement": {"any": 60, "group": 90}})
    assert profile.limit_ms("group_statement", "member_state") == 90_000
    assert Profile(id="x", title="x", limits={}).limit_ms("answer", "ngo") == 180_000


@rule("K1")
def test_requests_get_the_limit_of_their_delegation_s_tier() -> None:
    floor = Floor().opened()
    floor.ask("A", "I", "EU")
    limits = [floor.request(each).limit_ms for each in ("A", "I", "EU")]
    assert limits == [180_000, 120_000, 300_000]


@rule("K8")
@pytest.mark.parametrize(
    ("limit", "warn"), [(20, 10), (60, 15), (90, 30), (180, 30), (181, 60), (900, 60)]
)
def test_the_warning_begins_as_the_table_says_and_never_before_half(
    limit: int, warn: int
) -> None:
    assert PROFILE.warn_ms(limit * 1000) == warn * 1000


def test_beyond_the_table_there_is_no_warning() -> None:
    assert Profile(id="x", title="x", limits={}, warn=()).warn_ms(60_000) == 0


def test_a_limit_may_be_one_number_or_a_table() -> None:
    profile = parse_profile(
        'id = "x"\ntitle = "X"\n[limits]\nquestion = 90\n'
        "[limits.statement]\nany = 180\nngo = 120\n"
    )
    assert profile.limit_ms("question", "ngo") == 90_000
    assert profile.limit_ms("statement", "ngo") == 120_000


@pytest.mark.parametrize(
    "text",
    ["id = ", 'id = "x"', 'id = "x"\ntitle = "X"\ntypo = 1\n[limits]\n'],
)
def test_a_file_that_says_something_else_is_bad(text: str) -> None:
    with pytest.raises(BadFile):
        parse_profile(text)


@rule("Q3")
@pytest.mark.parametrize(
    "path", sorted(CONFIG.glob("*.toml")), ids=lambda path: path.stem
)
def test_the_profiles_that_are_shipped_can_be_read(path: Path) -> None:
    assert parse_profile(path.read_text()).id == path.stem


@rule("Z6")
@pytest.mark.parametrize(
    ("seconds", "spoken"),
    [(14, 0), (15, 15), (119, 105), (120, 120), (149, 120), (150, 150), (200, 180)],
)
def test_limits_are_announced_in_steps_that_can_be_spoken(
    seconds: int, spoken: int
) -> None:
    assert PROFILE.stepped(seconds) == spoken


def test_what_a_file_leaves_out_is_as_the_shared_rules_have_it() -> None:
    assert to_builtins(Profile(id="x", title="X", limits={})) == {
        "format": 1,
        "id": "x",
        "title": "X",
        "limits": {},
        "warn": ([60, 15], [180, 30], [1_000_000, 60]),
        "enforcement": "firm",
        "grace_s": 30,
        "order": "arrival",
        "modifiers": (),
        "tiers": {
            "group": 0,
            "member_state": 1,
            "observer_state": 2,
            "organisation": 3,
            "un_entity": 3,
            "nhri": 4,
            "ngo": 5,
            "other": 5,
        },
        "ranks": {
            "head_of_state": 0,
            "vice_president": 0,
            "crown_prince": 0,
            "head_of_government": 0,
            "deputy_prime_minister": 4,
            "minister": 5,
            "vice_minister": 6,
            "chair_of_delegation": 7,
        },
        "late_within_tier": False,
        "spokesperson_gap": 0,
        "state_of_palestine": "order_of_request",
        "on_deck": 2,
        "lists_open": "at_lobby",
        "inscribe_while_suspended": True,
        "lot_window_min": 0,
        "closing": {
            "after_start_min": None,
            "capacity": None,
            "before_last": None,
            "propose_at_forecast": True,
        },
        "late_tray": False,
        "approval": False,
        "park": True,
        "keep_place": False,
        "swaps": "confirm",
        "max_statements": None,
        "carry_over": False,
        "unheard": "written_only",
        "show_list": "all",
        "show_regions": False,
        "clock_starts": "at_start",
        "control": "all",
        "gavel_offer_s": 60,
        "quorum": 0,
        "interruptions": {
            "point_of_order": interruption(ruling=True),
            "procedural_motion": interruption(when="between", ruling=True),
            "response": interruption(enabled=False, when="between", per_trigger=3),
            "technical": interruption(clock="stop"),
        },
        "interruption_depth": 2,
        "replies": {
            "limits_s": (180, 120),
            "place": "end_of_item",
            "second": "involved",
            "in_writing_to": (),
        },
        "limit_step_short_s": 15,
        "limit_step_s": 30,
        "limit_floor_s": 90,
        "media_intro_s": 60,
        "auto_hold": False,
        "extension_cap_percent": 100,
        "line_lost_credit_s": 10,
        "pause_credit_s": 10,
        "undo_s": 10,
        "void_over_s": 30,
        "return_after": 2,
        "returns": 2,
        "no_show": "later",
        "round_size": 3,
        "call_prompts_s": (15, 30, 60),
        "line_lost_prompt_s": 15,
        "pause_prompts_s": (120, 300),
        "over_alarm_s": 30,
        "downtime_prompt_s": 30,
        "tags": (
            ["supported", "s"],
            ["opposed", "o"],
            ["proposed amendment", "a"],
            ["asked for explanation", "e"],
            ["made a proposal", "p"],
            ["announced a commitment", "c"],
        ),
        "overhead_s": 20,
        "reserve_s": 300,
    }


def interruption(**other: Any) -> dict[str, Any]:
    """What an interruption is, but for what is said otherwise."""
    usual = {"enabled": True, "clock": "hold", "when": "at_once", "ruling": False}
    return {**usual, "counts": False, "per_trigger": None, **other}
