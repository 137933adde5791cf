"""The floor: calls, clocks and ends (RULES 6, 7)."""

from typing import Any

from model.asking import ENTRY, close, register
from model.base import (
    INTERRUPTING,
    LIVE,
    TECHNICAL_REASONS,
    No,
    Plain,
    Turn,
    allotted,
    copied,
    go_on,
    hold,
    line,
    phase,
    stop,
    used,
)
from model.order import tier_of
from model.stack import (
    goes_on,
    leave_floor,
    pending,
    rules_of,
    rulings,
    shown_top,
    void,
)

COUNTS = ("statement", "group_statement", "question", "explanation_of_vote")


def on_floor(t: Turn, c: Plain, *phases: str) -> Plain:
    """The intervention that the button showed, in the phase that it showed (F10)."""
    top = t.top()
    if t.who["role"] == "delegate":
        meant = own_part(t, c)
        # a call to somebody else is nothing that a delegation knows of
        standing = [t.s["interventions"][key] for key in t.s["stack"]]
        seen = [e for e in standing if e["started"] is not None or e is meant]
        top = seen[-1] if seen else None
    return in_phase(top, c, *phases)


def own_part(t: Turn, c: Plain) -> Plain:
    """The delegation's own intervention, which its pad showed."""
    meant: Plain | None = t.s["interventions"].get(c["expect"]["intervention"])
    if meant is None:
        raise No("not_your_delegation")
    t.own(t.s["requests"][meant["request"]])
    return meant


def in_phase(top: Plain | None, c: Plain, *phases: str) -> Plain:
    """That one, in the phase shown, which is one of *phases*."""
    expect = c["expect"]
    if top is None or (top["id"], phase(top)) != (
        expect["intervention"],
        expect["phase"],
    ):
        raise No("stale")
    if phase(top) not in phases:
        raise No("wrong_phase")
    return top


def given(t: Turn, request: Plain, over: str | None = None) -> Plain:
    """The floor is given: an intervention that waits for its start."""
    speakers = t.s["lists"][request["list"]]
    order = speakers["order"]
    place = order.index(request["id"]) if request["id"] in order else 0
    key = t.new_id("i")
    intervention: Plain = {
        "id": key,
        "request": request["id"],
        "list": request["list"],
        "segment": speakers["segment"] or t.s["segment"],
        "ahead": order[:place],
        "resume_of": request["resume_of"],
        "called": t.at,
        "attempts": 1,
        "ready": False,
        "started": None,
        "ended": None,
        "runs": [],
        "holds": [],
        "limit": request["limit"],
        "extension": 0,
        "credit": 0,
        "line_lost": False,
        "outcome": None,
        "counted": False,
        "by": None,
        "over": over,
        "ruling": None,
        "appeal": None,
        "ruling_note": "",
        "cut": False,
    }
    t.s["interventions"][key] = intervention
    request["status"] = "called"
    if speakers["purpose"] != "points":
        request["told"] = True
    if speakers["purpose"] == "speakers":
        t.s["segments"][intervention["segment"]]["called"] = True
    t.s["stack"].append(key)
    return intervention


def call(t: Turn, c: Plain) -> None:
    """Give the floor to one on the running list (F3, F4, F6)."""
    if c["expect"]["head"] != t.head():
        raise No("stale")
    t.in_state("in_session")
    top = t.top()
    if top:
        if top["request"] == c["request"] and top["started"] is None:
            top["attempts"] += 1
            return
        raise No("floor_occupied")
    request = t.live(c["request"])
    running = t.running_list()
    assert running is not None
    if request["list"] != running["id"]:
        raise No("not_on_list")
    t.callable(request)
    given(t, request)
    last = t.profile["closing"]["before_last"]
    if last is not None and running["purpose"] == "speakers":
        if running["state"] in ("open", "closing") and len(running["order"]) <= last:
            close(t, running, "before_last")
    t.undoable("call")


