"""Who may send what: every cell of the table, over the wire and over HTTP."""

from typing import Any, get_args

import pytest
from msgspec import structs

from rostra.core.commands import AnyCommand
from rostra.core.meeting import Link
from rostra.core.permissions import PERMITTED
from rostra.web.settings import Rate
from web.house import LINKS, MEETING, OTHER, QUICK, House, command, opened

STATE = {"expect": {"state": "scheduled"}}
LIST = {"list": "l1.0", "state": "open", "generation": 0}
CONCLUSION = {"conclusion": "c9.9", "version": 1}
FLOOR = {"expect": {"intervention": "i9.0", "phase": "called"}}
SAMPLES: dict[str, dict[str, Any]] = {
    "open_lobby": STATE,
    "call_to_order": STATE,
    "suspend": STATE,
    "resume_meeting": STATE,
    "adjourn": STATE,
    "close_record": STATE,
    "go_to_segment": {"segment": "s9.9", "expect": {"segment": None}},
    "set_phase": {
        "phase": "voting",
        "expect": {"segment": "s9.9", "phase": "debate"},
    },
    "set_profile": {"text": "x"},
    "set_presider": {"segment": "s9.9", "name": "X"},
    "open_list": {"expect": LIST},
    "announce_closing": {"closes_at": 1, "expect": LIST},
    "close_list": {"expect": LIST},
    "reopen_list": {"basis": "x", "expect": LIST},
    "set_policy": {"policy": "fixed", "expect": LIST},
    "draw": {"expect": LIST},
    "set_limit": {"seconds": 60, "expect": LIST},
    "admit_late": {"expect": LIST},
    "close_round": {"expect": LIST},
    "request_floor": {"list": "l9.9", "kind": "statement"},
    "withdraw": {"request": "r9.9"},
    "accept": {"request": "r9.9"},
    "decline": {"request": "r9.9"},
    "park": {"request": "r9.9"},
    "unpark": {"request": "r9.9"},
    "pin": {"expect": {"request": "r9.9", "place": 0}},
    "unpin": {"expect": {"request": "r9.9", "place": 0}},
    "set_window": {"request": "r9.9"},
    "offer_swap": {"request": "r9.9", "wanted": "r9.8"},
    "answer_swap": {"swap": "w9.9", "accept": True},
    "settle_swap": {"swap": "w9.9", "allow": True},
    "insert": {"list": "l9.9", "entries": [{"delegation": "XAD"}]},
    "move": {"request": "r9.9", "to": 0, "expect": {"request": "r9.9", "place": 0}},
    "call": {"request": "r9.9", "expect": {"head": "r9.9"}},
    "recognise": {"request": "r9.9", "expect": {"floor": None}},
    "rule": {"intervention": "i9.9", "ruling": "upheld"},
    "chair_remarks": {"expect": {"floor": "i9.9"}},
    "reset_clock": FLOOR,
    "ready": FLOOR,
    "start": FLOOR,
    "pause": {"reason": "audio", **FLOOR},
    "line_lost": FLOOR,
    "resume": FLOOR,
    "extend": {"seconds": 30, **FLOOR},
    "credit": {"ms": 0, **FLOOR},
    "end": FLOOR,
    "no_show": FLOOR,
    "revoke": {"reason": "order", **FLOOR},
    "undo": {"expect": {"action": 99}},
    "name_speaker": {"request": "r9.9", "person": {"name": "X"}},
    "confirm_name": {"request": "r9.9"},
    "note": {"note": "n9.9", "text": "x"},
    "correct": {"intervention": "i9.9", "text": "x"},
    "settle_correction": {"correction": "n9.9", "accept": True},
    "open_corrections": {"until": None, **STATE},
    "correct_row": {
        "reason": "x",
        "expect": {"intervention": "i9.9", "corrections": 0},
    },
    "write_conclusion": {"conclusion": "c9.9", "text": "x"},
    "move_conclusion": {"to": 0, "expect": {"conclusion": "c9.9", "place": 0}},
    "drop_conclusion": {"expect": CONCLUSION},
    "hand_over": {"expect": {"handed_over_at": 1}},
    "reopen_conclusions": {"reason": "x", "expect": {"handed_over_at": 1}},
    "release_conclusions": {"released": True, "expect": [CONCLUSION]},
    "show_conclusion": {"conclusion": "c9.9", "expect": {"conclusion": None}},
    "publish": {"published": [], "expect": {"published": []}},
    "erase_persons": {"reason": "x", **STATE},
    "message": {"text": ""},
    "tick": {"delegation": "XZZ", "check": "sound", "ok": True},
    "mark_attendance": {"delegations": ["XZZ"]},
    "set_contact": {"delegation": "XZZ"},
    "flag_delegation": {"delegation": "XZZ", "flag": "absent"},
    "take_gavel": {"expect": {"holder": None}},
    "hand_gavel": {"to": None, "expect": {"holder": None}},
    "announce": {"text": ""},
    "clear_announcement": {"announcement": "a9.9"},
    "clear_signal": {"signal": "t9.9"},
    "revoke_link": {"link": "k9.9"},
    "renew_link": {"link": "k9.9"},
}
#: Rates are another test's.
UNHURRIED = structs.replace(
    QUICK,
    rates=dict.fromkeys(PERMITTED, Rate(1000, 1000)),
    try_rate=Rate(1000, 1000),
)
TYPES = [str(each.__struct_config__.tag) for each in get_args(AnyCommand)]


def test_every_command_has_a_sample() -> None:
    assert sorted(SAMPLES) == sorted(TYPES)


@pytest.mark.parametrize("link", LINKS, ids=lambda each: f"{each.role}-{each.id}")
async def test_each_role_is_refused_what_is_not_its_own(link: Link) -> None:
    async with opened(UNHURRIED) as house:
        await every_cell(house, link)


async def every_cell(house: House, link: Link) -> None:
    """Try every command as the holder of *link*."""
    line = await house.joined(link)
    headers = {"Authorization": f"Bearer {house.token(link)}"}
    url = f"/api/v1/meetings/{MEETING}/commands"
    for type_, fields in SAMPLES.items():
        refused = type_ not in PERMITTED[link.role]
        answer = await line.command(type_, **fields)
        assert (answer.get("code") == "not_permitted") is refused, type_
        response = await house.client.post(
            url, json=command(type_, **fields), headers=headers
        )
        said = await response.json()
        assert (said.get("code") == "not_permitted") is refused, type_
        assert response.status == 403 or not refused, type_


@pytest.mark.parametrize("link", LINKS, ids=lambda each: f"{each.role}-{each.id}")
async def test_no_link_opens_another_meeting(link: Link) -> None:
    async with opened(UNHURRIED) as house:
        await every_door(house, link)


async def every_door(house: House, link: Link) -> None:
    """Try everything with a link of the other meeting."""
    headers = {"Authorization": f"Bearer {house.token(link, OTHER)}"}
    base = f"/api/v1/meetings/{MEETING}"
    for path in ("", "/log", "/log.csv", "/log.json", "/links/k1.0"):
        response = await house.client.get(base + path, headers=headers)
        assert response.status == 401
    for type_, fields in SAMPLES.items():
        response = await house.client.post(
            f"{base}/commands", json=command(type_, **fields), headers=headers
        )
        assert response.status == 401
    line = await house.line()
    await line.join(token=house.token(link, OTHER))
    assert line.welcome["epoch"] == house.other.epoch
