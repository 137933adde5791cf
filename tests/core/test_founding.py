"""The meeting that its first commit makes."""

from rostra.core import commands as c
from rostra.core.ids import RequestId, SegmentId
from rostra.core.programme import SegmentPlan
from support.floor import (
    DISCUSSION,
    OPENING,
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
    assert [each.order for each in meeting.lists.values()] == [
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
    policies = [(each.policy, each.modifiers) for each in floor.meeting.lists.values()]
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
