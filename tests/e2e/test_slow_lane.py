"""Networks that let no WebSocket through: the meeting goes on by plain HTTP.

The proxy is ours. It refuses every upgrade, and in the second network it also hands on
only answers that have ended, so that a stream of events never arrives.
"""

import asyncio
from itertools import pairwise
from typing import Any

import pytest
from playwright.async_api import expect

from support.pages import PHONE, Company, Operator, Person, until
from support.proxy import Line
from support.served import Served

pytestmark = pytest.mark.e2e

SLOW = "Slow line: updates may come a few seconds late."
BEFORE = ("XAD", "XAE")
CHANGES = 30


@pytest.mark.parametrize(("whole", "way"), [(False, "stream"), (True, "polls")])
async def test_a_meeting_goes_on_where_no_websocket_comes_through(
    people: Company, whole: bool, way: str
) -> None:
    served = people.served
    async with Line(served.port, no_upgrade=True, whole=whole) as line:
        pad, console, display, log = await asyncio.gather(
            people.join("XBN", base=line.base, size=PHONE),
            people.join("moderator", base=line.base),
            people.join("display", base=line.base),
            people.join("rapporteur", base=line.base),
        )
        slow = (pad, console, display, log)
        for each in slow:
            assert await lane(each) == ("http", way)
        await says_that_it_is_slow(pad, console, display, log)
        began = (await served.state())["seq"]

        operator = Operator(console)
        await operator.begin()
        entries = [{"delegation": code} for code in BEFORE]
        await served.command("insert", list="l1.2", entries=entries)
        await operator.space("Go on to Regional perspectives")
        await operator.space("Go on to Interactive discussion")
        await pad.press("Request the floor")
        await pad.reads("You are 3rd")
        await pad.lacks("Not yet registered.")
        requests = await served.collection("requests")
        assert [each["delegation"] for each in requests.values()].count("XBN") == 1
        await operator.hear("Adunara")
        await operator.hear("Aelindra")
        await pad.reads("You are next. Please be ready.")
        await operator.space("Give the floor to Banteyu")
        await pad.reads("You have the floor.", "The clock has not started.")
        await pad.press("We are ready")
        await operator.space("Start the clock of Banteyu")
        await expect(pad.page.get_by_role("timer")).to_contain_text("of 0:08")
        await pad.press("I have finished")
        await pad.press("Press again to finish")
        await pad.reads("Thank you. Your statement was heard.")
        await display.reads("The floor is open")

        for n in range(CHANGES):
            await served.command("announce", text=f"Change {n}")
        await sees_all(served, slow, began)
        await display.reads(f"Change {CHANGES - 1}")
        assert line.refused_upgrades >= 3
        for each in slow:
            assert await lane(each) == ("http", way)
            each.is_well(cut=True)


@pytest.mark.parametrize("whole", [False, True])
async def test_a_page_goes_back_to_websocket_without_losing_or_doubling_anything(
    people: Company, whole: bool
) -> None:
    served = people.served
    async with Line(served.port, no_upgrade=True, whole=whole) as line:
        pad, console = await asyncio.gather(
            people.join("XBN", base=line.base, size=PHONE),
            people.join("moderator", base=line.base),
        )
        began = (await served.state())["seq"]
        await Operator(console).begin()

        async def changes() -> None:
            for n in range(3 * CHANGES):
                await served.command("announce", text=f"Change {n}")
                await asyncio.sleep(0.03)

        changing = asyncio.create_task(changes())
        await asyncio.sleep(0.5)
        line.no_upgrade = line.whole = False
        for each in (pad, console):
            await each.page.evaluate("dispatchEvent(new Event('online'))")
        for each in (pad, console):
            await is_on(each, "socket")
        await pad.lacks(SLOW)
        await expect(console.page.locator(".facts")).not_to_contain_text("Slow line")
        await changing
        await sees_all(served, (pad, console), began)
        # and it is what the tab begins with from now on
        assert await remembered(pad) is None
        for each in (pad, console):
            each.is_well(cut=True)


