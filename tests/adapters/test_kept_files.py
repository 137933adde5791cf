"""The small files beside the database: whole, or as they were."""

import os
import resource
import stat
from pathlib import Path

import pytest

from adapters.chains import MEETING, OTHER, chain, head_of
from rostra.adapters.kept_files import (
    read_alive,
    read_heads,
    write_alive,
    write_heads,
)
from rostra.core.ids import Instant
from rostra.protocol.commit import Head


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file to be."""
    return tmp_path / "kept.json"


def test_heads_are_read_as_they_were_written(path: Path) -> None:
    heads = {MEETING: head_of(chain(3)), OTHER: Head("e9", 2**40, bytes(32))}
    write_heads(path, heads)
    assert read_heads(path) == heads


def test_stamps_are_read_as_they_were_written(path: Path) -> None:
    write_alive(path, {MEETING: Instant(1_594_017_000_000)})
    assert read_alive(path) == {MEETING: 1_594_017_000_000}


def test_a_file_that_is_not_there_holds_nothing(path: Path) -> None:
    assert read_heads(path) == {}
    assert read_alive(path) == {}


def test_a_hash_that_is_none_is_no_commits(path: Path) -> None:
    path.write_bytes(b'{"m":{"epoch":"e","seq":1,"hash":"zz"}}')
    assert list(read_heads(path).values()) == [Head("e", 1, b"")]


def test_only_the_owner_may_read_it_and_nothing_is_left_beside_it(path: Path) -> None:
    previous = os.umask(0)
    try:
        write_heads(path, {})
        write_alive(path, {})
    finally:
        os.umask(previous)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_one_that_cannot_be_written_whole_stays_as_it_was(path: Path) -> None:
    heads = {MEETING: head_of(chain(1))}
    write_heads(path, heads)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    try:
        with pytest.raises(OSError, match="No space left"):
            write_heads(path, {MEETING: head_of(chain(2))})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert read_heads(path) == heads
