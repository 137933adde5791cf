"""The order of the lists, from scratch after every command (RULES 5)."""

from typing import Any

from model import lots, turns
from model.base import LISTED, LIVE, Plain, Turn, capacity, used, voice

BANDS = {
    "programme": 2,
    "secretariat": 2,
    "introduction": 2,
    "concerned_party": 2,
    "chair": 2,
    "answer": 3,
    "right_of_reply": 5,
}
#: Where the protocol puts a speaker of a rank, unless the profile says otherwise.
RANKS = {
    "head_of_state": 0,
    "vice_president": 0,
    "crown_prince": 0,
    "head_of_government": 0,
    "deputy_prime_minister": 4,
    "minister": 5,
    "vice_minister": 6,
    "chair_of_delegation": 7,
}
#: Rule 77/119.
MOTIONS = ("suspend_meeting", "adjourn_meeting", "adjourn_debate", "close_debate",
           "other")  # fmt: skip


def settle(t: Turn) -> None:
    """Twins leave, every list is put in order, and the next are told."""
    for key in t.s["lists"]:
        part_twins(t, key)
    for speakers in t.s["lists"].values():
        speakers["order"] = arranged(t, speakers)
    for key in [key for key in t.s["swaps"] if overtaken(t, key)]:
        del t.s["swaps"][key]
    tell(t)
    lots.promise(t)


def part_twins(t: Turn, key: str) -> None:
    """One live request of a delegation for each capacity: the oldest stands (I3)."""
    seen = set()
    mine = [r for r in t.s["requests"].values() if r["list"] == key]
    for request in sorted(mine, key=lambda each: each["ticket"]):
        wanted = capacity(request)
        if request["status"] not in LIVE or wanted is None:
            continue
        if wanted in seen:
            t.leave(request, "withdrawn", "operator")
        seen.add(wanted)


def keeps_place(speakers: Plain, request: Plain) -> bool:
    """Called, told to be ready, or placed by hand; and everyone on a manual list."""
    return bool(
        request["fixed"]
        or request["told"]
        or request["status"] == "called"
        or speakers["policy"] == "manual"
    )


def arranged(t: Turn, speakers: Plain) -> list[str]:
    """Sort the rest, then put everyone who keeps a place at that place (O9)."""
    requests = t.s["requests"]
    here = [r for r in requests.values() if r["list"] == speakers["id"]]
    listed = [r["id"] for r in here if r["status"] in LISTED]
    now = [key for key in speakers["order"] if key in listed]
    new = [key for key in listed if key not in now]
    now += sorted(new, key=lambda key: requests[key]["ticket"])
    stay = [key for key in now if keeps_place(speakers, requests[key])]
    key_of = {
        "speakers": lambda: speaker_keys(t, speakers, now),
        "points": lambda: {key: point_key(t, requests[key]) for key in now},
        "replies": lambda: {
            key: (requests[key]["turn"], requests[key]["ticket"]) for key in now
        },
    }[speakers["purpose"]]()
    order = sorted((key for key in now if key not in stay), key=key_of.__getitem__)
    for key in stay:
        order.insert(now.index(key), key)
    return order


def speaker_keys(t: Turn, speakers: Plain, now: list[str]) -> dict[str, Any]:
    """Band, generation, spoken before, tier, policy, ticket (O2)."""
    policy = policy_keys(t, speakers, now)
    return {
        key: (
            *standing(t, speakers, t.s["requests"][key]),
            # the policy sorts the ordinary list only
            policy[key] if key in policy and ordinary(t, key) else (),
            t.s["requests"][key]["ticket"],
        )
        for key in now
    }


def ordinary(t: Turn, key: str) -> bool:
    """Whether a request stands on the ordinary list."""
    return BANDS.get(t.s["requests"][key]["kind"], 4) == 4


def standing(t: Turn, speakers: Plain, request: Plain) -> tuple[int, ...]:
    """Band, generation, spoken before, tier: the policy sorts equals only."""
    band = BANDS.get(request["kind"], 4)
    if band != 4:
        return (band, 0, 0, 0)
    spoken = tier = 0
    if speakers["policy"] != "fixed":
        tier = t.profile["tiers"][tier_of(t, speakers, request)]
        if "first_time_first" in speakers["modifiers"]:
            spoken = int(times_spoken(t, speakers["id"], voice(request)) > 0)
        if t.profile["late_within_tier"]:
            return (band, spoken, tier, request["generation"])
    return (band, request["generation"], spoken, tier)


def tier_of(t: Turn, speakers: Plain, request: Plain) -> str:
    """The tier in which a request stands (O3, O5)."""
    tier = t.tier(request["delegation"])
    if request["delegation"] == "PSE":
        asked = t.profile["state_of_palestine"] == "order_of_request"
        tier = "member_state" if asked else "observer_state"
    if request["kind"] == "group_statement" or tier == "group":
        if "groups_first" in speakers["modifiers"]:
            return "group"
        if tier == "group":
            return "organisation"
    return tier


def rows(t: Turn) -> list[Plain]:
    """The interventions that were delivered, in order."""
    return [t.s["interventions"][key] for key in t.s["delivered"]]


def times_spoken(t: Turn, speakers: str, who: str) -> int:
    """How often a voice was counted on a list, from the record (K7).

    A perspective of the programme that counts has been heard for every list.
    """
    requests = t.s["requests"]
    return sum(
        row["counted"]
        for row in rows(t)
        if voice(requests[row["request"]]) == who
        and (row["list"] == speakers or requests[row["request"]]["kind"] == "programme")
    )


