"""The states of a list of speakers."""

import hashlib
from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.alarms import ListOpens, ListTimeUp, LotWindowEnds, next_alarm
from rostra.core.draws import commitment
from rostra.core.ids import Instant, SegmentId
from rostra.core.profile import Closing
from rostra.core.programme import POINTS
from support.floor import (
    DISCUSSION,
    MODERATOR,
    PANEL,
    WHOLE,
    Floor,
    delegate,
    list_key,
    rule,
)


def refused_request(floor: Floor, code: Any, **fields: Any) -> Any:
    fields.setdefault("kind", "statement")
    return floor.refused(code, c.RequestFloor, delegate("A"), **fields)


@rule("L1")
def test_a_list_that_is_not_open_takes_no_requests_until_it_is_opened() -> None:
    floor = Floor(lists_open="by_hand").opened()
    refused_request(floor, "list_not_open")
    floor.do(c.OpenList, expect=floor.expect_list())
    floor.ask("A")
    assert floor.order() == "A"


@rule("L1", "P5")
def test_before_the_first_segment_a_request_has_to_name_its_list() -> None:
    floor = Floor().lobby()
    refused_request(floor, "list_not_open")
    floor.ask("A", list=list_key())


@rule("L2")
def test_an_exhausted_list_is_an_open_one_that_counts_nobody() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.heard("A")
    assert floor.speakers().order == ()
    assert floor.speakers().state == "open"
    floor.ask("B")


@rule("L3")
def test_a_closing_list_takes_requests_until_its_time_and_not_at_it() -> None:
    floor = Floor().opened()
    at = floor.announce_closing(in_s=60)
    floor.wait(59.999)
    floor.ask("B")
    floor.wait(0.001)
    assert floor.now == at
    refusal = refused_request(floor, "list_closed")
    assert refusal.params["closed_at"] == at


@rule("L3")
def test_the_alarm_closes_the_list_at_the_announced_time() -> None:
    floor = Floor().opened()
    at = floor.announce_closing(in_s=60)
    due = next_alarm(floor.meeting)
    assert due == (at, ListTimeUp(list_key(), at))
    floor.wait(60)
    floor.alarm(due[1])
    assert floor.speakers().state == "closed"
    assert floor.speakers().closed_at == at
    assert next_alarm(floor.meeting) is None


@rule("L3")
def test_closing_may_be_announced_anew_and_the_old_alarm_does_nothing() -> None:
    floor = Floor().opened()
    first = floor.announce_closing(in_s=60)
    later = floor.announce_closing(in_s=120)
    floor.wait(60)
    refusal = floor.decide(ListTimeUp(list_key(), first), MODERATOR)
    assert getattr(refusal, "code", None) == "stale"
    floor.ask("A")
    assert next_alarm(floor.meeting) == (later, ListTimeUp(list_key(), later))


@rule("L3")
@pytest.mark.parametrize("ahead", [0, -1])
def test_a_closing_time_must_lie_ahead(ahead: int) -> None:
    floor = Floor().opened()
    at = Instant(floor.now + ahead)
    floor.refused(
        "bad_time", c.AnnounceClosing, closes_at=at, expect=floor.expect_list()
    )


@rule("L4")
def test_a_closed_list_takes_no_requests_and_says_when_it_was_closed() -> None:
    floor = Floor().opened().wait(5)
    floor.close(basis="rule 73")
    closed_at = floor.now
    floor.wait(60)
    assert refused_request(floor, "list_closed").params["closed_at"] == closed_at
    assert floor.speakers().basis == "rule 73"


@rule("L4")
def test_an_operator_inserts_after_closure_and_the_entry_is_marked() -> None:
    floor = Floor().opened()
    floor.ask("B")
    floor.close()
    floor.put("A")
    assert floor.order() == "B A"
    assert floor.request("A").after_closure
    assert not floor.request("B").after_closure


@rule("L5", "L4", "E4")
def test_reopened_it_has_the_new_ones_behind_all_of_before() -> None:
    floor = Floor(modifiers=("groups_first",)).opened()
    floor.ask("A", "I")
    floor.close()
    refused_request(floor, "list_closed")
    floor.reopen()
    floor.ask("C")
    floor.ask("D", group="G77")
    assert floor.order() == "A I G77 C"
    assert floor.speakers().generation == 1
    assert floor.speakers().closed_at is None


@rule("L5")
def test_reopening_needs_its_basis_and_revives_nobody() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.withdraw("A")
    floor.close()
    floor.refused("empty", c.ReopenList, basis=" ", expect=floor.expect_list())
    floor.reopen(basis="as decided")
    assert floor.order() == "B"
    assert floor.speakers().basis == "as decided"
    floor.ask("A")
    assert floor.order() == "B A"


