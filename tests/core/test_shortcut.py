"""The order after one request came or went, against sorting all of them."""

from typing import Any, get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec import structs

from rostra.core import commands as c
from rostra.core.draft import Draft
from rostra.core.ids import Instant, Policy, RequestId
from rostra.core.meeting import LISTED, Draw, Meeting
from rostra.core.order import arrange, spliced
from rostra.core.programme import POINTS
from rostra.core.shortcut import short_way
from support.floor import Floor, delegate, list_key, person, rule

LIST = list_key()
POLICIES: tuple[Any, ...] = get_args(Policy)


def drawn(letter: str) -> Draw:
    """A draw of a letter."""
    how: dict[str, Any] = {"policy": "alpha_from_lot", "seed": "", "inputs": ()}
    return Draw(number=1, at=Instant(1), letter=letter, **how)


#: What may become of a request, whatever command it would take.
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "status": st.sampled_from(("queued", "called", "granted", "withdrawn", "deferred")),
    "told_at": st.sampled_from((None, 1)),
    "fixed": st.booleans(),
    "ticket": st.tuples(st.integers(1, 99), st.integers(0, 3)),
    "generation": st.integers(0, 2),
    "rank": st.sampled_from((None, "minister", "head_of_state")),
    "kind": st.sampled_from(("statement", "group_statement", "secretariat")),
    "group_text": st.sampled_from(("", "Friends of A")),
    "drawn": st.integers(0, 9),
    "turn": st.integers(0, 2),
    "note": st.just("no matter"),
}
#: What may become of a list, or of the rules.
OF_LIST: dict[str, st.SearchStrategy[Any]] = {
    "policy": st.sampled_from(POLICIES),
    "modifiers": st.sampled_from(((), ("first_time_first",), ("groups_first",))),
    "spoken": st.dictionaries(st.sampled_from(("A", "B", "N")), st.just(1)),
    "draw": st.sampled_from("ACH").map(drawn),
    "state": st.just("closed"),
}
OF_RULES: dict[str, st.SearchStrategy[Any]] = {
    "spokesperson_gap": st.integers(0, 2),
    "late_within_tier": st.booleans(),
    "on_deck": st.just(3),
}
#: What leaves or touches one request is tried more often.
HAPPENS = ("one", "one", "new", "new", "gone", "stands", "list", "rules", "moved")


