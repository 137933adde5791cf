"""From one journal into another, byte for byte: the chain and the epoch stay.

Whatever stops it, it can be begun again and goes on where it was. Nothing is taken
away from where it comes from.
"""

from collections.abc import AsyncIterator

from rostra.core.ids import MeetingId
from rostra.engine.ports import Damaged, Done, Journal, Stored, Unavailable, Unknown
from rostra.protocol.commit import Commit, Head

#: So many commits are one batch of the journal they are brought to.
BATCH = 100


class NotMoved(Exception):
    """A meeting is not where it was to be brought; the text says why, plainly."""


async def move(source: Journal, target: Journal, meeting: MeetingId) -> Head:
    """Bring *meeting* from *source* to *target*; its head there.

    Nobody may serve it meanwhile. Raises NotMoved.
    """
    try:
        return await _move(source, target, meeting)
    except Damaged as error:
        raise NotMoved(
            f"Commit {error.seq} of {meeting} is damaged or missing. What is before it "
            "has been moved."
        ) from error
    except Unavailable as error:
        raise NotMoved(f"{meeting}: {error.why.reason}. Try again.") from error


async def _move(source: Journal, target: Journal, meeting: MeetingId) -> Head:
    wanted = await source.stored(meeting)
    if wanted is None:
        raise NotMoved(f"There is no meeting {meeting}.")
    head = await _begun(source, wanted, await target.stored(meeting))
    async for batch in _batches(source, meeting, head.seq if head else 0):
        commits = batch
        if head is None:
            head = Head(wanted.head.epoch, batch[0].seq, batch[0].hash)
            _must_be_done(meeting, await target.create(meeting, head.epoch, batch[0]))
            commits = batch[1:]
        if commits:
            _must_be_done(meeting, await target.append(meeting, head, commits))
            head = Head(head.epoch, commits[-1].seq, commits[-1].hash)
    if head is None or head != wanted.head:
        raise NotMoved(f"{meeting} has changed meanwhile. Stop its server first.")
    # With no commits: all of it is safe there, also what an earlier try has brought.
    _must_be_done(meeting, await target.append(meeting, head, []))
    if wanted.alive_at is not None:
        await target.alive([meeting], wanted.alive_at)
    return head


async def _begun(source: Journal, wanted: Stored, there: Stored | None) -> Head | None:
    """The end of what an earlier try has brought; NotMoved if it is another history."""
    if there is None:
        return None
    if there.head.epoch == wanted.head.epoch and there.head.seq <= wanted.head.seq:
        before = there.head.seq - 1
        async for commit in source.read(wanted.meeting, before):
            if commit.hash == there.head.hash:
                return there.head
            break
    raise NotMoved(
        f"There is a meeting {wanted.meeting} already, and it is another one."
    )


async def _batches(
    journal: Journal, meeting: MeetingId, after_seq: int
) -> AsyncIterator[list[Commit]]:
    """What is kept when the past is damaged further on is given first."""
    batch: list[Commit] = []
    try:
        async for commit in journal.read(meeting, after_seq):
            batch.append(commit)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except Damaged:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _must_be_done(meeting: MeetingId, answer: object) -> None:
    if isinstance(answer, Done):
        return
    why = answer.reason if isinstance(answer, Unknown) else "somebody else writes there"
    raise NotMoved(f"{meeting}: {why}. Try again.")
