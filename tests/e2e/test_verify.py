"""The page that proves a record: on plain http, and from a disk without any server.

No personal link is needed, and the file that is judged leaves the browser by no way.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from rostra.cli.office import AskCommits
from rostra.core.ids import MeetingId
from support.pages import AXE, PHONE
from support.served import Served

pytestmark = pytest.mark.e2e


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """Of somebody who was never here, on a phone."""
    width, height = PHONE
    context = await browser.new_context(viewport={"width": width, "height": height})
    yield await context.new_page()
    await context.close()


async def export(served: Served, folder: Path) -> Path:
    """The record of the meeting, as a file."""
    text = await served.ask(AskCommits(meeting=MeetingId(served.meeting)))
    file = folder / "history.jsonl"
    file.write_text(text, encoding="utf-8")
    return file


async def judged(page: Page, file: Path) -> str:
    """What the page says of *file*."""
    await page.locator("input[type=file]").set_input_files(file)
    answer = page.locator(".verify-answer")
    await expect(answer.get_by_text(file.name)).to_be_visible()
    return await answer.inner_text()


def changed(file: Path) -> Path:
    """A copy in which one letter of the first commit is another."""
    text = file.read_text(encoding="utf-8")
    copy = file.with_name("changed.jsonl")
    copy.write_text(text.replace("meeting", "meetinG", 1), encoding="utf-8")
    return copy


async def test_a_record_is_judged_in_the_browser_and_is_sent_to_nobody(
    served: Served, page: Page, tmp_path: Path
) -> None:
    file = await export(served, tmp_path)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text))
    await page.goto(f"{served.base}/verify")
    await page.locator(".verify").wait_for()
    sent: list[str] = []
    page.on("request", lambda each: sent.append(each.url))
    found = await judged(page, file)
    assert found.startswith("Intact")
    assert "It is the key of the server that this page came from." in found
    found = await judged(page, changed(file))
    assert found.startswith("Not intact")
    assert "From line 1 on, this file is not what was signed." in found
    assert (sent, troubles) == ([], [])
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    faults = "async () => (await axe.run()).violations.map((each) => each.id)"
    assert await page.evaluate(faults) == []
    wider = "() => document.documentElement.scrollWidth - innerWidth"
    assert await page.evaluate(wider) == 0


async def test_the_page_that_was_kept_works_from_a_disk_with_the_server_gone(
    served: Served, page: Page, tmp_path: Path
) -> None:
    file = await export(served, tmp_path)
    await page.goto(f"{served.base}/verify")
    async with page.expect_download() as saving:
        await page.get_by_role("link", name="Save this page as a file").click()
    kept = tmp_path / "verify.html"
    await (await saving.value).save_as(kept)
    await served.stop()
    await page.context.set_offline(True)
    sent: list[str] = []
    await page.goto(kept.as_uri())
    await page.locator(".verify").wait_for()
    page.on("request", lambda each: sent.append(each.url))
    assert (await judged(page, file)).startswith("Intact")
    assert (await judged(page, changed(file))).startswith("Not intact")
    # nor could it: its own policy lets nothing out
    try_it = (
        """() => fetch("https://example.org/").then(() => "sent", () => "kept in")"""
    )
    assert await page.evaluate(try_it) == "kept in"
    assert sent == []
