"""Exported histories, made by a wandering meeting, and what may be done to a file.

Every edit is one that changes bytes; the first line that differs from the file as it
was exported is the one that a verifier must name.
"""

import atexit
import base64
import json
import random
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import structs

from rostra.adapters.memory_journal import MemoryJournal
from rostra.core.ids import MeetingId
from rostra.protocol.commit import SALT_BYTES, Commit, first_hash, seal
from rostra.record.proof import CLOSED_PARTS, ClosedPart, Export, RecordKey
from support.rooms import HandClock, founding, opened
from support.walk import Walk

KEY = RecordKey(b"k" * 32)
OTHER_KEY = RecordKey(b"o" * 32)
PARTS: tuple[tuple[ClosedPart, ...], ...] = (
    *((), ("personal",), ("internal",)),
    CLOSED_PARTS,
)
#: What a JSON writer may trip over.
ODD = '"\\/\b\t\n\x00\x1f\x7f\x85\xa0é中\u2028\u2029\ufeff\ufffd\U0001f600{}[],:'
RUNNER = Path(__file__).with_name("browser_verifier.mjs")
#: A file that is cut to less than this is not known as an export any more.
SHORTEST = 20


async def wandered(seed: int, meeting: str, commands: int) -> list[Commit]:
    """The commits of a meeting that wandered for so many commands."""
    rng, clock, journal = random.Random(seed), HandClock(), MemoryJournal()
    made = founding(MeetingId(meeting))
    async with opened(journal, clock, made) as (_, room):
        walk = Walk(room, rng)
        for _ in range(commands):
            clock.advance(rng.randrange(2_000))
            await walk.step()
    return list(journal.histories[made.meeting].commits)


def invented(rng: random.Random, meeting: str) -> list[Commit]:
    """A short chain whose parts hold all that JSON has to escape."""
    previous, commits = first_hash(MeetingId(meeting)), []
    for seq in range(1, rng.randint(1, 12) + 1):
        said = "".join(rng.choices(ODD, k=rng.randrange(40)))
        opened_part = {"meeting": meeting, "epoch": "e", "seq": seq, "said": said}
        texts = [json.dumps(opened_part, ensure_ascii=rng.random() < 0.5)]
        texts += ["".join(rng.choices(ODD, k=rng.randrange(20))) for _ in range(2)]
        opened_text, personal, internal = (each.encode() for each in texts)
        salts = (rng.randbytes(SALT_BYTES), rng.randbytes(SALT_BYTES))
        commits.append(seal(previous, seq, (opened_text, personal, internal), salts))
        previous = commits[-1].hash
    return commits


def forgotten(commits: Sequence[Commit], up_to: int) -> list[Commit]:
    """As a journal has them that was told to forget."""
    return [
        structs.replace(each, personal=None, personal_salt=None)
        if each.seq <= up_to
        else each
        for each in commits
    ]


def exported(
    commits: Sequence[Commit],
    parts: Sequence[ClosedPart] = (),
    key: RecordKey = KEY,
) -> bytes:
    """The file."""
    meeting = MeetingId(json.loads(commits[0].open)["meeting"])
    export = Export(meeting, parts)
    lines = [export.line(each) for each in commits]
    return "".join([*lines, export.head(key)]).encode()


async def history(seed: int) -> list[Commit]:
    """One of many kinds: real or invented, with or without erased parts."""
    rng = random.Random(seed)
    if rng.random() < 0.5:
        commits = invented(rng, "invented")
    else:
        commits = await wandered(seed, "wandered", rng.randrange(1, 25))
    erased = rng.randrange(len(commits) + 1) if rng.random() < 0.3 else 0
    return forgotten(commits, erased)


