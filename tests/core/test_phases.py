"""The phases of an item, and what each lets in."""

from typing import Any, get_args

import pytest

from rostra.core import commands as c
from rostra.core.ids import SegmentId
from rostra.core.meeting import REPLYING, Phase
from rostra.core.phases import also_admitted
from rostra.core.profile import Replies
from rostra.core.views import snapshot
from support.floor import DEPUTY, WHOLE, Floor, delegate, rule

PHASES: tuple[Any, ...] = get_args(Phase)


def segment_shown(floor: Floor) -> Any:
    """The running segment as everyone sees it."""
    return snapshot(floor.meeting, "public")["segments"][floor.meeting.segment]


@rule("H1")
def test_an_operator_may_set_every_phase_of_the_running_item() -> None:
    floor = Floor().opened()
    for phase in (each for each in PHASES if each != "debate"):
        floor.phase(phase)
        assert segment_shown(floor)["phase"] == phase
    floor.phase("debate")
    assert segment_shown(floor)["phase"] == "debate"


@rule("H1")
def test_an_interactive_dialogue_goes_through_its_phases_round_by_round() -> None:
    floor = Floor().opened()
    for phase in (
        "introduction",
        "concerned_party",
        *("debate", "panel_replies") * 2,
        "concluded",
    ):
        floor.phase(phase)
        assert segment_shown(floor)["phase"] == phase


@rule("H1")
def test_an_item_that_has_not_begun_has_no_phase_to_set() -> None:
    floor = Floor(*WHOLE).opened()
    upcoming = c.ExpectPhase(SegmentId("s1.1"), "debate")
    floor.refused("stale", c.SetPhase, phase="voting", expect=upcoming)


@rule("H1")
def test_a_phase_is_that_of_its_own_item_and_is_kept() -> None:
    floor = Floor(*WHOLE).opened(1)
    floor.phase("panel_replies")
    floor.go(2)
    assert segment_shown(floor)["phase"] == "debate"
    floor.go(1)
    assert segment_shown(floor)["phase"] == "panel_replies"


@rule("H2")
def test_the_button_names_the_item_and_the_phase_that_it_showed() -> None:
    floor = Floor(*WHOLE).opened(2)
    showed = floor.expect_phase()
    floor.phase("voting")
    refusal = floor.refused(
        "stale", c.SetPhase, DEPUTY, phase="explanation_after", expect=showed
    )
    assert refusal.current == {"segment": showed.segment, "phase": "voting"}
    here = floor.expect_phase()
    floor.refused("stale", c.SetPhase, phase="voting", expect=here)
    floor.go(1)
    floor.refused("stale", c.SetPhase, phase="debate", expect=here)


@rule("H2")
def test_a_phase_is_entered_in_session_only() -> None:
    floor = Floor().opened()
    expect = floor.expect_phase()
    floor.suspend()
    floor.refused("wrong_meeting_state", c.SetPhase, phase="voting", expect=expect)
    before = Floor().lobby()
    before.refused("stale", c.SetPhase, phase="voting", expect=expect)


@rule("H3")
def test_in_a_phase_of_replies_these_are_called() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.reply("B")
    speakers, replies = floor.of("A"), floor.of("B")
    assert floor.expect_head().head == speakers
    floor.phase("reply_1")
    assert floor.expect_head().head == replies
    floor.refused("not_on_list", c.Call, request=speakers, expect=floor.expect_head())
    floor.heard("B")
    floor.phase("debate")
    assert floor.expect_head().head == speakers


@rule("H4")
@pytest.mark.parametrize("phase", sorted(REPLYING))
def test_nobody_has_the_floor_when_replies_begin_or_end(phase: Any) -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.call("A")
    expect = floor.expect_phase()
    floor.refused("floor_occupied", c.SetPhase, phase=phase, expect=expect)
    floor.phase("concerned_party")
    floor.start()
    floor.end()
    floor.reply("B")
    floor.phase(phase)
    floor.call("B")
    other: Any = (REPLYING - {phase} | {"concluded"}).__iter__().__next__()
    for wanted in ("debate", other):
        expect = floor.expect_phase()
        floor.refused("floor_occupied", c.SetPhase, phase=wanted, expect=expect)


@rule("H5")
def test_there_are_as_many_phases_of_replies_as_the_profile_has_limits() -> None:
    once = Floor(replies=Replies(limits_s=(180,))).opened()
    once.phase("reply_1")
    expect = once.expect_phase()
    once.refused("not_enabled", c.SetPhase, phase="reply_2", expect=expect)
    never = Floor(replies=None).opened()
    for phase in REPLYING:
        expect = never.expect_phase()
        never.refused("not_enabled", c.SetPhase, phase=phase, expect=expect)


@rule("H6")
def test_a_phase_is_undone() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.reply("B")
    floor.phase("reply_1")
    floor.undo()
    assert segment_shown(floor)["phase"] == "debate"
    assert floor.expect_head().head == floor.of("A")


@rule("H7")
@pytest.mark.parametrize("phase", PHASES)
def test_votes_are_explained_before_and_after_the_vote_only(phase: Any) -> None:
    floor = Floor().opened()
    if phase != "debate":
        floor.phase(phase)
    explaining = phase in ("explanation_before", "explanation_after")
    assert ("explanation_of_vote" in segment_shown(floor)["kinds"]) is explaining
    if explaining:
        floor.ask("A", kind="explanation_of_vote")
        assert floor.order() == "A"
    else:
        pad = delegate("A")
        kind = "explanation_of_vote"
        floor.refused("kind_not_admitted", c.RequestFloor, pad, kind=kind)


@rule("H7")
def test_members_explain_their_vote_on_a_closed_list_too_and_beside_a_statement() -> (
    None
):
    floor = Floor().opened()
    floor.ask("A")
    floor.close()
    floor.phase("explanation_before")
    found = floor.do(c.RequestFloor, delegate("A"), kind="explanation_of_vote")
    assert floor.order() == "A A"
    again = floor.do(c.RequestFloor, delegate("A", "2"), kind="explanation_of_vote")
    assert again["joined"] and again["request"] == found["request"]
    assert not found["joined"]
    assert not floor.meeting.requests[found["request"]].after_closure
    for other in ("H", "EU", "N"):
        pad = delegate(other)
        floor.refused("not_entitled", c.RequestFloor, pad, kind="explanation_of_vote")


@rule("H7")
def test_a_segment_that_takes_no_requests_takes_explanations_in_their_phase() -> None:
    floor = Floor(*WHOLE).opened()
    floor.phase("explanation_after")
    assert segment_shown(floor)["kinds"] == ("explanation_of_vote",)
    segment = floor.meeting.segments[floor.meeting.segment or ""]  # type: ignore[index]
    assert also_admitted(segment) == ("explanation_of_vote",)


@rule("H7", "M4")
def test_votes_are_explained_while_suspended_unless_the_profile_says_no() -> None:
    for allowed in (True, False):
        floor = Floor(inscribe_while_suspended=allowed).opened()
        floor.phase("explanation_before")
        floor.suspend()
        if allowed:
            floor.ask("A", kind="explanation_of_vote")
            continue
        pad, kind = delegate("A"), "explanation_of_vote"
        floor.refused("wrong_meeting_state", c.RequestFloor, pad, kind=kind)


@rule("H7")
def test_where_requests_are_approved_an_explanation_waits_for_the_yes() -> None:
    floor = Floor(approval=True).opened()
    floor.phase("explanation_before")
    floor.ask("A", kind="explanation_of_vote")
    assert floor.order() == ""
    floor.do(c.Accept, request=floor.request("A").id)
    assert floor.order() == "A"
