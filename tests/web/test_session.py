"""A client that is known: its welcome, commands, answers, and what it is sent."""

import asyncio
import socket
from typing import Any

import pytest
from msgspec import structs

from rostra.core.actor import CONTROL
from rostra.core.meeting import Link
from rostra.core.permissions import PERMITTED
from rostra.engine.outcomes import Accepted, Published, Unsettled
from rostra.protocol.messages import PROTOCOL, convert_command
from rostra.web.app import HALLS, SOCKETS
from rostra.web.settings import Rate
from rostra.web.submit import digest
from web.house import (
    CHAIR,
    DELEGATE,
    DEPUTY,
    DISPLAY,
    KEYS,
    LINKS,
    MEETING,
    MODERATOR,
    OTHER_DELEGATE,
    QUICK,
    RAPPORTEUR,
    VIEWER,
    XAD,
    XAE,
    House,
    Line,
    call_to_order,
    command,
    opened,
)

#: Of what the kernel keeps between two ends. Much less makes it wait for seconds.
SMALL = 32_768
#: One merged delta of these tests at its longest.
FRAME = 64 * 1024


async def request_floor(line: Line, **fields: Any) -> Any:
    """A delegation asks for the floor; the answer."""
    return await line.command("request_floor", kind="statement", list="l1.0", **fields)


async def test_the_welcome_is_a_whole_snapshot_of_the_audience(house: House) -> None:
    line = await house.joined(DELEGATE, device="Phone", lang="ar")
    welcome = line.welcome
    assert (welcome["mode"], welcome["reason"]) == ("snapshot", "first")
    assert (welcome["epoch"], welcome["seq"]) == (house.room.epoch, 1)
    assert welcome["chain"] == house.room.chain
    assert welcome["mine"]["delegation"] == XAD
    assert "links" not in welcome["state"]["collections"]
    assert welcome["you"] == {
        "role": "delegate",
        "audience": "public",
        "link": DELEGATE.id,
        "delegation": XAD,
        "device": "Phone",
        "lang": "ar",
        "commands": sorted(PERMITTED["delegate"]),
    }
    staff = await house.joined(MODERATOR)
    assert "links" in staff.welcome["state"]["collections"]
    assert staff.welcome["mine"] is None


@pytest.mark.parametrize("link", LINKS, ids=lambda each: f"{each.id}-{each.role}")
async def test_every_role_gets_its_audience(house: House, link: Any) -> None:
    audiences = {"delegate": "public", "viewer": "public", "display": "public"}
    audiences |= {"rapporteur": "record"}
    line = await house.joined(link)
    assert line.welcome["you"]["audience"] == audiences.get(link.role, "staff")


async def test_a_command_is_answered_and_everybody_hears_of_it(session: House) -> None:
    delegate = await session.joined(DELEGATE)
    staff = await session.joined(CHAIR)
    viewer = await session.joined(VIEWER)
    answer = await request_floor(delegate)
    assert answer["outcome"] == "ok", answer
    for line in (staff, viewer):
        _, delta = await line.event("delta")
        assert delta["from"] == line.welcome["seq"]
        assert delta["seq"] == answer["seq"] == session.room.meeting.seq
        (entity,) = delta["set"]["requests"].values()
        assert entity["delegation"] == XAD


async def test_mine_comes_before_the_public_frame_of_its_seq(session: House) -> None:
    asking = await session.joined(DELEGATE)
    mate = await session.joined(DELEGATE)
    other = await session.joined(OTHER_DELEGATE)
    answer = await request_floor(asking)
    name, mine = await mate.event()
    assert name == "mine"
    assert mine["seq"] == answer["seq"]
    assert len(mine["state"]["requests"]) == 1
    assert (await mate.event())[0] == "delta"
    assert (await other.event())[0] == "delta"


async def test_a_call_reaches_the_delegation_and_nobody_else_in_public(
    session: House,
) -> None:
    delegate = await session.joined(DELEGATE)
    asked = await request_floor(delegate)
    request = asked["result"]["request"]
    viewer = await session.joined(VIEWER)
    moderator = await session.joined(MODERATOR)
    called = await moderator.command("call", request=request, expect={"head": request})
    assert called["outcome"] == "ok", called
    while True:
        name, body = await delegate.event("mine", "beat", "delta")
        if name == "mine" and body["seq"] == called["seq"]:
            break
    assert body["state"]["floor"]["phase"] == "called"
    # A beat brings the pad to that seq, so that the layer counts at once.
    name, beat = await delegate.event("beat", "delta")
    assert (name, beat["seq"]) == ("beat", called["seq"])
    name, _ = await viewer.event("beat", "delta", "mine")
    assert name == "beat"


