"""Languages of documents that are none of the screens': complete, with every hole."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from rostra.core.roster import LANGUAGES
from rostra.record import words
from rostra.web.catalogue import Catalogues

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "config" / "locales"
FILES = sorted((LOCALES / "documents").glob("*.po"))
#: What documents are put in words by.
WRITERS = (
    *("language", "naming", "sayings", "prose", "writing", "tables", "figures"),
    *("concluding", "remarks"),
)
_KEYWORDS = {"tr": None, "_tr": None, "tr_n": (1, 2)}
_HOLE = re.compile(r"\{\w*\}")


def wanted() -> set[str]:
    """Every text that a document may hold, by its English form for one."""
    found: set[str] = set()
    for name in WRITERS:
        file = ROOT / f"server/rostra/record/{name}.py"
        for _, text, _, _ in extract_from_file("python", file, keywords=_KEYWORDS):
            found.add(text[0] if isinstance(text, tuple) else text)
    for names in (words.kinds, words.tiers, words.motions, words.rulings):
        names(lambda text: found.add(text) or text)
    return found


def read(file: Path) -> Catalog:
    """A catalogue."""
    with file.open("rb") as stream:
        return read_po(stream, locale=file.stem)


def keys(catalog: Catalog) -> dict[str, list[str]]:
    """The forms of each text, by its key."""
    found = {}
    for each in catalog:
        if each.id:
            plural = isinstance(each.id, tuple | list)
            forms = [*each.string] if plural else [each.string]
            found[str(each.id[0] if plural else each.id)] = forms
    return found


def test_documents_are_written_in_chinese() -> None:
    assert LOCALES / "documents/zh.po" in FILES
    assert {file.stem for file in FILES} <= set(LANGUAGES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_catalogue_has_exactly_what_documents_say(file: Path) -> None:
    assert set(keys(read(file))) == wanted()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_text_is_translated_with_its_holes(file: Path) -> None:
    for key, forms in keys(read(file)).items():
        assert all(forms), key
        for form in forms:
            assert set(_HOLE.findall(form)) == set(_HOLE.findall(key)), form


def test_a_document_may_be_in_a_language_that_no_screen_has() -> None:
    catalogues = Catalogues(LOCALES, ("en", "ar"))
    chinese, arabic = catalogues.language("zh"), catalogues.language("ar")
    assert chinese.tr("Summary record") == "简要记录"
    assert (chinese.code, chinese.direction) == ("zh", "ltr")
    assert (arabic.code, arabic.direction) == ("ar", "rtl")
    assert arabic.tr("The Chair") == "الرئيس"
    english = catalogues.language("en")
    assert english.tr("Summary record") == "Summary record"


def test_forms_go_by_the_count() -> None:
    one, many = (
        "A statement was made by {names}.",
        "Statements were made by {names}.",
    )
    arabic = Catalogues(LOCALES, ("en", "ar")).language("ar")
    forms = {arabic.tr_n(one, many, count) for count in (1, 2, 5)}
    assert len(forms) == 3
    english = Catalogues(LOCALES, ("en",)).language("en")
    assert [english.tr_n(one, many, n) for n in (1, 2)] == [one, many]
