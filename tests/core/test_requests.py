"""Who may ask for the floor, and how requests come and go."""

from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.actor import Actor
from rostra.core.ids import Code, GroupCode, Instant, LinkId, RequestId
from rostra.core.meeting import Person
from rostra.core.own import mine
from rostra.core.views import snapshot
from support.floor import (
    DISCUSSION,
    MODERATOR,
    PANEL,
    WHOLE,
    Floor,
    delegate,
    list_key,
    person,
    rule,
)


@rule("F1", "I4")
def test_a_request_is_answered_with_its_number_time_and_place() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.wait(7)
    answer = floor.do(
        c.RequestFloor, delegate("B"), kind="statement", asked_at=1, valid_ms=1
    )
    assert answer == {
        "request": floor.of("B"),
        "number": 2,
        "registered_at": floor.now,
        "joined": False,
        "place": 1,
    }


@rule("F1")
def test_numbers_are_never_given_twice_and_stay_with_the_request() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.withdraw("B")
    floor.put("C")
    floor.undo()
    floor.ask("D")
    assert floor.request("D").number == 4
    floor.move("D", 0)
    assert floor.request("D").number == 4


@rule("E22", "F2", "O1")
def test_t1_who_withdraws_and_asks_again_has_lost_the_place() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C")
    floor.withdraw("B")
    floor.ask("B")
    assert floor.order() == "A C B"
    assert floor.request("B").number == 4


@rule("E2", "I3", "I5")
def test_a_second_press_joins_the_request_and_is_an_event() -> None:
    floor = Floor().opened()
    first = floor.do(c.RequestFloor, delegate("A", "phone"), kind="statement")
    floor.ask("B")
    floor.wait(3)
    again = floor.do(c.RequestFloor, delegate("A", "laptop"), kind="statement")
    assert again == {**first, "joined": True}
    assert floor.events() == (
        e.RequestJoined(request=first["request"], device="laptop"),
    )
    assert floor.order() == "A B"


@rule("I3", "E13", "K2")
def test_own_capacity_and_a_group_are_two_requests() -> None:
    floor = Floor(modifiers=("groups_first",)).opened()
    floor.ask("A")
    floor.ask("A", group=GroupCode("G77"))
    floor.ask("A", kind="group_statement", group_text=" Friends of Water ")
    assert floor.order() == "G77 Friends of Water A"
    numbers = [floor.request(each).number for each in ("A", "G77", "Friends of Water")]
    assert numbers == [1, 2, 3]
    assert [floor.request(each).limit_ms for each in ("A", "G77")] == [180_000, 300_000]
    joined = floor.do(
        c.RequestFloor,
        delegate("A"),
        kind="statement",
        group_text="friends of water",
    )
    assert joined["joined"]


@rule("E13", "K7")
def test_what_is_said_for_a_group_counts_for_the_group() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.ask("A", group=GroupCode("G77"))
    floor.heard("G77", 100)
    totals = floor.meeting.totals
    assert totals["group:G77"].spoken_ms == 100_000
    assert "A" not in totals
    floor.heard("A", 50)
    assert floor.meeting.totals["A"].interventions == 1


@rule("I3")
def test_a_question_and_a_statement_are_two_families() -> None:
    plan = PANEL.__class__(
        kind="panel", title="Mixed", requests=True, kinds=("statement", "question")
    )
    floor = Floor(plan).opened()
    floor.ask("A")
    floor.ask("A", kind="question")
    assert floor.order() == "A A"


@rule("I3")
def test_the_same_voice_may_be_on_the_lists_of_two_segments() -> None:
    floor = Floor(DISCUSSION, DISCUSSION).opened()
    floor.ask("A")
    floor.ask("A", list=list_key(1))
    assert (floor.order(0), floor.order(1)) == ("A", "A")


@rule("P5")
def test_a_request_for_a_later_segment_is_taken_now_and_waits_there() -> None:
    floor = Floor(*WHOLE).opened()
    floor.ask("A", list=list_key(2))
    assert floor.order(2) == "A"
    refusal = floor.refused(
        "not_on_list", c.Call, request=floor.of("A", 2), expect=floor.expect_head()
    )
    assert refusal.params["delegation"] == "A"
    floor.go(2)
    floor.call("A")


