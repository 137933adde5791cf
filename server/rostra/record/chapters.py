"""Who spoke when, beside a recording: chapters as WebVTT, lower thirds as JSON.

Times are counted from where the recording began.
"""

from html import escape
from itertools import pairwise
from typing import Any

import msgspec

from rostra.core.ids import Instant
from rostra.record.minutes import Minutes, Speech


def to_webvtt(minutes: Minutes, began: Instant | None = None) -> str:
    """A chapter for each intervention. *began* is when the recording began; without
    it, the first intervention is at its start."""
    lines = ["WEBVTT", f"Kind: chapters\nLanguage: {minutes.language}"]
    for speech, since, until in _cues(minutes, began):
        text = escape(" ".join(_title(speech).split()), quote=False)
        lines.append(f"{speech.id}\n{_stamp(since)} --> {_stamp(until)}\n{text or '–'}")
    # a blank line ends a cue, and nothing in one may look like its times
    return "\n\n".join(lines) + "\n"


def to_lower_thirds(minutes: Minutes, began: Instant | None = None) -> bytes:
    """What a caption under the picture says, from when to when (milliseconds)."""
    found: list[dict[str, Any]] = []
    for speech, since, until in _cues(minutes, began):
        person = speech.person and speech.person != speech.name
        function = speech.function if speech.person else ""
        found.append(
            {
                "id": speech.id,
                "from_ms": since,
                "to_ms": until,
                "name": speech.name,
                "behalf": speech.group,
                "person": speech.person if person else "",
                "function": function,
                "kind": speech.kind_name,
                "direction": minutes.direction,
            }
        )
    body = {
        "meeting": minutes.meeting,
        "title": minutes.heading.title,
        "language": minutes.language,
        "began_at": began if began is not None else _first(minutes),
        "thirds": found,
    }
    return msgspec.json.format(msgspec.json.encode(body), indent=2) + b"\n"


def _cues(minutes: Minutes, began: Instant | None) -> list[tuple[Speech, int, int]]:
    """Speeches in the order in which they began, none past the start of the next."""
    zero = began if began is not None else _first(minutes)
    rows = sorted(minutes.speeches, key=lambda s: (s.started_at, -s.ended_at))
    rows = [each for each in rows if each.started_at >= zero]
    ends = [after.started_at for _, after in pairwise(rows)]
    ends += [rows[-1].ended_at] if rows else []
    return [
        (each, each.started_at - zero, max(min(end, each.ended_at), each.started_at + 1)
         - zero)
        for each, end in zip(rows, ends, strict=True)
    ]  # fmt: skip


def _first(minutes: Minutes) -> int:
    return min((each.started_at for each in minutes.speeches), default=minutes.at)


def _title(speech: Speech) -> str:
    behalf = f" – {speech.group}" if speech.group else ""
    who = f"{speech.person}, " if speech.person and speech.person != speech.name else ""
    return f"{who}{speech.name}{behalf} ({speech.kind_name})"


def _stamp(ms: int) -> str:
    """``00:12:03.500``."""
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{ms:03}"
