"""The meetings we ship, read as files: RULES 1a, and nothing beyond the documents."""

import csv
import re
import tomllib
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

CONFIG = Path(__file__).parents[2] / "config"
TO_BE_ANNOUNCED = "to be announced"
KINDS = {
    *("opening", "keynote", "panel", "perspectives", "discussion"),
    *("conclusions", "break"),
}
LIMITS_S = {
    "opening": 300,
    "keynote": 600,
    "panellist": 420,
    "perspective": 300,
    "conclusions": 600,
}
MEETING_KEYS = {
    *("format", "id", "title", "theme", "event", "date", "starts", "ends", "zone"),
    *("roster", "profile", "questions", "segments"),
}
SEGMENT_KEYS = {
    *("kind", "title", "minutes", "order", "modifiers", "requests", "public_clock"),
    *("questions", "presider", "speakers"),
}
SPEAKER_KEYS = {"name", "function", "entity", "role", "limit_s"}

Meeting = dict[str, Any]
MEETINGS: dict[str, Meeting] = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((CONFIG / "meetings").glob("*.toml"))
}
EVERY = pytest.mark.parametrize("meeting", MEETINGS.values(), ids=MEETINGS)


def speakers(meeting: Meeting) -> list[dict[str, Any]]:
    return [s for segment in meeting["segments"] for s in segment.get("speakers", [])]


def kinds(meeting: Meeting) -> list[str]:
    return [segment["kind"] for segment in meeting["segments"]]


def test_both_meetings_are_there_under_their_own_names() -> None:
    assert {"closing-discussion", "bioterrorism"} <= set(MEETINGS)
    assert all(meeting["id"] == name for name, meeting in MEETINGS.items())


@EVERY
def test_a_meeting_uses_only_the_words_of_the_format(meeting: Meeting) -> None:
    assert meeting["format"] == 1
    assert set(meeting) <= MEETING_KEYS
    for segment in meeting["segments"]:
        assert set(segment) <= SEGMENT_KEYS, segment["title"]
        assert segment["kind"] in KINDS
        assert segment["order"] in {"fixed", "arrival", "manual"}
        assert set(segment["presider"]) == {"name", "function"}
    for speaker in speakers(meeting):
        assert set(speaker) <= SPEAKER_KEYS, speaker["name"]
        assert speaker["name"] and speaker["function"]


@EVERY
def test_roster_and_profile_exist(meeting: Meeting) -> None:
    assert (CONFIG / "rosters" / f"{meeting['roster']}.toml").is_file()
    assert (CONFIG / "rosters" / f"{meeting['roster']}.csv").is_file()
    assert (CONFIG / "profiles" / f"{meeting['profile']}.toml").is_file()


@EVERY
def test_every_entity_of_a_speaker_stands_in_the_roster(meeting: Meeting) -> None:
    table = CONFIG / "rosters" / f"{meeting['roster']}.csv"
    with table.open(encoding="utf-8", newline="") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    named = {s["entity"] for s in speakers(meeting) if "entity" in s}
    assert named
    assert named <= codes


@EVERY
def test_a_speaker_has_the_limit_of_the_role(meeting: Meeting) -> None:
    for speaker in speakers(meeting):
        assert speaker["limit_s"] == LIMITS_S[speaker["role"]], speaker["name"]


@EVERY
def test_discussions_take_requests_by_arrival_and_panels_take_questions(
    meeting: Meeting,
) -> None:
    for segment in meeting["segments"]:
        if segment["kind"] == "discussion":
            assert segment["requests"] is True
            assert segment["order"] == "arrival"
            assert segment["modifiers"] == ["groups_first", "first_time_first"]
            assert "speakers" not in segment
        else:
            assert segment["requests"] is (segment["kind"] == "panel"), segment
            assert segment["order"] == "fixed", segment["title"]
            assert "modifiers" not in segment, segment["title"]


@EVERY
def test_segments_refer_only_to_questions_that_are_asked(meeting: Meeting) -> None:
    asked = set(range(1, len(meeting["questions"]) + 1))
    for segment in meeting["segments"]:
        assert set(segment.get("questions", [])) <= asked, segment["title"]


