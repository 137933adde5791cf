"""The page that proves a record, on the server and as a file that is kept."""

import base64
import hashlib
import html
import json
import re
from pathlib import Path

from web.house import House, opened

SCRIPT = 'document.title = "<script>alert(1)<\\/script>";'
STYLE = "main { color: red }"


def hash_of(text: str) -> str:
    """As a policy names what stands inline."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def boot_of(text: str) -> dict[str, object]:
    """What the page is told."""
    found = re.search(r'id="boot">(.*?)</script>', text, re.DOTALL)
    assert found
    boot: dict[str, object] = json.loads(found[1])
    return boot


def built(tmp_path: Path) -> Path:
    """A folder of static files with what the saved page is made of."""
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/verify.js").write_text(SCRIPT)
    (tmp_path / "saved/verify.css").write_text(STYLE)
    return tmp_path


async def test_anybody_may_open_the_page_and_it_knows_the_servers_key() -> None:
    async with opened(record_key="ab" * 32) as house:
        response = await house.client.get("/verify")
        assert response.status == 200
        text = await response.text()
        assert "Is this record what was signed?" in text
        boot = boot_of(text)
        assert (boot["recordKey"], boot["screen"]) == ("ab" * 32, "verify")
        assert boot["catalogue"] is None or str(boot["catalogue"]).startswith("/")
        assert "saved" not in boot


async def test_the_page_to_keep_has_all_in_it_and_may_run_nothing_else(
    tmp_path: Path,
) -> None:
    async with opened(static_dir=built(tmp_path), record_key="ab" * 32) as house:
        response = await house.client.get("/verify.html")
        assert response.status == 200
        assert response.headers["Content-Disposition"].startswith("attachment;")
        text = html.unescape(await response.text())
    assert f"<style>{STYLE}</style>" in text
    assert f'<script type="module">{SCRIPT}</script>' in text
    # nothing may be loaded, and nothing sent: what is not named is 'none'
    assert (
        "default-src 'none'; "
        f"script-src {hash_of(SCRIPT)}; style-src {hash_of(STYLE)}; "
        "base-uri 'none'; form-action 'none'"
    ) in text
    assert not re.search(r"\b(src|href)=", text)
    boot = boot_of(text)
    assert (boot["saved"], boot["recordKey"]) == (True, "ab" * 32)


async def test_the_page_to_keep_brings_its_language_along(tmp_path: Path) -> None:
    async with opened(static_dir=built(tmp_path)) as house:
        text = await (await house.client.get("/verify.html?lang=ar")).text()
        assert '<html lang="ar" dir="rtl">' in text
        words = boot_of(text)["words"]
        assert isinstance(words, dict)
        assert words["messages"]["Join the meeting"] != "Join the meeting"


async def test_without_a_build_there_is_no_page_to_keep(house: House) -> None:
    assert (await house.client.get("/verify.html")).status == 404
    assert (await house.client.get("/verify")).status == 200


async def test_the_front_page_leads_there(house: House) -> None:
    assert 'href="/verify"' in await (await house.client.get("/")).text()
