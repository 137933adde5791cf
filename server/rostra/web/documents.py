"""The record over HTTP: documents for whoever may read them, and the public page.

A document says no more than the screen of who asks for it. It is printed by a process
beside the server (:mod:`rostra.web.press`), so that no room waits for one; the answer
comes when it is ready.
"""

import asyncio
from collections.abc import AsyncIterator

from aiohttp import web

from rostra.core import views
from rostra.core.ids import Audience, MeetingId
from rostra.core.roster import LANGUAGES
from rostra.engine.ports import Damaged, Unavailable
from rostra.engine.room import Room
from rostra.engine.rooms import Rooms
from rostra.protocol.commit import Commit
from rostra.record.forms import FORMS, FormName
from rostra.record.orders import Order
from rostra.record.page import POLICY
from rostra.record.proof import CLOSED_PARTS, ClosedPart, Export, RecordKey
from rostra.web.callers import caller
from rostra.web.catalogue import Translate
from rostra.web.errors import ApiError
from rostra.web.halls import Hall
from rostra.web.identity import MEETING_ID, Identity
from rostra.web.log_csv import log_csv
from rostra.web.pages import Pages
from rostra.web.press import Busy, NoPicture, NotPrinted, Press, TooSlow
from rostra.web.reception import Reception

#: From the one who sees least.
_AUDIENCES: tuple[Audience, ...] = ("public", "record", "staff")
#: Beside the documents: the log as a table, and the commits with their proof.
TABLE, COMMITS = "csv", "jsonl"
#: The public page asks for nothing and sends nothing.
PAGE_POLICY = f"{POLICY}; form-action 'none'; frame-ancestors 'none'"
#: So many lines of an export are made before others have their turn.
LINES = 50


