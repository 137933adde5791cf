"""The simulated operator: gives the floor until a person does.

What it does next is a pure answer to what its screen shows (:func:`next_step`). At the
first act of an operator that was not its own it stops for good.
"""

import hashlib
from collections.abc import Callable

from msgspec import Struct

from rostra.rehearsal.manners import Manners
from rostra.rehearsal.view import Fields, View, file_order
from rostra.rehearsal.watch import Watch
from rostra.rehearsal.wire import Wire

LOOK_S = 0.5
#: Between two speakers, and from "we are ready" to the start of the clock.
BREATH_MS = 2_500
START_MS = 800
LOBBY_MS = 4_000
OPENING_MS = 2_000
SECOND_CALL_MS = 15_000
GIVE_UP_MS = 40_000
START_ANYWAY_MS = 20_000
CLEAR_SIGNAL_MS = 15_000
#: A courteous speaker is ended just before the limit, a lively one after it.
END_LEFT_MS = {"courteous": 2_000, "lively": -10_000}
EXTEND_SHARE = 0.08
EXTEND_AFTER_MS = 12_000


class Step(Struct, frozen=True):
    """A command to send."""

    type: str
    fields: Fields


class Knowledge(Struct, frozen=True, kw_only=True):
    """What the operator knows beside its screen."""

    simulated: frozenset[str]
    manners: Manners
    seed: int
    #: Server's time at which the rehearsal began.
    since: int


def next_step(view: View, known: Knowledge, now: int) -> Step | None:
    """What a secretary would press now; None for nothing."""
    match view.state:
        case "scheduled":
            return _state_step("open_lobby", view)
        case "lobby":
            return _lobby_step(view, known, now)
        case "in_session":
            return _session_step(view, known, now)
        case _:
            return None


def _state_step(type_: str, view: View) -> Step:
    return Step(type_, {"expect": {"state": view.state}})


def _lobby_step(view: View, known: Knowledge, now: int) -> Step | None:
    first = view.discussion
    waiting = view.list_of(first) if first else None
    crowd = waiting is not None and waiting["count"] >= 4
    if crowd or now - known.since > LOBBY_MS:
        return _state_step("call_to_order", view)
    return None


def _session_step(view: View, known: Knowledge, now: int) -> Step | None:
    if view.floor is not None:
        return floor_step(view.floor, known, now)
    return _tidy_step(view, now) or _segment_step(view, now)


def _segment_step(view: View, now: int) -> Step | None:
    segment, aim = view.segment, view.discussion
    if segment is None or (aim is not None and file_order(segment) < file_order(aim)):
        began = segment["started_at"] if segment else view.meeting["called_to_order_at"]
        if aim is None or now - (began or 0) < OPENING_MS:
            return None
        running = segment["id"] if segment else None
        return Step(
            "go_to_segment", {"segment": aim["id"], "expect": {"segment": running}}
        )
    return _call_step(view, segment, now)


def _call_step(view: View, segment: Fields, now: int) -> Step | None:
    order = view.order(segment["list"])
    if not order or now - view.last_end() < BREATH_MS:
        return None
    return Step("call", {"request": order[0], "expect": {"head": order[0]}})


def _tidy_step(view: View, now: int) -> Step | None:
    """Between two speakers: confirm a name, clear a signal that is old."""
    for signal in view.all("signals").values():
        if now - signal["at"] > CLEAR_SIGNAL_MS:
            return Step("clear_signal", {"signal": signal["id"]})
    for each in view.all("requests").values():
        if each["person"] is not None and not each["confirmed"]:
            return Step("confirm_name", {"request": each["id"]})
    return None


def floor_step(floor: Fields, known: Knowledge, now: int) -> Step | None:
    """What to do about the one who is called or speaks."""
    expect = {"expect": {"intervention": floor["id"], "phase": floor["phase"]}}
    if floor["phase"] == "called":
        return _called_step(floor, known, now, expect)
    if floor["phase"] == "speaking":
        return _speaking_step(floor, known, now, expect)
    return None


def _called_step(
    floor: Fields, known: Knowledge, now: int, expect: Fields
) -> Step | None:
    waited = now - floor["called_at"]
    simulated = floor["delegation"] in known.simulated
    if floor["ready_at"] is not None:
        ready_for = now - floor["ready_at"]
        return Step("start", expect) if ready_for >= START_MS else None
    if floor["delegation"] is None or (simulated and known.manners == "courteous"):
        return Step("start", expect) if waited >= START_ANYWAY_MS else None
    if waited >= GIVE_UP_MS:
        return Step("no_show", expect)
    if waited >= SECOND_CALL_MS and len(floor["attempts"]) < 2:
        head = {"expect": {"head": floor["request"]}}
        return Step("call", {"request": floor["request"], **head})
    return None


def _speaking_step(
    floor: Fields, known: Knowledge, now: int, expect: Fields
) -> Step | None:
    since = floor["running_since"]
    if since is None:
        return None
    used = floor["used_ms"] + now - since
    if floor["allotted_ms"] - used <= END_LEFT_MS[known.manners]:
        return Step("end", expect)
    generous = _draw(known.seed, floor["id"]) < EXTEND_SHARE
    untouched = floor["allotted_ms"] == floor["limit_ms"]
    if generous and untouched and used > EXTEND_AFTER_MS:
        return Step("extend", {"seconds": 30, **expect})
    return None


def _draw(seed: int, what: str) -> float:
    """A number from 0 to 1 that belongs to *what*."""
    digest = hashlib.sha256(f"{seed} {what}".encode()).digest()
    return int.from_bytes(digest[:4]) / 2**32


class Operator:
    """The simulated secretary at the console."""

    def __init__(
        self, wire: Wire, known: Knowledge, step_back: Callable[[], None]
    ) -> None:
        self.wire = wire
        self._known = known
        self._step_back = step_back
        self._watch = Watch()
        self._last_act: int | None = None
        if wire.view is not None:
            self._watch.start(wire.view)
        wire.watch = self._watch

    async def run(self) -> None:
        """Act until a person acts, then say so once; or until the wire is closed."""
        while not self.wire.closed:
            await self.wire.change(LOOK_S)
            view = self.wire.view
            if view is None:
                continue
            if self._a_person_acted(view.meeting.get("action")):
                self._step_back()
                return
            step = next_step(view, self._known, self.wire.now())
            if step is not None:
                await self.wire.command(step.type, **step.fields)

    def _a_person_acted(self, action: Fields | None) -> bool:
        """Whether an operator acted who is not this one.

        What can be undone is named in the meeting (``action``), the rest is watched
        for. An act older than the last one seen means that one was undone, which this
        operator never does.
        """
        strange = self._watch.strange(self.wire.seqs)
        if action is None:
            return strange
        seq = action["seq"]
        first, self._last_act = self._last_act, seq
        if first is None:
            later, undone = action["at"] >= self._known.since, False
        else:
            later, undone = seq > first, seq < first
        return strange or undone or (later and seq not in self.wire.seqs)
