"""The slow lane: the events of a meeting over plain HTTP, for networks that do not let
WebSocket through.

`GET …/events` is a stream of events, or with `wait` a long poll: it is answered as soon
as there is something, with a body that is whole. A client that polls, or that wants to
be missed when it is gone, names itself by an id of its own making (`client`); `n` is
how many of its polls it had an answer to, so that one that was lost on the way is made
good from `after`. Sessions are those of the sockets. Commands go to `…/commands`.

Of several servers any may be asked next. One that has not given the last answer goes on
from `after` without a word, and tells what is other than the client says it was told
(`word`) or holds to be there (`here`).
"""

import hashlib
import re
from typing import Any, Final, NamedTuple

from aiohttp import web
from msgspec import ValidationError, convert

from rostra.core.ids import LinkId, MeetingId
from rostra.protocol.messages import PROTOCOL, Auth, Bye, TimeAnswer
from rostra.web import frames
from rostra.web.callers import LINK_HEADER, caller, same_site, slowly
from rostra.web.errors import ApiError
from rostra.web.event_stream import EventStream
from rostra.web.frames import Frame
from rostra.web.halls import Hall
from rostra.web.identity import Identity
from rostra.web.mailbox import Mailbox
from rostra.web.rates import Bucket
from rostra.web.reception import NotAdmitted, Reception
from rostra.web.session import Session, Told

