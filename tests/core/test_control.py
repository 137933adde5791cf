"""The gavel: who of the operators may act, where a profile wants one hand."""

from typing import Any

import pytest
from msgspec import structs

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.actor import ALARM_LINK, CONTROL, Actor
from rostra.core.alarms import ListTimeUp
from rostra.core.ids import Code, Instant, LinkId
from rostra.core.permissions import PERMITTED, WITH_GAVEL
from rostra.core.views import snapshot
from support.floor import DEPUTY, MODERATOR, Floor, delegate, list_key, rule

THIRD = Actor(role="moderator", link=LinkId("k9"))


def gavel(holder: LinkId | None) -> c.ExpectGavel:
    """What a console showed."""
    return c.ExpectGavel(holder)


def held() -> Floor:
    """The first operator holds the gavel; A and B are on the list."""
    floor = Floor(control="gavel").opened()
    floor.ask("A", "B")
    floor.do(c.TakeGavel, expect=gavel(None))
    return floor


def holder(floor: Floor) -> LinkId | None:
    """Who holds it."""
    return floor.meeting.gavel.link if floor.meeting.gavel else None


@rule("G1")
def test_while_nobody_holds_the_gavel_every_operator_acts() -> None:
    floor = Floor(control="gavel").opened()
    floor.ask("A")
    floor.call("A", by=DEPUTY)
    assert floor.active


@rule("G1")
def test_who_does_not_hold_it_is_refused_and_told_who_does() -> None:
    floor = held()
    refusal = floor.refused(
        "no_gavel", c.Call, DEPUTY, request=floor.of("A"), expect=floor.expect_head()
    )
    assert refusal.params["holder"] == MODERATOR.link
    assert refusal.current == {"holder": MODERATOR.link}
    floor.call("A")
    floor.refused("no_gavel", c.Start, DEPUTY, expect=floor.on_floor)
    floor.start()


@rule("G1")
def test_words_and_help_need_no_gavel() -> None:
    floor = held()
    floor.do(c.Announce, DEPUTY, text="Lunch is at one.")
    floor.do(c.SendMessage, DEPUTY, phrase="wait")
    floor.do(c.RevokeLink, DEPUTY, link=LinkId("dF"))
    free = PERMITTED["moderator"] - WITH_GAVEL
    assert {"announce", "message", "tick", "revoke_link", "take_gavel"} <= free
    assert {"call", "undo", "insert", "set_profile", "adjourn"} <= WITH_GAVEL


@rule("G1")
def test_delegations_alarms_and_the_command_line_act_whoever_holds_it() -> None:
    floor = held()
    floor.withdraw("B")
    floor.call("A")
    floor.start()
    floor.end(by=delegate("A"))
    at = floor.announce_closing(in_s=30)
    floor.wait(30)
    floor.alarm(ListTimeUp(list_key(), at))
    entries = (c.Entry(delegation=Code("C")),)
    floor.do(c.Insert, CONTROL, list=list_key(), entries=entries)
    assert floor.order() == "C"
    assert ALARM_LINK not in floor.meeting.links


@rule("G1")
def test_without_the_gavel_in_the_profile_there_is_none() -> None:
    floor = Floor().opened()
    floor.refused("not_enabled", c.TakeGavel, expect=gavel(None))
    floor.refused("not_enabled", c.HandGavel, to=None, expect=gavel(None))


@rule("G2")
def test_free_it_is_taken_without_a_reason() -> None:
    floor = Floor(control="gavel").lobby()
    floor.do(c.TakeGavel, DEPUTY, expect=gavel(None))
    (event,) = floor.events()
    assert event == e.GavelPassed(link=DEPUTY.link, taken=False, reason="")
    assert floor.meeting.gavel is not None
    assert (floor.meeting.gavel.link, floor.meeting.gavel.at) == (
        DEPUTY.link,
        floor.now,
    )


@rule("G2")
def test_from_a_colleague_it_is_taken_with_a_reason_only() -> None:
    floor = held()
    before = gavel(MODERATOR.link)
    floor.refused("reason_needed", c.TakeGavel, DEPUTY, expect=before)
    floor.refused("reason_needed", c.TakeGavel, DEPUTY, reason="  ", expect=before)
    floor.do(c.TakeGavel, DEPUTY, reason=" her line  is gone ", expect=before)
    (event,) = floor.events()
    assert event == e.GavelPassed(
        link=DEPUTY.link, taken=True, reason="her line is gone"
    )
    floor.refused("no_gavel", c.Call, request=floor.of("A"), expect=floor.expect_head())
    floor.call("A", by=DEPUTY)


@rule("G2", "E10")
def test_of_two_who_take_it_the_second_is_told() -> None:
    floor = Floor(control="gavel").opened()
    floor.do(c.TakeGavel, expect=gavel(None))
    refusal = floor.refused("stale", c.TakeGavel, DEPUTY, expect=gavel(None))
    assert (refusal.params["what"], refusal.current) == (
        "gavel",
        {"holder": MODERATOR.link},
    )
    again = floor.refused("stale", c.TakeGavel, expect=gavel(MODERATOR.link))
    assert again.params["what"] == "own_gavel"


