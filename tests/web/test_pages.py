"""Joining, the pages of a meeting, and what a page may never contain."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from msgspec import structs

from rostra.core.meeting import Link
from rostra.protocol.messages import PROTOCOL
from rostra.web.pages import preferred
from rostra.web.reception import clean_name
from rostra.web.settings import Rate
from web.house import (
    CHAIR,
    DELEGATE,
    DESK,
    DISPLAY,
    LINKS,
    MODERATOR,
    NASTY,
    OTHER,
    QUICK,
    RAPPORTEUR,
    VIEWER,
    XAD,
    XAL,
    House,
    opened,
)

HOMES = {
    MODERATOR: "console",
    CHAIR: "chair",
    DESK: "desk",
    DELEGATE: "pad",
    RAPPORTEUR: "log",
    VIEWER: "display",
    DISPLAY: "display",
}
SCREENS = ("console", "pad", "log", "chair", "desk", "display")
FROM_PAGE = {"X-Rostra-Link": "join", "Sec-Fetch-Site": "same-origin"}


class Page(HTMLParser):
    """The elements of a page, and the data block in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.boot: Any = None
        self.shown = ""
        self._in_boot = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_boot = dict(attrs).get("id") == "boot"

    def handle_data(self, data: str) -> None:
        if self._in_boot:
            self.boot = json.loads(data)
        else:
            self.shown += data

    def handle_endtag(self, tag: str) -> None:
        self._in_boot = False


async def page(house: House, url: str, status: int = 200) -> Page:
    """GET a page."""
    response = await house.client.get(url)
    assert response.status == status
    assert response.content_type == "text/html"
    return Page(await response.text())


@pytest.mark.parametrize("link", HOMES, ids=lambda each: each.role)
async def test_a_link_leads_to_its_screen(house: House, link: Link) -> None:
    url = await house.join_page(link)
    assert url == f"/m/harbour/{HOMES[link]}?as={house.handle(link)}"
    got = await page(house, url)
    assert got.boot["screen"] == HOMES[link]
    assert got.boot["link"] == house.handle(link)
    assert got.boot["meeting"] == "harbour"
    state = got.boot["state"]
    assert (state["epoch"], state["seq"]) == (house.room.epoch, 1)
    assert state["you"]["role"] == link.role


@pytest.mark.parametrize("link", HOMES, ids=lambda each: each.role)
@pytest.mark.parametrize("screen", SCREENS)
async def test_every_role_opens_its_own_screens_only(
    house: House, link: Link, screen: str
) -> None:
    await house.join_page(link)
    also = SCREENS if link == MODERATOR else ()
    may = screen == HOMES[link] or (screen in also and screen != "pad")
    url = f"/m/harbour/{screen}?as={house.handle(link)}"
    got = await page(house, url, 200 if may else 403)
    assert (got.boot is not None) is may


async def test_the_viewers_display_is_drawn_for_a_desk(house: House) -> None:
    for link, layout in ((VIEWER, "desk"), (DISPLAY, "hall")):
        got = await page(house, await house.join_page(link))
        (body,) = [attrs for tag, attrs in got.tags if tag == "body"]
        assert body["data-layout"] == layout


async def test_one_browser_is_console_pad_and_log_at_once(house: House) -> None:
    urls = [await house.join_page(each) for each in (MODERATOR, DELEGATE, RAPPORTEUR)]
    roles = [(await page(house, url)).boot["state"]["you"]["role"] for url in urls]
    assert roles == ["moderator", "delegate", "rapporteur"]
    # Which of them is meant has to be said.
    await page(house, "/m/harbour/console", 404)


async def test_the_only_link_of_a_browser_need_not_be_named(house: House) -> None:
    await house.join_page(MODERATOR)
    assert (await page(house, "/m/harbour/console")).boot["screen"] == "console"
    assert (await page(house, f"/m/harbour/console?as={MODERATOR.id}")).boot


async def test_the_cookie_opens_the_socket(house: House) -> None:
    url = await house.join_page(DELEGATE)
    boot = (await page(house, url)).boot
    line = await house.line(headers={"Origin": house.origin})
    await line.join(link=boot["link"])
    assert line.welcome["you"]["device"] == "Phone"
    without_origin = await house.line()
    await without_origin.say({"protocol": PROTOCOL, "link": boot["link"]})
    assert (await without_origin.frame()).startswith("44/meeting,")
    resumed = await house.line(headers={"Origin": house.origin})
    where = {key: boot["state"][key] for key in ("epoch", "seq", "chain")}
    await resumed.join(link=boot["link"], resume=where)
    assert resumed.welcome["mode"] == "resume"


