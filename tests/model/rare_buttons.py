"""Buttons that are pressed less often: points, trays, swaps, the desk, the gavel."""

from typing import Any

from model.press import PERSONS, POLICIES, RANKS, Press, Pressed, button
from model.setups import TEXTS

MOTIONS = ("close_debate", "suspend_meeting", "adjourn_debate", "other")
PHASES = ("reply_1", "debate", "reply_2", "voting", "explanation_before",
          "explanation_after", "concluded", "introduction")  # fmt: skip
CHECKS = ("sound", "camera", "name", "text", "room")


def raised(each: dict[str, Any]) -> bool:
    """A point that waits for recognition."""
    return each["list"] == "p1.0"


@button
def recognise(p: Press) -> Pressed:
    key = p.request("queued", among=raised)
    return {"request": key, "expect": p.shown_top()}, p.who("moderator")


@button
def rule(p: Press) -> Pressed:
    over = [
        key
        for key, each in p.s["interventions"].items()
        if raised(p.s["requests"][each["request"]]) and each["outcome"]
    ]
    key = over[-1] if over and not p.dice.rarely() else p.intervention()
    rulings = ("upheld", "not_upheld", "withdrawn", "noted", "carried", "lost")
    fields: dict[str, Any] = {
        "intervention": key,
        "ruling": p.dice.one(rulings),
        "then": p.dice.one(("go_on", "go_on", "wait", "end")),
        "note": "CANARY note",
    }
    if p.dice.rarely(4):
        fields["appeal"] = p.dice.one(("ruling_stands", "ruling_overturned"))
    return fields, p.who("moderator")


@button
def chair_remarks(p: Press) -> Pressed:
    return {"expect": p.shown_top()}, p.who("moderator")


@button
def reset_clock(p: Press) -> Pressed:
    return {"expect": p.shown_floor()}, p.who("moderator")


@button
def set_phase(p: Press) -> Pressed:
    segment = p.s["segments"].get(p.s["segment"])
    phase = segment["phase"] if segment else "debate"
    if p.dice.rarely():
        phase = p.dice.one(PHASES)
    shown = {"segment": p.s["segment"] or "s1.0", "phase": phase}
    return {"phase": p.dice.one(PHASES), "expect": shown}, p.who("moderator")


@button
def set_profile(p: Press) -> Pressed:
    text = p.dice.one(TEXTS)
    return {"text": text, "reason": "CANARY-STAFF why"}, p.who("moderator")


@button
def draw(p: Press) -> Pressed:
    drawn = [
        key
        for key, each in p.s["lists"].items()
        if each["policy"] in POLICIES[2:5] and each["purpose"] == "speakers"
    ]
    of = p.dice.one(drawn) if drawn and not p.dice.rarely() else None
    return {"expect": p.shown_list(of=of)}, p.who("moderator")


@button
def set_limit(p: Press) -> Pressed:
    fields: dict[str, Any] = {
        "seconds": p.dice.one((90, 120, 45, 240, 61)),
        "scaled": not p.dice.rarely(3),
        "expect": p.shown_list(),
    }
    return fields, p.who("moderator")


# Trays


def waiting(p: Press, status: str) -> str:
    """A request that waits in a tray."""
    return p.request(status, status, "queued")


@button
def admit_late(p: Press) -> Pressed:
    late = [key for key, each in p.s["requests"].items() if each["status"] == "late"]
    of = p.s["requests"][late[0]]["list"] if late else None
    fields: dict[str, Any] = {"expect": p.shown_list(of=of)}
    if p.dice.rarely(3):
        fields["requests"] = late[:1] or [p.request()]
    return fields, p.who("moderator")


@button
def accept(p: Press) -> Pressed:
    return {"request": p.request("requested")}, p.who("moderator")


@button
def decline(p: Press) -> Pressed:
    key = p.request("requested", "late", "queued", "deferred")
    return {"request": key, "reason": "CANARY told"}, p.who("moderator")


@button
def park(p: Press) -> Pressed:
    key = p.request("queued")
    return {"request": key}, p.either(key)


@button
def unpark(p: Press) -> Pressed:
    key = p.request("deferred")
    return {"request": key}, p.either(key)


@button
def pin(p: Press) -> Pressed:
    return {"expect": p.shown_place(p.request("queued"))}, p.who("moderator")


@button
def unpin(p: Press) -> Pressed:
    pinned = p.request("queued", among=lambda each: each["fixed"])
    return {"expect": p.shown_place(pinned)}, p.who("moderator")


@button
def set_window(p: Press) -> Pressed:
    fields: dict[str, Any] = {"request": p.request("queued")}
    if p.dice.throw(2):
        fields["not_before"] = p.soon()
    if p.dice.throw(2):
        fields["not_after"] = p.soon()
    return fields, p.who("moderator")


# Swaps


