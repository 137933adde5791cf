"""A button for every command."""

from typing import Any

from model.press import PERSONS, POLICIES, RANKS, UNCONFIRMED, Press, Pressed, button
from model.rare_buttons import asked, typed

# The meeting


@button
def open_lobby(p: Press) -> Pressed:
    return {"expect": p.shown_state()}, p.who("moderator")


@button
def call_to_order(p: Press) -> Pressed:
    return {"expect": p.shown_state()}, p.who("moderator")


@button
def suspend(p: Press) -> Pressed:
    fields: dict[str, Any] = {
        "reason": "CANARY-STAFF reason",
        "expect": p.shown_state(),
    }
    if p.dice.rarely(3):
        fields["resume_at"] = p.soon()
    return fields, p.who("moderator")


@button
def resume_meeting(p: Press) -> Pressed:
    return {"expect": p.shown_state()}, p.who("moderator")


@button
def adjourn(p: Press) -> Pressed:
    fields: dict[str, Any] = {"expect": p.shown_state()}
    if p.dice.rarely(2):
        fields["written_until"] = p.soon()
    return fields, p.who("moderator")


@button
def close_record(p: Press) -> Pressed:
    return {"expect": p.shown_state()}, p.who("moderator")


@button
def go_to_segment(p: Press) -> Pressed:
    shown = None if p.dice.rarely() else p.s["segment"]
    others = [key for key in p.s["segments"] if key != p.s["segment"]]
    known = others and not p.dice.rarely()
    segment = p.dice.one(others) if known else p.entity("segments")
    return {"segment": segment, "expect": {"segment": shown}}, p.who("moderator")


@button
def set_presider(p: Press) -> Pressed:
    fields: dict[str, Any] = {
        "segment": p.entity("segments"),
        "name": "Mr. Next",
        "function": "Chair",
    }
    return fields, p.who("moderator")


# Lists


@button
def open_list(p: Press) -> Pressed:
    fields: dict[str, Any] = {"expect": p.shown_list("not_open")}
    if p.dice.rarely(3):
        fields["at"] = p.soon()
    return fields, p.who("moderator")


@button
def announce_closing(p: Press) -> Pressed:
    fields: dict[str, Any] = {
        "closes_at": p.soon(),
        "expect": p.shown_list("open", "closing"),
    }
    return fields, p.who("moderator")


@button
def close_list(p: Press) -> Pressed:
    fields: dict[str, Any] = {
        "basis": "the chair",
        "expect": p.shown_list("open", "closing"),
    }
    return fields, p.who("moderator")


@button
def reopen_list(p: Press) -> Pressed:
    basis = " " if p.dice.rarely() else "rule 73"
    return {"basis": basis, "expect": p.shown_list("closed")}, p.who("moderator")


@button
def set_policy(p: Press) -> Pressed:
    modifiers = p.dice.one(
        (
            [],
            ["groups_first"],
            ["first_time_first", "groups_first"],
            ["first_time_first"],
        )
    )
    fields: dict[str, Any] = {
        "policy": p.dice.one(POLICIES),
        "modifiers": modifiers,
        "expect": p.shown_list(),
    }
    return fields, p.who("moderator")


@button
def close_round(p: Press) -> Pressed:
    panels = [
        each["list"] for each in p.s["segments"].values() if each["kind"] == "panel"
    ]
    of = p.dice.one(panels) if panels and not p.dice.rarely() else None
    return {"expect": p.shown_list(of=of)}, p.who("moderator")


# Requests


