"""The compiled send loop, where it was built; everything works without it.

``python -m rostra.web.sending`` builds it, where there is a C compiler.

It writes past the transports, straight to their descriptors. That is safe because a
ring's ``lines`` hold a descriptor only while its socket is open and nothing of it
waits in user space: both are told at the moment when they change
(:class:`rostra.web.connection.Watch`), and all of it happens in one thread.
"""

import ctypes
import logging
import os
import shutil
import subprocess
import sys
from array import array
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

#: In place of a descriptor: its bytes wait elsewhere; it has to be written by hand.
WAITS, BY_HAND = -1, -2
#: In place of a count: it stands elsewhere.
OTHER = -(2**31)
LIBRARY = Path(__file__).with_name("_send_loop.so")
SOURCE = Path(__file__).with_name("send_loop.c")


class Library:
    """The loop as a function of Python."""

    def __init__(self, path: Path) -> None:
        self._send = ctypes.CDLL(str(path)).rostra_send
        integer, long, pointer = ctypes.c_int, ctypes.c_longlong, ctypes.c_void_p
        self._send.argtypes = [
            *(pointer, pointer, integer, integer, long, long, long),
            *(ctypes.c_char_p, ctypes.c_size_t, pointer, pointer),
        ]
        self._left, self._why = array("i"), array("i")

    def send(
        self,
        lines: "array[int]",
        seqs: "array[int]",
        span: tuple[int, int],
        step: tuple[int, int, int],
        data: bytes,
    ) -> Iterator[tuple[int, int]]:
        """*data* to everyone in *span* who stands at the first of *step*; they then
        stand at its second, and whoever is not before its third has all that counts.

        The answer names who else is to be looked at: their index, and how much was
        sent, or minus the error's number, or :data:`OTHER`.
        """
        start, end = span
        if len(self._left) < end - start:
            self._left = array("i", bytes(4 * (end - start)))
            self._why = array("i", bytes(4 * (end - start)))
        count = self._send(
            _address(lines),
            _address(seqs),
            *(start, end, *step),
            *(data, len(data), _address(self._left), _address(self._why)),
        )
        return zip(self._left[:count], self._why[:count], strict=True)


def _address(numbers: "array[Any]") -> int:
    return numbers.buffer_info()[0]


@cache
def library() -> Library | None:
    """The compiled loop; None where it was not built, or does not fit this machine."""
    if not LIBRARY.exists():
        return None
    try:
        return Library(LIBRARY)
    except (OSError, AttributeError) as error:
        log.warning("the compiled send loop is not used: %s", error)
        return None


def build() -> bool:
    """Build the loop beside its source; False where there is no compiler for it."""
    compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return False
    made = LIBRARY.with_suffix(f".{os.getpid()}")
    line = [compiler, "-O2", "-shared", "-fPIC", "-o", str(made), str(SOURCE)]
    try:
        subprocess.run(line, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    # a server that runs goes on with the one that it has loaded
    made.replace(LIBRARY)
    return True


if __name__ == "__main__":
    if not build():
        sys.exit("There is no C compiler here: changes are sent without it, slower.")