async def test_a_tab_remembers_its_lane_and_a_command_changes_lanes(
    people: Company,
) -> None:
    served = people.served
    await served.command("open_lobby", expect={"state": "scheduled"})
    await served.command("call_to_order", expect={"state": "lobby"})
    async with Line(served.port, no_upgrade=True, whole=True) as line:
        pad = await people.join("XBN", base=line.base, size=PHONE)
        assert await lane(pad) == ("http", "polls")
        refused = line.refused_upgrades
        await pad.page.reload()
        await pad.is_live()
        assert await lane(pad) == ("http", "polls")
        # it asked once whether WebSocket comes through by now, and no more
        assert line.refused_upgrades <= refused + 1

        await line.cut()
        await pad.press("Request the floor")
        await pad.reads("Not yet registered.")
        line.no_upgrade = line.whole = False
        await line.restore()
        await pad.page.evaluate("dispatchEvent(new Event('online'))")
        await is_on(pad, "socket")
        await pad.lacks("Not yet registered.")
        await pad.reads("Withdraw")
        requests = await served.collection("requests")
        assert [each["delegation"] for each in requests.values()].count("XBN") == 1
        pad.is_well(cut=True)


async def test_a_link_that_is_withdrawn_ends_its_page_on_the_slow_lane(
    people: Company,
) -> None:
    served = people.served
    async with Line(served.port, no_upgrade=True, whole=True) as line:
        pad = await people.join("XBN", base=line.base, size=PHONE)
        links = await served.collection("links")
        (link,) = [id_ for id_, each in links.items() if each["delegation"] == "XBN"]
        await served.command("revoke_link", link=link)
        await pad.reads("This link was withdrawn.")


async def test_the_join_page_says_that_the_meeting_works_all_the_same(
    people: Company,
) -> None:
    served = people.served
    async with Line(served.port, no_upgrade=True) as line:
        joining = await people.stranger(base=line.base)
        _, _, token = served.url("XBE").partition("#")
        await joining.page.goto(f"{line.base}/join#{token}")
        await joining.reads(
            "This network does not let WebSocket through. The meeting works all"
        )


async def says_that_it_is_slow(
    pad: Person, console: Person, display: Person, log: Person
) -> None:
    """Each screen says it in its place, and the pad tells more when asked."""
    for each in (pad, display, log):
        await each.reads(SLOW)
    facts = console.page.locator(".facts")
    await expect(facts).to_contain_text("Slow line")
    await expect(facts.get_by_title("ask them to allow WebSocket")).to_have_count(1)
    await pad.page.get_by_text(SLOW).click()
    await pad.reads("This network does not let WebSocket through")
    await pad.page.get_by_text(SLOW).click()


async def lane(person: Person) -> tuple[str, str | None]:
    """Which lane a page is on, and by which way of it."""
    name: str = await person.page.evaluate("window.rostra.lane")
    return name, await remembered(person)


async def remembered(person: Person) -> str | None:
    """What the tab keeps of its lane."""
    kept: str | None = await person.page.evaluate(
        "sessionStorage.getItem('rostra-slow-lane')"
    )
    return kept


async def is_on(person: Person, name: str) -> None:
    """Wait until the page is live on the lane of that *name*."""

    async def there() -> bool | None:
        script = "window.rostra.phase === 'live' && window.rostra.lane"
        return (await person.page.evaluate(script)) == name or None

    await until(there, f"not on {name}")


async def sees_all(served: Served, people: tuple[Person, ...], began: int) -> None:
    """Everybody reaches the last seq, and applied each since *began* once."""
    last: int = (await served.state())["seq"]
    for each in people:
        await each.has_reached(last)
        covers_each_seq_once(await each.known(), began)


def covers_each_seq_once(known: Any, began: int) -> None:
    """The spans that the page applied follow each other without gap or overlap."""
    spans = known["seqs"]
    assert spans[0][0] <= began, (spans, began)
    for (_, end), (begin, _) in pairwise(spans):
        assert begin == end, spans
    assert spans[-1][1] == known["seq"], spans
    # and nothing was given up on the way
    assert all(each["mode"] == "resume" for each in known["welcomes"]), known
