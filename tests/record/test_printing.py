"""A document from commits alone, by a process that knows nothing else."""

import subprocess
import sys
from collections.abc import Iterator

from msgspec import structs

from rostra.core.ids import LinkId
from rostra.protocol.commit import SALT_BYTES, Commit, chain_mark, first_hash, seal
from rostra.protocol.stored import Origin, Record, write
from rostra.record.course import course
from rostra.record.language import Vocabulary
from rostra.record.orders import NO_SUCH_PICTURE, Order, framed
from rostra.record.press import written
from rostra.record.printing import minutes_from, printed
from rostra.record.writing import minutes_of
from support.closing import closing_discussion, commits

FLOOR = closing_discussion()
ORIGIN = Origin(role="moderator", link=LinkId("k1.0"), command="", digest="", result={})


def kept() -> Iterator[Commit]:
    """The meeting as a journal keeps it."""
    previous = first_hash(FLOOR.meeting.id)
    salts = (bytes(SALT_BYTES), bytes(SALT_BYTES))
    for seq, (at, events) in enumerate(commits(FLOOR), start=1):
        record = Record(
            meeting=FLOOR.meeting.id,
            epoch="e",
            seq=seq,
            at=at,
            events=tuple(events),
            origin=ORIGIN,
        )
        commit = seal(previous, seq, write(record), salts)
        previous = commit.hash
        yield commit


KEPT = tuple(kept())
ORDER = Order(form="json", audience="record")


def test_it_says_what_the_rooms_own_state_says() -> None:
    expected = minutes_of(
        FLOOR.meeting,
        "record",
        course=course(commits(FLOOR)),
        chain=chain_mark(KEPT[-1].hash),
    )
    assert minutes_from(ORDER, KEPT) == expected


def test_the_meeting_is_told_as_far_as_it_was_handed_over() -> None:
    found = minutes_from(ORDER, KEPT[:100])
    assert found.seq == 100 and found.closing == ()


def test_the_order_brings_its_language() -> None:
    words = Vocabulary(messages={"Summary record": "Résumé"})
    order = structs.replace(ORDER, language="fr", vocabulary=words)
    assert minutes_from(order, KEPT[:1]).heading.form == "Résumé"


def ran(order: Order, history: tuple[Commit, ...]) -> tuple[int, bytes]:
    """What the process says, and what it ends with."""
    done = subprocess.run(
        [sys.executable, "-m", "rostra.record.printing"],
        input=b"".join(map(framed, (order, *history))),
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_the_process_prints_the_same() -> None:
    order = structs.replace(ORDER, form="html", audience="public")
    code, body = ran(order, KEPT)
    assert (code, body) == (0, printed(order, KEPT))
    assert body == written("html", minutes_from(order, KEPT))


def test_a_picture_that_is_not_there_has_an_end_of_its_own() -> None:
    order = structs.replace(ORDER, form="svg", picture="nonsense")
    assert ran(order, KEPT[:1]) == (NO_SUCH_PICTURE, b"")


def test_a_process_that_gets_no_history_fails() -> None:
    code, body = ran(ORDER, ())
    assert code not in (0, NO_SUCH_PICTURE) and body == b""
