"""The closing session of the Virtual Counter-Terrorism Week, without any pad.

One operator at the keyboard of the console, the presider's page and the display.
"""

import asyncio
import re

import pytest
from playwright.async_api import expect

from support.pages import Company, Operator, Person
from support.served import Served

pytestmark = pytest.mark.e2e

GUEST = "Ms. Ana Example"
CONCLUDES = "Mr. Vladimir Voronkov"
PASTED = (
    "1. Japan",
    "2. Kenya (on behalf of the African Group)",
    "3) Turkey",
    "4.\tHoly See",
    "5. European Union",
    "6. Germny",
    "7. Viet Nam",
    "8. Atlantis",
    "9. INTERPOL",
    "10. ROK",
)
LISTED = [
    "Kenya (on behalf of the African Group)",
    "European Union",
    "Japan",
    "Türkiye",
    "Germany",
    "Viet Nam",
    "Republic of Korea",
    "Holy See",
    "International Criminal Police Organization",
]
REMAINING = LISTED[3:]
MOVED = [*REMAINING[:2], REMAINING[3], REMAINING[2], *REMAINING[4:]]


async def test_the_whole_meeting_is_kept_with_no_delegate_connected(
    hall: Company,
) -> None:
    console, chair, display = await asyncio.gather(
        hall.join("moderator"),
        hall.join("chair"),
        hall.join("display", size=(1920, 1080)),
    )
    operator = Operator(console)
    await expect(console.page.locator(".facts")).to_contain_text(
        f"0 of {len(hall.served.links['delegations'])}"
    )
    await display.reads("Interactive Closing Discussion")

    await operator.space("Open the lobby")
    await the_list_is_pasted(operator)
    await operator.space("Call to order")
    await operator.space("Go on to Regional perspectives")
    await a_guest_speaks_over_time(operator, chair, display)

    await operator.space("Go on to Interactive discussion")
    await chair.reads(
        "I now give the floor to the representative of Kenya, on behalf of the African "
        "Group, to be followed by"
    )
    await display.reads("Kenya", "on behalf of the African Group", "European Union")
    await the_list_is_heard(operator, chair, display)
    await the_list_is_closed(operator, display)

    await operator.space("Go on to Main conclusions of the Virtual Counter-Terrorism")
    await operator.hear(CONCLUDES, end=False)
    await expect(display.page.get_by_role("heading", level=1)).to_have_text(CONCLUDES)
    await display.reads("Under-Secretary-General, United Nations Office of")
    await operator.end(CONCLUDES)

    await the_journal_is_copied(operator)
    await operator.adjourn()
    await display.reads("The meeting is adjourned")
    await chair.reads("The meeting is adjourned.")
    await console.reads("The meeting has risen")

    await the_log_is_right(hall.served)
    for each in hall.people:
        each.is_well()


async def the_list_is_pasted(operator: Operator) -> None:
    person, page = operator.person, operator.page
    await operator.paste(*PASTED)
    await person.reads("8 recognised · 0 unsure · 2 not recognised · 0 left out")
    put = person.button("Put 8 on the list")
    await expect(put).to_have_attribute("aria-disabled", "true")
    rows = page.get_by_role("dialog").get_by_role("row")
    await rows.filter(has_text="Germny").get_by_role("button", name="Germany").click()
    await (
        rows.filter(has_text="Atlantis").get_by_role("button", name="Leave out").click()
    )
    await person.press("Put 9 on the list")
    await person.reads("9 were put on the list.")
    await (
        page.get_by_label("Spoken", exact=True)
        .get_by_role("button", name="Close")
        .click()
    )
    await operator.lists(*(re.sub(r" \(on behalf.*", "", each) for each in LISTED))
    await person.press("Copy the list")
    await person.reads("The list was copied as text.")
    first, *lines = (await operator.copied()).splitlines()
    assert re.fullmatch(r"Interactive discussion, list of speakers at \d\d:\d\d", first)
    assert lines == [f"{n}. {name}" for n, name in enumerate(LISTED, start=1)]


