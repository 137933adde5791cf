"""The browser that drives the pages: a fixture for tests marked `e2e`."""

import os
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from support.chromium import Launch, NoChromiumError, chromium

__all__ = ["Launch", "NoChromiumError", "browser", "chromium"]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A browser of its own for each test, with a fresh profile.

    It lives in the test's own event loop, beside a server started there; one for the
    whole session would belong to another loop. A start takes about half a second.
    Make one context per person: `await browser.new_context()`.
    """
    launch = chromium()
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=launch.executable,
            args=list(launch.args),
            env={**os.environ, **launch.env},
        )
        yield started
        await started.close()
