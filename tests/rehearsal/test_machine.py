"""What a process has used, held against what it says of itself."""

import os
import time

from rostra.rehearsal.machine import reading


def test_a_reading_is_what_the_process_knows_itself() -> None:
    until = time.process_time() + 0.05
    while time.process_time() < until:
        pass
    found = reading(os.getpid())
    assert found is not None
    assert abs(found.cpu_s - time.process_time()) < 0.2
    assert 5_000_000 < found.rss <= found.peak


def test_of_a_process_that_is_gone_nothing_is_known() -> None:
    assert reading(2**22 + 1) is None