@rule("L6", "E10")
def test_a_list_button_names_list_state_and_generation() -> None:
    floor = Floor().opened()
    shown = floor.expect_list()
    floor.close()
    refusal = floor.refused("stale", c.CloseList, expect=shown)
    assert refusal.current == {"state": "closed", "generation": 0}
    floor.reopen()
    floor.refused("stale", c.CloseList, expect=shown)


@rule("L6")
def test_what_is_so_already_is_stale() -> None:
    floor = Floor().opened()
    floor.refused("stale", c.OpenList, expect=floor.expect_list())
    floor.refused("stale", c.ReopenList, basis="x", expect=floor.expect_list())
    floor.close()
    floor.refused("stale", c.CloseList, expect=floor.expect_list())
    at = Instant(floor.now + 1000)
    floor.refused("stale", c.AnnounceClosing, closes_at=at, expect=floor.expect_list())


@rule("L7")
def test_a_segment_without_requests_says_so() -> None:
    floor = Floor(*WHOLE).opened()
    refused_request(floor, "list_takes_no_requests")


@rule("L7", "P7")
def test_a_segment_takes_only_its_kinds() -> None:
    floor = Floor(PANEL).opened()
    refused_request(floor, "kind_not_admitted")
    refused_request(floor, "kind_not_admitted", kind="group_statement", group="G77")
    floor.ask("A", kind="question")
    assert Floor().opened().ask("A")


@rule("L7", "K2")
def test_a_statement_for_a_group_is_taken_only_where_group_statements_are() -> None:
    plan = PANEL.__class__(
        kind="discussion", title="Own", requests=True, kinds=("statement",)
    )
    floor = Floor(plan).opened()
    refused_request(floor, "kind_not_admitted", group="G77")
    floor.ask("A")


@rule("O6", "I5")
def test_setting_a_policy_is_an_event_and_sorts_at_once() -> None:
    floor = Floor().opened()
    floor.ask("I", "A")
    floor.policy("fixed")
    assert floor.order() == "I A"
    assert isinstance(floor.events()[0], e.PolicySet)
    floor.policy("arrival")
    assert floor.order() == "A I"


def test_modifiers_are_kept_once_and_in_one_order() -> None:
    floor = Floor().opened()
    floor.policy("arrival", "groups_first", "first_time_first", "groups_first")
    assert floor.speakers().modifiers == ("first_time_first", "groups_first")


@rule("L1")
def test_an_unknown_list_is_refused() -> None:
    floor = Floor().opened()
    refused_request(floor, "no_such_entity", list="l1.9")


# An announced opening


@rule("L8")
def test_an_announced_opening_is_said_and_refuses_with_its_time() -> None:
    floor = Floor(lists_open="by_hand").opened()
    at = Instant(floor.now + 60_000)
    floor.do(c.OpenList, at=at, expect=floor.expect_list())
    assert floor.speakers().state == "not_open"
    assert refused_request(floor, "list_not_open").params["opens_at"] == at
    assert floor.told()["lists"][list_key()]["opens_at"] == at
    later = Instant(at + 60_000)
    floor.do(c.OpenList, at=later, expect=floor.expect_list())
    assert next_alarm(floor.meeting) == (later, ListOpens(list_key(), later))


@rule("L8")
@pytest.mark.parametrize("ahead", [0, -1])
def test_an_opening_time_must_lie_ahead(ahead: int) -> None:
    floor = Floor(lists_open="by_hand").opened()
    at = Instant(floor.now + ahead)
    floor.refused("bad_time", c.OpenList, at=at, expect=floor.expect_list())


@rule("L8")
def test_the_alarm_opens_the_list_unless_somebody_has_opened_it_before() -> None:
    floor = Floor(lists_open="by_hand").opened()
    at = Instant(floor.now + 60_000)
    floor.do(c.OpenList, at=at, expect=floor.expect_list())
    early = floor.meeting
    floor.suspend()
    floor.wait(60)
    floor.alarm(ListOpens(list_key(), at))
    assert floor.speakers().state == "open"
    floor.meeting = early
    floor.do(c.OpenList, expect=floor.expect_list())
    refusal = floor.decide(ListOpens(list_key(), at), MODERATOR)
    assert getattr(refusal, "code", None) == "stale"
    assert next_alarm(floor.meeting) is None


@rule("L8", "U3")
def test_an_announced_opening_can_be_undone() -> None:
    floor = Floor(lists_open="by_hand").opened()
    at = Instant(floor.now + 60_000)
    floor.do(c.OpenList, at=at, expect=floor.expect_list())
    floor.undo()
    assert floor.speakers().opens_at is None
    assert next_alarm(floor.meeting) is None


# The window for the lot


def in_window(**profile: Any) -> Floor:
    """A list whose order will be drawn among those who ask in a quarter of an hour."""
    return Floor(order="lot", lot_window_min=15, **profile).opened()


