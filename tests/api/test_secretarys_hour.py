"""Must-show: a secretary's hour, through the wire, on a test clock, over a restart.

A list comes late on paper, a wrong call is corrected before and after its start, a line
is lost and comes back on another device, a minister must leave at 12:05, the
interpreters are gone for six minutes, and the meeting goes on the next morning after
the server was started again. What the public sees shows no mistake; the log all of it.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec import structs

from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.core import events as e
from rostra.core.ids import Code, Instant
from rostra.core.profile import parse_profile
from rostra.core.programme import Planned, SegmentPlan
from rostra.engine.room import Room
from rostra.engine.rooms import Founding
from rostra.protocol.stored import read
from support.rooms import (
    ROOT,
    HandClock,
    founding,
    fresh_id,
    head_of,
    link,
    on_floor,
    on_list,
    programme,
)
from support.served_app import App, served
from web.house import Line

MINUTE = 60_000
HOUR = 60 * MINUTE
#: 10 July 2020, 11:00 in New York, and the midnights of the zone around it.
ELEVEN = Instant(1_594_393_200_000)
MIDNIGHTS = tuple(Instant(ELEVEN + (24 * day - 35) * HOUR) for day in range(5))
LIST = "l1.0"
#: Ten delegations of the fictional roster, by the paper that the secretary was handed.
PAPER = "Adunara\nAelindra\nAltavera\nArdenholm\nAruvai\nAzulama\nBanteyu"
A, B, C, D, E, F, G = (
    Code(code) for code in ("XAD", "XAE", "XAL", "XAH", "XAR", "XAZ", "XBN")
)


def hour() -> Founding:
    """A discussion of two hours under the rules of a web-dialogue."""
    text = (ROOT / "config/profiles/web_dialogue.toml").read_text(encoding="utf-8")
    links = (
        link("op1", "moderator", label="Secretary"),
        link("op2", "moderator", label="Deputy"),
        link("viewer", "viewer"),
        link("rap", "rapporteur"),
        *(link(code.lower(), "delegate", code) for code in (A, B, C, D, E, F, G)),
    )
    discussion = SegmentPlan(kind="discussion", title="Discussion", requests=True)
    return structs.replace(
        founding(),
        profile=parse_profile(text),
        programme=structs.replace(programme(), segments=(discussion,)),
        planned=Planned(ELEVEN, Instant(ELEVEN + 2 * HOUR), MIDNIGHTS),
        links=links,
    )


class Hour:
    """The secretary, the deputy, some pads, and one who only looks on."""

    def __init__(self, app: App, room: Room, clock: HandClock, viewer: Line) -> None:
        self.app, self.room, self.clock, self.viewer = app, room, clock, viewer

    async def do(self, type_: str, who: str = "op1", **fields: Any) -> dict[str, Any]:
        """A command that must be done."""
        body = {"id": fresh_id(), "type": type_, **fields}
        status, said = await self.app.request("POST", self.room, who, "/commands", body)
        answer: dict[str, Any] = json.loads(said)
        assert (status, answer["outcome"]) == (200, "ok"), answer
        result: dict[str, Any] = answer["result"]
        return result

    async def get(self, who: str, path: str = "") -> Any:
        """What *who* is shown."""
        status, body = await self.app.request("GET", self.room, who, path)
        assert status == 200, body
        return json.loads(body)

    def of(self, code: Code) -> str:
        """The request of a delegation that waits or is called."""
        waiting = self.room.meeting.lists[LIST].order  # type: ignore[index]
        mine = (r for r in waiting if self.room.meeting.requests[r].delegation == code)
        return next(mine)

    def order(self) -> list[Code | None]:
        """Who is on the list, in order."""
        waiting = self.room.meeting.lists[LIST].order  # type: ignore[index]
        return [self.room.meeting.requests[each].delegation for each in waiting]

    async def call(self, code: Code) -> None:
        """Give the floor to a delegation on the list."""
        head = {"head": head_of(self.room.meeting)}
        await self.do("call", request=self.of(code), expect=head)

    async def floor(self, type_: str, **fields: Any) -> dict[str, Any]:
        """A button of the floor."""
        return await self.do(type_, expect=on_floor(self.room.meeting), **fields)

    async def undo(self) -> None:
        """Take back the last act, as the toast offers it."""
        last = self.room.meeting.actions[-1]
        await self.do("undo", expect={"action": last.seq})

    async def heard(self, code: Code, ms: int) -> None:
        """Called, started, heard, ended."""
        await self.call(code)
        await self.floor("start")
        self.clock.advance(ms)
        await self.floor("end")

    async def looked(self) -> list[dict[str, Any]]:
        """What the public was sent since it was asked last: one delta a frame."""
        number = await self.viewer.ask("time", {})
        await self.viewer.answer(number)
        frames = [f for f in self.viewer.frames if f.startswith('42/meeting,["delta"')]
        self.viewer.frames.clear()
        return [json.loads(f[len("42/meeting,") :])[1] for f in frames]


@asynccontextmanager
async def house(folder: Path, clock: HandClock, *, first: bool) -> AsyncIterator[Hour]:
    """The server over *folder*: with a new meeting, or with the one that is there."""
    async with served(folder, hour(), clock=clock, again=not first) as (app, (room,)):
        viewer = await app.line(room, "viewer")
        viewer.frames.clear()
        yield Hour(app, room, clock, viewer)


async def test_nothing_public_shows_a_mistake_and_the_log_shows_everything(
    tmp_path: Path,
) -> None:
    clock = HandClock(ELEVEN)
    async with house(tmp_path, clock, first=True) as now:
        await before_noon(now)
        held = now.room.meeting
    clock.advance(21 * HOUR + 20 * MINUTE)
    async with house(tmp_path, clock, first=False) as now:
        assert now.room.meeting == held
        await next_morning(now)
        await assert_public(now)
    await assert_log(tmp_path, now.room)


async def before_noon(now: Hour) -> None:
    """From the lobby to the evening's suspension."""
    await now.do("open_lobby", expect={"state": "scheduled"})
    await now.do("call_to_order", expect={"state": "lobby"})
    await a_list_pasted_late(now)
    await a_wrong_call_corrected_before_its_start(now)
    await a_wrong_call_corrected_after_its_start(now)
    await a_line_lost_and_regained_on_another_device(now)
    await a_minister_who_must_leave(now)
    await the_interpreters_gone_for_six_minutes(now)
    await suspended_for_the_night(now)


