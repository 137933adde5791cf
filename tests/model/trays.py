"""Beside the list: waiting for a yes, late, parked; pins, windows, swaps."""

from typing import Any

from model.base import LIVE, No, Plain, Turn, line
from model.lists import shown_list
from model.order import equals


def waiting(t: Turn, key: str, *statuses: str) -> Plain:
    """A request that waits where the button showed it."""
    t.alive()
    t.own(t.request(key))
    request = t.live(key, *LIVE)
    if request["status"] == "called":
        raise No("floor_occupied")
    if request["status"] not in statuses:
        raise No("stale")
    return request


def accept(t: Turn, c: Plain) -> None:
    """REQUESTED to QUEUED."""
    waiting(t, c["request"], "requested")["status"] = "queued"
    t.undoable("accept")


def decline(t: Turn, c: Plain) -> None:
    """Not taken; the reason is shown to the delegation."""
    request = waiting(t, c["request"], *LIVE)
    t.leave(request, "declined", "declined")
    request["told_text"] = line(c.get("reason", ""))
    t.undoable("decline")


def park(t: Turn, c: Plain) -> None:
    """QUEUED to DEFERRED."""
    request = t.request(c["request"])
    t.own(request)
    points = t.s["lists"][request["list"]]["purpose"] == "points"
    allowed = t.profile["park"] or t.who["role"] != "delegate"
    if points or not allowed:
        raise No("not_enabled")
    waiting(t, c["request"], "queued")
    request.update(status="deferred", told=False, fixed=False)
    t.undoable("park")


def unpark(t: Turn, c: Plain) -> None:
    """Back at the end, or at the old place in the order of arrival."""
    request = waiting(t, c["request"], "deferred")
    request["status"] = "queued"
    if not t.profile["keep_place"] and request["kind"] != "programme":
        key = t.new_id("r")
        now = t.s["lists"][request["list"]]["generation"]
        request.update(
            ticket=tuple(map(int, key[1:].split("."))),
            generation=max(request["generation"], now),
            drawn=0,
            stands_as=None,
        )
    t.undoable("unpark")


def admit_late(t: Turn, c: Plain) -> None:
    """The late tray, in the order of arrival, behind those who were in time."""
    speakers = shown_list(t, c)
    late = [
        each
        for each in t.s["requests"].values()
        if each["list"] == speakers["id"] and each["status"] == "late"
    ]
    wanted = c.get("requests")
    if wanted is not None:
        for key in wanted:
            if t.find("requests", key) not in late:
                raise No("stale")
        late = [each for each in late if each["id"] in wanted]
    if not late:
        raise No("stale")
    for each in late:
        generation = max(each["generation"] + 1, speakers["generation"])
        each.update(status="queued", generation=generation)
    t.undoable("admit_late")


def in_place(t: Turn, c: Plain) -> Plain:
    """An entry that stands where the button showed it."""
    t.alive()
    request = t.live(c["expect"]["request"])
    order = t.s["lists"][request["list"]]["order"]
    if order.index(request["id"]) != c["expect"]["place"]:
        raise No("stale")
    if request["status"] == "called":
        raise No("bad_place")
    return request


def pin(t: Turn, c: Plain) -> None:
    """It stays where it is."""
    in_place(t, c)["fixed"] = True
    t.undoable("pin")


def unpin(t: Turn, c: Plain) -> None:
    """The order decides again."""
    in_place(t, c)["fixed"] = False
    t.undoable("unpin")


def set_window(t: Turn, c: Plain) -> None:
    """From when and until when a person can speak (P10)."""
    t.alive()
    request = t.live(c["request"], *LIVE)
    start, end = c.get("not_before"), c.get("not_after")
    if start is not None and end is not None and end <= start:
        raise No("bad_time")
    request.update(not_before=start, not_after=end)
    t.undoable("set_window")


# Swaps


def offer_swap(t: Turn, c: Plain) -> None:
    """A delegation offers its place for another's."""
    t.alive()
    if t.profile["swaps"] == "off" or t.profile["show_list"] != "all":
        raise No("not_enabled")
    own = t.request(c["request"])
    t.own(own)
    if t.closed(t.s["lists"][own["list"]]["segment"]):
        raise No("not_enabled")
    other = t.s["requests"].get(c["wanted"])
    if other is None:
        raise No("swap_not_possible")
    taken = [
        key
        for swap in t.s["swaps"].values()
        for key in (swap["offered"], swap["wanted"])
    ]
    if (
        other["delegation"] in (None, own["delegation"])
        or not equals(t, own, other)
        or own["id"] in taken
        or other["id"] in taken
    ):
        raise No("swap_not_possible")
    t.s["swaps"][t.new_id("w")] = {
        "offered": own["id"],
        "wanted": other["id"],
        "accepted": False,
    }


def swap_of(t: Turn, key: str) -> tuple[Plain, Plain, Plain]:
    """A swap and its two requests; a delegation knows its own only."""
    swap = t.find("swaps", key)
    one, other = (t.s["requests"][swap[each]] for each in ("offered", "wanted"))
    between = (one["delegation"], other["delegation"])
    if t.who["role"] == "delegate" and t.who["delegation"] not in between:
        raise No("no_such_entity")
    return swap, one, other


def answer_swap(t: Turn, c: Plain) -> None:
    """Yes or no of the one asked; who offered may take it back."""
    t.alive()
    swap, one, other = swap_of(t, c["swap"])
    if not c["accept"]:
        del t.s["swaps"][c["swap"]]
        return
    if other["delegation"] != t.who["delegation"]:
        raise No("not_your_delegation")
    if swap["accepted"]:
        raise No("swap_not_possible")
    swap["accepted"] = True
    if t.profile["swaps"] == "auto":
        exchange(t, c["swap"], one, other)


def settle_swap(t: Turn, c: Plain) -> None:
    """The operator lets it happen, or says no at any stage."""
    t.alive()
    swap, one, other = swap_of(t, c["swap"])
    if not c["allow"]:
        del t.s["swaps"][c["swap"]]
    elif swap["accepted"]:
        exchange(t, c["swap"], one, other)
    else:
        raise No("swap_not_possible")
    t.undoable("settle_swap")


def exchange(t: Turn, key: str, one: Plain, other: Plain) -> None:
    """Each stands in the other's place, by the other's claims."""
    claims = [each["stands_as"] or each["id"] for each in (other, one)]
    for name in ("ticket", "generation", "told", "fixed", "drawn"):
        one[name], other[name] = other[name], one[name]
    for each, claim in zip((one, other), claims, strict=True):
        each["stands_as"] = claim if claim != each["id"] else None
    order = t.s["lists"][one["list"]]["order"]
    here, there = order.index(one["id"]), order.index(other["id"])
    order[here], order[there] = other["id"], one["id"]
    del t.s["swaps"][key]


RULES: dict[str, Any] = {
    "accept": accept,
    "decline": decline,
    "park": park,
    "unpark": unpark,
    "admit_late": admit_late,
    "pin": pin,
    "unpin": unpin,
    "set_window": set_window,
    "offer_swap": offer_swap,
    "answer_swap": answer_swap,
    "settle_swap": settle_swap,
}
