"""A journal whose past is another than ours: what is gone, and what to go on with.

Redis may lose what it acknowledged: a primary dies with what no replica had, or starts
with a shorter file. Whoever notices first writes that down, as the first commit of a
new epoch; the others find it written.
"""

import logging
import os
from collections.abc import Mapping

from msgspec import Struct

from rostra.core.actor import ALARM
from rostra.core.alarms import TailLost
from rostra.core.ids import Instant, LinkId
from rostra.engine.ledger import Ledger
from rostra.engine.ports import (
    Appended,
    Conflict,
    Done,
    Journal,
    Stored,
    Unavailable,
    Unknown,
)
from rostra.engine.replay import Replayed, replay
from rostra.engine.turn import Pending, Turn
from rostra.protocol.commit import Head

log = logging.getLogger(__name__)


class Other(Struct, frozen=True):
    """The history that the journal has in place of ours.

    ``not_kept`` are, by link, the ids of commands that had been accepted in what is
    gone of it.
    """

    replayed: Replayed
    not_kept: Mapping[LinkId, tuple[str, ...]]


async def other_past(
    journal: Journal, stored: Stored, ours: Replayed, at: Instant
) -> Other | None:
    """What to go on with where *journal* has *stored* and not what is *ours*.

    A loss that nobody has written down yet is written, at *at*. None where somebody
    else was faster: look again. Raises Unavailable, and Unreadable.
    """
    common = await ours.past.common(journal, stored)
    replayed = await replay(journal, stored)
    untold = common < ours.head.seq and stored.head.epoch == ours.head.epoch
    if untold and not replayed.read_only:
        lost = TailLost(common, ours.head.seq, os.urandom(8).hex())
        appended = await _written(journal, replayed, lost, at)
    else:
        # a primary that is about to be none may show what nobody else has
        appended = await journal.append(stored.meeting, stored.head, ())
    if isinstance(appended, Unknown):
        raise Unavailable(appended)
    if isinstance(appended, Conflict):
        return None
    return Other(replayed, _gone(ours.ledger, common, replayed.ledger))


async def tell(journal: Journal, replayed: Replayed, kept: Head, at: Instant) -> None:
    """Write down that *replayed* had been as far as *kept*, where it was opened again.

    Where that does not succeed the meeting is served all the same: somebody else has
    written it down, or it is told at the next start.
    """
    after = min(kept.seq - 1, replayed.head.seq)
    lost = TailLost(after, kept.seq, os.urandom(8).hex())
    appended = await _written(journal, replayed, lost, at)
    meeting = replayed.meeting.id
    log.error("%s lost commits %d to %d: %s", meeting, after + 1, kept.seq, appended)


async def _written(
    journal: Journal, replayed: Replayed, lost: TailLost, at: Instant
) -> Appended:
    """Add the loss as a commit to the journal, and to *replayed*."""
    head = replayed.head
    turn = Turn(
        replayed.meeting,
        Head(lost.epoch, head.seq, head.hash),
        replayed.ledger,
        max(at, replayed.meeting.at),
    )
    turn.add(Pending(lost, ALARM, ""))
    meeting = replayed.meeting.id
    appended = await journal.append(meeting, head, turn.commits, lost.epoch)
    if isinstance(appended, Done):
        turn.settle()
        replayed.meeting, replayed.head = turn.states[-1], appended.head
        replayed.past.add(turn.commits[-1])
    return appended


def _gone(ours: Ledger, common: int, kept: Ledger) -> dict[LinkId, tuple[str, ...]]:
    """What was accepted after *common* and is not known any more; alarms aside."""
    gone: dict[LinkId, tuple[str, ...]] = {}
    for key in ours.after(common):
        link, command = key
        if link != ALARM.link and kept.accepted(key) is None:
            gone[link] = (*gone.get(link, ()), command)
    return gone
