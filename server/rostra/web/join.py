"""Joining: from a link's token to a cookie, by a button and never by a GET.

Mail scanners open every link; the token stays in the fragment, which they do not send.
"""

import secrets
from typing import Annotated, Any

import msgspec
from aiohttp import web
from msgspec import Meta, Struct, structs

from rostra.core.ids import Code
from rostra.web.callers import from_our_page, holder, json_body
from rostra.web.cookies import handle_of
from rostra.web.errors import ApiError
from rostra.web.halls import Hall
from rostra.web.identity import Identity
from rostra.web.reception import DEVICE_LENGTH, Reception, clean_name
from rostra.web.screens import HOME, LAYOUT

Token = Annotated[str, Meta(max_length=200)]


class Preview(Struct, frozen=True, forbid_unknown_fields=True):
    """Asks who one is about to be."""

    token: Token
    lang: Annotated[str, Meta(max_length=8)] = "en"


class Join(Struct, frozen=True, forbid_unknown_fields=True):
    """Exchanges a token for a cookie. ``device`` is the name it gives itself."""

    token: Token
    device: Annotated[str, Meta(max_length=DEVICE_LENGTH)] = ""
    lang: Annotated[str, Meta(max_length=8)] = "en"


class Joining:
    """The two routes of the page ``/join``."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.post("/api/v1/join/preview", self._preview),
            web.post("/join", self._join),
        ]

    async def _preview(self, request: web.Request) -> web.Response:
        from_our_page(request)
        asked = await _read(request, Preview)
        hall, identity = await self._holder(request, asked.token)
        meeting = hall.room.meeting
        speech = self._reception.speech(meeting, self._reception.language(asked.lang))
        body: dict[str, Any] = {
            "meeting": meeting.id,
            "title": meeting.programme.title,
            "theme": meeting.programme.theme,
            "event": meeting.programme.event,
            "starts_at": meeting.planned.starts_at,
            "ends_at": meeting.planned.ends_at,
            "zone": meeting.programme.zone,
            "role": identity.role,
            "screen": HOME[identity.role],
            "layout": LAYOUT.get(identity.role),
            "delegation": identity.delegation,
            "name": _name(identity.delegation, speech.name),
            "label": meeting.links[identity.link].label,
            "questions": meeting.programme.questions,
        }
        return web.json_response(body)

    async def _join(self, request: web.Request) -> web.Response:
        from_our_page(request)
        asked = await _read(request, Join)
        _, identity = await self._holder(request, asked.token)
        identity = structs.replace(
            identity,
            device_id=secrets.token_hex(8),
            device=clean_name(asked.device),
            lang=self._reception.language(asked.lang),
        )
        handle = handle_of(identity.meeting, identity.link)
        screen = HOME[identity.role]
        url = f"/m/{identity.meeting}/{screen}?as={handle}"
        response = web.json_response({"url": url})
        self._reception.cookies.write(response, identity)
        return response

    async def _holder(self, request: web.Request, token: str) -> tuple[Hall, Identity]:
        return await holder(request, self._reception, token)


def _name(code: Code | None, name: Any) -> str | None:
    return name(code) if code is not None else None


async def _read(request: web.Request, kind: type[Any]) -> Any:
    try:
        return msgspec.convert(await json_body(request), kind)
    except msgspec.ValidationError:
        raise ApiError(
            400, "Bad Request", "Not what this asks for.", code="malformed"
        ) from None
