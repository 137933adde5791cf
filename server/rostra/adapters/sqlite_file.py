"""The journal's database file. The only module that knows sqlite3; it knows no asyncio.

One object, one connection, one thread: that thread makes it and is alone to call it.

Before 3.51.3 (3.50.7, 3.44.6) SQLite has the WAL-reset bug: two connections, one that
checkpoints while the other writes, can corrupt the file (PROMISES F20). It needs a
second connection, and there is none: not in this process, where only one thread holds
one, and not in another, because ``locking_mode=EXCLUSIVE`` keeps the file locked from
opening to closing, also against the ``sqlite3`` shell or a backup tool. That is why WAL
is used with every version.
"""

import logging
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rostra.adapters.opening import CannotOpen
from rostra.adapters.sqlite_rows import (
    FORGET,
    FORMAT,
    HASH_AT,
    HEADS,
    INSERT,
    NEW_EPOCH,
    SCHEMA,
    SELECT,
    Page,
    checked,
    to_row,
)
from rostra.adapters.writes import Write, weigh
from rostra.core.ids import MeetingId
from rostra.engine.ports import Appended, Done, Unavailable, Unknown
from rostra.protocol.commit import Hash, Head, first_hash

log = logging.getLogger(__name__)

PRAGMAS = (
    "locking_mode = EXCLUSIVE",  # before WAL: then its index needs no shared memory
    "journal_mode = WAL",
    "synchronous = FULL",  # WAL with NORMAL lost all that was not synced (F16)
    "fullfsync = ON",  # macOS: else fsync does not reach the disk
    "checkpoint_fullfsync = ON",
    "wal_autocheckpoint = 0",  # ours, after the answers: see checkpoint_if_due
    "secure_delete = ON",  # a deleted personal part is overwritten
    "trusted_schema = OFF",
    "mmap_size = 0",
    "foreign_keys = ON",
)

BUSY_S = 2.0
#: From this size on the WAL is copied into the database. SQLite's own default.
CHECKPOINT_BYTES = 4 * 1024 * 1024
#: Commits that one call reads, so that appends get in between.
PAGE_COMMITS = 256


class JournalBusy(CannotOpen):
    """Somebody else serves it already."""


class Database:
    """The histories of all meetings.

    After an error that is not a full disk, ``failed`` says so and every call is
    refused: what the file holds then is known only when it is opened again (F17).
    """

    def __init__(self, path: Path) -> None:
        """Open *path*, made with mode 0600 if need be. CannotOpen, JournalBusy."""
        self.failed: Unknown | None = None
        #: Transactions written since it was opened.
        self.transactions = 0
        self._wal = path.with_name(path.name + "-wal")
        self._db = _connect(path)
        #: Where each meeting ends. Ours alone, so never older than the file.
        self.heads: dict[MeetingId, Head] = {}
        try:
            self.heads = _heads(self._db)
        except sqlite3.Error as error:
            self._db.close()
            raise _cannot_open(path, error) from error

    def must_work(self) -> None:
        """Raise Unavailable after a failure."""
        if self.failed is not None:
            raise Unavailable(self.failed)

    def end(self, meeting: MeetingId) -> int:
        """The seq of *meeting*'s last commit, 0 if there is none. Unavailable."""
        self.must_work()
        return self.heads[meeting].seq if meeting in self.heads else 0

    def write(self, writes: Sequence[Write]) -> list[Appended]:
        """Answer each of *writes*, in one transaction. Raises Unavailable for all.

        Each is weighed against what those before it leave, so that of several that
        go on from the same head one wins.
        """
        self.must_work()
        heads = dict(self.heads)
        answers: list[Appended] = []
        won: list[Write] = []
        for write in writes:
            answer = weigh(write, heads.get(write.meeting))
            answers.append(answer)
            if isinstance(answer, Done):
                heads[write.meeting] = answer.head
                won.append(write)
        if any(write.commits for write in won):
            with self._transaction() as db:
                for write in won:
                    _insert(db, write)
        self.heads = heads
        return answers

    def new_epoch(self, meeting: MeetingId, epoch: str) -> None:
        """From now on *meeting*'s head carries *epoch*. KeyError, Unavailable."""
        head = self.heads[meeting]
        with self._transaction() as db:
            db.execute(NEW_EPOCH, (epoch, meeting))
        self.heads[meeting] = Head(epoch, head.seq, head.hash)

    def forget(self, meeting: MeetingId, up_to: int) -> int:
        """As the port's. KeyError, Unavailable.

        ``secure_delete`` overwrites them in the database; the WAL, which has the pages
        as they were, is emptied before this returns.
        """
        self.must_work()
        self.heads[meeting]  # KeyError
        with self._transaction() as db:
            erased = db.execute(FORGET, (meeting, up_to)).rowcount
        self._checkpoint()
        return erased

    def page(self, meeting: MeetingId, after_seq: int, up_to: int) -> Page:
        """The next commits after *after_seq*, none later than *up_to*. Unavailable."""
        previous = self.hash_at(meeting, after_seq)
        if previous is None:
            return Page([], damaged=after_seq)
        last = min(up_to, after_seq + PAGE_COMMITS)
        with self._guarded() as db:
            rows = _until_corrupt(db, SELECT, (meeting, after_seq, last))
            return checked(rows, previous, range(after_seq + 1, last + 1))

    def hash_at(self, meeting: MeetingId, seq: int) -> Hash | None:
        """The hash that commit *seq* is stored with, if it is. Raises Unavailable."""
        if seq == 0:
            return first_hash(meeting)
        with self._guarded() as db:
            for (digest,) in _until_corrupt(db, HASH_AT, (meeting, seq)):
                return bytes(digest)
        return None

    def checkpoint_if_due(self) -> None:
        """Copy the WAL into the database once it is long. Raises Unavailable.

        By ourselves, because SQLite's own way hides an I/O error of it, and in TRUNCATE
        mode, so that nothing deleted stays behind in the WAL. On a full disk the WAL
        grows on until there is room.
        """
        if not self._wal.exists() or self._wal.stat().st_size < CHECKPOINT_BYTES:
            return
        try:
            self._checkpoint()
        except Unavailable as error:
            if not error.why.full:
                raise

    def close(self) -> None:
        """Let the file go. Not to be called after a failure: it writes to the file."""
        self._db.close()

    def _checkpoint(self) -> None:
        with self._guarded() as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._guarded() as db:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
            self.transactions += 1

    @contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection]:
        self.must_work()
        try:
            yield self._db
        except sqlite3.Error as error:
            raise Unavailable(self._after(error)) from error

    def _after(self, error: sqlite3.Error) -> Unknown:
        """What *error* means; a full disk alone is survived, with all of it undone."""
        reason = f"{error_name(error)}: {error}"
        if primary_code(error) == sqlite3.SQLITE_FULL:
            try:
                # SQLite undoes it by itself, mostly.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                return Unknown(reason, full=True)
            except sqlite3.Error as second:
                reason = f"{reason}, then {error_name(second)}"
        self.failed = Unknown(reason, fatal=True)
        log.critical("The journal cannot be used any more (%s).", reason)
        return self.failed


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's result code without its details, 0 if the error is not SQLite's."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def error_name(error: sqlite3.Error) -> str:
    """``SQLITE_IOERR_WRITE`` and the like, for the log."""
    return getattr(error, "sqlite_errorname", type(error).__name__)


