"""Senders that ask again, over a journal and a server that fail in every way.

Nothing that was acknowledged is lost, nothing has its effect twice, and nobody is told
"not done" of what was done. ``make torture`` blows many more of these.
"""

import pytest

from support.storm import FAULTS, Storm

COMMANDS = 140


@pytest.mark.parametrize("seed", range(10))
async def test_whatever_fails_each_command_has_one_effect_and_one_answer(
    seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("CRITICAL")
    storm = Storm(seed)
    try:
        await storm.blow(COMMANDS)
        await storm.check()
        assert storm.faults == set(FAULTS)
    finally:
        await storm.calm()
