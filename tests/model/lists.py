"""The states of a list of speakers, its order, its limits and draws (RULES 3-5)."""

from typing import Any

from model import lots
from model.asking import close, close_if_full
from model.base import LIVE, No, Plain, Turn, line

MINUTE = 60_000


def open_lists(t: Turn) -> None:
    """The lists of segments that take requests open."""
    for segment in t.s["segments"].values():
        speakers = t.s["lists"][segment["list"]]
        announced = (speakers["opens_at"] or 0) > t.at
        if segment["requests"] and speakers["state"] == "not_open" and not announced:
            opened(t, speakers)


def opened(t: Turn, speakers: Plain) -> None:
    """A list takes requests from now on, or those that are to be drawn by lot."""
    minutes = t.profile["lot_window_min"]
    if speakers["policy"] == "lot" and minutes:
        speakers.update(state="lot_window", lot_until=t.at + minutes * MINUTE)
        if not speakers["commitment"]:
            lots.promised(t, speakers)
    else:
        speakers.update(state="open", closed_at=None, lot_until=None)
    if speakers["segment"] and speakers["segment"] == t.s["segment"]:
        begun(t, t.s["segments"][speakers["segment"]])


def begun(t: Turn, segment: Plain) -> None:
    """The list of a segment that runs closes so long after its beginning."""
    after = t.profile["closing"]["after_start_min"]
    speakers = t.s["lists"][segment["list"]]
    if after is None or segment["started"] is None or speakers["generation"]:
        # once reopened it is the chair who closes it
        return
    closes_at = segment["started"] + after * MINUTE
    takes = speakers["state"] in ("open", "lot_window")
    if takes and speakers["auto_close_at"] is None and closes_at > t.at:
        speakers["auto_close_at"] = closes_at


def later(t: Turn, at: int | None) -> None:
    """An instant that must lie ahead, if there is one."""
    if at is not None and at <= t.at:
        raise No("bad_time")


def shown_list(t: Turn, c: Plain, *states: str) -> Plain:
    """The list that the button showed, as it showed it (L6)."""
    t.alive()
    expect = c["expect"]
    speakers = t.find("lists", expect["list"])
    if (speakers["state"], speakers["generation"]) != (
        expect["state"],
        expect["generation"],
    ):
        raise No("stale")
    if states and speakers["purpose"] != "speakers":
        # points and replies are taken whatever the state of a list
        raise No("not_enabled")
    if states and speakers["state"] not in states:
        raise No("stale")
    return speakers


def open_list(t: Turn, c: Plain) -> None:
    """L1."""
    speakers = shown_list(t, c, "not_open")
    later(t, c.get("at"))
    if c.get("at") is None:
        opened(t, speakers)
    else:
        speakers["opens_at"] = c["at"]
    t.undoable("open_list")


def list_opens(t: Turn, c: Plain) -> None:
    """The announced opening time has come."""
    speakers = t.find("lists", c["list"])
    if (speakers["state"], speakers["opens_at"]) != ("not_open", c["opens_at"]):
        raise No("stale")
    opened(t, speakers)


def lot_window_ends(t: Turn, c: Plain) -> None:
    """Who asked until now is drawn, and the list opens for all."""
    speakers = t.find("lists", c["list"])
    if (speakers["state"], speakers["lot_until"]) != ("lot_window", c["until"]):
        raise No("stale")
    lots.draw(t, speakers)
    speakers.update(state="open", closed_at=None, lot_until=None)
    close_if_full(t, speakers)


def list_auto_closes(t: Turn, c: Plain) -> None:
    """So long after the beginning of its segment."""
    speakers = t.find("lists", c["list"])
    if (speakers["state"], speakers["auto_close_at"]) != ("open", c["closes_at"]):
        raise No("stale")
    close(t, speakers, "after_start")


def announce_closing(t: Turn, c: Plain) -> None:
    """L3."""
    speakers = shown_list(t, c, "open", "closing")
    later(t, c["closes_at"])
    speakers.update(state="closing", closes_at=c["closes_at"], auto_close_at=None)
    t.undoable("announce_closing")


def close_list(t: Turn, c: Plain) -> None:
    """OPEN or CLOSING to CLOSED."""
    speakers = shown_list(t, c, "open", "closing", "lot_window")
    close(t, speakers, line(c.get("basis", "")))
    t.undoable("close_list")


def list_time_up(t: Turn, c: Plain) -> None:
    """The announced time has come (L3)."""
    speakers = t.find("lists", c["list"])
    if (speakers["state"], speakers["closes_at"]) != ("closing", c["closes_at"]):
        raise No("stale")
    close(t, speakers, "announced")


def reopen_list(t: Turn, c: Plain) -> None:
    """L5: a new generation, with its basis."""
    speakers = shown_list(t, c, "closed")
    basis = line(c["basis"])
    if not basis:
        raise No("empty")
    speakers.update(state="open", closes_at=None, closed_at=None, basis=basis)
    speakers["generation"] += 1
    t.undoable("reopen_list")


def set_policy(t: Turn, c: Plain) -> None:
    """Another order; places that are kept stay."""
    speakers = shown_list(t, c)
    if speakers["purpose"] != "speakers":
        raise No("not_enabled")
    modifiers = sorted(set(c.get("modifiers", ())))
    speakers.update(policy=c["policy"], modifiers=modifiers)
    t.undoable("set_policy")


def draw(t: Turn, c: Plain) -> None:
    """By lot, in public; never undone."""
    speakers = shown_list(t, c)
    if speakers["state"] == "lot_window" or not lots.draw(t, speakers):
        raise No("nothing_to_draw")


def set_limit(t: Turn, c: Plain) -> None:
    """Another limit for those not yet called (7.7, section 4)."""
    speakers = shown_list(t, c)
    if speakers["purpose"] != "speakers":
        raise No("list_takes_no_requests")
    speakers["limits"] = {tier: limit_for(t, c, tier) for tier in t.setup["tiers"]}
    for each in t.s["requests"].values():
        if (
            each["list"] == speakers["id"]
            and each["kind"] in ("statement", "group_statement")
            and each["status"] in LIVE
            and each["status"] != "called"
            and not each["own_limit"]
            and not each["media"]
            and each["resume_of"] is None
        ):
            grouped = each["kind"] == "group_statement"
            tier = "group" if grouped else t.tier(each["delegation"])
            each["limit"] = speakers["limits"][tier] * 1000
    t.undoable("set_limit")


def limit_for(t: Turn, c: Plain, tier: str) -> int:
    """A tier's share of a Member's limit, in steps that can be said aloud."""
    seconds = int(c["seconds"])
    limits = t.profile["limits"]
    table = limits["statement"]
    own = table.get(tier, table.get("any", 180))
    if tier == "group":
        groups = limits.get("group_statement") or {}
        own = groups.get("group", groups.get("any", 180)) if groups else own
    member = table.get("member_state", table.get("any", 180))
    if own == member or not c.get("scaled", True):
        return seconds
    exact = seconds * own // member
    short, long = t.profile["limit_step_short_s"], t.profile["limit_step_s"]
    step = short if exact < 120 else long
    return max(short, exact // step * step)


RULES: dict[str, Any] = {
    "open_list": open_list,
    "announce_closing": announce_closing,
    "close_list": close_list,
    "list_time_up": list_time_up,
    "reopen_list": reopen_list,
    "set_policy": set_policy,
    "list_opens": list_opens,
    "lot_window_ends": lot_window_ends,
    "list_auto_closes": list_auto_closes,
    "draw": draw,
    "set_limit": set_limit,
}
