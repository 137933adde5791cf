"""The order of a list of speakers."""

from itertools import combinations
from typing import Any, get_args

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec import structs

from rostra.core import commands as c
from rostra.core.bands import locked
from rostra.core.ids import Policy, RequestId
from rostra.core.order import arrange, comparator, head, spliced, splices
from rostra.core.views import order
from support.floor import ROSTER, Floor, list_key, rule

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
def test_bands_programme_and_introductions_answers_the_ordinary_list() -> None:
    floor = Floor().opened()
    floor.ask("B")
    floor.put("C", kind="answer")
    floor.put("D", kind="secretariat")
    floor.put("E", kind="introduction")
    floor.put("F", kind="programme")
    assert floor.order() == "D E F C B"


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


POLICIES: tuple[Any, ...] = get_args(Policy)
WHO = ("A", "B", "C", "D", "H", "I", "N", "EU")
#: The letters, counted with regional groups.
REGIONAL = structs.replace(
    ROSTER,
    delegations={
        code: structs.replace(
            each, region=dict(A="AFR", B="WEO", C="AFR").get(code, "")
        )
        for code, each in ROSTER.delegations.items()
    },
)


@st.composite
def lists(draw: st.DrawFn) -> Floor:
    """A list of any policy, with requests of all sorts, some of them kept in place."""
    floor = Floor(
        order=draw(st.sampled_from(POLICIES)),
        roster=REGIONAL,
        modifiers=tuple(
            each for each in ("first_time_first", "groups_first") if draw(st.booleans())
        ),
        late_within_tier=draw(st.booleans()),
        on_deck=draw(st.integers(0, 2)),
        lot_key=draw(st.sampled_from("xyz")),
    ).opened()
    for code in draw(st.permutations(WHO)):
        more: dict[str, Any] = {
            "rank": draw(st.sampled_from((None, "minister", "head_of_state"))),
            "side": draw(st.sampled_from((None, "for", "against"))),
            "group": draw(st.sampled_from((None, None, None, "G77"))),
        }
        floor.ask(code, **more)
        if draw(st.integers(0, 9)) == 0:
            floor.close()
            floor.reopen()
    if draw(st.booleans()) and floor.speakers().policy == "lot":
        floor.draw()
    for _ in range(draw(st.integers(0, 3))):
        act = draw(st.sampled_from(("move", "heard", "withdraw")))
        each = draw(st.sampled_from(floor.speakers().order))
        if act == "move":
            floor.move(each, draw(st.integers(0, len(floor.speakers().order) - 1)))
        elif act == "heard":
            floor.heard(each)
        else:
            floor.do(c.Withdraw, request=each)
    return floor


@rule("O9", "I8")
@given(lists(), st.data())
def test_arranging_keeps_everyone_and_whoever_is_locked_in_place(
    floor: Floor, data: st.DataObject
) -> None:
    speakers = floor.speakers()
    mixed = tuple(data.draw(st.permutations(speakers.order)))
    mixed_list = structs.replace(speakers, order=mixed)
    arranged = arrange(floor.meeting, mixed_list, mixed)
    assert sorted(arranged) == sorted(mixed)
    for place, each in enumerate(mixed):
        if locked(floor.meeting.requests[each]) or speakers.policy == "manual":
            assert arranged[place] == each


@rule("O2", "O9")
@given(lists(), st.data())
def test_arranging_again_changes_nothing(floor: Floor, data: st.DataObject) -> None:
    speakers = floor.speakers()
    mixed = tuple(data.draw(st.permutations(speakers.order)))
    mixed_list = structs.replace(speakers, order=mixed)
    once = structs.replace(mixed_list, order=arrange(floor.meeting, mixed_list, mixed))
    assert arrange(floor.meeting, once, once.order) == once.order


@rule("O2", "I2")
@given(lists(), st.data())
def test_with_nobody_locked_arranging_is_sorting_whatever_the_order_was(
    floor: Floor, data: st.DataObject
) -> None:
    free = {
        key: structs.replace(each, fixed=False, told_at=None)
        for key, each in floor.meeting.requests.items()
    }
    meeting = structs.replace(floor.meeting, requests=free)
    speakers = floor.speakers()
    assume(speakers.policy != "manual")
    mixed = tuple(data.draw(st.permutations(speakers.order)))
    mixed_list = structs.replace(speakers, order=mixed)
    key = comparator(meeting, mixed_list, mixed)
    assert list(arrange(meeting, mixed_list, mixed)) == sorted(mixed, key=key)
    keys = [key(each) for each in mixed]
    assert len(set(keys)) == len(keys)


@rule("I2")
@given(ids, ids)
def test_splices_lead_from_any_order_to_any_other(
    old: list[RequestId], new: list[RequestId]
) -> None:
    assert spliced(old, splices(old, new)) == tuple(new)


@given(ids, st.data())
def test_no_more_are_taken_out_and_put_in_than_must_be(
    old: list[RequestId], data: st.DataObject
) -> None:
    new = data.draw(st.permutations(old))
    in_turn = max(
        (
            len(some)
            for size in range(len(old) + 1)
            for some in combinations(old[:8], size)
            if sorted(some, key=new.index) == list(some)
        ),
        default=0,
    )
    steps = splices(old[:8], [each for each in new if each in old[:8]])
    assert sum(int(count) for _, count, *_ in steps) == len(old[:8]) - in_turn


@given(ids)
def test_the_same_order_needs_no_splice(same: list[RequestId]) -> None:
    assert splices(same, same) == ()


def test_one_who_left_is_one_splice() -> None:
    a, b, third = (RequestId(each) for each in ("r1.0", "r2.0", "r3.0"))
    assert splices((a, b, third), (a, third)) == ((1, 1),)
