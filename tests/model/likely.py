"""What is likely to be pressed next, by what the screens show.

Chance alone would hardly ever get two delegations to change places: where something
waits for an answer, the button that answers it is pressed more often.
"""

from model.base import INTERRUPTING, Plain, phase

BEFORE = ["open_lobby", "open_lobby", "request_floor", "insert", "open_list"]
LOBBY = ["call_to_order", "call_to_order", "request_floor", "insert", "open_list"]
ASKING = ["request_floor"] * 6 + ["insert", "insert", "undo"]
IDLE = [
    *["call"] * 5,
    *["request_floor", "request_floor", "insert", "undo", "withdraw", "park", "move"],
    *["go_to_segment", "set_phase", "chair_remarks", "offer_swap", "offer_swap"],
    *["close_list", "reopen_list", "announce_closing", "suspend"],
]
CALLED = [
    *["start"] * 6,
    *["ready", "no_show", "undo", "call", "revoke", "withdraw", "suspend"],
    *["request_floor"],
]
SPEAKING = [
    *["end"] * 4,
    *["pause", "line_lost", "extend", "revoke", "undo", "reset_clock", "suspend"],
    *["request_floor", "request_floor", "offer_swap"],
]
PAUSED = ["resume"] * 3 + ["end", "ready", "undo", "request_floor", "revoke"]
SUSPENDED = ["resume_meeting"] * 4 + ["request_floor", "end", "rule", "adjourn"]
ROSE = [
    *["name_speaker", "confirm_name", "note", "correct", "close_record", "rule"],
    *["open_corrections", "correct", "settle_correction", "correct_row"],
    "undo",
]
ARCHIVED = ["erase_persons", "publish", "revoke_link", "correct_row"]
#: What answers a request that waits in a tray.
TRAYS = {"requested": "accept", "deferred": "unpark", "late": "admit_late"}


def likely(state: Plain) -> list[str]:
    """What is likely to be pressed in such a *state*, often the likeliest."""
    if state["state"] != "in_session":
        known = {"scheduled": BEFORE, "lobby": LOBBY, "suspended": SUSPENDED}
        known["archived"] = ARCHIVED
        return known.get(state["state"], ROSE)
    top = state["interventions"][state["stack"][-1]] if state["stack"] else None
    if top is None:
        usual = IDLE if len(queued(state)) > 1 else ASKING + IDLE
    else:
        usual = {"called": CALLED, "speaking": SPEAKING}.get(phase(top), PAUSED)
    return usual + answers(state)


def queued(state: Plain) -> list[Plain]:
    """Who waits on the list of the running segment."""
    segment = state["segments"].get(state["segment"])
    order = state["lists"][segment["list"]]["order"] if segment else []
    requests = [state["requests"][key] for key in order]
    return [each for each in requests if each["status"] == "queued"]


def answers(state: Plain) -> list[str]:
    """What something that waits asks for."""
    requests = state["requests"].values()
    found = [TRAYS[each["status"]] for each in requests if each["status"] in TRAYS][:3]
    if any(r["list"] == "p1.0" and r["status"] == "queued" for r in requests):
        found += ["recognise", "recognise"]
    if any(waits_for_ruling(state, each) for each in state["interventions"].values()):
        found += ["rule", "rule"]
    for swap in state["swaps"].values():
        found += ["settle_swap"] if swap["accepted"] else ["answer_swap"] * 2
    heard = [r for r in requests if r["kind"] == "question" and r["status"] == "done"]
    if any(not each["put"] for each in heard) and not state["stack"]:
        found.append("close_round")
    if state["downtime"]:
        found += ["credit", "credit"]
    if any(n["correction"] and not n["settled"] for n in state["notes"].values()):
        found.append("settle_correction")
    if state["delivered"]:
        found += ["note", "correct_row", "correct", "write_conclusion"]
    if state["conclusions"]:
        found += ["write_conclusion", "release_conclusions", "move_conclusion"]
        found.append("reopen_conclusions" if state["handed_over_at"] else "hand_over")
        found.append("show_conclusion")
    if len(state["conclusions"]) > 1:
        found.append("drop_conclusion")
    if state["gavel"]:
        found.append("hand_gavel")
    if any(each["flag"] for each in state["attendance"].values()):
        found.append("flag_delegation")
    if any(each["commitment"] for each in state["lists"].values()):
        found.append("draw")
    return found


def waits_for_ruling(state: Plain, intervention: Plain) -> bool:
    """Whether the chair has not ruled on it."""
    request = state["requests"][intervention["request"]]
    over = intervention["outcome"] == "delivered" and intervention["ruling"] is None
    return over and request["kind"] in INTERRUPTING[:2]
