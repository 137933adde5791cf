"""The slow lane: events by a stream or by polls over plain HTTP, commands by POST."""

import asyncio
import json
import secrets
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any

import aiohttp
import pytest
from msgspec import structs

from rostra.core.meeting import Link
from rostra.web.app import HALLS
from rostra.web.settings import Rate
from web.house import (
    CHAIR,
    DELEGATE,
    MEETING,
    MODERATOR,
    OTHER_DELEGATE,
    QUICK,
    VIEWER,
    XAD,
    House,
    Line,
    call_to_order,
    command,
    opened,
)

SLOW = structs.replace(
    QUICK, ping_interval_s=0.2, linger_s=0.5, sign_s=0.6, poll_gap_s=0.05
)
EVENTS = f"/api/v1/meetings/{MEETING}/events"
TIME = f"/api/v1/meetings/{MEETING}/time"
COMMANDS = f"/api/v1/meetings/{MEETING}/commands"
STREAM = {"Accept": "text/event-stream"}


@pytest.fixture
async def slow() -> AsyncIterator[House]:
    """A meeting in session, on a server whose patience is short."""
    async with opened(SLOW) as house:
        await call_to_order(house)
        yield house


def bearer(house: House, link: Link) -> dict[str, str]:
    """What a program sends that holds *link*."""
    return {"Authorization": f"Bearer {house.token(link)}"}


def connected(house: House) -> int:
    """How many clients are in the halls."""
    app = house.client.app
    assert app is not None
    return app[HALLS].connected


class Listener:
    """One who listens to a stream."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response
        self.ids: list[str] = []

    async def block(self, within_s: float = 3.0) -> dict[str, str]:
        """The next block of the stream: its fields, or ``""`` for a comment."""
        fields: dict[str, str] = {}
        async with asyncio.timeout(within_s):
            while line := await self.response.content.readline():
                if line == b"\n":
                    return fields
                field, _, value = line.decode().rstrip("\n").partition(": ")
                fields[field] = value
        raise EOFError

    async def event(self, *names: str, within_s: float = 3.0) -> tuple[str, Any]:
        """The next event, or the next of *names*."""
        async with asyncio.timeout(within_s):
            while True:
                block = await self.block(within_s)
                name = block.get("event", "")
                if "id" in block:
                    self.ids.append(block["id"])
                if "data" in block and (not names or name in names):
                    return name, json.loads(block["data"])

    async def ended(self, within_s: float = 3.0) -> None:
        """Wait until the server has ended the stream."""
        with pytest.raises(EOFError):
            await self.event("nothing of the kind", within_s=within_s)


@asynccontextmanager
async def listening(
    house: House, link: Link, headers: dict[str, str] | None = None, **query: str
) -> AsyncIterator[Listener]:
    """A stream of *link*'s events."""
    async with house.client.get(
        EVENTS,
        params=query,
        headers={**STREAM, **bearer(house, link), **(headers or {})},
    ) as response:
        assert response.status == 200, await response.text()
        yield Listener(response)


class Poller:
    """One who polls, as the page does: by an id, from where its state stands."""

    def __init__(self, house: House, link: Link) -> None:
        self.house = house
        self.link = link
        self.client = secrets.token_hex(16)
        self.headers = bearer(house, link)
        self.n = 0
        self.after = ""
        self.seq = 0

    def asks(self, wait: int = 2, **query: str) -> Any:
        """The request of the next poll."""
        params = {"client": self.client, "n": str(self.n), "wait": str(wait), **query}
        if self.after:
            params["after"] = self.after
        return self.house.client.get(EVENTS, params=params, headers=self.headers)

    async def poll(self, wait: int = 2) -> list[tuple[str, Any]]:
        """The events of the next answer, which is received and counted."""
        async with self.asks(wait) as response:
            assert response.status == 200, await response.text()
            events = [(name, body) for name, body in (await response.json())["events"]]
        self.n += 1
        for name, body in events:
            if name in ("welcome", "delta", "beat"):
                epoch = body.get("epoch") or self.after.split(".")[0]
                self.after = f"{epoch}.{body['seq']}.{body['chain']}"
                self.seq = body["seq"]
        return events

    async def reaches(self, seq: int) -> list[tuple[str, Any]]:
        """Poll until *seq* is reached; everything that came."""
        came: list[tuple[str, Any]] = []
        async with asyncio.timeout(5):
            while self.seq < seq:
                came += await self.poll()
        return came


