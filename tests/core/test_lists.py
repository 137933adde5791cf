"""The states of a list of speakers."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.alarms import ListTimeUp, next_alarm
from rostra.core.ids import Instant
from support.floor import MODERATOR, PANEL, WHOLE, Floor, delegate, list_key, rule


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


@rule("L5", "L4", "K4")
def test_t6_closed_it_takes_replies_only_and_reopened_new_ones_come_last() -> None:
    floor = Floor(modifiers=("groups_first",)).opened()
    floor.ask("A", "I")
    floor.close()
    refused_request(floor, "list_closed")
    floor.put("B", kind="right_of_reply")
    assert floor.order() == "A I B"
    floor.reopen()
    floor.ask("C")
    floor.ask("D", group="G77")
    assert floor.order() == "A I G77 C B"
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
