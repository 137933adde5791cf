"""Whom one meeting leaves to the next of the same item (RULES 1)."""

from rostra.core.events import Carried
from rostra.core.meeting import Meeting, Person, Request
from rostra.core.programme import Programme
from rostra.core.roster import Roster


def carried_over(
    earlier: Meeting, programme: Programme, roster: Roster
) -> tuple[tuple[Carried, Person | None], ...]:
    """Those whom *earlier* did not hear, in their order, with who was to speak.

    Each goes to the segment of *programme* with the title of its own, else to the
    first that takes requests. Whoever the new roster does not have stays behind.
    """
    taking = [i for i, plan in enumerate(programme.segments) if plan.requests]
    titles = {programme.segments[i].title: i for i in reversed(taking)}
    found = []
    for key in earlier.carried if taking else ():
        request = earlier.requests[key]
        if request.delegation is None or request.delegation in roster.delegations:
            segment = titles.get(_title(earlier, request), taking[0])
            found.append((_carried(request, segment, roster), request.person))
    return tuple(found)


def _title(meeting: Meeting, request: Request) -> str:
    segment = meeting.lists[request.list].segment
    return meeting.segments[segment].plan.title if segment else ""


def _carried(request: Request, segment: int, roster: Roster) -> Carried:
    known = request.group in roster.groups if request.group else False
    # a group that is not in this register is as good as typed
    typed = request.group_text or ("" if known else request.group or "")
    return Carried(
        segment=segment,
        kind=request.kind,
        delegation=request.delegation,
        group=request.group if known else None,
        group_text=typed,
        language=request.language,
        limit_ms=request.limit_ms,
        confirmed=request.person_confirmed,
        rank=request.rank,
    )