async def asks_for_the_floor(line: Line, **fields: Any) -> Any:
    """A delegation's request; the answer."""
    return await line.command("request_floor", kind="statement", list="l1.0", **fields)


async def announces(house: House, text: str) -> int:
    """Something that everybody sees; its seq."""
    response = await house.post(
        COMMANDS, command("announce", text=text), **bearer(house, MODERATOR)
    )
    answer = await response.json()
    assert answer["outcome"] == "ok", answer
    seq: int = answer["seq"]
    return seq


# A stream


async def test_a_stream_begins_with_the_welcome_and_goes_on_with_what_changes(
    slow: House,
) -> None:
    began = time.monotonic()
    async with listening(slow, DELEGATE, device="Phone") as listener:
        name, welcome = await listener.event()
        assert (name, welcome["mode"], welcome["reason"]) == (
            "welcome",
            "snapshot",
            "first",
        )
        assert time.monotonic() - began < 1, (
            "a client has to tell a stream is kept back"
        )
        assert welcome["you"]["device"] == "Phone"
        assert "links" not in welcome["state"]["collections"]
        first = await announces(slow, "One")
        last = await announces(slow, "Two")
        _, one = await listener.event("delta")
        _, two = await listener.event("delta")
        assert (one["from"], one["seq"]) == (welcome["seq"], first)
        assert (two["from"], two["seq"]) == (first, last)
        assert listener.ids[-1] == f"{welcome['epoch']}.{last}.{two['chain']}"


async def test_a_stream_is_kept_by_nobody_on_the_way(slow: House) -> None:
    async with listening(slow, VIEWER) as listener:
        headers = listener.response.headers
        assert headers["Content-Type"] == "text/event-stream; charset=utf-8"
        assert headers["Cache-Control"] == "no-store, no-transform"
        assert headers["X-Accel-Buffering"] == "no"
        assert "Content-Encoding" not in headers


async def test_where_nothing_happens_a_comment_says_that_the_server_is_there(
    slow: House,
) -> None:
    async with listening(slow, VIEWER) as listener:
        await listener.event("welcome")
        for _ in range(3):
            assert await listener.block(1.0) == {"": "ping"}


async def test_a_stream_goes_on_from_where_the_client_stands(slow: House) -> None:
    async with listening(slow, VIEWER) as listener:
        _, welcome = await listener.event("welcome")
    where = listener.ids[-1]
    last = [await announces(slow, f"Change {n}") for n in range(5)][-1]
    for how in ({"after": where}, {"headers": {"Last-Event-ID": where}}):
        async with listening(slow, VIEWER, **how) as again:  # type: ignore[arg-type]
            _, resumed = await again.event()
            assert (resumed["mode"], resumed["state"]) == ("resume", None)
            _, delta = await again.event("delta")
            assert (delta["from"], delta["seq"]) == (welcome["seq"], last)


async def test_a_position_of_another_history_is_answered_with_a_snapshot(
    slow: House,
) -> None:
    for after, reason in (
        (f"other.1.{slow.room.chain}", "epoch"),
        (f"{slow.room.epoch}.1.0000000000000000", "diverged"),
        (f"{slow.room.epoch}.999.{slow.room.chain}", "diverged"),
    ):
        async with listening(slow, VIEWER, after=after) as listener:
            _, welcome = await listener.event()
            assert (welcome["mode"], welcome["reason"]) == ("snapshot", reason)


async def test_the_layer_of_a_delegation_comes_before_its_seq(slow: House) -> None:
    line = await slow.joined(DELEGATE)
    async with listening(slow, DELEGATE) as listener:
        await listener.event("welcome")
        answer = await asks_for_the_floor(line)
        name, mine = await listener.event()
        assert (name, mine["seq"]) == ("mine", answer["seq"])
        assert (await listener.event())[0] == "delta"
    async with listening(slow, OTHER_DELEGATE) as other:
        _, welcome = await other.event("welcome")
        assert not welcome["mine"].get("requests")


async def test_one_who_gives_no_sign_of_life_is_missed(slow: House) -> None:
    """A proxy takes what is written long after its client is gone."""
    client = secrets.token_hex(16)
    async with listening(slow, DELEGATE, client=client) as listener:
        await listener.event("welcome")
        for _ in range(4):
            await asyncio.sleep(SLOW.sign_s / 2)
            query = {"client": client}
            said = await slow.client.get(
                TIME, params=query, headers=bearer(slow, DELEGATE)
            )
            assert said.status == 200
        assert connected(slow) == 1
        await listener.ended()
        assert connected(slow) == 0
    async with listening(slow, DELEGATE) as promised_none:
        await asyncio.sleep(2 * SLOW.sign_s)
        assert connected(slow) == 1
        await promised_none.event("welcome")


