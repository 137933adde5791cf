"""The log as CSV, for one who may read it: with names, and with the notes on record."""

from collections.abc import Iterable
from typing import Any

from rostra.core.ids import Audience, InterventionId
from rostra.core.meeting import Meeting
from rostra.record.table import to_csv
from rostra.web.speech import MeetingSpeech


def log_csv(
    meeting: Meeting,
    rows: Iterable[dict[str, Any]],
    speech: MeetingSpeech,
    audience: Audience,
) -> bytes:
    """The *rows* of the log, with the mark that spreadsheets know UTF-8 by."""
    notes = _notes(meeting, audience)
    named = [
        {
            **row,
            "name": speech.name(row["delegation"]) if row["delegation"] else "",
            "opened_at": meeting.called_to_order_at,
            "note": notes.get(row["id"], ""),
        }
        for row in rows
    ]
    return to_csv(meeting.id, named).encode("utf-8-sig")


def _notes(meeting: Meeting, audience: Audience) -> dict[InterventionId, str]:
    """The rapporteur's notes by row, for whoever may read them."""
    if audience == "public":
        return {}
    return {
        note.intervention: note.text
        for note in meeting.notes.values()
        if note.intervention and note.scope == "record" and not note.correction
    }
