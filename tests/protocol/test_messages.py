"""Messages: what is taken from the wire, and what is refused as malformed."""

from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostra.core import commands as c
from rostra.core.ids import Role
from rostra.core.permissions import PERMITTED
from rostra.protocol.messages import (
    SERVER_EVENTS,
    Auth,
    Bye,
    Delta,
    convert_command,
    parse_command,
)
from support.instances import instances

COMMANDS: tuple[type[c.Command], ...] = get_args(c.AnyCommand)
ANNOUNCE = {"id": "command-1", "type": "announce", "text": "Hear!"}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def tag_of(command: type[c.Command]) -> str:
    """The command's name on the wire."""
    return str(command.__struct_config__.tag)


def test_every_command_has_a_name_of_its_own_and_somebody_who_may_send_it() -> None:
    names = [tag_of(each) for each in COMMANDS]
    assert len(set(names)) == len(names)
    assert frozenset(names) == frozenset.union(*PERMITTED.values())
    assert set(PERMITTED) == set(get_args(Role))


@pytest.mark.parametrize("command", COMMANDS, ids=tag_of)
def test_a_command_is_parsed_as_what_it_is(command: type[c.Command]) -> None:
    @given(instances(command))
    @settings(max_examples=10)
    def is_parsed(one: Any) -> None:
        wire = {**msgspec.to_builtins(one), "id": "command-1"}
        bounded = ("valid_ms", "credit_s", "limit_s", "seconds", "ms", "media_s")
        for each in (wire, *wire.get("entries", ())):
            for name in bounded:
                if isinstance(each.get(name), int):
                    each[name] = abs(each[name]) % 600 + 5
        if command is c.Insert and not wire["entries"]:
            wire["entries"] = [{"delegation": "XAD"}]
        if command is c.MarkAttendance and not wire["delegations"]:
            wire["delegations"] = ["XAD"]
        if command is c.ReleaseConclusions and not wire["expect"]:
            wire["expect"] = [{"conclusion": "c1.0", "version": 1}]
        parsed = convert_command(wire)
        assert type(parsed) is command
        assert parse_command(msgspec.json.encode(wire)) == parsed

    is_parsed()


@pytest.mark.parametrize("command", COMMANDS, ids=tag_of)
def test_no_command_has_a_field_that_nobody_knows(command: type[c.Command]) -> None:
    with pytest.raises(msgspec.ValidationError, match=r"unknown|missing"):
        convert_command({"id": "command-1", "type": tag_of(command), "admin": True})


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "short"},
        {"id": "x" * 65},
        {"id": "with blank"},
        {"id": 12345678},
        {"type": "make_me_president"},
        {"type": None},
        {"text": "x" * 281},
        {"text": 5},
        {"text": None},
        {"valid_ms": 0},
        {"valid_ms": 300_001},
        {"asked_at": "now"},
        {"asked_at": 1.5},
        {"extra": 1},
    ],
    ids=str,
)
def test_what_is_out_of_bounds_is_malformed(wrong: dict[str, Any]) -> None:
    assert convert_command(ANNOUNCE)
    with pytest.raises(msgspec.ValidationError):
        convert_command({**ANNOUNCE, **wrong})


@given(
    st.sampled_from(["note", "call", "nope", None, 5, ["call"]]),
    st.dictionaries(st.sampled_from(["id", "text", "expect", "admin"]), json_values),
)
def test_what_is_wrong_is_told_as_if_any_command_had_been_looked_for(
    kind: Any, fields: dict[str, Any]
) -> None:
    wire = {**fields, "type": kind}
    told: list[str] = []
    for read in (convert_command, lambda data: msgspec.convert(data, c.AnyCommand)):
        try:
            told.append(str(read(wire)))
        except msgspec.ValidationError as error:
            told.append(str(error))
    assert told[0] == told[1]


@given(json_values)
def test_anything_else_is_malformed_and_nothing_worse(value: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        convert_command(value)


@given(st.dictionaries(st.sampled_from([*Auth.__struct_fields__, "x"]), json_values))
def test_what_a_client_says_at_connecting_is_taken_or_malformed(value: Any) -> None:
    try:
        auth = msgspec.convert(value, Auth)
    except msgspec.ValidationError:
        return
    assert isinstance(auth.protocol, int)
    assert len(auth.token or "") <= 200


@pytest.mark.parametrize("name", SERVER_EVENTS.keys() - {"delta"})
def test_what_the_server_sends_has_every_field_every_time(name: str) -> None:
    event = SERVER_EVENTS[name]
    assert not [f.name for f in msgspec.structs.fields(event) if not f.required]
    assert not event.__struct_config__.omit_defaults


def test_from_is_called_from_on_the_wire() -> None:
    wire = msgspec.json.decode(msgspec.json.encode(Delta(from_=1, seq=2, chain="c")))
    assert list(wire) == ["from", "seq", "chain"]


def test_a_goodbye_for_good_says_so() -> None:
    assert msgspec.json.encode(Bye("revoked", None)) == (
        b'{"code":"revoked","retry_ms":null}'
    )
