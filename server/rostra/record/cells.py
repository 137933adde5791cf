"""What stands in a cell of a printed table."""

from rostra.record.language import Dates, lasted
from rostra.record.minutes import Cell, Sort


def shown(value: Cell, sort: Sort, dates: Dates) -> str:
    """*value* as it is read: an instant on the clock, a duration in minutes."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if sort == "instant":
        return dates.clock(value)
    if sort == "duration":
        return lasted(value)
    return str(value)


def short(text: str, most: int = 160) -> str:
    """*text* for a cell that must not fill a page."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