# Policies


def claimed(t: Turn, request: Plain) -> Plain:
    """By whose rank, name, region and side it stands: since a swap, the other's."""
    found: Plain = t.s["requests"][request["stands_as"] or request["id"]]
    return found


def policy_keys(t: Turn, speakers: Plain, now: list[str]) -> dict[str, Any]:
    """What the policy says of everyone on the ordinary list."""
    policy = speakers["policy"]
    if policy == "regional_rotation":
        return turns.rotation(t, speakers, now, tier_of, standing)
    if policy == "alternate":
        return turns.sides(t, speakers, now, tier_of, standing)
    one = {
        "protocol_rank": rank_key,
        "lot": lot_key,
        "alpha_from_lot": letter_key,
        "least_spoken": least_key,
    }.get(policy)
    requests = t.s["requests"]
    return {
        key: one(t, speakers, requests[key]) for key in now if one and ordinary(t, key)
    }


def rank_key(t: Turn, _: Plain, request: Plain) -> tuple[int, ...]:
    """The speaker's rank; the lot decides among equals, if it was drawn."""
    rank = claimed(t, request)["rank"] or "chair_of_delegation"
    place = t.profile["ranks"].get(rank, RANKS[rank])
    return (place, *lot_key(t, _, request))


def lot_key(_: Turn, __: Plain, request: Plain) -> tuple[int, ...]:
    """As drawn; whoever was not drawn comes after."""
    return (0, request["drawn"]) if request["drawn"] else (1, 0)


def letter_key(t: Turn, speakers: Plain, request: Plain) -> tuple[Any, ...]:
    """From the letter drawn to the end of the alphabet, then from its beginning."""
    own = t.setup["roster"].get(claimed(t, request)["delegation"])
    if own is None:
        return (2, "")
    letter = speakers["draw"]["letter"] if speakers["draw"] else ""
    return (int(own["name"][0].upper() < letter), own["name"])


def least_key(t: Turn, speakers: Plain, request: Plain) -> tuple[int, int]:
    """Who was heard least on the list: how often, then how long, in seconds."""
    who = voice(claimed(t, request))
    spent = sum(
        used(each, t.at)
        for each in rows(t)
        if each["list"] == speakers["id"]
        and voice(t.s["requests"][each["request"]]) == who
    )
    return (times_spoken(t, speakers["id"], who), spent // 1000)


def point_key(t: Turn, request: Plain) -> tuple[Any, ...]:
    """Points of order by arrival, then motions by rule 77/119, then responses."""
    if request["kind"] in ("point_of_order", "technical"):
        return (0, request["ticket"])
    if request["kind"] != "procedural_motion":
        return (2, request["ticket"])
    motion = t.s["requests"][request["on"]] if request["on"] else request
    place = debate(t, motion).index(request["id"]) + 1 if request["on"] else 0
    return (1, MOTIONS.index(motion["motion"]), motion["ticket"], place)


def debate(t: Turn, motion: Plain) -> list[str]:
    """Those for and against a motion, in turn; who came first begins.

    Who was heard keeps the turn that he had.
    """
    speak = [
        each
        for each in t.s["requests"].values()
        if each["on"] == motion["id"] and each["status"] in (*LISTED, "granted", "done")
    ]
    speak.sort(key=lambda each: each["ticket"])
    if not speak:
        return []
    one = [each["id"] for each in speak if each["side"] == speak[0]["side"]]
    other = [each["id"] for each in speak if each["side"] != speak[0]["side"]]
    found: list[str] = []
    for turn in range(max(len(one), len(other))):
        found += one[turn : turn + 1] + other[turn : turn + 1]
    return found


def tell(t: Turn) -> None:
    """The first few not yet called are told, once the segment has begun (O8)."""
    if t.s["state"] != "in_session" or t.s["segment"] is None:
        return
    segment = t.s["segments"][t.s["segment"]]
    if not segment["called"] and segment["phase"] not in ("reply_1", "reply_2"):
        return
    running = t.running_list()
    assert running is not None
    waiting = [
        t.s["requests"][key]
        for key in running["order"]
        if t.s["requests"][key]["status"] == "queued"
    ]
    if segment["phase"] == "reply_1":
        # second replies are not next while the first are heard
        waiting = [each for each in waiting if each["turn"] < 2]
    for request in waiting[: t.profile["on_deck"]]:
        request["told"] = True


# Swaps


def equals(t: Turn, one: Plain, other: Plain) -> bool:
    """Both wait on one list of speakers, in the same class, not placed by hand."""
    speakers = t.s["lists"][one["list"]]
    return (
        one["list"] == other["list"]
        and speakers["purpose"] == "speakers"
        and one["status"] == other["status"] == "queued"
        and not one["fixed"]
        and not other["fixed"]
        and standing(t, speakers, one) == standing(t, speakers, other)
    )


def overtaken(t: Turn, key: str) -> bool:
    """Whether the places that a swap is about are no longer what they were."""
    swap = t.s["swaps"][key]
    one, other = (t.s["requests"][swap[each]] for each in ("offered", "wanted"))
    if not equals(t, one, other):
        return True
    if key not in t.old["swaps"]:
        return False
    was, now = (each["lists"][one["list"]] for each in (t.old, t.s))
    if any(was[name] != now[name] for name in ("policy", "modifiers", "draw")):
        return True
    turned = [
        each["order"].index(one["id"]) < each["order"].index(other["id"])
        for each in (was, now)
    ]
    return turned[0] != turned[1]