async def test_a_hidden_change_travels_as_a_number(session: House) -> None:
    early = await session.joined(VIEWER)
    moderator = await session.joined(MODERATOR)
    inserted = await moderator.command(
        "insert", list="l1.0", entries=[{"delegation": XAD}, {"delegation": XAE}]
    )
    request = inserted["result"]["requests"][0]
    called = await moderator.command("call", request=request, expect={"head": request})
    late = await session.joined(VIEWER)
    assert late.welcome["seq"] == called["seq"]
    started = await moderator.command(
        "start",
        expect={"intervention": called["result"]["intervention"], "phase": "called"},
    )
    assert started["outcome"] == "ok", started
    for line in (early, late):
        at = line.welcome["seq"]
        while at != started["seq"]:
            _, frame = await line.event("delta", "beat")
            assert frame["from"] == at
            at = frame["seq"]
        assert frame["chain"] == session.room.chain


async def test_answers_come_in_the_order_of_asking(session: House) -> None:
    delegate = await session.joined(DELEGATE)
    bodies = [
        command("request_floor", kind="statement", list="l1.0"),
        {"nonsense": True},
        command("open_lobby", expect={"state": "scheduled"}),
        command("request_floor", kind="statement", list="l1.0"),
        command("withdraw", request="r9.9"),
    ]
    numbers = [await delegate.ask("cmd", each) for each in bodies]
    answers = []
    for number in numbers:
        frame = ""
        while not frame.startswith("43/meeting,"):
            frame = await delegate.frame()
        assert frame.startswith(f"43/meeting,{number}[")
        answers.append(frame)
    assert '"malformed"' in answers[1] and '"not_permitted"' in answers[2]


async def test_a_slow_journal_does_not_stop_the_reader(session: House) -> None:
    delegate = await session.joined(DELEGATE)
    journal = session.rooms._journal
    journal.gate.clear()  # type: ignore[attr-defined]
    waiting = await delegate.ask(
        "cmd", command("request_floor", kind="statement", list="l1.0")
    )
    # Time is asked and answered while the command still waits.
    assert "now" in await delegate.answer(await delegate.ask("time", {}))
    journal.gate.set()  # type: ignore[attr-defined]
    assert (await delegate.answer(waiting))["outcome"] == "ok"


async def test_the_same_command_twice_takes_effect_once(session: House) -> None:
    delegate = await session.joined(DELEGATE)
    body = command("request_floor", kind="statement", list="l1.0")
    first = await delegate.answer(await delegate.ask("cmd", body))
    again = await session.joined(DELEGATE)
    later = {**body, "asked_at": session.room.now(), "valid_ms": 5000}
    assert await again.answer(await again.ask("cmd", later)) == first
    other = {**body, "kind": "question"}
    refused = await again.answer(await again.ask("cmd", other))
    assert refused["code"] == "id_reused"


async def test_an_old_command_that_was_done_gets_its_answer(session: House) -> None:
    delegate = await session.joined(DELEGATE)
    body = command("request_floor", kind="statement", list="l1.0")
    first = await delegate.answer(await delegate.ask("cmd", body))
    old = {**body, "asked_at": session.room.now() - 400_000}
    assert await delegate.answer(await delegate.ask("cmd", old)) == first


@pytest.mark.parametrize(
    ("age_ms", "valid_ms", "refused"),
    [
        (0, None, False),
        (299_000, None, False),
        (301_000, None, True),
        (2_000, 1_000, True),
        (500, 1_000, False),
        (-1_500, 1_000, False),
        (-60_000, 1_000, False),
        (-(10**15), 1_000, False),
    ],
)
async def test_requests_that_were_asked_too_long_ago_are_refused(
    session: House, age_ms: int, valid_ms: int | None, refused: bool
) -> None:
    delegate = await session.joined(DELEGATE)
    asked_at = session.room.now() - age_ms
    answer = await request_floor(delegate, asked_at=asked_at, valid_ms=valid_ms)
    assert (answer.get("code") == "expired") is refused


