"""Lets people in: from what a connecting client says to a session of its meeting."""

import unicodedata

from aiohttp import web
from msgspec import ValidationError, convert, structs

from rostra.core.ids import Instant, LinkId, MeetingId, Role
from rostra.core.meeting import Meeting
from rostra.protocol.messages import PROTOCOL, Auth
from rostra.web.addresses import Addresses
from rostra.web.catalogue import Catalogues
from rostra.web.cookies import Cookies, Ticket
from rostra.web.fanout import Outlet
from rostra.web.halls import Hall, Halls
from rostra.web.identity import (
    Claim,
    Identity,
    Keys,
    identify,
    parse_token,
    still_valid,
)
from rostra.web.rates import Bucket, Buckets
from rostra.web.session import Clock, Session
from rostra.web.settings import WebSettings
from rostra.web.speech import MeetingSpeech

DEVICE_LENGTH = 80


class NotAdmitted(Exception):
    """Not let in. ``code`` is unauthorized, malformed or protocol; never why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Reception:
    """Knows links, cookies and halls; one for the whole server."""

    def __init__(
        self,
        settings: WebSettings,
        keys: Keys,
        halls: Halls,
        catalogues: Catalogues,
        clock: Clock,
    ) -> None:
        self.settings = settings
        self.limits = settings.limits
        self.build = settings.build
        self.name = settings.name
        self.keys = keys
        self.halls = halls
        self.catalogues = catalogues
        self.clock = clock
        self.cookies = Cookies(keys, secure=settings.https)
        self.addresses = Addresses(settings)
        self._buckets = Buckets(clock)

    def spread_ms(self, identity: Identity) -> int:
        """Moderators come back at once."""
        return 0 if identity.role == "moderator" else self.halls.spread_ms()

    def command_bucket(self, identity: Identity) -> Bucket:
        """One bucket for each link, however many devices it has on this server."""
        key = (identity.meeting, identity.link, identity.role)
        return self._buckets.bucket(key, self.limits.rate(identity.role))

    def read_bucket(self, request: web.BaseRequest, identity: Identity) -> Bucket:
        """One bucket for each link and address: a viewer's link is shared by many."""
        key = ("read", identity.meeting, identity.link, self.addresses.peer(request))
        return self._buckets.bucket(key, self.limits.read_rate)

    def document_bucket(
        self, request: web.BaseRequest, identity: Identity | None
    ) -> Bucket:
        """One bucket for each link and address, and one for those who need no link."""
        link = (identity.meeting, identity.link) if identity else None
        key = ("document", link, self.addresses.peer(request))
        return self._buckets.bucket(key, self.limits.document_rate)

    def tries(self, request: web.BaseRequest) -> Bucket:
        """The wrong tokens that the request's address may still try."""
        key = ("tries", self.addresses.peer(request))
        return self._buckets.bucket(key, self.limits.try_rate)

    def speech(self, meeting: Meeting, lang: str) -> MeetingSpeech:
        """Sentences for one reader."""
        return MeetingSpeech(meeting, lang, self.catalogues.translator(lang))

    def language(self, wanted: str, otherwise: str = "en") -> str:
        """*wanted* if there is a catalogue for it."""
        return wanted if wanted in self.settings.languages else otherwise

    async def admit(
        self, request: web.BaseRequest, outlet: Outlet, said: object
    ) -> Session:
        """The session of a client that says *said*. Raises :class:`NotAdmitted`."""
        try:
            auth = convert(said, Auth)
        except ValidationError:
            raise NotAdmitted("malformed") from None
        if auth.protocol != PROTOCOL:
            raise NotAdmitted("protocol")
        found = await self._known(request, auth)
        if found is None:
            raise NotAdmitted("unauthorized")
        hall, identity = found
        await hall.room.reach(auth.resume)
        return self.seat(hall, identity, outlet, auth)

    def seat(
        self,
        hall: Hall,
        identity: Identity,
        outlet: Outlet,
        auth: Auth,
        name: str | None = None,
    ) -> Session:
        """The session of one who is known, to staff by *name*; each time by another
        one where that is left out. Raises :class:`NotAdmitted`.
        """
        if hall.crowded(identity):
            raise NotAdmitted("too_many")
        identity = structs.replace(
            identity,
            lang=self.language(auth.lang),
            device=clean_name(auth.device or identity.device),
        )
        speech = self.speech(hall.room.meeting, identity.lang)
        return Session(
            self,
            identity,
            hall,
            outlet,
            speech=speech,
            resume=auth.resume,
            name=name,
        )

    async def by_token(self, token: str) -> tuple[Hall, Identity] | None:
        """Who holds *token*; the answer takes as long for a wrong one."""
        claim = parse_token(token)
        if claim is None:
            self.keys.verify(None, _NOBODY, _EVER)
            return None
        hall = await self.halls.hall(claim.meeting)
        meeting = hall.room.meeting if hall is not None else None
        now = hall.room.now() if hall is not None else _EVER
        link = self.keys.verify(meeting, claim, now)
        if hall is None or link is None:
            return None
        return hall, identify(hall.room.meeting, link)

    async def by_ticket(self, ticket: Ticket) -> tuple[Hall, Identity] | None:
        """Who joined with *ticket*, if that link is still what it was."""
        hall = await self.halls.hall(MeetingId(ticket.meeting))
        if hall is None:
            return None
        identity = _identity(ticket, hall.room.meeting)
        if not still_valid(identity, hall.room.meeting, hall.room.now()):
            return None
        return hall, identity

    async def _known(
        self, request: web.BaseRequest, auth: Auth
    ) -> tuple[Hall, Identity] | None:
        if auth.token is not None:
            return await self.by_token(auth.token)
        # A cookie is sent by the browser whoever asks; the Origin was checked before
        # the upgrade, and without one a cookie does not count.
        if auth.link is None or "Origin" not in request.headers:
            return None
        ticket = self.cookies.read(request, auth.link)
        return await self.by_ticket(ticket) if ticket else None


def clean_name(text: str) -> str:
    """A device's name without what is not seen: controls, directions, widths."""
    seen = (c for c in unicodedata.normalize("NFC", text) if not _hidden(c))
    return " ".join("".join(seen).split())[:DEVICE_LENGTH]


def _hidden(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char)[0] == "C"


_NOBODY = Claim(MeetingId(""), LinkId(""), "")
_EVER = Instant(0)


def _identity(ticket: Ticket, meeting: Meeting) -> Identity:
    link = meeting.links.get(LinkId(ticket.link))
    role: Role = link.role if link else "viewer"
    return Identity(
        meeting=meeting.id,
        link=LinkId(ticket.link),
        generation=ticket.generation,
        role=role,
        delegation=link.delegation if link else None,
        device_id=ticket.device_id,
        device=ticket.name,
        lang=ticket.lang,
    )
