"""Deltas: what changed between two seqs, and how several become one.

Merging keeps every drop: a client that holds the entity must let go of it even where
the entity came and went in between.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from rostra.core.ids import ListId, RequestId
from rostra.core.order import splices
from rostra.core.views import Change
from rostra.protocol.brief import brief_rows
from rostra.protocol.messages import Delta


class Step(Struct, frozen=True):
    """One turn for one audience: its last seq and chain mark, and its change."""

    seq: int
    chain: str
    change: Change


def merge(changes: Iterable[Change]) -> Change:
    """One change that does what *changes* do one after the other."""
    each, *more = changes
    return _merged((each, *more)) if more else each


def _merged(changes: Iterable[Change]) -> Change:
    put: dict[str, dict[str, Any]] = {}
    drop: dict[str, dict[str, None]] = {}
    order: dict[ListId, tuple[tuple[RequestId, ...], tuple[RequestId, ...]]] = {}
    patch: dict[str, dict[str, Any]] = {}
    for each in changes:
        for name, gone in each.drop.items():
            for key in gone:
                put.get(name, {}).pop(key, None)
                patch.get(name, {}).pop(key, None)
                drop.setdefault(name, {})[key] = None
        for name, entities in each.set.items():
            for key, entity in entities.items():
                drop.get(name, {}).pop(key, None)
                patch.get(name, {}).pop(key, None)
                put.setdefault(name, {})[key] = entity
        for name, patches in each.patch.items():
            for key, fields in patches.items():
                # the rest of a row that is new on the way is in the row itself
                kept = put if key in put.get(name, {}) else patch
                rows = kept.setdefault(name, {})
                rows[key] = {**rows.get(key, {}), **fields}
        for key, (was, now) in each.order.items():
            order[key] = (order[key][0] if key in order else was, now)
    return Change(
        {name: entities for name, entities in put.items() if entities},
        {name: list(gone) for name, gone in drop.items() if gone},
        {key: pair for key, pair in order.items() if pair[0] != pair[1]},
        {name: patches for name, patches in patch.items() if patches},
    )


def _uncounted(change: Change) -> dict[str, dict[str, Any]]:
    """The patches without the count of a list whose order says it.

    Whoever is shown an order knows by it how many there are, unless it is now empty:
    then the list may as well be hidden.
    """
    lists = {}
    for key, fields in change.patch.get("lists", {}).items():
        _, now = change.order.get(ListId(key), ((), ()))
        known = bool(now) and fields.get("count") == len(now)
        if rest := {k: v for k, v in fields.items() if not (known and k == "count")}:
            lists[key] = rest
    others = {name: rows for name, rows in change.patch.items() if name != "lists"}
    return {**others, "lists": lists} if lists else others


def delta(from_seq: int, steps: Sequence[Step]) -> Delta:
    """The message that takes a client from *from_seq* over all *steps*."""
    change = merge(step.change for step in steps)
    last = steps[-1]
    return Delta(
        from_=from_seq,
        seq=last.seq,
        chain=last.chain,
        set={name: brief_rows(name, rows) for name, rows in change.set.items()},
        patch=_uncounted(change),
        drop=change.drop,
        order={
            key: [list(step) for step in splices(was, now)]
            for key, (was, now) in change.order.items()
        },
    )