async def test_a_client_that_polls_listens_to_no_stream_any_more(slow: House) -> None:
    poller = Poller(slow, DELEGATE)
    async with listening(slow, DELEGATE, client=poller.client) as listener:
        await listener.event("welcome")
        await poller.poll()
        assert connected(slow) == 1
        await listener.ended(1.0)
        assert connected(slow) == 1


# Polls


async def test_a_poll_is_answered_at_once_and_then_when_there_is_something(
    slow: House,
) -> None:
    poller = Poller(slow, VIEWER)
    ((name, welcome),) = await poller.poll()
    assert (name, welcome["mode"]) == ("welcome", "snapshot")
    waiting = asyncio.create_task(poller.poll())
    await asyncio.sleep(0.3)
    assert not waiting.done()
    asked = time.monotonic()
    seq = await announces(slow, "One")
    ((name, delta),) = await waiting
    assert (name, delta["from"], delta["seq"]) == ("delta", welcome["seq"], seq)
    assert time.monotonic() - asked < 1


async def test_a_poll_ends_with_nothing_after_its_time(slow: House) -> None:
    poller = Poller(slow, VIEWER)
    await poller.poll()
    asked = time.monotonic()
    assert await poller.poll(wait=1) == []
    assert 0.9 < time.monotonic() - asked < 2
    assert await poller.poll(wait=0) == []


async def test_what_happens_between_two_polls_comes_as_one_delta(slow: House) -> None:
    poller = Poller(slow, VIEWER)
    ((_, welcome),) = await poller.poll()
    last = [await announces(slow, f"Change {n}") for n in range(20)][-1]
    ((name, delta),) = await poller.poll()
    assert (name, delta["from"], delta["seq"]) == ("delta", welcome["seq"], last)


async def test_an_answer_that_was_lost_is_made_good(slow: House) -> None:
    poller = Poller(slow, VIEWER)
    await poller.poll()
    before = poller.seq
    last = await announces(slow, "One")
    async with poller.asks() as lost:
        assert (await lost.json())["events"]
    # the page has not seen it: it asks again as if it had not been answered
    came = await poller.poll()
    ((name, delta),) = came
    assert (name, delta["from"], delta["seq"]) == ("delta", before, last)
    assert connected(slow) == 1


async def test_a_second_poll_takes_the_place_of_the_first(slow: House) -> None:
    poller = Poller(slow, DELEGATE)
    await poller.poll()
    left_behind = asyncio.create_task(poller.asks(20).__aenter__())
    await asyncio.sleep(0.2)
    waiting = asyncio.create_task(poller.poll(20))
    answer = await asyncio.wait_for(left_behind, 1)
    assert (await answer.json())["events"] == []
    seq = await announces(slow, "One")
    ((name, delta),) = await waiting
    assert (name, delta["seq"]) == ("delta", seq)


async def test_spans_of_polls_follow_each_other_while_changes_come(
    slow: House,
) -> None:
    poller = Poller(slow, CHAIR)
    came = await poller.poll()
    changing = [asyncio.create_task(announces(slow, f"Change {n}")) for n in range(40)]
    last = max([await each for each in changing])
    came += await poller.reaches(last)
    spans = [(b["from"], b["seq"]) for name, b in came if name in ("delta", "beat")]
    assert spans[0][0] == came[0][1]["seq"]
    assert all(end == begin for (_, end), (begin, _) in pairwise(spans))
    assert spans[-1][1] == last


async def test_one_who_gives_no_name_polls_from_where_it_says(slow: House) -> None:
    headers = bearer(slow, CHAIR)
    first = await slow.client.get(EVENTS, headers=headers)
    ((name, welcome),) = (await first.json())["events"]
    assert (name, welcome["mode"]) == ("welcome", "snapshot")
    after = f"{welcome['epoch']}.{welcome['seq']}.{welcome['chain']}"
    query = {"after": after, "wait": "2"}
    waiting = asyncio.create_task(
        slow.client.get(EVENTS, params=query, headers=headers)
    )
    # who else is there changes every moment and is no news to it
    await slow.joined(DELEGATE)
    await asyncio.sleep(0.5)
    assert not waiting.done()
    seq = await announces(slow, "One")
    (_, resumed), (name, delta) = (await (await waiting).json())["events"]
    assert (resumed["mode"], name, delta["seq"]) == ("resume", "delta", seq)
    await asyncio.sleep(0)
    assert connected(slow) == 1


