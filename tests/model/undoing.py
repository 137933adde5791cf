"""Undo: what an act changed is as it was, what others did since stands (U1-U6).

Whole states are kept from before and after an act, and three states are merged.
"""

from typing import Any

from model.base import LISTED, No, Plain, State, Turn, copied, stop

KEPT = 10
#: What an act can change and an undo puts back.
_ENTITIES = ("segments", "lists", "requests", "interventions", "swaps")
_PLACED = ("status", "fixed", "told", "ticket", "generation", "stands_as")
_ALONE = ("stack", "segment", "downtime")


def take(t: Turn) -> None:
    """Remember the act of this turn."""
    if t.act is None:
        return
    act = {
        "seq": t.s["seq"],
        "type": t.act,
        "at": t.at,
        "before": t.old,
        "after": {**t.s, "acts": ()},
    }
    t.s["acts"] = (*t.s["acts"], act)[-KEPT:]


def undo(t: Turn, c: Plain) -> None:
    """The last act is taken back."""
    t.open_record()
    if not t.s["acts"]:
        raise No("nothing_to_undo")
    act = t.s["acts"][-1]
    if c["expect"]["action"] != act["seq"]:
        raise No("stale")
    until_start = act["type"] in ("call", "recognise")
    if not until_start and t.at > act["at"] + t.profile["undo_s"] * 1000:
        raise No("undo_too_late")
    if overtaken(t.s, act["before"], act["after"]):
        raise No("undo_overtaken")
    put_back(t, act["before"], act["after"])
    t.s["acts"] = t.s["acts"][:-1]


def overtaken(now: State, before: State, after: State) -> bool:
    """Whether somebody has since changed what the act had made (U4)."""

    def changed(*path: str) -> bool:
        """The act changed it, and it is no longer what the act made of it."""
        was, made, is_now = (reach(each, path) for each in (before, after, now))
        return made not in (was, is_now)

    if changed("stack") or changed("segment"):
        return True
    for key, made in after["interventions"].items():
        if made != before["interventions"].get(key) and any(
            now["interventions"][key][field] != made[field]
            for field in ("runs", "holds", "ended")
        ):
            return True
    if any(changed("requests", key, "status") for key in after["requests"]):
        return True
    return any(
        changed("lists", key, "state") or changed("lists", key, "generation")
        for key in after["lists"]
    )


def reach(value: Any, path: tuple[str, ...]) -> Any:
    """What lies at the end of *path*; None where it breaks off."""
    for step in path:
        value = value.get(step) if value is not None else None
    return value


def put_back(t: Turn, before: State, after: State) -> None:
    """Each field that the act changed and nobody since, as it was before."""
    orders = {key: old_order(t, key, before) for key in t.s["lists"]}
    t.s["delivered"] = [
        key
        for key in t.s["delivered"]
        if key in before["delivered"] or key not in after["delivered"]
    ]
    for name in _ALONE:
        if before[name] != after[name]:
            t.s[name] = copied(before[name])
    for name in _ENTITIES:
        for key in {**before[name], **after[name]}:
            one_back(t, name, key, before, after)
    for key, order in orders.items():
        if before["lists"][key] != after["lists"][key] or touched(before, after, key):
            t.s["lists"][key]["order"] = [
                each for each in order if t.s["requests"][each]["status"] in LISTED
            ]


def touched(before: State, after: State, key: str) -> bool:
    """Whether the act changed what decides on places of the list."""
    for each in after["requests"].values():
        was = before["requests"].get(each["id"])
        if each["list"] == key and (
            was is None or any(was[name] != each[name] for name in _PLACED)
        ):
            return True
    return False


def old_order(t: Turn, key: str, before: State) -> list[str]:
    """The order from before the act, and behind it whoever has come since."""
    old = before["lists"][key]["order"]
    return [*old, *(each for each in t.s["lists"][key]["order"] if each not in old)]


def one_back(t: Turn, name: str, key: str, before: State, after: State) -> None:
    """One entity as it was."""
    was, made, now = (each[name].get(key) for each in (before, after, t.s))
    if was == made:
        return
    if name == "swaps":
        t.s[name].pop(key, None)
        if was is not None:
            t.s[name][key] = copied(was)
    elif was is None:
        # what the act has made stays known, as something that never was
        if name == "requests":
            now.update(status="voided", ended=t.at)
        else:
            stop(now, t.at, "voided")
    else:
        fields(now, was, made)


def fields(now: Plain, was: Plain, made: Plain) -> None:
    """Field by field; told is told, and restored where the act took it away (O8)."""
    taken = was.get("told", False) and not made.get("told", False)
    told = now.get("told", False) or taken
    for field, old in was.items():
        if field != "order" and now[field] == made[field]:
            now[field] = copied(old)
    if "told" in was:
        now["told"] = told


RULES = {"undo": undo}
