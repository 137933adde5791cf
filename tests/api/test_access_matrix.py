"""Must-show: every command by every role, in the own meeting and in another's.

An allowed cell is tried where nothing but the role could stand in the way, and must be
done. A refused cell is tried in the same state, and must be refused for the role.
"""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec import structs

from api.cells import CELL_LINKS, CELLS, OF_ROLE, Fields
from rostra.core.ids import LinkId, MeetingId
from rostra.engine.room import Room
from rostra.protocol.messages import PROTOCOL
from support.rooms import ROOT, founding, fresh_id
from support.served_app import App, served
from web.house import Line

TABLE = ROOT / "server" / "rostra" / "core" / "PERMISSIONS.md"
TRANSPORTS = ("socket", "rest")


def table() -> dict[str, frozenset[str]]:
    """Who may send what, as people wrote it down: roles by command."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    head, body = rows[0], rows[2:]
    assert head[0] == "Command"
    found = {}
    for name, *cells in body:
        assert set(cells) <= {"yes", ""}, name
        allowed = zip(head[1:], cells, strict=True)
        found[name.strip("`")] = frozenset(role for role, cell in allowed if cell)
    return found


PERMITTED = table()


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    """A server; its meetings are made by the tests."""
    async with served(tmp_path, founding(MeetingId("first"))) as (running, _):
        yield running


async def meeting(app: App, name: str) -> Room:
    """A new meeting."""
    made = founding(MeetingId(name))
    return await app.rooms.create(structs.replace(made, links=CELL_LINKS))


async def send(
    app: App, transport: str, room: Room, role: str, wire: Fields
) -> tuple[str, str]:
    """Send a command by *role*'s link; outcome and code."""
    link = OF_ROLE[role]
    if transport == "rest":
        status, said = await app.request("POST", room, link, "/commands", wire)
        answer = json.loads(said)
        assert status == answer.get("status", 200)
        assert (status == 403) == (answer.get("code") == "not_permitted")
    else:
        line = await app.line(room, link)
        allowed = {each for each, roles in PERMITTED.items() if role in roles}
        assert set(line.welcome["you"]["commands"]) == allowed
        answer = await line.answer(await line.ask("cmd", wire))
        await line.ws.close()
    return answer["outcome"], answer.get("code", "")


def command(type_: str, fields: Fields) -> Fields:
    """A command as it is sent, with an id of its own."""
    return {"id": fresh_id(), "type": type_, **fields}


def test_the_table_names_every_command_and_every_role() -> None:
    assert set(PERMITTED) == set(CELLS)
    roles = re.findall(r"\w+", TABLE.read_text().split("| Command |")[1].split("\n")[0])
    assert roles == list(OF_ROLE)


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("type_", CELLS)
async def test_a_command_is_done_for_whom_the_table_says_and_for_nobody_else(
    app: App, type_: str, transport: str
) -> None:
    room = await meeting(app, "refused")
    fields = await CELLS[type_](room)
    before = room.head
    for role in OF_ROLE:
        if role not in PERMITTED[type_]:
            got = await send(app, transport, room, role, command(type_, fields))
            assert got == ("no", "not_permitted"), (role, type_)
    assert room.head == before  # a refusal leaves no trace
    for role in PERMITTED[type_]:
        room = await meeting(app, f"allowed-{role}")
        fields = await CELLS[type_](room)
        before = room.head
        got = await send(app, transport, room, role, command(type_, fields))
        assert got == ("ok", ""), (role, type_)
        assert room.head.seq == before.seq + 1


@pytest.mark.parametrize("type_", CELLS)
async def test_a_link_of_one_meeting_does_nothing_in_another_over_rest(
    app: App, type_: str
) -> None:
    own, other = await meeting(app, "own"), await meeting(app, "other")
    fields = await CELLS[type_](other)
    before = other.head
    for link in OF_ROLE.values():
        wire = command(type_, fields)
        for path in ("/commands", "/commands?as=op1"):
            async with app.client.post(
                f"/api/v1/meetings/{other.meeting_id}{path}",
                json=wire,
                headers={"Authorization": f"Bearer {app.token(own, link)}"},
            ) as response:
                assert response.status == 401, (link, await response.text())
    assert other.head == before


@pytest.mark.parametrize("type_", CELLS)
async def test_a_link_of_one_meeting_does_nothing_in_another_over_a_socket(
    app: App, type_: str
) -> None:
    own, other = await meeting(app, "own"), await meeting(app, "other")
    fields = await CELLS[type_](other)
    before = other.head
    for link in OF_ROLE.values():
        right = app.token(own, link)
        forged = right.replace("rl_own.", "rl_other.")
        assert forged != right
        ws = await app.client.ws_connect("/socket.io/?EIO=4&transport=websocket")
        line = Line(ws)
        await line.frame()
        await line.say({"protocol": PROTOCOL, "token": forged})
        # Without waiting for an answer: nothing may run before one is let in.
        wire = command(type_, fields)
        await line.ask("cmd", wire)
        assert await line.closed() is not None
        assert not any('"welcome"' in frame or "43/" in frame for frame in line.frames)
    assert other.head == before


async def test_a_delegate_acts_for_its_own_delegation_only(app: App) -> None:
    for type_ in sorted(each for each in CELLS if "delegate" in PERMITTED[each]):
        if type_ in ("request_floor", "correct"):
            continue  # it carries no delegation: the link's own is meant
        # what goes on between two others does not exist for a third
        hidden = type_ == "answer_swap"
        wanted = "no_such_entity" if hidden else "not_your_delegation"
        room = await meeting(app, f"voices-{type_.replace('_', '-')}")
        fields = await CELLS[type_](room)
        before = room.head
        for transport in TRANSPORTS:
            wire = command(type_, fields)
            if transport == "rest":
                status, said = await app.request("POST", room, "xal", "/commands", wire)
                answer = json.loads(said)
                assert status == (422 if hidden else 403)
            else:
                line = await app.line(room, "xal")
                answer = await line.answer(await line.ask("cmd", wire))
                await line.ws.close()
            assert answer["code"] == wanted, type_
        assert room.head == before


async def test_a_withdrawn_link_does_nothing_any_more(app: App) -> None:
    room = await meeting(app, "withdrawn")
    fields = await CELLS["announce"](room)
    token = app.token(room, "op2")
    line = await app.line(room, "op2")
    async with app.client.post(
        f"/api/v1/meetings/{room.meeting_id}/commands",
        json=command("revoke_link", {"link": "op2"}),
        headers={"Authorization": f"Bearer {app.token(room, 'op1')}"},
    ) as response:
        assert response.status == 200
    assert await line.closed() is not None
    assert any('"bye",{"code":"revoked"' in frame for frame in line.frames)
    before = room.head
    async with app.client.post(
        f"/api/v1/meetings/{room.meeting_id}/commands",
        json=command("announce", fields),
        headers={"Authorization": f"Bearer {token}"},
    ) as response:
        assert response.status == 401
    assert room.head == before
    assert room.meeting.links[LinkId("op2")].revoked