async def a_list_pasted_late(now: Hour) -> None:
    """Two asked by themselves; the list is closed; then comes the paper."""
    await now.do("request_floor", "xad", kind="statement")
    await now.do("request_floor", "xae", kind="statement")
    await now.do("close_list", basis="Chair", expect=on_list(now.room.meeting, LIST))
    found = await paste(now, PAPER)
    entries = [{"delegation": code, "channel": "paper"} for code in found]
    done = await now.do("insert", list=LIST, entries=entries)
    assert (len(done["requests"]), len(done["already"])) == (5, 2)
    assert now.order() == [A, B, C, D, E, F, G]
    assert now.room.meeting.requests[now.of(G)].after_closure  # type: ignore[index]
    await now.looked()


async def paste(now: Hour, text: str) -> list[str]:
    """The codes that the server recognises in the lines of *text*, all certain."""
    status, body = await now.app.request(
        "POST", now.room, "op1", "/recognise", {"text": text}
    )
    assert status == 200, body
    found = json.loads(body)["found"]
    assert all(each["sure"] for each in found), found
    return [each["delegation"] for each in found]


async def a_wrong_call_corrected_before_its_start(now: Hour) -> None:
    """Aelindra is called by a slip; nobody outside ever knows."""
    await now.call(B)
    await now.undo()
    assert now.order()[:2] == [A, B]
    for delta in await now.looked():
        assert "floor" not in delta["set"], delta
    await now.heard(A, 100_000)


async def a_wrong_call_corrected_after_its_start(now: Hour) -> None:
    """Altavera gets the floor and the clock runs before the slip is noticed."""
    await now.call(C)
    await now.floor("start")
    now.clock.advance(5_000)
    await now.floor("revoke", reason="mistake")
    assert now.order()[:2] == [B, C]
    await now.heard(B, 90_000)
    totals = (await now.get("op1"))["state"]["collections"]["delegations"]
    assert C not in totals


async def a_line_lost_and_regained_on_another_device(now: Hour) -> None:
    """T11 in life: lost at 100 s of 180, ready 40 s later, 80 s and 10 are left."""
    laptop = await now.app.line(now.room, "xal", "Laptop")
    await now.call(C)
    await now.floor("start")
    now.clock.advance(100_000)
    await laptop.ws.close()
    assert (await now.floor("line_lost"))["left_ms"] == 80_000
    now.clock.advance(40_000)
    phone = await now.app.line(now.room, "xal", "Phone")
    ready = await phone.command("ready", expect=on_floor(now.room.meeting))
    assert ready["outcome"] == "ok"
    assert now.room.meeting.active and now.room.meeting.active.ready_by == "Phone"
    await now.floor("resume")
    active = now.room.meeting.active
    assert active.allotted_ms - active.clock.used_ms == 90_000
    now.clock.advance(70_000)
    await now.floor("end")
    await phone.ws.close()