async def test_cookies_are_kept_from_scripts(house: House) -> None:
    response = await house.post("/join", {"token": house.token(DELEGATE)}, **FROM_PAGE)
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith(f"rostra_{house.handle(DELEGATE)}=")
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
    assert "Secure" not in cookie and "Domain" not in cookie
    assert "rl_" not in cookie


async def test_a_cookie_that_was_changed_is_nothing(house: House) -> None:
    url = await house.join_page(DELEGATE)
    (cookie,) = house.client.session.cookie_jar
    name, value = cookie.key, cookie.value
    for at in range(0, len(value), 7):
        other = "A" if value[at] != "A" else "B"
        house.client.session.cookie_jar.clear()
        changed = value[:at] + other + value[at + 1 :]
        house.client.session.cookie_jar.update_cookies({name: changed})
        await page(house, url, 404)
    house.client.session.cookie_jar.clear()
    house.client.session.cookie_jar.update_cookies({name: value})
    await page(house, url)


async def test_a_cookie_counts_only_under_its_own_name(house: House) -> None:
    await house.join_page(DELEGATE)
    value = next(iter(house.client.session.cookie_jar)).value
    name = f"rostra_{house.handle(MODERATOR)}"
    house.client.session.cookie_jar.clear()
    house.client.session.cookie_jar.update_cookies({name: value})
    await page(house, f"/m/harbour/console?as={house.handle(MODERATOR)}", 404)


async def test_all_that_has_no_way_in_looks_the_same(house: House) -> None:
    url = await house.join_page(DELEGATE)
    moderator = await house.joined(MODERATOR)
    await moderator.command("renew_link", link=DELEGATE.id)
    revoked = await page(house, url, 410)
    unknown = await page(house, "/m/harbour/pad?as=k1.77", 404)
    no_meeting = await page(house, "/m/nothing/pad?as=k1.77", 404)
    assert revoked.text == unknown.text == no_meeting.text
    assert revoked.boot is None
    assert "Harbour" not in revoked.text


async def test_a_cookie_of_another_meeting_opens_nothing(house: House) -> None:
    body = {"token": house.token(MODERATOR, OTHER)}
    answer = await (await house.post("/join", body, **FROM_PAGE)).json()
    assert (await page(house, answer["url"])).boot["meeting"] == OTHER
    handle = answer["url"].partition("as=")[2]
    await page(house, f"/m/harbour/console?as={handle}", 404)
    await page(house, "/m/harbour/console", 404)


async def test_who_one_is_about_to_be_is_shown_first(house: House) -> None:
    body = {"token": house.token(DELEGATE), "lang": "ar"}
    response = await house.post("/api/v1/join/preview", body, **FROM_PAGE)
    assert response.status == 200
    assert "Set-Cookie" not in response.headers
    shown = await response.json()
    assert (shown["role"], shown["screen"], shown["delegation"]) == (
        "delegate",
        "pad",
        XAD,
    )
    assert shown["name"] == "أدونارا"
    assert shown["title"].startswith("Harbour")


@pytest.mark.parametrize("path", ["/join", "/api/v1/join/preview"])
async def test_joining_needs_a_script_of_ours(house: House, path: str) -> None:
    body = {"token": house.token(DELEGATE)}
    post = house.client.post
    foreign = {**FROM_PAGE, "Sec-Fetch-Site": "cross-site"}
    assert (await post(path, json=body, headers=foreign)).status == 403
    assert (await post(path, json=body)).status == 403
    assert (await post(path, data=body, headers=FROM_PAGE)).status == 415
    text = {**FROM_PAGE, "Content-Type": "text/plain"}
    assert (await post(path, data=json.dumps(body), headers=text)).status == 415
    assert (await post(path, data="{", headers=_json())).status == 400
    assert (await post(path, json={"token": 7}, headers=FROM_PAGE)).status == 400


def _json() -> dict[str, str]:
    return {**FROM_PAGE, "Content-Type": "application/json"}


