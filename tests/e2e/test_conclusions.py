"""Conclusions from the first draft to the hall, and a correction after the meeting."""

import asyncio

import pytest
from playwright.async_api import expect

from support.pages import PHONE, Company, Operator, Person

pytestmark = pytest.mark.e2e

FIRST = "Every State needs trained investigators. Training is shared through the UN."
SECOND = "Recovery plans and counter-terrorism plans are made together."
QUESTIONS = (
    "Interactive discussion · Question 1",
    "Interactive discussion · Question 2",
)


async def test_conclusions_are_drawn_handed_over_released_and_shown(
    people: Company,
) -> None:
    served = people.served
    console, log, chair, display, pad = await asyncio.gather(
        people.join("moderator"),
        people.join("rapporteur"),
        people.join("chair"),
        people.join("display", size=(1920, 1080)),
        people.join("XBN", size=PHONE),
    )
    operator = Operator(console)
    entries = [{"delegation": code} for code in ("XBN", "XAD")]
    await served.command("insert", list="l1.2", entries=entries)
    await operator.begin()
    await operator.space("Go on to Regional perspectives")
    await operator.space("Go on to Interactive discussion")
    await operator.hear_at_once("Banteyu")
    await operator.hear_at_once("Adunara")

    await draws(log)
    await links(log, "Banteyu")
    await hands_over(log)
    heading = chair.page.get_by_role("heading", name="Conclusions")
    await expect(heading).to_be_visible()
    await chair.reads(FIRST, SECOND)
    await display.lacks(FIRST, SECOND)
    await pad.lacks(SECOND)

    await releases(operator)
    await expect(display.page.locator(".stage-text")).to_have_text(FIRST)
    await pad.page.get_by_text("Conclusions").click()
    await pad.reads(FIRST)
    await pad.lacks(SECOND)

    await operator.key("Escape")
    await rises(operator)
    await corrects(pad)
    await accepts(operator)
    await pad.reads("Correction accepted: Thank you")
    await log.press("Record")
    await log.reads("Ms. Ola Venn, Minister", "Corrected")
    for each in people.people:
        each.is_well()


async def draws(log: Person) -> None:
    """Two under two guiding questions; the second by the keyboard alone."""
    await log.press("Conclusions")
    await log.reads("Choose a conclusion; then link what supports it.")
    fields = [
        log.page.get_by_role("textbox", name=f"A new conclusion: {each}")
        for each in QUESTIONS
    ]
    await fields[0].fill("Every State needs trained investigators.")
    await log.press("Add the conclusion")
    written = log.page.get_by_role("textbox", name=f"Conclusion 1: {QUESTIONS[0]}")
    await written.fill(FIRST)
    await expect(fields[0]).to_have_value("")
    await fields[1].fill(SECOND)
    await fields[1].press("Control+Enter")
    second = log.page.get_by_role("textbox", name=f"Conclusion 1: {QUESTIONS[1]}")
    await expect(second).to_have_value(SECOND)
    await expect(log.page.get_by_text("Not saved yet")).to_have_count(0)


async def links(log: Person, name: str) -> None:
    """The first is agreed and supported by a row; its chip leads there and back."""
    await log.page.get_by_role("textbox", name=f"Conclusion 1: {QUESTIONS[0]}").focus()
    # the rows of its own question are looked for first
    asked = log.page.get_by_role("combobox", name="Guiding question")
    await expect(asked).to_have_value("1")
    await asked.select_option("0")
    await log.page.get_by_role("button", name=f"Link row 1, {name}").click()
    chip = log.page.get_by_role("list", name="Supported by 1").get_by_role("button")
    await expect(chip).to_have_text(f"1 {name}")
    await log.press("Agreed")
    await expect(log.page.locator(".state", has_text="Agreed")).to_have_count(1)
    await chip.click()
    await expect(log.page.locator("tr:focus")).to_contain_text(name)
    await log.press("Conclusions")


async def hands_over(log: Person) -> None:
    """What it does is said before; afterwards the text is fixed."""
    await log.press("Hand over")
    await log.reads(
        "2 conclusions go to the Chair's page",
        "What is written later goes into an addendum.",
        "1 of them is not agreed yet",
    )
    await log.press("Hand over now")
    await log.reads("Handed over at", "Addendum")
    await expect(
        log.page.get_by_role("textbox", name=f"Conclusion 1: {QUESTIONS[0]}")
    ).to_have_count(0)


async def releases(operator: Operator) -> None:
    """By the console's window: what is agreed, and the first on the display."""
    await operator.key("q")
    window = operator.page.get_by_role("dialog", name="Conclusions")
    await window.get_by_role("button", name="Release all that are agreed").click()
    lines = window.get_by_role("listitem")
    await expect(lines.nth(0)).to_contain_text("Shown to everyone")
    await expect(lines.nth(1)).to_contain_text("Draft")
    await lines.nth(0).get_by_role("button", name="Show on the display").click()
    await expect(lines.nth(0)).to_contain_text("On the display")


async def rises(operator: Operator) -> None:
    """The meeting rises, and corrections are taken until the evening of tomorrow."""
    await operator.key("m")
    await operator.person.press("Adjourn the meeting")
    await operator.person.press("Adjourn the meeting")
    ask = operator.page.get_by_role("dialog")
    await expect(ask).to_have_count(0)
    await operator.key("x")
    await operator.person.reads("Delegations cannot file corrections at the moment.")
    await operator.person.press("Take corrections until then")
    await operator.person.reads("Delegations can correct their own rows until")


async def corrects(pad: Person) -> None:
    """A delegation says who spoke for it."""
    await pad.press("Correct what we said")
    window = pad.page.get_by_role("dialog")
    await window.get_by_label("What you said at").fill("Our Minister spoke.")
    await window.get_by_label("Name of the speaker").fill("Ms. Ola Venn")
    await window.get_by_label("Title or function").fill("Minister")
    await window.get_by_role("button", name="Send the correction").click()
    await pad.reads("Our Minister spoke.", "Correction with the secretariat")


async def accepts(operator: Operator) -> None:
    """The secretariat says yes, and thanks."""
    window = operator.page.get_by_role("dialog", name="Corrections of the record")
    await expect(window).to_contain_text("To read: Ms. Ola Venn, Minister")
    await window.get_by_label("Answer to the delegation").fill("Thank you")
    await window.get_by_role("button", name="Accept").click()
    await expect(window).to_contain_text("Nothing waits for an answer.")
