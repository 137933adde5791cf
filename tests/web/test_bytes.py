"""What a meeting costs those who follow it: bytes are counted, not timed."""

from pathlib import Path

import pytest

from load.bytes import LIST_CHANGES, MINUTES, SPEAKERS, two_hours
from load.joining import joining

#: What a pad receives at most in two hours, 60 speakers and 400 list changes.
AT_MOST = 150_000
#: To join a meeting of 200 delegations, compressed; scripts, styles and fonts aside.
TO_JOIN = 15_000
NO_BUILD = Path(__file__).parent / "no-build"


async def test_a_pad_receives_at_most_150_kb_in_two_hours() -> None:
    got = await two_hours()
    assert got.frames["ping"] == MINUTES * 60 // 5
    # every speaker's start and end, and every change of the list, reached it
    assert got.frames["delta"] >= 2 * SPEAKERS + LIST_CHANGES
    assert got.frames["mine"] >= 4
    assert got.frames["answer"] == 1
    assert got.total <= AT_MOST, got.table()


@pytest.mark.parametrize("lang", ["en", "ar"])
async def test_a_pad_joins_with_at_most_15_kb_and_gets_the_state_once(
    lang: str,
) -> None:
    got = await joining(lang, NO_BUILD)
    assert got.meeting.total() <= TO_JOIN, got.table()
    # the page's own state is where the socket goes on from
    assert got.mode == "resume"
    assert got.meeting["socket"] < got.meeting["page"] < got.meeting.total()