async def test_commands_of_the_floor_are_valid_for_ten_seconds(session: House) -> None:
    moderator = await session.joined(MODERATOR)
    expect = {"intervention": "i1.0", "phase": "called"}
    asked_at = session.room.now() - 11_000
    answer = await moderator.command("start", asked_at=asked_at, expect=expect)
    assert answer["code"] == "expired"
    assert answer["message"].endswith(".")


MALFORMED: list[tuple[Any, str]] = [
    ({}, "id"),
    ({"id": "12345678"}, "type"),
    ({"id": "12345678", "type": "no_such"}, "type"),
    ({"id": "short", "type": "announce", "text": "x"}, "id"),
    ({"id": "12345678", "type": "announce"}, "text"),
    ({"id": "12345678", "type": "announce", "text": 7}, "text"),
    ({"id": "12345678", "type": "announce", "text": "x", "extra": 1}, "extra"),
    ({"id": "12345678", "type": "start", "expect": {"phase": "x"}}, "expect"),
    ([], ""),
    ("text", ""),
    (None, ""),
]


@pytest.mark.parametrize(("body", "field"), MALFORMED, ids=str)
async def test_a_malformed_command_is_told_which_field(
    house: House, body: Any, field: str
) -> None:
    line = await house.joined(MODERATOR)
    answer = await line.answer(await line.ask("cmd", body))
    assert (answer["outcome"], answer["code"]) == ("no", "malformed")
    if field and field != "id":
        assert field in answer["message"]
    assert answer["message"].endswith(".")


@pytest.mark.parametrize("link", [DELEGATE, RAPPORTEUR, VIEWER, DISPLAY, CHAIR])
async def test_a_role_may_send_only_its_own_commands(house: House, link: Any) -> None:
    line = await house.joined(link)
    answer = await line.command("open_lobby", expect={"state": "scheduled"})
    assert answer["code"] == "not_permitted"
    assert house.room.meeting.state == "scheduled"


async def test_above_the_rate_the_answer_is_wait() -> None:
    rates = {"delegate": Rate(1, 3)}
    async with opened(structs.replace(QUICK, rates=rates)) as house:
        first = await house.joined(DELEGATE)
        second = await house.joined(DELEGATE)
        lines = [first, second, first, second]
        answers = [await request_floor(line) for line in lines]
        assert [each["outcome"] for each in answers] == ["no", "no", "no", "wait"]
        assert 0 < answers[3]["retry_ms"] <= 1000
        other = await house.joined(OTHER_DELEGATE)
        assert (await request_floor(other))["outcome"] == "no"


async def test_a_flood_is_cut_with_a_minutes_break() -> None:
    rates = {"delegate": Rate(1, 3)}
    async with opened(structs.replace(QUICK, rates=rates)) as house:
        line = await house.joined(DELEGATE)
        for _ in range(20):
            await line.ask("cmd", {})
        assert await line.closed() == 1000
        assert any('"bye",{"code":"slow","retry_ms":60000}' in f for f in line.frames)