async def test_a_large_answer_is_compressed(slow: House) -> None:
    headers = {**bearer(slow, CHAIR), "Accept-Encoding": "gzip"}
    answer = await slow.client.get(EVENTS, headers=headers)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert (await answer.json())["events"][0][0] == "welcome"


# Who is there


async def test_one_who_polls_is_present_between_polls_and_gone_some_time_later(
    slow: House,
) -> None:
    staff = await slow.joined(CHAIR)
    poller = Poller(slow, DELEGATE)
    await poller.poll()
    _, here = await staff.event("here")
    while not [each for each in here["set"].values() if each["delegation"] == XAD]:
        _, here = await staff.event("here")
    began = len(staff.frames)
    for _ in range(4):
        await asyncio.sleep(SLOW.linger_s / 2)
        await poller.poll(wait=0)
    headers = bearer(slow, DELEGATE)
    for _ in range(3):
        await asyncio.sleep(SLOW.linger_s / 2)
        query = {"client": poller.client}
        assert (
            await slow.client.get(TIME, params=query, headers=headers)
        ).status == 200
    assert '"here"' not in "".join(staff.frames[began:])
    assert connected(slow) == 2
    _, here = await staff.event("here")
    assert (here["set"], len(here["drop"])) == ({}, 1)
    assert connected(slow) == 1


async def test_staff_that_polls_sees_who_is_there(slow: House) -> None:
    poller = Poller(slow, CHAIR)
    await poller.poll()
    line = await slow.joined(DELEGATE)
    seen: dict[str, Any] = {}
    async with asyncio.timeout(3):
        while not seen:
            for name, body in await poller.poll():
                if name == "here":
                    seen |= {
                        key: each
                        for key, each in body["set"].items()
                        if each["delegation"] == XAD
                    }
        await line.ws.close()
        (id_,) = seen
        while True:
            for name, body in await poller.poll():
                if name == "here" and (id_ in body["drop"] or body["n"] == 0):
                    assert id_ not in body["set"]
                    return


# A link that is withdrawn


async def withdraw(house: House, link: Link) -> None:
    """*link* is withdrawn by an operator."""
    response = await house.post(
        COMMANDS,
        command("revoke_link", link=link.id),
        **bearer(house, MODERATOR),
    )
    assert (await response.json())["outcome"] == "ok", await response.text()


async def test_withdrawing_a_link_ends_its_stream_within_two_seconds(
    slow: House,
) -> None:
    async with listening(slow, DELEGATE) as listener:
        await listener.event("welcome")
        asked = time.monotonic()
        await withdraw(slow, DELEGATE)
        _, bye = await listener.event("bye")
        assert bye == {"code": "revoked", "retry_ms": None}
        await listener.ended()
        assert time.monotonic() - asked < 2
    assert connected(slow) == 0


async def test_withdrawing_a_link_answers_its_poll_within_two_seconds(
    slow: House,
) -> None:
    poller = Poller(slow, DELEGATE)
    await poller.poll()
    waiting = asyncio.create_task(poller.poll())
    await asyncio.sleep(0.1)
    asked = time.monotonic()
    await withdraw(slow, DELEGATE)
    ((name, bye),) = await waiting
    assert (name, bye["code"]) == ("bye", "revoked")
    assert time.monotonic() - asked < 2
    assert connected(slow) == 0


async def test_one_whose_link_was_withdrawn_between_two_polls_is_told_so(
    slow: House,
) -> None:
    poller = Poller(slow, DELEGATE)
    await poller.poll()
    await withdraw(slow, DELEGATE)
    ((name, bye),) = await poller.poll()
    assert (name, bye["code"]) == ("bye", "revoked")
    async with poller.asks() as response:
        assert response.status == 401
    async with Poller(slow, DELEGATE).asks() as response:
        assert response.status == 401


# Who may listen


async def test_a_page_listens_by_its_cookie(slow: House) -> None:
    await slow.join_page(DELEGATE, "ar")
    handle = slow.handle(DELEGATE)
    by_name = {"as": handle}
    by_header = {"X-Rostra-Link": handle, "Sec-Fetch-Site": "same-origin"}
    for query, headers in ((by_name, {}), ({}, by_header)):
        answer = await slow.client.get(EVENTS, params=query, headers=headers)
        assert answer.status == 200
        ((_, welcome),) = (await answer.json())["events"]
        assert welcome["you"]["delegation"] == XAD
        assert (welcome["you"]["device"], welcome["you"]["lang"]) == ("Phone", "ar")
        assert (
            await slow.client.get(TIME, params=query, headers=headers)
        ).status == 200