class Edits:
    """Edits of one exported file, drawn by *rng*. *strange* is of another meeting."""

    def __init__(self, file: bytes, strange: bytes, rng: random.Random) -> None:
        self.file = file
        self.lines = lines_of(file)
        self.strange = lines_of(strange)
        self.rng = rng

    def draw(self) -> tuple[str, bytes]:
        """The name of the edit, and the file after it. Its bytes are others."""
        while True:
            edit = self.rng.choice(EDITS)
            edited = edit(self)
            if edited != self.file and len(edited) >= SHORTEST:
                return edit.__name__, edited

    def a_line(self, *, commits_only: bool = False) -> int:
        """The index of one."""
        return self.rng.randrange(len(self.lines) - commits_only)

    def with_line(self, index: int, line: bytes) -> bytes:
        """The file with another line in that place."""
        return b"".join([*self.lines[:index], line, *self.lines[index + 1 :]])


def lines_of(file: bytes) -> list[bytes]:
    """With their newlines."""
    return [each + b"\n" for each in file.split(b"\n")[:-1]]


def flip_a_bit(edits: Edits) -> bytes:
    """Of any byte of the file, newlines too."""
    edited = bytearray(edits.file)
    edited[edits.rng.randrange(len(edited))] ^= 1 << edits.rng.randrange(8)
    return bytes(edited)


def change_a_byte(edits: Edits) -> bytes:
    """Into any other."""
    edited = bytearray(edits.file)
    edited[edits.rng.randrange(len(edited))] = edits.rng.randrange(256)
    return bytes(edited)


def change_a_field(edits: Edits) -> bytes:
    """One character of one field's value, the JSON being right all the same."""
    index = edits.a_line()
    fields = json.loads(edits.lines[index])
    name = edits.rng.choice(sorted(fields))
    fields[name] = _other(fields[name], edits.rng)
    return edits.with_line(index, _written(fields))


def swap_two_fields(edits: Edits) -> bytes:
    """The values of two fields of a line, if they differ."""
    index = edits.a_line()
    fields = json.loads(edits.lines[index])
    one, two = edits.rng.sample(sorted(fields), 2)
    fields[one], fields[two] = fields[two], fields[one]
    return edits.with_line(index, _written(fields))


def take_out_a_field(edits: Edits) -> bytes:
    """As one would who wants a part not to be read."""
    index = edits.a_line()
    fields = json.loads(edits.lines[index])
    gone = edits.rng.choice(sorted(fields))
    kept = {name: value for name, value in fields.items() if not name.startswith(gone)}
    return edits.with_line(index, _written(kept))


def add_a_field(edits: Edits) -> bytes:
    """That nobody asked for."""
    index = edits.a_line()
    fields = json.loads(edits.lines[index])
    name = edits.rng.choice(("note", "personal", "internal", "personal_salt"))
    return edits.with_line(index, _written({**fields, name: "00" * 16}))


def write_a_line_anew(edits: Edits) -> bytes:
    """The same to every reader of JSON, in other bytes."""
    index = edits.a_line()
    fields = json.loads(edits.lines[index])
    backwards = dict(reversed(fields.items()))
    line = edits.rng.choice(
        (
            json.dumps(fields).encode() + b"\n",
            json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode()
            + b"\n",
            _written(backwards),
            edits.lines[index].replace(b'"seq":', b'"seq": ', 1),
            edits.lines[index][:-1] + b"\r\n",
            b" " + edits.lines[index],
            b"\xef\xbb\xbf" + edits.lines[index],
            _written({**fields, "hash": fields["hash"].upper()}),
            edits.lines[index].replace(b'{"seq":', b'{"seq":0,"seq":', 1),
            edits.lines[index].replace(b',"open"', b'.0,"open"', 1),
            edits.lines[index].replace("\ufffd".encode(), b"\\ud800"),
        )
    )
    return edits.with_line(index, line)


def delete_a_line(edits: Edits) -> bytes:
    """A commit, or the head."""
    return edits.with_line(edits.a_line(), b"")


