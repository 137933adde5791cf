"""What each audience is shown of a meeting."""

import json
from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core.ids import Audience, Code
from rostra.core.views import PUBLIC_ROWS, change, log, mine, mine_changed, snapshot
from support.floor import (
    DISCUSSION,
    RAPPORTEUR,
    START,
    Floor,
    delegate,
    person,
    rule,
)


def shown(floor: Floor, audience: Audience) -> str:
    """Everything that an audience is sent, as text."""
    return json.dumps(snapshot(floor.meeting, audience))


@rule("I10", "N1")
@pytest.mark.parametrize("typed", ["Ms. Secret", "Secret Group"])
def test_what_a_delegation_typed_is_public_nowhere_until_it_is_confirmed(
    typed: str,
) -> None:
    floor = Floor().opened()
    floor.ask("A", group_text="Secret Group", person=person("Ms. Secret", "Secret"))
    key = floor.of("Secret Group")
    assert "secret" not in shown(floor, "public").lower()
    assert typed in shown(floor, "record")
    floor.speak(key, 20)
    assert "secret" not in shown(floor, "public").lower()
    floor.end()
    assert "secret" not in shown(floor, "public").lower()
    floor.do(c.ConfirmName, request=key)
    assert typed in shown(floor, "public")
    assert "group:secret group" in snapshot(floor.meeting, "public")["delegations"]
    assert "group:secret group" in floor.public().set["delegations"]


@rule("I10", "E23")
def test_notes_reasons_devices_and_attempts_are_not_public() -> None:
    floor = Floor().opened()
    floor.put("A", note="SECRET note", channel="chat")
    floor.do(c.RequestFloor, delegate("B", "SECRET phone"), kind="statement")
    floor.do(c.RequestFloor, delegate("B"), kind="technical", text="SECRET help")
    floor.call("A")
    floor.do(c.Ready, delegate("A", "SECRET pad"), expect=floor.on_floor)
    floor.start()
    floor.do(c.WriteNote, intervention=floor.active.id, text="SECRET operator's note")
    floor.do(c.WriteNote, RAPPORTEUR, intervention=floor.active.id, text="The gist")
    floor.pause("platform")
    for audience in ("public", "record"):
        assert "SECRET" not in shown(floor, audience)
    assert "platform" not in shown(floor, "public")
    assert "platform" in shown(floor, "record")
    assert "The gist" in shown(floor, "record")
    assert shown(floor, "staff").count("SECRET") == 4
    floor.suspend()
    assert "lunch" not in shown(floor, "record")


@rule("R2")
def test_the_public_snapshot_has_the_last_five_rows_and_the_log_has_all() -> None:
    floor = Floor().opened()
    for _ in range(PUBLIC_ROWS + 2):
        floor.ask("A")
        floor.heard("A", 1)
    rows = snapshot(floor.meeting, "public")["interventions"].values()
    assert [row["n"] for row in rows] == [3, 4, 5, 6, 7]
    assert len(floor.public().drop["interventions"]) == 1
    assert len(snapshot(floor.meeting, "record")["interventions"]) == 7
    assert [row["n"] for row in log(floor.meeting, "public")] == list(range(1, 8))
    assert [row["n"] for row in log(floor.meeting, "record", after=5)] == [6, 7]


@rule("R1")
def test_a_row_says_who_spoke_for_whom_when_and_how_long() -> None:
    floor = Floor().opened()
    floor.put("A", kind="group_statement", group="G77", person=person("Ms. Ay"))
    key = floor.speak("G77", 50)
    floor.do(c.Extend, seconds=30, expect=floor.on_floor)
    floor.pause("audio")
    floor.wait(20)
    floor.resume()
    floor.wait(10)
    floor.end()
    public = log(floor.meeting, "public")[0]
    assert public == {
        "id": key,
        "n": 1,
        "delegation": "A",
        "group": "G77",
        "group_text": "",
        "kind": "group_statement",
        "label": "",
        "person": {"name": "Ms. Ay", "title": ""},
        "language": "",
        "segment": "s1.0",
        "started_at": START,
        "ended_at": START + 80_000,
        "used_ms": 60_000,
        "limit_ms": 300_000,
        "allotted_ms": 340_000,
        "addressed": (),
        "unanswered": False,
    }
    record = log(floor.meeting, "record")[0]
    assert record["held_ms"] == 20_000
    (hold,) = record["holds"]
    assert hold == {
        "reason": "audio",
        "since": START + 50_000,
        "until": START + 70_000,
    }
    assert not {"outcome", "channel"} & record.keys()
    staff = log(floor.meeting, "staff")[0]
    assert (staff["outcome"], staff["channel"]) == ("delivered", "desk")


