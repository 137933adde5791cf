"""A video platform's report of who was there, read against the meeting's roster.

Nothing is entered by reading it: the desk looks at it first, and marks attendance by
the command of that name.
"""

from typing import Any

import msgspec
from aiohttp import web

from rostra.core.meeting import Meeting
from rostra.core.names import recognise
from rostra.core.permissions import permitted
from rostra.record.report import names_in
from rostra.web.callers import LONGEST_BODY, caller, json_body, still_here
from rostra.web.errors import ApiError
from rostra.web.reception import Reception


class Reports:
    """One route beside the API's."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        one = "/api/v1/meetings/{meeting}"
        return [web.post(f"{one}/attendance/recognise", self._recognise)]

    async def _recognise(self, request: web.Request) -> web.Response:
        hall, identity = await caller(request, self._reception)
        if not permitted(identity.role, "mark_attendance"):
            raise ApiError(403, "Forbidden", code="not_permitted")
        body = await json_body(request, LONGEST_BODY)
        still_here(hall, identity)
        text = body.get("text") if isinstance(body, dict) else None
        if not isinstance(text, str):
            raise ApiError(400, "Bad Request", "The field “text” is not right.")
        answer = msgspec.json.encode(found_in(hall.room.meeting, text))
        return web.Response(body=answer, content_type="application/json")


def found_in(meeting: Meeting, text: str) -> dict[str, Any]:
    """Who is in a report: delegations by code, and names that are in no roster.

    ``new`` are those who were not marked by a report before.
    """
    lines = recognise(meeting, "\n".join(names_in(text)), guess=False)
    codes = dict.fromkeys(each.delegation for each in lines if each.delegation)
    known = meeting.attendance
    return {
        "delegations": list(codes),
        "new": [
            code
            for code in codes
            if code not in known or "report" not in known[code].sources
        ],
        "unknown": [each.text for each in lines if not each.delegation],
    }
