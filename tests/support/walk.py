"""A meeting that wanders: commands drawn from what its screens would offer.

Most are allowed where they are drawn, some are stale or out of place. The same seed
draws the same commands.
"""

import random
from typing import Any

from rostra.core.ids import Role
from rostra.core.meeting import LISTED, LIVE, Meeting
from rostra.engine.outcomes import Outcome
from rostra.engine.room import Room
from support import walk_rules
from support.rooms import Sender, fresh_id, head_of, on_floor, on_list

Step = walk_rules.Step
DELEGATES = ("xad", "xae", "xal", "xah")
REASONS = ("audio", "connection", "other", "video")
FLOOR = ("open_lobby", "call_to_order", "call", "start", "end", "recognise", "rule")


class Walk:
    """Draws and sends commands to *room*."""

    def __init__(self, room: Room, rng: random.Random) -> None:
        self.room = room
        self.rng = rng
        self.accepted = 0
        self.kinds: set[str] = set()

    async def step(self) -> Outcome:
        """Send one command."""
        link, step = self.draw()
        return await Sender(self.room, link, f"device of {link}").send(step)

    def draw(self) -> tuple[str, dict[str, Any]]:
        """The link that sends, and what it sends."""
        meeting = self.room.meeting
        role: Role = self.rng.choices(
            ("moderator", "delegate", "rapporteur"), (6, 4, 1)
        )[0]
        match role:
            case "moderator":
                link, offered = self.rng.choice(("op1", "op2")), operators(meeting)
            case "delegate":
                link = self.rng.choice(DELEGATES)
                offered = delegates(meeting, link.upper())
            case _:
                link, offered = "rap", rapporteurs(meeting)
        if not offered:
            link, offered = "op1", operators(meeting)
        # Each type is as likely as the next, however many of it are offered; but the
        # floor is where most happens.
        types = sorted({type_ for type_, _ in offered})
        floor = [each for each in types if each in FLOOR]
        among = floor if floor and self.rng.random() < 0.4 else types
        type_ = self.rng.choice(among)
        fields = self.rng.choice([f for t, f in offered if t == type_])
        if self.rng.random() < 0.05:
            fields = {**fields, "expect": _stale(fields.get("expect"))}
            if fields["expect"] is None:
                del fields["expect"]
        self.kinds.add(type_)
        return link, {"id": fresh_id(), "type": type_, **fields}


def _stale(expect: Any) -> Any:
    match expect:
        case {"head": _}:
            return {"head": "r9999.0"}
        case {"generation": generation, **rest}:
            return {**rest, "generation": generation + 1}
        case {"action": action}:
            return {"action": action + 1}
        case _:
            return expect


def operators(m: Meeting) -> list[Step]:
    """What the console offers."""
    steps: list[Step] = []
    state = {"expect": {"state": m.state}}
    match m.state:
        case "scheduled":
            steps.append(("open_lobby", state))
        case "lobby":
            steps.append(("call_to_order", state))
        case "in_session":
            steps.append(("suspend", {"reason": "coffee", **state}))
        case "suspended":
            steps.append(("resume_meeting", state))
    for segment in m.segments:
        steps.append(
            ("go_to_segment", {"segment": segment, "expect": {"segment": m.segment}})
        )
        steps.append(
            ("set_presider", {"segment": segment, "name": "Mr. N.", "function": "VC"})
        )
    for key in m.lists:
        steps += _lists(m, key)
    steps += _floor(m)
    if m.actions:
        steps += [("undo", {"expect": {"action": m.actions[-1].seq}})] * 2
    for key, request in m.requests.items():
        if request.status in LIVE:
            steps.append(("withdraw", {"request": key, "reason": "asked"}))
        if request.status in LISTED:
            order = m.lists[request.list].order
            place = order.index(key)
            expect = {"request": key, "place": place}
            steps.append(("move", {"request": key, "to": 0, "expect": expect}))
            steps.append(
                ("move", {"request": key, "to": len(order) - 1, "expect": expect})
            )
        steps.append(("name_speaker", {"request": key, "person": {"name": "Ms. X"}}))
        steps.append(("confirm_name", {"request": key}))
        steps.append(("note", {"request": key, "text": "an operator's note"}))
    steps.append(("announce", {"text": "Lunch is at one."}))
    steps += [("clear_announcement", {"announcement": a}) for a in m.announcements]
    steps += [("clear_signal", {"signal": s}) for s in m.signals]
    steps += [("revoke_link", {"link": "display"}), ("renew_link", {"link": "display"})]
    return steps + walk_rules.operators(m)


