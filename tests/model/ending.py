"""How an intervention ends: heard, without an answer, or taken back (RULES 6, 7)."""

from typing import Any

from model.base import INTERRUPTING, No, Plain, Turn, allotted, stop, used
from model.order import tier_of
from model.shown import on_floor
from model.stack import leave_floor, rules_of, void

COUNTS = ("statement", "group_statement", "question", "explanation_of_vote")


def end(t: Turn, c: Plain) -> None:
    """Over, or the rest is kept for later (F11, E1)."""
    top = on_floor(t, c, "speaking", "paused")
    request = t.s["requests"][top["request"]]
    t.own(request)
    returns = c.get("returns", False)
    if returns and t.who["role"] == "delegate":
        raise No("not_permitted")
    left = allotted(top) - used(top, t.at)
    returns = returns and left > 0 and request["kind"] != "chair"
    finish(t, top, "returned" if returns else "delivered")
    if returns:
        back(t, top, request, place=1, limit=left)
        request["resume_of"] = top["id"]
    t.undoable("end")


def finish(t: Turn, top: Plain, outcome: str) -> None:
    """A row of the record; whoever was interrupted goes on."""
    request = t.s["requests"][top["request"]]
    stop(top, t.at, outcome)
    top["counted"] = counts(t, request) and top["resume_of"] is None
    top["by"] = "delegation" if t.who["role"] == "delegate" else "operator"
    request.update(status="done", ended=t.at)
    t.s["delivered"].append(top["id"])
    leave_floor(t, top)


def counts(t: Turn, request: Plain) -> bool:
    """Whether what is said by a request is an intervention of its voice (K7)."""
    if request["part"] == "perspective":
        segment = t.s["lists"][request["list"]]["segment"]
        return bool(t.s["segments"][segment]["perspectives_count"])
    if request["kind"] in INTERRUPTING:
        return bool(rules_of(t, request["kind"])["counts"])
    return request["kind"] in COUNTS


def back(t: Turn, top: Plain, request: Plain, place: int, limit: int) -> None:
    """On the list again behind the next few, and told anew when its time comes."""
    t.put_at(request, place)
    request.update(status="queued", fixed=True, limit=limit, told=False, ended=None)


def no_show(t: Turn, c: Plain) -> None:
    """Nobody answered (E3)."""
    top = on_floor(t, c, "called")
    request = t.s["requests"][top["request"]]
    void(t, top)
    too_often = request["returns"] >= t.profile["returns"]
    if c.get("drop") or too_often or request["kind"] in INTERRUPTING:
        t.leave(request, "no_show", "no_show")
    else:
        back(t, top, request, return_place(t, request), top["limit"])
        request["returns"] += 1
    t.undoable("no_show")


def return_place(t: Turn, request: Plain) -> int:
    """Behind the next few, or behind the last of its own category."""
    speakers = t.s["lists"][request["list"]]
    if t.profile["no_show"] == "end_of_category":
        others = [key for key in speakers["order"] if key != request["id"]]
        ranks = [
            t.profile["tiers"][tier_of(t, speakers, t.s["requests"][key])]
            for key in others
        ]
        own = t.profile["tiers"][tier_of(t, speakers, request)]
        if own in ranks:
            return len(ranks) - ranks[::-1].index(own)
    return int(t.profile["return_after"])


def revoke(t: Turn, c: Plain) -> None:
    """Take the floor back (F12, E8)."""
    top = on_floor(t, c, "called", "speaking", "paused")
    request = t.s["requests"][top["request"]]
    heard = top["started"] is not None
    if c["reason"] == "mistake" and not (heard and c.get("counts")):
        void(t, top)
        if request["kind"] == "chair":
            t.leave(request, "declined", "declined")
        else:
            request.update(status="queued", ended=None)
            if heard:
                mistaken(t, top, request)
    elif heard:
        finish(t, top, "delivered" if c["reason"] == "mistake" else c["reason"])
    else:
        void(t, top)
        t.leave(request, "declined", "declined")
    t.undoable("revoke")


def mistaken(t: Turn, top: Plain, request: Plain) -> None:
    """Back behind those who stood before it and are still there."""
    order = t.s["lists"][request["list"]]["order"]
    before = [order.index(key) for key in top["ahead"] if key in order]
    t.put_at(request, max(before) + 1 if before else 0)


RULES: dict[str, Any] = {
    "end": end,
    "no_show": no_show,
    "revoke": revoke,
}
