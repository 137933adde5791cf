"""Who makes an HTTP request: a bearer token, or the cookie of a page."""

import asyncio

from aiohttp import web

from rostra.core.ids import MeetingId
from rostra.protocol.messages import MAX_FRAME
from rostra.web import strict_json
from rostra.web.addresses import Addresses
from rostra.web.errors import ApiError
from rostra.web.halls import Hall
from rostra.web.identity import MEETING_ID, Identity, still_valid
from rostra.web.reception import Reception

#: Names the link whose cookie counts; "join" before there is one. No form of a
#: foreign page can send it.
LINK_HEADER = "X-Rostra-Link"
JSON = "application/json"
#: A body is small; one that takes longer is not coming.
BODY_S = 10
#: Who may speak to this host.
ADDRESSES = web.AppKey("addresses", Addresses)
#: A pasted list of speakers is the longest thing that is taken.
LONGEST_BODY = 131_072


def unauthorized() -> ApiError:
    """The one answer to whoever has no right here, whatever the reason."""
    return ApiError(
        401,
        "Unauthorized",
        "A link to this meeting is needed.",
        code="unauthorized",
        headers={"WWW-Authenticate": "Bearer"},
    )


async def caller(request: web.Request, reception: Reception) -> tuple[Hall, Identity]:
    """The hall of the meeting in the path, and who asks. Raises ``ApiError`` 401."""
    meeting = MeetingId(request.match_info["meeting"])
    if not MEETING_ID.fullmatch(meeting):
        raise unauthorized()
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    found: tuple[Hall, Identity] | None
    if scheme.lower() == "bearer":
        found = await holder(request, reception, token.strip())
    else:
        found = await _by_cookie(request, reception, meeting)
    if found is None or found[1].meeting != meeting:
        raise unauthorized()
    return found


async def holder(
    request: web.Request, reception: Reception, token: str
) -> tuple[Hall, Identity]:
    """Who holds *token*. Raises ``ApiError``: 401, or 503 after too many wrong ones."""
    found = await reception.by_token(token)
    if found is not None:
        # whoever guesses behind the same address does not keep a holder out
        return found
    if reception.tries(request).take(reception.clock()):
        raise ApiError(503, "Service Unavailable", headers={"Retry-After": "5"})
    raise unauthorized()


def still_here(hall: Hall, identity: Identity) -> None:
    """Refuse one whose link was withdrawn while the body was on its way."""
    if not still_valid(identity, hall.room.meeting, hall.room.now()):
        raise unauthorized()


def slowly(request: web.Request, reception: Reception, identity: Identity) -> None:
    """Refuse one who reads more often than a person or a program needs to."""
    if reception.read_bucket(request, identity).take(reception.clock()):
        raise ApiError(503, "Service Unavailable", headers={"Retry-After": "1"})


async def _by_cookie(
    request: web.Request, reception: Reception, meeting: MeetingId
) -> tuple[Hall, Identity] | None:
    named = request.headers.get(LINK_HEADER)
    if request.method not in ("GET", "HEAD"):
        from_our_page(request)
    elif named is None:
        named = request.query.get("as")
    if named is None:
        return None
    ticket = reception.cookies.read(request, named, meeting)
    return await reception.by_ticket(ticket) if ticket else None


def from_our_page(request: web.Request) -> None:
    """Refuse a request that changes something unless a script of ours made it."""
    same_site(request)
    if LINK_HEADER not in request.headers:
        raise ApiError(403, "Forbidden", f"The header {LINK_HEADER} is missing.")


def same_site(request: web.Request) -> None:
    """Refuse a request that another site's page caused."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    foreign = origin is not None and not request.app[ADDRESSES].origin_allowed(
        origin, request.host
    )
    if foreign or site not in ("same-origin", "none"):
        raise ApiError(403, "Forbidden", "Not from a page of this server.")


async def json_body(request: web.Request, at_most: int = MAX_FRAME) -> object:
    """The body as strict JSON of *at_most* so many bytes. Raises ``ApiError``."""
    if request.content_type != JSON:
        raise ApiError(415, "Unsupported Media Type", f"Send {JSON}.")
    try:
        async with asyncio.timeout(BODY_S):
            body = await request.read()
    except TimeoutError:
        raise ApiError(408, "Request Timeout") from None
    if len(body) > at_most:
        raise ApiError(413, "Content Too Large", f"At most {at_most} bytes.")
    try:
        return strict_json.loads(body.decode())
    except (strict_json.BadJson, UnicodeDecodeError):
        raise ApiError(400, "Bad Request", "Not JSON.", code="malformed") from None
