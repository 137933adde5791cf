"""REST under ``/api/v1``: the same commands and the same state as over sockets."""

from collections.abc import Sequence
from typing import Any, get_args

import msgspec
from aiohttp import web

from rostra.core import views
from rostra.core.ids import LinkId, ListId, Modifier, Policy
from rostra.core.limits import outlook
from rostra.core.meeting import Meeting, SpeakerList
from rostra.core.names import recognise
from rostra.core.preview import preview
from rostra.core.refusals import RefusalCode
from rostra.engine.room import Room
from rostra.protocol.brief import brief_mine
from rostra.protocol.commit import chain_mark
from rostra.protocol.messages import MAX_FRAME, Answer, No, Ok, Wait
from rostra.protocol.schema import wire_schema
from rostra.web import qr
from rostra.web.callers import (
    LONGEST_BODY,
    caller,
    json_body,
    slowly,
    still_here,
)
from rostra.web.errors import ApiError, problem
from rostra.web.halls import Hall
from rostra.web.identity import Identity, join_url
from rostra.web.log_csv import log_csv
from rostra.web.reception import Reception
from rostra.web.session import you
from rostra.web.submit import Malformed, malformed, no, parse, refusal_of, settle

#: What is refused because of the role, and because of the moment; the rest is 422.
OF_THE_ROLE = frozenset({"not_permitted", "not_your_delegation", "no_gavel"})
OF_THE_MOMENT = frozenset(
    {
        "stale",
        "expired",
        "id_reused",
        "not_kept",
        "nothing_to_undo",
        "undo_too_late",
        "undo_overtaken",
    }
)
_TITLES = {
    400: "Bad Request",
    403: "Forbidden",
    409: "Conflict",
    422: "Unprocessable Content",
    500: "Internal Server Error",
    503: "Service Unavailable",
}
CODES: tuple[str, ...] = get_args(RefusalCode)
POLICIES: tuple[Policy, ...] = get_args(Policy)
MODIFIERS: tuple[Modifier, ...] = get_args(Modifier)


def status_of(code: str) -> int:
    """The HTTP status of a refusal."""
    if code in OF_THE_ROLE:
        return 403
    if code in OF_THE_MOMENT:
        return 409
    return {"malformed": 400, "internal": 500, "read_only": 503}.get(code, 422)


