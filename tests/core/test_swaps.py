"""Two delegations change places, with the consent of both."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core.events import SwapEnded, SwapMade
from rostra.core.ids import Code, SwapId
from rostra.core.own import mine, mine_changed
from rostra.core.programme import SegmentPlan
from rostra.core.refusals import Refusal
from support.floor import DISCUSSION, Floor, delegate, rule


def four(**profile: Any) -> Floor:
    """A, B, C and D wait; nobody is told."""
    floor = Floor(**{"on_deck": 0, **profile}).opened()
    floor.ask("A", "B", "C", "D")
    return floor


def offer(floor: Floor, one: str, other: str) -> SwapId:
    """One offers its place for the other's."""
    found = floor.do(
        c.OfferSwap, delegate(one), request=floor.of(one), wanted=floor.of(other)
    )
    return SwapId(found["swap"])


def refuse(floor: Floor, one: str, other: str, code: Any) -> Refusal:
    """The offer is refused."""
    return floor.refused(
        code, c.OfferSwap, delegate(one), request=floor.of(one), wanted=floor.of(other)
    )


def answer(floor: Floor, who: str, swap: SwapId, *, accept: bool = True) -> None:
    """A delegation says yes or no."""
    floor.do(c.AnswerSwap, delegate(who), swap=swap, accept=accept)


def allow(floor: Floor, swap: SwapId, *, yes: bool = True) -> None:
    """The operator lets it happen, or does not."""
    floor.do(c.SettleSwap, swap=swap, allow=yes)


def swapped(floor: Floor, one: str, other: str) -> None:
    """Offered, accepted, and made."""
    swap = offer(floor, one, other)
    answer(floor, other, swap)
    if floor.meeting.profile.swaps == "confirm":
        allow(floor, swap)


def ended(floor: Floor) -> list[str]:
    """Why swaps ended in the last commit."""
    return [each.why for each in floor.events() if isinstance(each, SwapEnded)]


@rule("S2", "S3")
def test_offered_accepted_and_settled_the_two_stand_in_each_others_place() -> None:
    floor = four()
    swap = offer(floor, "A", "C")
    assert floor.order() == "A B C D"
    answer(floor, "C", swap)
    assert floor.order() == "A B C D"
    assert floor.meeting.swaps[swap].accepted
    allow(floor, swap)
    assert floor.order() == "C B A D"
    assert floor.meeting.swaps == {}


@rule("S3")
def test_with_auto_the_yes_is_enough() -> None:
    floor = four(swaps="auto")
    swapped(floor, "D", "A")
    assert floor.order() == "D B C A"
    assert any(isinstance(each, SwapMade) for each in floor.events())


@rule("S3")
def test_the_operator_says_no_at_any_stage_and_yes_only_after_both() -> None:
    floor = four()
    swap = offer(floor, "A", "B")
    floor.refused("swap_not_possible", c.SettleSwap, swap=swap, allow=True)
    allow(floor, swap, yes=False)
    assert ended(floor) == ["vetoed"]
    swap = offer(floor, "A", "B")
    answer(floor, "B", swap)
    allow(floor, swap, yes=False)
    assert ended(floor) == ["vetoed"]
    assert floor.order() == "A B C D"
    floor.refused("no_such_entity", c.SettleSwap, swap=swap, allow=True)


@rule("S2")
def test_who_was_asked_may_say_no_before_and_after_saying_yes() -> None:
    for first in (False, True):
        floor = four()
        swap = offer(floor, "A", "B")
        if first:
            answer(floor, "B", swap)
            again: dict[str, Any] = {"swap": swap, "accept": True}
            floor.refused("swap_not_possible", c.AnswerSwap, delegate("B"), **again)
        answer(floor, "B", swap, accept=False)
        assert ended(floor) == ["declined"]
        assert floor.meeting.swaps == {}


@rule("S2")
def test_who_offered_takes_it_back_and_cannot_answer_for_the_other() -> None:
    floor = four()
    swap = offer(floor, "A", "B")
    yes: dict[str, Any] = {"swap": swap, "accept": True}
    floor.refused("not_your_delegation", c.AnswerSwap, delegate("A"), **yes)
    answer(floor, "A", swap, accept=False)
    assert ended(floor) == ["taken_back"]


@rule("S2", "I10")
def test_nobody_else_answers_or_knows_of_it() -> None:
    floor = four()
    before = floor.meeting
    swap = offer(floor, "A", "B")
    yes: dict[str, Any] = {"swap": swap, "accept": True}
    unknown: dict[str, Any] = {"swap": SwapId("w9.9"), "accept": True}
    for fields in (yes, unknown):
        floor.refused("no_such_entity", c.AnswerSwap, delegate("C"), **fields)
    assert mine_changed(before, floor.meeting) == {"A", "B"}
    for code, count in (("A", 1), ("B", 1), ("C", 0)):
        assert len(mine(floor.meeting, Code(code)).swaps) == count
    assert not floor.public()


