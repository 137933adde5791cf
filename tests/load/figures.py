"""Small arithmetic over measured values."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from typing import Any

TRIES = 2


def median(values: Iterable[float]) -> float:
    """The median."""
    return float(statistics.median(list(values)))


def rank(values: Sequence[float], share: float) -> float:
    """The value below which *share* of them are: 0.99 for p99."""
    ordered = sorted(values)
    return float(ordered[min(len(ordered) - 1, int(share * len(ordered)))])


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, the middle half's ends, p99, and the extremes, rounded."""
    found = {
        "median": median(values),
        "low": rank(values, 0.25),
        "high": rank(values, 0.75),
        "p99": rank(values, 0.99),
        "least": min(values),
        "most": max(values),
    }
    return {name: round(value, 4) for name, value in found.items()}


def tried(measure: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
    """What *measure* finds, at the second try if need be; None if it fails again."""
    for _ in range(TRIES):
        try:
            return measure()
        except Exception as error:
            print(f"    failed: {type(error).__name__}: {error}", flush=True)
    return None


def ms(ns: float) -> float:
    """Milliseconds from nanoseconds."""
    return round(ns / 1e6, 4)


def show(**values: Any) -> None:
    """A line of progress."""
    parts = []
    for name, value in values.items():
        text = f"{value:.4g}" if isinstance(value, float) else str(value)
        parts.append(f"{name.replace('_', ' ')} {text}")
    print("   ", ", ".join(parts), flush=True)
