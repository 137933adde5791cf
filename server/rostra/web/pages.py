"""The pages: the front page, one for each screen, and what an error looks like."""

from typing import Any

from aiohttp import web

from rostra.core.ids import MeetingId
from rostra.web.api import state_of
from rostra.web.callers import same_site
from rostra.web.cookies import Ticket, handle_of
from rostra.web.drawing import Drawing
from rostra.web.halls import Hall
from rostra.web.identity import LINK_ID, MEETING_ID, Identity
from rostra.web.paint import paint
from rostra.web.reception import Reception
from rostra.web.rosters import Rosters
from rostra.web.screens import LAYOUT, SCREENS, may_open


class Pages:
    """The routes for people."""

    def __init__(
        self, reception: Reception, drawing: Drawing, rosters: Rosters
    ) -> None:
        self._reception = reception
        self._drawing = drawing
        self._rosters = rosters
        self._catalogues = reception.catalogues

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.get("/", self._front),
            web.get("/join", self._join),
            web.get("/leave", self._leave),
            web.post("/leave", self._left),
            web.get("/m/{meeting}/{screen}", self._screen),
            web.get("/locales/{lang}.{hash}.json", self._locale),
        ]

    def error(self, request: web.Request, status: int) -> web.Response:
        """What a person sees instead of a page that cannot be shown."""
        return self._drawing.page(
            "error.html",
            self.language(request),
            screen="front",
            status=status,
            kind={404: "missing", 421: "host"}.get(status, "trouble"),
        )

    def language(self, request: web.Request, ticket: Ticket | None = None) -> str:
        """``?lang=``, else the cookie's choice, else what the browser prefers."""
        languages = self._reception.settings.languages
        for wanted in (request.query.get("lang", ""), ticket.lang if ticket else ""):
            if wanted in languages:
                return wanted
        return preferred(request.headers.get("Accept-Language", ""), languages)

    async def _front(self, request: web.Request) -> web.Response:
        lang = self.language(request)
        return self._drawing.page("front.html", lang, screen="front")

    async def _join(self, request: web.Request) -> web.Response:
        settings = self._reception.settings
        urls = {
            each: self._catalogues.catalogue(each).url for each in settings.languages
        }
        lang = self.language(request)
        boot = {
            "meeting": "",
            "link": "",
            "base": settings.base,
            "roster": None,
            "catalogue": urls.get(lang),
            "catalogues": urls,
            "state": None,
        }
        return self._drawing.page("join.html", lang, screen="join", boot=boot)

    async def _screen(self, request: web.Request) -> web.Response:
        meeting, screen = request.match_info["meeting"], request.match_info["screen"]
        if not MEETING_ID.fullmatch(meeting) or screen not in SCREENS:
            raise web.HTTPNotFound()
        ticket = self.ticket(request, MeetingId(meeting))
        lang = self.language(request, ticket)
        if ticket is None:
            return self.no_link(lang, 404)
        found = await self._reception.by_ticket(ticket)
        if found is None:
            return self.no_link(lang, 410)
        hall, identity = found
        if not may_open(identity.role, screen):
            return self.no_link(lang, 403)
        response = self._draw(hall, identity, screen, lang)
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            # nothing of the request is repeated in it beside what is secret
            response.enable_compression(web.ContentCoding.gzip)
        return response

    def _draw(
        self, hall: Hall, identity: Identity, screen: str, lang: str
    ) -> web.Response:
        meeting = hall.room.meeting
        speech = self._reception.speech(meeting, lang)
        handle = handle_of(identity.meeting, identity.link)
        state = state_of(hall, identity)
        state["you"] = {**_plain(state["you"]), "lang": lang}
        boot = {
            "meeting": meeting.id,
            "link": handle,
            "base": self._reception.settings.base,
            "roster": self._rosters.url(meeting.id, meeting.roster, lang),
            "catalogue": self._catalogues.catalogue(lang).url,
            "state": state,
        }
        return self._drawing.page(
            f"{screen}.html",
            lang,
            screen=screen,
            boot=boot,
            paint=paint(hall, identity.audience, speech),
            layout=LAYOUT.get(identity.role, "hall"),
        )

    def ticket(self, request: web.Request, meeting: MeetingId) -> Ticket | None:
        """The cookie that ``?as=`` names, or the only one of this meeting."""
        cookies = self._reception.cookies
        named = request.query.get("as")
        handles = [named] if named else cookies.any_handles(request)
        tickets = [
            ticket
            for each in handles
            if LINK_ID.fullmatch(each)
            and (ticket := cookies.read(request, each, meeting))
            and ticket.meeting == meeting
        ]
        return tickets[0] if len(tickets) == 1 else None

    def no_link(self, lang: str, status: int) -> web.Response:
        """The same page for every reason: nothing can be learned from it."""
        return self._drawing.page("nolink.html", lang, screen="front", status=status)

    async def _leave(self, request: web.Request) -> web.Response:
        return self._drawing.page(
            "leave.html",
            self.language(request),
            screen="front",
            handle=request.query.get("as", ""),
        )

    async def _left(self, request: web.Request) -> web.Response:
        same_site(request)
        cookies = self._reception.cookies
        named = request.query.get("as", "")
        handles = [named] if LINK_ID.fullmatch(named) else cookies.any_handles(request)
        response = web.Response(status=303, headers={"Location": "/"})
        for each in handles:
            cookies.clear(response, each)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    async def _locale(self, request: web.Request) -> web.StreamResponse:
        served = self._catalogues.served(
            request.match_info["lang"], request.match_info["hash"]
        )
        if served is None:
            raise web.HTTPNotFound()
        return served.response(request)


def _plain(you: Any) -> dict[str, Any]:
    return {name: getattr(you, name) for name in you.__struct_fields__}


def preferred(accept: str, languages: tuple[str, ...]) -> str:
    """The first of *languages* by an ``Accept-Language`` header; else English."""
    weighted: list[tuple[float, int, str]] = []
    for index, part in enumerate(accept[:200].split(",")):
        name, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            continue
        weighted.append((-quality, index, name.split("-")[0].lower()))
    found = (name for _, _, name in sorted(weighted) if name in languages)
    return next(found, "en")