@rule("G2")
def test_it_is_taken_while_somebody_speaks_and_after_the_meeting_has_risen() -> None:
    floor = held()
    floor.speak("A", 10)
    floor.do(c.TakeGavel, DEPUTY, reason="gone", expect=gavel(MODERATOR.link))
    floor.end(by=DEPUTY)
    floor.do(c.Adjourn, DEPUTY, expect=floor.expect_state())
    floor.do(c.TakeGavel, reason="gone too", expect=gavel(DEPUTY.link))
    floor.do(c.CloseRecord, expect=floor.expect_state())
    floor.refused(
        "wrong_meeting_state", c.TakeGavel, DEPUTY, expect=gavel(MODERATOR.link)
    )


@rule("G2")
@pytest.mark.parametrize("by", [THIRD, CONTROL])
def test_only_an_operator_of_this_meeting_takes_it(by: Actor) -> None:
    floor = Floor(control="gavel").opened()
    floor.refused("no_such_entity", c.TakeGavel, by, expect=gavel(None))


@rule("G3")
def test_its_holder_hands_it_over_or_puts_it_down() -> None:
    floor = held()
    floor.do(c.HandGavel, to=DEPUTY.link, expect=gavel(MODERATOR.link))
    assert holder(floor) == DEPUTY.link
    floor.do(c.HandGavel, DEPUTY, to=None, expect=gavel(DEPUTY.link))
    assert holder(floor) is None
    floor.call("A")


@rule("G3")
def test_nobody_else_hands_it_over() -> None:
    floor = held()
    to = DEPUTY.link
    refusal = floor.refused(
        "no_gavel", c.HandGavel, DEPUTY, to=to, expect=gavel(MODERATOR.link)
    )
    assert refusal.params["holder"] == MODERATOR.link
    free = Floor(control="gavel").opened()
    refusal = free.refused("no_gavel", c.HandGavel, to=to, expect=gavel(None))
    assert refusal.params["holder"] is None


@rule("G3")
@pytest.mark.parametrize("to", ["k3", "dA", "nobody"])
def test_only_an_operator_s_link_gets_it(to: str) -> None:
    floor = held()
    showed = gavel(MODERATOR.link)
    floor.refused("no_such_entity", c.HandGavel, to=LinkId(to), expect=showed)
    refusal = floor.refused("stale", c.HandGavel, to=MODERATOR.link, expect=showed)
    assert refusal.params["what"] == "own_gavel"


@rule("G3")
def test_a_link_that_is_revoked_or_over_gets_it_no_more() -> None:
    floor = held()
    showed = gavel(MODERATOR.link)
    floor.do(c.RevokeLink, link=DEPUTY.link)
    floor.refused("no_such_entity", c.HandGavel, to=DEPUTY.link, expect=showed)
    floor.do(c.RenewLink, link=DEPUTY.link)
    floor.do(c.HandGavel, to=DEPUTY.link, expect=showed)


@rule("G3")
def test_a_link_that_has_ended_gets_it_no_more() -> None:
    floor = held()
    ends = Instant(floor.now + 10_000)
    link = structs.replace(floor.meeting.links[DEPUTY.link], expires_at=ends)
    links = {**floor.meeting.links, DEPUTY.link: link}
    floor.meeting = structs.replace(floor.meeting, links=links)
    showed = gavel(MODERATOR.link)
    floor.wait(10)
    floor.refused("no_such_entity", c.HandGavel, to=DEPUTY.link, expect=showed)
    floor.wait(-1)
    floor.do(c.HandGavel, to=DEPUTY.link, expect=showed)


@rule("G4")
def test_when_the_holder_s_link_is_revoked_the_gavel_is_put_down() -> None:
    floor = held()
    floor.do(c.RevokeLink, DEPUTY, link=MODERATOR.link)
    kinds = [type(each) for each in floor.events()]
    assert kinds == [e.LinkRevoked, e.GavelPassed]
    assert holder(floor) is None
    floor.call("A", by=DEPUTY)


@rule("G4")
def test_another_s_link_leaves_the_gavel_where_it_is() -> None:
    floor = held()
    floor.do(c.RevokeLink, link=LinkId("dF"))
    assert holder(floor) == MODERATOR.link


@rule("G1", "I10")
def test_staff_sees_who_holds_it_and_nobody_else() -> None:
    floor = held()
    rows: dict[str, Any] = {
        each: snapshot(floor.meeting, each)["meeting"]["meeting"]  # type: ignore[arg-type]
        for each in ("public", "record", "staff")
    }
    assert rows["staff"]["gavel"]["link"] == MODERATOR.link
    assert "gavel" not in rows["public"] and "gavel" not in rows["record"]
