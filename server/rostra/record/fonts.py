"""The faces that documents are set in, and which one a text needs.

All are under the SIL Open Font License 1.1 and come as packages; a document embeds only
the signs that it uses.
"""

from pathlib import Path
from typing import Literal

import fontpkg_noto_serif
import pylopdf_fonts_ar
import pylopdf_fonts_zh_cn

Face = Literal["latin", "arabic", "chinese"]

_LATIN = Path(fontpkg_noto_serif.__path__[0]) / "files"
#: Upright and slanted; both hold all weights.
LATIN = _LATIN / "NotoSerif[wdth,wght].ttf"
LATIN_ITALIC = _LATIN / "NotoSerif-Italic[wdth,wght].ttf"
ARABIC = Path(pylopdf_fonts_ar.serif_path())
#: One weight only.
CHINESE = Path(pylopdf_fonts_zh_cn.serif_path())

FILES: dict[Face, Path] = {"latin": LATIN, "arabic": ARABIC, "chinese": CHINESE}


def face_of(language: str) -> Face:
    """The face of a document in *language*."""
    if language in ("ar", "fa", "ur"):
        return "arabic"
    return "chinese" if language == "zh" else "latin"


def face_for(text: str) -> Face:
    """The face of a short text, by the first of its signs that tells."""
    for sign in text:
        if "\u0590" <= sign <= "\u08ff" or "\ufb50" <= sign <= "\ufeff":
            return "arabic"
        if "\u2e80" <= sign <= "\ufaff":
            return "chinese"
    return "latin"
