"""The same meeting with pads that join half-way, wrong clocks and a slow line.

Whatever the clock of a device says and however long its line is, every page changes its
digits when the journal says that a second is over.
"""

import asyncio
from collections.abc import Callable
from statistics import median

import pytest
from playwright.async_api import expect

from rostra.core.events import ClockStarted, FloorGiven
from rostra.protocol.stored import Record
from support.pages import PHONE, Company, Operator, Person
from support.proxy import Line
from support.served import LIMIT_S

pytestmark = pytest.mark.e2e

DAY_MS = 86_400_000
AHEAD_MS = 3 * DAY_MS
BEHIND_MS = -3_600_000
SLOW_MS = 200
LATE_MS = 250
CHANGES = 20

CLOCK = {
    "console": ".plate .clock .num",
    "chair": ".chair-now .clock .num",
    "display": ".hall-clock .clock .num",
    "phone": ".pad-floor .num",
    "tablet": ".pad-floor .num",
    "other": ".pad-floor .num",
    "log": ".live .digits",
}


async def test_pads_join_half_way_and_all_clocks_agree_with_the_journal(
    people: Company, record_property: Callable[[str, object], None]
) -> None:
    port = people.served.port
    async with Line(port, delay_ms=SLOW_MS) as slow, Line(port) as own:
        console, chair, display = await asyncio.gather(
            people.join("moderator", shift_ms=AHEAD_MS),
            people.join("chair", base=slow.base, shift_ms=BEHIND_MS),
            people.join("display", size=(1920, 1080)),
        )
        operator = Operator(console)
        await operator.space("Open the lobby")
        await operator.paste("Altavera", "Ardenholm", "Aruvai", "Azulama")
        await console.press("Put 4 on the list")
        await operator.space("Call to order")
        await operator.space("Go on to Regional perspectives")
        await operator.space("Go on to Interactive discussion")
        await operator.hear("Altavera")

        phone, tablet, other, log = await asyncio.gather(
            people.join("XBN", device="Phone", size=PHONE, shift_ms=AHEAD_MS),
            people.join("XBN", device="Tablet", base=own.base, shift_ms=BEHIND_MS),
            people.join("XBE", device="Desk", size=PHONE, base=slow.base),
            people.join("rapporteur", shift_ms=BEHIND_MS),
        )
        await two_devices_make_one_request(people, phone, tablet, own)
        await other.press("Request the floor")
        await other.reads("You are 5th")

        screens = {
            **{"console": console, "chair": chair, "display": display},
            **{"phone": phone, "tablet": tablet, "other": other, "log": log},
        }
        clocks = {
            name: await person.digits(CLOCK[name]) for name, person in screens.items()
        }
        for name in ("Ardenholm", "Aruvai", "Azulama"):
            await operator.hear(name, end=False)
            await expect(display.page.get_by_role("timer")).to_have_text(
                "0:00", timeout=(LIMIT_S + 10) * 1000
            )
            await operator.end(name)

        await both_devices_take_the_floor(operator, phone, tablet)
        await other.reads("You are next. Please be ready.")
        await other.press("Withdraw")
        await other.press("Press again to withdraw")
        await other.reads("You are not on the list.")
        for name in ("Altavera", "Azulama", "Banteyu"):
            await log.reads(name)
        await operator.space("Go on to Main conclusions")
        await operator.space("Give the floor to the next speaker")
        await operator.space("Start the clock of the next speaker")
        await operator.is_offered("End the intervention")
        await operator.key("e")
        await operator.adjourn()
        for each in (phone, tablet, other):
            await each.reads("The meeting is adjourned.")

        assert [row["delegation"] for row in await people.served.log()] == [
            *("XAL", "XAH", "XAR", "XAZ", "XBN"),
            None,
        ]
        for each in people.people:
            each.is_well(cut=each is tablet)
        ends = ends_at(await people.served.journal())
    late = {name: seen.late_ms(ends) for name, seen in clocks.items()}
    medians = {name: round(median(each)) for name, each in late.items() if each}
    record_property("late_ms", medians)
    print(f"late by (median of each page, ms): {medians}")
    for name, lates in late.items():
        trip_ms = SLOW_MS if screens[name].base == slow.base else 0
        assert len(lates) >= CHANGES, (name, clocks[name].seen)
        assert median(lates) <= LATE_MS + trip_ms, (name, lates)


async def two_devices_make_one_request(
    people: Company, phone: Person, tablet: Person, line: Line
) -> None:
    """Both press before either can know of the other: the tablet without a line."""
    await line.cut()
    await tablet.press("Request the floor")
    await tablet.reads("Sending your request", "Not yet registered.")
    await phone.press("Request the floor")
    await phone.reads("You are 4th")
    await line.restore()
    for each in (phone, tablet):
        await each.reads("You are 4th")
        await expect(each.button("Withdraw")).to_be_visible()
    requests = await people.served.collection("requests")
    own = [each for each in requests.values() if each["delegation"] == "XBN"]
    assert len(own) == 1
    number = f"number {own[0]['number']}, on {own[0]['device']}"
    for each in (phone, tablet):
        await expect(each.page.get_by_text("Registered")).to_contain_text(number)


async def both_devices_take_the_floor(
    operator: Operator, phone: Person, tablet: Person
) -> None:
    await operator.space("Give the floor to Banteyu")
    for each in (phone, tablet):
        await each.reads("You have the floor.", "The clock has not started.")
    await tablet.press("We are ready")
    await phone.reads("on Tablet")
    await operator.person.reads("Ready")
    await operator.space("Start the clock of Banteyu")
    await phone.press("I have finished")
    await phone.press("Press again to finish")
    for each in (phone, tablet):
        await each.reads("Thank you. Your statement was heard.")


def ends_at(journal: list[Record]) -> list[float]:
    """When the clocks of the interventions reach 0:00, none of which is held."""
    limits: dict[str, int] = {}
    ends: list[float] = []
    for record in journal:
        for event in record.events:
            if isinstance(event, FloorGiven):
                limits[event.intervention] = event.limit_ms
            if isinstance(event, ClockStarted):
                ends.append(record.at + limits[event.intervention])
    return ends
