"""After the meeting: publication, and persons forgotten (R18, R19)."""

from model.base import No, Plain, Turn, line

EVERYTHING = (
    "page",
    "time_by_delegation",
    "time_by_group",
    "time_by_kind",
    "timeline",
    "list_length",
)


def publish(t: Turn, c: Plain) -> None:
    """What is public."""
    now = t.s["published"]
    wanted = [each for each in EVERYTHING if each in c["published"]]
    if sorted(set(c["expect"]["published"])) != sorted(now) or wanted == now:
        raise No("stale")
    t.s["published"] = wanted


def erase_persons(t: Turn, c: Plain) -> None:
    """Nobody's name is known any more."""
    if c["expect"]["state"] != t.s["state"]:
        raise No("stale")
    t.in_state("archived")
    if t.s["erased"]:
        raise No("stale")
    if not line(c["reason"]):
        raise No("reason_needed")
    t.s["erased"] = t.s["seq"]
    t.s["acts"] = ()
    for request in t.s["requests"].values():
        request.update(person=None, device="")
    for segment in t.s["segments"].values():
        segment["presider"][0] = ""
    for known in t.s["attendance"].values():
        known["contact"] = ""
    for row in t.s["interventions"].values():
        for said in (*row["said"], *(each["was"] for each in row["corrections"])):
            said["person"] = None
    for note in t.s["notes"].values():
        if note["proposed"]:
            note["proposed"]["person"] = None


RULES = {
    "publish": publish,
    "erase_persons": erase_persons,
}
