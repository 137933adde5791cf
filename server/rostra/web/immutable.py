"""JSON that never changes under its address: its hash is part of the address."""

import gzip
import hashlib
from typing import Any

import msgspec
from aiohttp import web
from msgspec import Struct

from rostra.web.headers import IMMUTABLE


class Prepared(Struct, frozen=True):
    """A body ready to be sent, as it is and compressed."""

    hash: str
    plain: bytes
    gzipped: bytes

    def response(self, request: web.Request) -> web.Response:
        """The answer to *request*, compressed if the browser can take it."""
        headers = {"Cache-Control": IMMUTABLE, "Vary": "Accept-Encoding"}
        body = self.plain
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = self.gzipped
        return web.Response(body=body, headers=headers, content_type="application/json")


def prepare(body: Any) -> Prepared:
    """Encode and compress *body* once."""
    plain = msgspec.json.encode(body)
    digest = hashlib.sha256(plain).hexdigest()[:32]
    return Prepared(digest, plain, gzip.compress(plain, 9, mtime=0))
