"""The embedded journal against the real SQLite, real files, real signals."""

import asyncio
import json
import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters import failing
from adapters.chains import (
    EPOCH,
    MEETING,
    OTHER,
    append_for_ever,
    begun,
    chain,
    gathered,
    head_of,
    heads,
    numbers,
    stored,
)
from rostra.adapters import sqlite_file
from rostra.adapters.sqlite_folder import Folder
from rostra.adapters.sqlite_journal import (
    CannotOpen,
    Changed,
    JournalBusy,
    SqliteJournal,
)
from rostra.core.ids import Instant, MeetingId
from rostra.engine.ports import Damaged, Done, Unavailable, Unknown
from rostra.protocol.commit import Commit, Head

DATABASE = "journal.sqlite3"
WAL = "journal.sqlite3-wal"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a journal may be made."""
    return tmp_path / "data"


@pytest.fixture
async def journal(folder: Path) -> AsyncIterator[SqliteJournal]:
    """An open and empty journal in *folder*."""
    opened = await SqliteJournal.open(folder)
    yield opened
    await opened.close()


class TestKill:
    """PROMISES P1, E 1 and 2: kill -9 at any moment."""

    async def test_no_acknowledged_commit_and_no_stamp_is_lost(
        self, folder: Path
    ) -> None:
        seed = random.randrange(2**32)
        chance = random.Random(seed)
        acknowledged: dict[str, int] = defaultdict(int)
        until = time.monotonic() + 4
        rounds = 0
        while time.monotonic() < until:
            rounds += 1
            for line in killed(folder, chance.uniform(0, 0.15)):
                *what, number = line.split()
                key = " ".join(what)
                assert int(number) > acknowledged[key], f"{line!r}, seed {seed}"
                acknowledged[key] = int(number)
            journal = await SqliteJournal.open(folder)
            assert journal.changed == (), f"seed {seed}"
            for meeting in (MEETING, OTHER):
                kept = numbers(await stored(journal, meeting))
                assert kept == list(range(1, len(kept) + 1)), f"seed {seed}"
                assert len(kept) >= acknowledged[meeting], f"seed {seed}"
            alive = {e.meeting: e.alive_at for e in await journal.meetings()}
            assert (alive[MEETING] or 0) >= acknowledged[f"alive {MEETING}"]
            await journal.close()
        assert rounds >= 3
        assert acknowledged[MEETING] > 20
        assert acknowledged[f"alive {MEETING}"] > 3


def killed(folder: Path, after_s: float) -> list[str]:
    """What a process said that was killed *after_s* after its first commit."""
    process = subprocess.Popen(
        [sys.executable, "-m", "adapters.appending", str(folder)],
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(after_s)
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read()
    assert process.wait() == -signal.SIGKILL
    process.stdout.close()
    lines = (first + rest).decode().split("\n")
    # The last one ends the output or was cut.
    return lines[:-1]


def environment() -> dict[str, str]:
    """Where another Python finds this package and these tests."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}


class TestIoError:
    """PROMISES F17, E 10: after an I/O error the handle is never used again."""

    def test_it_is_fatal_and_nothing_is_written_any_more(self, folder: Path) -> None:
        told = failed(folder)
        assert told.during.fatal
        assert "SQLITE_IOERR" in told.during.reason
        assert told.after == told.read == told.during
        assert told.closed.fatal
        assert failing.digest(folder) == told.digest

    async def test_the_next_process_finds_all_that_was_acknowledged(
        self, folder: Path
    ) -> None:
        failed(folder)
        journal = await SqliteJournal.open(folder)
        kept = await stored(journal)
        assert numbers(kept)[:20] == list(range(1, 21))
        assert journal.changed == ()
        more = chain(1, after=kept[-1])
        assert await journal.append(MEETING, head_of(kept), more) == Done(head_of(more))
        await journal.close()

    async def test_a_mistake_of_our_own_in_the_thread_is_fatal_too(
        self, journal: SqliteJournal, folder: Path
    ) -> None:
        kept = await begun(journal)
        impossible = Head(EPOCH, 2**70, kept[0].hash)
        await journal._ask(lambda f: f.database.heads.update({MEETING: impossible}))
        too_large = chain(1, after=impossible)
        answer = await journal.append(MEETING, impossible, too_large)
        assert answer == Unknown("internal", fatal=True)
        with pytest.raises(Unavailable):
            await journal.new_epoch(MEETING, "e2")
        with pytest.raises(Unavailable):
            await journal.alive([MEETING], Instant(1))


