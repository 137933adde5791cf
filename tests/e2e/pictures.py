"""Paints the pictures of client/pictures from a running demo (`make pictures`).

The people are invented and simulated with a fixed seed; the meeting is watched until
somebody speaks and a pad is on the list, then every screen is photographed at once.
After that a pad raises a point of order, which an operator recognises.
"""

import asyncio
import json
import os
import re
import secrets
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from playwright.async_api import Browser, Page, async_playwright, expect

from e2e.paper_pictures import papers
from support.chromium import chromium
from support.pages import IS_LIVE, LAPTOP, PHONE, until
from support.served import ROOT, ROSTRA

PICTURES = ROOT / "client/pictures"
DEMO = ("--roster", "fictional", "--seed", "7", "--port", "0")
#: Nobody simulates these two, so that their pads stand where we put them.
ENGLISH, ARABIC = "XTV", "XCA"
#: And this one is not on the list: its pad raises the point of order.
RAISES = "XQF"
HALL = (1920, 1080)
#: What the rapporteur has written of those who were heard.
GIST = (
    (2, "made a proposal", "One register of trainers for both agendas."),
    (1, "supported", "Courses by distance for officials of border posts."),
)
LARGEST = 250_000
PATIENCE_S = 400.0
#: So many have spoken before, and the log shows them; then the pictures are taken.
HEARD = 2
#: The speaker has begun, and goes on for a while.
LEFT_MS = 10_000
#: What an operator presses until the next one speaks.
NEXT_SPEAKS = ("End the intervention", "Give the floor to", "Start the clock of")
#: And so long do the interrupted one and then the interrupter speak.
SPOKEN_S = 8


