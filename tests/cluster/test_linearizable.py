"""The checker of histories: what it accepts, and that it accepts nothing else."""

import itertools
import random
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from cluster.history import Call, History, Told
from cluster.linearizable import check
from cluster.model import State, effect, step

FIRST = State(list="l1.0")
WHO = ("XAD", "XAE", "XAL")


def ok(seq: int, **result: Any) -> dict[str, Any]:
    """Done as commit *seq*."""
    return {"outcome": "ok", "seq": seq, "result": result}


def no(code: str, **current: Any) -> dict[str, Any]:
    """Refused."""
    return {"outcome": "no", "code": code, "current": current}


def call(
    type_: str,
    asked: float,
    answered: float | None,
    answer: dict[str, Any] | None,
    who: str | None = None,
    **fields: Any,
) -> Call:
    """One call."""
    return Call(
        id=f"{type_}-{asked}",
        client=who or "op",
        link=who or "op1",
        delegation=who,
        type=type_,
        fields=fields,
        asked=asked,
        answered=answered,
        answer=answer,
    )


def asks(who: str, asked: float, answered: float | None, seq: int | None) -> Call:
    """A delegation asks for the floor, and is the first of it to do so."""
    answer = ok(seq, request=f"r{seq}.0", joined=False) if seq else None
    return call("request_floor", asked, answered, answer, who)


def calls(
    request: str, asked: float, answered: float, answer: dict[str, Any] | None
) -> Call:
    """An operator gives the floor to whom the screen shows first."""
    expect = {"head": request}
    return call("call", asked, answered, answer, request=request, expect=expect)


def test_one_after_the_other_is_accepted() -> None:
    history = [
        asks("XAD", 0, 1, 5),
        asks("XAE", 2, 3, 6),
        calls("r5.0", 4, 5, ok(7, intervention="i7.0", again=False)),
        calls("r5.0", 6, 7, no("stale", head="r6.0", floor="i7.0")),
    ]
    assert check(history, FIRST).accepted


def test_what_is_done_twice_with_one_number_is_refused() -> None:
    history = [asks("XAD", 0, 9, 5), asks("XAE", 0, 9, 5)]
    assert not check(history, FIRST).accepted


def test_a_later_call_may_not_come_before_what_was_answered_already() -> None:
    history = [asks("XAD", 0, 1, 6), asks("XAE", 2, 3, 5)]
    assert not check(history, FIRST).accepted
    together = [asks("XAD", 0, 3, 6), asks("XAE", 2, 3, 5)]
    assert check(together, FIRST).accepted


def test_the_floor_given_twice_is_refused() -> None:
    history = [
        asks("XAD", 0, 1, 5),
        calls("r5.0", 2, 9, ok(6, intervention="i6.0", again=False)),
        calls("r5.0", 2, 9, ok(7, intervention="i7.0", again=False)),
    ]
    assert not check(history, FIRST).accepted


def test_a_refusal_from_an_old_state_is_refused() -> None:
    # The list was closed and open again before this was asked.
    closed = {"list": "l1.0", "state": "open", "generation": 1}
    opened = {"list": "l1.0", "state": "closed", "generation": 1}
    history = [
        call("close_list", 0, 1, ok(5), expect=closed),
        call("reopen_list", 2, 3, ok(6), expect=opened),
        call("request_floor", 4, 5, no("list_closed"), "XAD"),
    ]
    assert not check(history, FIRST).accepted
    meanwhile = [*history[:2], structs.replace(history[2], asked=1.5)]
    assert check(meanwhile, FIRST).accepted


def test_a_refusal_that_tells_what_is_not_so_is_refused() -> None:
    history = [
        asks("XAD", 0, 1, 5),
        calls("r4.0", 2, 3, no("stale", head="r3.0", floor=None)),
    ]
    assert not check(history, FIRST).accepted


def test_an_effect_that_vanished_is_refused() -> None:
    history = [asks("XAD", 0, 1, 5), asks("XAD", 2, 3, 6)]
    assert not check(history, FIRST).accepted


def test_what_nobody_answered_may_have_happened_late_or_never() -> None:
    unheard = asks("XAD", 0, None, None)
    gave = calls("r9.0", 4, 5, ok(10, intervention="i10.0", again=False))
    assert check([unheard, gave], FIRST).accepted
    assert check([unheard], FIRST).accepted
    empty = calls("r8.0", 6, 7, no("stale", head=None, floor=None))
    assert check([unheard, empty], FIRST).accepted
    assert not check([structs.replace(unheard, asked=6.0), gave], FIRST).accepted


