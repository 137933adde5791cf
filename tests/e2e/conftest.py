"""What the tests with real browsers share: a server each, and people who visit it."""

from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from support.pages import Company, company
from support.served import Served, serving

FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Lets the fixtures know whether a test failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


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
async def hall(
    request: pytest.FixtureRequest, browser: Browser, served: Served
) -> AsyncIterator[Company]:
    """Whoever joins that meeting; of a failure there are pictures."""
    async with company(browser, served) as made:
        yield made
        if request.node.stash.get(FAILED, False):
            await made.photograph()


@pytest.fixture
async def people(
    request: pytest.FixtureRequest, browser: Browser, rehearsed: Served
) -> AsyncIterator[Company]:
    """Whoever joins the meeting of invented delegations; pictures as well."""
    async with company(browser, rehearsed) as made:
        yield made
        if request.node.stash.get(FAILED, False):
            await made.photograph()
