"""One funnel from whatever was raised to what the person or the program is told."""

import errno
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from rostra.web.identity import redacted

log = logging.getLogger(__name__)

PROBLEM = "application/problem+json"
#: What is asked for by programs and scripts; everything else is a page.
_FOR_PROGRAMS = (
    "/api/",
    "/socket.io/",
    "/rosters/",
    "/locales/",
    "/static/",
    "/metrics",
)

ErrorPage = Callable[[web.Request, int], Awaitable[web.Response] | web.Response]


class ApiError(Exception):
    """Raised by the API: becomes ``application/problem+json``."""

    def __init__(self, status: int, title: str, detail: str = "", **more: Any) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.detail = detail
        self.more = more


def problem(status: int, title: str, detail: str = "", **more: Any) -> web.Response:
    """A problem as RFC 9457 has it; *more* are members of our own."""
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        **more,
    }
    return web.Response(
        status=status, body=msgspec.json.encode(body), content_type=PROBLEM
    )


def funnel(page: ErrorPage) -> Middleware:
    """The outermost middleware; *page* draws an error for people."""

    @web.middleware
    async def catch(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            response = await handler(request)
        except ApiError as error:
            more = dict(error.more)
            headers = more.pop("headers", {})
            answer = problem(error.status, error.title, error.detail, **more)
            answer.headers.update(headers)
            return answer
        except web.HTTPRedirection:
            raise
        except web.HTTPException as error:
            told = await _told(page, request, error.status, error.reason)
            for name in ("Allow", "Retry-After"):
                if name in error.headers:
                    told.headers[name] = error.headers[name]
            return told
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
                return await _told(page, request, 404, "Not Found")
            mark = secrets.token_hex(4)
            log.exception("request failed %s %s", mark, redacted(request.path))
            return await _told(page, request, 500, "Internal Server Error", mark)
        return response

    return catch


async def _told(
    page: ErrorPage, request: web.Request, status: int, title: str, mark: str = ""
) -> web.StreamResponse:
    """The error as the asker can read it: a problem for programs, else a page."""
    if request.path.startswith(_FOR_PROGRAMS) or request.method not in ("GET", "HEAD"):
        return problem(status, title, **({"request": mark} if mark else {}))
    drawn = page(request, status)
    return drawn if isinstance(drawn, web.Response) else await drawn