def failed(folder: Path) -> failing.Told:
    """What a process answered whose disk failed."""
    run = subprocess.run(
        [sys.executable, "-m", "adapters.failing", str(folder)],
        stdout=subprocess.PIPE,
        env=environment(),
        check=True,
    )
    return msgspec.json.decode(run.stdout, type=failing.Told)


class PageLimit:
    """A disk that is full because SQLite may take no more pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def fill(self, journal: SqliteJournal) -> None:
        """From now on there is no room."""
        await journal._ask(
            lambda f: f.database._db.execute("PRAGMA max_page_count = 1").fetchall()
        )

    async def free(self, journal: SqliteJournal) -> None:
        """There is room again."""
        await journal._ask(
            lambda f: f.database._db.execute("PRAGMA max_page_count = 99999").fetchall()
        )


class SmallDisk(PageLimit):
    """A file system of 2 MB that really is full."""

    async def fill(self, journal: SqliteJournal) -> None:
        with (self.folder / "ballast").open("wb", buffering=0) as ballast:
            try:
                while ballast.write(b"\0" * 4096):
                    pass
            except OSError:
                return

    async def free(self, journal: SqliteJournal) -> None:
        (self.folder / "ballast").unlink()


def may_mount() -> bool:
    """Whether this process may make file systems; in most containers root may not."""
    probe = ["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    try:
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


class TestFullDisk:
    """PROMISES P12, E 7: a full disk is read-only until there is room."""

    @pytest.fixture(params=["page limit", *(["tmpfs"] if may_mount() else [])])
    def disk(
        self, request: pytest.FixtureRequest, tmp_path: Path
    ) -> Iterator[PageLimit]:
        """Every kind of full disk that can be had here."""
        if request.param == "page limit":
            yield PageLimit(tmp_path)
            return
        small = tmp_path / "small"
        small.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(small)]
        subprocess.run(mount, check=True)
        yield SmallDisk(small)
        subprocess.run(["umount", "--lazy", str(small)], check=True)

    async def test_it_answers_full_reads_on_and_writes_again_without_a_restart(
        self, disk: PageLimit
    ) -> None:
        journal = await SqliteJournal.open(disk.folder / "data", heads_every_s=0.01)
        kept = await begun(journal, 20)
        more = chain(2, after=kept[-1], padding=50_000)
        await disk.fill(journal)
        for _ in range(3):
            answer = await journal.append(MEETING, head_of(kept), more)
            assert isinstance(answer, Unknown)
            assert (answer.full, answer.fatal) == (True, False)
            await journal.alive([MEETING], Instant(1))
        assert await stored(journal) == kept
        assert await heads(journal) == {MEETING: head_of(kept)}
        await disk.free(journal)
        assert await journal.append(MEETING, head_of(kept), more) == Done(head_of(more))
        await journal.close()
        again = await SqliteJournal.open(disk.folder / "data")
        assert again.changed == ()
        assert await stored(again) == kept + more
        await again.close()


class TestOneServer:
    """PROMISES E 14: one folder, one server."""

    async def test_a_second_one_is_refused_in_a_plain_sentence(
        self, journal: SqliteJournal, folder: Path
    ) -> None:
        with pytest.raises(JournalBusy, match=r"^Another Rostra server is using .*\.$"):
            await SqliteJournal.open(folder)
        kept = await begun(journal)
        assert await stored(journal) == kept

    async def test_one_in_another_process_is_refused(
        self, journal: SqliteJournal, folder: Path
    ) -> None:
        run = subprocess.run(
            [sys.executable, "-m", "adapters.appending", str(folder)],
            capture_output=True,
            env=environment(),
            check=False,
        )
        assert run.returncode != 0
        assert b"JournalBusy: Another Rostra server" in run.stderr
        assert run.stdout == b""

    async def test_another_program_cannot_open_the_database_meanwhile(
        self, journal: SqliteJournal, folder: Path
    ) -> None:
        await begun(journal)
        other = sqlite3.connect(folder / DATABASE, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("SELECT * FROM commits").fetchall()
        other.close()

    async def test_a_database_that_another_program_has_open_is_refused(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite_file, "BUSY_S", 0.05)
        await (await SqliteJournal.open(folder)).close()
        other = sqlite3.connect(folder / DATABASE)
        other.execute("SELECT * FROM commits").fetchall()
        with pytest.raises(JournalBusy, match="Another program has the journal"):
            await SqliteJournal.open(folder)
        other.close()
        await (await SqliteJournal.open(folder)).close()

    async def test_a_closed_one_can_be_opened_again(self, folder: Path) -> None:
        journal = await SqliteJournal.open(folder)
        kept = await begun(journal, 3)
        await journal.alive([MEETING], Instant(1_700_000_000_000))
        await journal.close()
        again = await SqliteJournal.open(folder)
        assert await stored(again) == kept
        (meeting,) = await again.meetings()
        assert meeting.head == head_of(kept)
        assert meeting.alive_at == 1_700_000_000_000
        await again.close()


class TestOpening:
    """What is there, what is made, what is refused."""

    async def test_only_the_owner_may_enter_the_folder_and_read_its_files(
        self, folder: Path
    ) -> None:
        previous = os.umask(0)
        try:
            journal = await SqliteJournal.open(folder, heads_every_s=0.01)
            await begun(journal)
            await journal.alive([MEETING], Instant(1))
            modes = {file.name: file.stat().st_mode for file in folder.iterdir()}
            await journal.close()
        finally:
            os.umask(previous)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {DATABASE, WAL, "head.json", "alive.json", "journal.lock"} <= set(modes)
        assert {stat.S_IMODE(mode) for mode in modes.values()} == {0o600}

    async def test_a_folder_and_a_file_that_were_open_to_others_are_closed_to_them(
        self, folder: Path
    ) -> None:
        folder.mkdir(mode=0o755)
        (folder / DATABASE).touch(mode=0o644)
        await (await SqliteJournal.open(folder)).close()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / DATABASE).stat().st_mode) == 0o600

    async def test_the_file_says_its_format_and_a_newer_one_is_refused(
        self, folder: Path
    ) -> None:
        await (await SqliteJournal.open(folder)).close()
        with sqlite3.connect(folder / DATABASE) as db:
            assert db.execute("PRAGMA user_version").fetchone() == (1,)
            db.execute("PRAGMA user_version = 2")
        db.close()
        with pytest.raises(CannotOpen, match=r"has format 2, and .* reads format 1"):
            await SqliteJournal.open(folder)

    async def test_a_file_that_is_no_database_is_refused_and_kept(
        self, folder: Path
    ) -> None:
        folder.mkdir()
        (folder / DATABASE).write_bytes(b"minutes of the meeting " * 100)
        with pytest.raises(CannotOpen, match="not a database"):
            await SqliteJournal.open(folder)
        assert (folder / DATABASE).read_bytes() == b"minutes of the meeting " * 100

    async def test_a_folder_that_cannot_be_made_is_refused(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(CannotOpen, match="cannot be used: Not a directory"):
            await SqliteJournal.open(tmp_path / "file" / "data")

    async def test_one_that_was_refused_holds_nothing(self, folder: Path) -> None:
        folder.mkdir()
        (folder / DATABASE).write_bytes(b"minutes of the meeting " * 100)
        with pytest.raises(CannotOpen):
            await SqliteJournal.open(folder)
        (folder / DATABASE).unlink()
        await (await SqliteJournal.open(folder)).close()

    async def test_every_commit_is_synced_by_a_wal_and_by_our_own_checkpoints(
        self, journal: SqliteJournal
    ) -> None:
        def pragma(name: str) -> object:
            return journal._ask(
                lambda f: f.database._db.execute(f"PRAGMA {name}").fetchone()[0]
            )

        names = (
            *("journal_mode", "synchronous", "locking_mode", "wal_autocheckpoint"),
            *("foreign_keys", "trusted_schema", "secure_delete", "busy_timeout"),
        )
        found = [await pragma(name) for name in names]  # type: ignore[misc]
        assert found == ["wal", 2, "exclusive", 0, 1, 0, 1, 2000]


class TestPastChanged:
    """PROMISES F18, E 5 and 15: a history that is not what it was is noticed."""

    async def test_a_plain_restart_changes_no_epoch(self, folder: Path) -> None:
        journal = await SqliteJournal.open(folder)
        kept = await begun(journal, 5)
        await journal.new_epoch(MEETING, "e2")
        await journal.close()
        again = await SqliteJournal.open(folder)
        assert again.changed == ()
        assert await heads(again) == {MEETING: head_of(kept, "e2")}
        await again.close()

    async def test_an_epoch_made_just_before_a_crash_is_not_made_again(
        self, folder: Path, tmp_path: Path
    ) -> None:
        journal = await SqliteJournal.open(folder)
        kept = await begun(journal, 2)
        await journal.close()
        journal = await SqliteJournal.open(folder, heads_every_s=3600)
        await journal.new_epoch(MEETING, "e2")
        crashed = copied(folder, tmp_path / "crashed")
        await journal.close()
        again = await SqliteJournal.open(crashed)
        assert again.changed == ()
        assert await heads(again) == {MEETING: head_of(kept, "e2")}
        await again.close()

    async def test_a_cut_wal_gives_the_shorter_meeting_a_new_epoch_once(
        self, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        kept, crashed = await crashed_copy(folder, tmp_path / "crashed", 200)
        wal = crashed / WAL
        os.truncate(wal, wal.stat().st_size * 3 // 4)
        journal = await SqliteJournal.open(crashed)
        (changed,) = journal.changed
        assert changed.kept == head_of(kept)
        assert changed.found is not None
        assert 1 <= changed.found.seq < 200
        assert changed.found.epoch != EPOCH
        assert await heads(journal) == {MEETING: changed.found}
        assert await stored(journal) == kept[: changed.found.seq]
        assert "past of meeting ctw-2020 has changed" in caplog.text
        await journal.close()
        again = await SqliteJournal.open(crashed)
        assert again.changed == ()
        assert await heads(again) == {MEETING: changed.found}
        await again.close()

    async def test_a_lost_wal_is_a_meeting_that_is_gone(
        self, folder: Path, tmp_path: Path
    ) -> None:
        kept, crashed = await crashed_copy(folder, tmp_path / "crashed", 3)
        (crashed / WAL).unlink()
        journal = await SqliteJournal.open(crashed)
        assert journal.changed == (Changed(MEETING, head_of(kept), None),)
        assert await journal.meetings() == []
        await journal.close()

    async def test_an_older_copy_of_the_database_gives_a_new_epoch(
        self, folder: Path, tmp_path: Path
    ) -> None:
        journal = await SqliteJournal.open(folder)
        kept = await begun(journal, 5)
        await begun(journal, 2, OTHER)
        await journal.close()
        shutil.copy(folder / DATABASE, tmp_path / "backup")
        journal = await SqliteJournal.open(folder)
        more = chain(5, after=kept[-1])
        await journal.append(MEETING, head_of(kept), more)
        await journal.close()
        shutil.copy(tmp_path / "backup", folder / DATABASE)
        journal = await SqliteJournal.open(folder)
        (changed,) = journal.changed
        assert (changed.meeting, changed.kept) == (MEETING, head_of(more))
        assert changed.found is not None
        assert changed.found.seq == 5
        assert (await heads(journal))[OTHER].epoch == EPOCH
        await journal.close()

    async def test_another_history_of_the_same_length_gives_a_new_epoch(
        self, folder: Path, tmp_path: Path
    ) -> None:
        for place, said in ((folder, "one"), (tmp_path / "else", "another")):
            journal = await SqliteJournal.open(place)
            (first,) = await begun(journal)
            await journal.append(
                MEETING, head_of([first]), chain(4, after=first, said=said)
            )
            await journal.close()
        shutil.copy(tmp_path / "else" / DATABASE, folder / DATABASE)
        journal = await SqliteJournal.open(folder)
        assert [changed.meeting for changed in journal.changed] == [MEETING]
        await journal.close()

    async def test_a_longer_history_than_was_kept_is_no_change(
        self, folder: Path, tmp_path: Path
    ) -> None:
        journal = await SqliteJournal.open(folder, heads_every_s=3600)
        kept = await begun(journal, 9)
        crashed = copied(folder, tmp_path / "crashed")
        await journal.close()
        assert json.loads((crashed / "head.json").read_bytes()) == {}
        again = await SqliteJournal.open(crashed)
        assert again.changed == ()
        assert await heads(again) == {MEETING: head_of(kept)}
        await again.close()

    @pytest.mark.parametrize(
        "content", [b"", b"{", b"[]", b'{"ctw-2020":1}', b"\xff\x00"]
    )
    async def test_kept_files_that_are_unreadable_stop_nobody(
        self, folder: Path, content: bytes, caplog: pytest.LogCaptureFixture
    ) -> None:
        journal = await SqliteJournal.open(folder)
        kept = await begun(journal, 2)
        await journal.close()
        (folder / "head.json").write_bytes(content)
        (folder / "alive.json").write_bytes(content)
        again = await SqliteJournal.open(folder)
        assert await heads(again) == {MEETING: head_of(kept)}
        assert "head.json cannot be read" in caplog.text
        await again.close()


async def crashed_copy(
    folder: Path, to: Path, length: int
) -> tuple[list[Commit], Path]:
    """A journal of *length* commits as it lies on the disk of a server that runs."""
    journal = await SqliteJournal.open(folder, heads_every_s=0.01)
    kept = await begun(journal)
    while len(kept) < length:
        more = chain(1, after=kept[-1])
        await journal.append(MEETING, head_of(kept), more)
        kept += more
    await until(lambda: kept[-1].hash.hex() in (folder / "head.json").read_text())
    copied(folder, to)
    await journal.close()
    return kept, to


def copied(folder: Path, to: Path) -> Path:
    """The folder's files as they are. By another process: if this one opened and closed
    the database, its own locks would be gone."""
    subprocess.run(["cp", "-r", str(folder), str(to)], check=True)
    return to


async def until(true: Callable[[], bool]) -> None:
    """Wait for *true*, two seconds at most."""
    for _ in range(200):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come about in two seconds")


class TestDamage:
    """PROMISES E 6: what the disk changed is found where it is read."""

    @pytest.mark.parametrize("part", ["open", "internal", "personal", "hash"])
    async def test_a_flipped_bit_is_found_at_its_commit(
        self, folder: Path, part: str
    ) -> None:
        journal = await SqliteJournal.open(folder)
        kept = await begun(journal, 30)
        await begun(journal, 3, OTHER)
        await journal.close()
        content: bytes = getattr(kept[16], part)
        # Notes are alike: their salt, which lies behind them, is not.
        flip(
            folder / DATABASE, kept[16].internal_salt if part == "internal" else content
        )
        journal = await SqliteJournal.open(folder)
        reading = journal.read(MEETING, 0)
        assert [await anext(reading) for _ in range(16)] == kept[:16]
        with pytest.raises(Damaged) as found:
            await anext(reading)
        assert (found.value.meeting, found.value.seq) == (MEETING, 17)
        assert len(await stored(journal, OTHER)) == 3
        await journal.close()

    async def test_a_missing_row_is_found(self, folder: Path) -> None:
        journal = await SqliteJournal.open(folder)
        await begun(journal, 400)
        await journal.close()
        edit(folder, "DELETE FROM commits WHERE seq = 300")
        journal = await SqliteJournal.open(folder)
        for after, damaged in ((0, 300), (298, 300), (300, 300)):
            with pytest.raises(Damaged) as found:
                await gathered(journal.read(MEETING, after))
            assert found.value.seq == damaged
        assert len(await gathered(journal.read(MEETING, 301))) == 99
        await journal.close()

    async def test_a_row_with_another_number_is_found(self, folder: Path) -> None:
        journal = await SqliteJournal.open(folder)
        await begun(journal, 5)
        await journal.close()
        edit(folder, "UPDATE commits SET seq = 7 WHERE seq = 5")
        journal = await SqliteJournal.open(folder)
        with pytest.raises(Damaged) as found:
            await stored(journal)
        assert found.value.seq == 5
        await journal.close()

    async def test_a_page_of_rubbish_is_one_meetings_damage_and_not_the_journals(
        self, folder: Path
    ) -> None:
        journal = await SqliteJournal.open(folder)
        others = await begun(journal, 3, OTHER)
        kept = await begun(journal, 100, padding=300)
        await journal.close()
        content = bytearray((folder / DATABASE).read_bytes())
        page = content.index(kept[60].hash) // 4096 * 4096
        content[page : page + 4096] = b"\xff" * 4096
        (folder / DATABASE).write_bytes(content)
        journal = await SqliteJournal.open(folder)
        for after in (0, 60):
            with pytest.raises(Damaged) as found:
                await gathered(journal.read(MEETING, after))
            assert 50 < found.value.seq <= 61
        assert await stored(journal, OTHER) == others
        more = chain(1, meeting=OTHER, after=others[-1])
        answer = await journal.append(OTHER, head_of(others), more)
        assert isinstance(answer, Done)
        await journal.close()

    @pytest.mark.parametrize(
        "column",
        (
            "open",
            "internal",
            "internal_salt",
            "personal",
            "personal_salt",
            "personal_hash",
            "hash",
        ),
    )
    async def test_a_column_of_another_type_is_found(
        self, folder: Path, column: str
    ) -> None:
        journal = await SqliteJournal.open(folder)
        await begun(journal, 5)
        await journal.close()
        edit(folder, f"UPDATE commits SET {column} = 'sixteen letters.' WHERE seq = 4")
        journal = await SqliteJournal.open(folder)
        with pytest.raises(Damaged) as found:
            await stored(journal)
        assert found.value.seq == 4
        await journal.close()

    async def test_deleting_names_leaves_a_history_that_is_whole(
        self, folder: Path
    ) -> None:
        journal = await SqliteJournal.open(folder)
        kept = await begun(journal, 5)
        await journal.close()
        edit(folder, "UPDATE commits SET personal = NULL, personal_salt = NULL")
        journal = await SqliteJournal.open(folder)
        assert journal.changed == ()
        nameless = await stored(journal)
        assert [commit.personal for commit in nameless] == [None] * 5
        assert [commit.hash for commit in nameless] == [commit.hash for commit in kept]
        await journal.close()

    @settings(
        max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(place=st.integers(0, 2**32), bit=st.integers(0, 7))
    def test_whatever_bit_is_flipped_nothing_wrong_is_ever_read(
        self, tmp_path_factory: pytest.TempPathFactory, place: int, bit: int
    ) -> None:
        folder = tmp_path_factory.mktemp("flipped") / "data"

        async def flip_and_read() -> None:
            journal = await SqliteJournal.open(folder)
            kept = await begun(journal, 40)
            await journal.close()
            content = bytearray((folder / DATABASE).read_bytes())
            content[place % len(content)] ^= 1 << bit
            (folder / DATABASE).write_bytes(content)
            try:
                journal = await SqliteJournal.open(folder)
            except CannotOpen:
                return
            seen = []
            try:
                async for commit in journal.read(MEETING, 0):
                    seen.append(commit)
            except (Damaged, Unavailable):
                pass
            else:
                known = head_of(kept) in (await heads(journal)).values()
                assert known or journal.changed
            same = [blanked(commit) for commit in kept[: len(seen)]]
            assert [blanked(commit) for commit in seen] == same
            await journal.close()

        asyncio.run(flip_and_read())


def blanked(commit: Commit) -> tuple[int, bytes, bytes, bytes]:
    """All but the personal part: a flipped bit may look like its deletion."""
    return commit.seq, commit.open, commit.internal, commit.hash


def flip(path: Path, content: bytes) -> None:
    """Flip a bit in the middle of *content*, which *path* holds once."""
    whole = bytearray(path.read_bytes())
    assert whole.count(content) == 1
    whole[whole.index(content) + len(content) // 2] ^= 4
    path.write_bytes(whole)


def edit(folder: Path, statement: str) -> None:
    """Change a database that nobody serves."""
    db = sqlite3.connect(folder / DATABASE)
    with db:
        db.execute(statement)
    db.close()


class TestGroups:
    """What waits together is written together, and the event loop never waits."""

    async def test_calls_that_wait_share_one_transaction(
        self, journal: SqliteJournal
    ) -> None:
        meetings = [MeetingId(f"m{n}") for n in range(50)]
        firsts = {m: (await begun(journal, 1, m))[0] for m in meetings}
        before = await transactions(journal)
        async with held(journal):
            calls = [
                asyncio.create_task(
                    journal.append(
                        m, head_of([first]), chain(1, meeting=m, after=first)
                    )
                )
                for m, first in firsts.items()
            ]
            await asyncio.sleep(0.02)
        answers = await asyncio.gather(*calls)
        assert all(isinstance(answer, Done) for answer in answers)
        assert await transactions(journal) == before + 1

    async def test_calls_on_one_meeting_follow_each_other_within_a_transaction(
        self, journal: SqliteJournal
    ) -> None:
        kept = await begun(journal)
        more = chain(3, after=kept[-1])
        before = await transactions(journal)
        async with held(journal):
            calls = [
                asyncio.create_task(
                    journal.append(MEETING, head_of([*kept, *more][: n + 1]), [commit])
                )
                for n, commit in enumerate(more)
            ]
            await asyncio.sleep(0.02)
        assert await asyncio.gather(*calls) == [Done(head_of([c])) for c in more]
        assert await transactions(journal) == before + 1
        assert await stored(journal) == kept + more

    async def test_a_conflict_alone_needs_no_transaction(
        self, journal: SqliteJournal
    ) -> None:
        kept = await begun(journal, 2)
        before = await transactions(journal)
        stale = head_of(kept[:1])
        await journal.append(MEETING, stale, chain(1, after=stale, said="late"))
        assert await transactions(journal) == before

    async def test_a_slow_disk_does_not_hold_up_the_event_loop(
        self, journal: SqliteJournal
    ) -> None:
        kept = await begun(journal)
        async with held(journal):
            more = chain(1, after=kept[-1])
            call = asyncio.create_task(journal.append(MEETING, head_of(kept), more))
            started = time.monotonic()
            for _ in range(20):
                await asyncio.sleep(0.001)
            assert time.monotonic() - started < 1
            assert not call.done()
        assert await call == Done(head_of(more))

    async def test_closing_settles_what_was_called_before(
        self, journal: SqliteJournal, folder: Path
    ) -> None:
        kept = await begun(journal)
        more = chain(1, after=kept[-1])
        async with held(journal):
            call = asyncio.create_task(journal.append(MEETING, head_of(kept), more))
            await asyncio.sleep(0.02)
            closing = asyncio.create_task(journal.close())
            await asyncio.sleep(0.02)
        await closing
        assert await call == Done(head_of(more))
        again = await SqliteJournal.open(folder)
        assert await stored(again) == kept + more
        await again.close()


@asynccontextmanager
async def held(journal: SqliteJournal) -> AsyncIterator[None]:
    """The journal's thread is busy, as with a slow disk, until this is left."""
    busy, release = threading.Event(), threading.Event()

    def wait(_: Folder) -> None:
        busy.set()
        release.wait(10)

    waiting = asyncio.create_task(journal._ask(wait))
    await until(busy.is_set)
    try:
        yield
    finally:
        release.set()
        await waiting


