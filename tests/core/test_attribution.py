"""Closed segments: what was said is in the record, and nobody's."""

import json
from typing import Any

from msgspec import structs

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.attribution import NOBODY, attributed, open_to_all, tells_place
from rostra.core.entities import FloorEntity, InterventionEntity
from rostra.core.ids import Code, SegmentId
from rostra.core.own import mine, mine_changed
from rostra.core.profile import Replies
from rostra.core.programme import list_id, replies_id
from rostra.core.views import log, order, snapshot
from support.floor import DISCUSSION, RAPPORTEUR, Floor, delegate, person, rule

CLOSED = structs.replace(DISCUSSION, attributed=False)
NAMED = ("Ms. Ay", "Friends of the quay", '"A"', '"minister"', '"dA"', '"fr"', "G77")


def held(**profile: Any) -> Floor:
    """A closed segment in session; A and B ask, A for a group, with a name."""
    floor = Floor(CLOSED, DISCUSSION, DISCUSSION, **profile).opened()
    fields = {"person": person("Ms. Ay"), "language": "fr", "rank": "minister"}
    floor.ask("A", kind="group_statement", group_text="Friends of the quay", **fields)
    floor.ask("B")
    (key,) = (r.id for r in floor.meeting.requests.values() if r.delegation == "A")
    floor.do(c.ConfirmName, request=key)
    return floor


def seen(floor: Floor, audience: Any) -> str:
    """Everything that an audience is sent: the state, and the whole record."""
    state = snapshot(floor.meeting, audience)
    del state["meeting"]
    rows = log(floor.meeting, audience)
    return json.dumps([state, order(floor.meeting, audience), rows])


def named(text: str) -> list[str]:
    """What of a speaker stands in it."""
    return [each for each in NAMED if each in text]


@rule("R17", "I10")
def test_nobody_but_staff_is_told_who_asks_speaks_or_has_spoken() -> None:
    floor = held()
    steps = (floor.call, lambda _: floor.start(), lambda _: floor.end())
    for step in (lambda _: None, *steps):
        step("Friends of the quay")
        assert named(seen(floor, "public")) == []
        assert named(seen(floor, "record")) == []
        assert "Ms. Ay" in seen(floor, "staff")
        assert named(json.dumps(floor.told())) == []
    (row,) = log(floor.meeting, "record")
    assert (row["n"], row["used_ms"], row["kind"]) == (1, 0, "group_statement")


@rule("R17")
def test_a_row_and_the_floor_of_nobody_say_no_more_than_what_it_was() -> None:
    personal = NOBODY.keys()
    for entity in (FloorEntity, InterventionEntity):
        assert personal <= {each.name for each in structs.fields(entity)}
    floor = held()
    floor.speak("Friends of the quay", 5)
    (shown,) = snapshot(floor.meeting, "record")["floor"].values()
    assert {name: shown[name] for name in personal} == NOBODY
    assert shown["running_since"] is not None


@rule("R17", "E21")
def test_each_delegation_sees_its_own_and_its_place() -> None:
    floor = held()
    assert order(floor.meeting, "public")[list_id(0)] == ()
    own = mine(floor.meeting, Code("B"))
    (request,) = own.requests.values()
    assert (request.delegation, own.places[request.id]) == ("B", 1)
    before = floor.meeting
    floor.withdraw("Friends of the quay", delegate("A"))
    assert mine_changed(before, floor.meeting) == {"A", "B"}
    floor.speak("B", 5)
    on_floor = mine(floor.meeting, Code("B")).floor
    assert on_floor is not None and on_floor.delegation == "B"
    assert mine(held(show_list="count").meeting, Code("B")).places == {}


@rule("R17")
def test_nobody_s_time_is_in_the_totals_and_the_order_still_knows_who_spoke() -> None:
    floor = held()
    row = floor.heard("Friends of the quay")
    assert floor.meeting.totals == {}
    assert floor.speakers().spoken == {"group:friends of the quay": 1}
    floor.undo()
    assert floor.meeting.totals == {}
    floor.end()
    floor.heard("B")
    floor.go(1)
    floor.ask("B", list=list_id(1))
    floor.heard("B")
    assert floor.meeting.totals.keys() == {"B"}
    floor.undo()
    assert floor.meeting.totals == {}
    assert floor.meeting.delivered[0] == row


@rule("R17", "R8", "R9")
def test_a_closed_row_names_nobody_who_could_be_corrected() -> None:
    floor = held()
    row = floor.heard("Friends of the quay")
    fix: Any = {"person": person("X")}
    expect = c.ExpectRow(row, 0)
    floor.refused("not_enabled", c.CorrectRow, reason="x", expect=expect, **fix)
    own = delegate("A")
    floor.refused("not_enabled", c.Correct, own, intervention=row, text="x", **fix)
    key = floor.do(c.Correct, own, intervention=row, text="In 2019.")["note"]
    assert snapshot(floor.meeting, "record")["notes"][key]["correction_by"] is None
    assert snapshot(floor.meeting, "staff")["notes"][key]["correction_by"] == "A"
    gist = {"intervention": row, "text": "On harbours."}
    floor.do(c.WriteNote, RAPPORTEUR, **gist)


@rule("R17", "R3")
def test_its_requests_are_internal_and_its_open_rows_are_nobody_s() -> None:
    floor = held()
    registered = [
        each
        for _, _, events in floor.commits
        for each in events
        if isinstance(each, e.RequestRegistered)
    ]
    assert [each.shown for each in registered] == [False, False]
    floor.heard("Friends of the quay")
    (ended,) = (x for x in floor.events() if isinstance(x, e.InterventionEnded))
    said = (ended.row.delegation, ended.row.group, ended.row.group_text, ended.row.to)
    assert said == (None, None, "", None)


@rule("R17", "S1", "Y2")
def test_its_replies_stand_apart_and_places_are_not_exchanged() -> None:
    floor = held(replies=Replies(place="end_of_meeting"))
    lists = [each.replies for each in floor.meeting.segments.values()]
    assert lists == [replies_id(0), replies_id(1), replies_id(1)]
    assert floor.meeting.lists[replies_id(0)].segment == "s1.0"
    assert floor.meeting.lists[replies_id(1)].segment is None
    swap = {"request": floor.of("B"), "wanted": floor.of("Friends of the quay")}
    floor.refused("not_enabled", c.OfferSwap, delegate("B"), **swap)


@rule("R17", "D4")
def test_a_draw_of_it_is_made_without_codes() -> None:
    floor = held()
    floor.policy("lot")
    floor.draw()
    (drawn,) = (each for each in floor.events() if isinstance(each, e.Drawn))
    assert sorted(drawn.inputs) == sorted([floor.of("B"), *floor.speakers().order][1:])
    assert not any(" " in each for each in drawn.inputs)


@rule("R17")
def test_which_segments_and_lists_are_closed() -> None:
    floor = held()
    meeting = floor.meeting
    assert not attributed(meeting, SegmentId("s1.0"))
    assert attributed(meeting, SegmentId("s1.1")) and attributed(meeting, None)
    closed, public = meeting.lists[list_id(0)], meeting.lists[list_id(1)]
    assert (open_to_all(meeting, closed), open_to_all(meeting, public)) == (False, True)
    assert (tells_place(meeting, closed), tells_place(meeting, public)) == (True, False)
    segments = snapshot(meeting, "public")["segments"]
    assert [each["attributed"] for each in segments.values()] == [False, True, True]