@button
def offer_swap(p: Press) -> Pressed:
    places = [
        (one, other)
        for speakers in p.s["lists"].values()
        for one in speakers["order"]
        for other in speakers["order"]
        if alike(p, p.s["requests"][one], p.s["requests"][other])
    ]
    if places and not p.dice.rarely(5):
        key, wanted = p.dice.one(places)
    else:
        key, wanted = p.request("queued"), p.request("queued")
    return {"request": key, "wanted": wanted}, p.who("delegate", p.owner(key))


def alike(p: Press, one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Two that may change places, as far as a pad can tell."""
    tiers = [
        p.setup["roster"].get(e["delegation"], {}).get("tier") for e in (one, other)
    ]
    return (
        None not in tiers
        and tiers[0] == tiers[1]
        and one["delegation"] != other["delegation"]
        and one["kind"] == other["kind"]
        and not one["fixed"]
        and not other["fixed"]
    )


@button
def answer_swap(p: Press) -> Pressed:
    key = p.entity("swaps")
    swap = p.s["swaps"].get(key)
    side = "offered" if p.dice.rarely(5) else "wanted"
    code = p.owner(swap[side]) if swap else None
    fields = {"swap": key, "accept": not p.dice.rarely(5)}
    return fields, p.who("delegate", code)


@button
def settle_swap(p: Press) -> Pressed:
    fields = {"swap": p.entity("swaps"), "allow": not p.dice.rarely(5)}
    return fields, p.who("moderator")


# The desk and the gavel


@button
def message(p: Press) -> Pressed:
    fields: dict[str, Any] = {"phrase": p.dice.one(("wait", "", "nonsense", "yes"))}
    if p.dice.throw(2):
        fields["text"] = "CANARY-STAFF text"
    if p.dice.rarely(3):
        fields["delegation"] = p.code()
    return fields, p.who(p.dice.one(("moderator", "chair", "desk")))


@button
def tick(p: Press) -> Pressed:
    fields = {
        "delegation": p.code(),
        "check": p.dice.one(CHECKS),
        "ok": not p.dice.rarely(3),
    }
    return fields, p.who(p.dice.one(("desk", "moderator")))


@button
def mark_attendance(p: Press) -> Pressed:
    fields: dict[str, Any] = {"delegations": [p.code(), p.code()]}
    if p.dice.throw(2):
        fields["source"] = "report"
    return fields, p.who(p.dice.one(("desk", "moderator")))


@button
def set_contact(p: Press) -> Pressed:
    code = p.code()
    who = p.who(p.dice.one(("desk", "delegate", "moderator")), code)
    return {"delegation": code, "contact": "CANARY-STAFF contact"}, who


@button
def flag_delegation(p: Press) -> Pressed:
    flagged = [key for key, each in p.s["attendance"].items() if each["flag"]]
    if flagged and not p.dice.rarely(3):
        return {"delegation": p.dice.one(flagged), "flag": None}, p.who("moderator")
    reason = "" if p.dice.rarely(3) else "CANARY-STAFF flag"
    fields = {
        "delegation": p.code(),
        "flag": p.dice.one(("absent", "suspended", None)),
        "reason": reason,
    }
    return fields, p.who("moderator")


@button
def take_gavel(p: Press) -> Pressed:
    holder = p.s["gavel"] if not p.dice.rarely() else "k3"
    reason = "" if p.dice.rarely(3) else "CANARY-STAFF gone"
    fields = {"reason": reason, "expect": {"holder": holder}}
    return fields, p.who("moderator")


@button
def hand_gavel(p: Press) -> Pressed:
    holder = p.s["gavel"]
    to = p.dice.one(("k1", "k2", None, "k3", "x9.9"))
    who = p.who("moderator")
    if holder and not p.dice.rarely():
        who["link"] = holder
    return {"to": to, "expect": {"holder": holder}}, who


def asked(p: Press, fields: dict[str, Any]) -> None:
    """What a request for the floor has beside its kind."""
    kind = fields["kind"]
    if p.dice.rarely(4):
        fields["rank"] = p.dice.one(RANKS)
    if kind == "procedural_motion":
        moved = [
            key
            for key, each in p.s["requests"].items()
            if each["motion"] and not each["on"]
        ]
        if moved and p.dice.throw(2):
            fields["on"] = p.dice.one(moved)
        else:
            fields["motion"] = p.dice.one(MOTIONS)
    if kind == "procedural_motion" or p.dice.rarely(6):
        fields["side"] = p.dice.one(("for", "against"))
    if kind == "right_of_reply":
        if p.dice.rarely(3):
            fields["item"] = p.entity("segments")
        if p.dice.throw(2):
            fields["to"] = p.code()
    if p.dice.rarely():
        fields["media_s"] = p.dice.one((60, 1000))


def typed(p: Press, fields: dict[str, Any]) -> None:
    """The same, and what only an operator may say."""
    asked(p, fields)
    if p.dice.rarely(8):
        fields["override"] = True
    if p.dice.rarely(8):
        fields["person"] = p.dice.one(PERSONS)
        fields["national_capacity"] = True
    if p.dice.rarely(8):
        fields["not_before"] = p.soon()
