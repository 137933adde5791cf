"""``rostra verify-draw``: from a real export to an answer, by the file alone."""

import asyncio
import io
import json
from pathlib import Path

import pytest

from rostra.cli.parser import main
from rostra.config import load
from rostra.core.actor import CONTROL
from rostra.core.commands import DrawLots, Entry, ExpectList, Insert, SetPolicy
from rostra.core.ids import MeetingId
from rostra.engine.outcomes import Accepted
from rostra.main import opened
from rostra.web.submit import digest

MEETING = "closing-discussion"


@pytest.fixture
def data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A data folder with a meeting in which lots were drawn."""
    folder = str(tmp_path / "data")
    assert main(["import", MEETING, "--data", folder]) == 0
    asyncio.run(draw(folder))
    capsys.readouterr()
    return folder


async def draw(folder: str) -> None:
    """Five delegations are put on the list, and drawn by lot."""
    async with opened(load(None, flags={"data": folder}), serving=False) as house:
        room = await house.rooms.room(MeetingId(MEETING))
        assert room is not None
        speakers = next(
            each.list for each in room.meeting.segments.values() if each.plan.requests
        )
        expect = ExpectList(speakers, "not_open", 0)
        codes = list(room.meeting.roster.delegations)[:5]
        entries = tuple(Entry(delegation=code) for code in codes)
        for command in (
            SetPolicy(id="command-1", policy="lot", expect=expect),
            Insert(id="command-2", list=speakers, entries=entries),
            DrawLots(id="command-3", expect=expect),
        ):
            outcome = await room.submit(command, CONTROL, digest(command))
            assert isinstance(outcome, Accepted), outcome


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    """Exit code, output and errors of a command."""
    code = main(args)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def exported(capsys: pytest.CaptureFixture[str], data: str) -> str:
    """The history, as the command line writes it."""
    code, out, _ = said(capsys, "export", MEETING, "--data", data, "--commits")
    assert code == 0
    return out


def test_a_draw_is_made_again_from_the_exported_history_alone(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    history = tmp_path / "history.jsonl"
    history.write_text(exported(capsys, data), encoding="utf-8")
    code, out, _ = said(capsys, "verify-draw", str(history))
    assert code == 0
    assert [line[:3] for line in out.splitlines()] == ["yes"] * 4
    assert f"All 4 commits of {MEETING} follow from each other" in out
    assert "(commit 4): the digest of its seed was published in commit 2." in out
    assert "all 5 entries had been registered." in out
    assert "seed and entries lead to the order that was said." in out


def test_a_draw_that_was_tampered_with_ends_with_exit_code_one(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    *before, last, _ = exported(capsys, data).splitlines()
    commit = json.loads(last)
    opened_part = json.loads(commit["open"])
    opened_part["events"][0][2]["order"].reverse()
    commit["open"] = json.dumps(opened_part)
    history = tmp_path / "history.jsonl"
    history.write_text("\n".join([*before, json.dumps(commit)]), encoding="utf-8")
    code, out, _ = said(capsys, "verify-draw", str(history))
    assert code == 1
    assert " NO  Commit 4 is not what was sealed: its hash is another." in out
    assert "seed and entries do not lead to the order" in out
    assert "not to be trusted" in out


def test_a_history_may_come_by_the_input(
    data: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = exported(capsys, data).splitlines(keepends=True)[0]
    monkeypatch.setattr("sys.stdin", io.StringIO(first))
    code, out, _ = said(capsys, "verify-draw", "-")
    assert code == 0
    assert " -   No draw by lot was held in this history." in out


def test_what_is_no_history_is_answered_in_a_sentence_and_exit_code_two(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "log.csv"
    other.write_text(said(capsys, "export", MEETING, "--data", data)[1])
    code, out, err = said(capsys, "verify-draw", str(other))
    assert (code, out) == (2, "")
    assert "is not a history (line 1:" in err
    assert "Write one with: rostra export MEETING --commits." in err
    other.write_bytes(b"\xff\xfe")
    assert "is not a text file" in said(capsys, "verify-draw", str(other))[2]
    assert said(capsys, "verify-draw", str(tmp_path / "none"))[0] == 2
