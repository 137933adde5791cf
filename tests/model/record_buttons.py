"""Buttons of the record: notes, corrections, conclusions, publication."""

from typing import Any

from model.press import PERSONS, Press, Pressed, button

TAGS = ("supported", "opposed", "CANARY tag")


@button
def note(p: Press) -> Pressed:
    role = p.dice.one(("moderator", "rapporteur", "rapporteur"))
    who = p.who(role)
    record = who["role"] == "rapporteur"
    fields: dict[str, Any] = {}
    if not p.dice.rarely(4):
        fields["text"] = p.dice.one(
            ("CANARY note", "CANARY other") if record else ("CANARY-STAFF note",)
        )
    if record or p.dice.rarely():
        fields.update(marks(p))
    if p.s["notes"] and p.dice.rarely(3):
        key = p.entity("notes")
        version = p.s["notes"].get(key, {"version": 1})["version"]
        fields.update(note=key, version=version - p.dice.rarely(4))
    elif p.dice.throw(3):
        fields["intervention"] = p.intervention()
    else:
        fields["request"] = p.request()
    return fields, who


def marks(p: Press) -> dict[str, Any]:
    """What rapporteurs mark a row with."""
    found: dict[str, Any] = {}
    if p.dice.rarely(3):
        found["tags"] = {"add": [p.dice.one(TAGS)], "drop": [p.dice.one(TAGS)]}
    if p.dice.rarely(3):
        found["questions"] = {"add": [p.dice.throw(3) + 1 + p.dice.rarely()]}
    if p.dice.rarely(3):
        found["follow_up"] = not p.dice.rarely(3)
    if p.dice.rarely(3):
        found["document"] = p.dice.one(("CANARY/L.2", "CANARY/L.3 ", ""))
    return found


# Corrections


def delivered(p: Press) -> str:
    """A row of the record, mostly."""
    rows = p.s["delivered"]
    return p.dice.one(rows) if rows and not p.dice.rarely() else p.intervention()


def reading(p: Press) -> dict[str, Any]:
    """How a row should read."""
    found: dict[str, Any] = {}
    if p.dice.throw(2):
        found["person"] = p.dice.one(PERSONS)
    if p.dice.throw(2):
        groups = ({"group": "G77"}, {}, {"group_text": "Typed"}, {"group": "ZZ"})
        found["capacity"] = p.dice.one(groups)
    return {name: value for name, value in found.items() if value is not None}


@button
def correct(p: Press) -> Pressed:
    key = delivered(p)
    text = " " if p.dice.rarely() else "CANARY text"
    fields: dict[str, Any] = {"intervention": key, "text": text}
    row = p.s["interventions"].get(key)
    who = p.either(row["request"] if row else "r9.9", 4)
    if p.dice.throw(2):
        fields.update(reading(p))
        if "person" in fields:
            fields["person"] = {"name": "CANARY proposed"}
    return fields, who


@button
def open_corrections(p: Press) -> Pressed:
    until = None if p.dice.rarely(6) else p.soon()
    return {"until": until, "expect": p.shown_state()}, p.who("moderator")


@button
def settle_correction(p: Press) -> Pressed:
    filed = [k for k, n in p.s["notes"].items() if n["correction"]]
    open_ = [key for key in filed if not p.s["notes"][key]["settled"]]
    among = open_ if open_ and not p.dice.rarely() else filed
    key = p.dice.one(among) if among and not p.dice.rarely() else p.entity("notes")
    proposed = (p.s["notes"].get(key) or {}).get("proposed") or {}
    # what is accepted is public: a canary is not
    yes = not p.dice.rarely(3) and not proposed.get("person")
    reason = "" if p.dice.rarely(3) else "CANARY reason"
    fields = {"correction": key, "accept": yes, "reason": reason}
    return fields, p.who("moderator")


@button
def correct_row(p: Press) -> Pressed:
    key = delivered(p)
    row = p.s["interventions"].get(key)
    times = len(row["corrections"]) if row else 0
    fields: dict[str, Any] = {
        "reason": " " if p.dice.rarely() else "CANARY reason",
        "expect": {"intervention": key, "corrections": times + p.dice.rarely()},
        **reading(p),
    }
    return fields, p.who(p.dice.one(("moderator", "rapporteur")))


# Conclusions


