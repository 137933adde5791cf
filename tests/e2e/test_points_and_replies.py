"""A plenary item: two points of order inside one statement, then two rounds of replies.

Everybody is invented. The list is closed before it begins: points of order and replies
are taken all the same.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect

from rostra.core import events as e
from support.pages import PHONE, Company, Operator, Person, company
from support.served import Served, as_shipped, plates, serving

pytestmark = pytest.mark.e2e

LIST = "l1.0"
ITEM = "Item 9: Freedom of navigation on shared rivers"
NAMES = plates("fictional")
SPEAKS, THEN, OBSERVER, NGO = "XBV", "XLI", "XQF", "XQL"
FIRST, SECOND = "XDR", "XOZ"
BORVANA, DRAVENIA, OZERNA = (NAMES[each] for each in (SPEAKS, FIRST, SECOND))
LISGORA, SALTMERE = NAMES[THEN], NAMES[OBSERVER]
#: A point that has just come to the top takes no press of the key for so long.
ARRIVING_S = 1.1
OTHER = "Point of order, reply, other"


@pytest.fixture
async def plenary(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path
) -> AsyncIterator[Company]:
    async with (
        serving(tmp_path, "plenary-item", rules=as_shipped) as served,
        company(browser, served) as made,
    ):
        yield made


async def test_two_points_of_order_in_one_statement_and_two_rounds_of_replies(
    plenary: Company,
) -> None:
    served = plenary.served
    console, chair, display, log, borvana, dravenia, ozerna, ngo = await asyncio.gather(
        plenary.join("moderator"),
        plenary.join("chair"),
        plenary.join("display", size=(1920, 1080)),
        plenary.join("rapporteur"),
        *(plenary.join(code, size=PHONE) for code in (SPEAKS, FIRST, SECOND, NGO)),
    )
    operator = Operator(console)
    await operator.space("Open the lobby")
    entries = [{"delegation": code} for code in (SPEAKS, THEN, OBSERVER)]
    await served.command("insert", list=LIST, entries=entries)
    await operator.space("Call to order")
    await the_list_is_closed(operator)

    await operator.hear(BORVANA, end=False)
    await asyncio.sleep(1.2)  # so that there is something to be kept
    await two_points_are_raised(dravenia, ozerna, console, chair, display)
    await the_first_is_heard(operator, chair, display, borvana, dravenia)
    await the_second_is_heard(operator, display, borvana, ozerna)
    await asyncio.sleep(1.2)
    await operator.end(BORVANA)

    await both_ask_to_reply(dravenia, ozerna)
    await operator.hear(LISGORA)
    await operator.hear(SALTMERE)
    await the_first_replies(operator, chair, display, dravenia, ozerna)
    await the_second_replies(operator, display, dravenia, ozerna)
    await there_is_no_third(served, dravenia, ngo)
    await operator.adjourn()
    await display.reads("The meeting is adjourned")

    await the_log_is_right(served)
    await it_reads_like_the_journal(log)
    for each in plenary.people:
        each.is_well()
    await exactly_what_was_left(served)


async def the_list_is_closed(operator: Operator) -> None:
    await operator.key("c")
    window = operator.page.get_by_role("dialog")
    await window.get_by_label("Basis, for the record").fill("By the President")
    await window.get_by_role("button", name="Close the list").click()
    await operator.person.reads("By the President")


async def two_points_are_raised(
    first: Person, second: Person, console: Person, chair: Person, display: Person
) -> None:
    """Seen by the chair and the operators in the order of arrival, by nobody else."""
    for pad, name in ((first, DRAVENIA), (second, OZERNA)):
        await chosen(pad, "Point of order")
        await pad.press("Raise a point of order")
        await pad.reads("Your point of order is before the chair.")
        await chair.reads(name)
    points = chair.page.get_by_role("alert", name="Before the chair")
    await expect(points.get_by_role("listitem")).to_have_count(2)
    await expect(points.get_by_role("listitem").first).to_contain_text(
        f"I recognise the representative of {DRAVENIA} on a point of order."
    )
    cards = console.page.get_by_label("Points of order and motions").locator(".point")
    await expect(cards).to_have_count(2)
    await expect(cards.first).to_contain_text(DRAVENIA)
    await display.lacks(DRAVENIA, OZERNA)


async def the_first_is_heard(
    operator: Operator, chair: Person, display: Person, speaker: Person, pad: Person
) -> None:
    await recognised(operator, DRAVENIA)
    await pad.reads("You have the floor: Point of order.")
    await display.lacks(DRAVENIA)
    await operator.space(f"Start the clock of {DRAVENIA}")
    await expect(display.page.locator(".hall-name")).to_have_text(DRAVENIA)
    await display.reads("Point of order", "of 2:00")
    kept = await digits(display.page.locator(".hall-held .num"))
    assert kept in ("4:57", "4:58", "4:59")
    await speaker.reads("Point of order.", f"You keep {kept}.")
    await chair.reads("I invite the representative of Borvana to continue.")
    await asyncio.sleep(1.2)
    assert await digits(display.page.locator(".hall-held .num")) == kept
    await operator.is_offered("End the intervention")
    await operator.key("e")
    # no Space rules by itself: the chair's word is typed first
    await operator.person.reads("Choose the ruling of the Chair first")
    await operator.key("2")
    await operator.person.press("Waits")
    await operator.space(f"Record the ruling, {BORVANA} waits")
    await expect(operator.person.button("Not upheld")).to_have_count(0)
    await expect(display.page.locator(".hall-name")).to_have_text(BORVANA)
    assert await digits(display.page.get_by_role("timer")) == kept


async def the_second_is_heard(
    operator: Operator, display: Person, speaker: Person, pad: Person
) -> None:
    kept = await digits(display.page.get_by_role("timer"))
    await recognised(operator, OZERNA)
    await operator.space(f"Start the clock of {OZERNA}")
    await expect(display.page.locator(".hall-name")).to_have_text(OZERNA)
    assert await digits(display.page.locator(".hall-held .num")) == kept
    await pad.press("I have finished")
    await pad.press("Press again to finish")
    await operator.person.reads("Choose the ruling of the Chair first")
    await operator.key("1")
    await operator.space(f"Record the ruling, {BORVANA} goes on with {kept}")
    await operator.is_offered("End the intervention")
    await display.reads("Point of order: upheld")
    await expect(speaker.page.get_by_role("timer")).to_contain_text("of 5:00")


async def both_ask_to_reply(*pads: Person) -> None:
    """While the debate goes on; they wait for its end."""
    for pad in pads:
        await chosen(pad, "Right of reply")
        await pad.reads("0 of 2 used. This one has 10:00.")
        await pad.press(BORVANA)
        await pad.press("Ask for the right of reply")
        await pad.reads(f"In reply to {BORVANA}")


async def the_first_replies(
    operator: Operator, chair: Person, display: Person, first: Person, second: Person
) -> None:
    await operator.space("Go on to the rights of reply")
    await chair.reads("We now turn to the right of reply.")
    await display.reads("Right of reply")
    await operator.lists(DRAVENIA, OZERNA)
    await operator.hear(DRAVENIA, end=False)
    await display.reads("of 10:00")
    await operator.end(DRAVENIA)
    await asks_again(first)
    await operator.hear(OZERNA)
    await asks_again(second)


async def asks_again(pad: Person) -> None:
    """For the second reply, by the one button, which is for replies now."""
    await pad.reads("1 of 2 used. This one has 5:00.")
    await pad.press("Ask for the right of reply")
    sheet = pad.page.get_by_role("dialog")
    await sheet.get_by_role("button", name=BORVANA).click()
    await sheet.get_by_role("button", name="Ask for the right of reply").click()
    await pad.reads("Second right of reply")


async def the_second_replies(
    operator: Operator, display: Person, *pads: Person
) -> None:
    await operator.space("Go on to the second replies")
    await display.reads("Right of reply, second round")
    await operator.lists(DRAVENIA, OZERNA)
    await operator.hear(DRAVENIA, end=False)
    await display.reads("Second right of reply", "of 5:00")
    await operator.end(DRAVENIA)
    await operator.hear(OZERNA)
    for pad in pads:
        await pad.reads("2 of 2 used")


async def there_is_no_third(served: Served, pad: Person, ngo: Person) -> None:
    """The pad says so beforehand; the server says so to whoever asks nevertheless."""
    again = pad.button("Ask for the right of reply")
    await expect(again).to_have_attribute("aria-disabled", "true")
    await expect(again).to_contain_text("All 2 replies are used")
    refused = await served.answer("request_floor", by=FIRST, kind="right_of_reply")
    assert refused.get("code") == "max_replies"
    for name in ("Point of order", "Right of reply"):
        await ngo.press(OTHER)
        option = ngo.page.get_by_role("dialog").get_by_role(
            "button", name=re.compile(f"^{name}")
        )
        await expect(option).to_have_attribute("aria-disabled", "true")
        await expect(option).to_contain_text("not entitled to this here")
        await ngo.press("Back")
    for kind in ("right_of_reply", "point_of_order"):
        refused = await served.answer("request_floor", by=NGO, kind=kind)
        assert refused.get("code") == "not_entitled"


async def the_log_is_right(served: Served) -> None:
    rows = await served.log()
    said = [(each["delegation"], each["kind"], each["turn"]) for each in rows]
    assert said == [
        (FIRST, "point_of_order", 0),
        (SECOND, "point_of_order", 0),
        (SPEAKS, "statement", 0),
        (THEN, "statement", 0),
        (OBSERVER, "statement", 0),
        (FIRST, "right_of_reply", 1),
        (SECOND, "right_of_reply", 1),
        (FIRST, "right_of_reply", 2),
        (SECOND, "right_of_reply", 2),
    ]
    first, second, borvana, *_ = rows
    assert [each["over"] for each in (first, second)] == [borvana["id"]] * 2
    assert [each["ruling"] for each in rows] == ["not_upheld", "upheld", *[None] * 7]
    assert [each["to"] for each in rows[5:]] == [SPEAKS] * 4
    assert [each["limit_ms"] // 1000 for each in rows] == [
        *(120, 120, 300, 300, 300, 600, 600, 300, 300)
    ]
    assert {hold["reason"] for hold in borvana["holds"]} == {"interruption"}

    table = await served.csv()
    assert [(row["entity_code"], row["kind"]) for row in table] == [
        (code, kind) for code, kind, _ in said
    ]
    assert [row["ruling"] for row in table][:3] == ["not_upheld", "upheld", ""]
    assert [row["interrupts"] for row in table][:3] == [*[borvana["id"]] * 2, ""]
    assert [row["reply_turn"] for row in table][5:] == ["1", "1", "2", "2"]


async def it_reads_like_the_journal(log: Person) -> None:
    """Points under the statement that they interrupted; replies in their rounds."""
    rows = await log.record()
    assert [each.get("heading") or (each["depth"], each["name"]) for each in rows] == [
        ITEM,
        (0, BORVANA),
        (1, DRAVENIA),
        (1, OZERNA),
        (0, LISGORA),
        (0, SALTMERE),
        f"{ITEM} · Right of reply",
        (0, DRAVENIA),
        (0, OZERNA),
        f"{ITEM} · Right of reply, second round",
        (0, DRAVENIA),
        (0, OZERNA),
    ]
    assert rows[2]["facts"] == ["Point of order", "Inside row 3"]
    assert "Ruling: not upheld" in rows[2]["said"]
    assert "Ruling: upheld" in rows[3]["said"]
    assert f"In reply to {BORVANA}" in rows[7]["facts"]
    assert await log.journal() == "\n".join(PRINTED)


PRINTED = (
    ITEM,
    f"A statement was made by the representative of {BORVANA}.",
    f"The representative of {DRAVENIA} spoke on a point of order.",
    "The Chair did not uphold the point of order.",
    f"The representative of {OZERNA} spoke on a point of order.",
    "The Chair upheld the point of order.",
    f"A statement was made by the representative of {LISGORA}. "
    f"A statement was made by the observer of the {SALTMERE}.",
    "",
    f"{ITEM} · Right of reply",
    f"The representatives of {DRAVENIA} and {OZERNA} spoke in exercise of the right of "
    "reply.",
    "",
    f"{ITEM} · Right of reply, second round",
    f"The representatives of {DRAVENIA} and {OZERNA} spoke a second time in exercise "
    "of the right of reply.",
)


async def exactly_what_was_left(served: Served) -> None:
    """By the journal: the interruptions took nothing from the statement."""
    (row,) = [each for each in await served.log() if each["delegation"] == SPEAKS]
    running, stretches = None, []
    for record in await served.journal():
        for event in record.events:
            if getattr(event, "intervention", None) != row["id"]:
                continue
            if isinstance(event, e.ClockStarted | e.ClockResumed):
                running = record.at
                assert getattr(event, "credit_ms", 0) == 0
            elif isinstance(event, e.ClockHeld | e.InterventionEnded):
                assert running is not None
                stretches.append(record.at - running)
                running = None
    assert len(stretches) == 2
    assert sum(stretches) == row["used_ms"]
    assert row["used_ms"] + row["held_ms"] == row["ended_at"] - row["started_at"]


async def recognised(operator: Operator, name: str) -> None:
    """By its own key; the plate is the point's from then on."""
    card = operator.page.locator(".point").first
    await expect(card).to_contain_text(name)
    await expect(card.get_by_role("button", name="Recognise")).not_to_have_attribute(
        "aria-disabled", "true"
    )
    await asyncio.sleep(ARRIVING_S)
    await operator.key("o")
    await operator.is_offered(f"Start the clock of {name}")
    await operator.person.reads("Its time stands still")


async def chosen(pad: Person, what: str) -> None:
    """One of the other requests, from the sheet that has them."""
    await pad.press(OTHER)
    sheet = pad.page.get_by_role("dialog")
    await sheet.get_by_role("button", name=re.compile(f"^{what}")).click()


async def digits(clock: Locator) -> str:
    return re.sub(r"\s.*", "", (await clock.inner_text()).strip())
