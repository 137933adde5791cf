"""Corrections: in writing, and of how a finished row reads (N6, R8 to R11)."""

from model.base import No, Plain, Turn, line, person
from model.notes import BLANK


def correct(t: Turn, c: Plain) -> None:
    """In writing, of something that was heard; perhaps with a proposal."""
    t.open_record()
    heard = row(t, c["intervention"])
    after = t.s["state"] == "rose" and t.who["role"] == "delegate"
    until = t.s["corrections_until"]
    if after and (until is None or t.at >= until):
        raise No("corrections_closed")
    if not c["text"].strip():
        raise No("empty")
    proposed = None
    if c.get("person") is not None or c.get("capacity") is not None:
        t.own(t.s["requests"][heard["request"]])
        proposed = reading(t, heard, c.get("person"), c.get("capacity"))
    t.s["notes"][t.new_id("n")] = {
        **BLANK,
        "intervention": c["intervention"],
        "scope": "record",
        "text": c["text"].strip(),
        "version": 1,
        "correction": True,
        "by": t.who["delegation"],
        "proposed": proposed,
    }


def open_corrections(t: Turn, c: Plain) -> None:
    """Until then delegations file corrections after the meeting (R10)."""
    if c["expect"]["state"] != t.s["state"]:
        raise No("stale")
    t.in_state("rose")
    if c["until"] is not None and c["until"] <= t.at:
        raise No("bad_time")
    t.s["corrections_until"] = c["until"]


def settle_correction(t: Turn, c: Plain) -> None:
    """A yes, with what was proposed of the row; or a no, saying why (R11)."""
    t.open_record()
    note = t.find("notes", c["correction"])
    if not note["correction"]:
        raise No("no_such_entity")
    if note["settled"]:
        raise No("stale")
    reason = line(c.get("reason", ""))
    if not c["accept"] and not reason:
        raise No("reason_needed")
    if c["accept"] and note["proposed"]:
        heard, wanted = row(t, note["intervention"]), note["proposed"]
        capacity = None
        if wanted["kind"]:
            capacity = {k: wanted[k] for k in ("group", "group_text")}
        new = reading(t, heard, wanted["person"], capacity)
        reads(t, heard, new, reason or line(note["text"]))
    note["settled"] = "accepted" if c["accept"] else "declined"
    note["answer"] = reason


def correct_row(t: Turn, c: Plain) -> None:
    """A finished row reads otherwise (R8)."""
    t.open_record()
    heard = row(t, c["expect"]["intervention"])
    if c["expect"]["corrections"] != len(heard["corrections"]):
        raise No("stale")
    new = reading(t, heard, c.get("person"), c.get("capacity"))
    if not line(c["reason"]):
        raise No("reason_needed")
    reads(t, heard, new, line(c["reason"]))


def row(t: Turn, key: str) -> Plain:
    """Something that stands in the record."""
    found = t.find("interventions", key)
    if key not in t.s["delivered"]:
        raise No("no_such_entity")
    return found


def as_read(t: Turn, heard: Plain) -> Plain:
    """How a row reads now: what was last said of each matter."""
    request = t.s["requests"][heard["request"]]
    found = {k: request[k] for k in ("person", "kind", "group", "group_text")}
    for said in heard["said"]:
        if said["person"]:
            found["person"] = said["person"]
        if said["kind"]:
            found.update({k: said[k] for k in ("kind", "group", "group_text")})
    return found


def reading(t: Turn, heard: Plain, who: Plain | None, capacity: Plain | None) -> Plain:
    """What is to be read of it."""
    if t.closed(heard["segment"]):
        raise No("not_enabled")
    named = person(who)
    if who is not None and named is None:
        raise No("empty")
    new: Plain = {"person": named, "kind": None, "group": None, "group_text": ""}
    if named is None and capacity is None:
        raise No("empty")
    if capacity is None:
        return new
    group = capacity.get("group")
    if group is not None and group not in t.setup["groups"]:
        raise No("no_such_entity")
    typed = "" if group else line(capacity.get("group_text", ""))
    kind = as_read(t, heard)["kind"]
    if kind in ("statement", "group_statement"):
        kind = "group_statement" if group or typed else "statement"
    return {**new, "kind": kind, "group": group, "group_text": typed}


def reads(t: Turn, heard: Plain, new: Plain, reason: str) -> None:
    """From now on; how it read before stays in the record."""
    was = as_read(t, heard)
    heard["corrections"].append({"at": t.at, "reason": reason, "was": was})
    heard["said"].append(new)


def voice_of(t: Turn, heard: Plain) -> str:
    """In whose total its time is: as the row reads."""
    request = t.s["requests"][heard["request"]]
    read = as_read(t, heard)
    if read["group"]:
        return f"group:{read['group']}"
    if read["group_text"]:
        return f"group:{read['group_text'].casefold()}"
    return request["delegation"] or f"person:{request['id']}"


RULES = {
    "correct": correct,
    "open_corrections": open_corrections,
    "settle_correction": settle_correction,
    "correct_row": correct_row,
}
