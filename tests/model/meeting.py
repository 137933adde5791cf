"""The meeting's states, its segments, and the states of its lists (RULES 1-3)."""

from typing import Any

from model import lots
from model.asking import ENTRY, close, close_if_full, register
from model.base import LIVE, No, Plain, Turn, copied, hold, line, phase, stop
from model.order import rows
from model.stack import off

MINUTE = 60_000
PHASES_OF_REPLIES = {"reply_1": 1, "reply_2": 2}
#: What delegations ask to say, and may say at the next meeting or in writing.
TO_BE_CARRIED = ("statement", "group_statement", "question", "explanation_of_vote")


def shown_state(t: Turn, c: Plain, *states: str) -> None:
    """The state that the screen showed, and one that the command fits (M8)."""
    if c["expect"]["state"] != t.s["state"]:
        raise No("stale")
    t.in_state(*states)


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
    if after is None or segment["started"] is None:
        return
    closes_at = segment["started"] + after * MINUTE
    takes = speakers["state"] in ("open", "lot_window")
    if takes and speakers["auto_close_at"] is None and closes_at > t.at:
        speakers["auto_close_at"] = closes_at


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
    shown_state(t, c, "in_session")
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


def later(t: Turn, at: int | None) -> None:
    """An instant that must lie ahead, if there is one."""
    if at is not None and at <= t.at:
        raise No("bad_time")


def resume_meeting(t: Turn, c: Plain) -> None:
    """M5."""
    shown_state(t, c, "suspended")
    t.s.update(state="in_session", suspended_reason="", resume_at=None)


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


# Lists


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
    speakers["limits"] = {
        tier: limit_for(t, c, tier) for tier in t.setup["tiers"]
    }
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


# Rounds of a panel


def heard(t: Turn, speakers: str) -> list[str]:
    """The questions of the round: delivered, counted and not yet put (P8)."""
    requests = t.s["requests"]
    return [
        row["request"]
        for row in rows(t)
        if row["list"] == speakers
        and row["counted"]
        and requests[row["request"]]["kind"] == "question"
        and not requests[row["request"]]["put"]
    ]


def unanswered(t: Turn, question: Plain) -> bool:
    """Put, or never to be, and nobody has answered it or is going to (P9)."""
    if question["kind"] != "question":
        return False
    if t.s["state"] in ("rose", "archived") and not question["put"]:
        return question["id"] in heard(t, question["list"])
    return question["put"] and not any(
        question["id"] in each["answers"]
        and each["status"] in (*LIVE, "granted", "done")
        for each in t.s["requests"].values()
    )


def close_round(t: Turn, c: Plain) -> None:
    """The panellists who were asked answer, in the programme's order (P8)."""
    speakers = shown_list(t, c)
    if speakers["segment"] is None:
        raise No("list_takes_no_requests")
    panel = [
        each
        for each in t.s["requests"].values()
        if each["list"] == speakers["id"] and each["part"] == "panellist"
    ]
    questions = [t.s["requests"][key] for key in heard(t, speakers["id"])]
    if not panel or not questions or t.s["stack"]:
        raise No("round_not_possible")
    answers = []
    for each in panel:
        asked = [
            q["id"]
            for q in questions
            if not q["addressed"] or each["id"] in q["addressed"]
        ]
        if asked and each["status"] in ("queued", "granted", "done"):
            answers.append(answer(t, speakers, each, asked))
    for question in questions:
        question["put"] = True
    speakers["round"] += 1
    speakers["order"][:0] = answers
    t.undoable("close_round")


def answer(t: Turn, speakers: Plain, panellist: Plain, asked: list[str]) -> str:
    """The answer of a panellist, as a request of its own."""
    entry = {
        **copied(ENTRY),
        "kind": "answer",
        "delegation": panellist["delegation"],
        "label": panellist["label"],
        "person": panellist["person"],
    }
    confirmed = panellist["confirmed"]
    made = register(t, speakers, entry, answers=asked, confirmed=confirmed)
    return str(made["id"])


RULES: dict[str, Any] = {
    "open_lobby": open_lobby,
    "call_to_order": call_to_order,
    "suspend": suspend,
    "resume_meeting": resume_meeting,
    "adjourn": adjourn,
    "close_record": close_record,
    "go_to_segment": go_to_segment,
    "set_presider": set_presider,
    "open_list": open_list,
    "announce_closing": announce_closing,
    "close_list": close_list,
    "list_time_up": list_time_up,
    "reopen_list": reopen_list,
    "set_policy": set_policy,
    "close_round": close_round,
    "set_phase": set_phase,
    "list_opens": list_opens,
    "lot_window_ends": lot_window_ends,
    "list_auto_closes": list_auto_closes,
    "draw": draw,
    "set_limit": set_limit,
}
