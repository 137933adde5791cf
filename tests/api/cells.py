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


def _ruled(prepare: Prepare, rules: str) -> Prepare:
    """The same under other rules: *rules* are lines of a profile."""
    text = f'id = "other"\ntitle = "Other"\n{rules}\n[limits]\nstatement = 180\n'

    async def prepared(room: Room) -> Fields:
        await Sender(room, "op1").ok("set_profile", text=text)
        return await prepare(room)

    return prepared


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


async def _draw(room: Room) -> Fields:
    await _asked(room)
    operator = Sender(room, "op1")
    await operator.ok("set_policy", policy="lot", expect=on_list(room.meeting))
    return {"expect": on_list(room.meeting)}


async def _admit_late(room: Room) -> Fields:
    await begin(room)
    await Sender(room, "op1").ok("close_list", expect=on_list(room.meeting))
    await Sender(room, "xad").ok("request_floor", kind="statement")
    return {"expect": on_list(room.meeting)}


async def _unpark(room: Room) -> Fields:
    fields = await _withdraw(room)
    await Sender(room, "xad").ok("park", **fields)
    return fields


async def _place(room: Room) -> Fields:
    return {"expect": {"request": await _asked(room), "place": 0}}


async def _unpin(room: Room) -> Fields:
    fields = await _place(room)
    await Sender(room, "op1").ok("pin", **fields)
    return fields


async def _offer_swap(room: Room) -> Fields:
    request = await _asked(room)
    return {"request": request, "wanted": room.meeting.lists["l1.1"].order[1]}  # type: ignore[index]


async def _answer_swap(room: Room) -> Fields:
    fields = await _offer_swap(room)
    turned = {"request": fields["wanted"], "wanted": fields["request"]}
    offered = await Sender(room, "xae").ok("offer_swap", **turned)
    return {"swap": offered["swap"], "accept": True}


async def _settle_swap(room: Room) -> Fields:
    fields = await _answer_swap(room)
    await Sender(room, "xad").ok("answer_swap", **fields)
    return {"swap": fields["swap"], "allow": True}


async def _recognise(room: Room) -> Fields:
    await begin(room)
    raised = await Sender(room, "xad").ok("request_floor", kind="point_of_order")
    return {"request": raised["request"], "expect": {"floor": None}}


async def _rule(room: Room) -> Fields:
    operator = Sender(room, "op1")
    given = await operator.ok("recognise", **await _recognise(room))
    await operator.ok("start", expect=on_floor(room.meeting))
    await operator.ok("end", expect=on_floor(room.meeting))
    return {"intervention": given["intervention"], "ruling": "upheld"}


async def _correct(room: Room) -> Fields:
    fields = await _speaking(room)
    await Sender(room, "op1").ok("end", **fields)
    key = fields["expect"]["intervention"]
    return {"intervention": key, "text": "The year was 2019."}


async def _settle_correction(room: Room) -> Fields:
    filed = await Sender(room, "xad").ok("correct", **await _correct(room))
    return {"correction": filed["note"], "accept": True}


async def _correct_row(room: Room) -> Fields:
    key = (await _correct(room))["intervention"]
    expect = {"intervention": key, "corrections": 0}
    return {"person": {"name": "Mr. B."}, "reason": "misheard", "expect": expect}


async def _conclusion(room: Room) -> Fields:
    """What the buttons of a conclusion show."""
    await begin(room)
    fields = {"under": {"segment": "s1.1"}, "text": "Harbours.", "agreed": True}
    drawn = await Sender(room, "rap").ok("write_conclusion", **fields)
    return {"expect": {"conclusion": drawn["conclusion"], "version": 1}}


async def _move_conclusion(room: Room) -> Fields:
    key = (await _conclusion(room))["expect"]["conclusion"]
    return {"to": 0, "expect": {"conclusion": key, "place": 0}}


async def _hand_over(room: Room) -> Fields:
    await _conclusion(room)
    return {"expect": {"handed_over_at": None}}


async def _reopen_conclusions(room: Room) -> Fields:
    await Sender(room, "rap").ok("hand_over", **await _hand_over(room))
    expect = {"handed_over_at": room.meeting.handed_over_at}
    return {"reason": "one is missing", "expect": expect}