def drawn(rng: random.Random, many: int) -> list[Call]:
    """A history of *many* calls as a right server answers, each at an instant."""
    state, seq, found = FIRST, 10, []
    for n in range(many):
        at, who = n * 1.0, rng.choice(WHO)
        head = state.waiting[0].request if state.waiting else "r0.0"
        made: list[Call] = [
            call("request_floor", at, None, None, who),
            call("withdraw", at, None, None, who, request=head),
            calls(rng.choice([head or "", "r1.0"]), at, 0, None),
        ]
        if state.floor:
            expect = {
                "intervention": state.floor.intervention,
                "phase": state.floor.phase,
            }
            kind = "start" if state.floor.phase == "called" else "end"
            made.append(call(kind, at, None, None, expect=expect))
        one = rng.choice(made)
        for answer in answers(state, one, seq):
            one.answer = answer
            after = step(state, one)
            if after is not None:
                break
        else:
            raise AssertionError(one)
        state, seq = after, seq + 1
        one.asked, one.answered = at - rng.random() * 3, at + rng.random() * 3
        one.id = f"call-{n}"
        if rng.random() < 0.1:
            one.answer = one.answered = None
        found.append(one)
    return found


def answers(state: State, one: Call, seq: int) -> list[dict[str, Any]]:
    """All that might be said."""
    head = state.waiting[0].request if state.waiting else None
    now = {
        "head": head,
        "floor": state.floor.intervention if state.floor else None,
    }
    live = [each.request for each in state.waiting if each.delegation == one.delegation]
    if state.floor and state.floor.phase == "called":
        live.append(state.floor.request)
    codes = ("stale", "floor_occupied", "not_on_list", "not_your_delegation")
    return [
        whole(seq, f"r{seq}.0", joined=False),
        *(whole(seq, str(each), joined=True) for each in live),
        *(no(code, **now) for code in codes),
    ]


def whole(seq: int, request: str, *, joined: bool) -> dict[str, Any]:
    """Done, with all that any kind of call is told."""
    said = {"intervention": f"i{seq}.0", "again": False}
    return ok(seq, request=request, joined=joined, **said)


@pytest.mark.parametrize("seed", range(40))
def test_what_a_right_server_answers_is_accepted(seed: int) -> None:
    history = drawn(random.Random(seed), 120)
    verdict = check(history, FIRST)
    assert verdict.accepted, verdict


def by_trying_all(history: list[Call]) -> bool:
    """What the checker has to find, by every order of every choice."""
    answered = [one for one in history if one.answer is not None]
    unknown = [one for one in history if one.answer is None]
    for many in range(len(unknown) + 1):
        for happened in itertools.combinations(unknown, many):
            for order in itertools.permutations([*answered, *happened]):
                if _explains(order):
                    return True
    return False


def _explains(order: tuple[Call, ...]) -> bool:
    state: State | None = FIRST
    last = 0
    for n, one in enumerate(order):
        if any(
            after.answered is not None and after.answered < one.asked
            for after in order[n + 1 :]
        ):
            return False
        assert state is not None
        if one.seq is not None and one.seq <= last:
            return False
        last = one.seq or last
        known = one.answer is not None
        state = step(state, one) if known else effect(state, one) or state
        if state is None:
            return False
    return True


@pytest.mark.parametrize("seed", range(60))
def test_it_finds_what_trying_every_order_finds(seed: int) -> None:
    rng = random.Random(seed)
    history = drawn(rng, 5)
    for _ in range(6):
        spoilt = [structs.replace(one) for one in history]
        spoil(rng, *rng.sample(spoilt, 2))
        found = check(spoilt, FIRST).accepted
        assert found == by_trying_all(spoilt), spoilt


def spoil(rng: random.Random, one: Call, other: Call) -> None:
    """Make a history that may be wrong; what has no answer stays without."""
    if one.answered is None or other.answered is None:
        return
    match rng.randrange(3):
        case 0:
            one.answer, other.answer = other.answer, one.answer
        case 1:
            one.asked, one.answered = one.asked + 9, one.answered + 9
        case _:
            one.answer = whole(rng.randrange(9, 16), "r3.0", joined=False)


def test_a_history_can_be_kept_as_lines(tmp_path: Path) -> None:
    history = History()
    for one in drawn(random.Random(1), 20):
        history.call(one)
    history.tell("one", Told("e", 3, "mark"))
    history.write(tmp_path / "lines")
    again = History.read((tmp_path / "lines").read_text().splitlines())
    assert (again.calls, again.told) == (history.calls, history.told)
