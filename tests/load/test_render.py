"""RESULTS.md and the picture say what the kept raw figures say, and nothing else."""

import copy
import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from load import picture, render, tables

SERVERS = {
    "limit": 5.0,
    "rostra_compiled": 6.0,
    "rostra_python": 8.0,
    "node_ws": 7.0,
    "node_socketio": 12.0,
    "python_socketio": 40.0,
}


def fanout(**others: float) -> dict[str, Any]:
    """A run at 1,000 clients in which each server took so many milliseconds."""
    return {
        "bytes": 300,
        "runs": [
            {
                "server": server,
                "clients": 1_000,
                "last_ms": [value - 1, value, value + 5],
                "heard_ms": [0.1] if "rostra" in server else [],
                "cpu_us": value,
                "waited_ms": 0.0,
                "memory_each": 20_000,
            }
            for server, value in (SERVERS | others).items()
        ],
    }


def raw(part: str, measured: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a run."""
    versions = {"python": "3.11.7", "node": "20", "aiohttp": "3", "compiler": "cc"}
    machine = {"processor": "P", "cores": 2, "memory_gb": 1, "system": "Linux"}
    return {
        "part": part,
        "about": {
            "at": "2026-11-22T05:20:00+00:00",
            "commit": "abc",
            "load_average": [0.1, 0.1, 0.1],
            "machine": machine,
            "versions": versions,
        },
        "measured": measured,
    }


def said(measured: dict[str, Any]) -> str:
    """The results of a fan-out alone."""
    return tables.text({"fanout": raw("fanout", measured)}, {})


def test_the_results_are_what_the_kept_runs_say() -> None:
    assert render.RESULTS.read_text(encoding="utf-8") == render.results()


def test_the_picture_is_what_the_kept_runs_say() -> None:
    assert render.PICTURE.read_text(encoding="utf-8") == render.drawn()


def test_every_part_of_the_bench_has_its_place_in_the_results() -> None:
    from load import bench  # noqa: PLC0415 - it looks for peers only when it runs

    assert list(tables.SECTIONS) == list(bench.PARTS)


def test_another_figure_changes_both() -> None:
    one, other = fanout(), fanout(limit=5.5)
    assert said(one) != said(other)
    assert picture.svg({"fanout": raw("fanout", one)}) != picture.svg(
        {"fanout": raw("fanout", other)}
    )


def test_a_server_s_figure_is_the_median_of_its_repeats_medians() -> None:
    measured = fanout()
    for value in (3.0, 30.0):
        again = copy.deepcopy(measured["runs"][0])
        again["last_ms"] = [value, value, value]
        measured["runs"].append(again)
    assert tables.medians(measured["runs"], "last_ms")["limit", 1_000] == 5.0


@pytest.mark.parametrize(
    ("took", "verdict"),
    [(6.5, "met: {} times as long: 1.3 ("), (6.6, "**falls short**: {} times")],
)
def test_the_verdict_changes_at_what_was_asked_for(took: float, verdict: str) -> None:
    line = f"- {verdict.format('Rostra beside the limit at 1,000 clients,')}"
    assert line in said(fanout(rostra_compiled=took))


def test_a_server_that_failed_is_said_not_to_be_measured() -> None:
    measured = fanout()
    measured["runs"] = [r for r in measured["runs"] if r["server"] != "limit"]
    text = said(measured)
    assert "| the limit (C) | – |" in text
    assert "- **not measured**: Rostra beside the limit at 1,000 clients" in text


def test_what_was_not_measured_is_said_to_be_missing() -> None:
    text = tables.text({}, {})
    assert text.count(tables.NOT_YET) == len(tables.SECTIONS) + 1


def test_what_a_person_wrote_stands_below_its_table() -> None:
    runs = {"fanout": raw("fanout", fanout())}
    text = tables.text(runs, {"fanout": "Most of it is the kernel's."})
    below = text.index("Most of it is the kernel's.")
    assert text.index("## One change") < below < text.index("## The rush")


def test_the_newest_run_of_a_part_counts(tmp_path: Path) -> None:
    for when, bytes_ in (("20261122T0520", 300), ("20261121T2300", 200)):
        made = raw("fanout", fanout() | {"bytes": bytes_})
        (tmp_path / f"{when}-fanout.json").write_text(json.dumps(made))
    assert render.newest(tmp_path)["fanout"]["measured"]["bytes"] == 300


def test_a_kept_run_is_read_back_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "RUNS", tmp_path)
    made = raw("fanout", fanout())
    render.keep("fanout", made)
    assert render.newest(tmp_path) == {"fanout": made}


def test_the_picture_is_drawn_and_no_label_covers_another() -> None:
    close = dict.fromkeys(SERVERS, 10.0)
    measured = fanout(**close)
    larger = [dict(run, clients=10_000) for run in measured["runs"]]
    measured["runs"] += larger
    drawn = picture.svg({"fanout": raw("fanout", measured)})
    texts = ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")
    labels = [each for each in texts if "-ink" in each.attrib["class"]]
    places = sorted(float(each.attrib["y"]) for each in labels)
    assert len(places) == len(SERVERS)
    assert min(b - a for a, b in pairwise(places)) >= 15