async def a_minister_who_must_leave(now: Hour) -> None:
    """Banteyu's minister leaves at 12:05: a note of it, and up by one press."""
    leaves = ELEVEN + 65 * MINUTE
    await now.do(
        "name_speaker",
        request=now.of(G),
        person={"name": "Ms. Oru Banda", "title": "Minister for Ports"},
        rank="minister",
    )
    await now.do("set_window", request=now.of(G), not_after=leaves)
    place = now.order().index(G)
    expect = {"request": now.of(G), "place": place}
    await now.do("move", request=now.of(G), to=0, expect=expect)
    await now.heard(G, 170_000)
    assert now.clock.now() < leaves


async def the_interpreters_gone_for_six_minutes(now: Hour) -> None:
    """The clock stands, the record says why and how long, the speaker pays nothing."""
    await now.call(D)
    await now.floor("start")
    now.clock.advance(60_000)
    await now.floor("pause", reason="interpretation")
    now.clock.advance(6 * MINUTE)
    assert (await now.floor("resume"))["credit_ms"] == 10_000
    now.clock.advance(80_000)
    await now.floor("end")
    row = (await now.get("rap", "/log.json"))["rows"][-1]
    assert (row["used_ms"], row["held_ms"]) == (140_000, 6 * MINUTE)
    assert [hold["reason"] for hold in row["holds"]] == ["interpretation"]


async def suspended_for_the_night(now: Hour) -> None:
    """Aruvai has spoken for 50 s of 180 when the Chair suspends."""
    await now.call(E)
    await now.floor("start")
    now.clock.advance(50_000)
    await now.do("suspend", reason="Until tomorrow", expect={"state": "in_session"})


async def next_morning(now: Hour) -> None:
    """The same floor, list and clocks; then to the end, and one is not heard."""
    await now.do("resume_meeting", expect={"state": "suspended"})
    shown = (await now.get("op1"))["state"]["collections"]["meeting"]["meeting"]
    # the first midnight of the list is that before the first day
    assert (shown["state"], shown["day"]) == ("in_session", 3)
    await now.floor("resume")
    active = now.room.meeting.active
    assert active and active.allotted_ms - active.clock.used_ms == 130_000
    now.clock.advance(100_000)
    await now.floor("end")
    assert now.order() == [F]
    until = now.clock.now() + 8 * HOUR
    await now.do("adjourn", written_until=until, expect={"state": "in_session"})
    mine = (await now.get("xaz"))["mine"]
    assert mine["ended"]["how"] == "written_only"


async def assert_public(now: Hour) -> None:
    """Six rows, each as delivered; no word of the slips anywhere."""
    log = (await now.get("viewer", "/log.json"))["rows"]
    assert [(row["delegation"], row["used_ms"]) for row in log] == [
        (A, 100_000),
        (B, 90_000),
        (C, 170_000),
        (G, 170_000),
        (D, 140_000),
        (E, 150_000),
    ]
    assert [row["n"] for row in log] == [1, 2, 3, 4, 5, 6]
    shown = json.dumps([log, await now.get("viewer")])
    for word in (
        "voided",
        "mistake",
        "undone",
        "line_lost",
        "Phone",
        "revoke",
        "paper",
    ):
        assert word not in shown, word
    rows = (await now.get("op1"))["state"]["collections"]["interventions"].values()
    voided = [row for row in rows if row["outcome"] == "voided"]
    assert [(row["delegation"], row["n"]) for row in voided] == [(C, 0)]


async def assert_log(folder: Path, room: Room) -> None:
    """The journal tells all of it, in the order in which it happened."""
    journal = await SqliteJournal.open(folder)
    try:
        records = [read(each) async for each in journal.read(room.meeting_id, 0)]
    finally:
        await journal.close()
    told: list[str] = []
    for record in records:
        for event in record.events:
            match event:
                case e.InterventionVoided():
                    told.append(f"voided: {event.why}")
                case e.ActUndone():
                    told.append("undone")
                case e.ClockHeld():
                    told.append(f"held: {event.reason}")
                case e.ReadySaid():
                    told.append(f"ready: {event.device}")
                case e.WindowSet() | e.RequestMoved() | e.MeetingSuspended():
                    told.append(type(event).__name__)
                case e.RequestsExpired():
                    told.append(event.how)
    assert told == [
        "undone",
        "voided: mistake",
        "held: connection",
        "ready: Phone",
        "WindowSet",
        "RequestMoved",
        "held: interpretation",
        "held: suspension",
        "MeetingSuspended",
        "written_only",
    ]
    assert all(record.at >= ELEVEN for record in records)
