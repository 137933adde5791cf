"""Requests for the floor: asking, joining, withdrawing, inserting, moving."""

from typing import Any

from model.base import (
    INTERRUPTING,
    LIVE,
    STATEMENTS,
    No,
    Plain,
    Turn,
    copied,
    line,
    person,
)
from model.fields import ENTRY, NEW
from model.points import item_of, live_twin, raised, replying
from model.stack import void


def request_floor(t: Turn, c: Plain) -> None:
    """A delegation asks; a second press joins the first (E2)."""
    if t.who["delegation"] not in t.setup["roster"]:
        raise No("not_in_roster")
    entry = {**copied(ENTRY), **{k: v for k, v in c.items() if k in ENTRY}}
    entry.update(delegation=t.who["delegation"], channel="pad")
    if c["kind"] == "technical":
        signal(t, entry["delegation"], line(c.get("text", "")))
    elif c["kind"] in INTERRUPTING:
        entry.update(note=line(c.get("text", "")), addressed=[], item=None, to=None)
        entry["media_s"] = 0
        raise_point(t, entry, device=t.who["device"])
    elif c["kind"] == "right_of_reply":
        in_session(t)
        item = item_of(t, entry["item"], c.get("list"))
        if item is None or item["started"] is None:
            raise No("kind_not_admitted")
        only = ("delegation", "kind", "person", "language", "channel", "to")
        entry = {**copied(ENTRY), **{key: entry[key] for key in only}}
        reply(t, item, entry, status=waits(t), device=t.who["device"])
    elif c["kind"] == "explanation_of_vote":
        explain(t, entry)
    else:
        ask_to_speak(t, c.get("list"), entry)


def waits(t: Turn) -> str:
    """On the list at once, or once an operator has said yes."""
    return "requested" if t.profile["approval"] else "queued"


def ask_to_speak(t: Turn, wanted: str | None, entry: Plain) -> None:
    """For a list of speakers, or its late tray."""
    speakers = asked_list(t, wanted)
    late = over(t, speakers)
    if late and not t.profile["late_tray"]:
        raise No("list_closed")
    clean(t, speakers, entry)
    if entry["kind"] not in kinds_of(t.s["segments"][speakers["segment"]]):
        raise No("kind_not_admitted")
    if live_twin(t, speakers, entry):
        return
    too_many(t, speakers, entry)
    register(
        t,
        speakers,
        entry,
        device=t.who["device"],
        status="late" if late else waits(t),
        after_closure=late,
        limit=statement_limit(t, speakers, entry),
    )
    close_if_full(t, speakers)


def over(t: Turn, speakers: Plain) -> bool:
    """Whether a list takes no more requests."""
    passed = speakers["closes_at"] is not None and t.at >= speakers["closes_at"]
    return speakers["state"] == "closed" or (speakers["state"] == "closing" and passed)


def too_many(t: Turn, speakers: Plain, entry: Plain) -> None:
    """Refuse one statement more than a voice may make on a list."""
    most = t.profile["max_statements"]
    if most is None or entry["kind"] not in STATEMENTS or entry["override"]:
        return
    wanted = said_for(entry)
    made = [
        each
        for each in t.s["requests"].values()
        if each["list"] == speakers["id"]
        and each["kind"] in STATEMENTS
        and each["status"] in (*LIVE, "granted", "done")
        and said_for(each) == wanted
    ]
    if wanted is not None and len(made) >= most:
        raise No("max_statements")


def said_for(entry: Plain) -> str | None:
    """A group, whoever speaks for it, or a delegation."""
    if entry["group"] or entry["group_text"]:
        return f"group:{entry['group'] or entry['group_text'].casefold()}"
    found: str | None = entry["delegation"]
    return found


