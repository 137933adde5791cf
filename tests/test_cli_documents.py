"""``rostra export --as docx,pdf``: the documents of a record, in a folder."""

import json
from pathlib import Path

import pytest

from rostra.cli.parser import main

MEETING = "closing-discussion"


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    """Exit code, output and errors of a command."""
    code = main(args)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A data folder with the meeting in it."""
    folder = str(tmp_path / "data")
    assert main(("import", MEETING, "--roster", "fictional", "--data", folder)) == 0
    capsys.readouterr()
    return folder


def test_each_form_is_written_and_named(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "record"
    order = ("export", MEETING, "--data", data, "--to", str(to))
    code, out, _ = said(capsys, *order, "--as", "docx, html,json,csv,svg")
    assert code == 0
    names = [f"{MEETING}{suffix}" for suffix in (".docx", ".html", ".json", ".csv")]
    assert out.split() == [str(to / name) for name in names]
    assert (to / names[0]).read_bytes().startswith(b"PK")
    assert (to / names[1]).read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (to / names[3]).read_text(encoding="utf-8").startswith("meeting,n,id,")


def test_a_document_is_in_a_language_and_for_an_audience(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = (
        "export",
        MEETING,
        "--data",
        data,
        "--to",
        str(tmp_path),
        "--as",
        "json,csv",
    )
    assert said(capsys, *order, "--lang", "zh", "--for", "public")[0] == 0
    found = json.loads((tmp_path / f"{MEETING}-zh.json").read_text(encoding="utf-8"))
    assert (found["language"], found["audience"]) == ("zh", "public")
    assert found["heading"]["form"] == "简要记录"
    assert found["chain"] and found["seq"] == 1


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--as", "docx,odt"), "There is no form 'odt'. There are csv, docx, pdf,"),
        (("--as", "pdf", "--lang", "tlh"), "Documents are in en, fr, es, ru, zh, ar;"),
    ],
)
def test_what_there_is_not_is_said_in_a_sentence(
    more: tuple[str, ...], told: str, data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = said(capsys, "export", MEETING, "--data", data, *more)
    assert code == 2 and told in err
