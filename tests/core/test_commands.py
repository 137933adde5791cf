"""Commands as they come in: typed, or malformed."""

from typing import Any, get_args

import msgspec
import pytest

from rostra.core import commands as c
from support.floor import rule

COMMANDS = get_args(c.AnyCommand)


def parsed(**fields: Any) -> Any:
    return msgspec.convert({"id": "12345678", **fields}, c.AnyCommand)


@rule("I6")
@pytest.mark.parametrize("kind", COMMANDS)
def test_every_command_that_acts_on_what_was_shown_says_what_it_expects(
    kind: Any,
) -> None:
    free = {
        "request_floor",  # a request for the floor carries none (DESIGN)
        "withdraw",
        "accept",
        "decline",
        "park",
        "unpark",
        "set_window",
        "offer_swap",
        "answer_swap",
        "settle_swap",
        "rule",
        "insert",
        "set_profile",
        "set_presider",
        "name_speaker",
        "confirm_name",
        "note",
        "correct",
        "settle_correction",
        "write_conclusion",
        "message",
        "tick",
        "mark_attendance",
        "set_contact",
        "flag_delegation",
        "announce",
        "clear_announcement",
        "clear_signal",
        "revoke_link",
        "renew_link",
    }
    fields = {each.name for each in msgspec.structs.fields(kind)}
    assert ("expect" in fields) == (str(kind.__struct_config__.tag) not in free)


def test_a_command_is_told_by_its_type() -> None:
    expect = {"state": "scheduled"}
    assert parsed(type="open_lobby", expect=expect) == c.OpenLobby(
        id="12345678", expect=c.ExpectState("scheduled")
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "dance"},
        {"type": "open_lobby"},
        {"type": "open_lobby", "expect": {"state": "asleep"}},
        {"type": "announce", "text": "x", "loud": True},
        {"type": "announce", "text": "x" * 281},
        {"type": "announce", "text": "x", "id": "short"},
        {"type": "announce", "text": "x", "valid_ms": 0},
        {"type": "request_floor", "kind": "secretariat"},
        {"type": "request_floor", "kind": "statement", "media_s": -1},
        {"type": "insert", "list": "l1.0", "entries": []},
    ],
)
def test_what_is_not_a_command_is_malformed(fields: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        parsed(**fields)


@rule("K4")
def test_what_a_delegation_can_ask_for() -> None:
    (kind,) = (
        each for each in msgspec.structs.fields(c.RequestFloor) if each.name == "kind"
    )
    assert get_args(kind.type) == (
        "statement",
        "group_statement",
        "question",
        "explanation_of_vote",
        "right_of_reply",
        "point_of_order",
        "procedural_motion",
        "response",
        "technical",
    )
