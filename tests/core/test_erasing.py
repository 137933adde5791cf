"""The state of a meeting without persons."""

import json
from typing import Any

from msgspec import structs, to_builtins

from rostra.core import commands as c
from rostra.core.draft import Draft
from rostra.core.erasing import erase
from rostra.core.evolve import evolve
from rostra.core.founding import found
from rostra.core.meeting import Meeting
from rostra.protocol.stored import Origin, Record, without_persons
from support.floor import MODERATOR, WHOLE, Floor, delegate, person, rule


def full() -> Floor:
    """A meeting in which persons stand wherever they can; its record is closed."""
    floor = Floor(*WHOLE).lobby()
    floor.do(c.CallToOrder, expect=floor.expect_state())
    floor.go(2)
    chair = c.SetPresider
    floor.do(chair, segment="s1.2", name="NAMED presider", function="Vice-Chair")
    floor.ask("A", "B", person=person("NAMED speaker", "Minister"))
    floor.do(c.SetContact, delegation="A", contact="NAMED contact")
    floor.call("A")
    floor.do(c.Ready, delegate("A", "NAMED device"), expect=floor.on_floor)
    floor.start()
    key = floor.active.id
    floor.end()
    ask: dict[str, Any] = {"kind": "technical", "text": "no sound"}
    floor.do(c.RequestFloor, delegate("B", "NAMED device"), **ask)
    row = {"expect": c.ExpectRow(key, 0), "reason": "misheard"}
    floor.do(c.CorrectRow, person=person("NAMED otherwise"), **row)
    wish = {"intervention": key, "text": "So.", "person": person("NAMED wish")}
    floor.do(c.Correct, delegate("A"), **wish)
    floor.adjourn()
    floor.do(c.CloseRecord, expect=floor.expect_state())
    return floor


def said(meeting: Meeting) -> str:
    """The whole state as text."""
    return json.dumps(to_builtins(meeting, str_keys=True))


@rule("R19")
def test_nobody_is_named_anywhere_in_the_state() -> None:
    floor = full()
    for what in ("presider", "speaker", "contact", "device", "otherwise", "wish"):
        assert f"NAMED {what}" in said(floor.meeting), what
    names = [each.name for plan in WHOLE for each in plan.speakers]
    assert all(name in said(floor.meeting) for name in names)
    floor.do(c.ErasePersons, reason="as agreed", expect=floor.expect_state())
    after = said(floor.meeting)
    assert "NAMED" not in after
    assert not [name for name in names if f'"{name}"' in after]
    # what they were stays
    assert "Vice-Chair" in after


@rule("R19", "I9")
def test_it_is_the_same_as_a_replay_without_the_personal_parts() -> None:
    floor = full()
    floor.do(c.ErasePersons, reason="as agreed", expect=floor.expect_state())
    meeting = found(floor.created, floor.meeting.created_at)
    origin = Origin(
        role="moderator", link=MODERATOR.link, command="c", digest="", result={}
    )
    for seq, at, events in floor.commits:
        record = Record(
            meeting=meeting.id, epoch="e", seq=seq, at=at, events=events, origin=origin
        )
        meeting = evolve(meeting, seq, at, without_persons(record).events)
    assert meeting == floor.meeting


@rule("R19")
def test_what_names_nobody_is_left_as_it_is() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.put("B")
    nameless = structs.replace(floor.request("A"), device="")
    key = floor.of("B")
    before = floor.meeting.requests[key]
    draft = Draft(floor.meeting)
    erase(draft)
    after = draft.freeze()
    assert after.requests[key] is before
    assert after.requests[nameless.id] == nameless
    assert after.attendance is floor.meeting.attendance
