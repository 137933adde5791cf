"""What a button of the floor showed, and whether it is still so (F10)."""

from model.base import No, Plain, Turn, phase


def on_floor(t: Turn, c: Plain, *phases: str) -> Plain:
    """The intervention that the button showed, in the phase that it showed (F10)."""
    top = t.top()
    if t.who["role"] == "delegate":
        meant = own_part(t, c)
        # a call to somebody else is nothing that a delegation knows of
        standing = [t.s["interventions"][key] for key in t.s["stack"]]
        seen = [e for e in standing if e["started"] is not None or e is meant]
        top = seen[-1] if seen else None
    return in_phase(top, c, *phases)


def own_part(t: Turn, c: Plain) -> Plain:
    """The delegation's own intervention, which its pad showed."""
    meant: Plain | None = t.s["interventions"].get(c["expect"]["intervention"])
    if meant is None:
        raise No("not_your_delegation")
    t.own(t.s["requests"][meant["request"]])
    return meant


def in_phase(top: Plain | None, c: Plain, *phases: str) -> Plain:
    """That one, in the phase shown, which is one of *phases*."""
    expect = c["expect"]
    if top is None or (top["id"], phase(top)) != (
        expect["intervention"],
        expect["phase"],
    ):
        raise No("stale")
    if phase(top) not in phases:
        raise No("wrong_phase")
    return top
