"""The arithmetic of a rehearsal: from stamps to percentiles. Pure.

Instants and durations are nanoseconds until they are shown. A sample stands for as many
listeners as its weight says.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from rostra.rehearsal.diary import Pressed

Row = Mapping[str, Any]
Window = tuple[int, int]
#: A delta over more changes than this is one for somebody who came back.
CATCHING_UP = 256
#: What everybody is told in the turn in which it is done.
AT_ONCE = frozenset(("request_floor", "withdraw"))


class Spread(Struct, frozen=True):
    """How long something took: of so many, in milliseconds."""

    count: int
    p50: float
    p99: float
    max: float


class Change(Struct, frozen=True):
    """One change and who heard of it when."""

    seq: int
    first: int
    last: int
    heard: int
    expected: int
    #: Whether it is the last one of a delta.
    newest: bool
    #: Instants of receipt with their weights.
    receipts: tuple[tuple[int, float], ...]


class Rush(Struct, frozen=True):
    """When all pressed at once."""

    presses: int
    pressing_ms: float
    #: How many deltas carried it.
    deltas: int
    #: From the last press to the last listener's whole list.
    complete_ms: float


def spread(samples: Iterable[tuple[float, float]]) -> Spread | None:
    """Percentiles of weighted durations; None of nothing.

    The p-th percentile is the least duration that at least p percent did not exceed.
    """
    ordered = sorted(samples)
    if not ordered:
        return None
    whole = sum(weight for _, weight in ordered)
    return Spread(
        count=round(whole),
        p50=_ms(_at(ordered, whole * 0.5)),
        p99=_ms(_at(ordered, whole * 0.99)),
        max=_ms(ordered[-1][0]),
    )


def _at(ordered: Sequence[tuple[float, float]], rank: float) -> float:
    passed = 0.0
    for value, weight in ordered:
        passed += weight
        if passed >= rank - 1e-6:
            return value
    return ordered[-1][0]


def _ms(ns: float) -> float:
    return round(ns / 1e6, 3)


def changes(rows: Iterable[Row]) -> dict[int, Change]:
    """What crowds heard, by change. Several commits may have come as one delta, and
    the same change in several deltas: who heard one that leads over it has heard it.
    """
    found: dict[int, list[Row]] = {}
    for row in rows:
        if row["seq"] - row["from"] <= CATCHING_UP:
            for seq in range(row["from"] + 1, row["seq"] + 1):
                found.setdefault(seq, []).append(row)
    return {seq: _change(seq, found[seq]) for seq in sorted(found)}


def _change(seq: int, rows: list[Row]) -> Change:
    receipts = []
    for row in rows:
        weight = row["count"] / len(row["offsets"])
        receipts += [(row["first"] + offset, weight) for offset in row["offsets"]]
    return Change(
        seq=seq,
        first=min(row["first"] for row in rows),
        last=max(row["last"] for row in rows),
        heard=sum(row["count"] for row in rows),
        expected=max(row["expected"] for row in rows),
        newest=any(row["seq"] == seq for row in rows),
        receipts=tuple(receipts),
    )


def outside(at: int, windows: Sequence[Window]) -> bool:
    """Whether *at* is in none of *windows*."""
    return not any(start <= at <= end for start, end in windows)


def acknowledged(
    pressed: Iterable[Pressed], windows: Sequence[Window] = ()
) -> Spread | None:
    """From the press to the answer."""
    return spread(
        (each.answered - each.sent, 1.0)
        for each in pressed
        if outside(each.sent, windows)
    )


def shown(
    pressed: Iterable[Pressed],
    found: Mapping[int, Change],
    windows: Sequence[Window] = (),
) -> Spread | None:
    """From the press to each listener."""
    return spread(
        (at - press.sent, weight)
        for press, change in _told(pressed, found, windows)
        for at, weight in change.receipts
    )


def shown_to_last(
    pressed: Iterable[Pressed],
    found: Mapping[int, Change],
    windows: Sequence[Window] = (),
) -> Spread | None:
    """From the press to the last listener."""
    return spread(
        (change.last - press.sent, 1.0)
        for press, change in _told(pressed, found, windows)
    )


def completion(
    found: Mapping[int, Change], windows: Sequence[Window] = ()
) -> Spread | None:
    """From the first listener to the last."""
    return spread(
        (change.last - change.first, 1.0)
        for change in found.values()
        if outside(change.first, windows) and outside(change.last, windows)
    )


def rushed(
    pressed: Iterable[Pressed],
    found: Mapping[int, Change],
    rows: Iterable[Row],
    window: Window | None,
) -> Rush | None:
    """What came of presses within *window*; None where nobody rushed."""
    if window is None:
        return None
    made = [
        each
        for each in pressed
        if each.seq in found
        and each.type == "request_floor"
        and window[0] <= each.sent <= window[1]
    ]
    if not made:
        return None
    seqs = {each.seq for each in made if each.seq is not None}
    last = max(each.sent for each in made)
    deltas = {
        (row["from"], row["seq"])
        for row in rows
        if row["seq"] - row["from"] <= CATCHING_UP
        and any(seq in seqs for seq in range(row["from"] + 1, row["seq"] + 1))
    }
    return Rush(
        presses=len(made),
        pressing_ms=_ms(last - min(each.sent for each in made)),
        deltas=len(deltas),
        complete_ms=_ms(max(found[seq].last for seq in seqs) - last),
    )


def _told(
    pressed: Iterable[Pressed], found: Mapping[int, Change], windows: Sequence[Window]
) -> Iterable[tuple[Pressed, Change]]:
    """What was pressed, with the change that it made, where all hear of it at once.

    What is hidden first and told with a later change (a call, before the clock starts)
    says nothing about how fast the server is.
    """
    for each in pressed:
        change = found.get(each.seq) if each.seq is not None else None
        if change is None or not (change.newest or each.type in AT_ONCE):
            continue
        if outside(each.sent, windows) and outside(change.last, windows):
            yield each, change