def _lists(m: Meeting, key: str) -> list[Step]:
    expect = {"expect": on_list(m, key)}
    return [
        ("open_list", expect),
        ("announce_closing", {"closes_at": m.at + 600_000, **expect}),
        ("close_list", {"basis": "", **expect}),
        ("reopen_list", {"basis": "decided", **expect}),
        ("set_policy", {"policy": "manual", **expect}),
        (
            "set_policy",
            {"policy": "arrival", "modifiers": ["first_time_first"], **expect},
        ),
        ("set_policy", {"policy": "fixed", "modifiers": ["groups_first"], **expect}),
        ("close_round", expect),
        ("insert", {"list": key, "entries": [{"delegation": "XAR"}]}),
        (
            "insert",
            {
                "list": key,
                "at": 0,
                "entries": [
                    {"delegation": "XBN", "note": "late", "limit_s": 60},
                    {"person": {"name": "Prof. Y"}, "kind": "question"},
                    {"delegation": "XAD", "kind": "question"},
                ],
            },
        ),
    ]


def _floor(m: Meeting) -> list[Step]:
    if m.floor is None:
        first = head_of(m)
        expect = {"expect": {"head": first}}
        speakers = m.running_list
        order = speakers.order if speakers else ()
        calls: list[Step] = [("call", {"request": each, **expect}) for each in order]
        return calls[:2] * 4
    on = {"expect": on_floor(m)}
    return [
        ("call", {"request": m.active.request if m.active else "", **on_call(m)}),
        ("start", on),
        ("pause", {"reason": REASONS[m.seq % 4], **on}),
        ("line_lost", on),
        ("resume", on),
        ("resume", {"credit_s": 5, **on}),
        ("extend", {"seconds": 30, **on}),
        ("end", on),
        ("end", {"returns": True, **on}),
        ("no_show", on),
        ("no_show", {"drop": True, **on}),
        ("revoke", {"reason": "mistake", **on}),
        ("revoke", {"reason": "mistake", "counts": True, **on}),
        ("revoke", {"reason": "time", **on}),
    ] + [("start", on), ("end", on)] * 3


def on_call(m: Meeting) -> dict[str, Any]:
    """What the button of a call shows."""
    return {"expect": {"head": head_of(m)}}


def delegates(m: Meeting, code: str) -> list[Step]:
    """What a pad offers."""
    steps: list[Step] = [
        ("request_floor", {"kind": "statement", "list": "l1.1"}),
        (
            "request_floor",
            {
                "kind": "group_statement",
                "group_text": "Friends of the quay",
                "list": "l1.1",
                "person": {"name": "Mr. Z"},
            },
        ),
        ("request_floor", {"kind": "question", "list": "l1.2"}),
        ("request_floor", {"kind": "question", "list": "l1.2", "addressed": ["r1.1"]}),
        ("request_floor", {"kind": "technical", "text": "no sound"}),
    ]
    for key, request in m.requests.items():
        if request.delegation == code:
            steps.append(("name_speaker", {"request": key, "person": {"name": "Q"}}))
            if request.status in LIVE:
                steps.append(("withdraw", {"request": key}))
    active = m.active
    if active and m.requests[active.request].delegation == code:
        steps += [("ready", {"expect": on_floor(m)}), ("end", {"expect": on_floor(m)})]
    return steps + walk_rules.delegates(m, code)


def rapporteurs(m: Meeting) -> list[Step]:
    """What the log offers."""
    steps: list[Step] = [
        ("note", {"intervention": key, "text": f"gist at {m.seq}"})
        for key in m.interventions
    ]
    for note in m.notes.values():
        again = {"note": note.id, "text": "better", "version": note.version}
        steps.append(("note", again))
        tags = {"tags": {"add": ["supported"]}, "follow_up": True}
        steps.append(("note", {**again, **tags}))
    return steps + _conclusions(m)


def _conclusions(m: Meeting) -> list[Step]:
    """The page beside the log."""
    steps: list[Step] = [
        ("write_conclusion", {"under": {"segment": key}, "text": f"At {m.seq}."})
        for key in m.segments
    ]
    for each in m.conclusions.values():
        edit = {"conclusion": each.id, "version": each.version}
        steps.append(("write_conclusion", {**edit, "agreed": not each.agreed}))
        shown = {"conclusion": each.id, "place": each.place}
        steps.append(("move_conclusion", {"to": 0, "expect": shown}))
        steps.append(("drop_conclusion", {"expect": edit}))
    for key in m.delivered:
        times = len(m.interventions[key].corrections)
        expect = {"intervention": key, "corrections": times}
        fixed = {"person": {"name": "Ms. Y"}, "reason": "misheard", "expect": expect}
        steps.append(("correct_row", fixed))
    return steps
