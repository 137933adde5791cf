"""The browser found on this machine can show a page."""

import pytest
from playwright.async_api import Browser

pytestmark = pytest.mark.e2e


async def test_a_page_runs_its_script(browser: Browser) -> None:
    page = await browser.new_page()
    await page.set_content("<p id=sum></p><script>sum.append(6 * 7)</script>")
    assert await page.locator("#sum").text_content() == "42"
