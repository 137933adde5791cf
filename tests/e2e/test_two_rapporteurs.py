"""Two rapporteurs make one record while interventions go on, one on a bad line.

A program drives the operator: somebody has the floor, ends, and the next one begins.
Both rapporteurs write at the same time: in rows of their own, in one row into several
fields, in one row into the same field. One of them is cut off meanwhile and writes on.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from support.pages import LAPTOP, PATIENCE_S, Company, Person, company, until
from support.proxy import Line
from support.served import Served, as_shipped, serving

pytestmark = pytest.mark.e2e

LIST = "l1.2"
ROWS = 30
#: On this row both write the gist at once, and on this one each something else.
SAME_FIELD, OTHER_FIELDS = 3, 5
SYMBOL = "A/75/150"


class Pace(NamedTuple):
    """How long each has the floor, and for how long one rapporteur is cut off."""

    spoken_s: float
    cut_s: float

    @property
    def patience_s(self) -> float:
        """How long a row may take to come."""
        return PATIENCE_S + ROWS * self.spoken_s


PACES = (
    pytest.param(Pace(0.25, 6.0), id="quick"),
    pytest.param(Pace(3.0, 60.0), id="a minute", marks=pytest.mark.torture),
)

#: What must not change while rows come: where the cursor is, and in which element.
MARK_CURSOR = """
() => { window.written = document.activeElement; }
"""
CURSOR = """
() => [
  document.activeElement === window.written && window.written.isConnected,
  document.activeElement.selectionStart,
  document.activeElement.value,
]
"""


@pytest.fixture
async def record(browser: Browser, tmp_path: Path) -> AsyncIterator[Company]:
    """People at a meeting of invented delegations, with limits that nobody reaches."""
    async with (
        serving(tmp_path, roster="fictional", rules=as_shipped) as served,
        company(browser, served) as made,
    ):
        yield made


@pytest.mark.parametrize("pace", PACES)
async def test_nothing_that_either_of_two_rapporteurs_writes_is_lost(
    record: Company, pace: Pace
) -> None:
    served = record.served
    await ready(served)
    async with Line(served.port) as line:
        one, other = await asyncio.gather(
            record.join("rapporteur", size=LAPTOP),
            record.join("rapporteur2", base=line.base, size=LAPTOP),
        )
        for each in (one, other):
            each.page.set_default_timeout(pace.patience_s * 1000)
        await asyncio.gather(one.reads("2 rapporteurs"), other.reads("2 rapporteurs"))
        meeting = asyncio.create_task(interventions(served, pace))
        try:
            await write(one, 1, "One on row 1.")
            await the_cursor_stays(one, 2)
            await both_at_once(one, other)
            await each_its_own_field(one, other)
            expected = await apart_and_cut_off(one, other, line, pace)
            await meeting
        finally:
            meeting.cancel()
        await asyncio.gather(all_saved(one), all_saved(other))
        await the_same_everywhere(served, one, other, expected)
        one.is_well()
        other.is_well(cut=True)


async def ready(served: Served) -> None:
    """In session, in the discussion, with everybody on the list."""
    await served.command("open_lobby", expect={"state": "scheduled"})
    await served.command("call_to_order", expect={"state": "lobby"})
    await served.command("go_to_segment", segment="s1.2", expect={"segment": "s1.0"})
    codes = sorted(served.links["delegations"])[:ROWS]
    entries = [{"delegation": code, "kind": "statement"} for code in codes]
    await served.command("insert", list=LIST, entries=entries)


async def interventions(served: Served, pace: Pace) -> None:
    """Thirty of them, one after the other."""
    for _ in range(ROWS):
        head = (await served.order(LIST))[0]["id"]
        called = await served.command("call", request=head, expect={"head": head})
        on = {"intervention": called["intervention"]}
        await served.command("start", expect={**on, "phase": "called"})
        await asyncio.sleep(pace.spoken_s)
        await served.command("end", expect={**on, "phase": "speaking"})


def note(page: Page, row: int) -> Locator:
    """Where the gist of a row is written; the locator waits until the row is there."""
    number = page.locator("td:first-child", has_text=re.compile(rf"^{row}$"))
    return page.locator(".record tbody tr").filter(has=number).locator("textarea")


async def write(person: Person, row: int, text: str) -> None:
    """Type, as a person does: key by key."""
    field = note(person.page, row)
    await field.click()
    await field.press_sequentially(text, delay=2)


async def the_cursor_stays(one: Person, row: int) -> None:
    """While rows arrive and the floor changes."""
    page = one.page
    await write(one, row, "One in the middle.")
    for _ in range(len(" middle.")):
        await page.keyboard.press("ArrowLeft")
    await page.evaluate(MARK_CURSOR)
    rows = page.locator(".record tbody tr textarea")
    before = await rows.count()
    await until(lambda: more(rows, before + 3), "no rows arrive")
    text = "One in the middle."
    assert await page.evaluate(CURSOR) == [True, len("One in the"), text]
    await page.keyboard.type(" very")


async def more(rows: Locator, than: int) -> bool | None:
    return await rows.count() >= than or None


async def both_at_once(one: Person, other: Person) -> None:
    """Into one field of one row: whoever is later is asked, and keeps both."""
    mine, theirs = note(one.page, SAME_FIELD), note(other.page, SAME_FIELD)
    await asyncio.gather(mine.click(), theirs.click())
    await asyncio.gather(
        one.page.get_by_text("Rapporteur 2 works here").wait_for(),
        other.page.get_by_text("Rapporteur 1 works here").wait_for(),
    )
    await asyncio.gather(
        mine.press_sequentially("Mine at once.", delay=2),
        theirs.press_sequentially("Theirs at once.", delay=2),
    )
    asked = await until(lambda: asked_of(one, other), "nobody is asked")
    await expect(asked.page.get_by_text("wrote meanwhile")).to_be_visible()
    await asked.press("Keep both")


async def asked_of(one: Person, other: Person) -> Person | None:
    for each in (one, other):
        if await each.page.locator(".conflict").count():
            return each
    return None


async def each_its_own_field(one: Person, other: Person) -> None:
    """One types the gist while the other marks the row: nobody is asked anything."""
    await note(other.page, OTHER_FIELDS).click()
    await write(one, OTHER_FIELDS, "One on the gist,")
    await other.page.keyboard.press("Alt+s")
    await other.page.keyboard.press("Alt+2")
    await other.page.get_by_label("Document symbol").fill(SYMBOL)
    await note(one.page, OTHER_FIELDS).press_sequentially(" and on.", delay=2)
    await one.page.keyboard.press("Alt+f")
    await asyncio.gather(all_saved(one), all_saved(other))
    for each in (one, other):
        await expect(each.page.locator(".conflict")).to_have_count(0)


async def apart_and_cut_off(
    one: Person, other: Person, line: Line, pace: Pace
) -> dict[int, str]:
    """Each writes in rows of its own; one is cut off and writes on, and even loads its
    page anew with texts that are nowhere else yet. Returns what has to stand where.
    """
    expected = {1: "One on row 1.", 2: "One in the very middle."}
    expected[OTHER_FIELDS] = "One on the gist, and on."

    async def fill(person: Person, who: str, rows: range) -> None:
        for row in rows:
            expected[row] = f"{who} on row {row}."
            await write(person, row, expected[row])

    rows = other.page.locator(".record textarea")
    await until(lambda: more(rows, 12), "no rows", pace.patience_s)
    await line.cut()
    began = asyncio.get_running_loop().time()
    await asyncio.gather(
        fill(one, "One", range(6, 14, 2)), fill(other, "Cut off", range(7, 11))
    )
    await other.reads("kept on this device", "sent when the line is back")
    # both have written on rows 8 and 10 now, and neither knows of the other
    await asyncio.sleep(began + pace.cut_s - asyncio.get_running_loop().time())
    expected.pop(8)
    expected.pop(10)
    await line.restore()
    await other.page.reload()
    await other.is_live()
    asked = other.page.locator(".conflict")
    await expect(asked).to_have_count(2)
    for left in (1, 0):
        await asked.first.get_by_role("button", name="Keep both").click()
        await expect(asked).to_have_count(left)
    await asyncio.gather(
        fill(one, "One", range(14, ROWS + 1, 4)),
        fill(other, "Two", range(16, ROWS + 1, 4)),
    )
    return expected


async def all_saved(person: Person) -> None:
    await expect(person.page.locator(".saved[role=status]")).to_contain_text(
        "All saved"
    )


async def the_same_everywhere(
    served: Served, one: Person, other: Person, expected: dict[int, str]
) -> None:
    """On the server, and on both screens."""
    numbers = {row["id"]: row["n"] for row in await served.log()}
    assert sorted(numbers.values()) == list(range(1, ROWS + 1))
    notes = (await served.collection("notes", by="rapporteur")).values()
    written = {numbers[each["intervention"]]: each for each in notes}
    assert len(written) == len(notes)
    texts = {row: each["text"] for row, each in written.items()}
    both = {
        SAME_FIELD: ("Mine at once.", "Theirs at once."),
        8: ("One on row 8.", "Cut off on row 8."),
        10: ("One on row 10.", "Cut off on row 10."),
    }
    for row, parts in both.items():
        lines = texts.pop(row).split("\n")
        assert sorted(lines) == sorted(parts), (row, lines)
    assert texts == expected
    marked = written[OTHER_FIELDS]
    assert marked["tags"] == ["supported"] and marked["questions"] == [2]
    assert marked["document"] == SYMBOL and marked["follow_up"] is True
    for person in (one, other):
        await until(lambda person=person: has_all(person, expected), "a screen differs")


async def has_all(person: Person, expected: dict[int, str]) -> bool | None:
    values = [await note(person.page, row).input_value() for row in expected]
    return values == list(expected.values()) or None
