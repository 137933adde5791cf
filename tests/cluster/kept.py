"""What the journal holds, beside what clients were told: each check is one pass.

Read from Redis itself, by the port's ``read`` where the chain is whole; what a broken
journal leaves behind is read entry by entry.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from cluster.history import Call, History, Told
from rostra.core.ids import MeetingId
from rostra.protocol.commit import Commit, first_hash, follows, wire_mark
from rostra.protocol.stored import read


class Entry(Struct, frozen=True):
    """One commit: whose command it was, and whether it continues the one before."""

    seq: int
    link: str
    command: str
    at: int
    chain: str
    follows: bool


class Kept(Struct, frozen=True):
    """Everything that is kept of one meeting."""

    epoch: str
    entries: tuple[Entry, ...]

    @property
    def head(self) -> Told:
        """Where it ends."""
        last = self.entries[-1]
        return Told(self.epoch, last.seq, last.chain)


class Findings(Struct, frozen=True):
    """How what was told differs from what is kept. All empty where promises hold."""

    #: Done, it was said, and not in the journal, or not as that commit.
    lost: tuple[str, ...]
    #: Refused, it was said, and in the journal.
    denied: tuple[str, ...]
    #: In the journal more than once.
    twice: tuple[str, ...]
    #: Commits that do not continue what is before them.
    torn: tuple[int, ...]
    #: What a client was told and the journal has otherwise, as ``client seq``.
    misplaced: tuple[str, ...]
    #: How many positions were compared.
    compared: int

    @property
    def broken(self) -> list[str]:
        """The names of the promises that do not hold."""
        names = ("lost", "denied", "twice", "torn", "misplaced")
        return [name for name in names if getattr(self, name)]


async def kept_in(redis: Any, meeting: MeetingId, prefix: str = "rostra") -> Kept:
    """Read the stream of *meeting* as it lies there."""
    key = f"{prefix}:{{{meeting}}}"
    found = await redis.xrange(f"{key}:log")
    beside = await redis.hgetall(f"{key}:personal")
    epoch = await redis.hget(f"{key}:about", "epoch")
    entries: list[Entry] = []
    previous = first_hash(meeting)
    for name, fields in found:
        seq = int(name.partition(b"-")[0])
        personal = beside.get(str(seq).encode())
        commit = Commit(
            seq=seq,
            open=fields[b"open"],
            personal=None if personal is None else personal[16:],
            internal=fields[b"internal"],
            personal_salt=None if personal is None else personal[:16],
            internal_salt=fields[b"internal_salt"],
            personal_hash=fields[b"personal_hash"],
            hash=fields[b"hash"],
        )
        entries.append(_entry(commit, follows(previous, commit), len(entries) + 1))
        previous = commit.hash
    return Kept((epoch or b"").decode(), tuple(entries))


def _entry(commit: Commit, continues: bool, expected: int) -> Entry:
    try:
        record = read(commit)
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError):
        # a batch that was sealed for another place cannot always be read
        return Entry(commit.seq, "", "", 0, wire_mark(commit.hash), False)
    return Entry(
        seq=commit.seq,
        link=record.origin.link,
        command=record.origin.command,
        at=record.at,
        chain=wire_mark(commit.hash),
        follows=continues and commit.seq == expected,
    )


def compare(history: History, kept: Kept, losses: tuple[range, ...] = ()) -> Findings:
    """Hold what everybody was told against *kept*.

    *losses* are the numbers that the meeting itself says are gone: what was told of
    them in an earlier epoch is not compared.
    """
    by_id = {(e.link, e.command): e for e in kept.entries if e.command}
    many = Counter((e.link, e.command) for e in kept.entries if e.command)
    marks = {entry.seq: entry.chain for entry in kept.entries}
    misplaced, compared = _misplaced(history.told, marks, kept.epoch, losses)
    return Findings(
        lost=tuple(c.id for c in history.calls if _is_lost(c, by_id)),
        denied=tuple(
            call.id
            for call in history.calls
            if call.outcome == "no" and (call.link, call.id) in by_id
        ),
        twice=tuple(command for (_, command), n in many.items() if n > 1),
        torn=tuple(entry.seq for entry in kept.entries if not entry.follows),
        misplaced=misplaced,
        compared=compared,
    )


def _is_lost(call: Call, by_id: Mapping[tuple[str, str], Entry]) -> bool:
    if call.seq is None:
        return False
    entry = by_id.get((call.link, call.id))
    return entry is None or entry.seq != call.seq


def _misplaced(
    told: Mapping[str, list[Told]],
    marks: Mapping[int, str],
    epoch: str,
    losses: tuple[range, ...],
) -> tuple[tuple[str, ...], int]:
    """Where a client's order is not the journal's, or goes back within one epoch."""
    wrong, compared = [], 0
    for client, positions in told.items():
        before: Told | None = None
        for each in positions:
            same_past = each.epoch == epoch or not any(
                each.seq in gone for gone in losses
            )
            if same_past:
                compared += 1
                if marks.get(each.seq) != each.chain:
                    wrong.append(f"{client} {each.seq}")
            back = before and before.epoch == each.epoch and each.seq < before.seq
            if back:
                wrong.append(f"{client} {each.seq} after {before and before.seq}")
            before = each
    return tuple(wrong), compared