async def a_guest_speaks_over_time(
    operator: Operator, chair: Person, display: Person
) -> None:
    """A person without entity, so that nobody's State is made late here either."""
    console = operator.person
    await operator.paste(GUEST)
    await console.press("A person")
    await console.press("Put 1 on the list")
    await console.reads("1 was put on the list.")
    await operator.key("Escape")
    await operator.key("ArrowDown")
    await operator.key("i")
    await console.page.get_by_label("Function").fill("Regional adviser")
    await console.press("Save")
    await expect(console.page.get_by_role("dialog")).to_have_count(0)
    await operator.hear(GUEST, end=False)

    hall_clock = display.page.get_by_role("timer")
    await display.reads(GUEST, "Regional adviser", "Running", "of 0:08")
    await display.reads("Last 0:03")
    await console.reads("Please conclude soon")
    await display.reads("Time")
    await expect(hall_clock).to_have_text("0:00")
    over = re.compile(r"\+0:0[2-9]")
    await asyncio.gather(
        expect(console.page.get_by_role("timer")).to_have_text(over),
        expect(chair.page.get_by_role("timer")).to_have_text(over),
    )
    await expect(hall_clock).to_have_text("0:00")
    await display.lacks("+0:")
    await operator.end(GUEST)


async def the_list_is_heard(operator: Operator, chair: Person, display: Person) -> None:
    await operator.hear("Kenya")
    await operator.hear("European Union")
    # a double press skips nobody
    await operator.is_offered("Give the floor to Japan")
    await operator.key("n")
    await operator.key("n")
    await operator.is_offered("Start the clock of Japan")
    await expect(display.page.get_by_role("heading", level=1)).to_have_text("Japan")
    await expect(display.page.get_by_role("timer")).to_have_count(0)
    await operator.space("Start the clock of Japan")
    await operator.is_offered("End the intervention")
    await operator.key("p")
    await operator.person.reads("Why does the clock stand still?")
    await operator.key("1")
    await operator.space("Resume at 0:")
    await chair.reads("I thank the representative of Japan. I now give the floor to")
    await operator.end("Japan")
    # the fourth is moved up before the third, and the hand is taken back
    await operator.key("Escape")
    for _ in range(4):
        await operator.key("ArrowDown")
    await operator.key("Alt+ArrowUp")
    await operator.lists(*MOVED)
    await operator.person.reads("Republic of Korea was moved.")
    await operator.key("z")
    await operator.lists(*REMAINING)
    await operator.key("Escape")
    for name in ("Türkiye", "Germany", "Viet Nam", "Republic of Korea"):
        await operator.hear(name)


async def the_list_is_closed(operator: Operator, display: Person) -> None:
    person = operator.person
    await operator.key("c")
    await person.page.get_by_label("Basis, for the record").fill("By the Chair")
    await (
        person.page.get_by_role("dialog")
        .get_by_role("button", name="Close the list")
        .click()
    )
    await display.reads("the list is closed")
    await operator.hear("Holy See")
    await operator.hear("International Criminal Police Organization")


async def the_journal_is_copied(operator: Operator) -> None:
    await operator.key("m")
    await operator.person.press("The Journal's sentence")
    await operator.person.reads("The Journal's sentence was copied.")
    assert await operator.copied() == (
        "Statements were made by Ms. Ana Example, Regional adviser; and "
        "Mr. Vladimir Voronkov, Under-Secretary-General, United Nations Office of "
        "Counter-Terrorism. "
        "Statements were made by the representatives of Kenya (on behalf of the "
        "African Group), Japan, Türkiye, Germany, Viet Nam and the Republic of Korea. "
        "A statement was made by the observer of the Holy See. "
        "A statement was made by the observer for the International Criminal Police "
        "Organization. "
        "A statement was made by the representative of the European Union, in its "
        "capacity as observer."
    )


async def the_log_is_right(served: Served) -> None:
    rows = await served.log()
    assert [row["n"] for row in rows] == list(range(1, 12))
    assert [row["delegation"] for row in rows] == [
        *(None, "KEN", "EU", "JPN", "TUR", "DEU", "VNM", "KOR", "VAT", "INTERPOL"),
        "UNOCT",
    ]
    guest, kenya, *_, conclusions = rows
    assert guest["person"] == {"name": GUEST, "title": "Regional adviser"}
    assert guest["allotted_ms"] == 8_000
    assert 10_000 <= guest["used_ms"] < 20_000
    assert (kenya["kind"], kenya["group"]) == ("group_statement", "AFR_GROUP")
    assert conclusions["person"]["name"] == CONCLUDES
    assert conclusions["limit_ms"] == 600_000
    japan = rows[3]
    assert [hold["reason"] for hold in japan["holds"]] == ["audio"]
    assert japan["used_ms"] + japan["held_ms"] <= (
        japan["ended_at"] - japan["started_at"]
    )