async def test_a_bug_while_deciding_is_told_as_internal(
    session: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("a bug of ours")

    line = await session.joined(DELEGATE)
    monkeypatch.setattr(session.room, "ask", crash)
    answer = await request_floor(line)
    assert answer["code"] == "internal"
    assert "bug" not in answer["message"]


async def test_what_is_not_known_yet_is_wait(
    session: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsettled(*asked: Any) -> None:
        _command, _actor, _digest, settled, _until = asked
        settled(Unsettled(250))

    line = await session.joined(DELEGATE)
    monkeypatch.setattr(session.room, "ask", unsettled)
    assert await request_floor(line) == {"outcome": "wait", "retry_ms": 250}


async def test_a_command_is_settled_though_its_client_has_gone(session: House) -> None:
    line = await session.joined(DELEGATE)
    journal = session.rooms._journal
    journal.gate.clear()  # type: ignore[attr-defined]
    await line.ask("cmd", command("request_floor", kind="statement", list="l1.0"))
    await asyncio.sleep(0.05)
    await line.ws.close()
    journal.gate.set()  # type: ignore[attr-defined]
    await asyncio.sleep(0.05)
    assert any(r.delegation == XAD for r in session.room.meeting.requests.values())


async def test_a_client_resumes_with_one_merged_delta(session: House) -> None:
    line = await session.joined(VIEWER)
    where = {key: line.welcome[key] for key in ("epoch", "seq", "chain")}
    await line.ws.close()
    asking, other = await session.joined(DELEGATE), await session.joined(OTHER_DELEGATE)
    await request_floor(asking)
    await request_floor(other)
    back = await session.joined(VIEWER, resume=where)
    assert (back.welcome["mode"], back.welcome["reason"]) == ("resume", None)
    assert back.welcome["state"] is None
    assert back.welcome["seq"] == where["seq"]
    _, delta = await back.event()
    assert (delta["from"], delta["seq"]) == (where["seq"], session.room.meeting.seq)
    assert len(delta["set"]["requests"]) == 2


async def test_a_client_that_missed_nothing_resumes_with_nothing(house: House) -> None:
    line = await house.joined(VIEWER)
    where = {key: line.welcome[key] for key in ("epoch", "seq", "chain")}
    back = await house.joined(VIEWER, resume=where)
    assert back.welcome["mode"] == "resume"
    with pytest.raises(TimeoutError):
        await back.event(within_s=3 * QUICK.beat_s)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"epoch": "another"}, "epoch"),
        ({"chain": "0" * 16}, "diverged"),
        ({"seq": 99}, "diverged"),
    ],
)
async def test_a_client_of_another_history_gets_a_snapshot(
    house: House, change: dict[str, Any], reason: str
) -> None:
    line = await house.joined(VIEWER)
    where = {key: line.welcome[key] for key in ("epoch", "seq", "chain")} | change
    back = await house.joined(VIEWER, resume=where)
    assert (back.welcome["mode"], back.welcome["reason"]) == ("snapshot", reason)
    assert back.welcome["state"] is not None


async def test_pings_come_to_everybody() -> None:
    """They say that the server is there; where nothing is new there is nothing else."""
    async with opened(structs.replace(QUICK, ping_interval_s=0.2)) as house:
        lines = [await house.joined(each) for each in (MODERATOR, RAPPORTEUR, VIEWER)]
        for line in lines:
            for _ in range(3):
                while (await line.raw()) != "2":
                    pass
                await line.send("3")


async def test_one_who_answers_no_ping_is_let_go() -> None:
    limits = structs.replace(QUICK, ping_interval_s=0.2, ping_timeout_s=0.3)
    async with opened(limits) as house:
        silent, alive = await house.joined(VIEWER), await house.joined(VIEWER)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(alive.frame(), 1.0)
        assert await silent.closed() == 1006
        (hall,) = house.client.app[HALLS].all()  # type: ignore[union-attr]
        assert hall.connected == 1


async def test_staff_see_who_is_here_whole_and_then_what_changes(house: House) -> None:
    delegate = await house.joined(DELEGATE, device="Phone")
    await house.joined(VIEWER)
    staff = await house.joined(MODERATOR, device="Desk")
    _, whole = await staff.event("here")
    assert whole["n"] == 0
    assert {each["device"] for each in whole["set"].values()} == {"Phone", "Desk"}
    other = await house.joined(OTHER_DELEGATE, device="Tablet")
    _, change = await staff.event("here")
    assert [each["device"] for each in change["set"].values()] == ["Tablet"]
    await delegate.ws.close()
    _, change = await staff.event("here")
    assert len(change["drop"]) == 1
    await other.ws.close()
    assert len((await staff.event("here"))[1]["drop"]) == 1


@pytest.mark.parametrize("link", [VIEWER, DELEGATE, DISPLAY])
async def test_presence_is_shown_to_staff_and_rapporteurs_only(
    house: House, link: Link
) -> None:
    other = await house.joined(link)
    await house.joined(OTHER_DELEGATE)
    with pytest.raises(TimeoutError):
        await other.event(within_s=5 * QUICK.here_s)
    assert not any('"here"' in frame for frame in other.frames)


async def test_rapporteurs_are_told_of_rapporteurs_and_of_nobody_else(
    house: House,
) -> None:
    await house.joined(DELEGATE, device="Phone")
    await house.joined(MODERATOR, device="Console")
    one = await house.joined(RAPPORTEUR, device="Desk 1")
    _, whole = await one.event("here")
    assert whole["n"] == 0
    assert list(whole["set"]) == [one.welcome["connection"]]
    other = await house.joined(RAPPORTEUR, device="Desk 2")
    _, change = await one.event("here")
    assert [each["device"] for each in change["set"].values()] == ["Desk 2"]
    await house.joined(OTHER_DELEGATE, device="Tablet")
    await other.ws.close()
    _, change = await one.event("here")
    assert change == {
        "n": change["n"],
        "set": {},
        "drop": [other.welcome["connection"]],
    }


