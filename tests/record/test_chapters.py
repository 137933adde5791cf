"""Chapters and lower thirds for a recording."""

import json
import re
from itertools import pairwise

from rostra.core.ids import Instant
from rostra.record.chapters import to_lower_thirds, to_webvtt
from rostra.record.writing import minutes_of
from support.closing import closing_discussion
from support.floor import Floor

MINUTES = minutes_of(closing_discussion().meeting)
FIRST = MINUTES.speeches[0].started_at
CUE = re.compile(r"^(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})$", re.MULTILINE)


def test_each_intervention_is_a_chapter_and_none_overlap() -> None:
    text = to_webvtt(MINUTES)
    assert text.startswith("WEBVTT\n\nKind: chapters\n")
    cues = CUE.findall(text)
    assert len(cues) == len(MINUTES.speeches)
    assert cues[0][0] == "00:00:00.000"
    assert all(since < until for since, until in cues)
    assert all(a[1] <= b[0] for a, b in pairwise(cues))


def test_times_are_counted_from_where_the_recording_began() -> None:
    began = Instant(FIRST - 90_500)
    assert CUE.findall(to_webvtt(MINUTES, began))[0][0] == "00:01:30.500"
    later = Instant(MINUTES.speeches[1].started_at)
    assert len(CUE.findall(to_webvtt(MINUTES, later))) == len(MINUTES.speeches) - 1


def test_a_chapter_says_who_spoke_for_whom_and_as_what() -> None:
    text = to_webvtt(MINUTES)
    assert "Bemoro – the Western League (Statement for a group)" in text
    assert "\nH.E. Ms. Aurelia Danvers (Speaker of the programme)\n" in text


def test_lower_thirds_hold_names_and_functions_apart() -> None:
    found = json.loads(to_lower_thirds(MINUTES))
    assert len(found["thirds"]) == len(MINUTES.speeches)
    first, last = found["thirds"][0], found["thirds"][-1]
    assert first["function"] == "President of the Assembly"
    assert first["name"] == "H.E. Ms. Aurelia Danvers" and first["person"] == ""
    assert last["to_ms"] > last["from_ms"] > first["to_ms"]


def test_nobody_has_spoken_yet() -> None:
    empty = minutes_of(Floor().meeting)
    assert json.loads(to_lower_thirds(empty))["thirds"] == []
    assert CUE.findall(to_webvtt(empty)) == []
