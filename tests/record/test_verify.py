"""Is an exported record what was signed: by `rostra verify`, and by the page's own.

``tests/torture/test_proofs.py`` makes a thousand edits of what is tried here.
"""

import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rostra.protocol.commit import Commit, seal
from rostra.record import verify
from rostra.record.proof import CLOSED_PARTS, RecordKey
from rostra.record.verify import judge
from support.proofs import (
    EDITS,
    KEY,
    OTHER_KEY,
    PARTS,
    Edits,
    browser_verdicts,
    exported,
    first_difference,
    forgotten,
    history,
    invented,
    lines_of,
    wandered,
)

SEED, EDITED, UNTOUCHED = 7, 150, 30


def chain(meeting: str = "harbour", length: int = 5) -> list[Commit]:
    """Commits of a meeting."""
    rng = random.Random(meeting)
    while len(made := invented(rng, meeting)) != length:
        pass
    return made


def found(data: bytes, key: str = KEY.public) -> tuple[int, int, str]:
    """What both verifiers say of *data*: they agree."""
    code, line, sentence = judge(data, key)
    if key == KEY.public:
        assert browser_verdicts([data]) == [(code, line)]
    return code, line, sentence


def rewritten(
    data: bytes, place: int, change: Callable[[dict[str, Any]], Any]
) -> bytes:
    """A line changed, and written as all lines are."""
    lines = lines_of(data)
    fields = json.loads(lines[place - 1])
    change(fields)
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    lines[place - 1] = text.encode() + b"\n"
    return b"".join(lines)


def signed(head: dict[str, Any], key: RecordKey = KEY) -> bytes:
    """A head with its signature."""
    message = json.dumps(head, separators=(",", ":"))
    return f'{message[:-1]},"signature":"{key.signature(message)}"}}\n'.encode()


@pytest.mark.parametrize("parts", PARTS)
async def test_an_export_as_it_was_written_is_intact(parts: Any) -> None:
    file = exported(await wandered(1, "harbour-dialogue", 30), parts)
    code, line, sentence = found(file)
    assert (code, line) == (0, 0)
    assert sentence.startswith("Intact: all ")
    assert f"of 'harbour-dialogue', signed with the key {KEY.public}." in sentence
    assert sentence.endswith(".")


def test_without_a_key_it_says_whom_to_ask() -> None:
    assert "Ask the secretariat" in judge(exported(chain()))[2]
    assert "Ask the secretariat" not in judge(exported(chain()), KEY.public)[2]
    assert judge(exported(chain()), KEY.public.upper())[0] == 0


def test_it_says_of_how_many_commits_the_personal_parts_were_erased() -> None:
    for parts in PARTS:
        sentence = found(exported(forgotten(chain(), 3), parts))[2]
        assert " The personal parts of 3 commits were erased." in sentence
    assert "erased" not in found(exported(chain()))[2]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty."),
        (b"\n", "This file is no export of commits."),
        (b"number,name\n1,Adunara\n", "This file is no export of commits."),
        (b"\xff\xfe\x00", "This file is no export of commits."),
        (b'{"seq', "This file is no export of commits."),
    ],
)
def test_what_is_no_export_is_said_to_be_none(data: bytes, sentence: str) -> None:
    assert found(data) == (2, 0, sentence)


