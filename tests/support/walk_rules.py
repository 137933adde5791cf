"""What screens offer by the rules of the floor: the other half of a walk."""

from typing import Any

from rostra.core.ids import ListId
from rostra.core.meeting import LISTED, LIVE, Meeting
from support.rooms import on_list

Step = tuple[str, dict[str, Any]]
POINTS = "p1.0"
PHASES = ("introduction", "debate", "voting", "reply_1", "reply_2", "concluded")
POLICIES = (
    ("lot", []),
    ("regional_rotation", ["groups_first"]),
    ("alpha_from_lot", []),
    ("protocol_rank", []),
    ("least_spoken", ["first_time_first"]),
    ("alternate", []),
)
#: Rules that a meeting may get on the way.
RULES = (
    "",
    "approval = true\nlate_tray = true\nkeep_place = true",
    'swaps = "auto"\ninterruption_depth = 1\non_deck = 0',
    'show_list = "own_place"\nspokesperson_gap = 2\nlate_within_tier = true',
    'control = "gavel"\nenforcement = "hard"\ngrace_s = 0',
    'clock_starts = "at_ready"\nauto_hold = true\ncarry_over = true',
)


def operators(m: Meeting) -> list[Step]:
    """What the console offers beside the list and the speaker."""
    top = {"expect": {"floor": m.floor}}
    steps: list[Step] = [
        ("recognise", {"request": each, **top})
        for each in m.lists[ListId(POINTS)].order
    ]
    for row in [i for i in m.interventions.values() if i.over or i.ruling][-2:]:
        for then in ("go_on", "wait", "end"):
            ruling = {"ruling": "not_upheld", "note": "noted", "then": then}
            steps.append(("rule", {"intervention": row.id, **ruling}))
    steps.append(("chair_remarks", top))
    for key, request in m.requests.items():
        if request.status in LIVE:
            steps += _waiting(m, key)
    for key in m.lists:
        steps += _lists(m, key)
    steps += [
        ("settle_swap", {"swap": each, "allow": allow})
        for each in m.swaps
        for allow in (True, False)
    ]
    return steps + _meeting(m)


def _waiting(m: Meeting, key: Any) -> list[Step]:
    request = m.requests[key]
    one: dict[str, Any] = {"request": key}
    steps: list[Step] = [
        (type_, dict(one)) for type_ in ("accept", "decline", "park", "unpark")
    ]
    steps.append(("set_window", {**one, "not_before": m.at, "not_after": m.at + 1}))
    if request.status in LISTED:
        place = m.lists[request.list].order.index(key)
        expect = {"expect": {**one, "place": place}}
        steps += [("pin", expect), ("unpin", expect)]
    return steps


def _lists(m: Meeting, key: str) -> list[Step]:
    expect = {"expect": on_list(m, key)}
    reply = {"delegation": "XAH", "kind": "right_of_reply", "override": True}
    return [
        ("admit_late", expect),
        ("draw", expect),
        ("set_limit", {"seconds": 60 + m.seq % 60, **expect}),
        ("insert", {"list": key, "entries": [reply]}),
        *(
            ("set_policy", {"policy": policy, "modifiers": modifiers, **expect})
            for policy, modifiers in POLICIES
        ),
    ]


def _meeting(m: Meeting) -> list[Step]:
    rules = RULES[m.seq % len(RULES)]
    text = f'id = "walk"\ntitle = "Walk"\n{rules}\n[limits]\nstatement = 60\n'
    holder = {"expect": {"holder": m.gavel.link if m.gavel else None}}
    steps: list[Step] = [
        ("set_profile", {"text": text, "reason": "tried"}),
        ("message", {"phrase": "wait", "delegation": "XAD"}),
        ("tick", {"delegation": "XAE", "check": "sound", "ok": bool(m.seq % 2)}),
        ("mark_attendance", {"delegations": ["XAD", "XAL"]}),
        ("take_gavel", {"reason": "agreed", **holder}),
        ("hand_gavel", {"to": None, **holder}),
        ("flag_delegation", {"delegation": "XAH", "flag": "absent"}),
        ("flag_delegation", {"delegation": "XAH", "flag": None}),
    ]
    for segment in m.segments.values():
        expect = {"segment": segment.id, "phase": segment.phase}
        steps += [("set_phase", {"phase": each, "expect": expect}) for each in PHASES]
    steps += [("correct", {"intervention": i, "text": "so"}) for i in m.delivered[-1:]]
    return steps


def delegates(m: Meeting, code: str) -> list[Step]:
    """What a pad offers beside the statement."""
    ask = "request_floor"
    motion = {"kind": "procedural_motion", "motion": "close_debate"}
    steps: list[Step] = [
        (ask, {"kind": "point_of_order", "text": "the rule"}),
        (ask, motion),
        (ask, {"kind": "response"}),
        (ask, {"kind": "right_of_reply", "to": "XAE"}),
        (ask, {"kind": "statement", "rank": "minister", "list": "l1.1"}),
        ("set_contact", {"delegation": code, "contact": "by telephone"}),
    ]
    for key, request in m.requests.items():
        live = request.status in LIVE
        if live and request.motion and request.on is None:
            steps.append((ask, {**motion, "on": key, "side": "for"}))
        if live and request.delegation == code:
            steps += [("park", {"request": key}), ("unpark", {"request": key})]
            steps += [
                ("offer_swap", {"request": key, "wanted": other})
                for other in m.lists[request.list].order
            ]
    steps += [
        ("answer_swap", {"swap": each, "accept": accept})
        for each in m.swaps
        for accept in (True, False)
    ]
    steps += [("correct", {"intervention": i, "text": "so"}) for i in m.delivered[-1:]]
    return steps
