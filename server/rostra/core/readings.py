"""How a row of the record reads: as its request has it, and as it was corrected."""

from rostra.core.meeting import Intervention, Reading, Request


def as_read(row: Intervention, request: Request) -> Reading:
    """Whom *row* names, for whom and with what: nothing in it is left open."""
    said = row.reading or Reading()
    corrected = said.kind is not None
    return Reading(
        person=said.person or request.person,
        kind=said.kind or request.kind,
        group=said.group if corrected else request.group,
        group_text=said.group_text if corrected else request.group_text,
    )


def voice(row: Intervention, request: Request) -> str:
    """Whose time *row* is in the totals."""
    if row.reading is None or row.reading.kind is None:
        return request.voice
    if row.reading.group:
        return f"group:{row.reading.group}"
    if row.reading.group_text:
        return f"group:{row.reading.group_text.casefold()}"
    return request.delegation or f"person:{request.id}"
