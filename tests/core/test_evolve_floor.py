"""The floor's part of ``evolve``: what calls, clocks and ends add up to."""

from typing import Any

from msgspec import structs

from rostra.core.ids import Code
from rostra.core.programme import SegmentPlan, Speaker
from support.floor import DISCUSSION, Floor, rule

PERSPECTIVES = SegmentPlan(
    kind="perspectives",
    title="Regional perspectives",
    perspectives_count=True,
    speakers=(
        Speaker(name="Ms. A", entity=Code("A"), role="perspective", limit_s=300),
        Speaker(name="Mr. B", entity=Code("B"), role="moderator", limit_s=300),
    ),
)


def heard(*, counts: bool, **profile: Any) -> Floor:
    """A's perspective and B's introduction were heard; both ask with C."""
    first = structs.replace(PERSPECTIVES, perspectives_count=counts)
    floor = Floor(first, DISCUSSION, **profile).opened()
    floor.heard("r1.0", 60)
    floor.heard("r1.1", 60)
    floor.go(1)
    floor.ask("A", "B", "C")
    return floor


@rule("P12", "O4", "K7")
def test_a_perspective_that_counts_makes_the_national_statement_a_second_one() -> None:
    floor = heard(counts=True, modifiers=("first_time_first",))
    assert floor.meeting.totals["A"].interventions == 1
    assert floor.meeting.totals["B"].interventions == 0
    assert floor.order(1) == "B C A"


@rule("P12", "O4", "K7")
def test_one_that_does_not_count_leaves_the_national_statement_the_first() -> None:
    floor = heard(counts=False, modifiers=("first_time_first",))
    assert floor.meeting.totals["A"].interventions == 0
    assert floor.order(1) == "A B C"


@rule("P12", "U3")
def test_the_end_of_a_perspective_undone_counts_nowhere_any_more() -> None:
    floor = Floor(PERSPECTIVES, DISCUSSION).opened()
    floor.heard("r1.0", 60)
    assert floor.speakers(1).spoken == {"A": 1}
    floor.undo()
    assert [floor.speakers(segment).spoken for segment in (0, 1)] == [{}, {}]


@rule("K7")
def test_a_statement_counts_on_its_own_list_only() -> None:
    floor = Floor(DISCUSSION, DISCUSSION).opened()
    floor.ask("A")
    floor.heard("A")
    assert [floor.speakers(segment).spoken for segment in (0, 1)] == [{"A": 1}, {}]
