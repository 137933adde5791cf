"""The general debate of 2020, in the order in which it was held.

Ranks were mapped by hand from the posts of the published list: titles such as
"President of the Government" defeat keywords. Six spoke out of their rank and are put
at their places by hand, as the secretariat did. Nobody is over time, absent or late.
"""

import asyncio
import csv
import tomllib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from support.pages import Company, Operator, Person, company
from support.served import ROOT, Served, as_shipped, plates, serving

pytestmark = pytest.mark.e2e

LIST = "l1.0"
NAMES = plates("un")
#: A minister among Heads of Government, a Head of Government among ministers, a
#: President at the very end, and three ministers after the permanent representatives.
#: In this order no move shifts one who was put right before.
OUT_OF_RANK = ("CMR", "BRB", "GRD", "SLV", "ISR", "TCD")
#: A command is at most 16 KiB.
BATCH = 50
#: One by one at the keyboard takes two minutes: here these, the others by a program.
SOME = (*range(30), *range(128, 138))


def published() -> list[dict[str, str]]:
    """The list of speakers as it was held: order, code, post, rank."""
    file = ROOT / "tests/data/general_debate_2020.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
async def debate(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path
) -> AsyncIterator[Company]:
    async with (
        serving(tmp_path, "general-debate", rules=as_shipped) as served,
        company(browser, served) as made,
    ):
        yield made


@pytest.mark.parametrize(
    "at_the_keyboard",
    [
        pytest.param(SOME, id="some_at_the_keyboard"),
        pytest.param(range(193), id="all_at_the_keyboard", marks=pytest.mark.torture),
    ],
)
async def test_the_general_debate_of_2020_is_held_in_its_order(
    debate: Company, at_the_keyboard: Sequence[int]
) -> None:
    served, speakers = debate.served, published()
    held = [each["code"] for each in speakers]
    console, display, log = await asyncio.gather(
        debate.join("moderator"),
        debate.join("display", size=(1920, 1080)),
        debate.join("rapporteur"),
    )
    operator = Operator(console)
    await operator.space("Open the lobby")
    await are_inscribed(served, speakers)
    await are_put_at_their_places(operator, served, held)
    await the_deadline_is_over(operator, served)
    shown = await display.shown(".hall-name")

    await operator.space("Call to order")
    requests = [each["id"] for each in await served.order(LIST)]
    for place, code in enumerate(held):
        if place in at_the_keyboard:
            await operator.hear_at_once(NAMES[code])
        else:
            await is_heard(served, requests[place])
    await operator.adjourn()
    await display.reads("The meeting is adjourned")

    assert once(shown) == [NAMES[code] for code in held]
    await the_log_is_that_of_the_debate(served, log, speakers)
    for each in debate.people:
        each.is_well()


async def are_inscribed(served: Served, speakers: Sequence[dict[str, str]]) -> None:
    """In an order of arrival equal to the published list, with the ranks."""
    closed = {"list": LIST, "state": "not_open", "generation": 0}
    await served.command("open_list", expect=closed)
    entries = [
        {"delegation": row["code"], "label": row["post"], "rank": row["rank"]}
        for row in speakers
    ]
    for start in range(0, len(entries), BATCH):
        batch = entries[start : start + BATCH]
        await served.command("insert", list=LIST, entries=batch)
    ranks = ranks_of_the_profile()
    by_rank = sorted(speakers, key=lambda row: ranks[row["rank"]])
    assert await codes(served) == [row["code"] for row in by_rank]


async def are_put_at_their_places(
    operator: Operator, served: Served, held: list[str]
) -> None:
    """The two who by custom speak first are pinned; one is moved by the keys."""
    for place, each in enumerate((await served.order(LIST))[:2]):
        await served.command("pin", expect={"request": each["id"], "place": place})
    first, *others = OUT_OF_RANK
    await is_moved_down_by_keys(operator, served, first, held.index(first))
    for code in others:
        order = await served.order(LIST)
        place = [each["delegation"] for each in order].index(code)
        request = order[place]["id"]
        await served.command(
            "move",
            request=request,
            to=held.index(code),
            expect={"request": request, "place": place},
        )
    assert await codes(served) == held
    await operator.lists(*(NAMES[code] for code in held))


async def is_moved_down_by_keys(
    operator: Operator, served: Served, code: str, to: int
) -> None:
    order = await served.order(LIST)
    at = next(n for n, each in enumerate(order) if each["delegation"] == code)
    row = operator.page.locator(f'[data-row="{order[at]["id"]}"]')
    await row.click()
    for place in range(at + 1, to + 1):
        await operator.key("Alt+ArrowDown")
        await expect(row.locator(".grip")).to_have_text(str(place + 1))
    await operator.person.reads(f"{NAMES[code]} was moved.")
    await operator.key("z")
    await expect(row.locator(".grip")).to_have_text(str(to))
    await operator.key("Alt+ArrowDown")
    await expect(row.locator(".grip")).to_have_text(str(to + 1))
    await operator.key("Escape")


async def the_deadline_is_over(operator: Operator, served: Served) -> None:
    await operator.key("c")
    window = operator.page.get_by_role("dialog")
    await window.get_by_label("Basis, for the record").fill("Deadline of the debate")
    await window.get_by_role("button", name="Close the list").click()
    await operator.person.reads("Deadline of the debate")
    late = await served.answer("request_floor", by="VAT", list=LIST, kind="statement")
    assert late["outcome"] == "no"


async def is_heard(served: Served, head: str) -> None:
    """What the operator does, by a program: refused where that is not the head."""
    while await served.collection("floor"):  # the key's press may be on its way
        await asyncio.sleep(0.02)
    made = await served.command("call", request=head, expect={"head": head})
    on = {"intervention": made["intervention"]}
    await served.command("start", expect={**on, "phase": "called"})
    await served.command("end", expect={**on, "phase": "speaking"})


async def the_log_is_that_of_the_debate(
    served: Served, log: Person, speakers: Sequence[dict[str, str]]
) -> None:
    held = [row["code"] for row in speakers]
    rows = await served.log()
    assert [row["n"] for row in rows] == list(range(1, 194))
    assert [row["delegation"] for row in rows] == held
    assert [(row["label"], row["rank"]) for row in rows] == [
        (row["post"], row["rank"]) for row in speakers
    ]
    assert all(row["limit_ms"] == 900_000 for row in rows)
    table = await served.csv()
    assert [row["entity_code"] for row in table] == held
    assert [row["speaker_rank"] for row in table] == [row["rank"] for row in speakers]
    assert not any(float(row["over_s"]) for row in table)

    heading, *read = await log.record()
    assert heading == {"heading": "General debate"}
    assert [(row["n"], row["name"]) for row in read] == [
        (n, NAMES[code]) for n, code in enumerate(held, start=1)
    ]
    assert {row["depth"] for row in read} == {0}
    printed = await log.journal()
    assert printed.startswith(
        "General debate\nStatements were made by the representatives of Brazil, "
        "the United States of America, Türkiye, China, Chile,"
    )


async def codes(served: Served) -> list[str]:
    return [each["delegation"] for each in await served.order(LIST)]


def ranks_of_the_profile() -> dict[str, Any]:
    file = ROOT / "config/profiles/general_debate.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))["ranks"]


def once(texts: Sequence[str]) -> list[str]:
    """Without what stands there again and again."""
    return [each for n, each in enumerate(texts) if n == 0 or each != texts[n - 1]]
