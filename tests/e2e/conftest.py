"""What the tests with real browsers share: a server each, and people who visit it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser
from support.pages import Company, company
from support.served import Served, serving


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    """A server with the closing discussion and the real roster."""
    async with serving(tmp_path) as made:
        yield made


@pytest.fixture
async def rehearsed(tmp_path: Path) -> AsyncIterator[Served]:
    """The same with invented delegations, who may speak over time (RULES 12)."""
    async with serving(tmp_path, roster="fictional") as made:
        yield made


@pytest.fixture
async def people(browser: Browser, rehearsed: Served) -> AsyncIterator[Company]:
    """Whoever joins the meeting of invented delegations."""
    async with company(browser, rehearsed) as made:
        yield made
