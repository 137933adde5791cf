"""Trays beside a list: for approval, late, parked."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.entities import EndedRequest
from rostra.core.ids import Code, Instant
from rostra.core.own import mine
from rostra.core.views import snapshot
from support.floor import DEPUTY, MODERATOR, OPENING, Floor, delegate, list_key, rule


def ask(floor: Floor, who: str, device: str = "phone") -> Any:
    """The whole answer to a request."""
    return floor.do(c.RequestFloor, delegate(who, device), kind="statement")


def ended(floor: Floor, who: str) -> EndedRequest:
    """What a pad is told of the request that ended."""
    found = mine(floor.meeting, Code(who)).ended
    assert found is not None
    return found


def status(floor: Floor, *who: str) -> list[str]:
    """Where their requests stand."""
    return [floor.request(each).status for each in who]


def closed(*late: str, **profile: Any) -> Floor:
    """A and B are in time; the list is closed; then *late* ask."""
    floor = Floor(late_tray=True, **profile).opened()
    floor.ask("A", "B")
    floor.close()
    for who in late:
        floor.ask(who)
    return floor


def admit(floor: Floor, *who: str) -> Any:
    """The operator admits all of the tray, or these."""
    keys = tuple(floor.of(each) for each in who) if who else None
    return floor.do(c.AdmitLate, requests=keys, expect=floor.expect_list())


def park(floor: Floor, who: str, by: Any = MODERATOR) -> Any:
    """Not now."""
    return floor.do(c.Park, by, request=floor.of(who))


def unpark(floor: Floor, who: str, by: Any = MODERATOR) -> Any:
    """Back again."""
    return floor.do(c.Unpark, by, request=floor.of(who))


# Approval


@rule("W1")
def test_a_request_waits_for_a_yes_and_then_stands_where_it_would_have_stood() -> None:
    floor = Floor(approval=True).opened()
    answer = ask(floor, "A")
    assert answer["requested"] is True
    assert "place" not in answer
    ask(floor, "B")
    assert floor.order() == ""
    floor.do(c.Accept, request=floor.of("B"))
    floor.do(c.Accept, request=floor.of("A"))
    assert floor.order() == "A B"


@rule("W1", "I10")
def test_what_waits_for_approval_is_seen_by_staff_and_its_own_delegation() -> None:
    floor = Floor(approval=True).opened()
    key = ask(floor, "A")["request"]
    for audience in ("public", "record"):
        assert key not in snapshot(floor.meeting, audience)["requests"]  # type: ignore[arg-type]
    staff = snapshot(floor.meeting, "staff")
    assert staff["lists"][list_key()]["requested"] == (key,)
    assert mine(floor.meeting, Code("A")).requests[key].status == "requested"


@rule("W1", "E20")
def test_what_an_operator_enters_needs_no_approval() -> None:
    floor = Floor(approval=True).opened()
    floor.put("A")
    assert floor.order() == "A"


@rule("W1", "W9")
def test_who_is_accepted_is_accepted_once_and_it_can_be_taken_back() -> None:
    floor = Floor(approval=True).opened()
    key = ask(floor, "A")["request"]
    floor.do(c.Accept, request=key)
    refusal = floor.refused("stale", c.Accept, DEPUTY, request=key)
    assert refusal.current == {"status": "queued"}
    floor.undo()
    assert status(floor, "A") == ["requested"]
    assert floor.order() == ""


@rule("W1")
def test_whoever_waits_for_approval_cannot_be_called() -> None:
    floor = Floor(approval=True).opened()
    key = ask(floor, "A")["request"]
    floor.refused("not_on_list", c.Call, request=key, expect=floor.expect_head())


# Declining


@rule("W2")
def test_the_delegation_is_told_why_it_was_declined() -> None:
    floor = Floor(approval=True).opened()
    key = ask(floor, "A")["request"]
    floor.do(c.Decline, request=key, reason=" The item is\n concluded ")
    told = ended(floor, "A")
    assert (told.how, told.text) == ("declined", "The item is concluded")
    ask(floor, "A")
    assert status(floor, "A") == ["requested"]


@rule("W2")
def test_declined_without_a_reason_it_is_asked_to_contact_the_secretariat() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.do(c.Decline, request=floor.of("A"))
    assert ended(floor, "A").how == "contact_secretariat"
    assert floor.order() == "B"


@rule("W2", "W9")
@pytest.mark.parametrize("where", ["requested", "queued", "late", "deferred"])
def test_whoever_waits_can_be_declined_wherever_that_is(where: str) -> None:
    floor = Floor(late_tray=True, approval=where == "requested").opened()
    if where == "late":
        floor.close()
    floor.ask("A")
    if where == "deferred":
        park(floor, "A")
    assert status(floor, "A") == [where]
    floor.do(c.Decline, request=floor.of("A"), reason="no")
    assert status(floor, "A") == ["declined"]
    floor.undo()
    assert status(floor, "A") == [where]
    assert floor.request("A").told == ""


@rule("W2")
def test_a_point_that_was_raised_can_be_declined() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.speak("A")
    point = floor.raised("B")
    floor.do(c.Decline, request=point, reason="noted")
    assert floor.meeting.requests[point].status == "declined"


@rule("W2", "W5")
def test_who_has_the_floor_is_neither_declined_nor_parked() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.call("A")
    for kind in (c.Decline, c.Park):
        refusal = floor.refused("floor_occupied", kind, request=floor.of("A"))
        assert refusal.params["delegation"] == "A"
    floor.start()
    for kind in (c.Decline, c.Park):
        floor.refused("not_on_list", kind, request=floor.of("A"))


# Late


@rule("W3", "L4")
def test_after_the_closing_a_request_is_late_and_told_so() -> None:
    floor = closed()
    answer = ask(floor, "C")
    assert answer["late"] is True
    assert "place" not in answer
    assert floor.order() == "A B"
    request = floor.request("C")
    assert (request.status, request.after_closure) == ("late", True)


@rule("W3", "L3")
def test_it_is_late_from_the_announced_instant_on() -> None:
    floor = Floor(late_tray=True).opened()
    floor.announce_closing(in_s=60)
    floor.wait(59.999)
    floor.ask("A")
    floor.wait(0.001)
    floor.ask("B")
    assert status(floor, "A", "B") == ["queued", "late"]
    assert floor.request("B").after_closure


@rule("W3", "I10")
def test_the_late_are_seen_by_staff_and_themselves() -> None:
    floor = closed("C")
    key = floor.of("C")
    for audience in ("public", "record"):
        assert key not in snapshot(floor.meeting, audience)["requests"]  # type: ignore[arg-type]
    staff = snapshot(floor.meeting, "staff")
    assert staff["lists"][list_key()]["late"] == (key,)
    assert mine(floor.meeting, Code("C")).requests[key].status == "late"


@rule("W4", "E4")
def test_the_late_are_admitted_in_the_order_of_arrival_behind_all_others() -> None:
    floor = closed("U", "D", "C", modifiers=("groups_first",))
    floor.put("I")
    assert admit(floor, "C", "U")["requests"] == [floor.of("U"), floor.of("C")]
    # a Member that is late stands behind an organisation that was in time
    assert floor.order() == "A B I C U"
    assert status(floor, "D") == ["late"]


@rule("W4")
def test_all_of_the_tray_come_at_once_in_one_commit() -> None:
    floor = closed("D", "C")
    admit(floor)
    assert floor.order() == "A B D C"
    (admitted,) = (each for each in floor.events() if isinstance(each, e.LateAdmitted))
    assert admitted.generation == 1


@rule("W4", "E4", "L5")
def test_admitted_after_a_reopening_they_stand_by_their_arrival() -> None:
    floor = closed("C")
    floor.reopen()
    floor.ask("D")
    admit(floor)
    assert floor.order() == "A B C D"
    assert floor.request("C").generation == 1


@rule("W4", "E4")
def test_the_late_of_two_closings_stand_behind_those_of_their_own() -> None:
    floor = closed("C")
    floor.reopen()
    floor.ask("D")
    floor.close()
    floor.ask("E")
    admit(floor)
    assert floor.order() == "A B C D E"
    assert [floor.request(each).generation for each in "CE"] == [1, 2]


@rule("W4", "E4")
def test_reopened_twice_they_stand_behind_those_of_the_first_reopening() -> None:
    floor = closed("C")
    floor.reopen()
    floor.ask("E")
    floor.close()
    floor.reopen()
    floor.ask("D")
    admit(floor)
    assert floor.order() == "A B E C D"


@rule("W4", "L6")
def test_an_empty_tray_or_one_who_has_left_it_is_stale() -> None:
    floor = closed()
    floor.refused("stale", c.AdmitLate, expect=floor.expect_list())
    floor.ask("C", "D")
    key = floor.of("C")
    floor.withdraw("C")
    expect = floor.expect_list()
    floor.refused("stale", c.AdmitLate, requests=(floor.of("D"), key), expect=expect)
    floor.refused("stale", c.AdmitLate, requests=(floor.of("A"),), expect=expect)
    shown = c.ExpectList(list_key(), "open", 0)
    floor.refused("stale", c.AdmitLate, expect=shown)


@rule("W4", "W9")
def test_an_admission_can_be_undone() -> None:
    floor = closed("C", "D")
    admit(floor)
    floor.undo()
    assert floor.order() == "A B"
    assert status(floor, "C", "D") == ["late", "late"]
    assert floor.request("C").generation == 0


@rule("W4")
def test_a_late_request_for_which_one_has_to_say_yes_is_admitted_at_once() -> None:
    floor = closed(approval=True)
    floor.ask("C")
    assert status(floor, "C") == ["late"]
    floor.refused("stale", c.Accept, request=floor.of("C"))
    admit(floor)
    assert floor.order() == "C"


# Parked


@rule("W5", "W6")
def test_who_parks_is_off_the_order_and_comes_back_behind_the_others() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    number = floor.request("A").number
    park(floor, "A", delegate("A"))
    floor.ask("C")
    assert floor.order() == "B C"
    unpark(floor, "A", delegate("A", "laptop"))
    assert floor.order() == "B C A"
    assert floor.request("A").number == number


@rule("W6")
def test_where_places_are_kept_it_comes_back_to_the_old_one() -> None:
    floor = Floor(keep_place=True).opened()
    floor.ask("A", "B")
    park(floor, "A")
    floor.ask("C")
    unpark(floor, "A")
    assert floor.order() == "A B C"


@rule("W6", "P1")
def test_a_speaker_of_the_programme_comes_back_to_its_order() -> None:
    floor = Floor(OPENING).opened()
    park(floor, "r1.0")
    assert floor.order() == "Guest"
    unpark(floor, "r1.0")
    assert floor.order() == "A Guest"


@rule("W6", "L5")
def test_back_behind_those_of_a_list_that_was_reopened_meanwhile() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    park(floor, "A")
    floor.close()
    floor.reopen()
    floor.ask("C")
    unpark(floor, "A")
    assert floor.order() == "B C A"


@rule("W5", "O8", "I8")
def test_who_parks_is_on_deck_no_more_and_the_next_is_told() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C", "D")
    floor.heard("A")
    assert floor.request("B").told_at is not None
    assert floor.request("D").told_at is None
    park(floor, "B")
    assert floor.request("B").told_at is None
    assert floor.request("D").told_at == floor.now


@rule("W5")
def test_parking_is_by_its_own_delegation_where_the_rules_have_it_or_an_operator() -> (
    None
):
    floor = Floor().opened()
    floor.ask("A")
    key = floor.of("A")
    floor.refused("not_your_delegation", c.Park, delegate("B"), request=key)
    park(floor, "A")
    floor.refused("stale", c.Park, DEPUTY, request=key)
    floor.refused("not_your_delegation", c.Unpark, delegate("B"), request=key)
    unpark(floor, "A")
    floor.refused("stale", c.Unpark, request=key)
    off = Floor(park=False).opened()
    off.ask("A")
    off.refused("not_enabled", c.Park, delegate("A"), request=off.of("A"))
    park(off, "A")
    assert off.order() == ""


@rule("W5")
def test_a_point_that_was_raised_is_not_parked() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.speak("A")
    floor.refused("not_enabled", c.Park, request=floor.raised("B"))


@rule("W5", "E2")
def test_who_parked_is_told_to_staff_with_the_device() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    park(floor, "A", delegate("A", "laptop"))
    assert floor.events()[0] == e.RequestParked(
        request=floor.of("A"), by="delegation", device="laptop"
    )
    park(floor, "B")
    assert floor.events()[0] == e.RequestParked(request=floor.of("B"), by="operator")


@rule("W9", "W5", "W6", "I8")
def test_parking_and_coming_back_can_be_undone_by_who_did_it_as_an_operator() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C")
    floor.heard("A")
    before = floor.request("B")
    park(floor, "B")
    floor.undo()
    assert floor.order() == "B C"
    assert floor.request("B") == before
    park(floor, "B")
    unpark(floor, "B")
    floor.undo()
    assert floor.order() == "C"
    assert status(floor, "B") == ["deferred"]
    park(floor, "C", delegate("C"))
    assert floor.meeting.actions[-1].type == "park"
    assert floor.meeting.actions[-1].request == floor.of("B")


# Joining and windows


@rule("W7", "I3", "E2")
@pytest.mark.parametrize("where", ["requested", "late", "parked"])
def test_asking_again_while_one_waits_beside_the_list_joins_that(where: str) -> None:
    floor = Floor(late_tray=True, approval=where == "requested").opened()
    if where == "late":
        floor.close()
    first = ask(floor, "A")
    if where == "parked":
        park(floor, "A")
    again = ask(floor, "A", "laptop")
    assert again["request"] == first["request"]
    assert again["joined"] is True
    assert again[where] is True
    assert floor.events() == (
        e.RequestJoined(request=first["request"], device="laptop"),
    )


@rule("W7", "O10")
def test_whoever_waits_beside_the_list_is_not_entered_a_second_time() -> None:
    floor = closed("C")
    entries = (c.Entry(delegation=Code("C")),)
    floor.refused("already_on_list", c.Insert, list=list_key(), entries=entries)


@rule("F2")
@pytest.mark.parametrize("where", ["requested", "late", "deferred"])
def test_whoever_waits_beside_the_list_can_withdraw(where: str) -> None:
    floor = Floor(late_tray=True, approval=where == "requested").opened()
    if where == "late":
        floor.close()
    floor.ask("A")
    if where == "deferred":
        park(floor, "A")
    floor.withdraw("A")
    assert status(floor, "A") == ["withdrawn"]
    assert ended(floor, "A").how == "withdrawn_by_you"


@rule("W8", "P10", "W9")
def test_a_window_is_set_by_an_operator_and_can_be_undone() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    start, end = Instant(floor.now + 60_000), Instant(floor.now + 120_000)
    key = floor.of("B")
    floor.do(c.SetWindow, request=key, not_before=start, not_after=end)
    shown = snapshot(floor.meeting, "staff")["requests"][key]
    assert (shown["not_before"], shown["not_after"]) == (start, end)
    assert "not_after" not in snapshot(floor.meeting, "public")["requests"][key]
    assert mine(floor.meeting, Code("B")).requests[key].not_after is None
    assert floor.order() == "A B"
    floor.undo()
    assert floor.request("B").not_before is None


@rule("W8")
def test_a_window_ends_after_it_begins_and_a_side_may_stay_open() -> None:
    floor = Floor().opened()
    floor.ask("A")
    key, at = floor.of("A"), floor.now
    for end in (at, Instant(at - 1)):
        floor.refused(
            "bad_time", c.SetWindow, request=key, not_before=at, not_after=end
        )
    floor.do(c.SetWindow, request=key, not_after=at)
    floor.do(c.SetWindow, request=key)
    assert floor.request("A").not_after is None
    floor.withdraw("A")
    floor.refused("not_on_list", c.SetWindow, request=key)


@rule("M8")
def test_after_the_meeting_has_risen_the_trays_are_shut() -> None:
    floor = closed("C")
    key = floor.of("C")
    floor.adjourn()
    for kind in (c.Accept, c.Decline, c.Unpark, c.SetWindow):
        floor.refused("wrong_meeting_state", kind, request=key)
    floor.refused("wrong_meeting_state", c.AdmitLate, expect=floor.expect_list())
