"""The meetings that the model is tried on: a roster, programmes, rules of procedure."""

from typing import Any, get_args

from msgspec import to_builtins

from model.observe import PROFILES, START, Plain, profile_of
from rostra.core.channel import PHRASES
from rostra.core.ids import Tier
from rostra.core.profile import INTERRUPTIONS

_TIERS = {
    **dict.fromkeys("ABCD", "member_state"),
    "H": "observer_state",
    "PSE": "observer_state",
    "U": "un_entity",
    "N": "ngo",
    "EU": "group",
}
_REGIONS = {"A": "AFR", "B": "WEO", "C": "AFR", "D": "LAC", "PSE": "APG"}
ROSTER: dict[str, Plain] = {
    code: {
        "name": f"State of {code}",
        "tier": tier,
        "region": _REGIONS.get(code, ""),
        "may_reply": tier in ("member_state", "observer_state", "group"),
        "may_order": tier in ("member_state", "observer_state"),
        "replies": 1 if code == "EU" else None,
    }
    for code, tier in _TIERS.items()
}
GROUPS = ["G77", "ISLES"]
LINKS: dict[str, Plain] = {
    "k1": {"role": "moderator", "delegation": None},
    "k2": {"role": "moderator", "delegation": None},
    "k3": {"role": "rapporteur", "delegation": None},
    **{f"d{code}": {"role": "delegate", "delegation": code} for code in ROSTER},
}

DISCUSSION: Plain = {"kind": "discussion", "title": "Discussion", "requests": True}
PANEL: Plain = {
    "kind": "panel",
    "title": "Panel",
    "requests": True,
    "minutes": 60,
    "speakers": [
        {"name": "Ms. Pan", "entity": "U", "role": "panellist", "limit_s": 420},
        {"name": "Mr. Ell", "role": "panellist", "limit_s": 420},
    ],
}
OPENING: Plain = {
    "kind": "opening",
    "title": "Opening",
    "speakers": [
        {"name": "Mr. One", "entity": "A", "role": "opening", "limit_s": 300},
        {"name": "to be announced", "function": "Guest", "role": "keynote",
         "limit_s": 600, "media_s": 500},
    ],
}  # fmt: skip
MIXED: Plain = {
    **DISCUSSION,
    "kinds": ["statement", "group_statement", "question"],
    "speakers": [
        {"name": "Ms. Far", "entity": "D", "role": "perspective", "limit_s": 300},
    ],
}
CLOSED: Plain = {**DISCUSSION, "title": "Closed", "attributed": False}
PROGRAMMES: tuple[list[Plain], ...] = (
    [DISCUSSION],
    [PANEL, DISCUSSION],
    [OPENING, DISCUSSION, PANEL],
    [MIXED, DISCUSSION],
    [OPENING, CLOSED, MIXED],
)

IN_USE: Plain = {"enabled": True, "clock": "hold", "when": "at_once", "ruling": False,
                 "counts": False, "per_trigger": None}  # fmt: skip
#: The product's own rules, and one thing or the other different.
WEB = profile_of((PROFILES / "web_dialogue.toml").read_text(encoding="utf-8")) or {}
VARIATIONS: tuple[Plain, ...] = (
    {},
    {"clock_starts": "at_ready", "on_deck": 3, "lists_open": "at_order"},
    {"show_list": "own_place", "on_deck": 0, "modifiers": [], "swaps": "off"},
    {"show_list": "count", "lists_open": "by_hand", "returns": 1, "return_after": 0},
    {"state_of_palestine": "after_members", "modifiers": ["first_time_first"]},
    {"late_tray": True, "late_within_tier": True, "keep_place": True},
    {"approval": True, "no_show": "end_of_category", "auto_hold": True},
    {"control": "gavel", "swaps": "auto", "max_statements": 1},
    {"enforcement": "hard", "grace_s": 5, "interruption_depth": 1},
    {"order": "lot", "lot_window_min": 1, "carry_over": True},
    {"closing": {"after_start_min": 3, "capacity": 4, "before_last": None,
                 "propose_at_forecast": True}},
    {"closing": {"after_start_min": None, "capacity": None, "before_last": 2,
                 "propose_at_forecast": True}, "unheard": "expired"},
    {"replies": {"limits_s": [120, 60], "place": "end_of_meeting", "second": "all",
                 "in_writing_to": ["head_of_state"]}},
    {"replies": {"limits_s": [600, 300], "place": "end_of_day", "second": "involved",
                 "in_writing_to": []}, "inscribe_while_suspended": False},
    {"replies": None, "park": False},
    {"interruptions": {
        "point_of_order": {**IN_USE, "clock": "run_on", "counts": True},
        "procedural_motion": {**IN_USE, "ruling": True},
        "response": {**IN_USE, "per_trigger": 1, "clock": "stop"},
        "technical": {**IN_USE, "when": "between"},
    }},
)  # fmt: skip


def shipped() -> list[Plain]:
    """Every profile that is shipped, as plain data."""
    found = (
        profile_of(file.read_text(encoding="utf-8"))
        for file in sorted(PROFILES.glob("*.toml"))
    )
    return [each for each in found if each]


#: Files that an operator sets in a running meeting; the last ones cannot be read.
TEXTS = (
    (PROFILES / "web_dialogue.toml").read_text(encoding="utf-8"),
    """
id = "other"
title = "Other rules"
order = "arrival"
on_deck = 1
control = "gavel"
approval = true
late_tray = true
enforcement = "hard"
[limits]
statement = 60
[tiers]
group = 0
member_state = 3
observer_state = 2
organisation = 1
un_entity = 1
nhri = 1
ngo = 1
other = 1
""",
    "id = ",
)
RULES = [{**WEB, **each} for each in VARIATIONS]
EVERY = [*RULES, *(each for each in shipped() if each["id"] != WEB["id"])]


def setup(profile: Plain, segments: list[Plain], **more: Any) -> Plain:
    """A whole meeting as plain data."""
    return {
        "profile": profile,
        "segments": segments,
        "roster": ROSTER,
        "groups": GROUPS,
        "links": LINKS,
        "tiers": get_args(Tier),
        "phrases": PHRASES,
        "questions": 3,
        "interruptions": to_builtins(INTERRUPTIONS),
        "lot_key": "the secret of a meeting that is tried",
        "midnights": (START - 1, START + 1_500_000),
        "read_profile": profile_of,
        **more,
    }