async def spoken(house: House) -> str:
    """The row of somebody who has begun to speak."""
    moderator = await house.joined(MODERATOR)
    delegate = await house.joined(DELEGATE)
    await moderator.command("open_lobby", expect={"state": "scheduled"})
    made = await request_floor(delegate)
    await moderator.command("call_to_order", expect={"state": "lobby"})
    request = made["result"]["request"]
    called = await moderator.command("call", request=request, expect={"head": request})
    assert called["outcome"] == "ok", called
    row: str = called["result"]["intervention"]
    await moderator.ws.close()
    return row


async def test_rapporteurs_see_in_which_row_another_works(house: House) -> None:
    row = await spoken(house)
    one = await house.joined(RAPPORTEUR)
    await one.event("here")
    other = await house.joined(RAPPORTEUR)
    id = other.welcome["connection"]
    await one.event("here")
    for said, seen in [({"row": row}, row), ({"row": "i9.9"}, None)]:
        await other.say_at(said)
        _, change = await one.event("here")
        assert change["set"][id]["row"] == seen
    await other.say_at({"row": row})
    assert (await one.event("here"))[1]["set"][id]["row"] == row
    await other.say_at({"row": row})
    await other.say_at({"row": None})
    await other.say_at({"row": row})
    with pytest.raises(TimeoutError):
        await one.event("here", within_s=5 * QUICK.here_s)
    await other.say_at([row])
    await other.say_at({"row": {"a": 1}})
    assert (await one.event("here"))[1]["set"][id]["row"] is None


async def test_a_delegation_is_in_no_row_whatever_it_says(house: House) -> None:
    row = await spoken(house)
    staff = await house.joined(DEPUTY)
    delegate = await house.joined(OTHER_DELEGATE)
    id = delegate.welcome["connection"]
    await delegate.say_at({"row": row})
    while id not in (told := (await staff.event("here"))[1]["set"]):
        pass
    assert told[id]["row"] is None
    with pytest.raises(TimeoutError):
        await staff.event("here", within_s=3 * QUICK.here_s)


@pytest.mark.parametrize("act", ["revoke_link", "renew_link"])
async def test_withdrawing_a_link_closes_its_sockets_at_once(
    session: House, act: str
) -> None:
    lines = [await session.joined(DELEGATE) for _ in range(3)]
    other = await session.joined(OTHER_DELEGATE)
    moderator = await session.joined(MODERATOR)
    answer = await moderator.command(act, link=DELEGATE.id)
    assert answer["outcome"] == "ok", answer
    async with asyncio.timeout(1):
        for line in lines:
            name, bye = await line.event("bye")
            assert (name, bye) == ("bye", {"code": "revoked", "retry_ms": None})
            await line.closed()
    assert (await request_floor(other))["outcome"] == "ok"
    old = await session.line()
    await old.say({"protocol": PROTOCOL, "token": KEYS.token(MEETING, DELEGATE)})
    assert (await old.frame()).startswith("44/meeting,")


async def test_a_renewed_link_works_with_its_new_token(session: House) -> None:
    moderator = await session.joined(MODERATOR)
    await moderator.command("renew_link", link=DELEGATE.id)
    await session.joined(DELEGATE)


async def test_at_shutdown_everybody_is_told_when_to_come_back() -> None:
    async with opened() as house:
        lines = [await house.joined(each) for each in (VIEWER, MODERATOR)]
        silent = await house.line()
        assert house.client.app is not None
        stopping = asyncio.create_task(house.client.app.shutdown())
        for line in lines:
            assert await line.closed() == 1001
        byes = [frame for line in lines for frame in line.frames if '"bye"' in frame]
        assert len(byes) == 2
        assert all('"restarting"' in bye for bye in byes)
        await silent.closed()
        await stopping


