"""The command line of a secretariat: check a file, print the rules, who was there."""

import html
import re
from pathlib import Path

import pytest

from rostra.cli.files import read_meeting
from rostra.cli.parser import main
from rostra.core.roster import BadFile

ROOT = Path(__file__).parents[1]
PROFILES = ROOT / "config" / "profiles"
NAMES = sorted(path.stem for path in PROFILES.glob("*.toml"))
REPORT = """\
Name (Original Name),User Email,Duration (Minutes)
Kenya,a@b.c,12
Kenya,a@b.c,7
"Ms. Bee (Brazil)",b@b.c,90
Pat Someone,p@b.c,3
"""


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    """Exit code, output and errors of a command."""
    code = main(args)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize("name", NAMES)
def test_what_is_shipped_can_be_used(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = said(capsys, "check", str(PROFILES / f"{name}.toml"))
    assert code == 0
    assert out.startswith(f"{PROFILES / name}.toml can be used: rules of procedure, “")
    assert said(capsys, "check", name)[1] == out


def test_what_is_wrong_is_said_in_words_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.toml"
    text = (PROFILES / "conference.toml").read_text(encoding="utf-8")
    file.write_text(text.replace("on_deck = 2 ", "on_dek = 2 "), encoding="utf-8")
    line = text[: text.index("on_deck = ")].count("\n") + 1
    code, out, _ = said(capsys, "check", str(file))
    wrong = f"{file}, line {line}: there is no key “on_dek”; did you mean “on_deck”?\n"
    assert (code, out) == (1, wrong)
    file.write_text('id = "x"\ntitle = "X"\n')
    assert said(capsys, "check", str(file))[:2] == (1, f"{file}: “limits” is missing\n")
    code, _, err = said(capsys, "check", str(tmp_path / "none.toml"))
    assert (code, err) == (
        2,
        f"rostra: {tmp_path}/none.toml: No such file or directory.\n",
    )
    code, _, err = said(capsys, "check", "web_dialog")
    assert (code, err) == (
        2,
        "rostra: there is no profile web_dialog; did you mean web_dialogue?\n",
    )


def test_a_programme_is_checked_too_with_what_it_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = ROOT / "config" / "meetings" / "closing-discussion.toml"
    code, out, _ = said(capsys, "check", str(shipped))
    assert code == 0
    assert " can be used: a programme, “" in out
    file = tmp_path / "mine.toml"
    text = shipped.read_text(encoding="utf-8")
    file.write_text(text.replace('profile = "web_dialogue"', 'profile = "mine"'))
    code, out, _ = said(capsys, "check", str(file))
    assert (code, out.split(";")[0]) == (
        1,
        f"{file}: there is no mine among the profiles",
    )
    lines = text.splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("kind ="))
    lines[number - 1] = 'kind = "dance"'
    file.write_text("\n".join(lines))
    code, out, _ = said(capsys, "check", str(file))
    assert code == 1
    assert out.startswith(f"{file}, line {number}: “segments.kind” cannot be “dance”;")


@pytest.mark.parametrize("name", NAMES)
def test_a_meeting_can_be_made_under_every_shipped_profile(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        f'id = "mine"\ntitle = "Mine"\nroster = "fictional"\nprofile = "{name}"\n'
        '[[segments]]\nkind = "discussion"\ntitle = "Talk"\nrequests = true\n'
    )
    code, out, _ = said(capsys, "import", str(file), "--data", str(tmp_path / "data"))
    assert (code, out.splitlines()[0]) == (0, "Made the meeting mine: Mine")
    assert read_meeting(str(file)).profile.id == name


def test_a_meeting_with_a_broken_profile_of_its_own_is_refused_with_its_line(
    tmp_path: Path,
) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "mine.toml").write_text('id = "mine"\ntitle = 7\n')
    file = tmp_path / "mine.toml"
    file.write_text(
        'id = "mine"\ntitle = "Mine"\nroster = "fictional"\nprofile = "mine"\n'
        '[[segments]]\nkind = "discussion"\ntitle = "Talk"\n'
    )
    with pytest.raises(BadFile, match=r"profiles/mine.toml, line 2: “title” must be"):
        read_meeting(str(file))


def test_the_sheet_is_a_page_with_everything_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sheet.html"
    code, printed, _ = said(capsys, "rules", "hrc_dialogue", "--out", str(out))
    assert (code, printed) == (0, f"{out} has the rules “Interactive dialogue”.\n")
    page = out.read_text(encoding="utf-8")
    assert page == said(capsys, "rules", str(PROFILES / "hrc_dialogue.toml"))[1]
    assert "@media print" in page and "<script" not in page and "http" not in page
    cells = re.findall(r"<tr><th>(.+?)</th><td>(.+?)</td></tr>", page)
    assert ("Statement: Member States", "3:00") in cells
    assert "15 minutes" in html.unescape(page)


def test_a_sheet_takes_no_title_for_markup(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.toml"
    file.write_text('id = "x"\ntitle = "<b>X"\n[limits]\nstatement = 60\n')
    page = said(capsys, "rules", str(file))[1]
    assert "<b>" not in page and "&lt;b&gt;X" in page


def test_a_platform_s_report_is_read_first_and_entered_on_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, file = str(tmp_path / "data"), tmp_path / "report.csv"
    file.write_text(REPORT)
    assert main(["import", "closing-discussion", "--data", data]) == 0
    capsys.readouterr()
    args = ("attendance", "closing-discussion", str(file), "--data", data)
    code, out, _ = said(capsys, *args)
    assert code == 0
    assert "   ?  Pat Someone: not in this meeting's roster" in out
    assert "2 delegations are in the report. Nothing was marked" in out
    assert said(capsys, *args, "--yes")[1].endswith("2 marked, 0 were marked before.\n")
    assert said(capsys, *args, "--yes")[1].endswith("0 marked, 2 were marked before.\n")
    file.write_text("Name\nPat Someone\n")
    assert said(capsys, *args, "--yes")[1].endswith("Nothing was marked.\n")
