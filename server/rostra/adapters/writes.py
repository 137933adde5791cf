"""What it takes to append, the same for every journal: weigh first, then write."""

from collections.abc import Sequence

from msgspec import Struct

from rostra.core.ids import MeetingId
from rostra.engine.ports import Conflict, Done, Verdicts
from rostra.protocol.commit import Commit, Hash, Head, first_hash, follows


class Write(Struct, frozen=True):
    """One call's wish: *commits* after *before*, all or none.

    ``before`` None says that the meeting must not exist yet.
    """

    meeting: MeetingId
    before: Head | None
    epoch: str
    commits: Sequence[Commit]
    verdicts: Verdicts = Verdicts()


def beginning(meeting: MeetingId, epoch: str, first: Commit) -> Write:
    """The wish to begin a meeting. Raises ValueError if *first* cannot."""
    must_continue(first_hash(meeting), 0, [first])
    return Write(meeting, None, epoch, [first])


def continuation(
    meeting: MeetingId,
    head: Head,
    commits: Sequence[Commit],
    epoch: str | None = None,
    verdicts: Verdicts | None = None,
) -> Write:
    """The wish to go on after *head*, in a new *epoch* where one is given.

    Raises ValueError if *commits* do not.
    """
    must_continue(head.hash, head.seq, commits)
    if epoch is not None and not commits:
        raise ValueError("a new epoch begins with a commit")
    return Write(meeting, head, epoch or head.epoch, commits, verdicts or Verdicts())


def must_continue(previous: Hash, seq: int, commits: Sequence[Commit]) -> None:
    """Raise ValueError unless *commits* are the chain's next after *seq*.

    What would be found damaged when it is read must not be written.
    """
    for expected, commit in enumerate(commits, start=seq + 1):
        if commit.seq != expected or not follows(previous, commit):
            raise ValueError(f"commit {commit.seq} does not follow {expected - 1}")
        previous = commit.hash


def weigh(write: Write, actual: Head | None) -> Done | Conflict:
    """The answer to *write* where the journal ends at *actual*; epoch, seq and hash."""
    if write.before != actual:
        return Conflict(actual)
    if write.before is not None and not write.commits:
        return Done(write.before)
    last = write.commits[-1]
    return Done(Head(write.epoch, last.seq, last.hash))