@rule("L9", "D2")
def test_the_window_publishes_the_commitment_and_takes_requests() -> None:
    floor = in_window()
    speakers = floor.speakers()
    assert (speakers.state, speakers.lot_until) == (
        "lot_window",
        floor.now + 900_000,
    )
    assert speakers.commitment == commitment(floor.meeting, list_key(), 1)
    floor.ask("A", "B")
    assert floor.order() == "A B"
    assert next_alarm(floor.meeting) == (
        speakers.lot_until,
        LotWindowEnds(list_key(), speakers.lot_until),
    )


@rule("L9", "D2", "I9")
def test_at_its_end_those_who_asked_are_drawn_and_the_list_opens() -> None:
    floor = in_window()
    floor.ask("A", "B", "C", "D", "E")
    promised = floor.speakers().commitment
    due = next_alarm(floor.meeting)
    assert due is not None
    floor.wait(900)
    floor.alarm(due[1])
    speakers = floor.speakers()
    assert (speakers.state, speakers.lot_until) == ("open", None)
    assert speakers.draw is not None
    assert speakers.draw.order == speakers.order
    assert hashlib.sha256(speakers.draw.seed.encode()).hexdigest() == promised
    floor.ask("F")
    assert floor.order().split()[-1] == "F"


@rule("L9")
def test_with_nobody_to_draw_the_list_just_opens() -> None:
    floor = in_window()
    due = next_alarm(floor.meeting)
    assert due is not None
    floor.wait(900)
    floor.alarm(due[1])
    assert floor.speakers().state == "open"
    assert floor.speakers().draw is None
    floor.ask("A")


@rule("L9", "L10")
def test_a_list_that_is_full_at_the_draw_closes_with_it_and_not_before() -> None:
    floor = in_window(closing=Closing(capacity=2))
    floor.ask("A", "B", "C")
    assert floor.speakers().state == "lot_window"
    due = next_alarm(floor.meeting)
    assert due is not None
    floor.wait(900)
    floor.alarm(due[1])
    assert (floor.speakers().state, floor.speakers().basis) == ("closed", "capacity")
    assert floor.speakers().draw is not None


@rule("L9")
def test_a_window_that_an_operator_has_closed_is_drawn_by_no_alarm() -> None:
    floor = in_window()
    floor.ask("A", "B")
    until = floor.speakers().lot_until
    floor.call("B")
    floor.undo()
    floor.close()
    assert floor.speakers().state == "closed"
    assert next_alarm(floor.meeting) is None
    refusal = floor.decide(LotWindowEnds(list_key(), until), MODERATOR)
    assert getattr(refusal, "code", None) == "stale"


@rule("L9", "L6")
def test_a_window_is_neither_opened_nor_announced_to_close() -> None:
    floor = in_window()
    expect = floor.expect_list()
    floor.refused("stale", c.OpenList, expect=expect)
    at = Instant(floor.now + 1000)
    floor.refused("stale", c.AnnounceClosing, closes_at=at, expect=expect)
    floor.refused("stale", c.ReopenList, basis="x", expect=expect)


@rule("L9")
@pytest.mark.parametrize(
    "profile",
    [{"order": "lot"}, {"order": "arrival", "lot_window_min": 15}],
)
def test_without_a_window_or_without_a_lot_the_list_opens_at_once(
    profile: dict[str, Any],
) -> None:
    assert Floor(**profile).opened().speakers().state == "open"


@rule("L9", "L8", "D2")
def test_opened_by_hand_or_in_time_it_begins_with_the_window_too() -> None:
    floor = Floor(order="lot", lot_window_min=15, lists_open="by_hand").opened()
    # a commitment that was published already is the one that is kept
    promised = floor.speakers().commitment
    at = Instant(floor.now + 60_000)
    floor.do(c.OpenList, at=at, expect=floor.expect_list())
    floor.wait(60)
    floor.alarm(ListOpens(list_key(), at))
    speakers = floor.speakers()
    assert (speakers.state, speakers.draws) == ("lot_window", 1)
    assert speakers.commitment == promised or not promised
    assert speakers.commitment == commitment(floor.meeting, list_key(), 1)


@rule("L12")
def test_points_and_replies_have_no_list_that_opens_or_closes() -> None:
    floor = Floor(DISCUSSION).opened()
    for key in (POINTS, floor.meeting.segments[SegmentId("s1.0")].replies):
        shown = c.ExpectList(key, "not_open", 0)
        later = Instant(floor.now + 60_000)
        floor.refused("not_enabled", c.OpenList, expect=shown)
        floor.refused("not_enabled", c.AnnounceClosing, closes_at=later, expect=shown)
        floor.refused("not_enabled", c.CloseList, expect=shown)
        floor.refused("not_enabled", c.ReopenList, basis="rule 73", expect=shown)