@rule("S1")
def test_only_equals_who_wait_on_one_list_change_places() -> None:
    floor = Floor(
        DISCUSSION,
        DISCUSSION,
        on_deck=0,
        modifiers=("groups_first", "first_time_first"),
        swaps="confirm",
    ).opened()
    floor.ask("A", "B", "N")
    floor.ask("C", group="G77")
    refuse(floor, "A", "N", "swap_not_possible")
    refuse(floor, "A", "G77", "swap_not_possible")
    floor.heard("A")
    floor.ask("A", "D")
    refuse(floor, "A", "B", "swap_not_possible")
    floor.put("E", segment=1)
    refuse(floor, "B", "E", "swap_not_possible")
    floor.close()
    floor.reopen()
    floor.ask("F")
    refuse(floor, "F", "B", "swap_not_possible")
    floor.put("H", kind="introduction")
    refuse(floor, "H", "B", "swap_not_possible")
    offer(floor, "B", "D")


@rule("S1")
def test_a_delegation_does_not_change_places_with_itself_or_for_another() -> None:
    floor = four(modifiers=())
    floor.ask("A", group="G77")
    both: dict[str, Any] = {"request": floor.of("A"), "wanted": floor.of("G77")}
    floor.refused("swap_not_possible", c.OfferSwap, delegate("A"), **both)
    own: dict[str, Any] = {"request": floor.of("A"), "wanted": floor.of("B")}
    floor.refused("not_your_delegation", c.OfferSwap, delegate("B"), **own)


@rule("S1")
def test_neither_is_placed_by_hand_called_or_in_another_swap() -> None:
    floor = four()
    floor.ask("E", "F")
    floor.do(c.Pin, expect=floor.at_place("B"))
    refuse(floor, "A", "B", "swap_not_possible")
    refuse(floor, "B", "A", "swap_not_possible")
    offer(floor, "C", "D")
    for one, other in (("C", "E"), ("E", "C"), ("D", "E"), ("E", "D")):
        refuse(floor, one, other, "swap_not_possible")
    floor.call("E")
    refuse(floor, "F", "E", "swap_not_possible")


@rule("S1")
@pytest.mark.parametrize("profile", [{"swaps": "off"}, {"show_list": "own_place"}])
def test_where_there_are_no_swaps_it_is_said_so(profile: dict[str, Any]) -> None:
    refuse(four(**profile), "A", "B", "not_enabled")


@rule("S4", "O8")
def test_being_told_goes_with_the_place() -> None:
    floor = four(on_deck=2)
    floor.ask("E")
    floor.call("A")
    swapped(floor, "B", "E")
    assert floor.order() == "A E C D B"
    assert floor.request("E").told_at is not None
    assert floor.request("B").told_at is None
    floor.ask("F", group="G77")
    floor.policy("arrival", "groups_first")
    assert floor.order() == "A E C G77 D B"


@rule("S4")
@pytest.mark.parametrize(
    "policy", ["arrival", "protocol_rank", "lot", "alpha_from_lot", "least_spoken"]
)
def test_no_later_sorting_turns_them_back(policy: Any) -> None:
    floor = Floor(order=policy, on_deck=0, lot_key="z").opened()
    for code, rank in zip(
        "ABCD",
        ("head_of_state", "minister", "vice_minister", "head_of_government"),
        strict=True,
    ):
        floor.ask(code, rank=rank)
    if policy in ("lot", "alpha_from_lot"):
        floor.draw()
    first, second, third, last = floor.order().split()
    swapped(floor, first, third)
    assert floor.order().split() == [third, second, first, last]
    floor.ask("E", rank="head_of_state")
    floor.withdraw("E")
    assert floor.order().split() == [third, second, first, last]
    swapped(floor, second, third)
    assert floor.order().split() == [second, third, first, last]
    swapped(floor, third, second)
    swapped(floor, third, first)
    assert floor.order().split() == [first, second, third, last]
    assert all(floor.request(each).stands_as is None for each in (first, third))


@rule("S4", "O18")
def test_it_says_that_it_stands_in_anothers_place() -> None:
    floor = four(order="protocol_rank")
    floor.do(c.NameSpeaker, request=floor.of("A"), rank="head_of_state")
    swapped(floor, "A", "D")
    from_a, from_d = floor.request("A").stands_as, floor.request("D").stands_as
    assert (from_a, from_d) == (floor.of("D"), floor.of("A"))
    assert floor.order() == "D B C A"


@rule("S4", "W6")
def test_coming_back_to_the_end_of_the_list_ends_it() -> None:
    floor = four(order="protocol_rank")
    floor.do(c.NameSpeaker, request=floor.of("A"), rank="head_of_state")
    swapped(floor, "A", "D")
    floor.do(c.Park, delegate("D"), request=floor.of("D"))
    floor.do(c.Unpark, delegate("D"), request=floor.of("D"))
    assert floor.order() == "B C A D"


