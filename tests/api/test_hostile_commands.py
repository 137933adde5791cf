"""Whatever is sent as a command is answered, and leaves no strange sign anywhere.

Each field of each command is replaced by what should not stand there, in a meeting in
which the command itself would be obeyed.
"""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from msgspec import structs

from api.cells import CELL_LINKS, CELLS, OF_ROLE, Fields
from api.test_access_matrix import PERMITTED
from rostra.core.commands import AnyCommand, Entry
from rostra.core.ids import MeetingId
from rostra.engine.room import Room
from support.rooms import Sender, founding, fresh_id
from support.served_app import App, served

COMMANDS = {each.__struct_config__.tag: each for each in get_args(AnyCommand)}
#: Signs that turn what stands beside them about, or cannot be seen at all.
STRANGE = "\u202eevil\u2066\u200b\u2028\u0007\ue000"
HOSTILE: tuple[Any, ...] = (
    STRANGE,
    STRANGE * 500,
    "a\x00b",
    "",
    "r1.0",
    "r9999.9",
    "XZZ",
    -1,
    2**53,
    1.5,
    None,
    ["r9.0"] * 500,
    [STRANGE],
    {"name": STRANGE, "title": STRANGE * 10},
    [{"delegation": "XAD", "note": STRANGE, "limit_s": 36_000}] * 20,
)


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    """A server; its meetings are made by the tests."""
    async with served(tmp_path, founding(MeetingId("first"))) as (running, _):
        yield running


def hostile(type_: str, fields: Fields) -> list[Fields]:
    """*fields* with one that the command may have, or one inside, being another."""
    keys = structs.fields(COMMANDS[type_])
    found = [
        {**fields, key.encode_name: value}
        for key in keys
        if key.name != "id"
        for value in HOSTILE
    ]
    inside = {key: each for key, each in fields.items() if isinstance(each, dict)}
    for outer, each in inside.items():
        for key in each:
            found += [{**fields, outer: {**each, key: value}} for value in HOSTILE]
    for entry in fields.get("entries", ())[:1]:
        for key in structs.fields(Entry):
            changed = ({**entry, key.encode_name: value} for value in HOSTILE)
            found += [{**fields, "entries": [each]} for each in changed]
    return found


async def sent(app: App, room: Room, link: str, wire: Fields) -> str:
    """Send; the outcome, or the code of the refusal."""
    status, said = await app.request("POST", room, link, "/commands", wire)
    answer = json.loads(said)
    assert status < 500, (wire, answer)
    return str(answer.get("code", answer.get("outcome", status)))


@pytest.mark.parametrize("type_", CELLS)
async def test_a_field_that_is_something_else_is_answered_and_does_no_harm(
    app: App, type_: str
) -> None:
    made = structs.replace(founding(MeetingId("tried")), links=CELL_LINKS)
    room = await app.rooms.create(made)
    fields = await CELLS[type_](room)
    link = next(OF_ROLE[role] for role in OF_ROLE if role in PERMITTED[type_])
    codes = set()
    for wire in hostile(type_, fields):
        command = {"id": fresh_id(), "type": type_, **wire}
        codes.add(code := await sent(app, room, link, command))
        if code == "ok":
            assert not strange(room), wire
            await asked_no_more(room)
    assert codes & {"malformed", "413"}
    # and everything goes on
    hello = {"id": fresh_id(), "type": "announce", "text": "Good morning"}
    assert await sent(app, room, "op2", hello) in ("ok", "wrong_meeting_state")
    assert not room.read_only


async def asked_no_more(room: Room) -> None:
    """Whoever has just asked withdraws: the next asks anew, and joins nobody."""
    meeting = room.meeting
    for key, request in meeting.requests.items():
        new = request.ticket[0] == meeting.seq
        if new and request.status in ("queued", "requested"):
            await Sender(room, "op2").ok("withdraw", request=key)


def strange(room: Room) -> set[str]:
    """The strange signs in anything that anybody is shown."""
    shown = [room.snapshot("staff"), room.snapshot("public")]
    own = [room.mine(code) for code in room.meeting.roster.delegations]
    text = json.dumps(msgspec.to_builtins([shown, own[:8]]), ensure_ascii=False)
    return set(STRANGE) & set(text) - set("evil")