def conclusion(p: Press) -> str:
    """A conclusion, mostly."""
    return p.entity("conclusions")


def version_of(p: Press, key: str) -> int:
    """As it was read; now and then before it was changed."""
    known = p.s["conclusions"].get(key, {"version": 1})
    return int(known["version"]) - p.dice.rarely(6)


def heading(p: Press) -> dict[str, Any]:
    """A heading; mostly one of few."""
    segments = list(p.s["segments"])
    segment = "s9.9" if p.dice.rarely(30) else p.dice.one(segments[:2])
    question = p.dice.one((None, 1, 1, 2, 4)) if p.dice.throw(2) else None
    return {"segment": segment, "question": question}


def rapporteur(p: Press) -> dict[str, Any]:
    """Who draws conclusions."""
    return p.who(p.dice.one(("rapporteur", "moderator")))


@button
def write_conclusion(p: Press) -> Pressed:
    fields: dict[str, Any] = {}
    if p.s["conclusions"] and p.dice.throw(3):
        key = conclusion(p)
        fields.update(conclusion=key, version=version_of(p, key))
    elif not p.dice.rarely():
        fields["under"] = heading(p)
    if not p.dice.rarely(4):
        fields["text"] = p.dice.one(("Harbours first.", "Boats, too.", " "))
    if p.dice.throw(2):
        fields["agreed"] = not p.dice.rarely(4)
    if p.dice.rarely(3):
        fields["interventions"] = {"add": [p.intervention()]}
    elif p.dice.rarely(6):
        fields["interventions"] = {"drop": [p.intervention()]}
    return fields, rapporteur(p)


def place_of(p: Press, key: str) -> int:
    """Where it stands under its heading."""
    found = [each.index(key) for each in p.s["headings"].values() if key in each]
    return found[0] if found else 0


@button
def move_conclusion(p: Press) -> Pressed:
    key = conclusion(p)
    shown = {"conclusion": key, "place": place_of(p, key) + p.dice.rarely(10)}
    fields: dict[str, Any] = {"to": p.dice.throw(3), "expect": shown}
    if p.dice.rarely(2):
        fields["under"] = heading(p)
    return fields, rapporteur(p)


@button
def drop_conclusion(p: Press) -> Pressed:
    key = conclusion(p)
    expect = {"conclusion": key, "version": version_of(p, key)}
    return {"expect": expect}, rapporteur(p)


def handed_over(p: Press) -> dict[str, Any]:
    """When it was handed over, as the screen shows it."""
    at = p.at if p.dice.rarely(10) else p.s["handed_over_at"]
    return {"handed_over_at": at}


@button
def hand_over(p: Press) -> Pressed:
    return {"expect": handed_over(p)}, rapporteur(p)


@button
def reopen_conclusions(p: Press) -> Pressed:
    reason = " " if p.dice.rarely(6) else "CANARY reason"
    return {"reason": reason, "expect": handed_over(p)}, rapporteur(p)


@button
def release_conclusions(p: Press) -> Pressed:
    agreed = [key for key, each in p.s["conclusions"].items() if each["agreed"]]
    key = p.dice.one(agreed) if agreed and not p.dice.rarely(3) else conclusion(p)
    expect = [{"conclusion": key, "version": version_of(p, key)}]
    return {"released": not p.dice.rarely(3), "expect": expect}, p.who("moderator")


@button
def show_conclusion(p: Press) -> Pressed:
    released = [key for key, each in p.s["conclusions"].items() if each["released"]]
    key = p.dice.one(released) if released and not p.dice.rarely(4) else None
    stood = None if p.dice.rarely(8) else p.s["conclusion_shown"]
    fields = {"conclusion": key, "expect": {"conclusion": stood}}
    return fields, p.who("moderator")


# After the meeting


@button
def publish(p: Press) -> Pressed:
    everything = ("page", "timeline", "time_by_group")
    wanted = [each for each in everything if p.dice.throw(2)]
    shown = [] if p.dice.rarely(8) else p.s["published"]
    fields = {"published": wanted, "expect": {"published": shown}}
    return fields, p.who("moderator")


@button
def erase_persons(p: Press) -> Pressed:
    reason = " " if p.dice.rarely(8) else "CANARY-STAFF asked for"
    return {"reason": reason, "expect": p.shown_state()}, p.who("moderator")