@pytest.mark.parametrize("path", ["/join", "/api/v1/join/preview"])
async def test_wrong_withdrawn_and_unknown_tokens_get_the_same_answer(
    house: House, path: str
) -> None:
    old = house.token(DELEGATE)
    moderator = await house.joined(MODERATOR)
    await moderator.command("revoke_link", link=DELEGATE.id)
    wrong = house.token(MODERATOR)[:-4] + "AAAA"
    unknown = house.token(MODERATOR).replace("harbour", "nothing")
    swapped = house.token(MODERATOR).replace("k1.0", "k1.1")
    answers = []
    for token in (old, wrong, unknown, swapped, "", "rl_", "x" * 100):
        response = await house.post(path, {"token": token}, **FROM_PAGE)
        assert "Set-Cookie" not in response.headers
        answers.append((response.status, await response.text()))
    assert len(set(answers)) == 1
    assert answers[0][0] == 401


async def test_too_many_wrong_tokens_have_to_wait() -> None:
    limits = structs.replace(QUICK, try_rate=Rate(0.1, 3))
    async with opened(limits) as house:
        for path in ("/join", "/api/v1/join/preview", "/join"):
            wrong = await house.post(path, {"token": "rl_x"}, **FROM_PAGE)
            assert wrong.status == 401
        refused = await house.post("/join", {"token": "rl_y"}, **FROM_PAGE)
        assert refused.status == 503 and "Retry-After" in refused.headers
        # a holder behind the same address is not kept out
        right = {"token": house.token(DELEGATE)}
        assert (await house.post("/join", right, **FROM_PAGE)).status == 200


def test_a_devices_name_is_what_is_seen() -> None:
    assert clean_name(" Phone\u202e of\u0007 \u200bMs.\n X ") == "Phone of Ms. X"
    assert clean_name("هاتف") == "هاتف"
    assert len(clean_name("x" * 200)) == 80


