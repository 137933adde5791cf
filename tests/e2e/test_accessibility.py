"""axe finds nothing on any screen: in English by day, in Arabic by night."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Literal

import pytest
from playwright.async_api import expect

from support.pages import PHONE, Company, Person
from support.served import Served

pytestmark = pytest.mark.e2e

ColorScheme = Literal["light", "dark"]

#: Both directions of writing and both schemes of colour, each once.
READERS: tuple[tuple[str, ColorScheme], ...] = (("en", "light"), ("ar", "dark"))
#: The windows of the console, by the key that opens each.
WINDOWS = ("v", "o", "c", "m", "w", "a", "?", "p", "t", "y", "b", "r", "q", "x")

Found = dict[str, list[str]]


async def test_axe_finds_nothing_on_any_screen_of_a_meeting_that_runs(
    people: Company,
) -> None:
    served = people.served
    screens = [
        *("moderator", "chair", "desk", "rapporteur", "display", "viewer"),
        *("XBN", "XBE"),
    ]
    everybody = {
        f"{who} {lang}": await at_a_screen(people, who, lang, scheme)
        for lang, scheme in READERS
        for who in screens
    }
    pads = {name: each for name, each in everybody.items() if name.startswith("X")}
    one_language = {
        name: each for name, each in everybody.items() if name.endswith("en")
    }
    found: Found = {}

    async def look(moment: str, at: dict[str, Person] = everybody) -> None:
        await asyncio.gather(*(each.is_live() for each in at.values()))
        seq = (await served.state())["seq"]
        await asyncio.gather(*(each.has_reached(seq) for each in at.values()))
        faults = await asyncio.gather(*(each.faults() for each in at.values()))
        for name, some in zip(at, faults, strict=True):
            if some:
                found[f"{name}, {moment}"] = some

    await look("before the meeting", one_language)
    await served.command("open_lobby", expect={"state": "scheduled"})
    await served.command("call_to_order", expect={"state": "lobby"})
    await go_on(served, "s1.1")
    await go_on(served, "s1.2")
    await look("in session, nobody on the list", pads)
    await served.command("announce", text="The list closes at the end of the hour.")
    await served.command("request_floor", by="XBN", kind="technical", text="No sound")
    for code, limit_s in (("XAL", 60), ("XAH", 60), ("XBE", 1)):
        entry = {"delegation": code, "limit_s": limit_s}
        await served.command("insert", list="l1.2", entries=[entry])
    await served.command(
        "request_floor", by="XBN", kind="group_statement", group="HIGHLANDS"
    )
    floor = await call(served)
    await look("somebody is called", pads)
    await served.command("start", expect={**floor, "phase": "called"})
    await look("somebody speaks")
    await interrupted(served, look)
    await served.command("line_lost", expect={**floor, "phase": "speaking"})
    await look("a line is lost", one_language)
    await served.command("end", expect={**floor, "phase": "paused"})
    await until_called(served, "XBE")
    await look("called, or next", pads)
    floor = await on_floor(served)
    await served.command("start", expect={**floor, "phase": "called"})
    await asyncio.sleep(1.1)  # the limit is a second
    await look("over time")
    await served.command("line_lost", expect={**floor, "phase": "speaking"})
    await look("one's own line is lost", pads)
    await served.command("end", expect={**floor, "phase": "paused"})
    await served.command("suspend", reason="", expect={"state": "in_session"})
    await look("suspended", pads)
    await served.command("resume_meeting", expect={"state": "suspended"})
    await served.command("adjourn", expect={"state": "in_session"})
    await look("adjourned", one_language)
    assert found == {}, told(found)


async def test_axe_finds_nothing_in_the_windows_of_the_console_and_the_pad(
    people: Company,
) -> None:
    served = people.served
    await served.command("open_lobby", expect={"state": "scheduled"})
    await served.command("call_to_order", expect={"state": "lobby"})
    for code in ("XAL", "XAH", "XCA"):
        await served.command("insert", list="l1.0", entries=[{"delegation": code}])
    floor = await call(served)
    await served.command("start", expect={**floor, "phase": "called"})
    found: Found = {}
    for lang, scheme in READERS:
        console, pad = await asyncio.gather(
            at_a_screen(people, "moderator", lang, scheme),
            at_a_screen(people, "XCA", lang, scheme),
        )
        await asyncio.gather(
            look_into_windows(console, f"console {lang}", found),
            look_into_sheet(pad, f"pad {lang}", found),
        )
    assert found == {}, told(found)


async def test_axe_finds_nothing_on_the_pages_before_a_meeting(
    people: Company,
) -> None:
    served = people.served
    found: Found = {}
    pages = {
        "front": "/",
        "join": f"/join#{served.token('XCA')}",
        "bad link": "/join#rl_nothing",
        "no link": "/m/closing-discussion/pad",
        "missing": "/nowhere",
        "leave": "/leave",
    }
    for lang, scheme in READERS:
        person = await people.stranger(
            bypass_csp=True,
            color_scheme=scheme,
            locale=lang,
            viewport={"width": PHONE[0], "height": PHONE[1]},
        )
        for name, path in pages.items():
            await person.page.goto("about:blank")
            await person.page.goto(served.base + path)
            await expect(person.page.get_by_role("heading", level=1)).to_be_visible()
            if name == "join":
                await expect(person.page.locator("form")).to_be_visible()
            await expect(person.page.locator("html")).to_have_attribute("lang", lang)
            if faults := await person.faults():
                found[f"{name} {lang}"] = faults
    assert found == {}, told(found)


async def at_a_screen(
    people: Company, who: str, lang: str, scheme: ColorScheme
) -> Person:
    """Where axe may be put into the page, which its own policy forbids."""
    size = PHONE if who.startswith("X") else (1366, 768)
    person = await people.join(who, lang=lang, size=size, bypass_csp=True)
    await person.page.emulate_media(color_scheme=scheme)
    return person


async def look_into_windows(console: Person, name: str, found: Found) -> None:
    for key in WINDOWS:
        await console.page.keyboard.press(key)
        await look_into_dialog(console, f"{name}, window of {key}", found)
        await console.page.keyboard.press("Escape")
        await expect(console.page.get_by_role("dialog")).to_have_count(0)
    await console.page.keyboard.press("ArrowDown")
    await console.page.keyboard.press("i")
    await look_into_dialog(console, f"{name}, a request", found)
    await console.page.keyboard.press("Escape")
    await expect(console.page.get_by_role("dialog")).to_have_count(0)
    await console.page.keyboard.press("/")
    await console.page.keyboard.type("tav")
    await expect(console.page.locator("#found")).to_be_visible()
    if faults := await console.faults():
        found[f"{name}, search"] = faults


async def look_into_sheet(pad: Person, name: str, found: Found) -> None:
    sheet = pad.page.get_by_role("dialog")
    open_sheet = pad.page.locator(".thumb button:not(.giant)").last
    await open_sheet.click()
    await look_into_dialog(pad, f"{name}, other requests", found)
    pages = await sheet.locator("button.option:not([aria-disabled])").count()
    for n in range(pages):
        await sheet.locator("button.option:not([aria-disabled])").nth(n).click()
        await look_into_dialog(pad, f"{name}, page {n}", found)
        if await sheet.count() == 0:
            await open_sheet.click()
        else:
            await sheet.get_by_role("button").last.click()


async def look_into_dialog(person: Person, name: str, found: Found) -> None:
    await expect(person.page.get_by_role("dialog")).to_be_visible()
    if faults := await person.faults():
        found[name] = faults


async def go_on(served: Served, segment: str) -> None:
    """To a later segment of the programme."""
    meeting = (await served.collection("meeting"))["meeting"]
    await served.command(
        "go_to_segment", segment=segment, expect={"segment": meeting["segment"]}
    )


async def call(served: Served) -> dict[str, Any]:
    """Give the floor to the first of the running list."""
    state = (await served.state())["state"]
    segment = state["collections"]["meeting"]["meeting"]["segment"]
    head = state["order"][state["collections"]["segments"][segment]["list"]][0]
    made = await served.command("call", request=head, expect={"head": head})
    return {"intervention": made["intervention"]}


async def interrupted(served: Served, look: Callable[[str], Awaitable[None]]) -> None:
    """A point of order over the one who speaks, up to the ruling."""
    top = await on_floor(served)
    raised = {"by": "XBN", "kind": "point_of_order"}
    point = (await served.command("request_floor", **raised))["request"]
    await look("a point of order is raised")
    made = await served.command(
        "recognise", request=point, expect={"floor": top["intervention"]}
    )
    on_top = {"intervention": made["intervention"]}
    await served.command("start", expect={**on_top, "phase": "called"})
    await look("a point of order is heard")
    await served.command("end", expect={**on_top, "phase": "speaking"})
    await look("the ruling is asked for")
    await served.command("rule", intervention=made["intervention"], ruling="upheld")


async def on_floor(served: Served) -> dict[str, Any]:
    """Who is on the floor, for a button that says so."""
    (floor,) = await served.collection("floor")
    return {"intervention": floor}


async def until_called(served: Served, code: str) -> None:
    """Hear one after the other until *code* is called."""
    while True:
        floor = await call(served)
        (entity,) = (await served.collection("floor")).values()
        if entity["delegation"] == code:
            return
        await served.command("start", expect={**floor, "phase": "called"})
        await served.command("end", expect={**floor, "phase": "speaking"})


def told(found: Found) -> str:
    """Every fault once, and where it was seen."""
    places: dict[str, list[str]] = {}
    for where, faults in found.items():
        for each in faults:
            places.setdefault(each, []).append(where)
    return "\n".join(f"{each}\n    {_some(at)}" for each, at in places.items())


def _some(places: Iterable[str]) -> str:
    first, *rest = places
    return f"{first} and {len(rest)} more" if rest else first
