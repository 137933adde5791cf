"""An interactive dialogue of the Human Rights Council with forty who ask for the floor.

Places are drawn by lot, category by category. In the middle the limit is cut, from the
next speaker on; and one speaks until the cut is signalled. All of them are invented.
"""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from support.pages import PHONE, Company, Operator, Person, company
from support.served import Served, plates, serving

pytestmark = pytest.mark.e2e

LIST = "l1.0"
NAMES = plates("fictional")
CONCERNED = "XTH"
GROUPS = {"XAL": "WESTERN_LEAGUE", "XPE": "ISLAND_STATES"}
#: Thirty-one Members ask in time, five of them by chat; one asks after the draw.
BY_PROGRAM = (
    *("XAD", "XAE", "XAH", "XAR", "XAZ", "XBE", "XBV", "XBR", "XCA", "XCH", "XCL"),
    *("XCR", "XDA", "XDR", "XEL", "XEN", "XEI", "XFA", "XFJ", "XFL", "XGR", "XGY"),
    *("XHS", "XHO", "XIB", "XIS"),
)
BY_CHAT = ("XJC", "XJO", "XKA", "XKL", "XSM")
LATE = "XBN"
#: The observer State has a limit of its own, in seconds, and does not keep to it.
OVER, OWN_S = "XQF", 4
ORGANISATIONS = ("XQT", "XQR")
OFFICE, NGO = "XQO", "XQL"
ALL = 1 + len(GROUPS) + len(BY_PROGRAM) + len(BY_CHAT) + 1 + 1 + 2 + 2
#: So many have the floor before the limit is cut, the last of them at that moment.
MIDDLE = 20
#: What the console suggests then: twenty wait and forty minutes are left.
CUT_TO_S = 120


def without_window(rules: str) -> str:
    """The profile as it is shipped, but for the fifteen minutes before the draw."""
    changed, found = re.subn(
        r"^lot_window_min = \d+", "lot_window_min = 0", rules, flags=re.M
    )
    assert found == 1
    return changed


@pytest.fixture
async def council(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path
) -> AsyncIterator[Company]:
    async with (
        serving(tmp_path, "interactive-dialogue", rules=without_window) as served,
        company(browser, served) as made,
    ):
        yield made


async def test_forty_are_heard_the_limit_is_cut_in_the_middle_and_one_is_cut(
    council: Company,
) -> None:
    served = council.served
    assert ALL == 40
    console, chair, desk, display, log = await asyncio.gather(
        council.join("moderator"),
        council.join("chair"),
        council.join("desk"),
        council.join("display", size=(1920, 1080)),
        council.join("rapporteur"),
    )
    pads = dict(
        zip(
            (LATE, OVER, OFFICE, NGO),
            await asyncio.gather(
                *(council.join(c, size=PHONE) for c in (LATE, OVER, OFFICE, NGO))
            ),
            strict=True,
        )
    )
    operator = Operator(console)
    await operator.space("Open the lobby")
    await are_inscribed(served, pads)
    await operator.space("Call to order")
    drawn = await the_places_are_drawn(operator, served, display)
    await pads[LATE].press("Request the floor")
    await pads[LATE].reads("You are 35th")
    order = await codes(served)
    assert order[3:34] == drawn
    assert order[:1] + order[34:36] == [CONCERNED, LATE, OVER]

    for code in order[: MIDDLE - 1]:
        await operator.hear_at_once(NAMES[code])
    on_floor = order[MIDDLE - 1]
    speaker = await council.join(on_floor, size=PHONE)
    await operator.hear(NAMES[on_floor], end=False)
    await the_limit_is_cut(operator, pads, speaker)
    await display.reads("From the next speaker on: 2:00")
    await operator.end(NAMES[on_floor])
    await operator.hear(NAMES[order[MIDDLE]], end=False)
    await display.lacks("From the next speaker on")
    await display.reads("of 2:00")
    await operator.end(NAMES[order[MIDDLE]])

    for code in order[MIDDLE + 1 :]:
        if code == OVER:
            await goes_on_until_the_cut(operator, chair, desk, display, pads[code])
        else:
            await operator.hear_at_once(NAMES[code])
    await operator.adjourn()
    await display.reads("The meeting is adjourned")
    await the_log_is_right(served, log, order)
    for each in council.people:
        each.is_well()


async def are_inscribed(served: Served, pads: dict[str, Person]) -> None:
    """By the operator, by programs of delegations, by chat and from three pads."""
    ask = {"list": LIST}
    await served.command(
        "insert",
        **ask,
        entries=[
            {"delegation": CONCERNED, "kind": "concerned_party"},
            {"delegation": OVER, "limit_s": OWN_S},
        ],
    )
    chat = [{"delegation": code, "channel": "chat"} for code in BY_CHAT]
    await served.command("insert", **ask, entries=chat)
    for code in (*BY_PROGRAM, *ORGANISATIONS):
        await served.command("request_floor", by=code, **ask, kind="statement")
    for code, group in GROUPS.items():
        await served.command(
            "request_floor", by=code, **ask, kind="group_statement", group=group
        )
    for n, code in enumerate((OFFICE, NGO)):
        await pads[code].press("Request the floor")
        await pads[code].reads(f"You are {38 + n}th")


