"""The headers of every response, and the hosts that we answer for (PROMISES F)."""

from pathlib import PurePosixPath

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from rostra.web.addresses import Addresses
from rostra.web.settings import WebSettings

IMMUTABLE = "public, max-age=31536000, immutable"
_FIXED = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
    ),
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
#: What the standard library does not know everywhere.
_TYPES = {".woff2": "font/woff2", ".webmanifest": "application/manifest+json"}
#: Hashed by Vite: the content never changes under its name.
_HASHED = "/static/assets/"


class Headers:
    """Writes the security headers; a signal, so that no response goes without."""

    def __init__(self, settings: WebSettings) -> None:
        self._addresses = Addresses(settings)
        self._fixed = dict(_FIXED)
        if settings.https:
            self._fixed["Strict-Transport-Security"] = (
                "max-age=31536000; includeSubDomains"
            )
        self._socket_scheme = "wss" if settings.https else "ws"
        self._base_host = settings.base_host
        self._trusted_types = settings.trusted_types

    async def on_prepare(
        self, request: web.Request, response: web.StreamResponse
    ) -> None:
        """Complete a response before it is sent."""
        headers = response.headers
        headers.pop("Server", None)
        headers.update(self._fixed)
        if known := _TYPES.get(PurePosixPath(request.path).suffix):
            headers["Content-Type"] = known
        # a page that stands for itself brings a stricter one
        headers.setdefault("Content-Security-Policy", self._policy(request.host))
        hashed = request.path.startswith(_HASHED) and response.status in (200, 206, 304)
        headers.setdefault("Cache-Control", IMMUTABLE if hashed else "no-store")

    def _policy(self, host: str) -> str:
        if not self._addresses.host_allowed(host):
            host = self._base_host
        parts = [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            f"connect-src 'self' {self._socket_scheme}://{host}",
            "manifest-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
            "frame-ancestors 'none'",
        ]
        if self._trusted_types:
            parts.append("require-trusted-types-for 'script'")
        return "; ".join(parts)


def known_hosts(settings: WebSettings) -> Middleware:
    """Answer 421 to a request for a host that is not ours (DNS rebinding)."""
    addresses = Addresses(settings)

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        # Load balancers ask for health by address, or without a name at all.
        named = request.path not in ("/healthz", "/readyz")
        if named and not addresses.host_allowed(request.host):
            raise web.HTTPMisdirectedRequest(text="not a host of this server")
        if request.headers.get("Content-Encoding", "identity") != "identity":
            raise web.HTTPUnsupportedMediaType(text="compressed bodies are not taken")
        return await handler(request)

    return check
