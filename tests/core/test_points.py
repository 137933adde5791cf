"""Points of order, motions and responses: how they are raised."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.ids import Code
from rostra.core.meeting import Person
from rostra.core.own import mine
from rostra.core.profile import INTERRUPTIONS, Interruption
from rostra.core.programme import POINTS
from rostra.core.views import order, snapshot
from support.floor import Floor, delegate, list_key, rule

MOTION = {"kind": "procedural_motion", "motion": "close_debate"}
RESPONSES: Any = {
    "interruptions": {
        **INTERRUPTIONS,
        "response": Interruption(when="between", per_trigger=2),
    }
}


def entered(floor: Floor, code: str | None, **entry: Any) -> Any:
    """The operator raises a point for a delegation."""
    entry.setdefault("kind", "point_of_order")
    line = c.Entry(delegation=Code(code) if code else None, **entry)
    return floor.do(c.Insert, list=POINTS, entries=(line,))


def refused(floor: Floor, code: Any, who: str, **fields: Any) -> Any:
    """A pad's wish is refused."""
    return floor.refused(code, c.RequestFloor, delegate(who), **fields)


def not_entered(floor: Floor, code: Any, who: str | None, **entry: Any) -> Any:
    """An operator's entry is refused."""
    line = c.Entry(delegation=Code(who) if who else None, **entry)
    return floor.refused(code, c.Insert, list=POINTS, entries=(line,))


def act(floor: Floor, what: str) -> None:
    """The list comes into a state."""
    {"open": lambda: None, "closed": floor.close}[what]()


# Raising


@rule("X1", "E5")
@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_point_is_raised_in_any_state_of_the_list(state: str) -> None:
    floor = Floor().opened()
    act(floor, state)
    floor.raised("A")
    floor.raised("B", **MOTION)
    assert floor.points() == "A B"


@rule("X1")
def test_a_point_is_raised_where_a_list_has_not_opened_and_takes_no_requests() -> None:
    floor = Floor(lists_open="by_hand").opened()
    floor.raised("A")
    assert floor.points() == "A"


@rule("X1")
@pytest.mark.parametrize("by", ["pad", "operator"])
def test_only_in_session(by: str) -> None:
    floor = Floor().lobby()

    def tried() -> None:
        if by == "pad":
            refused(floor, "wrong_meeting_state", "A", kind="point_of_order")
        else:
            not_entered(floor, "wrong_meeting_state", "A", kind="point_of_order")

    tried()
    floor.do(c.CallToOrder, expect=floor.expect_state())
    floor.suspend()
    tried()


@rule("X1", "E2", "I3")
def test_a_second_press_joins_the_live_point_of_the_same_family() -> None:
    floor = Floor().opened()
    answer = floor.do(c.RequestFloor, delegate("A"), kind="point_of_order")
    first = answer["request"]
    assert answer["joined"] is False
    again = floor.do(
        c.RequestFloor, delegate("A", "laptop"), kind="point_of_order", text="again"
    )
    assert (again["request"], again["joined"]) == (first, True)
    assert floor.events() == (e.RequestJoined(request=first, device="laptop"),)
    motion = floor.raised("A", **MOTION)
    assert motion != first
    assert floor.raised("A", kind="procedural_motion", motion="other") == motion
    floor.withdraw(first, delegate("A"))
    assert floor.raised("A") not in (first, motion)


@rule("X1", "O10")
def test_an_operator_who_enters_it_twice_is_told_that_it_is_there() -> None:
    floor = Floor().opened()
    entered(floor, "A", channel="chat")
    refusal = not_entered(floor, "already_on_list", "A", kind="point_of_order")
    assert refusal.params["delegation"] == "A"


@rule("X1", "E5", "I10")
def test_who_has_raised_a_point_is_seen_by_staff_and_by_itself_only() -> None:
    floor = Floor(show_list="all").opened()
    key = floor.raised("A", text="CANARY quorum")
    request = floor.meeting.requests[key]
    assert request.note == "CANARY quorum"
    assert not floor.public()
    for audience in ("public", "record"):
        seen = snapshot(floor.meeting, audience)  # type: ignore[arg-type]
        assert key not in seen["requests"]
        assert POINTS not in seen["lists"]
        assert "CANARY" not in str(seen)
        assert order(floor.meeting, audience)[POINTS] == ()  # type: ignore[arg-type]
    staff = snapshot(floor.meeting, "staff")
    assert staff["requests"][key]["note"] == "CANARY quorum"
    assert staff["lists"][POINTS]["count"] == 1
    own = mine(floor.meeting, Code("A"))
    assert own.requests[key].kind == "point_of_order"
    assert mine(floor.meeting, Code("B")).requests == {}


@rule("X1")
@pytest.mark.parametrize("show_list", ["all", "own_place"])
def test_nobody_is_told_how_many_have_raised_a_point(show_list: str) -> None:
    floor = Floor(show_list=show_list).opened()
    floor.raised("A")
    answer = floor.do(c.RequestFloor, delegate("B"), kind="point_of_order")
    assert "place" not in answer
    assert mine(floor.meeting, Code("B")).places == {}


