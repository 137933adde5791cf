"""The model: commands in, a verdict and the state out."""

from collections.abc import Callable
from typing import Any

from model import (
    asking,
    clocks,
    conclusions,
    corrections,
    desk,
    ending,
    lists,
    meeting,
    notes,
    publishing,
    rounds,
    speaking,
    trays,
    undoing,
    words,
)
from model.base import (
    No,
    Plain,
    State,
    Turn,
    copied,
)
from model.fields import NEW
from model.order import settle
from model.seen import observed

EVERY: dict[str, Callable[[Turn, Plain], None]] = {
    **asking.RULES,
    **speaking.RULES,
    **clocks.RULES,
    **ending.RULES,
    **meeting.RULES,
    **lists.RULES,
    **rounds.RULES,
    **trays.RULES,
    **words.RULES,
    **notes.RULES,
    **corrections.RULES,
    **conclusions.RULES,
    **publishing.RULES,
    **desk.RULES,
    **undoing.RULES,
}
ALARMS = ("list_time_up", "server_returned", "list_opens", "lot_window_ends",
          "list_auto_closes", "cut_due", "silent", "attended")  # fmt: skip
#: What everybody does beside the floor, whoever holds the gavel.
WITHOUT_GAVEL = ("take_gavel", "hand_gavel", "message", "tick", "mark_attendance",
                 "set_contact", "flag_delegation", "name_speaker", "confirm_name",
                 "note", "correct", "settle_correction", "open_corrections",
                 "correct_row", "write_conclusion", "move_conclusion",
                 "drop_conclusion", "hand_over", "reopen_conclusions",
                 "release_conclusions", "show_conclusion", "publish",
                 "erase_persons",
                 "announce", "clear_announcement",
                 "clear_signal", "revoke_link", "renew_link")  # fmt: skip
#: Commands of a pad that operators have no use for.
PADS_ONLY = ("request_floor", "ready", "offer_swap", "answer_swap")
RAPPORTEURS = ("note", "correct_row", "write_conclusion", "move_conclusion",
               "drop_conclusion", "hand_over", "reopen_conclusions")  # fmt: skip
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
    "rapporteur": RAPPORTEURS,
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
        turn.begin()
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
        due = [
            each for speakers in self.state["lists"].values() for each in of(speakers)
        ]
        at = self.at_cut(turn)
        if at is not None:
            cut = {"intervention": self.state["stack"][-1], "deadline": at}
            due.append((at, {"type": "cut_due", **cut}))
        first = min((at for at, _ in due), default=0)
        return [each for each in due if each[0] == first]

    def at_cut(self, turn: Turn) -> int | None:
        """When the cut is signalled; the same whenever it is asked."""
        return clocks.cut_at(turn)

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
        "corrections_until": None,
        "published": [],
        "erased": 0,
        "handed_over_at": None,
        "conclusion_shown": None,
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
        "changed": {},
        "conclusions": {},
        "headings": {},
        "announcements": {},
        "signals": {},
        "messages": [],
        "swaps": {},
        "attendance": {},
        "links": {key: {"generation": 1, "revoked": False} for key in setup["links"]},
    }
    for index, plan in enumerate(setup["segments"]):
        segment(state, setup, index, plan)
    state["lists"]["p1.0"] = new_list("p1.0", None, "points", "arrival", [])
    return state


def segment(state: State, setup: Plain, index: int, plan: Plain) -> None:
    """A segment with its list, its speakers and its list of replies."""
    profile = setup["profile"]
    key, speakers = f"s1.{index}", f"l1.{index}"
    replies = profile["replies"]
    plans = [each.get("attributed", True) for each in setup["segments"]]
    own = replies is None or replies["place"] == "end_of_item" or not plans[index]
    requests = plan.get("requests", False)
    policy = plan.get("order") or (profile["order"] if requests else "fixed")
    modifiers = plan.get("modifiers")
    if modifiers is None:
        modifiers = profile["modifiers"] if requests else []
    state["lists"][speakers] = new_list(speakers, key, "speakers", policy, modifiers)
    replies_id = f"y1.{index if own else plans.index(True)}"
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
        **copied(NEW),
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
