"""Small files beside the database: the heads that were reached, the alive stamps.

They are kept outside the database so that they say something when it is found shorter
or older than it was (PROMISES F18, E 2.1 row 5 and 15).
"""

import errno
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from rostra.core.ids import Instant, MeetingId
from rostra.protocol.commit import Head

T = TypeVar("T")

log = logging.getLogger(__name__)


class KeptHead(msgspec.Struct, frozen=True):
    """A head as ``head.json`` has it, the hash in hex digits."""

    epoch: str
    seq: int
    hash: str


def read_heads(path: Path) -> dict[MeetingId, Head]:
    """The heads that *path* holds; none where it is missing or no longer readable."""
    kept = _read(path, dict[str, KeptHead])
    return {
        MeetingId(meeting): Head(head.epoch, head.seq, _unhex(head.hash))
        for meeting, head in kept.items()
    }


def write_heads(path: Path, heads: Mapping[MeetingId, Head]) -> None:
    """Replace *path* so that a power failure leaves the old or the new. OSError."""
    kept = {m: KeptHead(h.epoch, h.seq, h.hash.hex()) for m, h in heads.items()}
    _replace(path, msgspec.json.encode(kept, order="deterministic"), durable=True)


def read_alive(path: Path) -> dict[MeetingId, Instant]:
    """The stamps that *path* holds, milliseconds since 1970."""
    stamps = _read(path, dict[str, int])
    return {MeetingId(meeting): Instant(at) for meeting, at in stamps.items()}


def write_alive(path: Path, stamps: Mapping[MeetingId, Instant]) -> None:
    """Replace *path*; survives the process, not a power failure. Raises OSError.

    Without fsync, because a stamp a second must not delay anybody's commit.
    """
    _replace(path, msgspec.json.encode(stamps), durable=False)


def _read(path: Path, shape: type[dict[str, T]]) -> dict[str, T]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=shape)
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError) as error:
        log.warning("%s cannot be read and is written anew: %s", path.name, error)
        return {}


def _unhex(digits: str) -> bytes:
    """No hash at all, which no commit has, where *digits* are none."""
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return b""


def _replace(path: Path, content: bytes, *, durable: bool) -> None:
    beside = path.with_suffix(".new")
    file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        # One write: a file this small is taken whole or, on a full disk, in part.
        if os.write(file, content) != len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if durable:
            os.fsync(file)
    finally:
        os.close(file)
    os.replace(beside, path)
    if durable:
        _fsync_folder(path.parent)


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
