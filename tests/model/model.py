"""The model: commands in, a verdict and the state out."""

from collections.abc import Callable
from typing import Any

from model import asking, desk, meeting, speaking, trays, undoing, words
from model.base import (
    LIVE,
    No,
    Plain,
    State,
    Turn,
    allotted,
    copied,
    phase,
    used,
    voice,
)
from model.order import rows, settle

EVERY: dict[str, Callable[[Turn, Plain], None]] = {
    **asking.RULES,
    **speaking.RULES,
    **meeting.RULES,
    **trays.RULES,
    **words.RULES,
    **desk.RULES,
    **undoing.RULES,
}
ALARMS = ("list_time_up", "server_returned", "list_opens", "lot_window_ends",
          "list_auto_closes", "cut_due", "silent", "attended")  # fmt: skip
#: What everybody does beside the floor, whoever holds the gavel.
WITHOUT_GAVEL = ("take_gavel", "hand_gavel", "message", "tick", "mark_attendance",
                 "set_contact", "flag_delegation", "name_speaker", "confirm_name",
                 "note", "correct", "announce", "clear_announcement", "clear_signal",
                 "revoke_link", "renew_link")  # fmt: skip
#: Commands of a pad that operators have no use for.
PADS_ONLY = ("request_floor", "ready", "offer_swap", "answer_swap")
DESK = ("message", "tick", "mark_attendance", "set_contact")
MAY = {
    "delegate": (
        *PADS_ONLY,
        "withdraw",
        "park",
        "unpark",
        "end",
        "name_speaker",
        "set_contact",
        "correct",
    ),
    "rapporteur": ("note",),
    "chair": ("message",),
    "desk": DESK,
    "viewer": (),
    "display": (),
}


class Model:
    """A meeting by the papers."""

    def __init__(self, setup: Plain) -> None:
        self.setup = setup
        self.state = founded(setup)

    def send(self, command: Plain, who: Plain, at: int) -> str:
        """``ok``, or why not; a refusal leaves everything as it was."""
        turn = Turn(self.state, self.setup, who, at)
        kind = command["type"]
        try:
            if kind not in ALARMS and not may(who["role"], kind):
                raise No("not_permitted")
            if kind not in ALARMS:
                one_hand(turn, kind)
            EVERY[kind](turn, command)
        except No as no:
            return no.code
        settle(turn)
        undoing.take(turn)
        self.state = turn.s
        return "ok"

    def alarms(self) -> list[tuple[int, Plain]]:
        """What happens by itself next, and when; several at the same instant."""
        if self.state["state"] in ("rose", "archived"):
            return []
        turn = Turn(self.state, self.setup, {"role": "viewer"}, 0)
        due = [each for speakers in self.state["lists"].values() for each in of(speakers)]
        at = self.at_cut(turn)
        if at is not None:
            cut = {"intervention": self.state["stack"][-1], "deadline": at}
            due.append((at, {"type": "cut_due", **cut}))
        first = min((at for at, _ in due), default=0)
        return [each for each in due if each[0] == first]

    def at_cut(self, turn: Turn) -> int | None:
        """When the cut is signalled; the same whenever it is asked."""
        return speaking.cut_at(turn)

    def observe(self, at: int) -> Plain:
        """The state in the shape in which it is compared."""
        turn = Turn(self.state, self.setup, {"role": "viewer"}, at)
        return observed(turn)


def of(speakers: Plain) -> list[tuple[int, Plain]]:
    """What a list does by itself."""
    known: dict[str, tuple[str, str, str]] = {
        "not_open": ("opens_at", "list_opens", "opens_at"),
        "lot_window": ("lot_until", "lot_window_ends", "until"),
        "open": ("auto_close_at", "list_auto_closes", "closes_at"),
        "closing": ("closes_at", "list_time_up", "closes_at"),
    }
    field, kind, name = known.get(speakers["state"], ("basis", "", ""))
    if not kind or speakers[field] is None:
        return []
    at = speakers[field]
    return [(at, {"type": kind, "list": speakers["id"], name: at})]


def one_hand(t: Turn, kind: str) -> None:
    """Where a colleague holds the gavel, an operator stands by."""
    holder = t.s["gavel"]
    if t.who["role"] != "moderator" or holder in (None, t.who["link"]):
        return
    if t.profile["control"] == "gavel" and kind not in WITHOUT_GAVEL:
        raise No("no_gavel")


def may(role: str, kind: str) -> bool:
    """Who may send what at all (M9)."""
    if role == "moderator":
        return kind not in PADS_ONLY
    return kind in MAY[role]


def founded(setup: Plain) -> State:
    """The meeting before anything has happened."""
    state: State = {
        "seq": 1,
        "state": "scheduled",
        "segment": None,
        "stack": [],
        "delivered": [],
        "downtime": 0,
        "numbered": 0,
        "written_until": None,
        "resume_at": None,
        "suspended_reason": "",
        "gavel": None,
        "carried": [],
        "profile": setup["profile"],
        "acts": (),
        "segments": {},
        "lists": {},
        "requests": {},
        "interventions": {},
        "notes": {},
        "announcements": {},
        "signals": {},
        "messages": [],
        "swaps": {},
        "attendance": {},
        "links": {
            key: {"generation": 1, "revoked": False} for key in setup["links"]
        },
    }
    for index, plan in enumerate(setup["segments"]):
        segment(state, setup["profile"], index, plan)
    state["lists"]["p1.0"] = new_list("p1.0", None, "points", "arrival", [])
    return state


