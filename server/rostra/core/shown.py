"""A request as each audience is shown it, made once for all who are shown the same.

It is drawn as staff see it; for the others only what differs is drawn again. Nearly
always nothing does, and all have one object.
"""

from typing import Any

from msgspec import structs

from rostra.core.drawing import language_shown, request_entity, unnamed
from rostra.core.entities import RequestEntity
from rostra.core.ids import Audience
from rostra.core.meeting import Request
from rostra.core.policies import same_reasons, why
from rostra.core.sight import Sight


def request_for(s: Sight, request: Request, audience: Audience | None) -> RequestEntity:
    """*request* as *audience* is shown it; None is its own delegation."""
    key = ("request", request.id)
    whole = s.once(
        key,
        lambda: request_entity(s.meeting, request, "staff", s.rounds(request.list)),
    )
    if audience == "staff":
        return whole
    return s.once(
        (*key, audience or "own"), lambda: _toned(s, whole, request, audience)
    )


def _toned(
    s: Sight, whole: RequestEntity, request: Request, audience: Audience | None
) -> RequestEntity:
    """*whole*, which is staff's, as *audience* is shown it."""
    other: dict[str, Any] = {}
    if whole.status == "called" and audience is not None:
        other["status"] = "queued"
    if not same_reasons(s.meeting, request, audience):
        other["why"] = why(s.meeting, request, audience, s.rounds(request.list))
    if unnamed(request, audience):
        language = language_shown(request, unnamed=True)
        other |= {"person": None, "group_text": "", "rank": None, "language": language}
    return structs.replace(whole, **other) if other else whole
