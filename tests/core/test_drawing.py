"""One entity made from the state."""

import json

import pytest

from rostra.core import commands as c
from rostra.core.ids import Audience, Code
from rostra.core.views import log, snapshot
from support.floor import DISCUSSION, PANEL, START, Floor, person, rule


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
    assert "group:secret group" in floor.told()["delegations"]


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
        **dict.fromkeys(("over", "to", "motion", "side", "ruling", "appeal")),
        "turn": 0,
        "media_ms": 0,
        "national_capacity": False,
    }
    record = log(floor.meeting, "record")[0]
    assert record["held_ms"] == 20_000
    assert record["phase"] == "debate"
    assert "phase" not in public
    (hold,) = record["holds"]
    assert hold == {
        "reason": "audio",
        "since": START + 50_000,
        "until": START + 70_000,
    }
    assert not {"outcome", "channel"} & record.keys()
    staff = log(floor.meeting, "staff")[0]
    assert (staff["outcome"], staff["channel"]) == ("delivered", "desk")


@rule("R1")
def test_a_row_keeps_the_phase_in_which_the_floor_was_given() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.phase("explanation_after")
    floor.speak("A", 10)
    floor.phase("concluded")
    floor.end()
    assert log(floor.meeting, "record")[0]["phase"] == "explanation_after"


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


@rule("P11")
def test_planned_times_are_for_staff() -> None:
    floor = Floor(DISCUSSION).opened()
    segment = snapshot(floor.meeting, "public")["segments"]["s1.0"]
    assert not {"planned_at", "planned_ms", "started_at"} & segment.keys()
    assert "started_at" in snapshot(floor.meeting, "staff")["segments"]["s1.0"]


def test_the_console_is_told_what_it_would_undo_and_until_when() -> None:
    floor = Floor(DISCUSSION).opened()
    floor.ask("A", "B", "C")
    floor.move("C", 0)
    action = snapshot(floor.meeting, "staff")["meeting"]["meeting"]["action"]
    assert action["type"] == "move"
    assert action["request"] == floor.of("C")
    assert action["until"] == floor.now + 10_000
    floor.call("C")
    action = snapshot(floor.meeting, "staff")["meeting"]["meeting"]["action"]
    assert (action["type"], action["until"]) == ("call", None)
    assert Code("C") == floor.request("C").delegation


@rule("P7", "P9")
def test_a_panellist_who_has_spoken_is_shown_as_done() -> None:
    floor = Floor(PANEL).opened()
    floor.heard("r1.0", 60)
    seen: tuple[Audience, ...] = ("public", "staff")
    for audience in seen:
        requests = snapshot(floor.meeting, audience)["requests"]
        assert requests["r1.0"]["status"] == "done"
        assert requests["r1.1"]["status"] == "queued"


@rule("N1")
@pytest.mark.parametrize(("typed", "seen"), [("fr", "fr"), ("Ms. Secret", "")])
def test_a_language_of_the_six_is_public_before_the_name_is(
    typed: str, seen: str
) -> None:
    floor = Floor().opened()
    key = floor.ask("A", person=person("Ms. Secret"), language=typed)

    def language() -> str:
        found: str = snapshot(floor.meeting, "public")["requests"][key]["language"]
        return found

    assert language() == seen
    assert snapshot(floor.meeting, "staff")["requests"][key]["language"] == typed
    floor.do(c.ConfirmName, request=key)
    assert language() == typed