def statement_limit(t: Turn, speakers: Plain, entry: Plain) -> int:
    """Its own, or the list's as it was changed, or the profile's; or the recording's.

    A recording may be as long as a speech, and is introduced before (7.19).
    """
    limit = t.limit(entry["kind"], entry["delegation"])
    if entry["kind"] in STATEMENTS:
        group = entry["kind"] == "group_statement"
        tier = "group" if group else t.tier(entry["delegation"])
        table = speakers["limits"]
        limit = table.get(tier, table.get("any", limit // 1000)) * 1000
    if entry["limit_s"]:
        limit = entry["limit_s"] * 1000
    media = entry["media_s"] * 1000
    if media > limit and not entry["override"]:
        raise No("too_long")
    return t.profile["media_intro_s"] * 1000 + media if media else limit


def close_if_full(t: Turn, speakers: Plain) -> None:
    """A list closes when so many are on it."""
    capacity = t.profile["closing"]["capacity"]
    if capacity is None or speakers["state"] not in ("open", "closing"):
        return
    fills = ("statement", "group_statement", "question", "explanation_of_vote")
    live = [
        each
        for each in t.s["requests"].values()
        if each["list"] == speakers["id"]
        and each["status"] in LIVE
        and each["kind"] in fills
    ]
    if speakers["purpose"] == "speakers" and len(live) >= capacity:
        close(t, speakers, "capacity")


def close(t: Turn, speakers: Plain, basis: str) -> None:
    """A list takes no more requests."""
    speakers.update(state="closed", closed_at=t.at, basis=basis, auto_close_at=None)


def signal(t: Turn, delegation: str, text: str) -> None:
    """A call for help: one for each delegation, no place on a list (K6)."""
    t.alive()
    t.s["signals"] = {
        key: each
        for key, each in t.s["signals"].items()
        if each["delegation"] != delegation
    }
    t.s["signals"][t.new_id("t")] = {"delegation": delegation, "text": text}


def asked_list(t: Turn, wanted: str | None) -> Plain:
    """The list asked for, if it is one that delegations may ask on."""
    states = ["scheduled", "lobby", "in_session"]
    if t.profile["inscribe_while_suspended"]:
        states.append("suspended")
    t.in_state(*states)
    if wanted is None:
        if t.s["segment"] is None:
            raise No("list_not_open")
        wanted = t.s["segments"][t.s["segment"]]["list"]
    speakers = t.find("lists", wanted)
    if speakers["purpose"] != "speakers":
        raise No("list_takes_no_requests")
    if not t.s["segments"][speakers["segment"]]["requests"]:
        raise No("list_takes_no_requests")
    if speakers["state"] == "not_open":
        raise No("list_not_open")
    return speakers


def in_session(t: Turn) -> None:
    """In session; or suspended, where requests are taken then."""
    suspended = t.profile["inscribe_while_suspended"]
    t.in_state("in_session", *(["suspended"] if suspended else []))


def kinds_of(segment: Plain) -> list[str]:
    """What delegations may ask for in a segment (P7)."""
    if segment["kinds"] is not None:
        return list(segment["kinds"])
    if segment["kind"] == "panel":
        return ["question"]
    return ["statement", "group_statement"]


def clean(t: Turn, speakers: Plain, entry: Plain) -> None:
    """Trim the words of an entry and check what it names."""
    group_text = line(entry["group_text"])
    if entry["delegation"] and entry["delegation"] not in t.setup["roster"]:
        raise No("not_in_roster")
    if entry["group"] and entry["group"] not in t.setup["groups"]:
        raise No("no_such_entity")
    if entry["kind"] == "statement" and (entry["group"] or group_text):
        entry["kind"] = "group_statement"
    if entry["kind"] == "technical":
        raise No("kind_not_admitted")
    if entry["kind"] == "group_statement":
        if not entry["group"] and not group_text:
            raise No("empty")
        entry["group_text"] = "" if entry["group"] else group_text
    else:
        entry["group"], entry["group_text"] = None, ""
    for key in entry["addressed"]:
        panellist = t.find("requests", key)
        if panellist["list"] != speakers["id"] or panellist["part"] != "panellist":
            raise No("no_such_entity")
    entry["label"] = line(entry["label"])
    entry["note"] = entry["note"].strip()
    entry["person"] = person(entry["person"])


def register(t: Turn, speakers: Plain, entry: Plain, **more: Any) -> Plain:
    """A new request, with the next number."""
    key = t.new_id("r")
    t.s["numbered"] += 1
    limit_s = entry["limit_s"]
    request = {
        **copied(NEW),
        **{k: v for k, v in entry.items() if k in NEW},
        "id": key,
        "ticket": tuple(map(int, key[1:].split("."))),
        "list": speakers["id"],
        "kind": entry["kind"],
        "delegation": entry["delegation"],
        "number": t.s["numbered"],
        "registered": t.at,
        "generation": speakers["generation"],
        "after_closure": speakers["state"] == "closed",
        "own_limit": limit_s is not None,
        "media": entry["media_s"] * 1000,
        "limit": (
            limit_s * 1000 if limit_s else t.limit(entry["kind"], entry["delegation"])
        ),
        **more,
    }
    t.s["requests"][key] = request
    return request


def raise_point(t: Turn, entry: Plain, **more: Any) -> Plain | None:
    """A point, motion or response; None where it is there already."""
    found = raised(t, entry)
    return register(t, found[0], entry, **found[1], **more) if found else None


def reply(t: Turn, item: Plain, entry: Plain, **more: Any) -> Plain | None:
    """A reply on an item; None where it is there already."""
    found = replying(t, item, entry)
    return register(t, found[0], entry, **found[1], **more) if found else None


def explain(t: Turn, entry: Plain) -> None:
    """A Member explains its vote, before or after it, whatever the list's state."""
    in_session(t)
    segment = t.s["segments"].get(t.s["segment"])
    if segment is None or segment["phase"] not in (
        "explanation_before",
        "explanation_after",
    ):
        raise No("kind_not_admitted")
    if t.tier(entry["delegation"]) != "member_state":
        raise No("not_entitled")
    entry = {
        **copied(ENTRY),
        "kind": entry["kind"],
        "delegation": entry["delegation"],
        "person": person(entry["person"]),
        "language": entry["language"],
        "channel": "pad",
    }
    speakers = t.s["lists"][segment["list"]]
    if not live_twin(t, speakers, entry):
        device, status = t.who["device"], waits(t)
        more = {"device": device, "status": status, "after_closure": False}
        register(t, speakers, entry, **more)


def withdraw(t: Turn, c: Plain) -> None:
    """Off the list, also between the call and the start (F2, E11)."""
    t.alive()
    request = t.request(c["request"])
    t.own(request)
    t.live(c["request"], *LIVE)
    for key in t.s["stack"]:
        intervention = t.s["interventions"][key]
        if intervention["request"] == request["id"]:
            void(t, intervention)
    delegate = t.who["role"] == "delegate"
    t.leave(request, "withdrawn", "delegation" if delegate else "operator")
    t.undoable("withdraw")


def insert(t: Turn, c: Plain) -> None:
    """An operator puts delegations on a list, whatever its state (E20, O10)."""
    t.alive()
    speakers = t.find("lists", c["list"])
    at = c.get("at")
    if at is not None and not 0 <= at <= len(speakers["order"]):
        raise No("bad_place")
    made = []
    for given in c["entries"]:
        new = enter(t, speakers, {**copied(ENTRY), **given}, at is not None)
        if new:
            made.append(new)
    if not made:
        raise No("already_on_list")
    if at is not None:
        here = [each["id"] for each in made if each["list"] == speakers["id"]]
        speakers["order"][at:at] = here
    close_if_full(t, speakers)
    t.undoable("insert")


def enter(t: Turn, speakers: Plain, entry: Plain, placed: bool) -> Plain | None:
    """One line of an operator's; None where it is there already."""
    if entry["kind"] == "right_of_reply":
        if entry["delegation"] is None:
            raise No("empty")
        if entry["delegation"] not in t.setup["roster"]:
            raise No("not_in_roster")
        item = item_of(t, entry["item"], speakers["id"])
        if item is None:
            raise No("kind_not_admitted")
        fixed = placed and speakers["id"] == item["replies"]
        return reply(t, item, entry, confirmed=True, fixed=fixed)
    if entry["kind"] in INTERRUPTING:
        if speakers["purpose"] != "points":
            raise No("kind_not_admitted")
        return raise_point(t, entry, confirmed=True, fixed=placed)
    if speakers["purpose"] != "speakers":
        raise No("kind_not_admitted")
    clean(t, speakers, entry)
    nobody(entry)
    if live_twin(t, speakers, entry):
        return None
    too_many(t, speakers, entry)
    limit = statement_limit(t, speakers, entry)
    return register(t, speakers, entry, confirmed=True, fixed=placed, limit=limit)


def nobody(entry: Plain) -> None:
    """Refuse an entry for nobody."""
    if not (entry["delegation"] or entry["person"] or entry["label"]):
        raise No("empty")


def move(t: Turn, c: Plain) -> None:
    """By hand to another place, where it stays (O7)."""
    t.alive()
    request = t.live(c["request"])
    order = t.s["lists"][request["list"]]["order"]
    shown = (c["expect"]["request"], c["expect"]["place"])
    if shown != (request["id"], order.index(request["id"])):
        raise No("stale")
    if request["status"] == "called" or not 0 <= c["to"] < len(order):
        raise No("bad_place")
    t.put_at(request, c["to"])
    request["fixed"] = True
    t.undoable("move")


RULES = {
    "request_floor": request_floor,
    "withdraw": withdraw,
    "insert": insert,
    "move": move,
}