def segment(state: State, profile: Plain, index: int, plan: Plain) -> None:
    """A segment with its list, its speakers and its list of replies."""
    key, speakers = f"s1.{index}", f"l1.{index}"
    replies = profile["replies"]
    own = replies is None or replies["place"] == "end_of_item"
    requests = plan.get("requests", False)
    policy = plan.get("order") or (profile["order"] if requests else "fixed")
    modifiers = plan.get("modifiers")
    if modifiers is None:
        modifiers = profile["modifiers"] if requests else []
    state["lists"][speakers] = new_list(speakers, key, "speakers", policy, modifiers)
    replies_id = f"y1.{index if own else 0}"
    if replies_id not in state["lists"]:
        state["lists"][replies_id] = new_list(
            replies_id, key if own else None, "replies", "arrival", []
        )
    presider = plan.get("presider", {})
    state["segments"][key] = {
        "id": key,
        "list": speakers,
        "replies": replies_id,
        "kind": plan["kind"],
        "requests": requests,
        "kinds": plan.get("kinds"),
        "state": "upcoming",
        "started": None,
        "ended": None,
        "called": False,
        "phase": "debate",
        "presider": [
            presider.get("name", "to be announced"),
            presider.get("function", ""),
        ],
        "perspectives_count": plan.get("perspectives_count", False),
    }
    for speaker in plan.get("speakers", ()):
        programmed(state, speakers, speaker)


def programmed(state: State, speakers: str, speaker: Plain) -> None:
    """A speaker of the programme is a request from the first on (P1)."""
    number = state["numbered"]
    key = f"r1.{number}"
    named = speaker["name"] and speaker["name"] != "to be announced"
    state["numbered"] = number + 1
    state["requests"][key] = {
        **copied(asking.NEW),
        "id": key,
        "ticket": (1, number),
        "list": speakers,
        "kind": "programme",
        "delegation": speaker.get("entity"),
        "label": speaker.get("function", ""),
        "part": speaker["role"],
        "person": {"name": speaker["name"], "title": ""} if named else None,
        "confirmed": True,
        "channel": "desk",
        "number": number + 1,
        "registered": None,
        "limit": speaker["limit_s"] * 1000,
        "media": speaker.get("media_s", 0) * 1000,
    }
    state["lists"][speakers]["order"].append(key)


def new_list(
    key: str, segment: str | None, purpose: str, policy: str, modifiers: Any
) -> Plain:
    """A list that is not open."""
    return {
        "id": key,
        "segment": segment,
        "purpose": purpose,
        "state": "not_open",
        "generation": 0,
        "opens_at": None,
        "closes_at": None,
        "closed_at": None,
        "basis": "",
        "policy": policy,
        "modifiers": list(modifiers),
        "order": [],
        "round": 1,
        "limits": {},
        "lot_until": None,
        "auto_close_at": None,
        "draws": 0,
        "draw": None,
        "commitment": "",
    }


# What is compared


def observed(t: Turn) -> Plain:
    """Everything that the papers speak of, by names that both sides use."""
    s = t.s
    floor = [s["interventions"][key] for key in s["stack"]]
    delivered = [s["interventions"][key] for key in s["delivered"]]
    return {
        "meeting": {
            name: s[name]
            for name in (
                "state",
                "segment",
                "numbered",
                "downtime",
                "resume_at",
                "suspended_reason",
                "written_until",
                "gavel",
                "carried",
            )
        },
        "segments": {
            key: {
                name: each[name]
                for name in ("state", "started", "ended", "called", "phase", "presider")
            }
            for key, each in s["segments"].items()
        },
        "lists": {key: list_shown(t, each) for key, each in s["lists"].items()},
        "requests": {
            key: {
                **{k: v for k, v in each.items() if k not in ("put", "registered")},
                "unanswered": meeting.unanswered(t, each),
            }
            for key, each in s["requests"].items()
        },
        "floor": [
            {"id": each["id"], "left": allotted(each) - used(each, t.at)}
            for each in floor
        ],
        "interventions": {
            key: {
                **{k: v for k, v in each.items() if k not in ("runs", "holds")},
                "phase": None if each["outcome"] else phase(each),
                "used": used(each, t.at),
                "holds": [tuple(one) for one in each["holds"]],
            }
            for key, each in s["interventions"].items()
        },
        "delivered": [delivered_row(t, each) for each in delivered],
        "totals": totals(t),
        "notes": s["notes"],
        "announcements": s["announcements"],
        "signals": s["signals"],
        "links": s["links"],
        "messages": s["messages"],
        "swaps": s["swaps"],
        "attendance": s["attendance"],
        "acts": [(act["seq"], act["type"]) for act in s["acts"]],
        "live": sorted(
            key for key, each in s["requests"].items() if each["status"] in LIVE
        ),
    }


def list_shown(t: Turn, speakers: Plain) -> Plain:
    """A list, with what the record says of it."""
    spoken: dict[str, int] = {}
    for row in rows(t):
        if row["list"] == speakers["id"] and row["counted"]:
            who = voice(t.s["requests"][row["request"]])
            spoken[who] = spoken.get(who, 0) + 1
    return {
        **speakers,
        "spoken": spoken,
        "heard": meeting.heard(t, speakers["id"])
        if t.s["state"] not in ("rose", "archived")
        else None,
    }


def delivered_row(t: Turn, row: Plain) -> tuple[Any, ...]:
    """A row of the record."""
    request = t.s["requests"][row["request"]]
    return (
        row["id"],
        request["kind"],
        request["delegation"],
        used(row, t.at),
        row["counted"],
        row["outcome"],
        row["over"],
        row["ruling"],
    )


def totals(t: Turn) -> dict[str, tuple[int, int]]:
    """What the rows add up to, for each voice (K7)."""
    sums: dict[str, tuple[int, int]] = {}
    for row in rows(t):
        who = voice(t.s["requests"][row["request"]])
        times, spent = sums.get(who, (0, 0))
        sums[who] = (times + row["counted"], spent + used(row, t.at))
    return sums
