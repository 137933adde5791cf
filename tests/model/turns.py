"""Orders in which groups of delegations take turns (RULES 5)."""

from collections.abc import Callable
from typing import Any

from model.base import Plain, Turn

REGIONS = ["AFR", "APG", "EEG", "LAC", "WEO"]
TierOf = Callable[[Turn, Plain, Plain], str]
Standing = Callable[[Turn, Plain, Plain], tuple[int, ...]]


def takers(
    t: Turn, speakers: Plain, now: list[str], tier_of: TierOf, standing: Standing
) -> tuple[list[Plain], list[Plain], list[Plain]]:
    """Who has had a turn, who is called or told, and who is still to get one.

    Turns are for the ordinary list without the groups that come first; who was put
    somewhere by hand takes no turn until called.
    """
    requests = t.s["requests"]

    def takes_turns(request: Plain) -> bool:
        ordinary = standing(t, speakers, request)[0] == 4
        return ordinary and tier_of(t, speakers, request) != "group"

    heard = [
        requests[each["request"]]
        for each in t.s["interventions"].values()
        if each["list"] == speakers["id"]
        and each["started"] is not None
        and each["outcome"] != "voided"
        and each["resume_of"] is None
    ]
    here = [requests[key] for key in now if takes_turns(requests[key])]
    told = [each for each in here if each["told"] or each["status"] == "called"]
    others = [each for each in here if each not in told and not each["fixed"]]
    others.sort(key=lambda each: (standing(t, speakers, each), each["ticket"]))
    return [each for each in heard if takes_turns(each)], told, others


def claimed(t: Turn, request: Plain) -> Plain:
    """By whose claims a request stands."""
    found: Plain = t.s["requests"][request["stands_as"] or request["id"]]
    return found


def rotation(
    t: Turn, speakers: Plain, now: list[str], tier_of: TierOf, standing: Standing
) -> dict[str, Any]:
    """Round by round through the regional groups, from the one drawn.

    A group has its next turn in the first round in which it has not had one, but not
    in a round that is over.
    """
    first = (speakers["draw"] or {}).get("region") or "AFR"
    wheel = REGIONS[REGIONS.index(first) :] + REGIONS[: REGIONS.index(first)] + [""]
    heard, told, others = takers(t, speakers, now, tier_of, standing)
    had: dict[str, int] = {}
    current = 1
    keys: dict[str, Any] = {key: (0, place_of(t, wheel, key)) for key in now}
    for request in (*heard, *told, *others):
        group = region(t, request)
        had[group] = max(had.get(group, 0) + 1, current)
        if request not in others:
            # a turn that is taken: no group goes back behind this round
            current = had[group]
        keys[request["id"]] = (had[group], wheel.index(group))
    return keys


def place_of(t: Turn, wheel: list[str], key: str) -> int:
    """Where the group of a request stands in each round."""
    return wheel.index(region(t, t.s["requests"][key]))


def region(t: Turn, request: Plain) -> str:
    """The regional group of a request; nothing for those who have none."""
    own = t.setup["roster"].get(claimed(t, request)["delegation"])
    return own["region"] if own and own["region"] in REGIONS else ""


def sides(
    t: Turn, speakers: Plain, now: list[str], tier_of: TierOf, standing: Standing
) -> dict[str, Any]:
    """For and against in turn, beginning with the side that did not speak last."""
    heard, told, others = takers(t, speakers, now, tier_of, standing)
    spoken = [side for each in (*heard, *told) if (side := claimed(t, each)["side"])]
    begins = "against" if spoken and spoken[-1] == "for" else "for"
    keys: dict[str, Any] = dict.fromkeys(now, (0, 0))
    count = {"for": 0, "against": 0}
    for request in others:
        side = claimed(t, request)["side"]
        if side is None:
            keys[request["id"]] = (len(told) + len(others), 0)
            continue
        count[side] += 1
        keys[request["id"]] = (count[side], int(side != begins))
    return keys
