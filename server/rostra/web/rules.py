"""The rules of procedure, to read: the sheet of a meeting's own, and the presets.

Which rules a meeting has is public to everybody who is in it; the presets are offered
to staff, who may set one of them.
"""

import logging
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web

from rostra.core.ids import MeetingId
from rostra.core.profile import parse_profile
from rostra.record.sheet import sheet
from rostra.web.callers import LINK_HEADER, holder, unauthorized
from rostra.web.drawing import Drawing
from rostra.web.errors import ApiError
from rostra.web.halls import Hall
from rostra.web.identity import MEETING_ID, Identity
from rostra.web.pages import Pages
from rostra.web.reception import Reception

log = logging.getLogger(__name__)


class Rules:
    """The page ``/m/<meeting>/rules`` and ``GET /api/v1/profiles``."""

    def __init__(self, reception: Reception, drawing: Drawing, pages: Pages) -> None:
        self._reception = reception
        self._drawing = drawing
        self._pages = pages

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application, before the pages' own."""
        return [
            web.get("/m/{meeting}/rules", self._sheet),
            web.get("/api/v1/profiles", self._profiles),
        ]

    async def _sheet(self, request: web.Request) -> web.Response:
        meeting = request.match_info["meeting"]
        if not MEETING_ID.fullmatch(meeting):
            raise web.HTTPNotFound()
        ticket = self._pages.ticket(request, MeetingId(meeting))
        lang = self._pages.language(request, ticket)
        if ticket is None:
            return self._pages.no_link(lang, 404)
        found = await self._reception.by_ticket(ticket)
        if found is None:
            return self._pages.no_link(lang, 410)
        now = found[0].room.meeting
        speech = self._reception.speech(now, lang)
        return self._drawing.page(
            "rules.html",
            lang,
            screen="front",
            sheet=sheet(now.profile, speech.tr),
            meeting=now.programme.title,
        )

    async def _profiles(self, request: web.Request) -> web.Response:
        _, identity = await self._caller(request)
        if identity.audience != "staff":
            raise ApiError(403, "Forbidden", code="not_permitted")
        found = presets(self._reception.settings.profiles_dir)
        body = msgspec.json.encode({"profiles": found})
        return web.Response(body=body, content_type="application/json")

    async def _caller(self, request: web.Request) -> tuple[Hall, Identity]:
        """Who asks, of whichever meeting: a bearer token, or the cookie of a page."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return await holder(request, self._reception, token.strip())
        named = request.headers.get(LINK_HEADER)
        ticket = self._reception.cookies.read(request, named) if named else None
        found = await self._reception.by_ticket(ticket) if ticket else None
        if found is None:
            raise unauthorized()
        return found


def presets(folder: Path | None) -> list[dict[str, Any]]:
    """The profiles in *folder* that can be used: id, title and text of each file."""
    found = []
    for path in sorted(folder.glob("*.toml")) if folder else ():
        try:
            text = path.read_text(encoding="utf-8")
            profile = parse_profile(text)
        except (OSError, ValueError) as error:
            log.warning("%s is left out: %s", path, error)
            continue
        found.append({"id": profile.id, "title": profile.title, "text": text})
    return found
