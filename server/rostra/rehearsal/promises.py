"""Which promises a rehearsal found kept, and which broken. Pure."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from rostra.rehearsal.figures import Window, outside
from rostra.rehearsal.play import Findings, Restart

#: PROMISES P11: after a restart, from the moment that connections are accepted again.
BACK_WITHIN_S = {"moderators": 2.0, "first_500": 3.0, "everybody": 30.0}
FIRST = 500


class Promise(Struct, frozen=True):
    """What was promised, whether it was kept, and a sentence about it."""

    name: str
    kept: bool
    text: str


def promises(found: Findings, windows: Sequence[Window]) -> Iterator[Promise]:
    """Each promise that was put to the test; *windows* is when people were away."""
    if found.came and found.began:
        yield _once_and_in_order(found)
        yield _all_at_the_end(found)
        yield _nobody_cut_off(found, windows)
    if found.delegations and found.began:
        yield _answered(found)
    if found.restart is not None:
        yield from _came_back(found.restart)


def _once_and_in_order(found: Findings) -> Promise:
    name = "once and in order"
    counts = _breaks(found)
    if not counts:
        text = "Every listener was told every change once and in order."
        return Promise(name, True, text)
    kinds = ", ".join(f"{count} × {kind}" for kind, count in sorted(counts.items()))
    text = f"Not everybody was told every change once and in order: {kinds}."
    told = [e for s in found.states for e in (*s["examples"], *s["contradictions"])]
    return Promise(name, False, " ".join((text, *(f"{e}." for e in told[:3]))))


def _breaks(found: Findings) -> dict[str, int]:
    """How often what went wrong, over all processes."""
    counts: dict[str, int] = {}
    for state in found.states:
        for kind, count in state["breaks"].items():
            counts[kind] = counts.get(kind, 0) + count
        if state["contradictions"]:
            kind = "two histories"
            counts[kind] = counts.get(kind, 0) + len(state["contradictions"])
    if found.diary.gaps:
        counts["acting people missed something"] = found.diary.gaps
    return counts


def _all_at_the_end(found: Findings) -> Promise:
    name = "all at the same change"
    joined = sum(state["joined"] for state in found.states)
    places = sorted(found.places, key=lambda each: each["seq"] or 0)
    if len(places) == 1 and joined >= found.came:
        seq = places[0]["seq"]
        text = f"At the end all {joined:,} listeners stood at change {seq}."
        return Promise(name, True, text)
    text = f"At the end {joined:,} of {found.came:,} listeners were connected"
    if len(places) > 1:
        where = (f"{each['count']} at {each['seq']}" for each in places[-5:])
        text += f", and they did not stand at the same change: {', '.join(where)}"
    return Promise(name, False, f"{text}.")


def _nobody_cut_off(found: Findings, windows: Sequence[Window]) -> Promise:
    reasons: dict[str, int] = {}
    for at, why in found.lost:
        if outside(at, windows):
            reasons[why] = reasons.get(why, 0) + 1
    if not reasons:
        return Promise("nobody cut off", True, "No line was lost.")
    why = ", ".join(f"{count} × {reason}" for reason, count in sorted(reasons.items()))
    return Promise("nobody cut off", False, f"Lines were lost: {why}.")


def _answered(found: Findings) -> Promise:
    lacking = found.diary.unanswered
    if not lacking:
        return Promise("every command answered", True, "Every command was answered.")
    text = f"{lacking} commands were never answered."
    return Promise("every command answered", False, text)


def back(restart: Restart | None) -> dict[str, float]:
    """When who was back: seconds after connections were accepted again."""
    if restart is None:
        return {}
    figures = {
        "stopping": _seconds(restart.asked, restart.ended),
        "down": _seconds(restart.ended, restart.ready),
        "returned": float(len(restart.others)),
    }
    if restart.moderators:
        figures["moderators"] = _seconds(restart.ready, restart.moderators[-1])
    if restart.others:
        first = restart.others[:FIRST][-1]
        figures["first_500"] = _seconds(restart.ready, first)
        figures["everybody"] = _seconds(restart.ready, restart.others[-1])
    return figures


def _seconds(since: int, until: int) -> float:
    return round(max(0, until - since) / 1e9, 2)


def _came_back(restart: Restart) -> Iterator[Promise]:
    figures = back(restart)
    for who, limit in BACK_WITHIN_S.items():
        name = f"{who.replace('_', ' ')} back"
        if who not in figures:
            yield Promise(name, False, f"After the restart nobody came: {name}.")
            continue
        took = figures[who]
        text = f"After the restart {name} within {took:g} s (promised: {limit:g} s)."
        yield Promise(name, took <= limit, text)
    lacking = restart.before - len(restart.others)
    if lacking > 0:
        yield Promise("all back", False, f"{lacking:,} did not come back.")