def begin_another_epoch(house: House) -> None:
    """Tell everybody that history has changed."""
    assert house.client.app is not None
    (hall,) = house.client.app[HALLS].all()
    meeting = house.room.meeting
    hall.fanout.publish(
        Published(
            from_seq=meeting.seq,
            seq=meeting.seq,
            at=meeting.at,
            deltas={},
            mine=frozenset(),
            links_touched=frozenset(),
            epoch_changed=True,
        )
    )


async def test_an_epoch_that_changed_is_told_with_a_new_snapshot(house: House) -> None:
    line = await house.joined(VIEWER)
    begin_another_epoch(house)
    name, welcome = await line.event()
    assert (name, welcome["mode"], welcome["reason"]) == (
        "welcome",
        "snapshot",
        "epoch",
    )


async def test_staff_that_is_welcomed_anew_is_told_again_who_is_there(
    house: House,
) -> None:
    staff = await house.joined(CHAIR)
    await house.joined(DELEGATE)
    _, here = await staff.event("here")
    begin_another_epoch(house)
    await staff.event("welcome")
    _, here = await staff.event("here")
    assert here["n"] == 0
    roles = sorted(each["role"] for each in here["set"].values())
    assert roles == ["chair", "delegate"]


async def test_one_who_does_not_read_is_cut_and_the_others_hear_everything() -> None:
    limits = structs.replace(QUICK, lag_deltas=40)
    async with opened(limits) as house:
        await call_to_order(house)
        slow = await house.joined(DEPUTY)
        transport = stop_reading(house, slow)
        reader = await house.joined(VIEWER)
        following = asyncio.create_task(_follow(reader))
        longest = 0
        for number in range(900):
            text = f"{number:05d} " + "x" * 270
            answer = await announce(house, text)
            longest = max(longest, *backlogs(house).values())
            assert isinstance(answer, Accepted)
        # what was being written when it stopped, and no more
        assert longest <= FRAME
        async with asyncio.timeout(limits.here_s + limits.goodbye_s + 1):
            while DEPUTY.id in backlogs(house):
                await asyncio.sleep(0.02)
        async with asyncio.timeout(5):
            while reader.welcome["at"] != house.room.meeting.seq:
                await asyncio.sleep(0.01)
        following.cancel()
        transport.close()


async def test_one_who_reads_again_gets_one_merged_delta() -> None:
    limits = structs.replace(QUICK, lag_deltas=10_000)
    async with opened(limits) as house:
        await call_to_order(house)
        slow = await house.joined(DELEGATE)
        transport = stop_reading(house, slow)
        for number in range(450):
            await announce(house, f"{number:05d} " + "x" * 270)
        await announce(house, "last")
        transport.resume_reading()
        at, frames = slow.welcome["seq"], 0
        while at != house.room.meeting.seq:
            name, frame = await slow.event()
            if name in ("delta", "beat"):
                assert frame["from"] == at
                at = frame["seq"]
                frames += 1
        assert frames < 400
        assert any(
            each["text"] == "last" for each in frame["set"]["announcements"].values()
        )


async def announce(house: House, text: str) -> Any:
    """An announcement made by the server's own command line."""
    body = convert_command(command("announce", text=text))
    return await house.room.submit(body, CONTROL, digest(body))


def backlogs(house: House) -> dict[str, int]:
    """How many bytes wait in user space for each link's socket."""
    app = house.client.app
    assert app is not None
    connections = app[SOCKETS].connections.values()
    return {
        each.session.identity.link: each._transport.get_write_buffer_size()
        for each in connections
        if each.session is not None
    }


def stop_reading(house: House, line: Line) -> asyncio.ReadTransport:
    """Let *line* read no more, with as little as possible between it and us."""
    app = house.client.app
    assert app is not None
    link = line.welcome["you"]["link"]
    for each in app[SOCKETS].connections.values():
        if each.session is not None and each.session.identity.link == link:
            assert each._transport is not None
            server_side = each._transport.get_extra_info("socket")
            server_side.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL)
    client_side = line.ws.get_extra_info("socket")
    client_side.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
    connection = line.ws._response.connection
    assert connection is not None
    transport = connection.transport
    assert isinstance(transport, asyncio.ReadTransport)
    transport.pause_reading()
    return transport


async def _follow(line: Line) -> None:
    """Read on, checking that no number is missed."""
    line.welcome["at"] = line.welcome["seq"]
    while True:
        _, frame = await line.event("delta", "beat")
        assert frame["from"] == line.welcome["at"]
        line.welcome["at"] = frame["seq"]