def delete_several_lines(edits: Edits) -> bytes:
    """In a row."""
    first = edits.a_line()
    after = edits.rng.randint(first + 1, len(edits.lines))
    return b"".join([*edits.lines[:first], *edits.lines[after:]])


def double_a_line(edits: Edits) -> bytes:
    """Where it stands, or somewhere else."""
    line, place = edits.lines[edits.a_line()], edits.a_line()
    return b"".join([*edits.lines[:place], line, *edits.lines[place:]])


def swap_two_lines(edits: Edits) -> bytes:
    """Any."""
    one, two = edits.a_line(), edits.a_line()
    lines = list(edits.lines)
    lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def move_a_line(edits: Edits) -> bytes:
    """To another place."""
    lines = list(edits.lines)
    lines.insert(edits.a_line(), lines.pop(edits.a_line()))
    return b"".join(lines)


def cut_the_tail(edits: Edits) -> bytes:
    """At the border of a commit, with the head kept."""
    return b"".join([*edits.lines[: edits.a_line(commits_only=True)], edits.lines[-1]])


def cut_the_tail_and_the_head(edits: Edits) -> bytes:
    """At the border of a commit."""
    return b"".join(edits.lines[: edits.a_line()])


def cut_anywhere(edits: Edits) -> bytes:
    """In the middle of a line, mostly."""
    return edits.file[: edits.rng.randrange(len(edits.file))]


def put_in_a_strange_line(edits: Edits) -> bytes:
    """Another meeting's, in the same place or as one more."""
    index = edits.rng.randrange(min(len(edits.lines), len(edits.strange)) - 1)
    more = edits.lines[index] if edits.rng.random() < 0.5 else b""
    return edits.with_line(index, edits.strange[index] + more)


def add_something(edits: Edits) -> bytes:
    """After the end."""
    return edits.file + edits.rng.choice(
        (b"\n", b" ", b"\x00", b"{}\n", edits.lines[-1], b"\r\n", edits.lines[0])
    )


EDITS: Sequence[Callable[[Edits], bytes]] = (
    *(flip_a_bit, change_a_byte, change_a_field, swap_two_fields, take_out_a_field),
    *(add_a_field, write_a_line_anew, delete_a_line, delete_several_lines),
    *(double_a_line, swap_two_lines, move_a_line, cut_the_tail),
    *(cut_the_tail_and_the_head, cut_anywhere, put_in_a_strange_line, add_something),
)


def first_difference(file: bytes, edited: bytes) -> int:
    """The first line that is not as it was, from 1."""
    before, after = lines_of(file), edited.split(b"\n")
    now = [each + b"\n" for each in after[:-1]] + ([after[-1]] if after[-1] else [])
    for number, (one, other) in enumerate(zip(before, now, strict=False), start=1):
        if one != other:
            return number
    return min(len(before), len(now)) + 1


def browser_verdicts(files: Sequence[bytes]) -> list[tuple[int, int]]:
    """What the page's verifier finds of each: exit code and first wrong line."""
    runner = _runner()
    assert runner.stdin is not None
    assert runner.stdout is not None
    found = []
    for each in files:
        runner.stdin.write(base64.b64encode(each) + b"\n")
        runner.stdin.flush()
        code, line = json.loads(runner.stdout.readline())
        found.append((code, line))
    return found


@cache
def _runner() -> "subprocess.Popen[bytes]":
    """One for all tests of a process; it ends when its input does."""
    pipe = subprocess.PIPE
    started = subprocess.Popen(["node", str(RUNNER)], stdin=pipe, stdout=pipe)
    atexit.register(started.communicate)
    return started


def _other(value: Any, rng: random.Random) -> Any:
    if isinstance(value, int):
        return value + rng.choice((-1, 1, 10))
    if isinstance(value, list):
        return [*value, [1, 1]]
    place = rng.randrange(len(value)) if value else 0
    return value[:place] + rng.choice("0123456789abcdefx") + value[place + 1 :]


def _written(fields: dict[str, Any]) -> bytes:
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"
