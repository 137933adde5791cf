"""Deltas: what changed between two seqs, and how several become one.

Merging keeps every drop: a client that holds the entity must let go of it even where
the entity came and went in between.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from rostra.core.ids import Instant, ListId, RequestId
from rostra.core.order import splices
from rostra.core.views import Change
from rostra.protocol.messages import Delta


class Step(Struct, frozen=True):
    """One commit for one audience: its seq, chain mark and instant, and its change."""

    seq: int
    chain: str
    at: Instant
    change: Change


def merge(changes: Iterable[Change]) -> Change:
    """One change that does what *changes* do one after the other."""
    put: dict[str, dict[str, Any]] = {}
    drop: dict[str, dict[str, None]] = {}
    order: dict[ListId, tuple[tuple[RequestId, ...], tuple[RequestId, ...]]] = {}
    for each in changes:
        for name, gone in each.drop.items():
            for key in gone:
                put.get(name, {}).pop(key, None)
                drop.setdefault(name, {})[key] = None
        for name, entities in each.set.items():
            for key, entity in entities.items():
                drop.get(name, {}).pop(key, None)
                put.setdefault(name, {})[key] = entity
        for key, (was, now) in each.order.items():
            order[key] = (order[key][0] if key in order else was, now)
    return Change(
        {name: entities for name, entities in put.items() if entities},
        {name: list(gone) for name, gone in drop.items() if gone},
        {key: pair for key, pair in order.items() if pair[0] != pair[1]},
    )


def delta(epoch: str, from_seq: int, steps: Sequence[Step]) -> Delta:
    """The message that takes a client from *from_seq* over all *steps*."""
    change = merge(step.change for step in steps)
    last = steps[-1]
    return Delta(
        epoch=epoch,
        from_=from_seq,
        seq=last.seq,
        chain=last.chain,
        at=last.at,
        set=change.set,
        drop=change.drop,
        order={
            key: [list(step) for step in splices(was, now)]
            for key, (was, now) in change.order.items()
        },
    )
