"""Which rows may differ between two states, whoever looks: found once for all.

A row is made from certain objects; a turn that left these alone left the row alone.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain, compress, repeat
from operator import is_not
from typing import Any, TypeVar

from rostra.core.ids import RequestId
from rostra.core.meeting import Meeting
from rostra.core.policies import otherwise
from rostra.core.sight import BESIDE, Sight

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
    "conclusions",
    "attendance",
)
#: Collections whose rows hang on the rules of procedure too.
_RULED = ("segments", "lists", "requests")

K = TypeVar("K", bound=str)


class Between:
    """Two states of a meeting, and what was found out by comparing them.

    Views and own layers ask the same of them: it is reckoned once.
    """

    def __init__(self, old: Meeting, new: Meeting) -> None:
        self.old = old
        self.new = new
        self.was = Sight(old)
        self.now = Sight(new)

    @cached_property
    def requests(self) -> list[RequestId]:
        """The requests that came or changed."""
        return altered(self.old.requests, self.new.requests)

    @cached_property
    def otherwise(self) -> list[RequestId]:
        """The requests that are the same and stand for another reason."""
        return list(otherwise(self.old, self.new, self.was.rounds, self.now.rounds))


def altered(was: Mapping[K, Any], now: Mapping[K, Any]) -> list[K]:
    """Ids of the entities that are not the same objects in both, or are new or gone.

    Compared place by place, which costs a glance each: what changes keeps its place,
    what is new comes last, and no entity ever stands under another key. Where one is
    gone those behind it are named too.
    """
    if was is now:
        return []
    others = map(is_not, now.values(), chain(was.values(), repeat(None)))
    found = list(compress(now, others))
    if not was.keys() <= now.keys():
        found += [key for key in was if key not in now]
    return found


def differing(between: Between) -> dict[str, Iterable[str]]:
    """The ids of the rows that may differ, by collection."""
    old, new = between.old, between.new
    requests = between.requests
    found: dict[str, Iterable[str]] = {
        "meeting": ("meeting",),
        "lists": _lists(old, new, requests),
        "requests": dict.fromkeys([*requests, *between.otherwise]),
        "floor": dict.fromkeys([*old.stack, *new.stack]),
        "interventions": _interventions(old, new, requests),
        "delegations": _delegations(old, new, requests),
        **{name: altered(getattr(old, name), getattr(new, name)) for name in _PLAIN},
    }
    if old.profile is not new.profile:
        # by other rules others may see a list, and everything takes another time
        found |= {name: {**getattr(old, name), **getattr(new, name)} for name in _RULED}
    return found


def _lists(old: Meeting, new: Meeting, requests: Iterable[RequestId]) -> Iterable[str]:
    """Those that changed, and those beside which somebody waits or no longer does."""
    changed = altered(old.lists, new.lists)
    touched: dict[str, None] = {key: None for key in changed}
    for key in requests:
        for each in (old.requests.get(key), new.requests.get(key)):
            if each and each.status in BESIDE:
                touched[each.list] = None
    return touched


def _interventions(
    old: Meeting, new: Meeting, requests: Iterable[RequestId]
) -> Iterable[str]:
    changed = altered(old.interventions, new.interventions)
    touched: set[str] = {*changed}
    if renamed := set(requests):
        # a row shows the names of its request, a voided one's too
        touched.update(
            key for key, row in new.interventions.items() if row.request in renamed
        )
    return touched | (
        set(old.delivered[-PUBLIC_ROWS:]) ^ set(new.delivered[-PUBLIC_ROWS:])
    )


def _delegations(
    old: Meeting, new: Meeting, requests: Iterable[RequestId]
) -> Iterable[str]:
    """Those with other totals, and groups as typed that were confirmed or not."""
    touched: set[str] = set(altered(old.totals, new.totals))
    named = (new.requests[key] for key in requests if key in new.requests)
    voices = {request.voice for request in named if request.group_text}
    return touched | (voices & new.totals.keys())