async def test_leaving_forgets_the_cookie(house: House) -> None:
    url = await house.join_page(DELEGATE)
    handle = house.handle(DELEGATE)
    got = await page(house, f"/leave?as={handle}")
    assert any(tag == "form" for tag, _ in got.tags)
    await page(house, url)
    foreign = await house.client.post(
        f"/leave?as={handle}", headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert foreign.status == 403
    left = await house.client.post(f"/leave?as={handle}", allow_redirects=False)
    assert (left.status, left.headers["Location"]) == (303, "/")
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    await page(house, url, 404)


async def test_nothing_in_a_page_runs_by_itself(house: House) -> None:
    moderator = await house.joined(MODERATOR)
    await moderator.command("open_lobby", expect={"state": "scheduled"})
    await moderator.command("call_to_order", expect={"state": "lobby"})
    if house.room.meeting.segment is None:
        await moderator.command(
            "go_to_segment", segment="s1.0", expect={"segment": None}
        )
    entries = [{"delegation": XAL, "note": NASTY, "person": {"name": NASTY}}]
    answer = await moderator.command("insert", list="l1.0", entries=entries)
    assert answer["outcome"] == "ok", answer
    for link in LINKS:
        got = await page(house, await house.join_page(link))
        scripts = [attrs for tag, attrs in got.tags if tag == "script"]
        assert [each.get("type") for each in scripts] == ["application/json"]
        assert not [tag for tag, _ in got.tags if tag == "img"]
        for _, attrs in got.tags:
            assert not [name for name in attrs if name.startswith("on")]
            assert "style" not in attrs
        assert NASTY in got.shown
        title = got.boot["state"]["state"]["collections"]["meeting"]["meeting"]["title"]
        assert title.endswith(NASTY)


async def test_the_first_paint_says_who_speaks_and_who_is_next(house: House) -> None:
    moderator = await house.joined(MODERATOR)
    for type_, expect in (
        ("open_lobby", {"state": "scheduled"}),
        ("call_to_order", {"state": "lobby"}),
    ):
        await moderator.command(type_, expect=expect)
    if house.room.meeting.segment is None:
        await moderator.command(
            "go_to_segment", segment="s1.0", expect={"segment": None}
        )
    entries = [{"delegation": "XAD"}, {"delegation": "XAE"}]
    added = await moderator.command("insert", list="l1.0", entries=entries)
    first = added["result"]["requests"][0]
    called = await moderator.command("call", request=first, expect={"head": first})
    pad = await page(house, await house.join_page(DELEGATE))
    assert "Nobody has the floor" in pad.shown
    console = await page(house, await house.join_page(MODERATOR))
    assert "Called" in console.shown
    expect = {"intervention": called["result"]["intervention"], "phase": "called"}
    await moderator.command("start", expect=expect)
    pad = await page(house, await house.join_page(DELEGATE, lang="ar"))
    assert re.search(r"(3:00|2:59)", pad.shown)
    assert "أدونارا" in pad.shown and "Aelindra" in pad.shown
    assert 'lang="ar" dir="rtl"' in pad.text


async def test_the_first_paint_shows_who_interrupts_not_whom(house: House) -> None:
    moderator = await house.joined(MODERATOR)
    for type_, expect in (
        ("open_lobby", {"state": "scheduled"}),
        ("call_to_order", {"state": "lobby"}),
    ):
        await moderator.command(type_, expect=expect)
    if house.room.meeting.segment is None:
        await moderator.command(
            "go_to_segment", segment="s1.0", expect={"segment": None}
        )
    added = await moderator.command(
        "insert", list="l1.0", entries=[{"delegation": "XAD"}]
    )
    first = added["result"]["requests"][0]
    called = await moderator.command("call", request=first, expect={"head": first})
    on_floor = called["result"]["intervention"]
    expect = {"intervention": on_floor, "phase": "called"}
    await moderator.command("start", expect=expect)
    point = {"delegation": "XAE", "kind": "point_of_order", "override": True}
    raised = await moderator.command("insert", list="p1.0", entries=[point])
    request = raised["result"]["requests"][0]
    given = await moderator.command(
        "recognise", request=request, expect={"floor": on_floor}
    )
    over = given["result"]["intervention"]
    await moderator.command("start", expect={"intervention": over, "phase": "called"})
    pad = await page(house, await house.join_page(DELEGATE))
    assert "Aelindra" in pad.shown and "Adunara" not in pad.shown


@pytest.mark.parametrize(
    ("query", "accept", "lang"),
    [
        ("", "", "en"),
        ("", "ar", "ar"),
        ("", "fr, ar;q=0.8, en;q=0.5", "ar"),
        ("?lang=ar", "en", "ar"),
        ("?lang=xx", "ar", "ar"),
        ("", "ar;q=x, en", "en"),
        ("", "*", "en"),
    ],
)
async def test_the_language_is_asked_for_or_preferred(
    house: House, query: str, accept: str, lang: str
) -> None:
    response = await house.client.get(f"/{query}", headers={"Accept-Language": accept})
    assert f'<html lang="{lang}"' in await response.text()


def test_a_language_that_is_not_there_is_english() -> None:
    assert preferred("xx-YY", ("en", "ar")) == "en"
    assert preferred("AR-eg", ("en", "ar")) == "ar"


async def test_the_roster_is_immutable_and_holds_no_persons(house: House) -> None:
    boot = (await page(house, await house.join_page(DELEGATE))).boot
    house.client.session.cookie_jar.clear()
    response = await house.client.get(boot["roster"])
    assert response.status == 200
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Content-Encoding"] == "gzip"
    roster = await response.json()
    # what is usual is left out, and so are languages that this page is not in
    assert roster["delegations"]["XAD"]["names"] == {"en": "Adunara"}
    assert "tier" not in roster["delegations"]["XAD"]
    url = await house.join_page(DELEGATE, "ar")
    arabic = (await page(house, url)).boot["roster"]
    assert arabic != boot["roster"]
    names = (await (await house.client.get(arabic)).json())["delegations"]["XAD"]
    assert names["names"] == {"ar": "أدونارا", "en": "Adunara"}
    assert list(roster["groups"]) == ["G3"]
    plain = await house.client.get(
        boot["roster"], headers={"Accept-Encoding": "identity"}
    )
    assert "Content-Encoding" not in plain.headers
    assert (await page(house, await house.join_page(DELEGATE))).boot["roster"] == boot[
        "roster"
    ]


async def test_scripts_and_styles_come_from_the_manifest(tmp_path: Any) -> None:
    manifest = {
        "src/screens/join.tsx": {
            "file": "assets/join-1.js",
            "css": ["assets/join-1.css"],
            "imports": ["_shared.js"],
        },
        "_shared.js": {"file": "assets/shared-2.js", "css": ["assets/all-3.css"]},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/join-1.js").write_text("1")
    async with opened(static_dir=tmp_path) as house:
        got = await page(house, "/join")
        hrefs = [attrs.get("href") for tag, attrs in got.tags if tag == "link"]
        assert hrefs[1:] == [
            "/static/assets/all-3.css",
            "/static/assets/join-1.css",
            "/static/assets/shared-2.js",
        ]
        src = [attrs.get("src") for tag, attrs in got.tags if tag == "script"]
        assert src == [None, "/static/assets/join-1.js"]
        response = await house.client.get("/static/assets/join-1.js")
        assert "immutable" in response.headers["Cache-Control"]
        assert got.boot["catalogues"].keys() == {"en", "ar"}
