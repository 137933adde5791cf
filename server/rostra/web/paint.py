"""The first paint: what a page shows before its scripts run, from the same state.

It reads what the page's audience may see and nothing else.
"""

from typing import Any

import msgspec
from msgspec import Struct

from rostra.core.ids import Audience, Instant
from rostra.core.meeting import REPLYING
from rostra.protocol.brief import filled_collections
from rostra.web.halls import Hall
from rostra.web.speech import MeetingSpeech

NEXT = 3


class Speaking(Struct, frozen=True):
    """Who has the floor. ``left_ms`` counts down; below zero the time is over."""

    name: str
    about: str
    phase: str
    left_ms: int
    running: bool

    @property
    def clock(self) -> str:
        """The remaining time as ``m:ss``, never negative."""
        seconds = max(0, -(-self.left_ms // 1000))
        return f"{seconds // 60}:{seconds % 60:02d}"


class Paint(Struct, frozen=True):
    """Everything that a page's first paint says."""

    title: str
    theme: str
    state: str
    segment: str
    speaking: Speaking | None
    next: tuple[str, ...]
    more: int


def paint(hall: Hall, audience: Audience, speech: MeetingSpeech) -> Paint:
    """The first paint for *audience*, in the language of *speech*."""
    view = msgspec.json.decode(hall.state(audience))
    view["collections"] = things = filled_collections(view["collections"])
    meeting = things["meeting"]["meeting"]
    segment = things["segments"].get(meeting["segment"] or "")
    standing = sorted(things["floor"].values(), key=lambda each: -each["depth"])
    floor = standing[0] if standing else None
    coming = _coming(view, segment, floor)
    named = [_name(each, speech) for each in coming]
    return Paint(
        title=meeting["title"],
        theme=meeting["theme"],
        state=meeting["state"],
        segment=segment["title"] if segment else "",
        speaking=_speaking(floor, speech, hall.room.now()) if floor else None,
        next=tuple(named[:NEXT]),
        more=max(0, len(named) - NEXT),
    )


def _coming(
    view: dict[str, Any], segment: dict[str, Any] | None, floor: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """The requests that wait on the running list."""
    if segment is None:
        return []
    requests = view["collections"]["requests"]
    running = segment["replies" if segment["phase"] in REPLYING else "list"]
    # places that are still to be drawn by lot are nobody's
    drawn = view["collections"]["lists"][running]["state"] != "lot_window"
    ids = view["order"].get(running, ()) if drawn else ()
    has_floor = floor["request"] if floor else None
    return [requests[each] for each in ids if each in requests and each != has_floor]


def _speaking(floor: dict[str, Any], speech: MeetingSpeech, now: Instant) -> Speaking:
    since = floor["running_since"]
    left = floor["allotted_ms"] - floor["used_ms"] - (now - since if since else 0)
    return Speaking(
        name=_name(floor, speech),
        about=_about(floor, speech),
        phase=floor["phase"],
        left_ms=left,
        running=since is not None,
    )


def _name(thing: dict[str, Any], speech: MeetingSpeech) -> str:
    """Who it is: a delegation by its name, a programme speaker by the own one."""
    if thing["kind"] == "programme" and thing["person"]:
        return str(thing["person"]["name"])
    for key in ("delegation", "group"):
        if thing[key]:
            return speech.name(thing[key])
    person = thing["person"] or {}
    return str(person.get("name") or thing["group_text"] or thing["label"])


def _about(thing: dict[str, Any], speech: MeetingSpeech) -> str:
    """What stands below the name: function and entity, or the person."""
    entity = speech.name(thing["delegation"]) if thing["delegation"] else ""
    if thing["kind"] == "programme":
        return ", ".join(each for each in (thing["label"], entity) if each)
    return str((thing["person"] or {}).get("name", ""))