async def _release_conclusions(room: Room) -> Fields:
    return {"released": True, "expect": [(await _conclusion(room))["expect"]]}


async def _show_conclusion(room: Room) -> Fields:
    released = await _release_conclusions(room)
    await Sender(room, "op1").ok("release_conclusions", **released)
    key = released["expect"][0]["conclusion"]
    return {"conclusion": key, "expect": {"conclusion": None}}


async def _erase_persons(room: Room) -> Fields:
    closing = await _in_state("rose")(room)
    await Sender(room, "op1").ok("close_record", **closing)
    return {"reason": "as agreed", "expect": {"state": "archived"}}


async def _hand_gavel(room: Room) -> Fields:
    await begin(room)
    await Sender(room, "op2").ok("take_gavel", expect={"holder": None})
    return {"to": "op1", "expect": {"holder": "op2"}}


#: A whole profile, as an operator sets it.
RULES_TEXT = 'id = "new"\ntitle = "New"\n[limits]\nstatement = 120\n'
GAVEL = 'control = "gavel"'
XAD = {"delegation": "XAD"}

CELLS: dict[str, Prepare] = {
    "open_lobby": _in_state("scheduled"),
    "call_to_order": _in_state("lobby"),
    "suspend": _in_state("in_session"),
    "resume_meeting": _suspended,
    "adjourn": _in_state("in_session"),
    "close_record": _in_state("rose"),
    "go_to_segment": _in_session(segment="s1.2", expect={"segment": "s1.1"}),
    "set_presider": _in_session(segment="s1.1", name="Ms. C."),
    "set_phase": _in_session(
        phase="voting", expect={"segment": "s1.1", "phase": "debate"}
    ),
    "set_profile": _in_session(text=RULES_TEXT),
    "open_list": _list("l1.0"),
    "announce_closing": _announce_closing,
    "close_list": _list(),
    "reopen_list": _reopen_list,
    "set_policy": _list(policy="manual"),
    "set_limit": _list(seconds=90),
    "draw": _draw,
    "admit_late": _ruled(_admit_late, "late_tray = true"),
    "close_round": _close_round,
    "request_floor": _in_session(kind="statement"),
    "withdraw": _withdraw,
    "accept": _ruled(_withdraw, "approval = true"),
    "decline": _ruled(_withdraw, "approval = true"),
    "park": _withdraw,
    "unpark": _unpark,
    "pin": _place,
    "unpin": _unpin,
    "set_window": _with(_withdraw, not_before=1_594_395_000_000),
    "offer_swap": _offer_swap,
    "answer_swap": _answer_swap,
    "settle_swap": _settle_swap,
    "insert": _in_session(list="l1.1", entries=[{"delegation": "XAR"}]),
    "move": _move,
    "call": _call,
    "recognise": _recognise,
    "rule": _rule,
    "chair_remarks": _in_session(expect={"floor": None}),
    "reset_clock": _speaking,
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
    "correct": _correct,
    "settle_correction": _settle_correction,
    "open_corrections": _with(_in_state("rose"), until=None),
    "correct_row": _correct_row,
    "write_conclusion": _in_session(under={"segment": "s1.1"}, text="Harbours."),
    "move_conclusion": _move_conclusion,
    "drop_conclusion": _conclusion,
    "hand_over": _hand_over,
    "reopen_conclusions": _reopen_conclusions,
    "release_conclusions": _release_conclusions,
    "show_conclusion": _show_conclusion,
    "publish": _in_session(published=["timeline"], expect={"published": []}),
    "erase_persons": _erase_persons,
    "message": _in_session(phrase="wait"),
    "tick": _in_session(**XAD, check="sound", ok=True),
    "mark_attendance": _in_session(delegations=["XAD"]),
    "set_contact": _in_session(**XAD, contact="+1 212 555 0100"),
    "flag_delegation": _in_session(**XAD, flag="absent"),
    "take_gavel": _ruled(_in_session(expect={"holder": None}), GAVEL),
    "hand_gavel": _ruled(_hand_gavel, GAVEL),
    "announce": _in_session(text="Lunch is at one."),
    "clear_announcement": _clear_announcement,
    "clear_signal": _clear_signal,
    "revoke_link": _in_session(link="spare"),
    "renew_link": _in_session(link="spare"),
}
