"""People at their screens: real pages in Chromium, each in a context of its own.

What a test reads is what a person reads, by role and by words. `window.rostra` is asked
only for what no screen shows: how the line was resumed and which seqs were covered.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    expect,
)

from support.served import ROOT, Served

T = TypeVar("T")

AXE = ROOT / "client/node_modules/axe-core/axe.min.js"
PATIENCE_S = 15.0
LOOK_AGAIN_S = 0.05
LOOK_AT_ONCE_S = 0.01
LAPTOP = (1366, 768)
PHONE = (390, 844)

# A loaded machine is no reason to fail: what must be fast is measured by its own clock.
expect.set_options(timeout=PATIENCE_S * 1000)

#: A device whose clock of the day is wrong by so much; timers go on as they are.
WRONG_CLOCK = """
((shift) => {
  const Real = Date;
  class Wrong extends Real {
    constructor(...given) {
      if (given.length > 0) super(...given);
      else super(Real.now() + shift);
    }
    static now() { return Real.now() + shift; }
  }
  globalThis.Date = Wrong;
})(%d);
"""

#: Tells each text that an element takes, as soon as it is in the document.
WATCH = """
([selector, teller]) => {
  let last = null;
  const look = () => {
    const text = document.querySelector(selector)?.textContent ?? null;
    if (text === last) return;
    last = text;
    if (text !== null) window[teller](text);
  };
  new MutationObserver(look).observe(document, {
    subtree: true, childList: true, characterData: true,
  });
  look();
}
"""

#: The line is there, and the script has taken over from the server's first paint.
IS_LIVE = """
() => window.rostra?.phase === "live" && !document.querySelector(".first-paint")
"""

#: What the console's filled button says.
SAYS = """() => document.querySelector("button.primary")?.textContent ?? ''"""

#: The same, "" while it takes no press.
TAKES_A_PRESS = """
() => {
  const button = document.querySelector("button.primary");
  return button?.ariaDisabled === "true" ? "" : (button?.textContent ?? "");
}
"""

#: The record on the log page, a row after the other; ``depth`` is how far it is in.
READ_RECORD = """
() => [...document.querySelectorAll(".record tbody tr")].map((row) => {
  const cells = [...row.cells].map((each) => each.innerText.trim());
  if (cells.length < 5) return { heading: cells[0] };
  const [n, , who, used, said] = cells;
  const [name, ...facts] = who.split("\\n").filter((each) => each !== "");
  const depth = Number(row.dataset.depth ?? 0);
  return { n: Number(n), name, facts, used, said, depth };
})
"""

#: What a page may complain about while its line is cut on purpose.
OF_THE_LINE = re.compile(
    r"WebSocket connection to|net::ERR_|Failed to load resource|Failed to fetch"
)


@dataclass
class Person:
    """Somebody at a page. ``troubles`` are the errors that the browser reported."""

    page: Page
    base: str
    troubles: list[str] = field(default_factory=list)

    @property
    def context(self) -> BrowserContext:
        """The browser profile of this person."""
        return self.page.context

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """The button whose name begins so."""
        if isinstance(name, str):
            name = re.compile(rf"^{re.escape(name)}")
        return self.page.get_by_role("button", name=name)

    async def press(self, name: str | re.Pattern[str]) -> None:
        """Press the button of that name."""
        await self.button(name).click()

    async def reads(self, *words: str) -> None:
        """Each of *words* can be read on the page."""
        for each in words:
            # an option of a closed list is no text that anybody reads
            found = self.page.get_by_text(each).filter(visible=True)
            await seen(found.first, each)

    async def lacks(self, *words: str) -> None:
        """None of *words* can be read on the page."""
        for each in words:
            await expect(self.page.get_by_text(each)).to_have_count(0)

    async def known(self) -> Any:
        """What the page says of itself: phase, seq, mode, reason, welcomes, seqs."""
        return await self.page.evaluate(
            """() => {
              const { phase, seq, epoch, mode, reason, welcomes, seqs }
                = window.rostra ?? {};
              return { phase, seq, epoch, mode, reason, welcomes, seqs };
            }"""
        )

    async def is_live(self) -> None:
        """Wait until the line is there."""
        try:
            await until(self._live, "the page is not live")
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.page.url} {self.troubles}") from None

    async def has_reached(self, seq: int) -> None:
        """Wait until the page has seen commit *seq*."""
        await until(lambda: self._at(seq), f"the page has not reached {seq}")

    async def digits(self, selector: str) -> "Digits":
        """Watch the clock at *selector* from now on."""
        seen = Digits()
        await self.page.expose_binding("rostraDigit", seen.take)
        await self.page.evaluate(WATCH, [selector, "rostraDigit"])
        return seen

    async def shown(self, selector: str) -> list[str]:
        """The texts that stand at *selector* from now on, each change of them."""
        texts: list[str] = []
        await self.page.expose_binding(
            "rostraText", lambda _, text: texts.append(str(text))
        )
        await self.page.evaluate(WATCH, [selector, "rostraText"])
        return texts

    async def record(self) -> list[dict[str, Any]]:
        """The rows of the log as they are read: headings, and who said what."""
        return list(await self.page.evaluate(READ_RECORD))

    async def journal(self) -> str:
        """The record as the log page would have the Journal print it."""
        await self.press("Journal")
        window = self.page.get_by_role("dialog", name="As the Journal prints it")
        text = await window.get_by_role("textbox").input_value()
        await window.get_by_role("button", name="Close").click()
        return text

    async def faults(self) -> list[str]:
        """What axe finds wrong, one line for each kind with where."""
        if not await self.page.evaluate("typeof axe === 'object'"):
            await self.page.add_script_tag(path=AXE)
        found = await self.page.evaluate(
            """async () => {
              const { violations } = await axe.run(document, {
                resultTypes: ["violations"],
              });
              return violations.flatMap(({ id, nodes }) => nodes.map(
                ({ target, html, any }) =>
                  `${id}: ${target.join(" ")} ${html.slice(0, 160)} `
                  + (any[0]?.message ?? "")));
            }"""
        )
        return [str(each) for each in found]

    async def is_too_wide(self) -> bool:
        """Whether the page can be pushed sideways."""
        return bool(
            await self.page.evaluate(
                "document.documentElement.scrollWidth > innerWidth"
            )
        )

    def is_well(self, *, cut: bool = False) -> None:
        """The browser reported no error; of the line only where it was *cut*."""
        found = [
            each for each in self.troubles if not (cut and OF_THE_LINE.search(each))
        ]
        assert not found, "\n".join(found)

    async def _live(self) -> bool | None:
        with suppress(Error):  # the page may just be on its way to the next
            return bool(await self.page.evaluate(IS_LIVE)) or None
        return None

    async def _at(self, seq: int) -> bool | None:
        return ((await self.known()).get("seq") or 0) >= seq or None


class Digits:
    """The texts of a clock, each with the moment at which the test heard of it."""

    def __init__(self) -> None:
        self.seen: list[tuple[float, str]] = []

    def take(self, _source: object, text: str) -> None:
        """Called by the page."""
        self.seen.append((time.time() * 1000, text))

    def late_ms(self, ends_at: list[float]) -> list[float]:
        """For each change of the digits how far it was from its right moment.

        *ends_at* are the moments at which the clocks of the interventions reach 0:00;
        a clock shows the seconds left, rounded up. The first text of a clock is no
        change: it comes with the start.
        """
        lates: list[float] = []
        before = None
        for at, text in self.seen:
            left = _seconds(text)
            if left is not None and before == left + 1:
                lates.append(min(abs(end - left * 1000 - at) for end in ends_at))
            before = left
        return lates


def _seconds(text: str) -> int | None:
    """The seconds of "1:05"; None for what is no time left."""
    found = re.fullmatch(r"(\d+):(\d\d)", text)
    return None if found is None else int(found[1]) * 60 + int(found[2])


class Company:
    """Everybody at one server, in one browser."""

    def __init__(self, browser: Browser, served: Served) -> None:
        self.served = served
        self.people: list[Person] = []
        self._browser = browser

    async def join(
        self,
        who: str,
        *,
        base: str | None = None,
        size: tuple[int, int] = LAPTOP,
        bypass_csp: bool = False,
        shift_ms: int = 0,
        **how: Any,
    ) -> Person:
        """*who* (an office or a delegation's code) at their own screen, and live."""
        context = await self._browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            bypass_csp=bypass_csp,
            permissions=["clipboard-read", "clipboard-write"],
        )
        if shift_ms:
            await context.add_init_script(WRONG_CLOCK % shift_ms)
        return await self.beside(context, who, base=base, **how)

    async def beside(
        self,
        context: BrowserContext,
        who: str,
        *,
        base: str | None = None,
        screen: str | None = None,
        device: str = "",
        lang: str = "en",
        live: bool = True,
    ) -> Person:
        """A further page in a profile that is there already."""
        base = base or self.served.base
        url = await self._enter(context, base, self.served.token(who), device, lang)
        if screen:
            url = re.sub(r"(/m/[^/]+/)\w+", rf"\g<1>{screen}", url)
        person = await self.visit(context, base)
        await person.page.goto(base + url)
        if live:
            await person.is_live()
        return person

    async def stranger(self, *, base: str | None = None, **options: Any) -> Person:
        """Somebody with an empty profile, nowhere yet."""
        context = await self._browser.new_context(**options)
        return await self.visit(context, base or self.served.base)

    async def visit(self, context: BrowserContext, base: str) -> Person:
        """A new page whose errors are kept."""
        context.set_default_timeout(PATIENCE_S * 1000)
        person = Person(await context.new_page(), base)

        def complained(message: ConsoleMessage) -> None:
            if message.type == "error":
                person.troubles.append(message.text)

        person.page.on("console", complained)
        person.page.on("pageerror", lambda error: person.troubles.append(str(error)))
        self.people.append(person)
        return person

    async def photograph(self) -> None:
        """What everybody sees now, into tests/artifacts."""
        folder = ROOT / "tests/artifacts"
        folder.mkdir(exist_ok=True)
        for n, each in enumerate(self.people):
            with suppress(Error):
                await each.page.screenshot(path=folder / f"{n}.png", timeout=3_000)

    async def _enter(
        self, context: BrowserContext, base: str, token: str, device: str, lang: str
    ) -> str:
        """What the button of the join page does; returns the page it leads to."""
        answer = await context.request.post(
            f"{base}/join",
            data={"token": token, "device": device, "lang": lang},
            headers={"X-Rostra-Link": "join"},
        )
        assert answer.ok, await answer.text()
        return str((await answer.json())["url"])


