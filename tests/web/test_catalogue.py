"""Translations: from gettext files to sentences and to what the pages load."""

from pathlib import Path

import pytest

from rostra.web.catalogue import Catalogues
from web.house import opened

PO = """\
msgid ""
msgstr ""
"Language: ar\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && \
n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"

msgid "Next"
msgstr "التالي"

#, fuzzy
msgid "Called"
msgstr "غير مؤكد"

msgid "Empty"
msgstr ""

msgid "{n} minute"
msgid_plural "{n} minutes"
msgstr[0] "a"
msgstr[1] "b"
msgstr[2] "c"
msgstr[3] "d"
msgstr[4] "e"
msgstr[5] "f"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an Arabic catalogue."""
    (tmp_path / "ar.po").write_text(PO, encoding="utf-8")
    return tmp_path


def test_what_is_translated_is_used(folder: Path) -> None:
    tr = Catalogues(folder, ("en", "ar")).translator("ar")
    assert tr("Next") == "التالي"
    assert tr("Called") == "Called"
    assert tr("Empty") == "Empty"
    assert tr("Unknown") == "Unknown"


def test_without_a_file_everything_is_english(folder: Path) -> None:
    catalogues = Catalogues(folder, ("en", "fr"))
    assert catalogues.translator("fr")("Next") == "Next"
    assert catalogues.translator("xx")("Next") == "Next"
    assert catalogues.catalogue("fr").url is None


async def test_pages_load_the_same(folder: Path) -> None:
    async with opened(locales_dir=folder) as house:
        url = Catalogues(folder, ("ar",)).catalogue("ar").url
        assert url is not None
        response = await house.client.get(url)
        assert "immutable" in response.headers["Cache-Control"]
        body = await response.json()
        assert body["plural"].startswith("nplurals=6; plural=")
        assert body["messages"]["Next"] == "التالي"
        assert body["messages"]["{n} minute"] == ["a", "b", "c", "d", "e", "f"]
        assert "Called" not in body["messages"]
        other = url.replace(url[-10:-5], "00000")
        assert (await house.client.get(other)).status == 404
