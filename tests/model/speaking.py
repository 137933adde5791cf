"""The floor: calls, points recognised and ruled on, starts (RULES 6, 7.5)."""

from typing import Any

from model.asking import close, register
from model.base import (
    INTERRUPTING,
    No,
    Plain,
    Turn,
    copied,
    hold,
    line,
    phase,
)
from model.ending import finish
from model.fields import ENTRY
from model.shown import in_phase, on_floor, own_part
from model.stack import goes_on, rules_of, rulings, shown_top


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
        "resets": 0,
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
        "corrections": [],
        "said": [],
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
    may = running["purpose"] == "speakers" and running["state"] in ("open", "closing")
    if may and last is not None and len(running["order"]) <= last:
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
    # who is called only is not interrupted, and waits beneath
    begun = [each["id"] for each in standing if each["started"] is not None]
    given(t, request, over=begun[-1] if begun else None)
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


RULES: dict[str, Any] = {
    "call": call,
    "recognise": recognise,
    "rule": rule,
    "chair_remarks": chair_remarks,
    "ready": ready,
    "start": start,
}