@asynccontextmanager
async def company(browser: Browser, served: Served) -> AsyncIterator[Company]:
    """People whose browsers are closed afterwards."""
    made = Company(browser, served)
    try:
        yield made
    finally:
        await asyncio.gather(
            *(each.context.close() for each in made.people), return_exceptions=True
        )


class Operator:
    """The hands of an operator: the console's keyboard, and buttons by their names."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.page = person.page

    async def key(self, key: str) -> None:
        """Press a key of the map."""
        await self.page.keyboard.press(key)

    async def space(self, words: str) -> None:
        """Press Space once the filled button says *words* and takes a press."""
        await self._says(words, TAKES_A_PRESS)
        await self.key("Space")

    async def is_offered(self, words: str) -> None:
        """The filled button says *words*."""
        await self._says(words, SAYS)

    async def _says(self, words: str, script: str) -> None:
        async def offered() -> bool | None:
            return words in await self.page.evaluate(script) or None

        try:
            await until(offered, "not offered", pause_s=LOOK_AT_ONCE_S)
        except AssertionError:
            said = await self.page.locator("button.primary").all_inner_texts()
            raise AssertionError(f"the button says {said}, not {words!r}") from None

    async def begin(self) -> None:
        """Lobby, and the meeting called to order."""
        await self.space("Open the lobby")
        await self.space("Call to order")

    async def hear(self, name: str, *, end: bool = True) -> None:
        """Give the floor, start the clock, and end at once unless told otherwise."""
        await self.space(f"Give the floor to {name}")
        await self.space(f"Start the clock of {name}")
        if end:
            await self.end(name)
        else:
            await self.is_offered("End the intervention")

    async def hear_at_once(self, name: str) -> None:
        """The same by N, Space and E, not a wait longer than the console asks for."""
        await self.is_offered(f"Give the floor to {name}")
        await self.key("n")
        await self.space(f"Start the clock of {name}")
        await self.is_offered("End the intervention")
        await self.key("e")

    async def end(self, name: str) -> None:
        """End the intervention by its own key; its row appears among what is spoken."""
        await self.is_offered("End the intervention")
        await self.key("e")
        spoken = self.page.get_by_label("Spoken", exact=True).get_by_role("row")
        await seen(spoken.filter(has_text=name).first, name)

    async def adjourn(self) -> None:
        """The meeting rises; it is asked once, because it cannot be taken back."""
        await self.space("Adjourn")
        asked = self.page.get_by_role("dialog", name="Adjourn the meeting?")
        await asked.get_by_role("button", name="Adjourn").click()

    async def paste(self, *lines: str) -> None:
        """Paste a list as text, up to what was recognised of it."""
        await self.key("v")
        text = self.page.get_by_role("dialog").get_by_role("textbox")
        await expect(text).to_be_focused()
        await self.page.keyboard.insert_text("\n".join(lines))
        await self.person.press("Look at what is recognised")

    async def lists(self, *names: str) -> None:
        """These names are on the list of speakers, from above."""
        found = self.page.locator("[data-row] .row-name > .name")
        await expect(found).to_have_text(list(names))

    async def copied(self) -> str:
        """What is on the clipboard."""
        return str(await self.page.evaluate("navigator.clipboard.readText()"))


async def seen(found: Locator, what: str) -> None:
    """Wait until *found* is visible: as `expect` does, and looking more often."""

    async def visible() -> bool | None:
        return await found.is_visible() or None

    try:
        await until(visible, "not seen")
    except AssertionError:
        page = await found.page.locator("body").inner_text()
        raise AssertionError(f"{what!r} cannot be read in:\n{page}") from None


async def until(
    look: Callable[[], Awaitable[T | None]],
    otherwise: str,
    limit_s: float = PATIENCE_S,
    pause_s: float = LOOK_AGAIN_S,
) -> T:
    """Look again and again until there is an answer."""
    deadline = time.monotonic() + limit_s
    while (found := await look()) is None:
        assert time.monotonic() < deadline, f"{otherwise} within {limit_s} s"
        await asyncio.sleep(pause_s)
    return found