def test_each_thing_that_may_be_wrong_has_its_sentence() -> None:
    file, lines = exported(chain()), lines_of(exported(chain()))
    strange = lines_of(exported(chain("other")))
    begin, head = lines[:5], lines[5]
    changed = rewritten(file, 3, lambda line: line.update(hash="0" * 64))
    wrong = {
        changed: (3, "commit 3 is not what was sealed, or was written anew"),
        b"".join([*lines[:2], *lines[3:]]): (3, "is not here, but 4 of 'harbour'"),
        b"".join([*lines[:3], *lines[2:]]): (4, "is not here, but 3 of 'harbour'"),
        b"".join([*lines[:2], strange[2], *lines[3:]]): (3, "but 3 of 'other'"),
        b"".join([strange[0], *lines[1:]]): (1, "but 1 of 'other'"),
        b"".join([*lines[:2], b"{\n", *lines[3:]]): (3, "commit 3 cannot be read"),
        b"".join([*lines[:3], head]): (4, "the end was cut off, 5 commits were signed"),
        b"".join(begin): (6, "there is no signed head: the end was cut off, or never"),
        b"".join(begin) + head[:-1]: (6, "there is no signed head"),
        file + b"\n": (7, "something stands after the signed head"),
        file + head: (7, "something stands after the signed head"),
        b"".join([*begin, head.replace(b'"erased":[]', b'"erased":[[1,1]]')]): (
            6,
            "the signature does not fit the head",
        ),
    }
    for data, (place, why) in wrong.items():
        code, line, sentence = found(data)
        assert (code, line) == (1, place), sentence
        assert sentence.startswith(f"Not intact, from line {place} on: ")
        assert why in sentence


def test_another_key_is_named() -> None:
    code, line, sentence = judge(exported(chain(), key=OTHER_KEY), KEY.public)
    assert (code, line) == (1, 6)
    assert f"another key signed it, {OTHER_KEY.public}" in sentence


def test_the_head_of_another_meeting_fits_no_commit() -> None:
    lines = lines_of(exported(chain())), lines_of(exported(chain("other")))
    assert found(b"".join([*lines[0][:5], lines[1][5]]))[:2] == (1, 1)


def test_commits_that_were_added_to_a_signed_history_are_found() -> None:
    short = [*chain(length=5)]
    parts = (b'{"meeting":"harbour","seq":6}', b"{}", b"{}")
    longer = [*short, seal(short[-1].hash, 6, parts, (bytes(16), bytes(16)))]
    data = b"".join([*lines_of(exported(longer))[:6], lines_of(exported(short))[5]])
    code, line, sentence = found(data)
    assert (code, line) == (1, 6)
    assert "it was added, 5 commits were signed" in sentence


def test_a_history_that_was_sealed_anew_to_its_end_is_found_at_the_head() -> None:
    """Every commit then follows from the one before; only the signature tells."""
    commits, salts = chain(), (bytes(16), bytes(16))
    made = commits[:2]
    for each in commits[2:]:
        parts = (each.open, b'{"forged":1}', each.internal)
        made.append(seal(made[-1].hash, each.seq, parts, salts))
    lines = lines_of(exported(made))
    code, line, sentence = found(b"".join([*lines[:5], lines_of(exported(commits))[5]]))
    assert (code, line) == (1, 6)
    assert "all was sealed anew, and that was not signed" in sentence


def test_a_part_that_was_taken_out_of_a_line_is_missed() -> None:
    file = exported(chain(), CLOSED_PARTS)

    def erase(line: dict[str, Any]) -> None:
        del line["personal"], line["personal_salt"]

    assert found(rewritten(file, 2, erase))[:2] == (1, 2)
    internal = rewritten(file, 4, lambda line: line.pop("internal"))
    assert found(internal)[:2] == (1, 4)


@pytest.mark.parametrize("part", CLOSED_PARTS)
def test_no_byte_moves_between_a_part_and_its_salt(part: str) -> None:
    """Their hash is one of both together: it alone would not tell."""
    file = exported(chain(), CLOSED_PARTS)

    def move(line: dict[str, Any]) -> None:
        salt, content = bytes.fromhex(line[f"{part}_salt"]), line[part].encode()
        salt, content = salt + content[:1], content[1:]
        whole = hashlib.sha256(salt + content).hexdigest()
        assert whole == line[f"{part}_sha256"]
        line[f"{part}_salt"], line[part] = salt.hex(), content.decode()

    moved = next(
        place
        for place in range(1, 6)
        if json.loads(lines_of(file)[place - 1])[part][:1].isascii()
        and json.loads(lines_of(file)[place - 1])[part]
    )
    assert found(rewritten(file, moved, move))[:2] == (1, moved)


def test_no_digit_moves_between_two_digests() -> None:
    def move(line: dict[str, Any]) -> None:
        both = line["personal_sha256"] + line["internal_sha256"]
        line["personal_sha256"], line["internal_sha256"] = both[:62], both[62:]

    assert found(rewritten(exported(chain()), 1, move))[:2] == (1, 1)


