"""Rosters as the pages get them: immutable, compressed, by the hash of what they hold.

They name delegations and groups, no persons, and their address cannot be guessed. Each
language has its own: names in it and in English, which is what a page can show and
search. What is usual is left out and filled in by ``client/src/lib/roster.ts``.
"""

from collections.abc import Iterable
from typing import Any

from aiohttp import web

from rostra.core.ids import MeetingId
from rostra.core.roster import Delegation, Group, Roster
from rostra.web.halls import Halls
from rostra.web.identity import MEETING_ID
from rostra.web.immutable import Prepared, prepare

#: What nearly every delegation is; the code is the key that it stands under.
USUAL: dict[str, Any] = {
    "tier": "member_state",
    "region": "",
    "may_reply": True,
    "replies": None,
    "may_order": True,
    "address": "representative_of",
    "aliases": (),
    "confusable": "",
}


class Rosters:
    """Prepares each meeting's roster once."""

    def __init__(self, halls: Halls, languages: tuple[str, ...]) -> None:
        self._halls = halls
        self._languages = languages
        self._prepared: dict[tuple[MeetingId, str], tuple[Roster, Prepared]] = {}

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [web.get("/rosters/{meeting}/{hash}.json", self._get)]

    def url(self, meeting: MeetingId, roster: Roster, lang: str) -> str:
        """Where the roster of *meeting* is for those who read *lang*."""
        return f"/rosters/{meeting}/{self._prepare(meeting, roster, lang).hash}.json"

    def _prepare(self, meeting: MeetingId, roster: Roster, lang: str) -> Prepared:
        found = self._prepared.get((meeting, lang))
        if found is None or found[0] is not roster:
            found = self._prepared[meeting, lang] = (roster, prepared(roster, lang))
        return found[1]

    async def _get(self, request: web.Request) -> web.Response:
        meeting = MeetingId(request.match_info["meeting"])
        hall = (
            await self._halls.hall(meeting) if MEETING_ID.fullmatch(meeting) else None
        )
        if hall is None:
            raise web.HTTPNotFound()
        for lang in self._languages:
            found = self._prepare(meeting, hall.room.meeting.roster, lang)
            if found.hash == request.match_info["hash"]:
                return found.response(request)
        raise web.HTTPNotFound()


def prepared(roster: Roster, lang: str) -> Prepared:
    """The bytes of *roster* for those who read *lang*, and their hash."""
    here = dict.fromkeys((lang, "en"))
    return prepare(
        {
            "id": roster.id,
            "title": roster.title,
            "delegations": {
                k: _delegation(v, tuple(here)) for k, v in roster.delegations.items()
            },
            "groups": {k: _group(v, tuple(here)) for k, v in roster.groups.items()},
        }
    )


def _some(words: dict[str, str], langs: Iterable[str]) -> dict[str, str]:
    return {lang: words[lang] for lang in langs if lang in words}


def _unusual(row: dict[str, Any], usual: dict[str, Any]) -> dict[str, Any]:
    return {
        field: value
        for field, value in row.items()
        if field not in usual or value != usual[field]
    }


def _delegation(entry: Delegation, langs: tuple[str, ...]) -> dict[str, Any]:
    name = entry.names["en"]
    row = {
        "tier": entry.tier,
        "region": entry.region,
        "may_reply": entry.may_reply,
        "replies": entry.replies,
        "may_order": entry.may_order,
        "names": _some(entry.names, langs),
        "sort": _some(entry.sort, langs),
        "spoken": entry.spoken,
        "plate": entry.plate,
        "address": entry.address,
        "aliases": entry.aliases,
        "confusable": entry.confusable,
    }
    return _unusual(row, {**USUAL, "spoken": name, "plate": name})


def _group(entry: Group, langs: tuple[str, ...]) -> dict[str, Any]:
    row = {
        "names": _some(entry.names, langs),
        "spoken": entry.spoken,
        "aliases": entry.aliases,
    }
    return _unusual(row, {"spoken": entry.names["en"], "aliases": ()})
