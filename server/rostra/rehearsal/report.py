"""The figures of a rehearsal, from what was seen of it. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct, to_builtins

from rostra.rehearsal.figures import (
    Rush,
    Spread,
    Window,
    acknowledged,
    changes,
    completion,
    rushed,
    shown,
    shown_to_last,
)
from rostra.rehearsal.play import Findings, Restart
from rostra.rehearsal.promises import Promise, back, promises
from rostra.rehearsal.tally import SATURATED

#: After everybody is back the figures of the coming back still reach into the next.
AFTER_RESTART_NS = 1_000_000_000
#: Broadcasts that may have been read too slowly before it is said.
FEW = 0.05
#: Before anybody came, with the acting people, with everybody, and after the meeting.
READINGS = 4


class Report(Struct, frozen=True, kw_only=True):
    """Everything that is told. Times are milliseconds where nothing else is said."""

    seconds: float
    planned_seconds: float
    stopped: bool
    delegations: int
    listeners: int
    came: int
    joining_seconds: float
    changes: int
    deliveries: int
    commands: int
    refused: dict[str, int]
    acknowledged: Spread | None
    shown: Spread | None
    shown_to_last: Spread | None
    completion: Spread | None
    bytes: dict[str, float]
    server: dict[str, float]
    generator: dict[str, float]
    back: dict[str, float]
    rush: Rush | None
    promises: list[Promise]
    #: Why the rehearsal itself did not go as planned.
    troubles: list[str]
    warnings: list[str]

    @property
    def kept(self) -> bool:
        """Whether every promise was kept, as far as it was put to the test."""
        return all(each.kept for each in self.promises) and not self.troubles


def report(found: Findings) -> Report:
    """The figures of a rehearsal."""
    windows = _windows(found.restart)
    heard = changes(found.rows)
    pressed = found.diary.pressed
    deliveries = sum(row["count"] for row in found.rows)
    return Report(
        seconds=round(_seconds(found), 1),
        planned_seconds=found.planned_s,
        stopped=found.stopped,
        delegations=found.delegations,
        listeners=found.listeners,
        came=found.came,
        joining_seconds=round(found.joining_s, 1),
        changes=len(heard),
        deliveries=deliveries,
        commands=len(pressed),
        refused=found.diary.refusals,
        acknowledged=acknowledged(pressed, windows),
        shown=shown(pressed, heard, windows),
        shown_to_last=shown_to_last(pressed, heard, windows),
        completion=completion(heard, windows),
        bytes=_bytes(found),
        server=_server(found, deliveries),
        generator=_generator(found),
        back=back(found.restart),
        rush=rushed(pressed, heard, found.rows, found.diary.rush),
        promises=list(promises(found, windows)),
        troubles=found.troubles,
        warnings=list(_warnings(found)),
    )


def as_json(made: Report) -> dict[str, Any]:
    """The report as it is written to a file."""
    told: dict[str, Any] = to_builtins(made)
    return {**told, "kept": made.kept}


def _seconds(found: Findings) -> float:
    return (found.ended - found.began) / 1e9 if found.began else 0.0


def _windows(restart: Restart | None) -> Sequence[Window]:
    """When people were away: not to be taken for slowness."""
    if restart is None:
        return ()
    return ((restart.asked, restart.over + AFTER_RESTART_NS),)


def _sum(found: Findings, name: str) -> float:
    return float(sum(state[name] for state in found.states))


def _bytes(found: Findings) -> dict[str, float]:
    """What one listener received, its own whole view at joining among it."""
    if not found.came or not found.began:
        return {}
    each = _sum(found, "bytes") / found.came
    rows = sum(row["bytes"] for row in found.rows)
    minutes = max(1e-9, _seconds(found) / 60)
    return {
        "each": round(each),
        "each_per_minute": round(rows / found.came / minutes),
    }


def _server(found: Findings, deliveries: int) -> dict[str, float]:
    known = [each for each in found.readings if each is not None]
    if len(known) != READINGS:
        return {}
    before, acting, everybody, after = known
    figures: dict[str, float] = {
        "rss_before": before.rss,
        "rss_everybody": everybody.rss,
        "rss_after": after.rss,
        "peak": after.peak,
    }
    if found.came:
        more = max(0, everybody.rss - acting.rss)
        figures["rss_per_listener"] = round(more / found.came)
    if found.restart is None:
        cpu = after.cpu_s - everybody.cpu_s
        figures["cpu_s"] = round(cpu, 2)
        figures["cpu_share"] = round(cpu / max(1e-9, _seconds(found)), 3)
        if deliveries:
            figures["cpu_us_per_delivery"] = round(cpu * 1e6 / deliveries, 2)
    return figures


def _generator(found: Findings) -> dict[str, float]:
    """How busy we were ourselves."""
    states = found.states
    own = [each for each in found.own if each is not None]
    figures: dict[str, float] = {"processes": len(states)}
    if len(own) == 2:
        share = (own[1].cpu_s - own[0].cpu_s) / max(1e-9, _seconds(found))
        figures["acting_cpu_share"] = round(share, 3)
    if states:
        figures |= {
            "busy": max(state["busy"] for state in states),
            "busiest": max(state["busiest"] for state in states),
            "bursts": _sum(found, "bursts"),
            "saturated": _sum(found, "saturated"),
            "on_core": min(state["on_core"] for state in states),
        }
    return figures


def _warnings(found: Findings) -> Iterator[str]:
    figures = _generator(found)
    bursts = figures.get("bursts", 0)
    if bursts and figures["on_core"] < SATURATED:
        yield (
            f"During broadcasts the load generator had a core for "
            f"{figures['on_core']:.0%} of the time only: other programs ran here. The "
            "figures are upper bounds."
        )
    elif bursts and figures["saturated"] > FEW * bursts:
        yield (
            f"In {figures['saturated']:.0f} of {bursts:.0f} broadcasts the load "
            f"generator itself was busy for more than {SATURATED:.0%} of the time: "
            "the figures are upper bounds. Use more --processes, or another machine."
        )
    if found.began and found.readings[-1] is None:
        yield (
            "What the server used is not known: it does not tell this machine "
            "(metrics_from in its settings)."
        )
    if figures.get("acting_cpu_share", 0) > SATURATED:
        yield (
            f"The acting people took {figures['acting_cpu_share']:.0%} of a core: "
            "when they were answered was noted late. Let fewer of them act."
        )
