"""The histories to measure with are histories that the rules would have made."""

import itertools
from pathlib import Path

from msgspec import structs

from load import journals
from load.journals import LONG, Morning, history, plain_meeting, prolonged
from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.core.ids import Instant
from rostra.engine.replay import replay
from rostra.protocol.stored import Record

BEGAN = Instant(1_700_000_000_000)


def told(record: Record) -> Record:
    """*record* without what is not the rules' own: the command's digest."""
    return structs.replace(record, origin=structs.replace(record.origin, digest=""))


def test_a_morning_that_is_repeated_is_what_the_rules_would_have_said() -> None:
    played = Morning(plain_meeting(LONG, BEGAN), BEGAN)
    opening = played.open()
    numbered = played.meeting.numbered
    played.play(25)
    once = list(played.records)
    played.play(25)
    played.play(25)
    length = opening + 3 * (len(once) - opening)
    assert len(played.records) == length
    repeated = itertools.islice(prolonged(once, opening, numbered), length)
    assert list(map(told, repeated)) == list(map(told, played.records))


def test_a_history_has_as_many_commits_as_are_asked_for_and_all_that_happens() -> None:
    records = history(3_000, BEGAN, morning=1_000)
    assert [record.seq for record in records] == list(range(1, 3_001))
    happened = {type(event).__name__ for record in records for event in record.events}
    assert happened >= {
        "RequestRegistered",
        "RequestWithdrawn",
        "OrderChanged",
        "SpeakersTold",
        "FloorGiven",
        "ReadySaid",
        "ClockHeld",
        "NoteWritten",
        "InterventionEnded",
        "ReadinessTicked",
    }
    assert len({record.origin.command for record in records}) == 3_000


async def test_long_and_many_meetings_are_on_disk_and_can_be_read(
    tmp_path: Path,
) -> None:
    await journals.long_meeting(tmp_path / "long", 700)
    ids = await journals.many_meetings(tmp_path / "many", 3, 60)
    for folder, commits in ((tmp_path / "long", 700), (tmp_path / "many", 60)):
        journal = await SqliteJournal.open(folder)
        found = await journal.meetings()
        for stored in found:
            replayed = await replay(journal, stored)
            assert not replayed.read_only
            assert replayed.meeting.seq == stored.head.seq == commits
            assert replayed.meeting.id == stored.meeting
        await journal.close()
    assert [stored.meeting for stored in found] == ids
    assert all(stored.alive_at is not None for stored in found)