async def main() -> None:
    """Start the demo, wait until it lives, paint."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    launch = chromium()
    with tempfile.TemporaryDirectory(prefix="rostra-pictures-") as name:
        async with demo(Path(name)) as links, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=launch.executable,
                args=list(launch.args),
                env={**os.environ, **launch.env},
            )
            for paper, page in (await papers(browser)).items():
                await keep(page, paper)
            await paint(browser, links)
            await browser.close()


async def paint(browser: Browser, links: dict[str, Any]) -> None:
    """Everybody takes a seat; all are photographed while somebody speaks."""
    english = await seat(browser, links, ENGLISH, PHONE)
    arabic = await seat(browser, links, ARABIC, PHONE, lang="ar")
    pages = {
        "console-laptop": await seat(browser, links, "moderator2", LAPTOP),
        "console-ar-laptop": await seat(
            browser, links, "moderator2", LAPTOP, lang="ar"
        ),
        "pad-phone": english,
        "pad-ar-phone": arabic,
        "display-hall": await seat(browser, links, "display", HALL),
        "chair-laptop": await seat(browser, links, "chair", LAPTOP),
        "log-laptop": await seat(browser, links, "rapporteur", LAPTOP),
        "desk-laptop": await seat(browser, links, "desk", LAPTOP),
    }
    await until(lambda: running(links, HEARD), "nobody speaks", PATIENCE_S)
    for code, pad in ((ARABIC, arabic), (ENGLISH, english)):
        await pad.locator("button.giant").click()
        await expect(pad.locator(".pad")).to_have_attribute("data-is", "queued")
        await put_first(links, code)
    await written(links)
    for name, page in pages.items():
        await keep(page, name)
    await interrupted(browser, links, pages["console-laptop"])
    for name in ("console-laptop", "display-hall"):
        await keep(pages[name], name.replace("-", "-interruption-"))
    joining = await new_page(browser, PHONE)
    await joining.goto(links["delegations"][ENGLISH])
    await expect(joining.locator("form")).to_be_visible()
    await expect(joining.get_by_text("Connected: the server")).to_be_visible()
    await keep(joining, "join-phone")


async def interrupted(browser: Browser, links: dict[str, Any], console: Page) -> None:
    """A point of order in the middle of the next statement, recognised and begun."""
    pad = await seat(browser, links, RAISES, PHONE)
    for words in (*NEXT_SPEAKS, "Recognise", "Start the clock of"):
        if words == "Recognise":
            await asyncio.sleep(SPOKEN_S)
            await raise_point(pad)
        button = console.get_by_role("button", name=re.compile(f"^{words}")).first
        await expect(button).not_to_have_attribute("aria-disabled", "true")
        await button.click()
    await expect(pad.get_by_text("You have the floor: Point of order.")).to_be_visible()
    await asyncio.sleep(SPOKEN_S)


async def raise_point(pad: Page) -> None:
    """From the sheet of other requests."""
    await pad.get_by_role("button", name="Point of order").click()
    sheet = pad.get_by_role("dialog")
    await sheet.get_by_role("button", name=re.compile("^Point of order")).click()
    await sheet.get_by_role("button", name="Raise a point of order").click()


async def put_first(links: dict[str, Any], code: str) -> None:
    """To the head of the running list; the simulated operator steps back for good."""
    state = (await view(links))["state"]
    things = state["collections"]
    running = things["segments"][things["meeting"]["meeting"]["segment"]]["list"]
    order = state["order"][running]
    asked = (each for each in order if things["requests"][each]["delegation"] == code)
    request = next(asked)
    place = {"request": request, "place": order.index(request)}
    await act(links, "moderator2", "move", request=request, to=0, expect=place)


async def written(links: dict[str, Any]) -> None:
    """What a rapporteur and the technical desk have put in meanwhile."""
    state = (await view(links))["state"]
    rows = state["collections"]["interventions"].values()
    heard = sorted((each for each in rows if each["n"]), key=lambda each: each["n"])
    for row, (question, tag, text) in zip(heard, GIST, strict=False):
        marks = {"questions": {"add": [question]}, "tags": {"add": [tag]}}
        note = {"intervention": row["id"], "text": text, **marks}
        await act(links, "rapporteur", "note", **note)
    for code in (ENGLISH, ARABIC):
        for check in ("sound", "camera"):
            await act(links, "desk", "tick", delegation=code, check=check, ok=True)


async def running(links: dict[str, Any], heard: int) -> bool | None:
    """Whether somebody speaks in the discussion, not the first and not at the end."""
    state = await view(links)
    things = state["state"]["collections"]
    segment = things["segments"].get(things["meeting"]["meeting"]["segment"])
    floor = next(iter(things["floor"].values()), None)
    if not segment or segment["kind"] != "discussion" or not floor:
        return None
    if floor["phase"] != "speaking" or len(things["interventions"]) < heard:
        return None
    used = floor["used_ms"] + state["now"] - floor["running_since"]
    long_enough = floor["allotted_ms"] - used > LEFT_MS and used > 3_000
    return long_enough or None


async def view(links: dict[str, Any]) -> Any:
    """What an operator sees, by REST."""
    return await asked(links, "moderator2", "")


async def act(links: dict[str, Any], who: str, kind: str, **fields: Any) -> None:
    """What somebody does at a screen of their own, by REST."""
    body = {"type": kind, "id": secrets.token_hex(8), **fields}
    answer = await asked(links, who, "/commands", body)
    if answer["outcome"] != "ok":
        raise SystemExit(f"{kind}: {answer}")


async def asked(
    links: dict[str, Any], who: str, path: str, body: dict[str, Any] | None = None
) -> Any:
    """The answer of the server to the holder of a link."""
    url = f"{links['base']}/api/v1/meetings/{links['meeting']}{path}"
    headers = {"Authorization": f"Bearer {links[who].partition('#')[2]}"}
    async with (
        aiohttp.ClientSession(headers=headers) as http,
        http.request("POST" if body else "GET", url, json=body) as answer,
    ):
        return await answer.json()


async def seat(
    browser: Browser,
    links: dict[str, Any],
    who: str,
    size: tuple[int, int],
    *,
    lang: str = "en",
) -> Page:
    """Somebody at their screen, joined by the button as everybody does."""
    page = await new_page(browser, size)
    url = links.get(who) or links["delegations"][who]
    await page.goto(re.sub(r"/join#", f"/join?lang={lang}#", url))
    form = page.locator("form")
    if who in links["delegations"]:
        await form.locator("input").fill("Phone")
    await form.locator("button[type=submit]").click()
    await page.wait_for_url("**/m/**")

    async def live() -> bool | None:
        return bool(await page.evaluate(IS_LIVE)) or None

    await until(live, f"{who} is not connected")
    return page


async def new_page(browser: Browser, size: tuple[int, int]) -> Page:
    """An empty page; a phone's pictures are as sharp as a laptop's."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="light",
        reduced_motion="reduce",
    )
    return await context.new_page()


async def keep(page: Page, name: str) -> None:
    """A picture in client/pictures, and not too large a one."""
    file = PICTURES / f"{name}.png"
    await page.evaluate("document.fonts.ready")
    await page.screenshot(path=file, animations="disabled", caret="hide", scale="css")
    size = file.stat().st_size
    print(f"{file.relative_to(ROOT)}  {size // 1000} kB")
    if size > LARGEST:
        raise SystemExit(f"{file} has more than {LARGEST // 1000} kB")


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[dict[str, Any]]:
    """`rostra demo` on a free port, ended afterwards; its links."""
    written = folder / "links.json"
    process = await asyncio.create_subprocess_exec(
        *(str(ROSTRA), "demo", *DEMO, "--links", str(written)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
    )

    async def links() -> dict[str, Any] | None:
        return json.loads(written.read_text()) if written.exists() else None

    try:
        yield await until(links, "no links", 60)
    finally:
        process.terminate()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(main())