@pytest.mark.parametrize(
    "broken",
    [
        {"key": "00" * 31},
        {"key": 5},
        {"count": "many"},
        {"count": None},
        {"personal": [[1]]},
        {"internal": 3},
        {"erased": None},
        {"meeting": 7},
        {"meeting": None},
        {"hash": None},
        {"seq": 4},
    ],
)
def test_a_head_that_is_signed_and_makes_no_sense_is_no_proof(
    broken: dict[str, Any],
) -> None:
    lines = lines_of(exported(chain()))
    head = json.loads(lines[5])
    del head["signature"]
    data = b"".join([*lines[:5], signed({**head, **broken})])
    assert judge(data)[0] == 1
    assert browser_verdicts([data])[0][0] == 1


def test_what_a_file_says_of_itself_cannot_write_on_the_terminal() -> None:
    evil = chain("\x1b[2J", 1)
    assert "\x1b" not in judge(exported(evil))[2]
    lines = lines_of(exported(chain()))
    assert "\x1b" not in judge(lines_of(exported(evil))[0] + lines[5])[2]


async def test_both_verifiers_find_the_first_line_that_was_edited() -> None:
    await edit_and_judge(SEED, EDITED)


async def test_neither_raises_a_false_alarm() -> None:
    await judge_untouched(SEED, UNTOUCHED)


async def edit_and_judge(seed: int, many: int) -> dict[str, int]:
    """So many edits, each of one export, and the right answer to all. By kind."""
    rng = random.Random(seed)
    strange = exported(await wandered(seed, "strange", 20), CLOSED_PARTS)
    files = [
        exported(await history(rng.randrange(2**32)), rng.choice(PARTS))
        for _ in range(max(10, many // 10))
    ]
    kinds: dict[str, int] = {}
    edited: list[tuple[str, bytes, tuple[int, int]]] = []
    for _ in range(many):
        file = rng.choice(files)
        kind, data = Edits(file, strange, rng).draw()
        edited.append((kind, data, (1, first_difference(file, data))))
        kinds[kind] = kinds.get(kind, 0) + 1
    answers = browser_verdicts([data for _, data, _ in edited])
    for (kind, data, right), answer in zip(edited, answers, strict=True):
        code, line, sentence = judge(data, KEY.public)
        assert (code, line) == right, f"{kind}, seed {seed}: {sentence}"
        assert answer == right, f"{kind}, seed {seed}: the page says {answer}"
    assert len(kinds) == len(EDITS) or many < 10 * len(EDITS)
    return kinds


async def judge_untouched(seed: int, many: int) -> int:
    """So many exports as they were written; how many commits they had."""
    rng, commits, files = random.Random(seed), 0, []
    for _ in range(many):
        chained = await history(rng.randrange(2**32))
        commits += len(chained)
        files.append(exported(chained, rng.choice(PARTS)))
    for file in files:
        assert judge(file, KEY.public)[:2] == (0, 0), f"seed {seed}"
    assert browser_verdicts(files) == [(0, 0)] * many, f"seed {seed}"
    return commits


def test_it_runs_alone_and_has_less_than_a_hundred_lines(tmp_path: Path) -> None:
    text = Path(verify.__file__).read_text(encoding="utf-8")
    assert len(text.splitlines()) < 100
    (tmp_path / "verify.py").write_text(text, encoding="utf-8")
    (tmp_path / "intact.jsonl").write_bytes(exported(chain()))
    (tmp_path / "cut.jsonl").write_bytes(exported(chain())[:-1])
    for arguments, code, said in (
        (["intact.jsonl", KEY.public], 0, "Intact: all 5 commits of 'harbour'"),
        (["intact.jsonl", OTHER_KEY.public], 1, "another key signed it"),
        (["cut.jsonl"], 1, "Not intact, from line 6 on"),
    ):
        done = subprocess.run(
            [sys.executable, "-I", "verify.py", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, said in done.stdout) == (code, True), done.stderr
    assert "import rostra" not in text
    assert "from rostra" not in text
