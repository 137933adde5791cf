"""A segment without attribution: nobody's name on any screen but the secretariat's."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from support.pages import PHONE, Company, Operator, company
from support.served import serving

pytestmark = pytest.mark.e2e

TITLE = 'title = "Interactive discussion"'
NAMES = ("Banteyu", "Aelindra")


@pytest.fixture
async def behind_doors(browser: Browser, tmp_path: Path) -> AsyncIterator[Company]:
    """The closing discussion, its discussion closed."""
    async with (
        serving(
            tmp_path,
            roster="fictional",
            edit=lambda text: text.replace(TITLE, f"{TITLE}\nattributed = false"),
        ) as served,
        company(browser, served) as made,
    ):
        yield made


async def test_screens_say_that_somebody_speaks_and_not_who(
    behind_doors: Company,
) -> None:
    served = behind_doors.served
    console, log, display, own, other = await asyncio.gather(
        behind_doors.join("moderator"),
        behind_doors.join("rapporteur"),
        behind_doors.join("display"),
        behind_doors.join("XBN", size=PHONE),
        behind_doors.join("XAD", size=PHONE),
    )
    operator = Operator(console)
    entries = [{"delegation": code} for code in ("XBN", "XAE")]
    await served.command("insert", list="l1.2", entries=entries)
    await operator.begin()
    await operator.space("Go on to Regional perspectives")
    await operator.space("Go on to Interactive discussion")
    await operator.hear("Banteyu", end=False)
    await expect(display.page.get_by_role("heading", level=1)).to_have_text("A speaker")
    await display.reads("1 request on the list")
    await own.reads("You have the floor")
    await other.reads("A speaker", "The list is open. One request is on it.")
    await log.reads("A speaker")
    for each in (display, other, log):
        await each.lacks(*NAMES)
    await operator.end("Banteyu")
    await expect(log.page.locator(".record tbody td .name")).to_have_text("A speaker")
    await display.reads("The floor is open: delegations may request it")
    for each in (display, other, log):
        await each.lacks(*NAMES)
        each.is_well()