@pytest.mark.parametrize(
    "foreign",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
async def test_a_page_of_another_site_does_not_listen(
    slow: House, foreign: dict[str, str]
) -> None:
    await slow.join_page(DELEGATE)
    query = {"as": slow.handle(DELEGATE)}
    for path, accept in ((EVENTS, STREAM), (EVENTS, {}), (TIME, {})):
        answer = await slow.client.get(
            path, params=query, headers={**accept, **foreign}
        )
        assert answer.status == 403
    assert connected(slow) == 0


async def test_nobody_listens_without_a_link(slow: House) -> None:
    wrong = {"Authorization": f"Bearer {slow.token(DELEGATE)[:-1]}x"}
    for headers in ({}, wrong):
        for path in (EVENTS, TIME):
            answer = await slow.client.get(path, headers={**STREAM, **headers})
            assert answer.status == 401
            assert (await answer.json())["code"] == "unauthorized"
    # a cookie that no page names does not count
    await slow.join_page(DELEGATE)
    assert (await slow.client.get(EVENTS)).status == 401


@pytest.mark.parametrize(
    "query",
    [
        {"after": "e.5"},
        {"after": "e.5.c.d"},
        {"after": "e.-5.c"},
        {"after": "e.5.c%00"},
        {"after": "e.5\n.c"},
        {"after": "e." + "9" * 16 + ".c"},
        {"after": "e" * 41 + ".5.c"},
        {"wait": "26"},
        {"wait": "-1"},
        {"wait": "x"},
        {"n": "1.5"},
        {"client": "short"},
        {"client": "x" * 65},
        {"client": "../../../../etc/passwd"},
        {"device": "x" * 81},
        {"protocol": "-1"},
    ],
    ids=str,
)
async def test_what_is_not_right_is_refused_at_once(
    slow: House, query: dict[str, str]
) -> None:
    answer = await slow.client.get(EVENTS, params=query, headers=bearer(slow, VIEWER))
    assert answer.status == 400
    assert connected(slow) == 0


async def test_a_page_that_is_too_old_is_told_so(slow: House) -> None:
    query = {"protocol": "999"}
    answer = await slow.client.get(EVENTS, params=query, headers=bearer(slow, VIEWER))
    assert (answer.status, (await answer.json())["code"]) == (409, "protocol")


async def test_an_id_belongs_to_one_link(slow: House) -> None:
    poller = Poller(slow, DELEGATE)
    await poller.poll()
    for accept in (STREAM, {}):
        answer = await slow.client.get(
            EVENTS,
            params={"client": poller.client},
            headers={**accept, **bearer(slow, OTHER_DELEGATE)},
        )
        assert answer.status == 403
    assert await poller.poll(wait=0) == []


# Limits


async def test_a_link_has_so_many_listeners_and_no_more() -> None:
    async with opened(structs.replace(SLOW, sockets_per_link=2)) as house:
        poller = Poller(house, DELEGATE)
        await poller.poll()
        line = await house.joined(DELEGATE)
        headers = bearer(house, DELEGATE)
        for accept in (STREAM, {}):
            full = await house.client.get(EVENTS, headers={**accept, **headers})
            assert (full.status, (await full.json())["code"]) == (503, "too_many")
        # one who is there may begin anew
        poller.n = 0
        ((name, _),) = await poller.poll()
        assert name == "welcome"
        await line.ws.close()


async def test_one_who_asks_without_pause_is_slowed_down() -> None:
    limits = structs.replace(
        SLOW, time_rate=Rate(1, 3), read_rate=Rate(1, 5), poll_gap_s=0
    )
    async with opened(limits) as house:
        poller = Poller(house, DELEGATE)
        seen = []
        for _ in range(6):
            async with poller.asks(wait=0) as response:
                seen.append(response.status)
                poller.n += response.status == 200
        assert seen[:4] == [200] * 4 and seen[-1] == 503
        assert response.headers["Retry-After"] == "1"
        statuses = [
            (await house.client.get(EVENTS, headers=bearer(house, VIEWER))).status
            for _ in range(6)
        ]
        assert statuses == [200] * 5 + [503]


async def test_polls_are_answered_only_so_often() -> None:
    async with opened(structs.replace(SLOW, poll_gap_s=0.4)) as house:
        await call_to_order(house)
        poller = Poller(house, VIEWER)
        await poller.poll()
        asked = time.monotonic()
        for n in range(3):
            await announces(house, f"Change {n}")
            assert len(await poller.poll()) == 1
        assert time.monotonic() - asked > 1


async def test_one_who_does_not_read_is_left_to_catch_up_and_then_cut() -> None:
    fast = {"moderator": Rate(10_000, 10_000)}
    async with opened(structs.replace(SLOW, lag_s=1.0, rates=fast)) as house:
        await call_to_order(house)
        plain = socket.create_connection(("127.0.0.1", house.client.port))
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        plain.sendall(
            f"GET {EVENTS} HTTP/1.1\r\nHost: 127.0.0.1:{house.client.port}\r\n"
            f"Accept: text/event-stream\r\n"
            f"Authorization: Bearer {house.token(VIEWER)}\r\n\r\n".encode()
        )
        async with listening(house, CHAIR) as good, asyncio.timeout(20):
            _, welcome = await good.event("welcome")
            at = welcome["seq"]
            while connected(house) < 2:
                await asyncio.sleep(0.01)
            (member,) = [
                each
                for hall in house.client.app[HALLS].all()  # type: ignore[index]
                for each in hall.members()
                if each.identity.role == "viewer"
            ]
            outlet: Any = member.outlet
            transport = outlet._request.transport
            held = False
            n = 0
            while connected(house) == 2:
                n += 1
                seq = await announces(house, f"{n} " + "x" * 190)
                _, delta = await good.event("delta")
                assert (delta["from"], delta["seq"]) == (at, seq)
                at = seq
                # what it is owed waits in the history, and nowhere else
                assert len(outlet._waiting) <= 1
                if outlet.clear:
                    assert transport.get_write_buffer_size() == 0
                else:
                    held = True
                    await asyncio.sleep(0.05)
            assert held
            assert connected(house) == 1
        plain.close()


# The server restarts


async def test_a_server_that_stops_says_when_to_come_back() -> None:
    async with opened(SLOW) as house:
        poller = Poller(house, DELEGATE)
        await poller.poll()
        waiting = asyncio.create_task(poller.poll())
        await asyncio.sleep(0.1)
        async with listening(house, VIEWER) as listener:
            await listener.event("welcome")
            app = house.client.app
            assert app is not None
            app[HALLS].goodbye()
            _, bye = await listener.event("bye")
            assert bye["code"] == "restarting" and bye["retry_ms"] >= 500
            await listener.ended()
        ((name, bye),) = await waiting
        assert (name, bye["code"]) == ("bye", "restarting")
        async with Poller(house, VIEWER).asks() as response:
            assert (response.status, response.headers["Retry-After"]) == (503, "1")


# Commands


async def test_a_command_has_one_effect_whichever_way_it_comes(slow: House) -> None:
    line = await slow.joined(DELEGATE)
    asked = command("request_floor", kind="statement", list="l1.0")
    first = await line.answer(await line.ask("cmd", asked))
    seq = slow.room.meeting.seq
    response = await slow.post(COMMANDS, asked, **bearer(slow, DELEGATE))
    again = await response.json()
    assert again == first
    assert slow.room.meeting.seq == seq


async def test_a_pad_asks_by_post_and_sees_itself_called_by_a_poll(
    slow: House,
) -> None:
    poller = Poller(slow, DELEGATE)
    await poller.poll()
    body = command("request_floor", kind="statement", list="l1.0")
    asked = await (await slow.post(COMMANDS, body, **poller.headers)).json()
    assert asked["outcome"] == "ok", asked
    request = asked["result"]["request"]
    events = await poller.reaches(asked["seq"])
    assert [name for name, _ in events] == ["mine", "delta"]
    called = await slow.post(
        COMMANDS,
        command("call", request=request, expect={"head": request}),
        **bearer(slow, MODERATOR),
    )
    seq = (await called.json())["seq"]
    events = await poller.reaches(seq)
    assert dict(events)["mine"]["state"]["floor"]["phase"] == "called"


async def test_the_time_is_the_servers(slow: House) -> None:
    said = await slow.client.get(TIME, headers=bearer(slow, VIEWER))
    assert abs((await said.json())["now"] - slow.room.now()) < 1000