@button
def request_floor(p: Press) -> Pressed:
    kinds = (
        "statement",
        "statement",
        "statement",
        "group_statement",
        "question",
        "right_of_reply",
        "point_of_order",
        "procedural_motion",
        "response",
        "technical",
        "explanation_of_vote",
    )
    kind = p.dice.one(kinds)
    segment = p.s["segments"].get(p.s["segment"])
    if kind == "statement" and segment and segment["kind"] == "panel":
        kind = "question"
    fields: dict[str, Any] = {"kind": kind}
    if kind in ("statement", "group_statement", "question") and p.dice.throw(3):
        fields["list"] = p.taking(kind)
    elif p.dice.rarely(4):
        fields["list"] = p.list("speakers", "speakers", "replies", "points")
    if kind == "group_statement" or p.dice.rarely(8):
        fields["group"] = p.dice.one(("G77", "ISLES", None, "NONE"))
        if fields["group"] is None:
            fields["group_text"] = "CANARY group"
    if p.dice.throw(2):
        fields["person"] = p.dice.one(UNCONFIRMED)
    if kind == "question" and p.dice.throw(2):
        fields["addressed"] = [
            p.request(among=lambda each: each["part"] == "panellist")
        ]
    if kind == "technical":
        fields["text"] = "CANARY-STAFF help"
    asked(p, fields)
    return fields, p.who("delegate")


@button
def withdraw(p: Press) -> Pressed:
    statuses = ("queued", "called", "queued", "requested", "deferred", "late")
    key = p.request(*statuses)
    return {"request": key, "reason": "CANARY-STAFF reason"}, p.either(key)


@button
def insert(p: Press) -> Pressed:
    first = entry(p)
    purpose = {
        "right_of_reply": "replies",
        "point_of_order": "points",
        "procedural_motion": "points",
        "response": "points",
    }.get(str(first["kind"]), "speakers")
    fields: dict[str, Any] = {"list": p.list(purpose), "entries": [first]}
    while p.dice.rarely(3):
        fields["entries"].append(entry(p))
    if p.dice.rarely(3):
        fields["at"] = p.dice.throw(5) - p.dice.rarely()
    return fields, p.who("moderator")


def entry(p: Press) -> dict[str, Any]:
    """One line of a list that an operator types."""
    kinds = (
        "statement",
        "statement",
        "group_statement",
        "question",
        "answer",
        "introduction",
        "secretariat",
        "right_of_reply",
        "concerned_party",
        "explanation_of_vote",
        "point_of_order",
        "procedural_motion",
        "response",
        "chair",
        "programme",
    )
    fields: dict[str, Any] = {
        "kind": p.dice.one(kinds),
        "channel": "chat",
        "note": "CANARY-STAFF note",
    }
    if not p.dice.rarely():
        fields["delegation"] = p.code()
    if fields["kind"] == "group_statement":
        fields["group"] = p.dice.one(("G77", "ISLES"))
    if p.dice.rarely(4):
        fields["person"] = p.dice.one(PERSONS)
    if p.dice.rarely(4):
        fields["limit_s"] = 60
    typed(p, fields)
    return fields


@button
def move(p: Press) -> Pressed:
    key = p.request("queued")
    fields: dict[str, Any] = {
        "request": key,
        "to": p.dice.throw(5),
        "expect": p.shown_place(key),
    }
    if p.dice.rarely():
        fields["to"] = -1
    return fields, p.who("moderator")


# The floor


@button
def call(p: Press) -> Pressed:
    head = p.head()
    shown = None if p.dice.rarely(20) else head
    top = p.top()
    if top and not p.dice.rarely(3):
        # call again
        return {"request": top["request"], "expect": {"head": shown}}, p.who(
            "moderator"
        )
    key = head if head and p.dice.throw(3) else p.request("queued")
    return {"request": key, "expect": {"head": shown}}, p.who("moderator")


@button
def ready(p: Press) -> Pressed:
    top = p.top()
    key = top["request"] if top else "r9.9"
    return {"expect": p.shown_floor()}, p.who("delegate", p.owner(key))


@button
def start(p: Press) -> Pressed:
    return {"expect": p.shown_floor()}, p.who("moderator")


