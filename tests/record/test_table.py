"""The record as a table: RULES 8's columns, and nothing that a spreadsheet runs."""

import csv
import io
from typing import Any

import pytest

from rostra.record.table import safe, to_csv
from support.floor import rule

ROW: dict[str, Any] = {
    "id": "i7.0",
    "n": 1,
    "delegation": "XAD",
    "name": "Adunara",
    "group": None,
    "group_text": "",
    "kind": "statement",
    "label": "",
    "person": {"name": "H.E. Ms. Example", "title": "Minister, of sorts"},
    "language": "fr",
    "segment": "s1.0",
    "started_at": 1_595_000_000_000,
    "ended_at": 1_595_000_100_000,
    "used_ms": 190_400,
    "limit_ms": 180_000,
    "allotted_ms": 180_000,
}


def rows(text: str) -> list[dict[str, str]]:
    """The table read back."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


@rule("R4")
def test_a_row_has_its_columns() -> None:
    (row,) = rows(to_csv("harbour", [ROW]))
    assert row["meeting"] == "harbour"
    assert (row["n"], row["entity_code"], row["entity"]) == ("1", "XAD", "Adunara")
    assert row["speaker_title"] == "Minister, of sorts"
    assert (row["spoken_s"], row["over_s"], row["limit_s"]) == (
        "190.4",
        "10.4",
        "180.0",
    )
    assert row["started_utc"] == "2020-07-17T15:33:20Z"


def test_an_interruption_names_the_row_it_interrupted_and_how_it_was_ruled() -> None:
    point = {
        **ROW,
        "kind": "point_of_order",
        "over": "i6.0",
        "ruling": "not_upheld",
        "appeal": "ruling_stands",
        "ruling_note": "=the Chair",
    }
    (row,) = rows(to_csv("harbour", [point]))
    assert (row["kind"], row["interrupts"]) == ("point_of_order", "i6.0")
    assert (row["ruling"], row["appeal"]) == ("not_upheld", "ruling_stands")
    assert row["ruling_note"] == "'=the Chair"


def test_a_reply_says_which_it_is_and_to_whom() -> None:
    reply = {**ROW, "kind": "right_of_reply", "turn": 2, "to": "XAE", "media_ms": 0}
    (row,) = rows(to_csv("harbour", [reply]))
    assert (row["reply_turn"], row["reply_to"]) == ("2", "XAE")
    assert row["recording_s"] == row["interrupts"] == row["motion"] == ""


@rule("R4")
def test_a_row_says_in_which_phase_and_how_long_after_the_opening() -> None:
    opened = ROW["started_at"] - 90_000
    said = {"phase": "reply_1", "opened_at": opened, "ended_by": "operator"}
    (row,) = rows(to_csv("harbour", [{**ROW, **said, "note": "The gist"}]))
    assert (row["phase"], row["elapsed_s"]) == ("reply_1", "90.0")
    assert (row["ended_by"], row["note"]) == ("operator", "The gist")


def test_what_a_row_does_not_have_is_empty() -> None:
    (row,) = rows(to_csv("harbour", [{**ROW, "person": None}]))
    assert row["speaker"] == row["paused_s"] == row["outcome"] == ""


def test_lines_end_as_rfc_4180_has_it() -> None:
    text = to_csv("harbour", [{**ROW, "label": 'a "b"\nc'}])
    assert '"a ""b""\nc"' in text
    assert text.endswith("\r\n")
    assert rows(text)[0]["function"] == 'a "b"\nc'


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1"]
FORMULAS += ["＠x", "  =1", "\u00a0=1", "\u3000=1", "\0=1", "=cmd|' /C calc'!A0"]


@rule("R4")
@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_is_never_a_formula(text: str) -> None:
    for key in ("name", "label", "group_text", "language"):
        (row,) = rows(to_csv("harbour", [{**ROW, key: text}]))
        column = {
            "name": "entity",
            "label": "function",
            "group_text": "capacity",
        }.get(key, key)
        assert row[column].startswith("'")


@pytest.mark.parametrize(
    "value", ["Adunara", "", "a=b", "Côte d’Ivoire", "بلد", 7, 1.5]
)
def test_other_values_stay_as_they_are(value: object) -> None:
    assert safe(value) == value


def test_nothing_is_an_empty_text() -> None:
    assert safe(None) == ""
