"""Points of order, motions, responses; replies (RULES 2-4, 7.5, 7.15)."""

from typing import Any

from model.base import (
    INTERRUPTING,
    LIVE,
    STATEMENTS,
    No,
    Plain,
    Turn,
    capacity,
    line,
    person,
)
from model.stack import rules_of

TO_COME_OR_HEARD = (*LIVE, "granted", "done")


def live_twin(t: Turn, speakers: Plain, entry: Plain) -> Plain | None:
    """The live request of the same voice, list and family (I3)."""
    wanted = capacity(entry)
    for request in t.s["requests"].values():
        same = request["list"] == speakers["id"] and request["status"] in LIVE
        if wanted and same and capacity(request) == wanted:
            found: Plain = request
            return found
    return None


def tidy(entry: Plain) -> None:
    """Words trimmed; a point or a reply is for no group."""
    entry.update(
        group=None,
        group_text="",
        label=line(entry["label"]),
        note=entry["note"].strip(),
        person=person(entry["person"]),
    )


def raised(t: Turn, entry: Plain) -> tuple[Plain, Plain] | None:
    """The list of points, with what is new of the entry; None if it was raised."""
    t.in_state("in_session")
    tidy(entry)
    if entry["delegation"] and entry["delegation"] not in t.setup["roster"]:
        raise No("not_in_roster")
    if not (entry["delegation"] or entry["person"] or entry["label"]):
        raise No("empty")
    running = t.s["segments"].get(t.s["segment"])
    kind = entry["kind"]
    voting = running is not None and running["phase"] == "voting"
    if voting and kind not in ("point_of_order", "technical"):
        raise No("kind_not_admitted")
    if not rules_of(t, kind)["enabled"]:
        raise No("not_enabled")
    own = t.setup["roster"].get(entry["delegation"], {})
    entitled = {
        "point_of_order": bool(own.get("may_order")),
        "procedural_motion": own.get("tier") == "member_state",
    }
    if not entry["override"] and not entitled.get(kind, True):
        raise No("not_entitled")
    points = t.s["lists"]["p1.0"]
    if live_twin(t, points, entry):
        return None
    more: Plain = {"trigger": None}
    on_motion(t, entry)
    if kind == "response":
        more["trigger"] = trigger(t, entry)
    return points, more


def on_motion(t: Turn, entry: Plain) -> None:
    """Which motion it is, or on which one speaks, and on which side."""
    if entry["kind"] != "procedural_motion":
        entry.update(motion=None, side=None, on=None)
        return
    if entry["on"] is None:
        if entry["motion"] is None:
            raise No("empty")
        entry["side"] = None
        return
    moved = t.s["requests"].get(entry["on"])
    if moved is None or moved["motion"] is None or moved["on"] is not None:
        raise No("no_such_entity")
    if entry["side"] is None:
        raise No("empty")
    decided = any(
        each["request"] == moved["id"] and each["ruling"]
        for each in t.s["interventions"].values()
    )
    if decided or moved["status"] not in TO_COME_OR_HEARD:
        raise No("not_on_list")
    entry["motion"] = moved["motion"]


def trigger(t: Turn, entry: Plain) -> str:
    """Who speaks, or spoke last: a response is to this one (RULES 4)."""
    for key in reversed([*t.s["delivered"], *t.s["stack"]]):
        heard = t.s["interventions"][key]
        kind = t.s["requests"][heard["request"]]["kind"]
        if heard["started"] is not None and kind not in INTERRUPTING:
            break
    else:
        raise No("floor_idle")
    most = rules_of(t, "response")["per_trigger"]
    made = [
        each
        for each in t.s["requests"].values()
        if each["trigger"] == key and each["status"] in TO_COME_OR_HEARD
    ]
    if most is not None and len(made) >= most and not entry["override"]:
        raise No("max_responses")
    return str(key)


# Replies


def item_of(t: Turn, item: str | None, named: str | None) -> Plain | None:
    """The item said, that of the list named, or the running one."""
    if item is None and named:
        item = t.find("lists", named)["segment"]
    elif item is not None:
        t.find("segments", item)
    wanted = item or t.s["segment"]
    found: Plain | None = t.s["segments"].get(wanted)
    return found


def day(t: Turn, at: int) -> int:
    """The day of the meeting: how many midnights have passed."""
    return sum(midnight <= at for midnight in t.setup.get("midnights", ()))


def ledger(t: Turn, item: str) -> list[Plain]:
    """Today's replies on an item that are made or to come."""
    return [
        each
        for each in t.s["requests"].values()
        if each["kind"] == "right_of_reply"
        and each["item"] == item
        and each["status"] in TO_COME_OR_HEARD
        and day(t, each["registered"]) == day(t, t.at)
    ]


def replying(t: Turn, item: Plain, entry: Plain) -> tuple[Plain, Plain] | None:
    """The list of replies, with turn and limit; None if it is there already."""
    speakers = t.s["lists"][item["replies"]]
    tidy(entry)
    entry.update(item=item["id"], rank=None, media_s=0, addressed=[])
    if live_twin(t, speakers, entry):
        return None
    rules = t.profile["replies"]
    if rules is None or not rules["limits_s"]:
        raise No("not_enabled")
    if entry["to"] is not None and entry["to"] not in t.setup["roster"]:
        raise No("not_in_roster")
    known = ledger(t, item["id"])
    turn = 1 + len([r for r in known if r["delegation"] == entry["delegation"]])
    why = against(t, item, entry, known)
    if why and not entry["override"]:
        raise No(why)
    limit_s = rules["limits_s"][min(turn, len(rules["limits_s"])) - 1]
    more: dict[str, Any] = {
        "turn": turn,
        "override": why is not None,
        "trigger": statement_of(t, item["id"], entry["to"]),
    }
    if not entry["limit_s"]:
        more["limit"] = limit_s * 1000
    return speakers, more


def against(t: Turn, item: Plain, entry: Plain, known: list[Plain]) -> str | None:
    """What speaks against a reply, as a code; *known* are those of today."""
    rules = t.profile["replies"]
    turn = 1 + len([r for r in known if r["delegation"] == entry["delegation"]])
    own = t.setup["roster"][entry["delegation"]]
    if not own["may_reply"]:
        return "not_entitled"
    if turn > min(own.get("replies") or 99, len(rules["limits_s"])):
        return "max_replies"
    running = t.s["segments"].get(t.s["segment"])
    second_round = (
        running is not None
        and running["phase"] == "reply_2"
        and running["replies"] == item["replies"]
    )
    if (turn > 1 or second_round) and rules["second"] == "involved":
        first = [each for each in known if each["turn"] == 1]
        if not any(
            entry["delegation"] in (each["delegation"], each["to"]) for each in first
        ):
            return "not_entitled"
    spoken = statement_of(t, item["id"], entry["to"])
    if spoken:
        request = t.s["requests"][t.s["interventions"][spoken]["request"]]
        if request["rank"] in rules["in_writing_to"]:
            return "in_writing"
    return None


def statement_of(t: Turn, item: str, who: str | None) -> str | None:
    """The last statement that a delegation has made on an item."""
    for key in reversed(t.s["delivered"]):
        heard = t.s["interventions"][key]
        request = t.s["requests"][heard["request"]]
        theirs = who is not None and request["delegation"] == who
        here = heard["segment"] == item and request["kind"] in STATEMENTS
        if theirs and here:
            return str(key)
    return None