async def the_places_are_drawn(
    operator: Operator, served: Served, display: Person
) -> list[str]:
    """By the console; shown on the display; and anybody can make the draw again."""
    await operator.key("o")
    console = operator.person
    await console.reads("Still to be drawn by lot.")
    await console.press("Draw now")
    asked = console.page.get_by_role("dialog", name="Draw by lot now?")
    await asked.get_by_role("button", name="Draw", exact=True).click()
    await display.reads("from 38 requests.", "Anybody can make this draw again")
    drawn = display.page.locator(".hall-drawn")
    await expect(drawn.get_by_role("listitem")).to_have_count(5)
    await expect(drawn).not_to_contain_text(NAMES[CONCERNED])  # comes before all lots
    await console.reads("Drawn: the order of 38")
    await operator.key("Escape")
    draw = (await served.collection("lists"))[LIST]["draw"]
    digest = [
        (hashlib.sha256(f"{draw['seed']}:{each}".encode()).hexdigest(), each)
        for each in draw["inputs"]
    ]
    again = [each.split(" ")[1] for _, each in sorted(digest)]
    members = {*BY_PROGRAM, *BY_CHAT}
    return [code for code in again if code in members]


async def the_limit_is_cut(
    operator: Operator, pads: dict[str, Person], speaker: Person
) -> None:
    """One press at the console, by the suggestion; who speaks keeps the own limit."""
    console = operator.person
    await operator.key("t")
    window = console.page.get_by_role("dialog")
    await expect(window).to_contain_text(
        re.compile(r"Now 3:00: 1\d of 20 are heard in time; all would take until")
    )
    await expect(window).to_contain_text("Suggested: 2:00 · all are heard in time")
    await window.get_by_role("button", name="Take it").click()
    await expect(window).to_contain_text("With 2:00: all 20 who wait are heard")
    await window.get_by_role("button", name="From the next speaker: 2:00").click()
    await expect(window).to_have_count(0)
    await pads[LATE].reads("From the next speaker on: 2:00")
    for code in (OFFICE, NGO):
        await pads[code].reads("From the next speaker on: 1:15")
    await expect(speaker.page.get_by_role("timer")).to_contain_text("of 3:00")
    await speaker.lacks("From the next speaker on")
    await expect(console.page.locator("[data-row]").first).to_contain_text("2:00")


async def goes_on_until_the_cut(
    operator: Operator, chair: Person, desk: Person, display: Person, pad: Person
) -> None:
    """The limit and five seconds of grace; nobody is ended by it, and nobody named."""
    name = NAMES[OVER]
    await pad.reads("You are next. Please be ready.", "You will have 0:04.")
    await operator.hear(name, end=False)
    await pad.reads("Please conclude.")
    await asyncio.gather(
        pad.reads("Your time is over. Please stop."),
        chair.reads("CUT is signalled to the speaker and to the technical desk."),
        desk.reads(f"CUT: the time of {name} is over. Close its microphone."),
        operator.person.reads("Cut signalled"),
    )
    await expect(display.page.get_by_role("timer")).to_have_text("0:00")
    await display.reads(name, "Time")
    await display.lacks("CUT", "+0:")
    await operator.end(name)
    await pad.reads("Thank you. Your statement was heard.")


async def the_log_is_right(served: Served, log: Person, order: Sequence[str]) -> None:
    rows = await served.log()
    assert [row["n"] for row in rows] == list(range(1, ALL + 1))
    assert [row["delegation"] for row in rows] == list(order)
    assert [row["kind"] for row in rows[:4]] == [
        *("concerned_party", "group_statement", "group_statement", "statement")
    ]
    assert [row["limit_ms"] // 1000 for row in rows] == limits_as_they_were()
    (over,) = [row for row in rows if row["used_ms"] > row["allotted_ms"]]
    assert over["delegation"] == OVER
    assert over["used_ms"] >= (OWN_S + 5) * 1000

    table = await served.csv()
    assert [row["entity_code"] for row in table] == list(order)
    assert [float(row["limit_s"]) for row in table] == limits_as_they_were()
    assert [row["entity_code"] for row in table if float(row["over_s"])] == [OVER]
    assert {row["capacity"] for row in table[1:3]} == set(GROUPS.values())

    heading, *read = await log.record()
    assert heading == {"heading": "Interactive dialogue"}
    assert [(row["n"], row["name"]) for row in read] == [
        (n, NAMES[code]) for n, code in enumerate(order, start=1)
    ]
    assert any("on behalf of" in fact for fact in read[1]["facts"])
    printed = await log.journal()
    assert f"the observer of the {NAMES[OVER]}" in printed
    assert NAMES[NGO] in printed


def limits_as_they_were() -> list[int]:
    """By the profile before the cut, and by their share of the new limit after it."""
    before = [600, 240, 240, *[180] * (MIDDLE - 3)]
    members = [CUT_TO_S] * (35 - MIDDLE)
    others = [75] * 4  # two thirds of it are 80 s, which nobody can say
    return [*before, *members, OWN_S, *others]


async def codes(served: Served) -> list[Any]:
    return [each["delegation"] for each in await served.order(LIST)]