STREAM: Final = "text/event-stream"
_CLIENT = re.compile(r"[\w-]{16,64}", re.ASCII)
_AFTER = re.compile(r"([\w-]{1,40})\.(\d{1,15})\.([\w-]{1,64})", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_MOST: Final = 999_999_999
_WORD = re.compile(r"u?s?", re.ASCII)
#: Says that the server that was asked is the one by which the client listens.
HERE_HEADER: Final = "X-Rostra-Here"
#: A body of so many bytes is worth compressing.
WORTH_IT: Final = 1024

Key = tuple[MeetingId, str]


class Guest:
    """One client that named itself: what it listens by, and how often it asks."""

    def __init__(self, outlet: EventStream | Mailbox, bucket: Bucket) -> None:
        self.outlet = outlet
        self.bucket = bucket


class Visit(NamedTuple):
    """A request for events, and who makes it."""

    request: web.Request
    key: Key | None
    hall: Hall
    identity: Identity
    auth: Auth


class SlowLane:
    """The routes, and the clients that have named themselves."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._limits = reception.limits
        self._guests: dict[Key, Guest] = {}

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        one = "/api/v1/meetings/{meeting}"
        return [
            web.get(f"{one}/events", self._events, allow_head=False),
            web.get(f"{one}/time", self._time, allow_head=False),
        ]

    async def _events(self, request: web.Request) -> web.StreamResponse:
        if self._reception.halls.closing:
            raise ApiError(503, "Service Unavailable", headers={"Retry-After": "1"})
        key = _key(request)
        wait_s = _whole(request, "wait", self._limits.poll_s)
        try:
            hall, identity = await self._caller(request)
        except ApiError:
            # withdrawn between two polls: who knows the id is told so
            if key is not None and (farewell := await self._farewell(request, key)):
                return _events_of(farewell)
            raise
        auth = _auth(request, identity)
        await hall.room.reach(auth.resume)
        visit = Visit(request, key, hall, identity, auth)
        accepts = request.headers.get("Accept", "")
        if wait_s is None and STREAM in accepts:
            return await self._stream(visit)
        return await self._poll(visit, wait_s or 0)

    async def _time(self, request: web.Request) -> web.Response:
        hall, identity = await self._caller(request)
        key = _key(request)
        guest = self._guest(key, identity)
        if guest is None:
            slowly(request, self._reception, identity)
        else:
            self._often(guest)
            guest.outlet.heard()
        answer = TimeAnswer(hall.room.now())
        return web.Response(
            body=frames.encode(answer),
            content_type="application/json",
            headers={HERE_HEADER: "1"} if guest is not None else {},
        )

    async def _caller(self, request: web.Request) -> tuple[Hall, Identity]:
        """Who asks; a page of another site does not, whatever cookie it has sent."""
        if "Authorization" not in request.headers:
            same_site(request)
        return await caller(request, self._reception)

    async def _stream(self, visit: Visit) -> web.StreamResponse:
        key = visit.key
        slowly(visit.request, self._reception, visit.identity)
        self._guest(key, visit.identity)
        outlet = EventStream(visit.request, self._limits)
        guest = self._welcome(key, outlet)
        try:
            session = self._seat(visit, outlet)
            return await outlet.serve(session, signs=key is not None)
        finally:
            self._forget(key, guest)

    async def _poll(self, visit: Visit, wait_s: int) -> web.Response:
        answers = _whole(visit.request, "n", _MOST) or 0
        guest = self._guest(visit.key, visit.identity)
        if guest is not None:
            self._often(guest)
        box = guest.outlet if guest is not None else None
        if not isinstance(box, Mailbox) or not 0 < answers == box.answers:
            box = self._let_in(visit, answers, box)
        try:
            return _events_of(await box.take(wait_s, lambda: _there(visit.request)))
        finally:
            if visit.key is None:
                box.leave()

    def _let_in(
        self, visit: Visit, answers: int, before: EventStream | Mailbox | None
    ) -> Mailbox:
        """A session for one who begins to poll, has missed an answer, or had the last
        one of another server. *before* is what it listened by here.
        """
        told = _told(visit) if answers > 0 and _goes_on(visit) else None
        if before is None or told is None:
            slowly(visit.request, self._reception, visit.identity)
        key = visit.key
        box = Mailbox(self._limits, answers=answers, once=key is None)
        if isinstance(before, Mailbox):
            box.answered = before.answered
        guest = self._welcome(key, box)
        try:
            session = self._seat(visit, box)
        except ApiError:
            self._forget(key, guest)
            raise
        box.begin(session, lambda: self._forget(key, guest), told)
        return box

    def _seat(self, visit: Visit, outlet: EventStream | Mailbox) -> Session:
        _, key, hall, identity, auth = visit
        name = _name(identity, key[1]) if key is not None else None
        try:
            return self._reception.seat(hall, identity, outlet, auth, name)
        except NotAdmitted as refused:
            raise ApiError(503, "Service Unavailable", code=refused.code) from None

    def _welcome(self, key: Key | None, outlet: EventStream | Mailbox) -> Guest:
        """Listens by *outlet* from now on, and by nothing else any more."""
        limits, clock = self._limits, self._reception.clock
        found = self._guests.get(key) if key is not None else None
        if found is not None:
            found.outlet.leave()
        bucket = found.bucket if found else Bucket(limits.time_rate, clock())
        guest = Guest(outlet, bucket)
        if key is not None:
            self._guests[key] = guest
        return guest

    def _forget(self, key: Key | None, guest: Guest) -> None:
        if key is not None and self._guests.get(key) is guest:
            del self._guests[key]

    def _guest(self, key: Key | None, identity: Identity) -> Guest | None:
        """The client of that id, if it is this one's."""
        guest = self._guests.get(key) if key is not None else None
        session = guest.outlet.session if guest is not None else None
        if session is None:
            return None
        if session.identity.link != identity.link:
            raise ApiError(403, "Forbidden", "This id is somebody else's.")
        return guest

    def _often(self, guest: Guest) -> None:
        if guest.bucket.take(self._reception.clock()):
            raise ApiError(503, "Service Unavailable", headers={"Retry-After": "1"})

    async def _farewell(self, request: web.Request, key: Key) -> list[Frame]:
        guest = self._guests.get(key)
        if guest is None:
            # it was let in by another server, which may have had no chance to say so
            began = _whole(request, "n", _MOST)
            return await self._withdrawn(request) if began else []
        if not isinstance(guest.outlet, Mailbox):
            return []
        return await guest.outlet.take(0, lambda: True) if guest.outlet.over else []

    async def _withdrawn(self, request: web.Request) -> list[Frame]:
        """The goodbye to a page whose link was good once, and is not any more."""
        meeting = MeetingId(request.match_info["meeting"])
        named = request.headers.get(LINK_HEADER, "")
        ticket = self._reception.cookies.read(request, named, meeting)
        hall = await self._reception.halls.hall(meeting)
        if ticket is None or hall is None:
            return []
        link = hall.room.meeting.links.get(LinkId(ticket.link))
        if link is None:
            return []
        withdrawn = link.revoked or link.generation != ticket.generation
        return [frames.event("bye", Bye("revoked" if withdrawn else "expired", None))]


def _goes_on(visit: Visit) -> bool:
    """Whether the client's state can go on from where it stands."""
    room, auth = visit.hall.room, visit.auth
    return room.since(visit.identity.audience, auth.resume).reason is None


def _told(visit: Visit) -> Told:
    """What the client of *visit* says it knows beside the meeting."""
    query = visit.request.query
    word, here = query.get("word"), query.get("here")
    if word is not None and not _WORD.fullmatch(word):
        raise _wrong("word")
    told = ("u" in word, "s" in word) if word is not None else visit.hall.fanout.word
    return Told(told, _whole(visit.request, "here", _MOST) if here else None)


def _name(identity: Identity, client: str) -> str:
    """How staff is told of one that names itself: the same on every server."""
    said = f"{identity.meeting}\n{identity.link}\n{client}".encode()
    return hashlib.sha256(said).hexdigest()[:12]


def _there(request: web.Request) -> bool:
    transport = request.transport
    return transport is not None and not transport.is_closing()


def _events_of(letters: list[Frame]) -> web.Response:
    """The whole body of a poll's answer."""
    events = [b'["%b",%b]' % (each.name.encode(), each.body) for each in letters]
    body = b'{"events":[%b]}' % b",".join(events)
    response = web.Response(body=body, content_type="application/json")
    if len(body) > WORTH_IT:
        response.enable_compression()
    return response


def _wrong(field: str) -> ApiError:
    return ApiError(400, "Bad Request", f"The field “{field}” is not right.")


def _whole(request: web.Request, field: str, most: int) -> int | None:
    text = request.query.get(field)
    if text is None:
        return None
    if not _WHOLE.fullmatch(text) or int(text) > most:
        raise _wrong(field)
    return int(text)


def _key(request: web.Request) -> Key | None:
    client = request.query.get("client")
    if client is None:
        return None
    if not _CLIENT.fullmatch(client):
        raise _wrong("client")
    return MeetingId(request.match_info["meeting"]), client


def _auth(request: web.Request, identity: Identity) -> Auth:
    """What a client says of itself at connecting, out of the query."""
    query = request.query
    said: dict[str, Any] = {"lang": identity.lang}
    said |= {name: query[name] for name in ("build", "lang", "device") if name in query}
    if _whole(request, "protocol", 999) not in (None, PROTOCOL):
        raise ApiError(409, "Conflict", code="protocol")
    said["protocol"] = PROTOCOL
    # browsers and libraries give the last id back by this header
    after = query.get("after", request.headers.get("Last-Event-ID", ""))
    if after:
        found = _AFTER.fullmatch(after)
        if found is None:
            raise _wrong("after")
        epoch, seq, chain = found.groups()
        said["resume"] = {"epoch": epoch, "seq": int(seq), "chain": chain}
    try:
        return convert(said, Auth)
    except ValidationError:
        raise ApiError(400, "Bad Request", code="malformed") from None
