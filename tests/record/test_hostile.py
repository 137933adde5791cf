"""PROMISES E, RULES 12: whatever was typed, a document opens and does nothing."""

import io
import json
import re
import subprocess
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pytest
from msgspec import structs

from record.hostile import FORBIDDEN, hostile_minutes
from rostra.record.drawings import drawing
from rostra.record.forms import FormName
from rostra.record.minutes import Minutes
from rostra.record.press import written
from rostra.record.svg import to_svg


@pytest.fixture(scope="module")
def minutes() -> Minutes:
    """The record of the corpus."""
    return hostile_minutes()


@pytest.fixture(scope="module", params=["ltr", "rtl", "chinese"])
def turned(request: pytest.FixtureRequest, minutes: Minutes) -> Minutes:
    """The same in each of the ways in which a page is set."""
    if request.param == "ltr":
        return minutes
    language = {"rtl": "ar", "chinese": "zh"}[request.param]
    direction = "rtl" if language == "ar" else "ltr"
    return structs.replace(minutes, language=language, direction=direction)


def test_nothing_that_is_not_seen_is_in_a_record(minutes: Minutes) -> None:
    text = json.loads(written("json", minutes))
    found = [sign for sign in FORBIDDEN if sign in json.dumps(text, ensure_ascii=False)]
    assert found == []


class Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, set[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")


def test_a_page_has_no_elements_but_its_own(minutes: Minutes) -> None:
    page = Elements()
    page.feed(written("html", minutes).decode())
    own = "html head meta title style body main header div span h1 h2 h3 p nav ul li a"
    own += " section b i figure figcaption svg desc rect polyline text table caption"
    own += " thead tbody tr th td footer"
    assert page.tags <= set(own.split())
    assert not [name for name in page.attributes if name.startswith("on")]
    assert all(href.startswith("#") for href in page.attributes["href"])
    assert "src" not in page.attributes


def test_a_picture_is_xml_without_scripts(minutes: Minutes) -> None:
    assert minutes.pictures
    for picture in minutes.pictures:
        text = to_svg(drawing(picture, minutes), standalone=True)
        tree = ElementTree.fromstring(text)
        tags = {each.tag.rpartition("}")[2] for each in tree.iter()}
        assert tags <= {"svg", "title", "desc", "rect", "polyline", "text"}
        names = {name for each in tree.iter() for name in each.attrib}
        assert not [name for name in names if name.startswith("on") or "href" in name]


def test_a_workbook_has_no_formula_and_no_link(minutes: Minutes) -> None:
    body = written("xlsx", minutes)
    book = openpyxl.load_workbook(io.BytesIO(body))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert len(cells) > 500
    assert [c.value for c in cells if c.data_type == "f" or c.hyperlink] == []
    assert any(str(c.value).startswith("=cmd") for c in cells), "as text it may stand"
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        sheets = [n for n in parts.namelist() if n.startswith("xl/worksheets/")]
        assert not [n for n in sheets if b"<f>" in parts.read(n)]
        assert not [n for n in parts.namelist() if "external" in n.casefold()]


def test_a_document_opens_again_with_all_its_words(turned: Minutes) -> None:
    body = written("docx", turned)
    found = docx.Document(io.BytesIO(body))
    text = "\n".join(each.text for each in found.paragraphs)
    assert "<script>alert(1)</script>" in text
    assert "x" * 9_000 in text
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))
        fields = re.findall(
            rb"<w:instrText[^>]*>([^<]*)<", parts.read("word/document.xml")
        )
        assert fields == []
        rels = parts.read("word/_rels/document.xml.rels")
        assert b"External" not in rels


def test_a_pdf_has_no_action_and_no_file_in_it(turned: Minutes) -> None:
    body = written("pdf", turned)
    assert body.startswith(b"%PDF-") and body.rstrip().endswith(b"%%EOF")
    for name in (
        b"/JavaScript",
        b"/JS ",
        b"/Launch",
        b"/EmbeddedFile",
        b"/URI",
        b"/AA ",
    ):
        assert name not in body, name
    # where it opens: a place on the first page, no action
    assert all(each.startswith(b" [") for each in body.split(b"/OpenAction")[1:])


def test_chapters_are_as_many_as_interventions(minutes: Minutes) -> None:
    text = written("vtt", minutes).decode()
    cues = re.findall(r"^(\S+) --> (\S+)$", text, re.MULTILINE)
    assert len(cues) == len(minutes.speeches)
    assert "forged" in text and "<script" not in text
    thirds = json.loads(written("thirds", minutes))["thirds"]
    assert len(thirds) == len(minutes.speeches)


@pytest.mark.torture
@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_libreoffice_opens_it(form: FormName, turned: Minutes, tmp_path: Path) -> None:
    file = tmp_path / f"record.{form}"
    file.write_bytes(written(form, turned))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    order = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*order, str(tmp_path), str(file)], check=True, timeout=900)
    assert (tmp_path / "record.pdf").stat().st_size > 10_000