@rule("X1", "W2")
def test_a_point_may_be_put_aside_by_the_chair_and_withdrawn() -> None:
    floor = Floor().opened()
    aside, gone = floor.raised("A"), floor.raised("B")
    floor.do(c.Decline, request=aside, reason="Not now")
    floor.withdraw(gone, delegate("B"))
    assert floor.points() == ""
    ended = mine(floor.meeting, Code("A")).ended
    assert ended and (ended.how, ended.text) == ("declined", "Not now")


@rule("X1", "X3", "O8", "I8")
def test_points_are_never_on_deck_and_keep_no_place_by_being_called() -> None:
    floor = Floor().opened()
    floor.ask("C", "D")
    floor.raised("A", "B")
    floor.call("C")
    assert floor.request("D").told_at
    told = [floor.meeting.requests[key].told_at for key in _points(floor)]
    assert told == [None, None]
    floor.recognise(_points(floor)[1])
    floor.undo()
    assert floor.meeting.requests[_points(floor)[1]].told_at is None


def _points(floor: Floor) -> Any:
    return floor.meeting.lists[POINTS].order


@rule("X1")
def test_only_points_stand_on_the_list_of_points_and_on_no_other_list() -> None:
    floor = Floor().opened()
    not_entered(floor, "kind_not_admitted", "A", kind="statement")
    for kind in ("point_of_order", "procedural_motion", "response", "technical"):
        line: Any = c.Entry(delegation=Code("A"), kind=kind)  # type: ignore[arg-type]
        floor.refused("kind_not_admitted", c.Insert, list=list_key(), entries=(line,))


@rule("X1", "K6")
def test_a_technical_point_is_entered_by_an_operator_a_pad_only_calls_for_help() -> (
    None
):
    floor = Floor().opened()
    answer = floor.do(c.RequestFloor, delegate("A"), kind="technical", text="no sound")
    assert "signal" in answer
    assert floor.points() == ""
    entered(floor, None, kind="technical", label="Interpretation")
    (key,) = _points(floor)
    assert floor.meeting.requests[key].label == "Interpretation"


@rule("X1", "K3")
def test_an_entry_is_for_a_delegation_of_the_roster_or_has_a_name() -> None:
    floor = Floor().opened()
    not_entered(floor, "not_in_roster", "ZZZ", kind="point_of_order")
    not_entered(floor, "empty", None, kind="technical")


@rule("X1", "N1")
def test_what_an_operator_types_is_confirmed_and_a_pads_name_is_not() -> None:
    floor = Floor().opened()
    floor.raised("A", person=Person(" Ms. Ay "))
    entered(floor, "B", person=Person("Mr. Be"))
    a, b = (floor.meeting.requests[key] for key in _points(floor))
    assert (a.person, a.person_confirmed) == (Person("Ms. Ay"), False)
    assert (b.person, b.person_confirmed) == (Person("Mr. Be"), True)


@rule("X1", "U1")
def test_an_entered_point_can_be_taken_back() -> None:
    floor = Floor().opened()
    entered(floor, "A")
    floor.undo()
    assert floor.points() == ""


# Who may


@rule("X2", "E15")
@pytest.mark.parametrize("code", ["I", "U", "N", "EU"])
def test_a_point_of_order_is_for_those_whom_the_roster_names(code: str) -> None:
    floor = Floor().opened()
    refused(floor, "not_entitled", code, kind="point_of_order")
    not_entered(floor, "not_entitled", code, kind="point_of_order")
    entered(floor, code, override=True)
    assert floor.points() == code
    assert floor.meeting.requests[_points(floor)[0]].override


@rule("X2", "E15")
@pytest.mark.parametrize("code", ["H", "PSE", "I", "N"])
def test_a_motion_is_for_members(code: str) -> None:
    floor = Floor().opened()
    refused(floor, "not_entitled", code, **MOTION)
    entered(floor, code, override=True, **MOTION)
    assert floor.points() == code


@rule("X2")
def test_an_observer_state_that_may_raises_a_point_of_order() -> None:
    floor = Floor().opened()
    floor.raised("H")
    assert floor.points() == "H"


@rule("X1", "X2")
def test_during_a_vote_only_its_conduct_is_a_point() -> None:
    floor = Floor(**RESPONSES).opened()
    floor.ask("A")
    floor.heard("A")
    floor.phase("voting")
    refused(floor, "kind_not_admitted", "B", **MOTION)
    refused(floor, "kind_not_admitted", "B", kind="response")
    floor.raised("B")
    entered(floor, "C", kind="technical")
    assert floor.points() == "B C"


