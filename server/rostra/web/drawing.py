"""Draws pages from their templates."""

from pathlib import Path
from typing import Any

import jinja2
import msgspec
from aiohttp import web
from markupsafe import Markup

from rostra.web.assets import Assets, Needs
from rostra.web.catalogue import Catalogues
from rostra.web.settings import WebSettings

_IN_HTML = str.maketrans(
    {
        "<": "\\u003c",
        ">": "\\u003e",
        "&": "\\u0026",
        "'": "\\u0027",
        "\u2028": "\\u2028",
        "\u2029": "\\u2029",
    }
)


def data_block(data: Any) -> Markup:
    """*data* as JSON that may stand inside a ``<script>`` element."""
    return Markup(msgspec.json.encode(data).decode().translate(_IN_HTML))


class Drawing:
    """The templates with everything that all of them use."""

    def __init__(self, settings: WebSettings, catalogues: Catalogues) -> None:
        self._settings = settings
        self._catalogues = catalogues
        self._assets = Assets(settings.static_dir)
        self._jinja = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(settings.templates_dir)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._jinja.globals["data_block"] = data_block

    def page(
        self,
        template: str,
        lang: str,
        *,
        screen: str,
        boot: dict[str, Any] | None = None,
        status: int = 200,
        **more: Any,
    ) -> web.Response:
        """A page in *lang*; *boot* is what its script is told, None if it has none."""
        needs = self._assets.needs(screen)
        if boot is None:
            needs = Needs(None, (), needs.styles)
        catalogue = self._catalogues.catalogue(lang)
        common = {
            "lang": lang,
            "dir": catalogue.direction,
            "build": self._settings.build,
        }
        text = self._jinja.get_template(template).render(
            **common,
            screen=screen,
            asset=needs,
            tr=catalogue.translate,
            boot={**common, "screen": screen, **boot} if boot is not None else None,
            **more,
        )
        return web.Response(
            text=text,
            status=status,
            content_type="text/html",
            headers={"Vary": "Cookie, Accept-Language"},
        )
