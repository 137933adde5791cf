"""The floor as a stack: who stands over whom, and who goes on (RULES 7.5)."""

from model.base import INTERRUPTING, No, Plain, Turn, go_on, phase, stop

OF_ORDER = ("upheld", "not_upheld", "withdrawn", "noted")
OF_MOTION = ("carried", "lost", "withdrawn", "noted")


def rules_of(t: Turn, kind: str) -> Plain:
    """What the profile says of one kind of interruption."""
    usual: Plain = t.setup["interruptions"][kind]
    found: Plain = t.profile["interruptions"].get(kind, usual)
    return found


def rulings(request: Plain) -> tuple[str, ...]:
    """How the chair may rule; nobody rules on a speech for or against a motion."""
    if request["kind"] == "point_of_order":
        return OF_ORDER
    if request["kind"] == "procedural_motion" and request["on"] is None:
        return OF_MOTION
    return ()


def pending(t: Turn, beneath: Plain) -> bool:
    """Whether the chair has still to rule on something that interrupted it."""
    for each in t.s["interventions"].values():
        request = t.s["requests"][each["request"]]
        if (
            each["over"] == beneath["id"]
            and each["outcome"] in ("delivered", "time", "order", "security")
            and each["ruling"] is None
            and rulings(request)
            and rules_of(t, request["kind"])["ruling"]
        ):
            return True
    return False


def void(t: Turn, intervention: Plain) -> None:
    """It was never heard, and the one beneath goes on."""
    stop(intervention, t.at, "voided")
    leave_floor(t, intervention)


def off(t: Turn, key: str) -> None:
    """No longer on the floor; a question about the downtime goes with it."""
    t.s["stack"] = [each for each in t.s["stack"] if each != key]
    t.s["downtime"] = 0


def leave_floor(t: Turn, intervention: Plain) -> None:
    """Off the floor; the one beneath goes on, if its clock was held for this."""
    off(t, intervention["id"])
    kind = t.s["requests"][intervention["request"]]["kind"]
    if intervention["over"] is None or kind not in INTERRUPTING:
        return
    beneath = t.s["interventions"][intervention["over"]]
    held = beneath["holds"][-1] if beneath["holds"] else [None, None, 0]
    held_by_it = held[1:] == [intervention["called"], None]
    if held_by_it and rules_of(t, kind)["clock"] == "hold":
        goes_on(t, beneath)


def goes_on(t: Turn, beneath: Plain) -> None:
    """The interrupted one goes on with what was left, if nothing forbids it."""
    if (
        t.s["state"] == "in_session"
        and t.s["stack"][-1:] == [beneath["id"]]
        and phase(beneath) == "paused"
        and beneath["holds"][-1][0] == "interruption"
        and not pending(t, beneath)
    ):
        go_on(beneath, t.at)


def shown_top(t: Turn, c: Plain) -> None:
    """The one whom the screen showed on top of the floor, or nobody."""
    top = t.s["stack"][-1] if t.s["stack"] else None
    if c["expect"]["floor"] != top:
        raise No("stale")
