"""The rules of procedure to read, the presets, and a platform's report."""

from pathlib import Path
from typing import Any

import pytest

from rostra.core.actor import CONTROL
from rostra.core.meeting import Link
from rostra.engine.outcomes import Accepted
from rostra.protocol.messages import convert_command
from rostra.web.rules import presets
from rostra.web.submit import digest
from web.house import (
    CHAIR,
    DELEGATE,
    DESK,
    DISPLAY,
    LINKS,
    MEETING,
    MODERATOR,
    NASTY,
    RAPPORTEUR,
    ROOT,
    VIEWER,
    House,
    command,
    opened,
)

PROFILES = ROOT / "config" / "profiles"
RULES = f"/m/{MEETING}/rules"
REPORT = f"/api/v1/meetings/{MEETING}/attendance/recognise"


def bearer(house: House, link: Link) -> dict[str, str]:
    """The headers of a program that has a link."""
    return {"Authorization": f"Bearer {house.token(link)}"}


async def act(house: House, type_: str, **fields: Any) -> None:
    """A command of the server's own."""
    body = convert_command(command(type_, **fields))
    outcome = await house.room.submit(body, CONTROL, digest(body))
    assert isinstance(outcome, Accepted), outcome


@pytest.mark.parametrize("link", [DELEGATE, VIEWER, DISPLAY, RAPPORTEUR, CHAIR])
async def test_everybody_in_a_meeting_reads_its_rules(house: House, link: Link) -> None:
    await house.join_page(link)
    response = await house.client.get(RULES)
    text = await response.text()
    assert response.status == 200
    assert "Rules of procedure: <bdi>Test</bdi>" in text
    assert '<bdi dir="ltr">3:00</bdi>' in text


async def test_the_page_has_no_script_and_takes_nobody_s_word_for_markup(
    house: House,
) -> None:
    text = f'id = "x"\ntitle = "{NASTY}"\n[limits]\nstatement = 75\n'
    await act(house, "set_profile", text=text)
    await house.join_page(DELEGATE)
    response = await house.client.get(RULES)
    page = await response.text()
    assert "<script" not in page and "<img" not in page and "style=" not in page
    assert '<bdi dir="ltr">1:15</bdi>' in page
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy


async def test_the_page_is_in_the_reader_s_language(house: House) -> None:
    await house.join_page(DELEGATE, "ar")
    page = await (await house.client.get(RULES)).text()
    assert '<html lang="ar" dir="rtl">' in page


async def test_nobody_else_reads_them(house: House) -> None:
    assert (await house.client.get(RULES)).status == 404
    await house.join_page(DELEGATE)
    assert (await house.client.get("/m/island/rules")).status == 404
    assert (await house.client.get("/m/NO_SUCH/rules")).status == 404
    await act(house, "revoke_link", link=DELEGATE.id)
    assert (await house.client.get(RULES)).status == 410


async def test_staff_is_offered_the_presets_as_files() -> None:
    async with opened(profiles_dir=PROFILES) as house:
        for link in LINKS:
            headers = bearer(house, link)
            response = await house.client.get("/api/v1/profiles", headers=headers)
            staff = link.role in ("moderator", "chair", "desk")
            assert response.status == (200 if staff else 403), link
        response = await house.client.get(
            "/api/v1/profiles", headers=bearer(house, MODERATOR)
        )
        found = (await response.json())["profiles"]
        assert {each["id"] for each in found} == {p.stem for p in PROFILES.iterdir()}
        for each in found:
            text = (PROFILES / f"{each['id']}.toml").read_text(encoding="utf-8")
            assert each["text"] == text
            await act(house, "set_profile", text=text)
            assert house.room.meeting.profile.title == each["title"]


async def test_a_page_asks_for_them_by_its_cookie_and_says_which() -> None:
    async with opened(profiles_dir=PROFILES) as house:
        await house.join_page(MODERATOR)
        path = "/api/v1/profiles?lang=en"
        handle = {"X-Rostra-Link": house.handle(MODERATOR)}
        assert (await house.client.get(path, headers=handle)).status == 200
        assert (await house.client.get(path)).status == 401
        wrong = {"X-Rostra-Link": house.handle(CHAIR)}
        assert (await house.client.get(path, headers=wrong)).status == 401
        guessed = {"Authorization": "Bearer rl_harbour.k1.0.xxxxxxxxxxxxxxxxxxxxxxxx"}
        assert (await house.client.get(path, headers=guessed)).status == 401


def test_a_file_that_cannot_be_used_is_not_offered(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(
        'id = "good"\ntitle = "Good"\n[limits]\nstatement = 60\n'
    )
    (tmp_path / "bad.toml").write_text("id = ")
    (tmp_path / "worse.toml").write_bytes(b"\xff")
    assert [each["id"] for each in presets(tmp_path)] == ["good"]
    assert presets(None) == []


async def test_a_report_is_read_against_the_roster(house: House) -> None:
    lines = ["Name,Email", "Adunara,a@x", "XAE | Ms. Bee,b@x", "Pat Someone,c@x"]
    text = "\n".join([*lines, "Adunara,d@x"])
    for link in (DESK, MODERATOR):
        response = await house.post(REPORT, {"text": text}, **bearer(house, link))
        assert response.status == 200
        assert await response.json() == {
            "delegations": ["XAD", "XAE"],
            "new": ["XAD", "XAE"],
            "unknown": ["Pat Someone"],
        }
    await act(house, "mark_attendance", delegations=["XAD"], source="report")
    response = await house.post(REPORT, {"text": text}, **bearer(house, DESK))
    assert (await response.json())["new"] == ["XAE"]


async def test_only_who_may_mark_attendance_reads_reports(house: House) -> None:
    for link in (DELEGATE, CHAIR, VIEWER, RAPPORTEUR):
        response = await house.post(REPORT, {"text": "x"}, **bearer(house, link))
        assert response.status == 403
    assert (await house.post(REPORT, {"text": "x"})).status == 403
    for body in ({}, {"text": 3}, []):
        response = await house.post(REPORT, body, **bearer(house, DESK))
        assert response.status == 400