@rule("X1")
def test_what_the_profile_does_not_have_is_not_raised() -> None:
    off = {**INTERRUPTIONS, "point_of_order": Interruption(enabled=False)}
    floor = Floor(interruptions=off).opened()
    refused(floor, "not_enabled", "A", kind="point_of_order")
    refused(floor, "not_enabled", "A", kind="response")
    not_entered(floor, "not_enabled", "A", kind="point_of_order", override=True)


@rule("X1")
def test_a_profile_that_names_some_kinds_leaves_the_others_as_usual() -> None:
    floor = Floor(interruptions={"response": Interruption()}).opened()
    floor.raised("A")
    assert floor.points() == "A"


# Motions


@rule("X2")
def test_a_motion_says_which_it_is() -> None:
    floor = Floor().opened()
    refusal = refused(floor, "empty", "A", kind="procedural_motion")
    assert refusal.params["what"] == "motion"
    key = floor.raised("A", side="for", **MOTION)
    request = floor.meeting.requests[key]
    assert (request.motion, request.side, request.on) == ("close_debate", None, None)


@rule("X2")
def test_who_speaks_on_a_motion_names_it_and_a_side() -> None:
    floor = Floor().opened()
    motion = floor.raised("A", **MOTION)
    point = floor.raised("C")
    speaks = {"kind": "procedural_motion", "side": "for"}
    assert (
        refused(floor, "empty", "B", kind="procedural_motion", on=motion).params["what"]
        == "side"
    )
    refused(floor, "no_such_entity", "B", on="r99.0", **speaks)
    refused(floor, "no_such_entity", "B", on=point, **speaks)
    key = floor.raised("B", on=motion, **speaks)
    assert floor.meeting.requests[key].motion == "close_debate"
    refused(floor, "no_such_entity", "D", on=key, **speaks)


@rule("X2")
def test_nobody_speaks_on_a_motion_that_is_decided_or_gone() -> None:
    floor = Floor().opened()
    speaks = {"kind": "procedural_motion", "side": "for"}
    gone = floor.raised("A", **MOTION)
    floor.withdraw(gone, delegate("A"))
    refused(floor, "not_on_list", "B", on=gone, **speaks)
    motion = floor.raised("A", **MOTION)
    heard = floor.recognise(motion, 30)
    floor.end()
    floor.raised("B", on=motion, **speaks)
    floor.rule(heard, "carried")
    refused(floor, "not_on_list", "C", on=motion, **speaks)


@rule("X2")
def test_a_point_of_order_has_nothing_of_a_motion_or_a_statement() -> None:
    floor = Floor().opened()
    motion = floor.raised("B", **MOTION)
    key = floor.raised(
        "A", motion="other", side="for", on=motion, group="G77", media_s=60
    )
    request = floor.meeting.requests[key]
    assert request.media_ms == 0
    assert (request.motion, request.side, request.on, request.group) == (None,) * 4


# Responses


@rule("X9")
def test_a_response_is_to_who_speaks_or_else_spoke_last() -> None:
    floor = Floor(**RESPONSES).opened()
    floor.ask("A", "B")
    refused(floor, "floor_idle", "C", kind="response")
    floor.call("A")
    refused(floor, "floor_idle", "C", kind="response")
    floor.start()
    now = floor.active.id
    assert _trigger(floor, "C") == now
    floor.interrupted("D")
    assert _trigger(floor, "E") == now
    floor.rule(floor.meeting.delivered[-1])
    floor.end()
    floor.call("B")
    refused(floor, "max_responses", "F", kind="response")
    floor.start()
    assert _trigger(floor, "F") == floor.active.id


def _trigger(floor: Floor, code: str) -> Any:
    key = floor.raised(code, kind="response")
    return floor.meeting.requests[key].trigger


@rule("X9", "E15")
def test_so_many_responses_to_one_intervention_and_an_operator_may_allow_more() -> None:
    floor = Floor(**RESPONSES).opened()
    floor.ask("A")
    floor.heard("A")
    first = floor.raised("B", kind="response")
    floor.raised("C", kind="response")
    refusal = refused(floor, "max_responses", "D", kind="response")
    assert refusal.params["most"] == 2
    assert floor.raised("B", kind="response") == first
    entered(floor, "D", kind="response", override=True)
    floor.withdraw("B")
    floor.withdraw("C")
    assert floor.points() == "D"
    floor.raised("E", kind="response")


@rule("X9")
def test_a_response_that_was_heard_is_one_of_them_and_for_anybody() -> None:
    floor = Floor(**RESPONSES).opened()
    floor.ask("A")
    floor.heard("A")
    for code in ("N", "I"):
        floor.recognise(floor.raised(code, kind="response"), 20)
        floor.end()
    refused(floor, "max_responses", "B", kind="response")


@rule("X9")
def test_the_responses_of_one_insertion_count_together() -> None:
    floor = Floor(**RESPONSES).opened()
    floor.ask("A")
    floor.heard("A")
    entries = tuple(c.Entry(kind="response", delegation=Code(x)) for x in "BCD")
    floor.refused("max_responses", c.Insert, list=POINTS, entries=entries)
    assert floor.points() == ""
