"""The presets that are shipped, held against the shared rules' table (section 10)."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from rostra.core.commands import SetProfile
from rostra.core.files import BadLine, lines_of
from rostra.core.profile import Profile, parse_profile
from support.floor import rule

FOLDER = Path(__file__).parents[2] / "config" / "profiles"
#: What a file may leave out: an option that is off, or has no limit.
MAY_BE_LEFT_OUT = {"max_statements"}
STATEMENT = (
    "group",
    "member_state",
    "observer_state",
    "organisation",
    "un_entity",
    "nhri",
    "ngo",
    "other",
)
GA, CONFERENCE, HRC = (600, 300), (300, 180), (180, 120)
#: order, modifiers, statement by tier, replies and their place, enforcement.
PRESETS: dict[str, tuple[Any, ...]] = {
    "general_debate": (
        "protocol_rank", (), (900,) * 8, GA, "end_of_day", "soft",
    ),
    "plenary_item": (
        "arrival", ("groups_first",), (420, 300, 300, 180, 180, 180, 180, 180),
        GA, "end_of_day", "firm",
    ),
    "conference": (
        "protocol_rank", ("groups_first",), (300, 300, 300, 180, 180, 180, 180, 180),
        CONFERENCE, "end_of_day", "firm",
    ),
    "hrc_dialogue": (
        "lot", ("groups_first",), (240, 180, 120, 120, 120, 120, 120, 120),
        HRC, "end_of_day", "hard",
    ),
    "upr_adoption": ("lot", (), (90,) * 8, None, None, "hard"),
    "sc_open_debate": ("lot", (), (300,) * 8, (180,), "end_of_meeting", "soft"),
    "web_dialogue": (
        "arrival", ("groups_first", "first_time_first"),
        (300, 180, 180, 120, 120, 120, 120, 120), HRC, "end_of_item", "firm",
    ),
    "qa_panel": (
        "least_spoken", (), (300, 180, 180, 120, 120, 120, 120, 120),
        None, None, "firm",
    ),
}  # fmt: skip


def text_of(name: str) -> str:
    """The file of a preset."""
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def preset(name: str) -> Profile:
    """A preset."""
    return parse_profile(text_of(name))


def test_every_preset_is_shipped_and_nothing_else() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(PRESETS)


@rule("Q4")
@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_as_the_table_has_it(name: str) -> None:
    profile = preset(name)
    replies = profile.replies
    assert profile.id == name
    assert (
        profile.order,
        profile.modifiers,
        tuple(profile.limits["statement"][tier] for tier in STATEMENT),  # type: ignore[index]
        replies and replies.limits_s,
        replies and replies.place,
        profile.enforcement,
    ) == PRESETS[name]


@rule("Q4")
def test_the_particulars_of_each_preset() -> None:
    hrc, upr, panel = preset("hrc_dialogue"), preset("upr_adoption"), preset("qa_panel")
    assert (hrc.lot_window_min, hrc.closing.after_start_min) == (15, 15)
    assert (hrc.limit_floor_s, hrc.grace_s) == (90, 5)
    assert (upr.limit_step_s, upr.limit_step_short_s, upr.overhead_s) == (5, 5, 0)
    assert (upr.closing.capacity, upr.grace_s) == (13, 0)
    assert panel.limit_ms("question", "ngo") == 90_000
    assert panel.limit_ms("answer", "ngo") == 120_000
    assert panel.interruptions["response"].enabled
    assert panel.round_size == 3
    others = [preset(name) for name in PRESETS if name != "qa_panel"]
    assert not any(each.interruptions["response"].enabled for each in others)
    assert preset("conference").late_tray
    assert preset("web_dialogue").closing.propose_at_forecast
    tiers = preset("general_debate").tiers
    assert tiers["group"] == tiers["member_state"] == tiers["observer_state"]
    assert len(set(preset("sc_open_debate").tiers.values())) == 1
    for name in PRESETS:
        steps = preset(name)
        usual = (5, 5) if name == "upr_adoption" else (15, 30)
        assert (steps.limit_step_short_s, steps.limit_step_s) == usual


@rule("Q4")
@pytest.mark.parametrize("name", PRESETS)
def test_points_of_order_motions_and_explanations_are_as_section_4_has_them(
    name: str,
) -> None:
    profile = preset(name)
    limits = {
        "point_of_order": 120,
        "procedural_motion": 180,
        "explanation_of_vote": 600,
        "secretariat": 600,
        "introduction": 600,
        "concerned_party": 600,
        "question": 90,
        "answer": 120,
    }
    for kind, seconds in limits.items():
        assert profile.limit_ms(kind, "member_state") == seconds * 1000  # type: ignore[arg-type]
    if profile.replies:
        first = profile.replies.limits_s[0]
        assert profile.limit_ms("right_of_reply", "member_state") == first * 1000


@rule("Q4")
@pytest.mark.parametrize("name", PRESETS)
def test_warnings_and_prompts_are_the_usual_ones_and_a_group_has_a_group_s_limit(
    name: str,
) -> None:
    profile = preset(name)
    before = [profile.warn_ms(limit * 1000) // 1000 for limit in (60, 61, 180, 181)]
    assert before == [15, 30, 30, 60]
    assert profile.call_prompts_s == (15, 30, 60)
    assert (profile.pause_prompts_s, profile.line_lost_prompt_s) == ((120, 300), 15)
    assert (profile.over_alarm_s, profile.downtime_prompt_s) == (30, 30)
    assert (profile.returns, profile.undo_s, profile.void_over_s) == (2, 10, 30)
    assert 60 <= profile.limit_ms("response", "ngo") // 1000 <= 90
    group = profile.limit_ms("statement", "group")
    assert group == profile.limit_ms("group_statement", "ngo")


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_names_every_key_so_that_a_copy_can_change_it(name: str) -> None:
    written = tomllib.loads(text_of(name)).keys()
    assert {*structs.asdict(preset(name))} - written <= MAY_BE_LEFT_OUT


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_fits_into_the_command_that_sets_it(name: str) -> None:
    longest = SetProfile.__annotations__["text"].__metadata__[0].max_length
    assert len(text_of(name)) <= longest - 2_000  # room for a secretariat's words


def values(name: str) -> list[tuple[int, str]]:
    """Each line of a preset that gives a key its value, and the key."""
    lines = text_of(name).splitlines()
    return [
        (number, lines[number - 1].split("=")[0].strip())
        for number in lines_of(text_of(name)).values()
        if "=" in lines[number - 1].split("#")[0]
    ]


@pytest.mark.parametrize("name", PRESETS)
def test_any_key_that_is_changed_to_nonsense_is_refused_with_its_line(
    name: str,
) -> None:
    lines = text_of(name).splitlines()
    found = values(name)
    assert len(found) > 80
    for number, key in found:
        for nonsense in ("-1", "[[]]", '"non sense"'):
            if (key, nonsense) == ("title", '"non sense"'):
                continue
            changed = [*lines]
            changed[number - 1] = f"{key} = {nonsense}"
            with pytest.raises(BadLine) as bad:
                parse_profile("\n".join(changed))
            assert bad.value.line == number, (key, nonsense, bad.value)
            assert key in bad.value.what or "each entry" in bad.value.what


@pytest.mark.parametrize("name", PRESETS)
def test_a_key_that_is_misspelt_is_refused_with_its_line(name: str) -> None:
    lines = text_of(name).splitlines()
    for number, key in values(name):
        changed = [*lines]
        changed[number - 1] = re.sub(r"^(\w+)\w =", r"\1q =", lines[number - 1])
        with pytest.raises(BadLine) as bad:
            parse_profile("\n".join(changed))
        assert bad.value.line == number or "is missing" in bad.value.what, key
