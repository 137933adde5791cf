"""A rapporteur takes the record home from the log: by the keyboard, as Word."""

from pathlib import Path

import docx
import pytest
from playwright.async_api import Download, expect

from support.pages import LAPTOP, PHONE, Company, Person
from support.served import Served

pytestmark = pytest.mark.e2e


async def heard(served: Served) -> str:
    """Somebody has spoken; who."""
    await served.command("open_lobby", expect={"state": "scheduled"})
    await served.command("call_to_order", expect={"state": "lobby"})
    await served.command("go_to_segment", segment="s1.2", expect={"segment": "s1.0"})
    code = min(served.links["delegations"])
    await served.command("insert", list="l1.2", entries=[{"delegation": code}])
    head = (await served.order("l1.2"))[0]["id"]
    called = await served.command("call", request=head, expect={"head": head})
    on = {"intervention": called["intervention"]}
    await served.command("start", expect={**on, "phase": "called"})
    await served.command("end", expect={**on, "phase": "speaking"})
    return str(code)


async def downloaded(
    person: Person, button: str, folder: Path
) -> tuple[Download, Path]:
    """Press, and what the browser keeps."""
    dialog = person.page.get_by_role("dialog")
    async with person.page.expect_download() as waited:
        await dialog.get_by_role("button", name=button, exact=True).click()
    download = await waited.value
    file = folder / download.suggested_filename
    await download.save_as(file)
    await expect(dialog.get_by_text(f"Saved as {file.name}")).to_be_visible()
    return download, file


async def test_the_record_is_taken_home_as_word_and_as_a_picture(
    people: Company, tmp_path: Path
) -> None:
    await heard(people.served)
    one = await people.join("rapporteur", size=LAPTOP)
    await one.reads("Nobody has the floor")
    await one.page.keyboard.press("x")
    dialog = one.page.get_by_role("dialog", name="Export the record")
    await expect(dialog).to_be_visible()
    _, file = await downloaded(one, "Word", tmp_path)
    assert file.name == f"{people.served.links['meeting']}.docx"
    text = "\n".join(each.text for each in docx.Document(str(file)).paragraphs)
    assert "The meeting was called to order" in text
    # in another language, and something else
    await dialog.get_by_label("Language").select_option("ar")
    _, file = await downloaded(one, "The meeting as a timeline", tmp_path)
    assert file.name.endswith("-ar-timeline.svg")
    assert file.read_text(encoding="utf-8").startswith("<svg ")
    await one.page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    one.is_well()


async def test_a_rapporteurs_phone_shows_it_all(people: Company) -> None:
    one = await people.join("rapporteur", size=PHONE)
    await one.press("Export")
    dialog = one.page.get_by_role("dialog", name="Export the record")
    await expect(dialog.get_by_role("button", name="Time by kind")).to_be_attached()
    assert not await one.is_too_wide()
    sizes = await dialog.get_by_role("button").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
    one.is_well()