@EVERY
def test_times_are_wall_clock_in_a_zone_that_exists(meeting: Meeting) -> None:
    assert ZoneInfo(meeting["zone"])
    if "date" in meeting:
        assert date.fromisoformat(meeting["date"])
        assert time.fromisoformat(meeting["starts"]) < time.fromisoformat(
            meeting["ends"]
        )
    else:
        assert "starts" not in meeting and "ends" not in meeting


@EVERY
def test_nobody_is_named_but_those_whom_the_documents_name(meeting: Meeting) -> None:
    people = {s["name"] for s in speakers(meeting)}
    people |= {segment["presider"]["name"] for segment in meeting["segments"]}
    assert people <= {
        TO_BE_ANNOUNCED,
        "Mr. Vladimir Voronkov",
        "H.E. Mr. Magzhan Ilyassov",
    }


@EVERY
def test_the_documents_give_no_lengths_so_no_segment_has_one(meeting: Meeting) -> None:
    assert not [s["title"] for s in meeting["segments"] if "minutes" in s]


@EVERY
def test_an_unknown_person_is_to_be_announced_and_written_so(meeting: Meeting) -> None:
    text = repr(meeting)
    assert not re.search(r"\b(tba|tbc|tbd|n/a|unknown|xxx|todo)\b", text, re.IGNORECASE)
    for speaker in speakers(meeting):
        if speaker["name"] == TO_BE_ANNOUNCED:
            assert speaker["function"] == TO_BE_ANNOUNCED


def test_the_closing_discussion_is_on_10_july_2020_from_half_past_eleven() -> None:
    meeting = MEETINGS["closing-discussion"]
    assert meeting["date"] == "2020-07-10"
    assert (meeting["starts"], meeting["ends"]) == ("11:30", "13:30")
    assert meeting["zone"] == "America/New_York"
    assert meeting["title"] == "Interactive Closing Discussion"
    assert meeting["event"] == "Virtual Counter-Terrorism Week, 6-10 July 2020"


def test_the_closing_discussion_asks_the_three_questions_of_its_note() -> None:
    questions = MEETINGS["closing-discussion"]["questions"]
    assert len(questions) == 3
    assert [q.split(" ", 3)[:3] for q in questions] == [
        ["What", "are", "Member"],
        ["What", "are", "the"],
        ["How", "can", "we"],
    ]
    assert all(q.endswith("?") and "*" not in q for q in questions)


def test_the_closing_discussion_ends_with_the_conclusions_of_the_head_of_unoct() -> (
    None
):
    meeting = MEETINGS["closing-discussion"]
    assert kinds(meeting) == ["opening", "perspectives", "discussion", "conclusions"]
    (last,) = meeting["segments"][-1]["speakers"]
    assert (last["name"], last["entity"]) == ("Mr. Vladimir Voronkov", "UNOCT")
    assert len(speakers(meeting)) == 1


def test_the_regional_perspectives_wait_for_their_speakers() -> None:
    (perspectives,) = (
        segment
        for segment in MEETINGS["closing-discussion"]["segments"]
        if segment["kind"] == "perspectives"
    )
    assert "speakers" not in perspectives


def test_the_bioterrorism_dialogue_has_neither_date_nor_questions() -> None:
    meeting = MEETINGS["bioterrorism"]
    assert not {"date", "starts", "ends"} & set(meeting)
    assert meeting["questions"] == []


def test_the_bioterrorism_dialogue_is_opened_by_kazakhstan_and_then_by_unoct() -> None:
    meeting = MEETINGS["bioterrorism"]
    assert kinds(meeting) == ["opening", "panel", "discussion", "conclusions"]
    opening = meeting["segments"][0]["speakers"]
    assert [s["entity"] for s in opening] == ["KAZ", "UNOCT"]


def test_the_panel_lists_the_entities_of_the_report_without_persons() -> None:
    panel = MEETINGS["bioterrorism"]["segments"][1]["speakers"]
    assert [s["entity"] for s in panel] == ["UNODA", "UNITAD", "INTERPOL", "NTI"]
    assert {s["name"] for s in panel} == {TO_BE_ANNOUNCED}