@rule("K3")
def test_who_is_not_in_the_roster_is_refused() -> None:
    floor = Floor().opened()
    for by in (delegate("X"), Actor(role="delegate", link=LinkId("x"))):
        floor.refused("not_in_roster", c.RequestFloor, by, kind="statement")
    entries = (c.Entry(delegation=Code("X")),)
    refusal = floor.refused("not_in_roster", c.Insert, list=list_key(), entries=entries)
    assert refusal.params["delegation"] == "X"


@rule("K3")
def test_a_group_must_be_named_and_known() -> None:
    floor = Floor().opened()
    floor.refused("empty", c.RequestFloor, delegate("A"), kind="group_statement")
    floor.refused(
        "no_such_entity",
        c.RequestFloor,
        delegate("A"),
        kind="statement",
        group=GroupCode("G99"),
    )


@rule("K3", "I6")
def test_an_entry_needs_a_delegation_a_person_or_a_function() -> None:
    floor = Floor().opened()
    before = floor.meeting
    entries = (c.Entry(delegation=Code("A")), c.Entry(person=person("  ")))
    floor.refused("empty", c.Insert, list=list_key(), entries=entries)
    assert floor.meeting == before


@rule("K3")
def test_an_unknown_request_is_refused() -> None:
    floor = Floor().opened()
    floor.refused("no_such_entity", c.Withdraw, request=RequestId("r9.9"))


@rule("P7")
def test_a_question_is_addressed_to_panellists_of_its_segment_only() -> None:
    floor = Floor(PANEL, DISCUSSION).opened()
    floor.ask("A", kind="question", addressed=(RequestId("r1.1"),))
    assert floor.request("A").addressed == ("r1.1",)
    refusal = floor.refused(
        "no_such_entity",
        c.RequestFloor,
        delegate("B"),
        kind="question",
        addressed=(floor.of("A"),),
    )
    assert refusal.params == {"what": "panellist", "id": floor.of("A")}


@rule("K4")
@pytest.mark.parametrize("kind", ["introduction", "secretariat"])
def test_what_delegations_cannot_ask_for_an_operator_inserts(kind: Any) -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.put("B", kind=kind)
    assert floor.order() == "B A"
    assert floor.request("B").kind == kind


@rule("K6")
def test_technical_is_a_signal_one_at_a_time_and_no_place_on_a_list() -> None:
    floor = Floor(lists_open="by_hand")
    floor.do(c.RequestFloor, delegate("A"), kind="technical", text=" no sound ")
    floor.do(c.RequestFloor, delegate("B"), kind="technical")
    newer = floor.do(c.RequestFloor, delegate("A"), kind="technical", text="still")
    signals = floor.meeting.signals
    assert {each.delegation: each.text for each in signals.values()} == {
        "B": "",
        "A": "still",
    }
    assert mine(floor.meeting, Code("A")).signals == (newer["signal"],)
    assert floor.order() == ""
    floor.do(c.ClearSignal, signal=newer["signal"])
    assert mine(floor.meeting, Code("A")).signals == ()


@rule("K6")
def test_technical_cannot_be_put_on_a_list() -> None:
    floor = Floor().opened()
    entries = (c.Entry(delegation=Code("A"), kind="technical"),)
    floor.refused("kind_not_admitted", c.Insert, list=list_key(), entries=entries)


@rule("F2", "E2")
def test_any_device_of_the_delegation_withdraws_and_is_recorded() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.withdraw("A", delegate("A", "a colleague's phone"))
    withdrawn = floor.events()[0]
    assert isinstance(withdrawn, e.RequestWithdrawn)
    assert (withdrawn.by, withdrawn.device) == ("delegation", "a colleague's phone")
    ended = mine(floor.meeting, Code("A")).ended
    assert ended and ended.how == "withdrawn_by_you"