async def transactions(journal: SqliteJournal) -> int:
    """How many there have been."""
    return await journal._ask(lambda folder: folder.database.transactions)


class TestUpkeep:
    """What is done between the commits."""

    async def test_the_heads_are_kept_no_more_often_than_was_asked(
        self, folder: Path
    ) -> None:
        journal = await SqliteJournal.open(folder, heads_every_s=0.1)
        await begun(journal)
        kept = set()
        started = time.monotonic()
        async for _ in append_for_ever(journal, MEETING):
            kept.add((folder / "head.json").stat().st_mtime_ns)
            if time.monotonic() - started > 0.55:
                break
        assert 2 <= len(kept) <= 7
        await journal.close()

    async def test_the_last_head_is_kept_though_nothing_more_happens(
        self, folder: Path
    ) -> None:
        journal = await SqliteJournal.open(folder, heads_every_s=0.05)
        kept = await begun(journal, 3)
        await until(
            lambda: (
                (folder / "head.json").read_bytes()
                == b'{"ctw-2020":{"epoch":"e1","seq":3,"hash":"%s"}}'
                % kept[-1].hash.hex().encode()
            )
        )
        await journal.close()

    async def test_closing_keeps_the_heads(self, folder: Path) -> None:
        journal = await SqliteJournal.open(folder, heads_every_s=3600)
        await begun(journal, 3)
        await journal.close()
        assert json.loads((folder / "head.json").read_bytes())[MEETING]["seq"] == 3
        assert not (folder / WAL).exists()

    async def test_the_wal_stays_short_however_much_is_written(
        self, journal: SqliteJournal, folder: Path
    ) -> None:
        kept = await begun(journal)
        longest = 0
        for _ in range(12):
            more = chain(1, after=kept[-1], padding=1_000_000)
            await journal.append(MEETING, head_of(kept), more)
            kept += more
            longest = max(longest, (folder / WAL).stat().st_size)
        assert longest < 8_000_000
        assert (folder / DATABASE).stat().st_size > 6_000_000
        assert await stored(journal) == kept


