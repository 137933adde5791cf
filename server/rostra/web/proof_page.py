"""The page that says whether an exported record is intact, and the same as a file.

Nothing is sent to the server: the file is read, and judged, where the page is open.
"""

import base64
import hashlib
from pathlib import Path
from typing import Any

from aiohttp import web

from rostra.web.drawing import Drawing
from rostra.web.pages import Pages
from rostra.web.reception import Reception

#: Made by the client's build for the file alone: one script, one sheet, nothing beside.
SCRIPT, STYLE = Path("saved/verify.js"), Path("saved/verify.css")


class ProofPage:
    """``/verify``, and ``/verify.html`` to keep."""

    def __init__(self, reception: Reception, drawing: Drawing, pages: Pages) -> None:
        self._settings = reception.settings
        self._catalogues = reception.catalogues
        self._drawing = drawing
        self._pages = pages

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [web.get("/verify", self._page), web.get("/verify.html", self._file)]

    async def _page(self, request: web.Request) -> web.Response:
        lang = self._pages.language(request)
        catalogue = self._catalogues.catalogue(lang).url
        boot = self._boot(catalogue=catalogue)
        return self._drawing.page("verify.html", lang, screen="verify", boot=boot)

    async def _file(self, request: web.Request) -> web.Response:
        """The page with all that it needs in it; what may run is named by its hash."""
        lang = self._pages.language(request)
        folder = Path(self._settings.static_dir)
        try:
            script = (folder / SCRIPT).read_text(encoding="utf-8")
            style = (folder / STYLE).read_text(encoding="utf-8")
        except FileNotFoundError:
            raise web.HTTPNotFound() from None
        words = self._catalogues.catalogue(lang).body
        response = self._drawing.page(
            "verify_file.html",
            lang,
            screen="verify",
            boot=self._boot(catalogue=None, words=words, saved=True),
            script=script,
            style=style,
            script_hash=_source(script),
            style_hash=_source(style),
        )
        response.headers["Content-Disposition"] = 'attachment; filename="verify.html"'
        return response

    def _boot(self, **more: Any) -> dict[str, Any]:
        return {
            "meeting": "",
            "link": "",
            "base": self._settings.base,
            "roster": None,
            "state": None,
            "recordKey": self._settings.record_key,
            **more,
        }


def _source(text: str) -> str:
    """How a Content-Security-Policy names what stands inline."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
