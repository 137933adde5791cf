"""Starts ``rostra`` on a machine whose wall clock is wrong.

``ROSTRA_TEST_CLOCK_S`` is by how many seconds. Only the wall clock: the clocks that
count from the start of the machine run as everywhere. Nothing of the product is
changed, it asks Python for the time as ever.
"""

import os
import sys
import time


def wrong_by(seconds: float) -> None:
    """From now on Python's wall clock is ahead by *seconds*."""
    true, true_ns = time.time, time.time_ns
    time.time = lambda: true() + seconds
    time.time_ns = lambda: true_ns() + int(seconds * 1e9)


if __name__ == "__main__":
    wrong_by(float(os.environ.get("ROSTRA_TEST_CLOCK_S", "0")))
    # only now: what asks for the time is bound when it is imported
    from rostra.cli.parser import main

    sys.exit(main())
