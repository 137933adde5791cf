"""Fixtures of the web tests."""

from collections.abc import AsyncIterator

import pytest

from web.house import House, call_to_order, opened


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """A server with a meeting that has not begun."""
    async with opened() as running:
        yield running


@pytest.fixture
async def session(house: House) -> House:
    """The same, the meeting in session."""
    await call_to_order(house)
    return house
