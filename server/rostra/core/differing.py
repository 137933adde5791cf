"""Which rows may differ between two states, whoever looks: found once for all.

A row is made from certain objects; a commit that left these alone left the row alone.
"""

from collections.abc import Iterable

from rostra.core.ids import RequestId
from rostra.core.meeting import Meeting
from rostra.core.policies import otherwise
from rostra.core.sight import BESIDE

#: The public snapshot holds this many of the last interventions.
PUBLIC_ROWS = 5
#: Collections whose rows are made from the entity of the same name and nothing else.
_PLAIN = (
    "segments",
    "notes",
    "announcements",
    "signals",
    "links",
    "messages",
    "swaps",
    "attendance",
)
#: Collections whose rows hang on the rules of procedure too.
_RULED = ("segments", "lists", "requests")


def differing(old: Meeting, new: Meeting) -> dict[str, Iterable[str]]:
    """The ids of the rows that may differ, by collection."""
    requests = [RequestId(key) for key in _changed(old, new, "requests")]
    found: dict[str, Iterable[str]] = {
        "meeting": ("meeting",),
        "lists": _lists(old, new, requests),
        "requests": dict.fromkeys([*requests, *otherwise(old, new)]),
        "floor": dict.fromkeys([*old.stack, *new.stack]),
        "interventions": _interventions(old, new),
        "delegations": _delegations(old, new, requests),
        **{name: _changed(old, new, name) for name in _PLAIN},
    }
    if old.profile is not new.profile:
        # by other rules others may see a list, and everything takes another time
        found |= {name: {**getattr(old, name), **getattr(new, name)} for name in _RULED}
    return found


def _changed(old: Meeting, new: Meeting, field: str) -> list[str]:
    """Ids of the entities that are not the same objects in both states."""
    was, now = getattr(old, field), getattr(new, field)
    if was is now:
        return []
    here = [key for key, entity in now.items() if was.get(key) is not entity]
    return here + [key for key in was if key not in now]


def _lists(old: Meeting, new: Meeting, requests: Iterable[RequestId]) -> Iterable[str]:
    """Those that changed, and those beside which somebody waits or no longer does."""
    touched: dict[str, None] = dict.fromkeys(_changed(old, new, "lists"))
    for key in requests:
        for each in (old.requests.get(key), new.requests.get(key)):
            if each and each.status in BESIDE:
                touched[each.list] = None
    return touched


def _interventions(old: Meeting, new: Meeting) -> Iterable[str]:
    touched: set[str] = set(_changed(old, new, "interventions"))
    if old.requests is not new.requests:
        # a row shows the names of its request, a voided one's too
        touched.update(
            key
            for key, row in new.interventions.items()
            if old.requests.get(row.request) is not new.requests[row.request]
        )
    return touched | (
        set(old.delivered[-PUBLIC_ROWS:]) ^ set(new.delivered[-PUBLIC_ROWS:])
    )


def _delegations(
    old: Meeting, new: Meeting, requests: Iterable[RequestId]
) -> Iterable[str]:
    """Those with other totals, and groups as typed that were confirmed or not."""
    touched = set(_changed(old, new, "totals"))
    named = (new.requests[key] for key in requests if key in new.requests)
    voices = {request.voice for request in named if request.group_text}
    return touched | (voices & new.totals.keys())
