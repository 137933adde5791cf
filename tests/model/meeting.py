"""The meeting's states, its segments, and the states of its lists (RULES 1-3)."""

from typing import Any

from model.asking import close
from model.base import LIVE, No, Plain, Turn, hold, line, phase, stop
from model.lists import begun, later, open_lists
from model.stack import off

PHASES_OF_REPLIES = {"reply_1": 1, "reply_2": 2}
#: What delegations ask to say, and may say at the next meeting or in writing.
TO_BE_CARRIED = ("statement", "group_statement", "question", "explanation_of_vote")


def shown_state(t: Turn, c: Plain, *states: str) -> None:
    """The state that the screen showed, and one that the command fits (M8)."""
    if c["expect"]["state"] != t.s["state"]:
        raise No("stale")
    t.in_state(*states)


def open_lobby(t: Turn, c: Plain) -> None:
    """M1."""
    shown_state(t, c, "scheduled")
    t.s["state"] = "lobby"
    if t.profile["lists_open"] == "at_lobby":
        open_lists(t)


def call_to_order(t: Turn, c: Plain) -> None:
    """M2."""
    shown_state(t, c, "lobby")
    t.s["state"] = "in_session"
    if t.profile["lists_open"] == "at_order":
        open_lists(t)
    enter(t, next(iter(t.s["segments"])))


def enter(t: Turn, key: str) -> None:
    """A segment begins, and the one before it is done."""
    if t.s["segment"]:
        t.s["segments"][t.s["segment"]].update(state="done", ended=t.at)
    segment = t.s["segments"][key]
    segment.update(state="running", ended=None)
    if segment["started"] is None:
        segment["started"] = t.at
    t.s["segment"] = key
    begun(t, segment)


def suspend(t: Turn, c: Plain) -> None:
    """M3: a call is taken back, a running clock is held."""
    shown_state(t, c, "lobby", "in_session")
    later(t, c.get("resume_at"))
    for key in reversed(t.s["stack"]):
        intervention = t.s["interventions"][key]
        if intervention["started"] is None:
            stop(intervention, t.at, "voided")
            off(t, key)
            request = t.s["requests"][intervention["request"]]
            request.update(status="queued", limit=intervention["limit"])
        elif phase(intervention) == "speaking":
            hold(intervention, t.at, "suspension")
    t.s.update(
        state="suspended",
        suspended_reason=line(c.get("reason", "")),
        resume_at=c.get("resume_at"),
        acts=(),
    )


def resume_meeting(t: Turn, c: Plain) -> None:
    """M5."""
    shown_state(t, c, "suspended")
    began = t.s["segment"] is not None
    back = "in_session" if began else "lobby"
    t.s.update(state=back, suspended_reason="", resume_at=None)


def idle(t: Turn) -> None:
    """Only while nobody has the floor."""
    if t.s["stack"]:
        raise No("floor_occupied")


def adjourn(t: Turn, c: Plain) -> None:
    """M6: open lists close, and whoever was not heard goes."""
    shown_state(t, c, "in_session", "suspended")
    later(t, c.get("written_until"))
    idle(t)
    for speakers in t.s["lists"].values():
        if speakers["state"] in ("lot_window", "open", "closing"):
            close(t, speakers, "")
    t.s["carried"] = [
        request["id"]
        for request in waiting(t)
        if request["kind"] in TO_BE_CARRIED and t.profile["carry_over"]
    ]
    for request in waiting(t):
        t.leave(request, unheard(t, request), "adjourned")
    t.s.update(swaps={}, written_until=c.get("written_until"))
    if t.s["segment"]:
        t.s["segments"][t.s["segment"]].update(state="done", ended=t.at)
    t.s.update(state="rose", acts=())


def waiting(t: Turn) -> list[Plain]:
    """Everyone who was not heard, as they would have been called."""
    found = []
    for speakers in t.s["lists"].values():
        requests = t.s["requests"].values()
        own = [r for r in requests if r["list"] == speakers["id"]]
        own = [r for r in own if r["status"] in LIVE]
        beside = sorted(
            (r for r in own if r["id"] not in speakers["order"]),
            key=lambda each: each["ticket"],
        )
        found += [t.s["requests"][key] for key in speakers["order"]] + beside
    return found


def unheard(t: Turn, request: Plain) -> str:
    """What becomes of one who was not heard."""
    if request["kind"] in TO_BE_CARRIED and t.profile["carry_over"]:
        return "carried"
    if request["kind"] in (*TO_BE_CARRIED, "right_of_reply"):
        return str(t.profile["unheard"])
    return "expired"


def close_record(t: Turn, c: Plain) -> None:
    """M7."""
    shown_state(t, c, "rose")
    t.s["state"] = "archived"


def go_to_segment(t: Turn, c: Plain) -> None:
    """P4."""
    if c["expect"]["segment"] != t.s["segment"]:
        raise No("stale")
    t.in_state("in_session")
    t.find("segments", c["segment"])
    if c["segment"] == t.s["segment"]:
        raise No("stale")
    idle(t)
    enter(t, c["segment"])
    t.undoable("go_to_segment")


def set_presider(t: Turn, c: Plain) -> None:
    """P3."""
    t.alive()
    name, function = line(c["name"]), line(c.get("function", ""))
    t.find("segments", c["segment"])["presider"] = [name, function]


def set_phase(t: Turn, c: Plain) -> None:
    """Another phase of the running item."""
    running = t.s["segments"].get(t.s["segment"])
    shown = (c["expect"]["segment"], c["expect"]["phase"])
    if running is None or shown != (running["id"], running["phase"]):
        raise No("stale")
    if c["phase"] == running["phase"]:
        raise No("stale")
    t.in_state("in_session")
    rules = t.profile["replies"]
    rounds = len(rules["limits_s"]) if rules else 0
    if rounds < PHASES_OF_REPLIES.get(c["phase"], 0):
        raise No("not_enabled")
    if {c["phase"], running["phase"]} & PHASES_OF_REPLIES.keys():
        idle(t)
    running["phase"] = c["phase"]
    t.undoable("set_phase")


RULES: dict[str, Any] = {
    "open_lobby": open_lobby,
    "call_to_order": call_to_order,
    "suspend": suspend,
    "resume_meeting": resume_meeting,
    "adjourn": adjourn,
    "close_record": close_record,
    "go_to_segment": go_to_segment,
    "set_presider": set_presider,
    "set_phase": set_phase,
}