class TestForgetting:
    """What was erased is in no file of the folder, while it is served and after."""

    # many rows to a page, and rows that do not fit in one
    @pytest.mark.parametrize("padding", [0, 500, 3_000])
    async def test_no_byte_of_what_was_forgotten_is_left_on_the_disk(
        self, folder: Path, padding: int
    ) -> None:
        journal = await SqliteJournal.open(folder)
        kept = await begun(journal, 40, padding=padding)
        assert holding(folder, b'"person 7"')
        assert await journal.forget(MEETING, 39) == 39
        assert not holding(folder, b'"person 7"')
        assert not holding(folder, b'"person 39"')
        assert holding(folder, b'"person 40"')
        salts = [each.personal_salt for each in kept[:39] if each.personal_salt]
        assert len(salts) == 39
        assert not any(holding(folder, salt) for salt in salts)
        await journal.close()
        assert not holding(folder, b'"person 7"')
        again = await SqliteJournal.open(folder)
        assert again.changed == ()
        assert [e.personal is None for e in await stored(again)] == [True] * 39 + [
            False
        ]
        await again.close()


def holding(folder: Path, what: bytes) -> list[str]:
    """The files of *folder* that have *what* in them."""
    return [e.name for e in folder.iterdir() if e.is_file() and what in e.read_bytes()]
