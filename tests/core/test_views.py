"""What each audience is shown of a meeting."""

import json
from typing import Any

import pytest

from rostra.core import commands as c
from rostra.core.differing import PUBLIC_ROWS
from rostra.core.ids import Audience, Code
from rostra.core.own import mine, mine_changed
from rostra.core.views import change, log, snapshot
from support.floor import (
    RAPPORTEUR,
    Floor,
    delegate,
    person,
    rule,
)


def shown(floor: Floor, audience: Audience) -> str:
    """Everything that an audience is sent, as text."""
    return json.dumps(snapshot(floor.meeting, audience))


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


@rule("I10")
def test_a_change_that_an_audience_may_not_see_is_no_change_for_it() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.call("A")
    floor.do(c.Ready, delegate("A"), expect=floor.on_floor)
    assert not change(floor.before, floor.meeting, "public")
    assert not change(floor.before, floor.meeting, "record")
    assert change(floor.before, floor.meeting, "staff").patch.keys() == {"floor"}
    assert mine_changed(floor.before, floor.meeting) == {"A"}


@rule("I10", "E8")
def test_a_row_that_was_voided_follows_the_names_of_its_request_for_staff() -> None:
    floor = Floor().opened()
    floor.ask("A")
    key = floor.speak("A", 5)
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    floor.do(c.NameSpeaker, request=floor.of("A"), person=person("Ms. Ay"))
    changed = change(floor.before, floor.meeting, "staff").patch["interventions"]
    assert changed[key].keys() == {"person", "confirmed"}
    assert changed[key]["person"] == {"name": "Ms. Ay", "title": ""}


@rule("E23", "Q1")
def test_rules_that_hide_a_list_take_it_from_those_who_saw_it() -> None:
    floor = Floor(on_deck=0).opened()
    key = floor.ask("A")
    text = (
        'id = "x"\ntitle = "X"\nshow_list = "{}"\non_deck = 0\n[limits]\nstatement=60'
    )
    floor.do(c.SetProfile, text=text.format("own_place"))
    seen = floor.public()
    assert seen.drop["requests"] == [key]
    assert seen.order["l1.0"] == ((key,), ())  # type: ignore[index]
    assert mine_changed(floor.before, floor.meeting) == {"A"}
    assert mine(floor.meeting, Code("A")).places == {key: 0}
    floor.do(c.SetProfile, text=text.format("all"))
    assert list(floor.told()["requests"]) == [key]
    assert mine_changed(floor.before, floor.meeting) == {"A"}