@rule("E17")
def test_what_crosses_is_the_anchor_of_the_clock() -> None:
    floor = Floor().opened()
    floor.ask("A")
    key = floor.speak("A", 30)
    anchor = snapshot(floor.meeting, "public")["floor"][key]
    assert (anchor["running_since"], anchor["used_ms"]) == (START, 0)
    assert (anchor["limit_ms"], anchor["allotted_ms"]) == (180_000, 180_000)
    assert anchor["warn_ms"] == 30_000
    floor.pause()
    held = snapshot(floor.meeting, "public")["floor"][key]
    assert (held["running_since"], held["used_ms"]) == (None, 30_000)
    assert held["held_since"] == floor.now


@rule("E23")
@pytest.mark.parametrize("show_list", ["own_place", "count"])
def test_a_list_that_is_not_shown_has_its_count_and_nothing_else(
    show_list: str,
) -> None:
    floor = Floor(show_list=show_list).opened()
    floor.ask("A", "B")
    for audience in ("public", "record"):
        seen: Any = snapshot(floor.meeting, audience)
        assert seen["requests"] == {}
        assert seen["lists"]["l1.0"]["count"] == 2
    assert not floor.public().order
    assert len(snapshot(floor.meeting, "staff")["requests"]) == 2
    own = mine(floor.meeting, Code("B"))
    assert list(own.requests) == [floor.of("B")]
    assert own.places == ({floor.of("B"): 1} if show_list == "own_place" else {})


@rule("E23")
def test_who_sees_only_the_own_place_hears_when_it_changes() -> None:
    floor = Floor(show_list="own_place").opened()
    floor.ask("A", "B")
    floor.withdraw("A")
    assert mine_changed(floor.before, floor.meeting) == {"A", "B"}


@rule("K6")
def test_a_delegation_hears_that_its_signal_is_up_and_that_it_is_down() -> None:
    floor = Floor().opened()
    floor.do(c.RequestFloor, delegate("A"), kind="technical")
    assert mine_changed(floor.before, floor.meeting) == {"A"}
    (signal,) = floor.meeting.signals
    floor.do(c.ClearSignal, signal=signal)
    assert mine_changed(floor.before, floor.meeting) == {"A"}


@rule("I10")
def test_a_change_that_an_audience_may_not_see_is_no_change_for_it() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.call("A")
    floor.do(c.Ready, delegate("A"), expect=floor.on_floor)
    assert not change(floor.before, floor.meeting, "public")
    assert not change(floor.before, floor.meeting, "record")
    assert change(floor.before, floor.meeting, "staff").set.keys() == {"floor"}
    assert mine_changed(floor.before, floor.meeting) == {"A"}


def test_a_delegation_sees_its_own_words_and_what_became_of_its_request() -> None:
    floor = Floor().opened()
    floor.ask("A", person=person("Ms. Ay"))
    own = mine(floor.meeting, Code("A"))
    assert own.requests[floor.of("A")].person == person("Ms. Ay")
    floor.heard("A")
    ended = mine(floor.meeting, Code("A")).ended
    assert ended and (ended.how, ended.at) == ("heard", floor.now)
    floor.ask("B")
    floor.adjourn()
    ended = mine(floor.meeting, Code("B")).ended
    assert ended and ended.how == "time_did_not_permit"


@rule("I10", "E8")
def test_a_row_that_was_voided_follows_the_names_of_its_request_for_staff() -> None:
    floor = Floor().opened()
    floor.ask("A")
    key = floor.speak("A", 5)
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    floor.do(c.NameSpeaker, request=floor.of("A"), person=person("Ms. Ay"))
    changed = change(floor.before, floor.meeting, "staff").set["interventions"]
    assert changed[key]["person"] == {"name": "Ms. Ay", "title": ""}


@rule("P11")
def test_planned_times_are_for_staff() -> None:
    floor = Floor(DISCUSSION).opened()
    segment = snapshot(floor.meeting, "public")["segments"]["s1.0"]
    assert not {"planned_at", "planned_ms", "started_at"} & segment.keys()
    assert "started_at" in snapshot(floor.meeting, "staff")["segments"]["s1.0"]
