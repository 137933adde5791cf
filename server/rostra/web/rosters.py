"""Rosters as the pages get them: immutable, compressed, by the hash of what they hold.

They name delegations and groups, no persons, and their address cannot be guessed.
"""

from typing import Any

from aiohttp import web

from rostra.core.ids import MeetingId
from rostra.core.roster import Delegation, Group, Roster
from rostra.web.halls import Halls
from rostra.web.identity import MEETING_ID
from rostra.web.immutable import Prepared, prepare


class Rosters:
    """Prepares each meeting's roster once."""

    def __init__(self, halls: Halls) -> None:
        self._halls = halls
        self._prepared: dict[MeetingId, tuple[Roster, Prepared]] = {}

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [web.get("/rosters/{meeting}/{hash}.json", self._get)]

    def url(self, meeting: MeetingId, roster: Roster) -> str:
        """Where the roster of *meeting* is."""
        return f"/rosters/{meeting}/{self._prepare(meeting, roster).hash}.json"

    def _prepare(self, meeting: MeetingId, roster: Roster) -> Prepared:
        found = self._prepared.get(meeting)
        if found is None or found[0] is not roster:
            found = self._prepared[meeting] = (roster, prepared(roster))
        return found[1]

    async def _get(self, request: web.Request) -> web.Response:
        meeting = MeetingId(request.match_info["meeting"])
        hall = (
            await self._halls.hall(meeting) if MEETING_ID.fullmatch(meeting) else None
        )
        if hall is None:
            raise web.HTTPNotFound()
        found = self._prepare(meeting, hall.room.meeting.roster)
        if found.hash != request.match_info["hash"]:
            raise web.HTTPNotFound()
        return found.response(request)


def prepared(roster: Roster) -> Prepared:
    """The bytes of *roster*, and their hash."""
    return prepare(
        {
            "id": roster.id,
            "title": roster.title,
            "delegations": {k: _delegation(v) for k, v in roster.delegations.items()},
            "groups": {k: _group(v) for k, v in roster.groups.items()},
        }
    )


def _delegation(entry: Delegation) -> dict[str, Any]:
    return {
        "code": entry.code,
        "tier": entry.tier,
        "region": entry.region,
        "may_reply": entry.may_reply,
        "replies": entry.replies,
        "may_order": entry.may_order,
        "names": entry.names,
        "sort": entry.sort,
        "spoken": entry.spoken,
        "plate": entry.plate,
        "address": entry.address,
        "aliases": entry.aliases,
        "confusable": entry.confusable,
    }


def _group(entry: Group) -> dict[str, Any]:
    return {
        "code": entry.code,
        "names": entry.names,
        "spoken": entry.spoken,
        "aliases": entry.aliases,
    }
