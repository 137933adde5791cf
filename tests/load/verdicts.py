"""Numbers as they are shown, tables of them, and verdicts about what was asked for."""

import math
from collections.abc import Iterable
from typing import Any


class Goals:
    """What was asked for, each with its verdict."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def most(
        self,
        what: str,
        value: float,
        limit: float,
        unit: str = "",
        stretch: float | None = None,
    ) -> None:
        """At most *limit*; *stretch* is what was hoped for."""
        asked = f"at most {limit:g}{unit}"
        if stretch is not None:
            hope = "is met too" if value <= stretch else "is not met"
            asked += f"; the stretch, {stretch:g}, {hope}"
        self._add(what, value, value <= limit, asked, unit)

    def least(self, what: str, value: float, limit: float, unit: str = "") -> None:
        """At least *limit*."""
        asked = f"at least {limit:,g}{unit}"
        self._add(what, value, value >= limit, asked, unit)

    def _add(self, what: str, value: float, met: bool, asked: str, unit: str) -> None:
        measured = f"{number(value)}{unit}"
        if math.isnan(value):
            self._lines.append(f"- **not measured**: {what} ({asked})")
        elif met:
            self._lines.append(f"- met: {what}: {measured} ({asked})")
        else:
            self._lines.append(
                f"- **falls short**: {what}: {measured} (asked for: {asked})"
            )

    def __str__(self) -> str:
        return "\n".join(self._lines) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """A Markdown table; all columns but the first are numbers."""
    names = list(head)
    lines = [names, ["---", *["---:"] * (len(names) - 1)]]
    lines += [[str(each) for each in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def number(value: float) -> str:
    """Three figures of it, and thousands apart; a dash for none."""
    if math.isnan(value):
        return "–"
    if value >= 1000:
        return f"{value:,.0f}"
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.3g}" if value < 10 else f"{value:.1f}"
