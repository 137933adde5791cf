"""The meeting that its first commit makes."""

from typing import Any

from msgspec import structs

from rostra.core import commands as c
from rostra.core.events import Carried
from rostra.core.forecast import planned_ms
from rostra.core.founding import found
from rostra.core.ids import Code, RequestId, SegmentId, ticket_of
from rostra.core.profile import Replies
from rostra.core.programme import (
    POINTS,
    SegmentPlan,
    Speaker,
    list_id,
    replies_id,
)
from support.floor import (
    DISCUSSION,
    OPENING,
    PROFILE,
    START,
    WHOLE,
    Floor,
    delegate,
    person,
    rule,
)


@rule("P1")
def test_speakers_of_the_programme_are_requests_in_file_order() -> None:
    meeting = Floor(*WHOLE).meeting
    assert (meeting.seq, meeting.at, meeting.state) == (1, START, "scheduled")
    assert list(meeting.requests) == ["r1.0", "r1.1", "r1.2", "r1.3", "r1.4"]
    lists = [meeting.lists[list_id(index)] for index in range(4)]
    assert [each.order for each in lists] == [
        ("r1.0", "r1.1"),
        ("r1.2", "r1.3"),
        (),
        ("r1.4",),
    ]
    first = meeting.requests[RequestId("r1.0")]
    assert (first.kind, first.label, first.part) == ("programme", "Host", "opening")
    assert (first.limit_ms, first.number) == (300_000, 1)


@rule("P2")
def test_a_name_to_be_announced_is_no_name() -> None:
    floor = Floor(*WHOLE)
    guest = floor.meeting.requests[RequestId("r1.1")]
    assert (guest.person, guest.label, guest.delegation) == (None, "Guest", None)
    host = floor.meeting.requests[RequestId("r1.0")]
    assert (host.person, host.person_confirmed) == (person("Mr. One"), True)


@rule("P1", "K7")
def test_they_need_no_open_list_and_do_not_count_as_their_delegation_s() -> None:
    floor = Floor(*WHOLE).opened()
    assert floor.speakers().state == "not_open"
    floor.heard("r1.0", 60)
    assert floor.meeting.totals["A"].interventions == 0
    floor.call("r1.1")
    assert floor.active.limit_ms == 600_000


@rule("P1", "E21")
def test_the_delegation_of_a_speaker_acts_on_its_own_entry() -> None:
    floor = Floor(*WHOLE).opened()
    host, guest = RequestId("r1.0"), RequestId("r1.1")
    named = person("Ms. Two")
    floor.do(c.NameSpeaker, delegate("A"), request=host, person=named)
    floor.refused(
        "not_your_delegation", c.NameSpeaker, delegate("A"), request=guest, person=named
    )
    floor.speak("r1.0", 5)
    floor.end(delegate("A"))


@rule("P6")
def test_a_segment_has_its_own_order_else_the_profile_s_else_fixed() -> None:
    by_hand = SegmentPlan(
        kind="discussion",
        title="By hand",
        requests=True,
        order="manual",
        modifiers=("first_time_first",),
    )
    floor = Floor(OPENING, DISCUSSION, by_hand, modifiers=("groups_first",))
    lists = [floor.speakers(index) for index in range(3)]
    policies = [(each.policy, each.modifiers) for each in lists]
    assert policies == [
        ("fixed", ()),
        ("arrival", ("groups_first",)),
        ("manual", ("first_time_first",)),
    ]


@rule("P3")
def test_each_segment_begins_with_the_presider_of_the_file() -> None:
    segments = Floor(*WHOLE).meeting.segments
    assert segments[SegmentId("s1.0")].presider.name == "Ms. Chair"
    assert segments[SegmentId("s1.1")].presider.name == "to be announced"


@rule("F1")
def test_numbers_go_on_after_those_of_the_programme() -> None:
    floor = Floor(*WHOLE).opened(2)
    floor.ask("B")
    assert floor.request("B").number == 6


@rule("L11")
def test_the_list_of_points_and_the_lists_of_replies_are_there_from_the_start() -> None:
    lists = Floor(*WHOLE).meeting.lists
    assert (lists[POINTS].purpose, lists[POINTS].segment) == ("points", None)
    own = [lists[replies_id(index)] for index in range(4)]
    assert [(each.purpose, each.segment) for each in own] == [
        ("replies", f"s1.{index}") for index in range(4)
    ]
    assert {each.policy for each in own} == {"arrival"}


@rule("L11")
def test_replies_at_the_end_of_the_meeting_are_on_one_list() -> None:
    place: Any
    for place in ("end_of_meeting", "end_of_day"):
        meeting = Floor(*WHOLE, replies=Replies(place=place)).meeting
        replies = [each for each in meeting.lists.values() if each.purpose == "replies"]
        assert [(each.id, each.segment) for each in replies] == [("y1.0", None)]
        assert {each.replies for each in meeting.segments.values()} == {"y1.0"}


@rule("M11")
def test_carried_requests_are_numbered_after_the_programme_s_and_stand_last() -> None:
    floor = Floor(OPENING, DISCUSSION)
    carried = (
        Carried(segment=1, kind="statement", delegation=Code("B"), limit_ms=90_000),
        Carried(segment=0, kind="statement", delegation=Code("C"), limit_ms=180_000),
    )
    created = structs.replace(
        floor.created, carried=carried, persons=(person("Ms. B"), None)
    )
    meeting = found(created, floor.now)
    assert [
        each.order for each in map(meeting.lists.get, ("l1.0", "l1.1")) if each
    ] == [
        ("r1.0", "r1.1", "r1.3"),
        ("r1.2",),
    ]
    request = meeting.requests[RequestId("r1.2")]
    assert (request.number, request.limit_ms, request.status) == (3, 90_000, "queued")
    assert (request.person, request.channel) == (person("Ms. B"), "desk")
    assert meeting.numbered == 4
    assert all(each.ticket == ticket_of(key) for key, each in meeting.requests.items())


@rule("P1", "K1")
def test_a_speaker_whose_file_names_no_limit_has_that_of_the_part() -> None:
    parts = {"any": 300, "keynote": 600, "panellist": 420}
    speakers = (
        Speaker(name="Ms. Key", role="keynote"),
        Speaker(name="Mr. Pan", role="panellist", limit_s=200),
        Speaker(name="Ms. Open", role="opening"),
    )
    plan = SegmentPlan(kind="panel", title="Panel", speakers=speakers)
    limits = {**PROFILE.limits, "programme": parts}
    floor = Floor(plan, limits=limits)
    made = [floor.meeting.requests[key].limit_ms for key in floor.speakers().order]
    assert made == [600_000, 200_000, 300_000]
    segment = floor.meeting.segments[SegmentId("s1.0")]
    change = floor.meeting.profile.overhead_s * 1000
    assert planned_ms(floor.meeting, segment) == 1_100_000 + 3 * change