@rule("S5")
@pytest.mark.parametrize(
    "how", ["withdraw", "call", "pin", "move", "policy", "park", "draw"]
)
def test_an_offer_lapses_when_the_places_are_no_longer_what_they_were(
    how: str,
) -> None:
    floor = four(order="lot")
    floor.draw()
    one, other = floor.order().split()[1:3]
    offer(floor, one, other)
    acts: dict[str, Any] = {
        "withdraw": lambda: floor.withdraw(other),
        "call": lambda: floor.call(one),
        "pin": lambda: floor.do(c.Pin, expect=floor.at_place(one)),
        "move": lambda: floor.move(other, 0),
        "policy": lambda: floor.policy("arrival"),
        "park": lambda: floor.do(c.Park, delegate(one), request=floor.of(one)),
        "draw": floor.draw,
    }
    acts[how]()
    assert ended(floor) == ["lapsed"]
    assert floor.meeting.swaps == {}


@rule("S5")
def test_an_offer_lapses_when_the_order_turns_the_two_about() -> None:
    floor = four(order="protocol_rank")
    offer(floor, "A", "B")
    floor.do(c.NameSpeaker, request=floor.of("C"), rank="head_of_state")
    assert floor.order() == "C A B D"
    assert ended(floor) == []
    floor.do(c.NameSpeaker, request=floor.of("B"), rank="head_of_state")
    assert ended(floor) == ["lapsed"]


@rule("S5")
def test_what_happens_to_others_leaves_an_offer_as_it_is() -> None:
    floor = four(modifiers=("groups_first",))
    swap = offer(floor, "B", "C")
    floor.ask("E", group="G77")
    floor.withdraw("A")
    floor.heard("G77")
    answer(floor, "C", swap)
    allow(floor, swap)
    assert floor.order() == "C B D"


@rule("S5", "O4")
def test_an_offer_lapses_when_one_of_the_two_has_been_heard() -> None:
    both = SegmentPlan(
        kind="discussion", title="Both", requests=True, kinds=("statement", "question")
    )
    floor = Floor(both, on_deck=0, modifiers=("first_time_first",)).opened()
    floor.ask("A", "B", "C")
    floor.ask("C", kind="question")
    offer(floor, "B", "C")
    floor.speak("r7.0", 30)
    assert floor.meeting.swaps
    floor.end()
    assert ended(floor) == ["lapsed"]


@rule("S6", "U3")
def test_what_an_operator_settled_is_undone_for_both() -> None:
    floor = four(order="lot", lot_key="q")
    floor.draw()
    was = floor.order()
    one, other = was.split()[0], was.split()[3]
    swap = offer(floor, one, other)
    answer(floor, other, swap)
    before = {each: floor.request(each) for each in (one, other)}
    allow(floor, swap)
    assert floor.order() != was
    assert floor.undo() == {"undone": "settle_swap"}
    assert floor.order() == was
    assert {each: floor.request(each) for each in (one, other)} == before
    assert floor.meeting.swaps[swap].accepted
    allow(floor, swap, yes=False)
    floor.undo()
    assert floor.meeting.swaps[swap].accepted
    allow(floor, swap)
    assert floor.order().split()[3] == one


@rule("S6", "O8")
def test_after_the_undo_who_was_told_stays_told() -> None:
    floor = four(on_deck=2)
    floor.call("A")
    swap = offer(floor, "B", "D")
    answer(floor, "D", swap)
    allow(floor, swap)
    floor.undo()
    assert floor.order() == "A B C D"
    assert floor.request("B").told_at is not None
    assert floor.request("D").told_at is not None


@rule("S1")
def test_a_person_without_a_delegation_has_no_pad_to_ask() -> None:
    floor = four()
    guest = c.Entry(label="Expert")
    (key,) = floor.do(c.Insert, list=floor.speakers().id, entries=(guest,))["requests"]
    both: dict[str, Any] = {"request": floor.of("A"), "wanted": key}
    floor.refused("swap_not_possible", c.OfferSwap, delegate("A"), **both)


@rule("S5")
@pytest.mark.parametrize(
    "policy", [("least_spoken",), ("arrival", "groups_first"), ("fixed",)]
)
def test_another_policy_ends_an_offer_though_the_two_stand_as_before(
    policy: tuple[Any, ...],
) -> None:
    floor = four()
    offer(floor, "A", "B")
    floor.policy(*policy)
    assert floor.order() == "A B C D"
    assert ended(floor) == ["lapsed"]


@rule("S1", "S3", "M7")
def test_once_the_meeting_has_risen_there_are_no_swaps() -> None:
    floor = four()
    swap = offer(floor, "A", "B")
    floor.adjourn()
    assert floor.meeting.swaps == {}
    refuse(floor, "A", "B", "wrong_meeting_state")
    no: dict[str, Any] = {"swap": swap, "accept": False}
    floor.refused("wrong_meeting_state", c.AnswerSwap, delegate("A"), **no)
    floor.refused("wrong_meeting_state", c.SettleSwap, swap=swap, allow=False)