def one_of(table: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    """A name of *table* and a value for it."""
    return st.sampled_from(sorted(table)).flatmap(
        lambda name: st.tuples(st.just(name), table[name])
    )


def touch(draft: Draft, data: st.DataObject) -> None:
    """Something happens: to one on the list or beside it, a new one, all of them."""
    here = sorted(draft.requests)
    each = data.draw(st.sampled_from(here))
    match data.draw(st.sampled_from(HAPPENS)):
        case "one":
            name, value = data.draw(one_of(FIELDS))
            draft.change("requests", each, **{name: value})
        case "gone":
            draft.change("requests", each, status="withdrawn")
        case "new":
            ticket = (data.draw(st.sampled_from((0, 50, 99))), len(here))
            new = structs.replace(
                draft.request(each),
                id=RequestId(f"r{ticket[0]}.{ticket[1]}"),
                ticket=ticket,
                list=data.draw(st.sampled_from((LIST, LIST, LIST, POINTS))),
                status=data.draw(st.sampled_from(("queued", "queued", "late"))),
                told_at=data.draw(st.sampled_from((None, None, 1))),
                fixed=False,
                stands_as=None,
            )
            draft.put("requests", new.id, new)
        case "stands":
            other = data.draw(st.sampled_from(here))
            draft.change("requests", each, stands_as=other)
        case "moved":
            order = data.draw(st.permutations(draft.list(LIST).order))
            draft.change("lists", LIST, order=tuple(order))
        case "list":
            name, value = data.draw(one_of(OF_LIST))
            draft.change("lists", LIST, **{name: value})
        case _:
            name, value = data.draw(one_of(OF_RULES))
            profile = structs.replace(draft.profile, **{name: value})
            draft.amend(profile=profile)


def sorted_all(draft: Draft) -> tuple[RequestId, ...]:
    """The whole list put in order."""
    live = [
        each.id
        for each in draft.requests.values()
        if each.list == LIST and each.status in LISTED
    ]
    return arrange(draft, draft.list(LIST), live)


def asked() -> Meeting:
    """Requests of several tiers, one for a group, in no order yet."""
    floor = Floor().opened()
    floor.ask("C", "A", "N", "B", "H", "I")
    floor.ask("A", group="G77")
    return floor.meeting


ASKED = asked()


@rule("I2", "O2", "O9", "I8")
@given(st.data())
@settings(max_examples=400)
def test_the_short_way_leads_where_sorting_would(data: st.DataObject) -> None:
    before = Draft(ASKED)
    policy = data.draw(st.sampled_from(POLICIES))
    purpose = data.draw(st.sampled_from(("speakers", "speakers", "replies", "points")))
    before.change("lists", LIST, purpose=purpose, policy=policy)
    for _ in range(data.draw(st.integers(0, 6))):
        touch(before, data)
    before.change("lists", LIST, order=sorted_all(before))
    was = before.freeze()
    draft = Draft(was)
    for _ in range(data.draw(st.integers(1, 2))):
        touch(draft, data)
    steps = short_way(was, draft, LIST)
    assume(steps is not None)
    assert steps is not None
    assert spliced(was.lists[LIST].order, steps) == sorted_all(draft)


#: Here whoever comes or goes may turn the others about.
TOGETHER = ("regional_rotation", "alternate", "least_spoken")


def after(floor: Floor, key: RequestId, **fields: Any) -> Any:
    """The short way when *fields* of a request have become others."""
    draft = Draft(floor.meeting)
    draft.change("requests", key, **fields)
    return short_way(floor.meeting, draft, LIST)


def waiting(**profile: Any) -> Floor:
    """Four who wait; nobody is called."""
    floor = Floor(**profile).opened()
    floor.ask("A", "B", "C", "D")
    return floor


@pytest.mark.parametrize("policy", sorted({*POLICIES} - {*TOGETHER}))
def test_one_who_comes_goes_or_is_called_is_not_sorted_for(policy: str) -> None:
    floor = waiting(order=policy)
    key = floor.of("B")
    place = floor.speakers().order.index(key)
    assert after(floor, key, status="withdrawn") == ((place, 1),)
    assert after(floor, key, status="called") == ()
    assert after(floor, key, note="changed") == ()
    draft = Draft(floor.meeting)
    new = structs.replace(draft.request(key), id=RequestId("r99.0"), ticket=(99, 0))
    draft.put("requests", new.id, new)
    place = 2 if policy == "alpha_from_lot" else 4
    assert short_way(floor.meeting, draft, LIST) == ((place, 0, "r99.0"),)


@pytest.mark.parametrize(
    "changed",
    [
        {"draw": drawn("C")},
        {"spoken": {"A": 1}},
        {"modifiers": ("groups_first",)},
        {"policy": "fixed"},
        {"purpose": "points"},
    ],
    ids=str,
)
def test_where_that_has_changed_by_which_all_stand_all_are_sorted(
    changed: dict[str, Any],
) -> None:
    floor = waiting(modifiers=("first_time_first",), order="alpha_from_lot")
    draft = Draft(floor.meeting)
    draft.change("lists", LIST, state="closed")
    assert short_way(floor.meeting, draft, LIST) == ()
    draft.change("lists", LIST, **changed)
    assert short_way(floor.meeting, draft, LIST) is None


@pytest.mark.parametrize("policy", TOGETHER)
def test_where_all_hang_together_all_are_sorted(policy: str) -> None:
    floor = waiting(order=policy)
    assert after(floor, floor.of("B"), status="withdrawn") is None


@rule("I8")
def test_nobody_who_keeps_a_place_is_shifted_on_the_short_way() -> None:
    floor = waiting(modifiers=("groups_first",), on_deck=0)
    floor.move("D", 1)
    assert floor.order() == "A D B C"
    draft = Draft(floor.meeting)
    group = structs.replace(
        floor.request("B"),
        id=RequestId("r99.0"),
        ticket=(99, 0),
        kind="group_statement",
    )
    draft.put("requests", group.id, group)
    assert short_way(floor.meeting, draft, LIST) is None
    assert after(floor, floor.of("D"), fixed=False) is None


@rule("I8")
def test_who_comes_behind_those_that_keep_their_places_is_put_there_at_once() -> None:
    floor = waiting()
    floor.call("A")
    assert floor.request("C").told_at is not None
    draft = Draft(floor.meeting)
    key = RequestId("r99.0")
    new = structs.replace(floor.request("D"), id=key, ticket=(3, 1))
    draft.put("requests", new.id, new)
    # before D by its ticket, and so right behind C, who was told
    assert short_way(floor.meeting, draft, LIST) == ((3, 0, "r99.0"),)


@rule("O11")
def test_another_rank_moves_who_stands_in_the_place_by_consent() -> None:
    floor = waiting(order="protocol_rank")
    swap = floor.do(
        c.OfferSwap, delegate("A"), request=floor.of("A"), wanted=floor.of("C")
    )["swap"]
    floor.do(c.AnswerSwap, delegate("C"), swap=swap, accept=True)
    floor.do(c.SettleSwap, swap=swap, allow=True)
    assert floor.order() == "C B A D"
    key = floor.of("A")
    floor.do(c.NameSpeaker, request=key, person=person("M."), rank="head_of_state")
    # C stands by the rank that A has
    assert floor.order() == "C B A D"
    key = floor.of("C")
    floor.do(c.NameSpeaker, request=key, person=person("M."), rank="head_of_state")
    assert floor.order() == "C A B D"
