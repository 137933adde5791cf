"""Signed cookies: one for each link that a browser has joined with.

The name ends in the link's id and begins with a mark of the meeting, so that one
browser can be console, pad and log of several meetings at once. That pair is called
the link's *handle*.
"""

import hashlib

from aiohttp import web
from itsdangerous import BadSignature, URLSafeSerializer
from msgspec import Struct, ValidationError, convert, to_builtins

from rostra.core.ids import LinkId, MeetingId
from rostra.web.identity import Identity, Keys

PREFIX = "rostra_"
#: A meeting may last some days; what ends a session is the link (DESIGN).
MAX_AGE_S = 30 * 24 * 3600


class Ticket(Struct, frozen=True, kw_only=True):
    """What a cookie holds: the link as it was, the device, and its language."""

    meeting: str
    link: str
    generation: int
    device_id: str
    name: str
    lang: str


def handle_of(meeting: MeetingId, link: LinkId) -> str:
    """How a page names one of the browser's cookies: at most 40 characters."""
    return f"{hashlib.sha256(meeting.encode()).hexdigest()[:6]}.{link}"


class Cookies:
    """Reads and writes the cookies of sessions."""

    def __init__(self, keys: Keys, *, secure: bool) -> None:
        self._sign = URLSafeSerializer(
            keys.cookies,
            salt="session",
            signer_kwargs={"digest_method": hashlib.sha256},
        )
        self._secure = secure
        self._prefix = f"__Host-{PREFIX}" if secure else PREFIX

    def name(self, handle: str) -> str:
        """The cookie's name. ``__Host-`` only by https: else browsers drop it."""
        return self._prefix + handle

    def write(self, response: web.StreamResponse, identity: Identity) -> None:
        """Let the browser keep *identity*."""
        ticket = Ticket(
            meeting=identity.meeting,
            link=identity.link,
            generation=identity.generation,
            device_id=identity.device_id,
            name=identity.device,
            lang=identity.lang,
        )
        response.set_cookie(
            self.name(handle_of(identity.meeting, identity.link)),
            self._sign.dumps(to_builtins(ticket)),
            max_age=MAX_AGE_S,
            path="/",
            httponly=True,
            secure=self._secure,
            samesite="Lax",
        )

    def clear(self, response: web.StreamResponse, handle: str) -> None:
        """Let the browser forget one session."""
        response.del_cookie(
            self.name(handle), path="/", secure=self._secure, httponly=True
        )

    def read(
        self, request: web.BaseRequest, name: str, meeting: MeetingId | None = None
    ) -> Ticket | None:
        """The ticket that *name* stands for, a handle or a link's bare id."""
        handle = handle_of(meeting, LinkId(name)) if meeting else name
        return self._ticket(request, handle) or self._ticket(request, name)

    def any_handles(self, request: web.BaseRequest) -> list[str]:
        """Every handle for which the browser sent a cookie."""
        start = len(self._prefix)
        return [
            name[start:] for name in request.cookies if name.startswith(self._prefix)
        ]

    def _ticket(self, request: web.BaseRequest, handle: str) -> Ticket | None:
        value = request.cookies.get(self.name(handle))
        if value is None:
            return None
        try:
            ticket = convert(self._sign.loads(value), Ticket)
        except (BadSignature, ValidationError):
            return None
        # A cookie's value counts only under its own name.
        own = handle_of(MeetingId(ticket.meeting), LinkId(ticket.link))
        return ticket if own == handle else None
