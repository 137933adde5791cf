"""Every text that a person may read stands in every catalogue (RULES 12)."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parents[2] / "config" / "locales"
CATALOGUES = sorted(FOLDER.glob("*.po"))
_AIDS = re.compile(r"\.(test|fixture)\.")
_CALL = re.compile(r'(?<![\w.])(?:t|tx|tn)\(\s*"((?:[^"\\]|\\.)*)"')
_HOLE = re.compile(r"\{\w*\}")


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", FOLDER / "messages.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(file: Path) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, locale=file.stem)


def _keys(catalog: Catalog) -> set[str]:
    return {str(message.id) for message in catalog if message.id}


def test_no_text_of_the_client_escapes_the_gathering() -> None:
    """Babel overlooks a call inside another's braces: name such a text first."""
    gathered: set[str] = set()
    for message in _script().gather():
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        gathered.update(ids)
    source = FOLDER.parents[1] / "client" / "src"
    left = {
        text
        for path in source.rglob("*.ts*")
        if "generated" not in path.parts and not _AIDS.search(path.name)
        for text in _CALL.findall(path.read_text(encoding="utf-8"))
        if text not in gathered
    }
    assert left == set()


def test_arabic_has_a_catalogue() -> None:
    assert FOLDER / "ar.po" in CATALOGUES


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_a_catalogue_has_exactly_the_texts_of_the_source(file: Path) -> None:
    """Mended by `make messages`."""
    assert _keys(_read(file)) == _keys(_script().gather())


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_a_catalogue_is_complete(file: Path) -> None:
    assert _script().missing(_read(file)) == []


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_a_translation_has_the_holes_of_its_text(file: Path) -> None:
    for message in _read(file):
        if not message.id:
            continue
        plural = isinstance(message.id, tuple | list)
        wanted = set(_HOLE.findall(message.id[-1] if plural else message.id))
        of_one = set(_HOLE.findall(message.id[0])) if plural else wanted
        forms = message.string if plural else [message.string]
        for form in forms:
            holes = set(_HOLE.findall(form))
            # a form for one or two may say its number in words, or be the text's own
            assert holes in (wanted, of_one) or (
                plural and holes == wanted - {"{n}"}
            ), form


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_digits_are_latin(file: Path) -> None:
    assert not re.search("[٠-٩۰-۹]", file.read_text(encoding="utf-8"))
