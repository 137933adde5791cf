"""The record as a table: rows of the log as CSV that no spreadsheet runs.

Columns are those of RULES 8 that a row has; times are UTC, durations seconds.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

Row = Mapping[str, Any]

#: What a spreadsheet may take for a formula, also full-width and after blanks.
_FORMULA = frozenset("=+-@\t\r\n\0＝＋－＠")

_COLUMNS: dict[str, Callable[[Row], object]] = {
    "n": lambda row: row["n"],
    "id": lambda row: row["id"],
    "segment": lambda row: row["segment"],
    "phase": lambda row: row.get("phase"),
    "kind": lambda row: row["kind"],
    "entity_code": lambda row: row["delegation"],
    "entity": lambda row: row.get("name"),
    "capacity": lambda row: row["group"] or row["group_text"],
    "function": lambda row: row["label"],
    "speaker": lambda row: (row["person"] or {}).get("name"),
    "speaker_title": lambda row: (row["person"] or {}).get("title"),
    "speaker_rank": lambda row: row.get("rank"),
    "speaker_confirmed": lambda row: row.get("confirmed"),
    "language": lambda row: row["language"],
    "started_utc": lambda row: _utc(row["started_at"]),
    "ended_utc": lambda row: _utc(row["ended_at"]),
    "elapsed_s": lambda row: _since(row.get("opened_at"), row["started_at"]),
    "limit_s": lambda row: _seconds(row["limit_ms"]),
    "extension_s": lambda row: _seconds(row["allotted_ms"] - row["limit_ms"]),
    "spoken_s": lambda row: _seconds(row["used_ms"]),
    "paused_s": lambda row: _seconds(row.get("held_ms")),
    "over_s": lambda row: _seconds(max(0, row["used_ms"] - row["allotted_ms"])),
    "outcome": lambda row: row.get("outcome"),
    "ended_by": lambda row: row.get("ended_by"),
    "channel": lambda row: row.get("channel"),
    # the id of the row that it interrupted
    "interrupts": lambda row: row.get("over"),
    "motion": lambda row: row.get("motion"),
    "side": lambda row: row.get("side"),
    "ruling": lambda row: row.get("ruling"),
    "ruling_note": lambda row: row.get("ruling_note"),
    "appeal": lambda row: row.get("appeal"),
    "reply_turn": lambda row: row.get("turn") or None,
    "reply_to": lambda row: row.get("to"),
    "recording_s": lambda row: _seconds(row.get("media_ms") or None),
    "national_capacity": lambda row: row.get("national_capacity"),
    "note": lambda row: row.get("note"),
}


def to_csv(meeting: str, rows: Iterable[Row]) -> str:
    """The rows as RFC 4180 has it, without a byte order mark: the caller's to add."""
    out = io.StringIO()
    # quoted, so that a reader that parts cells by semicolons keeps a text whole
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    out.write(",".join(("meeting", *_COLUMNS)) + "\r\n")
    for row in rows:
        cells = [meeting, *(column(row) for column in _COLUMNS.values())]
        writer.writerow([safe(each) for each in cells])
    return out.getvalue()


def safe(value: object) -> object:
    """A text that begins like a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    # NUL ends a field in some readers, whatever comes after it.
    text = value.replace("\0", "")
    start = text.lstrip(" \u00a0\u3000")[:1]
    return f"'{text}" if start in _FORMULA and start else text


def _utc(at: int) -> str:
    instant = datetime.fromtimestamp(at / 1000, UTC)
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z")


def _since(opened_at: int | None, at: int) -> float | None:
    """Seconds since the meeting was called to order."""
    return None if opened_at is None else _seconds(at - opened_at)


def _seconds(ms: int | None) -> float | None:
    return None if ms is None else round(ms / 1000, 1)
