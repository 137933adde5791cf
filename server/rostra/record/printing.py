"""Prints a document from a meeting's commits: ``python -m rostra.record.printing``.

All of it is done here, in a process of its own that yields to the server's: the replay
too, which takes longer than a room may wait. On standard input come an order and then
the commits, each after its length; on standard output goes the document.
"""

import os
import resource
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from rostra.protocol.commit import Commit, chain_mark
from rostra.protocol.stored import read
from rostra.record.course import Told, meeting_and_course
from rostra.record.language import Language
from rostra.record.minutes import Minutes
from rostra.record.orders import LENGTH_BYTES, NO_SUCH_PICTURE, Order
from rostra.record.press import NoSuchPicture, written
from rostra.record.writing import minutes_of

#: The server goes first.
NICE = 10
MOST_MEMORY = 2 << 30
_commit = msgspec.msgpack.Decoder(Commit)


def printed(order: Order, commits: Iterable[Commit]) -> bytes:
    """The document. Raises NoSuchPicture, and ValueError without a commit."""
    return written(order.form, minutes_from(order, commits), order.picture)


def minutes_from(order: Order, commits: Iterable[Commit]) -> Minutes:
    """The record of a meeting as it stood after the last of its *commits*."""
    last: Commit | None = None

    def told() -> Iterator[Told]:
        nonlocal last
        for last in commits:
            record = read(last)
            yield record.at, record.events

    meeting, course = meeting_and_course(told())
    assert last is not None
    words = order.vocabulary
    language = Language(order.language, words.translate, words.translate_n)
    mark = chain_mark(last.hash)
    return minutes_of(meeting, order.audience, language, course=course, chain=mark)


def _parts(source: BinaryIO) -> Iterator[bytes]:
    while length := source.read(LENGTH_BYTES):
        yield source.read(int.from_bytes(length, "big"))


def main() -> int:
    """From standard input to standard output."""
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    parts = _parts(sys.stdin.buffer)
    order = msgspec.msgpack.decode(next(parts), type=Order)
    try:
        body = printed(order, map(_commit.decode, parts))
    except NoSuchPicture:
        return NO_SUCH_PICTURE
    sys.stdout.buffer.write(body)
    return 0


if __name__ == "__main__":
    sys.exit(main())