def response_of(answer: Answer) -> web.Response:
    """An answer as HTTP has it."""
    match answer:
        case Ok():
            return _json(answer)
        case No(code, message, current):
            status = status_of(code)
            return problem(
                status,
                _TITLES[status],
                message,
                outcome="no",
                code=code,
                message=message,
                current=current,
            )
        case Wait(retry_ms):
            response = problem(
                503,
                _TITLES[503],
                outcome="wait",
                retry_ms=retry_ms,
            )
            response.headers["Retry-After"] = str(max(1, -(-retry_ms // 1000)))
            return response


class Api:
    """The routes and what they answer."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._schema = msgspec.json.encode(wire_schema())

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        one = "/api/v1/meetings/{meeting}"
        return [
            web.get("/api/v1/schema.json", self._get_schema),
            web.get(one, self._meeting),
            web.post(f"{one}/commands", self._command),
            web.get(f"{one}/log", self._log),
            web.get(f"{one}/log.json", self._log_json),
            web.get(f"{one}/log.csv", self._log_csv),
            web.post(f"{one}/recognise", self._recognise),
            web.get(f"{one}/links/{{link}}", self._link),
            web.get(f"{one}/limit", self._limit),
            web.get(f"{one}/preview", self._preview),
        ]

    async def _reader(self, request: web.Request) -> tuple[Hall, Identity]:
        found = await caller(request, self._reception)
        slowly(request, self._reception, found[1])
        return found

    async def _get_schema(self, request: web.Request) -> web.Response:
        return web.Response(body=self._schema, content_type="application/schema+json")

    async def _meeting(self, request: web.Request) -> web.Response:
        hall, identity = await self._reader(request)
        return _json(state_of(hall, identity, whole=True))

    async def _command(self, request: web.Request) -> web.Response:
        hall, identity = await caller(request, self._reception)
        room = hall.room
        speech = self._reception.speech(room.meeting, _language(request, identity))
        if wait_ms := self._reception.command_bucket(identity).take(
            self._reception.clock()
        ):
            return response_of(Wait(wait_ms))
        try:
            command = parse(await json_body(request, _longest(identity)))
        except Malformed as error:
            return response_of(malformed(error.field, speech))
        still_here(hall, identity)
        key = request.headers.get("Idempotency-Key")
        if key is not None and key.strip('"') != command.id:
            raise ApiError(
                422,
                _TITLES[422],
                "Idempotency-Key is not the command's id.",
                outcome="no",
                code="malformed",
            )
        if refusal := refusal_of(command, identity):
            return response_of(no(refusal, speech))
        return response_of(await settle(room, command, identity, speech))

    async def _log(self, request: web.Request) -> web.Response:
        hall, identity = await self._reader(request)
        rows = _rows(hall.room, identity, request)
        room = hall.room
        body = {"epoch": room.epoch, "seq": room.meeting.seq, "rows": rows}
        return _json(body)

    async def _log_json(self, request: web.Request) -> web.Response:
        hall, identity = await self._reader(request)
        meeting = hall.room.meeting
        body = {
            "meeting": meeting.id,
            "title": meeting.programme.title,
            "epoch": hall.room.epoch,
            "seq": meeting.seq,
            "chain": chain_mark(hall.room.head.hash),
            "rows": _rows(hall.room, identity, request),
        }
        return _download(_json(body), f"{meeting.id}-log.json")

    async def _log_csv(self, request: web.Request) -> web.Response:
        hall, identity = await self._reader(request)
        meeting = hall.room.meeting
        speech = self._reception.speech(meeting, _language(request, identity))
        rows = _rows(hall.room, identity, request)
        response = web.Response(
            body=log_csv(meeting, rows, speech, identity.audience),
            content_type="text/csv",
            charset="utf-8",
        )
        return _download(response, f"{meeting.id}-log.csv")

    async def _recognise(self, request: web.Request) -> web.Response:
        hall, identity = await caller(request, self._reception)
        _moderators_only(identity)
        body = await json_body(request, LONGEST_BODY)
        still_here(hall, identity)
        text = body.get("text") if isinstance(body, dict) else None
        if not isinstance(text, str):
            raise ApiError(400, _TITLES[400], "The field “text” is not right.")
        return _json({"found": recognise(hall.room.meeting, text)})

    async def _link(self, request: web.Request) -> web.Response:
        hall, identity = await caller(request, self._reception)
        _moderators_only(identity)
        meeting = hall.room.meeting
        link = meeting.links.get(LinkId(request.match_info["link"]))
        if link is None or link.revoked:
            raise ApiError(404, "Not Found", "There is no such link.")
        token = self._reception.keys.token(meeting.id, link)
        url = join_url(self._reception.settings.base, token)
        return _json({"url": url, "qr_svg": qr.svg(url)})

    async def _preview(self, request: web.Request) -> web.Response:
        hall, identity = await self._reader(request)
        _staff_only(identity)
        meeting = hall.room.meeting
        speakers = _list_of(meeting, request)
        policy = _words_of(request, "policy", POLICIES, [speakers.policy])
        modifiers = _words_of(request, "modifiers", MODIFIERS, speakers.modifiers)
        if len(policy) != 1:
            raise ApiError(400, _TITLES[400], "The field “policy” is not right.")
        return _json(preview(meeting, speakers.id, policy[0], modifiers))

    async def _limit(self, request: web.Request) -> web.Response:
        hall, identity = await self._reader(request)
        _staff_only(identity)
        room, meeting = hall.room, hall.room.meeting
        seconds = _whole(request, "seconds", 5, 36_000)
        speakers = _list_of(meeting, request)
        return _json(outlook(meeting, speakers, room.now(), seconds))


def state_of(hall: Hall, identity: Identity, *, whole: bool = False) -> dict[str, Any]:
    """What a page or a program begins with: the whole view of its audience.

    A page fills in what is usual; a program is told it (*whole*).
    """
    room, delegation = hall.room, identity.delegation
    mine = room.mine(delegation) if delegation is not None else None
    return {
        "epoch": room.epoch,
        "seq": room.meeting.seq,
        "chain": room.chain,
        "now": room.now(),
        "you": you(identity),
        "state": hall.state(identity.audience, whole=whole),
        "mine": mine if whole or mine is None else brief_mine(mine),
    }


def _rows(room: Room, identity: Identity, request: web.Request) -> list[dict[str, Any]]:
    after = _whole(request, "after", 0, 999_999_999) or 0
    return views.log(room.meeting, identity.audience, after)


def _whole(request: web.Request, field: str, least: int, most: int) -> int | None:
    """A whole number of the query; None where it was left out."""
    text = request.query.get(field)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ApiError(400, _TITLES[400], f"The field “{field}” is not right.")
    if not least <= int(text) <= most:
        raise ApiError(400, _TITLES[400], f"The field “{field}” is not right.")
    return int(text)


def _words_of(
    request: web.Request,
    field: str,
    known: tuple[Any, ...],
    default: Sequence[Any],
) -> tuple[Any, ...]:
    """Words of the query between commas, each of *known*."""
    text = request.query.get(field)
    if text is None:
        return tuple(default)
    words = tuple(each for each in text.split(",") if each)
    if not set(words) <= set(known):
        raise ApiError(400, _TITLES[400], f"The field “{field}” is not right.")
    return words


def _list_of(meeting: Meeting, request: web.Request) -> SpeakerList:
    """The list of speakers that the query names; the running segment's without."""
    running = meeting.segments[meeting.segment].list if meeting.segment else ""
    found = meeting.lists.get(ListId(request.query.get("list", running)))
    if found is None or found.purpose != "speakers":
        raise ApiError(404, "Not Found", "There is no such list.")
    return found


def _staff_only(identity: Identity) -> None:
    if identity.audience != "staff":
        raise ApiError(403, _TITLES[403], code="not_permitted")


def _longest(identity: Identity) -> int:
    """A list of four hundred, with names, is a moderator's command."""
    return LONGEST_BODY if identity.role == "moderator" else MAX_FRAME


def _moderators_only(identity: Identity) -> None:
    if identity.role != "moderator":
        raise ApiError(403, _TITLES[403], code="not_permitted")


def _language(request: web.Request, identity: Identity) -> str:
    return request.query.get("lang", identity.lang)


def _json(body: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(body), content_type="application/json")


def _download(response: web.Response, name: str) -> web.Response:
    """*name* is made of a meeting's id, which needs no encoding."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