@button
def pause(p: Press) -> Pressed:
    reasons = (
        "audio",
        "interpretation",
        "video",
        "platform",
        "connection",
        "emergency",
        "other",
        "suspension",
        "interruption",
    )
    reason = p.dice.one(reasons)
    return {"reason": reason, "expect": p.shown_floor()}, p.who("moderator")


@button
def line_lost(p: Press) -> Pressed:
    return {"expect": p.shown_floor()}, p.who("moderator")


@button
def resume(p: Press) -> Pressed:
    fields: dict[str, Any] = {"expect": p.shown_floor()}
    if p.dice.rarely(4):
        fields["credit_s"] = p.dice.one((0, 7, 45))
    return fields, p.who("moderator")


@button
def extend(p: Press) -> Pressed:
    seconds = p.dice.one((30, 1, 60, 100, 300))
    fields: dict[str, Any] = {"seconds": seconds, "expect": p.shown_floor()}
    if p.dice.rarely(4):
        fields["rest"] = True
    return fields, p.who("moderator")


@button
def credit(p: Press) -> Pressed:
    ms = p.dice.one([int(p.s["downtime"]), 0, 1000, 10_000_000])
    return {"ms": ms, "expect": p.shown_floor()}, p.who("moderator")


@button
def end(p: Press) -> Pressed:
    top = p.top()
    returns = p.dice.rarely(4)
    fields: dict[str, Any] = {"returns": returns, "expect": p.shown_floor()}
    return fields, p.either(top["request"] if top else "r9.9", 2)


@button
def no_show(p: Press) -> Pressed:
    return {"drop": p.dice.rarely(4), "expect": p.shown_floor()}, p.who("moderator")


@button
def revoke(p: Press) -> Pressed:
    fields: dict[str, Any] = {
        "reason": p.dice.one(("mistake", "order", "time", "security")),
        "counts": p.dice.rarely(4),
        "expect": p.shown_floor(),
    }
    return fields, p.who("moderator")


@button
def undo(p: Press) -> Pressed:
    acts = p.s["acts"]
    seq = acts[-1]["seq"] if acts else 9
    if p.dice.rarely(15):
        seq -= 1
    return {"expect": {"action": seq}}, p.who("moderator")


# Words


@button
def name_speaker(p: Press) -> Pressed:
    key = p.request("queued", "called", "granted", "done")
    who = p.either(key, 2)
    persons: tuple[Any, ...] = UNCONFIRMED if who["role"] == "delegate" else PERSONS
    if who["role"] != "delegate" and "CANARY" in str(p.s["requests"].get(key)):
        # an operator who names the speaker confirms the group as well
        persons = (None,)
    fields: dict[str, Any] = {"request": key, "person": p.dice.one(persons)}
    if p.dice.rarely(3):
        fields["language"] = "fr"
    if p.dice.rarely(3):
        fields["rank"] = p.dice.one(RANKS)
    return fields, who


@button
def confirm_name(p: Press) -> Pressed:
    # what a canary has typed is never fit for the public
    def fit(each: dict[str, Any]) -> bool:
        return "CANARY" not in f"{each['person']}{each['group_text']}"

    key = p.request(among=lambda each: each["person"] and fit(each))
    request = p.s["requests"].get(key)
    if request and not fit(request):
        key = "r9.9"
    return {"request": key}, p.who("moderator")


@button
def announce(p: Press) -> Pressed:
    return {"text": " " if p.dice.rarely() else "Lunch"}, p.who("moderator")


@button
def clear_announcement(p: Press) -> Pressed:
    return {"announcement": p.entity("announcements")}, p.who("moderator")


@button
def clear_signal(p: Press) -> Pressed:
    return {"signal": p.entity("signals")}, p.who("moderator")


@button
def revoke_link(p: Press) -> Pressed:
    return {"link": p.entity("links")}, p.who("moderator")


@button
def renew_link(p: Press) -> Pressed:
    return {"link": p.entity("links")}, p.who("moderator")
