"""The sheet of a profile's rules: every number on it is the file's."""

import re
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from rostra.core.profile import (
    Closing,
    Interruption,
    Profile,
    Replies,
    Warn,
    parse_profile,
)
from rostra.record.sheet import Section, Sheet, clock, sheet

FOLDER = Path(__file__).parents[2] / "config" / "profiles"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def preset(name: str, **changes: Any) -> Profile:
    """A shipped profile, perhaps with changes."""
    profile = parse_profile((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return structs.replace(profile, **changes)


def section(made: Sheet, title: str) -> Section:
    """That part of a sheet."""
    return next(each for each in made.sections if each.title == title)


def lines(profile: Profile, title: str) -> str:
    """The sentences of a part."""
    return "\n".join(section(sheet(profile), title).lines)


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_has_every_part_in_whole_sentences(name: str) -> None:
    made = sheet(preset(name))
    assert made.title == preset(name).title
    assert len(made.sections) == 9
    for each in made.sections:
        assert each.lines
        for line in each.lines:
            assert line.endswith(".") and "{" not in line and "_" not in line, line


@pytest.mark.parametrize("name", NAMES)
def test_the_table_has_the_limit_of_each_kind_and_category(name: str) -> None:
    profile = preset(name)
    table = section(sheet(profile), "Time limits").table
    assert table is not None
    found = dict(table.rows)
    statement = profile.limits["statement"]
    if len(set(statement.values())) == 1:
        assert found["Statement"] == clock(statement["ngo"])
    else:
        assert found["Statement: Member States"] == clock(statement["member_state"])
        assert found["Statement: Organisations"] == clock(statement["organisation"])
    assert found["Point of order"] == "2:00"
    keynote = {row: limit for row, limit in found.items() if row.endswith("Keynote")}
    assert list(keynote.values()) == ["10:00"]
    assert ("Response" in found) == (name == "qa_panel")
    assert "Right of reply" not in found


def test_a_number_that_changes_in_the_file_changes_on_the_sheet() -> None:
    """Each number of the profile that delegations should know is on the sheet."""
    base = preset("web_dialogue", enforcement="hard", order="lot")
    changes: dict[str, Any] = {
        "on_deck": 7,
        "lot_window_min": 17,
        "max_statements": 9,
        "spokesperson_gap": 6,
        "closing": Closing(after_start_min=47),
        "grace_s": 37,
        "limit_step_s": 29,
        "limit_step_short_s": 13,
        "limit_floor_s": 71,
        "extension_cap_percent": 55,
        "media_intro_s": 41,
        "replies": Replies(limits_s=(601,)),
        "interruption_depth": 4,
        "pause_credit_s": 19,
        "line_lost_credit_s": 23,
        "return_after": 8,
        "returns": 5,
        "round_size": 11,
        "quorum": 31,
        "warn": (Warn(61, 21),),
        "limits": {**base.limits, "question": {"any": 97}},
    }
    before = str(sheet(base))
    for key, value in changes.items():
        after = str(sheet(structs.replace(base, **{key: value})))
        assert after != before, key


@pytest.mark.parametrize(
    ("title", "changes", "said"),
    [
        ("Order of speakers", {"state_of_palestine": "after_members"}, "Palestine"),
        ("Order of speakers", {"on_deck": 3}, "The next 3 are told to be ready"),
        ("Asking for the floor", {"approval": True}, "the secretariat has accepted"),
        ("Asking for the floor", {"swaps": "auto"}, "if both agree."),
        ("Asking for the floor", {"keep_place": True}, "come back to its place"),
        ("Asking for the floor", {"show_list": "count"}, "how many are on the list"),
        ("Asking for the floor", {"inscribe_while_suspended": False}, "no requests"),
        ("Asking for the floor", {"lists_open": "at_order"}, "called to order"),
        ("Closing of the list", {"late_tray": True}, "Later requests are kept"),
        ("Closing of the list", {"late_within_tier": True}, "in their own category"),
        ("Closing of the list", {"closing": Closing(capacity=40)}, "when 40 are on it"),
        ("Closing of the list", {"closing": Closing(before_last=3)}, "only 3 are left"),
        ("Time signals", {"enforcement": "soft"}, "nothing turns red"),
        ("Time signals", {"enforcement": "hard", "grace_s": 5}, "; 5 s later the cut"),
        ("Right of reply", {"replies": None}, "There is no right of reply."),
        ("Right of reply", {"replies": Replies(limits_s=(600, 300))}, "10:00, 5:00"),
        ("Right of reply", {"replies": Replies(in_writing_to=("head_of_state",))},
         "replied to in writing: Head of State."),
        ("Interruptions", {"interruptions": {"response": Interruption(per_trigger=2)}},
         "Responses: at once, on the chair's word. The speaker's clock stands still,"
         " and goes on by itself. At most 2 to one intervention."),
        ("Interruptions", {"interruptions": {}}, "Points of order: not in these"),
        ("On the floor", {"clock_starts": "at_ready"}, "says that it is ready"),
        ("On the floor", {"auto_hold": True}, "every device of a speaker is gone"),
        ("On the floor", {"no_show": "end_of_category"}, "end of the category, 2"),
        ("On the floor", {"control": "gavel"}, "One operator acts"),
        ("At the end", {"carry_over": True}, "comes first when the item"),
        ("At the end", {"unheard": "expired"}, "lapse with the meeting"),
    ],
)  # fmt: skip
def test_what_the_file_says_is_said_in_words(
    title: str, changes: dict[str, Any], said: str
) -> None:
    usual, changed = preset("web_dialogue"), preset("web_dialogue", **changes)
    assert said in lines(changed, title)
    if changes != {"on_deck": usual.on_deck}:
        assert said not in lines(usual, title)


def test_ranks_and_categories_are_named_in_their_order() -> None:
    text = lines(preset("general_debate"), "Order of speakers")
    ranked = re.findall(r"Ranks, the first before all others: (.+)\.", text)
    assert ranked[0].split("; ")[0].startswith("Head of State / Vice-President")
    assert ranked[0].endswith("Chair of the delegation")
    assert "All categories stand in one order." in lines(
        preset("sc_open_debate"), "Order of speakers"
    )


def test_every_sentence_passes_through_the_translation() -> None:
    made = sheet(preset("hrc_dialogue"), lambda text: f"«{text}»")
    for each in made.sections:
        assert each.title.startswith("«")
        assert all("«" in line for line in each.lines)
