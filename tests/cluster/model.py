"""The floor in fifty lines: what commands may be answered, one after the other.

Written from the rules (RULES 3, 6 and 7), not from the product's code. It knows one
list, who stands on it in the order of arrival, and who is on the floor.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, structs

from cluster.history import Call

#: These say that nothing happened and nothing was looked at: they fit any state.
ALWAYS = frozenset(("expired", "internal"))


class Waiting(Struct, frozen=True):
    """One on the list. ``request`` None: it was asked, and nobody heard the answer."""

    request: str | None
    delegation: str


class Floor(Struct, frozen=True):
    """Who was given the floor. ``intervention`` None: nobody heard the answer."""

    intervention: str | None
    request: str | None
    delegation: str
    phase: str = "called"


class State(Struct, frozen=True):
    """All that commands can find."""

    list: str
    open: bool = True
    generation: int = 1
    waiting: tuple[Waiting, ...] = ()
    floor: Floor | None = None


Answer = Mapping[str, Any]


#: What may be answered: None is "done", others are codes. Two where ids are not known.
Possible = tuple[str | None, ...]


def step(state: State, call: Call) -> State | None:
    """The state after *call*, where its answer is one that *state* may give."""
    assert call.answer is not None
    if call.answer["outcome"] == "no":
        code = call.answer["code"]
        fits = code in ALWAYS or code in _answers(state, call, call.answer["current"])
        return state if fits else None
    if None not in _answers(state, call, None):
        return None
    return _done(state, call, call.answer["result"])


def effect(state: State, call: Call) -> State | None:
    """The state after *call*, of which no answer is known; None if it has no effect."""
    if None not in _answers(state, call, None):
        return None
    after = _done(state, call, None)
    return None if after == state else after


def _answers(state: State, call: Call, current: Answer | None) -> Possible:
    """What *state* answers; with *current*, what a refusal says must be so too."""
    f = call.fields
    match call.type:
        case "request_floor":
            return (None,) if state.open else ("list_closed",)
        case "withdraw":
            return _to_withdrawal(state, call)
        case "call":
            return _to_call(state, f, current)
        case "start":
            return _to_floor(state, f["expect"], "called")
        case "end":
            return _to_floor(state, f["expect"], "speaking")
        case "close_list" | "reopen_list":
            shown = (f["expect"]["state"] == "open", f["expect"]["generation"])
            fits = shown == (state.open, state.generation)
            right = state.open == (call.type == "close_list")
            return (None,) if fits and right else ("stale",)
        case _:
            return (None,)


def _to_withdrawal(state: State, call: Call) -> Possible:
    for each in _live(state):
        if each.request == call.fields["request"]:
            mine = call.delegation in (None, each.delegation)
            return (None,) if mine else ("not_your_delegation",)
    # of a request that is no more, a delegation is told first that it is another's
    gone = ("not_on_list", "not_your_delegation")
    return (None, *gone) if _unheard(state, call.delegation) else gone


def _to_call(state: State, fields: dict[str, Any], current: Answer | None) -> Possible:
    # other refusals than those of the floor say other things
    if current is not None and "head" in current and not _says(state, current):
        return ()
    shown = fields["expect"]["head"]
    fitting: Possible = ("floor_occupied",) if state.floor else (None,)
    if not state.waiting:
        return fitting if shown is None else ("stale",)
    first = state.waiting[0].request
    if first is None:
        return (*fitting, "stale")
    return fitting if first == shown else ("stale",)


def _says(state: State, current: Answer) -> bool:
    """Whether the refusal told what is so."""
    first = state.waiting[0] if state.waiting else None
    head, floor = current["head"], current["floor"]
    right_head = head is None if first is None else _same(first.request, head)
    if state.floor is None:
        return right_head and floor is None
    return right_head and floor is not None and _same(state.floor.intervention, floor)


def _to_floor(state: State, expect: Answer, phase: str) -> Possible:
    now = state.floor
    if now is None or not _same(now.intervention, expect["intervention"]):
        return ("stale",)
    fitting: Possible = (None,) if now.phase == expect["phase"] == phase else ("stale",)
    return fitting if now.intervention is not None else (*fitting, "stale")


def _done(state: State, call: Call, result: Answer | None) -> State | None:
    f = call.fields
    match call.type:
        case "request_floor":
            return _asked(state, str(call.delegation), result)
        case "withdraw":
            return _withdrawn(state, f["request"], call.delegation)
        case "call":
            return _called(state, f["request"], result)
        case "start":
            assert state.floor is not None
            key = f["expect"]["intervention"]
            speaking = Floor(
                key, state.floor.request, state.floor.delegation, "speaking"
            )
            return structs.replace(state, floor=speaking)
        case "end":
            return structs.replace(state, floor=None)
        case "close_list":
            return structs.replace(state, open=False)
        case "reopen_list":
            return structs.replace(state, open=True, generation=state.generation + 1)
        case _:
            return state


def _asked(state: State, delegation: str, result: Answer | None) -> State | None:
    """At most one live request; who asks again is told of the first."""
    live = next((each for each in _live(state) if each.delegation == delegation), None)
    if result is None:
        new = (*state.waiting, Waiting(None, delegation))
        return state if live else structs.replace(state, waiting=new)
    request = result["request"]
    if live:
        if not result["joined"] or not _same(live.request, request):
            return None
        return _named(state, live, request)
    if result["joined"]:
        return None
    new = (*state.waiting, Waiting(request, delegation))
    return structs.replace(state, waiting=new)


def _named(state: State, live: Waiting, request: str) -> State:
    """Now it is known by which id *live* goes."""
    waiting = tuple(
        Waiting(request, each.delegation) if each == live else each
        for each in state.waiting
    )
    floor = state.floor
    if floor and floor.request is None and floor.delegation == live.delegation:
        floor = structs.replace(floor, request=request)
    return structs.replace(state, waiting=waiting, floor=floor)


def _withdrawn(state: State, request: str, delegation: str | None) -> State:
    gone = next(
        (each for each in _live(state) if each.request == request),
        _unheard(state, delegation),
    )
    waiting = tuple(each for each in state.waiting if each != gone)
    floor = state.floor
    if floor and gone == Waiting(floor.request, floor.delegation):
        floor = None
    return structs.replace(state, waiting=waiting, floor=floor)


def _called(state: State, request: str, result: Answer | None) -> State | None:
    first, *rest = state.waiting
    if result is not None and result["again"]:
        return None
    key = None if result is None else result["intervention"]
    floor = Floor(key, request, first.delegation)
    return structs.replace(state, waiting=tuple(rest), floor=floor)


def _live(state: State) -> list[Waiting]:
    """Those on the list, and the one who is called and has not begun."""
    floor = state.floor
    called = floor is not None and floor.phase == "called"
    first = [Waiting(floor.request, floor.delegation)] if floor and called else []
    return [*first, *state.waiting]


def _unheard(state: State, delegation: str | None) -> Waiting | None:
    """A live request whose id is not known, of *delegation* if that is said."""
    for each in _live(state):
        if each.request is None and delegation in (None, each.delegation):
            return each
    return None


def _same(known: str | None, said: str | None) -> bool:
    """Whether they can be the same; what is not known may be anything."""
    return said is not None and (known is None or known == said)
