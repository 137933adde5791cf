"""The clock of an intervention: held, resumed, given more, begun again (RULES 6, 7)."""

from typing import Any

from model.base import (
    LIVE,
    TECHNICAL_REASONS,
    No,
    Plain,
    Turn,
    allotted,
    go_on,
    hold,
    phase,
    used,
)
from model.order import tier_of
from model.shown import on_floor
from model.stack import pending


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
    # something was done, also where the clock had just begun
    top["resets"] += 1
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


RULES: dict[str, Any] = {
    "pause": pause,
    "line_lost": line_lost,
    "resume": resume,
    "extend": extend,
    "reset_clock": reset_clock,
    "credit": credit,
    "server_returned": server_returned,
    "cut_due": cut_due,
    "silent": silent,
}
