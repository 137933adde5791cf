"""A delegate's phone, from the personal link to the end of one's own time."""

import re

import pytest
from playwright.async_api import expect

from support.pages import Company, Operator, Person
from support.proxy import Line

pytestmark = pytest.mark.e2e

SMALL = {"width": 320, "height": 568}
#: The longest name of the roster of inventions has to fit as well.
BEFORE = ("XCA", "XAD", "XAE")


async def test_a_phone_joins_asks_withdraws_and_speaks(people: Company) -> None:
    served = people.served
    async with Line(served.port) as line:
        phone = await people.stranger(
            base=line.base, viewport=SMALL, has_touch=True, is_mobile=True
        )
        await joins(phone, line.base, served.token("XBN"))
        await phone.reads("Banteyu", "You are not on the list.")
        await tries_the_button(phone)
        console = await people.join("moderator")
        operator = Operator(console)
        await operator.begin()
        await phone.reads("The list is open. Nobody is on it yet.")
        await fits(phone)
        entries = [{"delegation": code} for code in BEFORE]
        await served.command("insert", list="l1.2", entries=entries)
        await operator.space("Go on to Regional perspectives")
        await operator.space("Go on to Interactive discussion")

        await line.cut()
        await phone.press("Request the floor")
        await phone.reads("Sending your request", "Not yet registered.")
        await fits(phone)
        await line.restore()
        await phone.reads("You are 4th")
        await is_registered(phone, "number 5, on Deputy's phone")
        await fits(phone)

        tablet = await people.join("XBN", device="Tablet")
        await tablet.reads("You are 4th")
        await is_registered(tablet, "number 5, on Deputy's phone")
        await other_requests(phone)

        await tablet.press("Withdraw")
        await tablet.press("Press again to withdraw")
        for each in (phone, tablet):
            await each.reads("You are not on the list.", "You withdrew your request at")
        await fits(phone)
        await phone.press("Request the floor")
        await phone.reads("You are 4th")
        await is_registered(phone, "number 6, on Deputy's phone")

        for code in BEFORE:
            await served_at_once(people, code)
        await phone.reads("You are next. Please be ready.", "You will have 0:08.")
        await fits(phone)
        await operator.space("Give the floor to Banteyu")
        await phone.reads(
            "You have the floor.",
            "Open your microphone in the video conference.",
            "The clock has not started.",
        )
        await fits(phone)
        await phone.press("We are ready")
        await tablet.reads("on Deputy's phone")
        await expect(phone.button("We are ready")).to_contain_text(
            "The moderator starts the clock"
        )
        await operator.space("Start the clock of Banteyu")
        clock = phone.page.get_by_role("timer")
        await expect(clock).to_contain_text(re.compile(r"0:0[1-7].*of 0:08"))
        await fits(phone)
        await operator.key("l")
        await phone.reads("One moment please.")
        await fits(phone)
        await phone.press("We are back")
        await console.reads("Banteyu is ready again.")
        await operator.space("Resume at 0:")
        await phone.press("I have finished")
        await phone.press("Press again to finish")
        await phone.reads("Thank you. Your statement was heard.")
        await fits(phone)

        await operator.space("Go on to Main conclusions")
        await operator.is_offered("Give the floor to")
        await served_at_once(people, None)
        await operator.adjourn()
        await phone.reads("The meeting is adjourned.")
        await fits(phone)
        (row,) = [each for each in await served.log() if each["delegation"] == "XBN"]
        assert len(row["holds"]) == 1
        for each in people.people:
            each.is_well(cut=each is phone)


async def test_a_phone_in_arabic_is_the_other_way_round_and_as_narrow(
    people: Company,
) -> None:
    served = people.served
    phone = await people.join("XCA", lang="ar", size=(320, 568))
    await expect(phone.page.locator("html")).to_have_attribute("dir", "rtl")
    await fits(phone)
    await served.command("open_lobby", expect={"state": "scheduled"})
    entries = [{"delegation": code} for code in ("XAD", "XAE", "XCA")]
    await served.command("insert", list="l1.2", entries=entries)
    await phone.reads("كالديرا")
    await expect(phone.page.locator(".rank")).to_have_text("3")
    await fits(phone)
    phone.is_well()


async def joins(phone: Person, base: str, token: str) -> None:
    """The join page says who one will be, and a button lets in."""
    await phone.page.goto(f"{base}/join#{token}")
    await phone.reads("Interactive Closing Discussion", "You join as", "Banteyu")
    assert token not in phone.page.url
    await fits(phone)
    await phone.page.get_by_label("Name of this device").fill("Deputy's phone")
    await phone.press("Join the meeting")
    await phone.is_live()


async def tries_the_button(phone: Person) -> None:
    """Before the meeting it can be tried, and nothing is asked for."""
    await phone.press("Try the button")
    sheet = phone.page.get_by_role("dialog")
    await sheet.get_by_role("button", name="Request the floor").click()
    await phone.reads("No request was made.")
    await fits(phone)
    await sheet.get_by_role("button", name="Back").click()


async def other_requests(phone: Person) -> None:
    """The sheet opens, says why not where something is not possible, and closes."""
    await phone.press("Point of order, reply, other")
    sheet = phone.page.get_by_role("dialog")
    await expect(sheet).to_be_visible()
    await fits(phone)
    await sheet.get_by_role("button", name="Back").click()
    await expect(sheet).to_have_count(0)


async def is_registered(person: Person, what: str) -> None:
    """With the time of the server, the number, and on which device."""
    await expect(person.page.get_by_text("Registered")).to_have_text(
        re.compile(rf"^Registered \d\d:\d\d:\d\d, {re.escape(what)}$")
    )


async def fits(phone: Person) -> None:
    """Nothing is wider than the screen, and every button is as large as a thumb."""
    assert not await phone.is_too_wide()
    small = await phone.page.evaluate(
        """() => [...document.querySelectorAll("button")]
          .filter((each) => each.offsetParent !== null)
          .filter((each) => each.offsetHeight < 44 || each.offsetWidth < 44)
          .map((each) => `${each.textContent} ${each.offsetWidth}x${each.offsetHeight}`)
        """
    )
    assert small == []


async def served_at_once(people: Company, code: str | None) -> None:
    """Another operator hears the first of the running list, who is *code*."""
    served = people.served
    state = (await served.state())["state"]
    segment = state["collections"]["meeting"]["meeting"]["segment"]
    running = state["collections"]["segments"][segment]["list"]
    head = state["order"][running][0]
    assert state["collections"]["requests"][head]["delegation"] == code
    made = await served.command("call", request=head, expect={"head": head})
    on = {"intervention": made["intervention"]}
    await served.command("start", expect={**on, "phase": "called"})
    await served.command("end", expect={**on, "phase": "speaking"})
