"""Lists that close by themselves (RULES 3): why is told by a code.

``announced``, ``after_start``, ``capacity`` and ``before_last`` are the bases that a
machine gives; an operator's basis is what was typed.
"""

from collections.abc import Callable
from typing import Any

from rostra.core import events as e
from rostra.core.alarms import ListAutoCloses, ListTimeUp
from rostra.core.case import Case
from rostra.core.ids import Instant, ListId
from rostra.core.meeting import LISTED, LIVE, Segment, SpeakerList
from rostra.core.refusals import Refused

Result = dict[str, object]

MINUTE_MS = 60_000
#: What fills a list: not the programme's speakers, nor what only operators enter.
_FILLS = frozenset(("statement", "group_statement", "question", "explanation_of_vote"))
_TAKING = frozenset(("open", "closing"))


def full(case: Case, key: ListId) -> None:
    """Close a list whose live requests have reached the capacity."""
    capacity = case.draft.profile.closing.capacity
    if capacity is None or not _may_close(case, key):
        return
    live = [
        each
        for each in case.draft.requests.values()
        if each.list == key and each.status in LIVE and each.kind in _FILLS
    ]
    if len(live) >= capacity:
        case.say(e.ListClosed(list=key, basis="capacity"))


def last_called(case: Case, key: ListId) -> None:
    """Close a list when so many are left on it, the one just called among them."""
    last = case.draft.profile.closing.before_last
    if last is None or not _may_close(case, key):
        return
    order = case.draft.list(key).order
    left = [each for each in order if case.draft.request(each).status in LISTED]
    if len(left) <= last:
        case.say(e.ListClosed(list=key, basis="before_last"))


def _may_close(case: Case, key: ListId) -> bool:
    state: str = case.draft.list(key).state
    return state in _TAKING


def begun(case: Case, segment: Segment) -> None:
    """A segment runs and its list is open: say when that closes by itself."""
    after = case.draft.profile.closing.after_start_min
    speakers: SpeakerList = case.draft.list(segment.list)
    started_at = case.draft.segments[segment.id].started_at
    if after is None or started_at is None:
        return
    if speakers.auto_close_at is not None or speakers.generation:
        # said already, or the chair has closed it and opened it again
        return
    closes_at = Instant(started_at + after * MINUTE_MS)
    if speakers.state in ("open", "lot_window") and closes_at > case.at:
        case.say(e.AutoCloseSet(list=speakers.id, closes_at=closes_at))


def time_up(case: Case, alarm: ListTimeUp) -> Result:
    """The announced time has come."""
    speakers = case.list(alarm.list)
    if speakers.state != "closing" or speakers.closes_at != alarm.closes_at:
        raise Refused("stale", what="list", state=speakers.state)
    case.say(e.ListClosed(list=speakers.id, basis="announced"))
    return {}


def auto_close(case: Case, alarm: ListAutoCloses) -> Result:
    """So long after the segment began the list closes."""
    speakers = case.list(alarm.list)
    if speakers.state != "open" or speakers.auto_close_at != alarm.closes_at:
        raise Refused("stale", what="list", state=speakers.state)
    case.say(e.ListClosed(list=speakers.id, basis="after_start"))
    return {}


RULES: dict[type, Callable[[Case, Any], Result]] = {
    ListTimeUp: time_up,
    ListAutoCloses: auto_close,
}
