"""Many storms: the same as ``tests/engine/test_storm.py``, with seeds of its own.

``ROSTRA_TEST_STORMS`` says how many, ``ROSTRA_TEST_SEED`` from where; both are printed.
"""

import os

import pytest

from support.storm import Storm

STORMS = int(os.environ.get("ROSTRA_TEST_STORMS", "1000"))
FIRST = int(os.environ.get("ROSTRA_TEST_SEED", "1000"))
COMMANDS = 200


@pytest.mark.torture
async def test_no_storm_loses_doubles_or_belies_a_command(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("CRITICAL")
    commands = 0
    for seed in range(FIRST, FIRST + STORMS):
        storm = Storm(seed)
        try:
            await storm.blow(COMMANDS)
            await storm.check()
        except BaseException:
            print(f"ROSTRA_TEST_SEED={seed} ROSTRA_TEST_STORMS=1")
            raise
        finally:
            await storm.calm()
        commands += len(storm.answers)
    print(f"{STORMS} storms from seed {FIRST}, {commands} commands, 0 violations")
