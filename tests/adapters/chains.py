"""Commits for tests of journals, chained as real ones are."""

import hashlib
from collections.abc import AsyncIterator
from itertools import count

from msgspec.json import encode

from rostra.core.ids import MeetingId
from rostra.engine.ports import Done, Journal
from rostra.protocol.commit import SALT_BYTES, Commit, Head, first_hash, seal

MEETING = MeetingId("ctw-2020")
OTHER = MeetingId("bioterrorism")
EPOCH = "e1"


def salt(text: str) -> bytes:
    """A salt that is the same in every run."""
    return hashlib.sha256(text.encode()).digest()[:SALT_BYTES]


def chain(
    length: int,
    *,
    meeting: MeetingId = MEETING,
    after: Head | Commit | None = None,
    said: str = "",
    padding: int = 0,
) -> list[Commit]:
    """*length* commits after *after*, or from the beginning.

    *said* makes them differ from others at the same place; *padding* makes each longer
    by so many bytes.
    """
    previous = first_hash(meeting) if after is None else after.hash
    commits = []
    for seq in range(
        after.seq + 1 if after else 1, (after.seq if after else 0) + length + 1
    ):
        parts = (
            encode({"meeting": meeting, "epoch": EPOCH, "seq": seq, "said": said}),
            encode({"name": f"person {seq}"}),
            encode({"note": "x" * padding}),
        )
        salts = (salt(f"personal {seq}"), salt(f"internal {seq}"))
        commits.append(seal(previous, seq, parts, salts))
        previous = commits[-1].hash
    return commits


def head_of(commits: list[Commit], epoch: str = EPOCH) -> Head:
    """Where a history that ends with *commits* ends."""
    return Head(epoch, commits[-1].seq, commits[-1].hash)


async def begun(
    journal: Journal, length: int = 1, meeting: MeetingId = MEETING, padding: int = 0
) -> list[Commit]:
    """A meeting of *length* commits in *journal*: these."""
    commits = chain(length, meeting=meeting, padding=padding)
    first = await journal.create(meeting, EPOCH, commits[0])
    assert isinstance(first, Done)
    if length > 1:
        rest = await journal.append(meeting, first.head, commits[1:])
        assert isinstance(rest, Done)
    return commits


async def gathered(commits: AsyncIterator[Commit]) -> list[Commit]:
    """All that *commits* gives before it ends."""
    return [commit async for commit in commits]


async def stored(journal: Journal, meeting: MeetingId = MEETING) -> list[Commit]:
    """The whole history as *journal* reads it."""
    return await gathered(journal.read(meeting, 0))


async def heads(journal: Journal) -> dict[MeetingId, Head]:
    """Where each meeting of *journal* ends."""
    return {each.meeting: each.head for each in await journal.meetings()}


def numbers(commits: list[Commit]) -> list[int]:
    """Their seqs."""
    return [commit.seq for commit in commits]


async def append_for_ever(journal: Journal, meeting: MeetingId) -> AsyncIterator[int]:
    """Append one commit after another, and give the seq of each once it is durable."""
    head = (await heads(journal))[meeting]
    for n in count():
        answer = await journal.append(
            meeting, head, chain(1, meeting=meeting, after=head, said=str(n))
        )
        assert isinstance(answer, Done)
        head = answer.head
        yield head.seq
