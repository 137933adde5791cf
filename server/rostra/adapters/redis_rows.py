"""How a meeting lies in Redis: its keys, and a commit as a stream's entry.

Knows words and commits, not redis. The personal part and its salt lie in a hash beside
the stream, by seq, so that they can be deleted later: the stream stays as it was.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from rostra.core.ids import Instant, MeetingId
from rostra.engine.ports import Stored
from rostra.protocol.commit import SALT_BYTES, Commit, Hash, Head, follows

Entry = tuple[bytes, Mapping[bytes, bytes]]


class Keys(Struct, frozen=True):
    """Of one meeting; the braces keep them on one node of a Cluster."""

    log: str
    personal: str
    about: str

    def refused(self, command: str) -> str:
        """Where it lies that *command* was refused; each goes by itself in time."""
        return f"{self.about.removesuffix(':about')}:no:{command}"


class Page(Struct, frozen=True):
    """Some intact commits, in order; ``damaged`` is the seq of the one after them."""

    commits: list[Commit]
    damaged: int | None = None


def keys_of(prefix: str, meeting: MeetingId) -> Keys:
    """Where *meeting* lies."""
    tagged = f"{prefix}:{{{meeting}}}"
    return Keys(f"{tagged}:log", f"{tagged}:personal", f"{tagged}:about")


def meeting_of(log: str) -> MeetingId:
    """Whose stream it is."""
    return MeetingId(log[log.index("{") + 1 : log.rindex("}")])


def entry_id(seq: int) -> str:
    """The id of commit *seq* in its stream."""
    return f"{seq}-0"


def seq_of(entry: bytes) -> int:
    """The number of an entry's id."""
    return int(entry.partition(b"-")[0])


def to_words(commit: Commit) -> tuple[bytes | int, ...]:
    """What APPEND takes."""
    both = commit.personal is not None and commit.personal_salt is not None
    personal = (commit.personal_salt or b"") + (commit.personal or b"")
    return (
        commit.seq,
        commit.open,
        commit.internal,
        commit.internal_salt,
        commit.personal_hash,
        commit.hash,
        personal if both else b"",
    )


def stored_of(meeting: MeetingId, found: Sequence[bytes]) -> Stored | None:
    """What LOOK says of *meeting*; None if it is not there."""
    if not found:
        return None
    alive = Instant(int(found[3])) if found[3] else None
    return Stored(meeting, head_of(found), alive)


def head_of(found: Sequence[bytes]) -> Head:
    """The head that APPEND or LOOK found."""
    return Head(found[0].decode(), seq_of(found[1]), found[2])


def checked(
    previous: Hash, expected: range, entries: Iterable[Entry], personal: Sequence[bytes]
) -> Page:
    """The commits of *entries* as far as they are the chain's *expected* ones.

    *personal* is what the hash beside the stream has for each of *expected*.
    """
    commits: list[Commit] = []
    for seq, (entry, fields), beside in zip(expected, entries, personal, strict=False):
        commit = _commit(seq, fields, beside)
        if entry != entry_id(seq).encode() or commit is None:
            break
        if not follows(previous, commit):
            break
        commits.append(commit)
        previous = commit.hash
    whole = len(commits) == len(expected)
    return Page(commits, None if whole else expected.start + len(commits))


def _commit(
    seq: int, fields: Mapping[bytes, bytes], beside: bytes | None
) -> Commit | None:
    try:
        return Commit(
            seq=seq,
            open=fields[b"open"],
            personal=None if beside is None else beside[SALT_BYTES:],
            internal=fields[b"internal"],
            personal_salt=None if beside is None else beside[:SALT_BYTES],
            internal_salt=fields[b"internal_salt"],
            personal_hash=fields[b"personal_hash"],
            hash=fields[b"hash"],
        )
    except KeyError:
        return None
