"""The heads that this server has reached, in a file of its own.

A Redis that comes back with less than it had acknowledged is noticed by the servers
that are running. Where all of them went down with it, only what they wrote down tells.
"""

import asyncio
import logging
from pathlib import Path

import msgspec
from msgspec import Struct

from rostra.adapters.kept_files import read_heads, write_heads
from rostra.core.ids import MeetingId
from rostra.protocol.commit import Commit, Head

log = logging.getLogger(__name__)


class _Epoch(Struct, frozen=True):
    """How the open part of a commit begins."""

    epoch: str


_epoch = msgspec.json.Decoder(_Epoch)


class Remembered:
    """The heads in the file at *path*, and those that are reached from now on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.heads = read_heads(path)
        self._kept = dict(self.heads)
        self._told = False

    def reached(self, meeting: MeetingId, commit: Commit) -> None:
        """*commit* is in the journal."""
        epoch = _epoch.decode(commit.open).epoch
        self.heads[meeting] = Head(epoch, commit.seq, commit.hash)

    async def keep(self) -> None:
        """Write the file if there is something new. A failure is only logged, once."""
        if self.heads == self._kept:
            return
        heads = dict(self.heads)
        try:
            await asyncio.to_thread(write_heads, self._path, heads)
        except OSError as error:
            if not self._told:
                log.warning("%s cannot be written: %s", self._path, error.strerror)
            self._told = True
            return
        self._kept, self._told = heads, False
