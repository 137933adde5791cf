"""The order of a list of speakers."""

from hypothesis import given
from hypothesis import strategies as st

from rostra.core.ids import RequestId
from rostra.core.order import head, spliced, splices
from rostra.core.views import order
from support.floor import Floor, list_key, rule

ids = st.lists(st.sampled_from([RequestId(f"r{n}.0") for n in range(12)]), unique=True)


@rule("O1")
def test_in_order_of_arrival_whoever_asked_first_is_first() -> None:
    floor = Floor().opened()
    floor.ask("C", "A", "B")
    assert floor.order() == "C A B"


@rule("O5")
def test_tiers_stand_in_the_ranks_of_the_profile() -> None:
    floor = Floor().opened()
    floor.ask("N", "I", "U", "H", "A")
    assert floor.order() == "A H I U N"


@rule("O5")
def test_equal_ranks_are_merged() -> None:
    merged = {tier: 1 for tier in Floor().meeting.profile.tiers}
    floor = Floor(tiers=merged).opened()
    floor.ask("N", "I", "A")
    assert floor.order() == "N I A"


@rule("O5")
def test_the_state_of_palestine_stands_as_the_profile_says() -> None:
    by_request = Floor().opened()
    by_request.ask("A", "PSE", "B")
    assert by_request.order() == "A PSE B"
    after = Floor(state_of_palestine="after_members").opened()
    after.ask("A", "PSE", "B")
    assert after.order() == "A B PSE"


@rule("O3")
def test_groups_first_puts_statements_for_groups_and_the_group_tier_first() -> None:
    floor = Floor(modifiers=("groups_first",)).opened()
    floor.ask("A")
    floor.ask("EU")
    floor.ask("N", group="G77")
    assert floor.order() == "EU G77 A"


@rule("O3")
def test_without_it_they_stand_where_their_own_tier_does() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.ask("N", group="ISLES")
    floor.ask("EU", "H")
    floor.ask("B", group="G77")
    assert floor.order() == "A G77 H EU ISLES"


@rule("O4")
def test_first_time_first_asks_who_was_counted_on_this_list() -> None:
    floor = Floor(modifiers=("first_time_first",), on_deck=0).opened()
    floor.ask("A")
    floor.heard("A")
    floor.ask("A", "N", "B")
    assert floor.order() == "B N A"
    floor.ask("A", group="G77")
    assert floor.order() == "B G77 N A"


@rule("O2", "O3", "O4")
def test_who_has_spoken_comes_before_the_tier() -> None:
    floor = Floor(modifiers=("first_time_first", "groups_first"), on_deck=0).opened()
    floor.ask("A", group="G77")
    floor.heard("G77")
    floor.ask("A", group="G77")
    floor.ask("N")
    assert floor.order() == "N G77"


@rule("O2", "L5")
def test_the_generation_comes_before_all_else_but_the_band() -> None:
    floor = Floor(modifiers=("groups_first",)).opened()
    floor.ask("N")
    floor.close()
    floor.reopen()
    floor.ask("A", group="G77")
    floor.put("B", kind="introduction")
    assert floor.order() == "B N G77"


@rule("K5", "O2")
def test_bands_programme_and_introductions_answers_the_ordinary_list_replies() -> None:
    floor = Floor().opened()
    floor.put("A", kind="right_of_reply")
    floor.ask("B")
    floor.put("C", kind="answer")
    floor.put("D", kind="secretariat")
    floor.put("E", kind="introduction")
    floor.put("F", kind="programme")
    assert floor.order() == "D E F C B A"


@rule("O6")
def test_fixed_knows_bands_generations_and_arrival_only() -> None:
    floor = Floor(order="fixed", modifiers=("groups_first",)).opened()
    floor.ask("N", "A")
    floor.ask("B", group="G77")
    floor.put("C", kind="introduction")
    assert floor.order() == "C N A G77"


@rule("O6")
def test_manual_leaves_everyone_in_place_and_newcomers_come_last() -> None:
    floor = Floor().opened()
    floor.ask("A", "N")
    floor.policy("manual", "groups_first")
    floor.ask("B", group="G77")
    floor.move("N", 0)
    assert floor.order() == "N A G77"


@rule("I2")
def test_every_audience_that_may_see_an_order_sees_the_same() -> None:
    floor = Floor().opened()
    floor.ask("B", "A")
    orders = [order(floor.meeting, each) for each in ("public", "record", "staff")]
    assert orders[0] == orders[1] == orders[2]
    assert orders[0][list_key()] == (floor.of("B"), floor.of("A"))


@rule("F3")
def test_the_head_is_the_first_who_is_not_yet_called() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    requests = floor.meeting.requests
    assert head(requests, floor.speakers().order) == floor.of("A")
    floor.call("A")
    requests = floor.meeting.requests
    assert head(requests, floor.speakers().order) == floor.of("B")
    assert head(requests, ()) is None


@rule("I2")
@given(ids, ids)
def test_splices_lead_from_any_order_to_any_other(
    old: list[RequestId], new: list[RequestId]
) -> None:
    assert spliced(old, splices(old, new)) == tuple(new)


@given(ids)
def test_the_same_order_needs_no_splice(same: list[RequestId]) -> None:
    assert splices(same, same) == ()


def test_one_who_left_is_one_splice() -> None:
    a, b, third = (RequestId(each) for each in ("r1.0", "r2.0", "r3.0"))
    assert splices((a, b, third), (a, third)) == ((1, 1),)
