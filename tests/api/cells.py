"""For each command a meeting in which whoever may send it is sure to be obeyed."""

from collections.abc import Awaitable, Callable
from typing import Any

from rostra.core.actor import ALARM
from rostra.core.alarms import ServerReturned
from rostra.core.ids import Instant
from rostra.engine.room import Room
from support.rooms import (
    LINKS,
    PANEL,
    Sender,
    begin,
    call_next,
    done,
    link,
    on_floor,
    on_list,
)

Fields = dict[str, Any]
Prepare = Callable[[Room], Awaitable[Fields]]

#: One link for each role, and one that nobody holds.
CELL_LINKS = (*LINKS, link("spare", "viewer"))
OF_ROLE = {
    "moderator": "op2",
    "delegate": "xad",
    "rapporteur": "rap",
    "chair": "chair",
    "desk": "desk",
    "viewer": "viewer",
    "display": "display",
}


async def _asked(room: Room) -> str:
    """Two are on the list; the request of the first."""
    await begin(room)
    person = {"name": "Ms. A. Dunara"}
    pad = Sender(room, "xad")
    asked = await pad.ok("request_floor", kind="statement", person=person)
    await Sender(room, "xae").ok("request_floor", kind="statement")
    return str(asked["request"])


async def _called(room: Room) -> Fields:
    await _asked(room)
    await call_next(room)
    return {"expect": on_floor(room.meeting)}


async def _speaking(room: Room) -> Fields:
    await Sender(room, "op1").ok("start", **await _called(room))
    return {"expect": on_floor(room.meeting)}


async def _paused(room: Room) -> Fields:
    await Sender(room, "op1").ok("pause", reason="audio", **await _speaking(room))
    return {"expect": on_floor(room.meeting)}


def _in_state(state: str) -> Prepare:
    async def prepare(room: Room) -> Fields:
        operator = Sender(room, "op1")
        way = ["scheduled", "lobby", "in_session", "rose"]
        steps = ["open_lobby", "call_to_order", "adjourn"]
        for step, at in zip(steps, way[: way.index(state)], strict=False):
            await operator.ok(step, expect={"state": at})
        return {"expect": {"state": state}}

    return prepare


async def _suspended(room: Room) -> Fields:
    await begin(room)
    await Sender(room, "op1").ok("suspend", expect={"state": "in_session"})
    return {"expect": {"state": "suspended"}}


def _in_session(**fields: Any) -> Prepare:
    async def prepare(room: Room) -> Fields:
        await begin(room)
        return fields

    return prepare


def _list(key: str = "l1.1", **fields: Any) -> Prepare:
    async def prepare(room: Room) -> Fields:
        await begin(room)
        return {**fields, "expect": on_list(room.meeting, key)}

    return prepare


async def _announce_closing(room: Room) -> Fields:
    await begin(room)
    closes_at = room.now() + 600_000
    return {"closes_at": closes_at, "expect": on_list(room.meeting)}


async def _reopen_list(room: Room) -> Fields:
    await begin(room)
    await Sender(room, "op1").ok("close_list", expect=on_list(room.meeting))
    return {"basis": "decided", "expect": on_list(room.meeting)}


async def _close_round(room: Room) -> Fields:
    await begin(room, PANEL)
    pad, operator = Sender(room, "xad"), Sender(room, "op1")
    asked = (await pad.ok("request_floor", kind="question"))["request"]
    head = room.meeting.lists["l1.2"].order[0]  # type: ignore[index]
    await operator.ok("call", request=asked, expect={"head": head})
    await operator.ok("start", expect=on_floor(room.meeting))
    await operator.ok("end", expect=on_floor(room.meeting))
    return {"expect": on_list(room.meeting, "l1.2")}


async def _withdraw(room: Room) -> Fields:
    return {"request": await _asked(room)}


async def _move(room: Room) -> Fields:
    request = await _asked(room)
    return {"request": request, "to": 1, "expect": {"request": request, "place": 0}}


async def _call(room: Room) -> Fields:
    request = await _asked(room)
    return {"request": request, "expect": {"head": request}}


def _with(prepare: Prepare, **fields: Any) -> Prepare:
    async def prepared(room: Room) -> Fields:
        return {**await prepare(room), **fields}

    return prepared


async def _credit(room: Room) -> Fields:
    fields = await _speaking(room)
    now = room.now()
    returned = ServerReturned(now, Instant(now + 60_000))
    done(await room.submit(returned, ALARM, b""))
    assert room.meeting.downtime_ms
    return {"ms": room.meeting.downtime_ms, **fields}


async def _undo(room: Room) -> Fields:
    await begin(room)
    await Sender(room, "op1").ok("close_list", expect=on_list(room.meeting))
    return {"expect": {"action": room.meeting.actions[-1].seq}}


async def _name_speaker(room: Room) -> Fields:
    return {"request": await _asked(room), "person": {"name": "Mr. B. Dunara"}}


async def _note(room: Room) -> Fields:
    fields = await _speaking(room)
    return {"intervention": fields["expect"]["intervention"], "text": "A gist."}


async def _clear_announcement(room: Room) -> Fields:
    await begin(room)
    return await Sender(room, "op1").ok("announce", text="Lunch is at one.")


async def _clear_signal(room: Room) -> Fields:
    await begin(room)
    return await Sender(room, "xad").ok("request_floor", kind="technical", text="?")


CELLS: dict[str, Prepare] = {
    "open_lobby": _in_state("scheduled"),
    "call_to_order": _in_state("lobby"),
    "suspend": _in_state("in_session"),
    "resume_meeting": _suspended,
    "adjourn": _in_state("in_session"),
    "close_record": _in_state("rose"),
    "go_to_segment": _in_session(segment="s1.2", expect={"segment": "s1.1"}),
    "set_presider": _in_session(segment="s1.1", name="Ms. C."),
    "open_list": _list("l1.0"),
    "announce_closing": _announce_closing,
    "close_list": _list(),
    "reopen_list": _reopen_list,
    "set_policy": _list(policy="manual"),
    "close_round": _close_round,
    "request_floor": _in_session(kind="statement"),
    "withdraw": _withdraw,
    "insert": _in_session(list="l1.1", entries=[{"delegation": "XAR"}]),
    "move": _move,
    "call": _call,
    "ready": _called,
    "start": _called,
    "pause": _with(_speaking, reason="audio"),
    "line_lost": _speaking,
    "resume": _paused,
    "extend": _with(_speaking, seconds=30),
    "credit": _credit,
    "end": _speaking,
    "no_show": _called,
    "revoke": _with(_speaking, reason="time"),
    "undo": _undo,
    "name_speaker": _name_speaker,
    "confirm_name": _withdraw,
    "note": _note,
    "announce": _in_session(text="Lunch is at one."),
    "clear_announcement": _clear_announcement,
    "clear_signal": _clear_signal,
    "revoke_link": _in_session(link="spare"),
    "renew_link": _in_session(link="spare"),
}
