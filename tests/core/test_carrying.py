"""Whom one meeting leaves to the next of the same item."""

from typing import Any

from msgspec import structs

from rostra.core import commands as c
from rostra.core.carrying import carried_over
from rostra.core.events import Carried, MeetingCreated
from rostra.core.founding import found
from rostra.core.ids import Code, GroupCode, MeetingId
from rostra.core.meeting import Meeting
from rostra.core.programme import SegmentPlan, list_id
from rostra.core.roster import Roster
from support.floor import (
    CONCLUSIONS,
    DISCUSSION,
    OPENING,
    PANEL,
    ROSTER,
    Floor,
    delegate,
    person,
    rule,
)

OTHER = structs.replace(DISCUSSION, title="Another item")


def risen(*segments: SegmentPlan, ask: Any = None) -> Floor:
    """A meeting that has carried over A, B and C, or what *ask* makes of it."""
    floor = Floor(*segments, carry_over=True).opened()
    if ask:
        ask(floor)
    else:
        floor.ask("A", "B", "C")
    floor.adjourn()
    return floor


def next_day(floor: Floor, *segments: SegmentPlan, roster: Roster = ROSTER) -> Meeting:
    """The meeting that is made with them."""
    programme = structs.replace(floor.created.programme, segments=segments)
    left = carried_over(floor.meeting, programme, roster)
    created = structs.replace(
        floor.created,
        meeting=MeetingId("next"),
        programme=programme,
        roster=roster,
        carried=tuple(each for each, _ in left),
        persons=tuple(who for _, who in left),
    )
    return found(created, floor.now)


def order(meeting: Meeting, segment: int) -> str:
    """Who stands on a list."""
    requests = meeting.requests
    keys = meeting.lists[list_id(segment)].order
    return " ".join(str(requests[key].delegation) for key in keys)


@rule("M11")
def test_they_are_on_the_list_of_the_next_meeting_in_their_order() -> None:
    floor = Floor(DISCUSSION, carry_over=True).opened()
    floor.ask("A", "B", "C")
    floor.move("C", 0)
    floor.adjourn()
    meeting = next_day(floor, DISCUSSION)
    assert order(meeting, 0) == "C A B"
    assert [each.number for each in meeting.requests.values()] == [1, 2, 3]
    assert {each.status for each in meeting.requests.values()} == {"queued"}
    assert meeting.numbered == 3


@rule("M11")
def test_each_goes_to_the_segment_of_its_title_else_to_the_first_that_takes_any() -> (
    None
):
    def ask(floor: Floor) -> None:
        floor.ask("A", list="l1.0")
        floor.ask("B", list="l1.1")

    floor = risen(DISCUSSION, OTHER, ask=ask)
    meeting = next_day(floor, OPENING, PANEL, DISCUSSION)
    assert order(meeting, 2) == "A"
    # behind the panellists of that segment's own programme
    assert order(meeting, 1).split()[-1] == "B"
    assert next_day(floor, OPENING, CONCLUSIONS).numbered == 3


@rule("M11", "N1")
def test_group_language_rank_and_limit_go_with_them() -> None:
    def ask(floor: Floor) -> None:
        floor.ask("A", group=GroupCode("G77"), language="fr", rank="minister")
        floor.do(
            c.NameSpeaker,
            delegate("A"),
            request=floor.of("G77"),
            person=person("Ms. Speaker"),
        )

    meeting = next_day(risen(ask=ask), DISCUSSION)
    (request,) = meeting.requests.values()
    assert (request.kind, request.group) == ("group_statement", "G77")
    assert (request.language, request.rank) == ("fr", "minister")
    assert request.limit_ms == 300_000
    assert request.person == person("Ms. Speaker")
    # nobody had confirmed that name
    assert not request.person_confirmed


@rule("M11", "E1")
def test_what_was_left_to_one_whose_line_was_lost_is_its_limit() -> None:
    def ask(floor: Floor) -> None:
        floor.ask("A")
        floor.speak("A", 100)
        floor.end(returns=True)

    (request,) = next_day(risen(ask=ask), DISCUSSION).requests.values()
    assert request.limit_ms == 80_000


@rule("M11")
def test_whoever_the_new_roster_does_not_have_is_left_out() -> None:
    def ask(floor: Floor) -> None:
        floor.ask("A")
        floor.ask("B", group=GroupCode("ISLES"))

    fewer = structs.replace(
        ROSTER,
        delegations={Code("B"): ROSTER.delegations[Code("B")]},
        groups={},
    )
    meeting = next_day(risen(ask=ask), DISCUSSION, roster=fewer)
    (request,) = meeting.requests.values()
    assert (request.delegation, request.group) == ("B", None)
    assert request.group_text == "ISLES"


@rule("M11", "I9")
def test_without_the_personal_part_they_are_there_without_their_names() -> None:
    floor = risen(DISCUSSION)
    left = carried_over(floor.meeting, floor.created.programme, ROSTER)
    created: MeetingCreated = structs.replace(
        floor.created, carried=tuple(each for each, _ in left), persons=()
    )
    assert isinstance(created.carried[0], Carried)
    meeting = found(created, floor.now)
    assert order(meeting, 0) == "A B C"
    assert all(each.person is None for each in meeting.requests.values())


@rule("M11", "O3")
def test_the_order_of_the_new_list_sorts_them() -> None:
    def ask(floor: Floor) -> None:
        floor.ask("A")
        floor.ask("B", group=GroupCode("G77"))

    floor = risen(ask=ask)
    groups_first = structs.replace(DISCUSSION, modifiers=("groups_first",))
    assert order(next_day(floor, groups_first), 0) == "B A"
