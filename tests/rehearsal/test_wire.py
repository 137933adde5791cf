"""A simulated device: what ends it, however its end comes."""

import asyncio
import random

import pytest

from rostra.rehearsal.delegate import Delegate
from rostra.rehearsal.wire import Wire


def wire() -> Wire:
    """A device that is not connected."""
    return Wire("http://127.0.0.1:9", "token", "Phone", random.Random(1))


async def test_an_end_that_comes_together_with_a_change_is_not_lost() -> None:
    """``asyncio.wait_for`` of Python 3.11 would return as if nobody had cancelled."""
    device = wire()
    waiting = asyncio.create_task(device.change(60.0))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    device._changed.set()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_a_delegation_whose_wire_is_closed_ends_by_itself() -> None:
    device = wire()
    delegate = Delegate("XAD", device, random.Random(1), "courteous")
    running = asyncio.create_task(delegate.run())
    await asyncio.sleep(0.01)
    assert not running.done()
    await device.close()
    async with asyncio.timeout(1):
        await running


async def test_who_waits_for_a_change_hears_of_the_end() -> None:
    device = wire()
    waiting = asyncio.create_task(device.change(60.0))
    await asyncio.sleep(0.01)
    await device.close()
    async with asyncio.timeout(1):
        await waiting
    assert device.closed