def recognise(t: Turn, c: Plain) -> None:
    """A point gets the floor, over whoever speaks (7.5)."""
    shown_top(t, c)
    t.in_state("in_session")
    request = t.live(c["request"])
    if request["list"] != "p1.0":
        raise No("not_on_list")
    top = t.top()
    if request["status"] == "called":
        if top and top["request"] == request["id"]:
            top["attempts"] += 1
            return
        raise No("floor_occupied")
    t.callable(request)
    rules = rules_of(t, request["kind"])
    standing = [t.s["interventions"][key] for key in t.s["stack"]]
    if not rules["enabled"]:
        raise No("not_enabled")
    if rules["when"] == "between" and any(e["started"] is not None for e in standing):
        raise No("floor_occupied")
    kinds = [t.s["requests"][each["request"]]["kind"] for each in standing]
    if sum(k in INTERRUPTING for k in kinds) >= t.profile["interruption_depth"]:
        raise No("depth_reached")
    speaks = top is not None and top["started"] is not None
    given(t, request, over=top["id"] if top and speaks else None)
    if top and phase(top) == "speaking" and rules["clock"] != "run_on":
        hold(top, t.at, "interruption")
    t.undoable("recognise")


def rule(t: Turn, c: Plain) -> None:
    """The chair's ruling, and how the interrupted goes on."""
    t.in_state("in_session", "suspended", "rose")
    ruled = t.find("interventions", c["intervention"])
    request = t.s["requests"][ruled["request"]]
    if ruled["outcome"] in (None, "voided", "returned"):
        raise No("wrong_phase")
    appeal = c.get("appeal")
    of_order = request["kind"] == "point_of_order"
    if c["ruling"] not in rulings(request) or (appeal and not of_order):
        raise No("not_enabled")
    then = c.get("then", "go_on")
    top = t.top()
    if then == "end":
        if top is None:
            raise No("floor_idle")
        if top["id"] != ruled["over"]:
            raise No("stale")
    note = line(c.get("note", ""))
    ruled.update(ruling=c["ruling"], appeal=appeal, ruling_note=note)
    if then == "end" and top:
        finish(t, top, "order")
    elif then == "go_on" and ruled["over"]:
        goes_on(t, t.s["interventions"][ruled["over"]])
    t.undoable("rule")


def chair_remarks(t: Turn, c: Plain) -> None:
    """The presider speaks at once, on nobody's list."""
    shown_top(t, c)
    t.in_state("in_session")
    if t.s["stack"]:
        raise No("floor_occupied")
    name, function = t.s["segments"][t.s["segment"]]["presider"]
    named = name and name != "to be announced"
    entry = {
        **copied(ENTRY),
        "kind": "chair",
        "label": function,
        "person": {"name": name, "title": ""} if named else None,
    }
    request = register(t, t.s["lists"]["p1.0"], entry, confirmed=True)
    begin(t, given(t, request))
    t.undoable("chair_remarks")


def ready(t: Turn, c: Plain) -> None:
    """A device says so; nothing starts unless the profile says (F7)."""
    mine = own_part(t, c)
    if mine["id"] in t.s["stack"]:
        # also beneath an interruption
        in_phase(mine, c, "called", "paused")
    else:
        on_floor(t, c, "called", "paused")
    if phase(mine) == "paused" and not mine["line_lost"]:
        raise No("wrong_phase")
    mine["ready"] = True
    at_ready = t.profile["clock_starts"] == "at_ready"
    if at_ready and phase(mine) == "called" and mine is t.top():
        begin(t, mine)


def begin(t: Turn, top: Plain) -> None:
    """The clock runs, and the request is off the list."""
    top["started"] = t.at
    top["runs"].append([t.at, None])
    t.s["requests"][top["request"]]["status"] = "granted"


def start(t: Turn, c: Plain) -> None:
    """The clock starts at the operator's press (F8)."""
    t.in_state("in_session")
    begin(t, on_floor(t, c, "called"))
    t.undoable("start")


def pause(t: Turn, c: Plain) -> None:
    """The clock stands still, with its reason (F9)."""
    if c["reason"] in ("suspension", "interruption"):
        raise No("wrong_phase")
    hold(on_floor(t, c, "speaking"), t.at, c["reason"])
    t.undoable("pause")


def line_lost(t: Turn, c: Plain) -> None:
    """One moment please; ready is to be said anew (E1)."""
    top = on_floor(t, c, "speaking")
    hold(top, t.at, "connection")
    top.update(line_lost=True, ready=False)
    t.undoable("line_lost")


