"""The journal's folder: the lock on it, the database, the two files beside it.

For the one thread of :mod:`rostra.adapters.sqlite_thread`; nothing here waits for long
but the disk.
"""

import fcntl
import logging
import os
import secrets
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct

from rostra.adapters.kept_files import (
    read_alive,
    read_heads,
    write_alive,
    write_heads,
)
from rostra.adapters.opening import CannotOpen
from rostra.adapters.sqlite_file import Database, JournalBusy
from rostra.core.ids import Instant, MeetingId
from rostra.engine.ports import Stored
from rostra.protocol.commit import Head

log = logging.getLogger(__name__)

DATABASE = "journal.sqlite3"
LOCK = "journal.lock"
HEADS = "head.json"
ALIVE = "alive.json"


class Changed(Struct, frozen=True):
    """A meeting whose past is not what it was when the journal was last served.

    ``found`` is its head now, with the epoch made for it; None if the meeting is gone.
    """

    meeting: MeetingId
    kept: Head
    found: Head | None


class Folder:
    """Everything that is kept of the meetings. Opening it makes what is missing.

    Raises CannotOpen, and JournalBusy while another server has it.
    """

    def __init__(self, path: Path) -> None:
        self._heads_path = path / HEADS
        self._alive_path = path / ALIVE
        self._unwritten: set[Path] = set()
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.chmod(0o700)
            self._lock = locked(path / LOCK)
        except OSError as error:
            raise CannotOpen(
                f"The data folder {path} cannot be used: {error.strerror}."
            ) from error
        with ExitStack() as undo:
            undo.callback(os.close, self._lock)
            self.database = Database(path / DATABASE)
            undo.callback(self.database.close)
            self._alive = read_alive(self._alive_path)
            self._heads_kept: Mapping[MeetingId, Head] = read_heads(self._heads_path)
            self.changed = self._find_changed()
            self.keep_heads()
            undo.pop_all()

    def meetings(self) -> list[Stored]:
        """Every meeting, by id. Raises Unavailable."""
        self.database.must_work()
        return [
            Stored(meeting, head, self._alive.get(meeting))
            for meeting, head in sorted(self.database.heads.items())
        ]

    def stored(self, meeting: MeetingId) -> Stored | None:
        """One of :meth:`meetings`; None if it is not there. Raises Unavailable."""
        self.database.must_work()
        head = self.database.heads.get(meeting)
        if head is None:
            return None
        return Stored(meeting, head, self._alive.get(meeting))

    def stamp_alive(self, meetings: Collection[MeetingId], at: Instant) -> None:
        """Remember that *meetings* were served at *at*. Raises Unavailable."""
        self.database.must_work()
        there = self.database.heads.keys() & set(meetings)
        if there:
            self._alive.update(dict.fromkeys(there, at))
            self._kept(self._alive_path, lambda path: write_alive(path, self._alive))

    def new_epoch(self, meeting: MeetingId, epoch: str) -> None:
        """As the port's. Kept at once, so that the next start finds no difference."""
        self.database.new_epoch(meeting, epoch)
        self.keep_heads()

    def heads_are_kept(self) -> bool:
        """Whether the heads beside the database are its own."""
        return self._heads_kept == self.database.heads

    def since_heads_kept(self) -> float:
        """Seconds since the heads were last written."""
        return time.monotonic() - self._heads_kept_at

    def keep_heads(self) -> None:
        """Write the heads beside the database, durably. A failure is only logged."""
        heads = dict(self.database.heads)
        self._heads_kept_at = time.monotonic()
        if self._kept(self._heads_path, lambda path: write_heads(path, heads)):
            self._heads_kept = heads

    def close(self) -> None:
        """Keep the heads, and let database and lock go."""
        if not self.heads_are_kept():
            self.keep_heads()
        self.database.close()
        os.close(self._lock)

    def _find_changed(self) -> tuple[Changed, ...]:
        """Give a new epoch to each meeting that is not as it was.

        What has come after a kept head is no change: heads are kept once a second.
        """
        changed = []
        for meeting, kept in self._heads_kept.items():
            found = self.database.heads.get(meeting)
            stored = self.database.hash_at(meeting, kept.seq)
            if found and (found.epoch, stored) == (kept.epoch, kept.hash):
                continue
            log.error(
                "The past of meeting %s has changed: it was at commit %d, it is at %d.",
                meeting,
                kept.seq,
                found.seq if found else 0,
            )
            if found:
                self.database.new_epoch(meeting, secrets.token_hex(8))
                found = self.database.heads[meeting]
            changed.append(Changed(meeting, kept, found))
        return tuple(changed)

    def _kept(self, path: Path, write: Callable[[Path], None]) -> bool:
        """Whether *path* could be written; said once, not each second, if it cannot."""
        try:
            write(path)
        except OSError as error:
            if path not in self._unwritten:
                log.warning("%s cannot be written: %s", path.name, error.strerror)
            self._unwritten.add(path)
            return False
        self._unwritten.discard(path)
        return True


def locked(path: Path) -> int:
    """A lock on *path*, held until the number it answers is closed. JournalBusy."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(file)
        raise JournalBusy(
            f"Another Rostra server is using the data folder {path.parent}. "
            "Stop it first, or give this one a folder of its own."
        ) from error
    except OSError:
        os.close(file)
        raise
    return file
