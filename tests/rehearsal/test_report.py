"""The report: which promises it finds broken, and what it says of them."""

import json
from typing import Any

import pytest
from msgspec import structs

from rehearsal.test_figures import MS, press, told
from rostra.rehearsal.diary import Diary
from rostra.rehearsal.machine import Reading
from rostra.rehearsal.play import Findings, Restart
from rostra.rehearsal.report import as_json, report
from rostra.rehearsal.words import in_words

S = 1_000_000_000
STATE: dict[str, Any] = {
    "joined": 100,
    "wanted": 100,
    "breaks": {},
    "examples": [],
    "contradictions": [],
    "bytes": 5_000_000,
    "busy": 0.3,
    "busiest": 0.5,
    "bursts": 20,
    "saturated": 0,
    "on_core": 0.99,
}


def found(**changed: Any) -> Findings:
    """A rehearsal of a minute in which all went well, or all but *changed*."""
    diary = Diary()
    diary.pressed = [press(5, 80, 84, "start")]
    well = Findings(
        diary=diary,
        delegations=10,
        listeners=100,
        planned_s=60,
        began=1,
        ended=60 * S + 1,
        came=100,
        rows=[told(4, 5, 90, *range(100))],
        states=[STATE],
        places=[{"seq": 5, "count": 100}],
        readings=[
            Reading(1.0, 50_000_000, 50_000_000),
            Reading(2.0, 60_000_000, 60_000_000),
            Reading(4.0, 63_000_000, 64_000_000),
            Reading(10.0, 65_000_000, 66_000_000),
        ],
        own=[Reading(1.0, 1), Reading(7.0, 1)],
    )
    return structs.replace(well, **changed)


def test_where_all_went_well_every_promise_is_kept() -> None:
    made = report(found())
    assert made.kept
    assert made.warnings == []
    assert (made.changes, made.deliveries, made.commands) == (1, 100, 1)
    assert made.shown is not None and made.shown.max == 109
    assert made.bytes == {"each": 50_000, "each_per_minute": 10}
    assert made.server["rss_per_listener"] == 30_000
    assert (made.server["cpu_s"], made.server["cpu_share"]) == (6.0, 0.1)
    assert made.server["cpu_us_per_delivery"] == 60_000
    assert made.generator["acting_cpu_share"] == 0.1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"states": [{**STATE, "breaks": {"gap": 2}, "examples": ["one at 3"]}]},
            "once and in order: 2 × gap. one at 3.",
        ),
        ({"states": [{**STATE, "contradictions": ["7 has"]}]}, "1 × two histories"),
        (
            {"places": [{"seq": 5, "count": 99}, {"seq": 4, "count": 1}]},
            "did not stand at the same change: 1 at 4, 99 at 5",
        ),
        ({"states": [{**STATE, "joined": 98}]}, "98 of 100 listeners were connected"),
        ({"lost": [(30 * S, "silent"), (31 * S, "silent")]}, "were lost: 2 × silent"),
        ({"troubles": ["the crowd's process has ended."]}, "process has ended"),
    ],
)
def test_a_broken_promise_is_said_and_counts(
    changed: dict[str, Any], said: str
) -> None:
    made = report(found(**changed))
    assert not made.kept
    assert said in in_words(made)
    assert ("BROKEN" in in_words(made)) != ("troubles" in changed)


def test_an_acting_person_who_missed_something_counts_as_much() -> None:
    seen = found()
    seen.diary.gaps = 1
    assert not report(seen).kept
    seen = found()
    seen.diary.unanswered = 1
    assert "1 commands were never answered" in in_words(report(seen))


def restarted(moderators_s: float, everybody_s: float, back: int = 100) -> Findings:
    """A restart at 30 s that was over in a second, and who came back when."""
    ready = 31 * S
    step = int(everybody_s * S / back)
    restart = Restart(
        asked=29 * S,
        ended=30 * S,
        ready=ready,
        moderators=[ready + int(moderators_s * S)],
        others=[ready + step * (each + 1) for each in range(back)],
        before=100,
        over=ready + int(everybody_s * S),
    )
    return found(restart=restart, lost=[(30 * S, "bye restarting")] * 100)


def test_a_restart_is_measured_from_when_connections_are_accepted_again() -> None:
    made = report(restarted(1.5, 2.0))
    assert made.kept, "who was sent away by the restart is not lost"
    assert (made.back["stopping"], made.back["down"]) == (1, 1)
    assert (made.back["moderators"], made.back["everybody"]) == (1.5, 2.0)
    assert "cpu_s" not in made.server, "it is another process now"


@pytest.mark.parametrize(
    ("restart", "said"),
    [
        (restarted(2.5, 2.6), "moderators back within 2.5 s (promised: 2 s)"),
        (restarted(1, 3.5), "first 500 back within 3.5 s (promised: 3 s)"),
        (restarted(1, 31), "everybody back within 31 s (promised: 30 s)"),
        (restarted(1, 2, back=99), "1 did not come back"),
    ],
)
def test_who_comes_back_too_late_breaks_a_promise(restart: Findings, said: str) -> None:
    made = report(restart)
    assert not made.kept
    assert said in in_words(made)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"states": [{**STATE, "saturated": 2}]}, "In 2 of 20 broadcasts"),
        ({"states": [{**STATE, "on_core": 0.4}]}, "a core for 40% of the time only"),
        ({"own": [Reading(1.0, 1), Reading(60.0, 1)]}, "took 98% of a core"),
        ({"readings": [None] * 4}, "What the server used is not known"),
    ],
)
def test_a_figure_that_may_be_ours_and_not_the_servers_is_said(
    changed: dict[str, Any], said: str
) -> None:
    made = report(found(**changed))
    assert made.kept
    assert said in in_words(made)
    assert "upper bounds" in in_words(made) or "own" in changed or "readings" in changed


def test_one_that_was_stopped_says_so() -> None:
    assert "stopped before 1:00" in in_words(report(found(stopped=True)))
    never = found(stopped=True, began=0, came=7, rows=[], places=[])
    words = in_words(report(never))
    assert words == "It did not begin: 7 of 100 listeners had come.\n"


def test_the_file_holds_what_the_words_say() -> None:
    seen = found()
    seen.diary.rush = (79 * MS, 85 * MS)
    told_ = json.loads(json.dumps(as_json(report(seen))))
    assert told_["kept"] is True
    assert told_["shown"]["p99"] == report(seen).shown.p99  # type: ignore[union-attr]
    assert {each["name"] for each in told_["promises"]} >= {"once and in order"}