class Documents:
    """``/api/v1/meetings/…/record`` and ``/m/…/record``."""

    def __init__(
        self,
        rooms: Rooms,
        reception: Reception,
        pages: Pages,
        record_key: RecordKey | None,
    ) -> None:
        self._rooms = rooms
        self._reception = reception
        self._catalogues = reception.catalogues
        self._pages = pages
        self._key = record_key
        self.press = Press(reception.settings)

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application, before the other pages of a meeting."""
        return [
            web.get("/api/v1/meetings/{meeting}/record", self._record),
            web.get("/m/{meeting}/record", self._page),
        ]

    # For those who hold a link

    async def _record(self, request: web.Request) -> web.Response:
        hall, identity = await caller(request, self._reception)
        self._not_too_often(request, identity)
        form = request.query.get("as", "")
        if form == COMMITS:
            return await self._commits(request, hall, identity)
        if "with" in request.query:
            raise _not_right("with")
        audience = _audience(request, identity)
        lang = request.query.get("lang", identity.lang)
        if lang not in LANGUAGES:
            raise _not_right("lang")
        if form == TABLE:
            return await self._table(hall.room, audience, lang)
        if form not in FORMS:
            raise _not_right("as")
        picture = request.query.get("picture", "") if form == "svg" else ""
        if form == "svg" and not picture:
            raise _not_right("picture")
        body = await self._printed(hall.room, form, audience, lang, picture)
        name = f"{identity.meeting}{_in(lang)}{f'-{picture}' if picture else ''}"
        made = FORMS[form]
        return _download(body, f"{name}{made.suffix}", made.media_type)

    def _not_too_often(
        self, request: web.Request, identity: Identity | None = None
    ) -> None:
        bucket = self._reception.document_bucket(request, identity)
        if wait_ms := bucket.take(self._reception.clock()):
            seconds = str(max(1, -(-wait_ms // 1000)))
            raise ApiError(503, "Service Unavailable", headers={"Retry-After": seconds})

    async def _table(self, room: Room, audience: Audience, lang: str) -> web.Response:
        meeting = room.meeting
        speech = self._reception.speech(meeting, lang)

        def made() -> bytes:
            return log_csv(meeting, views.log(meeting, audience), speech, audience)

        # hundreds of rows take longer than others should wait
        body = await asyncio.to_thread(made)
        name = f"{meeting.id}{_in(lang)}-log.csv"
        return _download(body, name, "text/csv; charset=utf-8")

    async def _printed(
        self, room: Room, form: FormName, audience: Audience, lang: str, picture: str
    ) -> bytes:
        """Raises ApiError with a sentence in *lang*."""
        tr = self._catalogues.translator(lang)
        words = await asyncio.to_thread(self._catalogues.vocabulary, lang)
        order = Order(
            form=form,
            audience=audience,
            language=lang,
            vocabulary=words,
            picture=picture,
        )
        seq, mark = room.meeting.seq, room.head.hash
        state = (room.meeting_id, seq, mark)
        try:
            return await self.press.printed(
                state, order, lambda: self._until(room.meeting_id, seq)
            )
        except NoPicture:
            said = tr("There is no such picture in this record, or it is not public.")
            raise ApiError(404, "Not Found", said, code="no_picture") from None
        except Busy:
            said = tr("Too many documents are being written. Try again in a minute.")
            raise _later(said) from None
        except TooSlow:
            said = tr(
                "The document took too long and was given up. Try again when the "
                "server has less to do, or take another form."
            )
            raise ApiError(504, "Gateway Timeout", said, code="too_slow") from None
        except NotPrinted:
            said = tr(
                "The document could not be written. The server's log says why; take"
                " another form meanwhile."
            )
            title = "Internal Server Error"
            raise ApiError(500, title, said, code="not_printed") from None
        except Unavailable:
            raise _later(_unread(tr)) from None

    async def _until(self, meeting: MeetingId, seq: int) -> AsyncIterator[Commit]:
        """The history up to commit *seq*, or to where it can be read."""
        try:
            async for commit in self._rooms.commits(meeting):
                yield commit
                if commit.seq >= seq:
                    return
        except Damaged:
            return

    async def _commits(
        self, request: web.Request, hall: Hall, identity: Identity
    ) -> web.Response:
        """The history with its proof: also what never was public happened in it."""
        if identity.role != "moderator" or self._key is None:
            raise ApiError(403, "Forbidden", code="not_permitted")
        room = hall.room
        export, lines = Export(room.meeting_id, _parts(request)), []
        try:
            async for commit in self._until(room.meeting_id, room.meeting.seq):
                lines.append(export.line(commit))
                if commit.seq % LINES == 0:
                    await asyncio.sleep(0)
        except Unavailable:
            said = _unread(self._catalogues.translator(identity.lang))
            raise _later(said) from None
        body = "".join([*lines, export.head(self._key)]).encode()
        return _download(body, f"{identity.meeting}.jsonl", "application/jsonl")

    # For everybody

    async def _page(self, request: web.Request) -> web.Response:
        """The page of a finished meeting, once it is public; else as of no meeting."""
        name = request.match_info["meeting"]
        if not MEETING_ID.fullmatch(name):
            raise web.HTTPNotFound()
        try:
            return await self._drawn(request, MeetingId(name))
        except ApiError as error:
            # a person reads it
            again = error.more.get("headers", {"Retry-After": "10"})
            raise web.HTTPServiceUnavailable(headers=again) from None

    async def _drawn(self, request: web.Request, name: MeetingId) -> web.Response:
        self._not_too_often(request)
        hall = await self._reception.halls.hall(name)
        if hall is None or not _public(hall.room):
            raise web.HTTPNotFound()
        room = hall.room
        wanted = request.query.get("lang", "")
        lang = wanted if wanted in LANGUAGES else self._pages.language(request)
        tag = f"{room.head.hash.hex()[:24]}-{lang}-{self._reception.build}"
        headers = {
            "Content-Security-Policy": PAGE_POLICY,
            # kept, and asked about each time: it may be taken back
            "Cache-Control": "no-cache",
            "Vary": "Accept-Language",
            "ETag": f'"{tag}"',
        }
        if any(each.value in (tag, "*") for each in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
        body = await self._printed(room, "html", "public", lang, "")
        headers["Content-Type"] = FORMS["html"].media_type
        response = web.Response(body=body, headers=headers)
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            response.enable_compression(web.ContentCoding.gzip)
        return response


def _public(room: Room) -> bool:
    meeting = room.meeting
    return "page" in meeting.published and meeting.state in ("rose", "archived")


def _audience(request: web.Request, identity: Identity) -> Audience:
    """The caller's own, or one that sees less, which ``for`` names."""
    own = identity.audience
    wanted = request.query.get("for", own)
    if wanted not in _AUDIENCES:
        raise _not_right("for")
    if _AUDIENCES.index(wanted) > _AUDIENCES.index(own):
        raise ApiError(403, "Forbidden", code="not_permitted")
    return wanted


def _parts(request: web.Request) -> tuple[ClosedPart, ...]:
    named = {each for each in request.query.get("with", "").split(",") if each}
    if not named <= set(CLOSED_PARTS):
        raise _not_right("with")
    return tuple(part for part in CLOSED_PARTS if part in named)


def _in(lang: str) -> str:
    return "" if lang == "en" else f"-{lang}"


def _not_right(field: str) -> ApiError:
    return ApiError(400, "Bad Request", f"The field “{field}” is not right.")


def _later(said: str) -> ApiError:
    return ApiError(
        503, "Service Unavailable", said, code="busy", headers={"Retry-After": "10"}
    )


def _unread(tr: Translate) -> str:
    return tr("The record cannot be read at the moment. Try again in a minute.")


def _download(body: bytes, name: str, media_type: str) -> web.Response:
    """*name* is made of a meeting's id and our own words, which need no encoding."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Type": media_type,
    }
    return web.Response(body=body, headers=headers)
