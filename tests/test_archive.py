"""``rostra open``: a meeting out of a file, served to be read only."""

import json
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from rostra.cli.parser import main
from rostra.record.proof import CLOSED_PARTS
from support.proofs import KEY, exported, wandered

ROSTRA = Path(sys.executable).with_name("rostra")


async def test_a_meeting_is_opened_from_its_file_alone_and_cannot_be_changed(
    tmp_path: Path,
) -> None:
    file = tmp_path / "archive.jsonl"
    made = await wandered(5, "harbour-dialogue", 40)
    file.write_bytes(exported(made, CLOSED_PARTS))
    before = file.read_bytes()
    with subprocess.Popen(
        [ROSTRA, "open", str(file), "--port", "0", "--key", KEY.public],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as opened:
        try:
            assert opened.stdout is not None
            said = []
            for line in opened.stdout:
                said.append(line)
                if "Ctrl-C ends it" in line:
                    break
            text = "".join(said)
            assert text.startswith("Intact: all ")
            links = re.findall(r"(http://\S+)/join#(\S+)", text)
            base, operator = links[0]
            path = f"{base}/api/v1/meetings/harbour-dialogue"
            state = json.loads(ask(path, operator))
            assert state["seq"] == len(made)
            command = {
                "type": "open_lobby",
                "id": "ab" * 8,
                "expect": {"state": "scheduled"},
            }
            with pytest.raises(urllib.error.HTTPError) as refused:
                ask(f"{path}/commands", operator, command)
            assert refused.value.code == 503, refused.value.read()
            assert json.loads(refused.value.read())["code"] == "read_only"
        finally:
            opened.send_signal(signal.SIGTERM)
        assert opened.wait(timeout=15) == 0
    assert file.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["archive.jsonl"]


def ask(url: str, token: str, body: Any = None) -> bytes:
    """GET, or POST with a body."""
    request = urllib.request.Request(
        url,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=15) as answer:
        found: bytes = answer.read()
    return found


async def test_a_file_that_is_not_intact_is_not_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "archive.jsonl"
    whole = exported(await wandered(5, "harbour-dialogue", 10), CLOSED_PARTS)
    file.write_bytes(whole.replace(b"Harbour", b"Harbor", 1))
    assert main(["open", str(file)]) == 2
    assert "Not intact, from line 1 on" in capsys.readouterr().err
    file.write_bytes(whole)
    assert main(["open", str(file), "--key", "0" * 64]) == 2
    assert "another key signed it" in capsys.readouterr().err
    file.write_bytes(exported(await wandered(5, "harbour-dialogue", 10)))
    assert main(["open", str(file)]) == 2
    assert "has no internal parts" in capsys.readouterr().err
