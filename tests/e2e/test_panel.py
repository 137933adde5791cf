"""The panel of the web-dialogue on bioterrorism: three questions, then the answers."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from support.pages import PHONE, Company, Operator, Person, company
from support.served import serving

pytestmark = pytest.mark.e2e

PANELLISTS = (
    "United Nations Office for Disarmament Affairs",
    "UNITAD",
    "International Criminal Police Organization",
    "Nuclear Threat Initiative",
)


@pytest.fixture
async def panel(browser: Browser, tmp_path: Path) -> AsyncIterator[Company]:
    async with (
        serving(tmp_path, "bioterrorism") as served,
        company(browser, served) as made,
    ):
        yield made


async def test_three_addressed_questions_make_a_round_and_those_asked_answer(
    panel: Company,
) -> None:
    served = panel.served
    console, display, *pads = await asyncio.gather(
        panel.join("moderator"),
        panel.join("display"),
        *(panel.join(code, size=PHONE) for code in ("KAZ", "NOR", "KEN", "JPN")),
    )
    operator = Operator(console)
    await operator.begin()
    for name in ("H.E. Mr. Magzhan Ilyassov", "Mr. Vladimir Voronkov"):
        await operator.hear(name)
    await operator.space("Go on to Panel")
    await operator.lists(*PANELLISTS)
    for name in PANELLISTS:
        await operator.hear(name)

    unoda, unitad, interpol, nti = PANELLISTS
    await asks(pads[0], unoda, interpol)
    await asks(pads[1], nti)
    await asks(pads[2], unoda)
    await asks(pads[3], unitad)
    await expect(console.page.locator("[data-row]").first).to_contain_text(
        f"to {unoda} and {interpol}"
    )
    for name in ("Kazakhstan", "Norway", "Kenya"):
        await operator.hear(name)
    await console.reads("Round 1: 3 questions heard, 3 make a round.")
    await operator.space("Close round 1: the panellists answer")
    await operator.is_offered(f"Give the floor to {unoda}")
    await operator.lists(unoda, interpol, nti, "Japan")
    await expect(display.page.get_by_role("heading", level=1)).to_have_text(unoda)
    await pads[3].reads("You are 4th")
    for name in (unoda, interpol, nti):
        await operator.hear(name)
    await operator.is_offered("Give the floor to Japan")
    await pads[3].reads("You are next. Please be ready.")

    rows = await served.log()
    assert [row["kind"] for row in rows] == [
        *["programme"] * 6,
        *["question"] * 3,
        *["answer"] * 3,
    ]
    questions, answers = rows[6:9], rows[9:]
    assert [row["delegation"] for row in questions] == ["KAZ", "NOR", "KEN"]
    assert [row["delegation"] for row in answers] == ["UNODA", "INTERPOL", "NTI"]
    of = {row["request"]: row["delegation"] for row in rows[2:6]}
    assert [[of[each] for each in row["addressed"]] for row in questions] == [
        ["UNODA", "INTERPOL"],
        ["NTI"],
        ["UNODA"],
    ]
    assert not any(row["unanswered"] for row in rows)
    for each in panel.people:
        each.is_well()


async def asks(pad: Person, *panellists: str) -> None:
    """Ask for the floor for a question to some of the panel."""
    await pad.press("Ask the panel a question")
    for name in panellists:
        await pad.press(name)
    await pad.press("Ask for the floor for a question")
    await pad.reads("A question to the panel")
