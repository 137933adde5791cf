"""When clients try again: as ``client/src/lib/connection.ts`` has it."""

import random
import re
from pathlib import Path

from rostra.rehearsal.pauses import (
    BACKOFF_MS,
    MODERATOR_BACKOFF_MS,
    after_goodbye_ms,
    pause_ms,
)

BROWSER = Path(__file__).resolve().parents[2] / "client/src/lib"
RNG = random.Random(1)


def test_the_browser_has_the_same_pauses() -> None:
    texts = [each.read_text(encoding="utf-8") for each in BROWSER.glob("*.ts")]
    found = [re.search(r"BACKOFF_MS = \[([\d_, ]+)\]", text) for text in texts]
    (pauses,) = [each[1] for each in found if each]
    assert tuple(int(each) for each in pauses.split(",")) == BACKOFF_MS
    moderators = re.findall(r"MODERATOR_BACKOFF_MS = ([\d_]+)", "".join(texts))
    assert [int(each) for each in moderators] == [MODERATOR_BACKOFF_MS]


def test_the_first_pause_is_spread_and_operators_do_not_wait() -> None:
    waits = [pause_ms(RNG, 0, 8_000) for _ in range(1_000)]
    assert min(waits) < 400
    assert 7_000 < max(waits) <= 8_000
    assert pause_ms(RNG, 0, 8_000, moderator=True) == 0


def test_pauses_grow_and_end_growing() -> None:
    assert 1_250 <= pause_ms(RNG, 6, 0) <= 2_500
    assert 1_250 <= pause_ms(RNG, 99, 0) <= 2_500
    assert 250 <= pause_ms(RNG, 99, 8_000, moderator=True) <= 500


def test_after_a_goodbye_the_server_says_when() -> None:
    waits = [after_goodbye_ms(RNG, 500, 100) for _ in range(100)]
    assert 500 <= min(waits) <= max(waits) <= 600