def _connect(path: Path) -> sqlite3.Connection:
    # Made here and closed again before SQLite opens it: closing it later would drop
    # this process's POSIX locks on it. SQLite gives the WAL the same mode.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)
    db = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    try:
        for pragma in PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        # The probe: whoever has the file open, with or without our lock file, is found.
        db.execute("BEGIN EXCLUSIVE")
        _be_of_this_format(db, path)
        db.execute("COMMIT")
        _must_be_durable(db, path)
    except sqlite3.Error as error:
        db.close()
        raise _cannot_open(path, error) from error
    except CannotOpen:
        db.close()
        raise
    return db


def _be_of_this_format(db: sqlite3.Connection, path: Path) -> None:
    (found,) = db.execute("PRAGMA user_version").fetchone()
    if found == 0:
        for statement in SCHEMA:
            db.execute(statement)
    elif found != FORMAT:
        raise CannotOpen(
            f"The journal {path} has format {found}, "
            f"and this version of Rostra reads format {FORMAT}."
        )


def _must_be_durable(db: sqlite3.Connection, path: Path) -> None:
    """SQLite answers a PRAGMA it cannot follow with what it does instead."""
    mode = db.execute("PRAGMA journal_mode").fetchone()
    synchronous = db.execute("PRAGMA synchronous").fetchone()
    if (mode, synchronous) != (("wal",), (2,)):
        raise CannotOpen(f"The file system of {path} does not allow a WAL journal.")


def _cannot_open(path: Path, error: sqlite3.Error) -> CannotOpen:
    if primary_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return JournalBusy(f"Another program has the journal {path} open.")
    return CannotOpen(
        f"The journal {path} cannot be opened: {error} ({error_name(error)})."
    )


def _heads(db: sqlite3.Connection) -> dict[MeetingId, Head]:
    return {
        MeetingId(meeting): Head(epoch, seq, digest)
        for meeting, epoch, seq, digest in db.execute(HEADS)
    }


def _insert(db: sqlite3.Connection, write: Write) -> None:
    if write.before is None:
        db.execute("INSERT INTO meetings VALUES (?, ?)", (write.meeting, write.epoch))
    elif write.before.epoch != write.epoch:
        db.execute(NEW_EPOCH, (write.epoch, write.meeting))
    db.executemany(INSERT, [to_row(write.meeting, commit) for commit in write.commits])


def _until_corrupt(
    db: sqlite3.Connection, query: str, of: tuple[object, ...]
) -> Iterator[tuple[Any, ...]]:
    """The rows before the first that lies on a damaged page."""
    try:
        yield from db.execute(query, of)
    except sqlite3.DatabaseError as error:
        # One meeting's misfortune. Anything else is the disk's, and everybody's.
        if primary_code(error) != sqlite3.SQLITE_CORRUPT:
            raise