def resume(t: Turn, c: Plain) -> None:
    """Go on with what was left, and the credit (F9)."""
    t.in_state("in_session")
    top = on_floor(t, c, "paused")
    if pending(t, top):
        raise No("ruling_pending")
    if top["line_lost"]:
        credit = t.profile["line_lost_credit_s"]
    elif top["holds"][-1][0] in TECHNICAL_REASONS:
        credit = t.profile["pause_credit_s"]
    else:
        credit = 0
    if c.get("credit_s") is not None:
        credit = c["credit_s"]
    go_on(top, t.at)
    more_time(top, credit * 1000)
    top["line_lost"] = False
    t.undoable("resume")


def extend(t: Turn, c: Plain) -> None:
    """More time, up to the cap in percent of the limit (E7)."""
    top = on_floor(t, c, "called", "speaking", "paused")
    cap = top["limit"] * t.profile["extension_cap_percent"] // 100
    if top["extension"] + c["seconds"] * 1000 > cap:
        raise No("extension_cap")
    top["extension"] += c["seconds"] * 1000
    top["cut"] = False
    if c.get("rest"):
        extend_rest(t, top, c["seconds"] * 1000)
    t.undoable("extend")


def more_time(top: Plain, ms: int) -> None:
    """Time given back; a cut that was signalled is no longer due."""
    top["credit"] += ms
    top["cut"] = top["cut"] and not ms


def extend_rest(t: Turn, top: Plain, ms: int) -> None:
    """The same for all of this tier and kind who are still to come."""
    own = t.s["requests"][top["request"]]
    speakers = t.s["lists"][top["list"]]
    for each in t.s["requests"].values():
        if (
            each["list"] == top["list"]
            and each["kind"] == own["kind"]
            and each["status"] in LIVE
            and each["status"] != "called"
            and tier_of(t, speakers, each) == tier_of(t, speakers, own)
        ):
            each["limit"] += ms


def reset_clock(t: Turn, c: Plain) -> None:
    """The speaker begins again with the whole limit (7.6)."""
    top = on_floor(t, c, "speaking", "paused")
    top["runs"] = [] if phase(top) == "paused" else [[t.at, None]]
    top["cut"] = False
    t.undoable("reset_clock")


def credit(t: Turn, c: Plain) -> None:
    """What is given back for a downtime (E16)."""
    top = on_floor(t, c, "speaking", "paused")
    if not t.s["downtime"] or c["ms"] > t.s["downtime"]:
        raise No("stale")
    more_time(top, c["ms"])
    t.s["downtime"] = 0
    t.undoable("credit")


def server_returned(t: Turn, c: Plain) -> None:
    """The server was away while a clock ran (E16)."""
    top = t.top()
    if top is None or phase(top) != "speaking":
        raise No("floor_idle")
    since = max(c["since"], top["runs"][-1][0])
    t.s["downtime"] += max(0, c["until"] - since)


def cut_at(t: Turn) -> int | None:
    """When the cut is signalled to who is on top of the floor (HARD)."""
    top = t.top()
    if t.profile["enforcement"] != "hard" or top is None or top["cut"]:
        return None
    if phase(top) != "speaking":
        return None
    if t.s["requests"][top["request"]]["kind"] == "chair":
        return None
    left = allotted(top) - used(top, t.at)
    return int(t.at + left + t.profile["grace_s"] * 1000)


def cut_due(t: Turn, c: Plain) -> None:
    """Limit and grace are over."""
    due = cut_at(t)
    if due is None or t.s["stack"][-1] != c["intervention"]:
        raise No("stale")
    if due != c["deadline"] or t.at < due:
        raise No("stale")
    t.s["interventions"][c["intervention"]]["cut"] = True


def silent(t: Turn, c: Plain) -> None:
    """All devices of the speaker are gone: held, where the profile says so."""
    if not t.profile["auto_hold"]:
        raise No("not_enabled")
    top = t.top()
    if top is None or phase(top) != "speaking" or top["id"] != c["intervention"]:
        raise No("stale")
    hold(top, t.at, "connection")
    top.update(line_lost=True, ready=False)


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
    "call": call,
    "recognise": recognise,
    "rule": rule,
    "chair_remarks": chair_remarks,
    "reset_clock": reset_clock,
    "cut_due": cut_due,
    "silent": silent,
    "ready": ready,
    "start": start,
    "pause": pause,
    "line_lost": line_lost,
    "resume": resume,
    "extend": extend,
    "credit": credit,
    "end": end,
    "no_show": no_show,
    "revoke": revoke,
    "server_returned": server_returned,
}
