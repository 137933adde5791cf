"""Links that let nobody in, and what their holders are told instead."""

import asyncio
import re
import time
from collections.abc import Iterable

import pytest
from msgspec import structs
from playwright.async_api import expect

from rostra.cli.files import founding, read_meeting
from rostra.cli.office import AskCreate
from rostra.core.ids import Instant, MeetingId
from rostra.core.meeting import Link
from rostra.web.identity import Keys
from support.pages import Company, Operator, Person
from support.served import Served

pytestmark = pytest.mark.e2e

NO_WAY_IN = "This device has no way in to this page"
BAD_LINK = "This link does not lead into a meeting."
TITLE = "Interactive Closing Discussion"
CLOSES_S = 2.0
EXPIRES_MS = 6_000


async def test_a_wrong_or_foreign_link_opens_nothing(people: Company) -> None:
    served = people.served
    right = served.token("moderator")
    meeting = MeetingId(served.meeting)
    foreign_key = Keys(b"another server's key, 32 characters").token(
        meeting,
        Link(id=right.split(".", 2)[1], role="moderator"),  # type: ignore[arg-type]
    )
    wrong = {
        "a letter changed": right[:-1] + ("A" if right[-1] != "A" else "B"),
        "cut short": right[:-5],
        "another link's mac": right.replace(".k1.0.", ".k1.1."),
        "another server's": foreign_key,
        "another meeting's": right.replace(meeting, "another-meeting"),
    }
    for why, token in wrong.items():
        person = await people.stranger()
        await person.page.goto(f"{served.base}/join#{token}")
        await person.reads(BAD_LINK)
        assert token not in person.page.url, why
        await shows_no_data(person)
        answer = await person.page.goto(
            f"{served.base}/m/{meeting}/console?as={right.split('.', 1)[1][:4]}"
        )
        assert answer is not None
        assert answer.status == 404
        await person.reads(NO_WAY_IN)
        await shows_no_data(person)

    nobody = await people.stranger()
    await nobody.page.goto(f"{served.base}/join")
    await nobody.reads("This page needs your personal link.")
    # a good link of this meeting opens its own screen and no other
    viewer = await people.join("viewer")
    answer = await viewer.page.goto(viewer.page.url.replace("display", "console"))
    assert answer is not None
    assert answer.status == 403
    await viewer.reads(NO_WAY_IN)
    await shows_no_data(viewer)


async def test_a_link_of_another_meeting_opens_nothing_of_this_one(
    people: Company,
) -> None:
    served = people.served
    links = await found_another(served, "other-meeting", None)
    person = await people.stranger()
    await person.page.goto(links["moderator"])
    await person.press("Join the meeting")
    await person.is_live()
    here = person.page.url
    answer = await person.page.goto(here.replace("other-meeting", served.meeting))
    assert answer is not None
    assert answer.status == 404
    await person.reads(NO_WAY_IN)
    await shows_no_data(person)
    await person.page.goto(here)
    await person.is_live()


async def test_a_link_that_expires_closes_its_page_and_opens_nothing_afterwards(
    people: Company,
) -> None:
    served = people.served
    now = (await served.state())["now"]
    links = await found_another(served, "short", Instant(now + EXPIRES_MS))
    person = await people.stranger()
    await person.page.goto(links["display"])
    await person.press("Join the meeting")
    await person.is_live()
    await person.reads("Closed: this display is no longer connected")
    answer = await person.page.reload()
    assert answer is not None
    assert answer.status == 410
    await person.reads(NO_WAY_IN)
    await shows_no_data(person)
    await person.page.goto(links["moderator"])
    await person.reads(BAD_LINK)
    await shows_no_data(person)


async def test_a_withdrawn_link_closes_its_page_and_a_renewed_one_the_old_page(
    people: Company,
) -> None:
    served = people.served
    console, lost, replaced = await asyncio.gather(
        people.join("moderator"), people.join("XBN"), people.join("XBE")
    )
    await open_link(Operator(console), "Banteyu")
    await (
        console.page.get_by_role("dialog")
        .get_by_role("button", name="Withdraw")
        .click()
    )
    await closes_in_time(lost)
    await shows_nothing_again(lost, served.url("XBN"))

    await console.press(re.compile("^Back$"))
    await open_link(Operator(console), "Bemoro")
    await console.page.get_by_role("dialog").get_by_role("button", name="Renew").click()
    await closes_in_time(replaced)
    await shows_nothing_again(replaced, served.url("XBE"))
    renewed = (await console.page.locator("code.url").inner_text()).strip()
    assert renewed.startswith(f"{served.base}/join#rl_")
    assert renewed != served.url("XBE")
    await replaced.page.goto(renewed)
    await replaced.reads("Bemoro")
    await replaced.press("Join the meeting")
    await replaced.is_live()


async def open_link(operator: Operator, name: str) -> None:
    """My phone is lost: who is here, links, two letters."""
    page = operator.page
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await operator.key("w")
    await operator.person.press("Links and QR codes")
    await page.get_by_label("Search a delegation or a role").fill(name[:4])
    row = page.get_by_role("dialog").get_by_role("listitem").filter(has_text=name)
    await row.get_by_role("button", name="Show the link").click()


async def closes_in_time(person: Person) -> None:
    """The page says within two seconds that its link is no longer good."""
    pressed = time.monotonic()
    await person.reads("This link was withdrawn. Please ask the secretariat")
    assert time.monotonic() - pressed <= CLOSES_S


async def shows_nothing_again(person: Person, url: str) -> None:
    """Neither by its cookie nor by the old link."""
    answer = await person.page.reload()
    assert answer is not None
    assert answer.status == 410
    await person.reads(NO_WAY_IN)
    await shows_no_data(person)
    await person.page.goto(url)
    await person.reads(BAD_LINK)
    await shows_no_data(person)


async def shows_no_data(person: Person) -> None:
    """Nothing of the meeting is on the page or in it."""
    html = await person.page.content()
    for word in (TITLE, "Counter-Terrorism", "Adunara", '"collections"'):
        assert word not in html, word
    assert await person.page.evaluate("window.rostra?.seq ?? null") is None


async def found_another(
    served: Served, name: str, expires_at: Instant | None
) -> dict[str, str]:
    """A further meeting of the same server; its links by role."""
    made = founding(read_meeting("closing-discussion"), Instant(0), name)
    links = [structs.replace(each, expires_at=expires_at) for each in made.links]
    await served.ask(AskCreate(founding=structs.replace(made, links=tuple(links))))
    keys = Keys((served.data / "link.key").read_bytes().strip())
    return join_urls(served.base, keys, made.meeting, links)


def join_urls(
    base: str, keys: Keys, meeting: MeetingId, links: Iterable[Link]
) -> dict[str, str]:
    """A link of each role."""
    return {
        str(each.role): f"{base}/join#{keys.token(meeting, each)}" for each in links
    }