@rule("F2")
def test_what_an_operator_withdraws_reads_otherwise_on_the_pad() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.withdraw("A", MODERATOR)
    ended = mine(floor.meeting, Code("A")).ended
    assert ended and ended.how == "removed"


@rule("F2", "E21")
def test_nobody_withdraws_for_another_delegation() -> None:
    floor = Floor(*WHOLE).opened(2)
    floor.ask("A")
    floor.refused(
        "not_your_delegation", c.Withdraw, delegate("B"), request=floor.of("A", 2)
    )
    floor.refused(
        "not_your_delegation", c.Withdraw, delegate("A"), request=RequestId("r1.1")
    )


@rule("F2", "P1")
def test_a_speaker_of_the_programme_withdraws_by_its_own_delegation() -> None:
    floor = Floor(*WHOLE).opened()
    floor.do(c.Withdraw, delegate("A"), request=RequestId("r1.0"))
    assert floor.order() == "Guest"


@rule("F2")
def test_what_was_granted_or_is_gone_is_not_withdrawn() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.speak("A", 5)
    refusal = floor.refused(
        "not_on_list", c.Withdraw, delegate("A"), request=floor.of("A")
    )
    assert refusal.current == {"status": "granted"}
    floor.withdraw("B")
    refusal = floor.refused(
        "not_on_list", c.Withdraw, delegate("B"), request=floor.of("B")
    )
    assert refusal.current == {"status": "gone"}


@rule("E11", "F5")
def test_withdrawn_between_call_and_start_the_floor_is_idle() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.call("A")
    floor.withdraw("A")
    (voided,) = [x for x in floor.events() if isinstance(x, e.InterventionVoided)]
    assert voided.why == "withdrawn"
    assert floor.meeting.floor is None
    assert floor.order() == "B"
    assert "floor" not in floor.public().drop


@rule("E11")
def test_withdrawn_first_the_call_is_refused_and_calls_nobody_else() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    key, shown = floor.of("A"), floor.expect_head()
    floor.withdraw("A")
    floor.refused("stale", c.Call, request=key, expect=shown)
    floor.refused("not_on_list", c.Call, request=key, expect=floor.expect_head())
    assert floor.meeting.floor is None


@rule("E20", "N1")
def test_an_operator_inserts_for_whoever_asks_in_another_way() -> None:
    floor = Floor().opened()
    floor.ask("B", "C")
    entry = c.Entry(
        delegation=Code("A"),
        person=person(" H.E. Ms. Ay ", " Ambassador "),
        channel="phone",
        note="rang at ten",
        language="fr",
        limit_s=90,
    )
    floor.do(c.Insert, list=list_key(), entries=(entry,))
    made = floor.request("A")
    assert floor.order() == "B C A"
    assert made.person == Person("H.E. Ms. Ay", "Ambassador")
    assert (made.person_confirmed, made.channel, made.note) == (
        True,
        "phone",
        "rang at ten",
    )
    assert (made.limit_ms, made.language) == (90_000, "fr")
    assert mine(floor.meeting, Code("A")).requests[made.id].note == ""


@rule("E20", "K3")
def test_a_person_without_delegation_may_be_inserted() -> None:
    floor = Floor().opened()
    entry = c.Entry(person=person("Dr. Guest"), label="Expert")
    key = floor.do(c.Insert, list=list_key(), entries=(entry, entry))["requests"][0]
    assert floor.meeting.requests[key].delegation is None
    floor.heard(key, 10)
    assert floor.meeting.totals[f"person:{key}"].spoken_ms == 10_000


@rule("O10")
def test_inserted_at_a_place_they_stand_there_in_the_order_given_and_stay() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.put("N", "I", at=1)
    assert floor.order() == "A N I B"
    floor.ask("C")
    assert floor.order() == "A N I B C"


@rule("O10")
def test_inserted_without_a_place_the_order_of_the_list_decides() -> None:
    floor = Floor().opened()
    floor.ask("A", "N")
    floor.put("B", "I")
    assert floor.order() == "A B I N"


