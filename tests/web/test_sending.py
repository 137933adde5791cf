"""The compiled send loop on real sockets. It is built by ``make setup``."""

import errno
import shutil
import socket
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from rostra.web import sending
from rostra.web.sending import BY_HAND, OTHER, WAITS, Library

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The loop, built for these tests from the source as it is."""
    if not sending.build():
        pytest.fail("the send loop cannot be built: a C compiler is missing")
    return Library(sending.LIBRARY)


@pytest.fixture
def pairs() -> Iterator[list[Pair]]:
    """Ten sockets and their other ends, not blocking."""
    made = [socket.socketpair() for _ in range(10)]
    for pair in made:
        for each in pair:
            each.setblocking(False)
    yield made
    for pair in made:
        for each in pair:
            each.close()


def lines(pairs: list[Pair]) -> "array[int]":
    return array("i", [pair[0].fileno() for pair in pairs])


def test_whoever_stands_where_most_stand_gets_it_whole(
    library: Library, pairs: list[Pair]
) -> None:
    seqs = array("q", [7] * 10)
    left = library.send(lines(pairs), seqs, (2, 9), (7, 9, 8), b"hello")
    assert list(left) == []
    assert list(seqs) == [7, 7, 9, 9, 9, 9, 9, 9, 9, 7]
    for place, (_, peer) in enumerate(pairs):
        if 2 <= place < 9:
            assert peer.recv(100) == b"hello"
        else:
            with pytest.raises(BlockingIOError):
                peer.recv(100)


def test_others_are_named_and_nothing_is_sent_to_them(
    library: Library, pairs: list[Pair]
) -> None:
    where, seqs = lines(pairs), array("q", [7] * 10)
    where[0], where[1] = WAITS, BY_HAND
    seqs[2], seqs[3], seqs[4] = 6, 8, 9
    left = dict(library.send(where, seqs, (0, 10), (7, 9, 8), b"hello"))
    # 3 has all that counts (8), 4 more than that; 0 is left to catch up by itself
    assert left == {1: OTHER, 2: OTHER}
    assert list(seqs) == [7, 7, 6, 8, 9, 9, 9, 9, 9, 9]
    for place in range(5):
        with pytest.raises(BlockingIOError):
            pairs[place][1].recv(100)


def test_a_full_socket_says_how_much_it_took(
    library: Library, pairs: list[Pair]
) -> None:
    big = b"x" * 10_000_000
    left = dict(
        library.send(lines(pairs), array("q", [0] * 10), (3, 4), (0, 1, 1), big)
    )
    assert 0 < left[3] < len(big)
    taken = 0
    while True:
        try:
            taken += len(pairs[3][1].recv(1_000_000))
        except BlockingIOError:
            break
    assert taken == left[3]


def test_a_socket_that_takes_nothing_says_nought(
    library: Library, pairs: list[Pair]
) -> None:
    with pytest.raises(BlockingIOError):
        while True:
            pairs[0][0].send(b"x" * 65_536)
    left = library.send(lines(pairs), array("q", [0] * 10), (0, 1), (0, 1, 1), b"y")
    assert list(left) == [(0, 0)]


def test_a_peer_that_is_gone_is_told_as_an_error_and_kills_nobody(
    library: Library, pairs: list[Pair]
) -> None:
    pairs[5][1].close()
    left = library.send(lines(pairs), array("q", [0] * 10), (0, 10), (0, 1, 1), b"z")
    assert list(left) == [(5, -errno.EPIPE)]
    assert all(p.recv(9) == b"z" for n, (_, p) in enumerate(pairs) if n != 5)


def test_without_a_compiler_there_is_none_and_nothing_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sending, "LIBRARY", tmp_path / "_send_loop.so")
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert not sending.build()
    sending.library.cache_clear()
    assert sending.library() is None


def test_a_file_that_is_no_library_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "_send_loop.so"
    broken.write_bytes(b"not a library")
    monkeypatch.setattr(sending, "LIBRARY", broken)
    sending.library.cache_clear()
    assert sending.library() is None


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    sending.library.cache_clear()