@rule("O10", "I3")
def test_who_is_on_the_list_already_is_left_there_and_named() -> None:
    floor = Floor().opened()
    floor.ask("A")
    entries = tuple(c.Entry(delegation=Code(each)) for each in "BABC")
    answer = floor.do(c.Insert, list=list_key(), entries=entries, at=0)
    assert floor.order() == "B C A"
    assert answer["already"] == [floor.of("A"), floor.of("B")]
    refusal = floor.refused("already_on_list", c.Insert, list=list_key(),
                            entries=entries)  # fmt: skip
    assert refusal.params["delegation"] == "B"
    assert refusal.current == {"request": floor.of("B")}


@rule("O7")
@pytest.mark.parametrize("at", [-1, 2])
def test_there_is_no_place_outside_the_list(at: int) -> None:
    floor = Floor().opened()
    floor.ask("A")
    entries = (c.Entry(delegation=Code("B")),)
    floor.refused("bad_place", c.Insert, list=list_key(), entries=entries, at=at)
    key = floor.of("A")
    floor.refused("bad_place", c.Move, request=key, to=-1, expect=c.ExpectPlace(key, 0))
    floor.refused("bad_place", c.Move, request=key, to=1, expect=c.ExpectPlace(key, 0))


@rule("O7", "E10")
def test_a_move_names_the_place_that_was_shown() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C")
    key = floor.of("C")
    shown = c.ExpectPlace(key, 2)
    floor.withdraw("A")
    refusal = floor.refused("stale", c.Move, request=key, to=0, expect=shown)
    assert refusal.current == {"place": 1}
    other = c.ExpectPlace(floor.of("B"), 1)
    floor.refused("stale", c.Move, request=key, to=0, expect=other)


@rule("O7", "O9")
def test_an_entry_stays_where_it_was_put_and_others_sort_around_it() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C", "N")
    floor.move("N", 1)
    assert floor.order() == "A N B C"
    assert floor.events()[0] == e.RequestMoved(request=floor.of("N"), place=3, to=1)
    floor.put("D", kind="introduction")
    assert floor.order() == "D N A B C"


@rule("O7")
def test_moved_to_its_own_place_an_entry_is_pinned_there() -> None:
    floor = Floor().opened()
    floor.ask("A", "N")
    floor.move("N", 1)
    floor.ask("B")
    assert floor.order() == "A N B"


@rule("O7", "F5")
def test_one_who_is_called_is_not_moved_and_others_may_be_moved_above() -> None:
    floor = Floor().opened()
    floor.ask("A", "B", "C", "D")
    floor.call("A")
    key = floor.of("A")
    floor.refused("bad_place", c.Move, request=key, to=2, expect=c.ExpectPlace(key, 0))
    floor.move("D", 0)
    assert floor.order() == "D A B C"
    floor.start()
    assert floor.order() == "D B C"
    floor.end()
    assert floor.expect_head().head == floor.of("D")


@rule("O7")
def test_who_is_not_on_a_list_is_not_moved() -> None:
    floor = Floor().opened()
    floor.ask("A")
    key = floor.of("A")
    floor.withdraw("A")
    floor.refused(
        "not_on_list", c.Move, request=key, to=0, expect=c.ExpectPlace(key, 0)
    )


@rule("P10")
def test_a_window_is_shown_to_operators_and_neither_sorts_nor_refuses() -> None:
    floor = Floor().opened()
    floor.ask("B")
    late, soon = Instant(floor.now + 3_600_000), Instant(floor.now + 60_000)
    floor.put("A", not_before=late, not_after=soon)
    assert floor.order() == "B A"
    shown = snapshot(floor.meeting, "staff")["requests"][floor.of("A")]
    assert (shown["not_before"], shown["not_after"]) == (late, soon)
    public = snapshot(floor.meeting, "public")["requests"][floor.of("A")]
    assert not {"not_before", "not_after"} & public.keys()
    own = mine(floor.meeting, Code("A")).requests[floor.of("A")]
    assert (own.not_before, own.not_after) == (None, None)
    floor.call("A")
