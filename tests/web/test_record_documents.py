"""The record over HTTP: who gets which document, and the page that is made public."""

import asyncio
import base64
import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec import structs

from rostra.core.ids import Published
from rostra.core.meeting import Link
from rostra.record.proof import RecordKey
from rostra.record.verify import judge
from rostra.web.settings import Rate
from support.rooms import on_floor
from web.house import (
    CHAIR,
    DELEGATE,
    DESK,
    DISPLAY,
    LINKS,
    MEETING,
    MODERATOR,
    NASTY,
    OTHER,
    QUICK,
    RAPPORTEUR,
    VIEWER,
    House,
    Line,
    call_to_order,
    opened,
)

FAST = structs.replace(QUICK, document_rate=Rate(1000, 1000))
DISPOSITION = "Content-Disposition"
KEY = RecordKey(bytes(32))
RECORD = f"/api/v1/meetings/{MEETING}/record"
PAGE = f"/m/{MEETING}/record"
GIST = "What the rapporteur heard"
#: What each form begins with, and what it is.
FORMS = {
    "docx": (b"PK", "application/vnd.openxmlformats-officedocument"),
    "pdf": (b"%PDF-", "application/pdf"),
    "xlsx": (b"PK", "application/vnd.openxmlformats-officedocument"),
    "html": (b"<!doctype html>", "text/html"),
    "json": (b"{", "application/json"),
    "vtt": (b"WEBVTT", "text/vtt"),
    "thirds": (b"{", "application/json"),
    "csv": (b"\xef\xbb\xbfmeeting,", "text/csv"),
    "svg": (b"<svg ", "image/svg+xml"),
}
HANGS = (sys.executable, "-c", "import time; time.sleep(60)")
FAILS = (sys.executable, "-c", "import sys; sys.exit('the press is out of ink')")
SLOW = (
    sys.executable,
    "-c",
    "import sys, time; sys.stdin.buffer.read(); time.sleep(0.5); print('printed')",
)


async def act(line: Line, type_: str, **fields: Any) -> dict[str, Any]:
    """A command that is done; its result."""
    answer = await line.command(type_, **fields)
    assert answer["outcome"] == "ok", answer
    result: dict[str, Any] = answer["result"]
    return result


async def speak(house: House) -> None:
    """A delegation is heard, and the rapporteur writes down what it said."""
    await call_to_order(house)
    operator, pad = await house.joined(MODERATOR), await house.joined(DELEGATE)
    asked = await act(pad, "request_floor", kind="statement")
    request = asked["request"]
    called = await act(operator, "call", request=request, expect={"head": request})
    row = called["intervention"]
    for type_ in ("start", "end"):
        await act(operator, type_, expect=on_floor(house.room.meeting))
    rapporteur = await house.joined(RAPPORTEUR)
    await act(rapporteur, "note", intervention=row, text=GIST)
    for line in (operator, pad, rapporteur):
        await line.ws.close()


async def rise(house: House) -> None:
    """The meeting is over."""
    operator = await house.joined(MODERATOR)
    await act(operator, "adjourn", expect={"state": "in_session"})
    await operator.ws.close()


async def publish(house: House, *published: Published) -> None:
    """Say what is public."""
    operator = await house.joined(MODERATOR)
    expect = {"published": list(house.room.meeting.published)}
    await act(operator, "publish", published=list(published), expect=expect)
    await operator.ws.close()


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """A meeting in which somebody was heard."""
    async with opened(FAST, signer=KEY) as running:
        await speak(running)
        yield running


async def ask(house: House, link: Link | None, **query: str) -> tuple[int, bytes, Any]:
    """Ask for a document: status, body and headers."""
    headers = {"Authorization": f"Bearer {house.token(link)}"} if link else {}
    async with house.client.get(RECORD, params=query, headers=headers) as response:
        return response.status, await response.read(), response.headers


async def words_of(house: House, link: Link, **more: str) -> dict[str, Any]:
    """What documents for *link* are written from."""
    status, body, _ = await ask(house, link, **{"as": "json"}, **more)
    assert status == 200, body
    found: dict[str, Any] = json.loads(body)
    return found


@pytest.mark.parametrize("form", FORMS)
async def test_each_form_is_given_as_a_file_and_kept_by_nobody_between(
    house: House, form: str
) -> None:
    query = {"as": form, **({"picture": "timeline"} if form == "svg" else {})}
    status, body, headers = await ask(house, RAPPORTEUR, **query)
    start, media_type = FORMS[form]
    assert status == 200 and body.startswith(start)
    assert headers["Content-Type"].startswith(media_type)
    name = re.fullmatch(r'attachment; filename="([\w.-]+)"', headers[DISPOSITION])
    assert name and name[1].startswith(MEETING)
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("link", "audience"),
    [
        (MODERATOR, "staff"),
        (CHAIR, "staff"),
        (DESK, "staff"),
        (RAPPORTEUR, "record"),
        (DELEGATE, "public"),
        (VIEWER, "public"),
        (DISPLAY, "public"),
    ],
)
async def test_a_document_says_what_the_screen_of_its_reader_says(
    house: House, link: Link, audience: str
) -> None:
    found = await words_of(house, link)
    assert found["audience"] == audience
    assert (GIST in json.dumps(found)) == (audience != "public")


async def test_one_may_ask_for_what_others_see_and_never_for_more(
    house: House,
) -> None:
    less = await words_of(house, MODERATOR, **{"for": "public"})
    assert less["audience"] == "public" and GIST not in json.dumps(less)
    for link, more in ((VIEWER, "record"), (DELEGATE, "staff"), (RAPPORTEUR, "staff")):
        status, _, _ = await ask(house, link, **{"as": "json", "for": more})
        assert status == 403, (link, more)


async def test_a_table_is_for_its_reader_too(house: House) -> None:
    for link, noted in ((RAPPORTEUR, GIST), (VIEWER, "")):
        _, body, _ = await ask(house, link, **{"as": "csv"})
        (row,) = csv.DictReader(io.StringIO(body.decode("utf-8-sig")))
        assert row["note"] == noted
        assert row["entity"] == "Adunara"


async def test_it_is_in_any_language_of_documents(house: House) -> None:
    chinese = await words_of(house, VIEWER, lang="zh")
    assert chinese["heading"]["form"] == "简要记录"
    arabic = await words_of(house, VIEWER, lang="ar")
    assert arabic["direction"] == "rtl"
    _, body, headers = await ask(house, VIEWER, **{"as": "docx", "lang": "ar"})
    assert headers[DISPOSITION].endswith('"harbour-ar.docx"')
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        assert "أدونارا" in parts.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "as"),
        ({"as": "odt"}, "as"),
        ({"as": "../../etc/passwd"}, "as"),
        ({"as": "pdf", "lang": "tlh"}, "lang"),
        ({"as": "pdf", "for": "everyone"}, "for"),
        ({"as": "svg"}, "picture"),
        ({"as": "pdf", "with": "internal"}, "with"),
        ({"as": "jsonl", "with": "secrets"}, "with"),
    ],
)
async def test_what_there_is_not_is_named(
    house: House, query: dict[str, str], field: str
) -> None:
    status, body, _ = await ask(house, MODERATOR, **query)
    assert status == 400
    assert json.loads(body)["detail"] == f"The field “{field}” is not right."


async def test_a_picture_that_is_not_public_is_as_one_that_does_not_exist(
    house: House,
) -> None:
    answers = [
        (await ask(house, VIEWER, **{"as": "svg", "picture": each}))[:2]
        for each in ("timeline", "regions", "nonsense", "<b>")
    ]
    assert {status for status, _ in answers} == {404}
    assert len({body for _, body in answers}) == 1
    await publish(house, "timeline")
    status, body, _ = await ask(house, VIEWER, **{"as": "svg", "picture": "timeline"})
    assert status == 200 and body.startswith(b"<svg ")


async def test_without_a_link_there_is_nothing(house: House) -> None:
    assert (await ask(house, None, **{"as": "docx"}))[0] == 401
    token = house.token(MODERATOR, OTHER)
    headers = {"Authorization": f"Bearer {token}"}
    response = await house.client.get(f"{RECORD}?as=docx", headers=headers)
    assert response.status == 401


async def test_a_page_names_its_link_in_a_header_that_no_foreign_page_can_send(
    house: House,
) -> None:
    await house.join_page(RAPPORTEUR)
    handle = house.handle(RAPPORTEUR)
    headers = {"X-Rostra-Link": handle}
    response = await house.client.get(f"{RECORD}?as=vtt", headers=headers)
    assert response.status == 200
    assert (await house.client.get(f"{RECORD}?as=vtt")).status == 401


# The commits


async def test_operators_take_the_history_home_and_it_proves_itself(
    house: House,
) -> None:
    status, body, headers = await ask(house, MODERATOR, **{"as": "jsonl"})
    assert status == 200
    assert headers[DISPOSITION] == 'attachment; filename="harbour.jsonl"'
    assert judge(body, KEY.public)[0] == 0
    assert GIST not in body.decode()
    parts = {"as": "jsonl", "with": "personal,internal"}
    _, body, _ = await ask(house, MODERATOR, **parts)
    assert judge(body, KEY.public)[0] == 0
    assert GIST in body.decode()


@pytest.mark.parametrize(
    "link", [each for each in LINKS if each.role != "moderator"], ids=lambda e: e.role
)
async def test_what_never_was_public_is_in_the_history_of_operators_only(
    house: House, link: Link
) -> None:
    for more in ({}, {"with": "personal"}, {"with": "internal"}):
        status, _, _ = await ask(house, link, **{"as": "jsonl"}, **more)
        assert status == 403


# The press


@pytest.mark.parametrize(
    ("command", "status", "code"),
    [(FAILS, 500, "not_printed"), (HANGS, 504, "too_slow")],
)
async def test_a_press_that_fails_or_hangs_is_said_in_a_sentence(
    command: tuple[str, ...], status: int, code: str
) -> None:
    limits = structs.replace(FAST, press_s=0.5)
    async with opened(limits, press_command=command) as house:
        got, body, _ = await ask(house, RAPPORTEUR, **{"as": "pdf"})
        said = json.loads(body)
        assert (got, said["code"]) == (status, code)
        assert said["detail"].startswith("The document ") and "out of ink" not in str(
            said
        )
        # nobody else is kept from anything by it
        assert (await ask(house, RAPPORTEUR, **{"as": "csv"}))[0] == 200


async def test_whoever_asks_for_the_same_waits_for_the_same() -> None:
    limits = structs.replace(FAST, press_waiting=1)
    async with opened(limits, press_command=SLOW) as house:
        same = [ask(house, VIEWER, **{"as": "pdf"}) for _ in range(5)]
        answers = await asyncio.gather(*same)
        assert {status for status, _, _ in answers} == {200}
        # and it is given again
        began = asyncio.get_running_loop().time()
        assert (await ask(house, VIEWER, **{"as": "pdf"}))[1] == b"printed\n"
        assert asyncio.get_running_loop().time() - began < 0.4


async def test_a_line_has_an_end_and_rapporteurs_have_one_of_their_own() -> None:
    limits = structs.replace(FAST, press_waiting=2)
    async with opened(limits, press_command=SLOW) as house:
        forms = ("pdf", "docx", "xlsx", "html")
        viewers = [ask(house, VIEWER, **{"as": each}) for each in forms]
        answers = await asyncio.gather(
            *viewers, ask(house, RAPPORTEUR, **{"as": "pdf"})
        )
        statuses = [status for status, _, _ in answers]
        assert sorted(statuses[:4]) == [200, 200, 503, 503]
        assert statuses[4] == 200
        _, body, headers = next(each for each in answers if each[0] == 503)
        assert json.loads(body)["code"] == "busy" and headers["Retry-After"] == "10"
        # once they have been served there is room again
        assert (await ask(house, VIEWER, **{"as": "vtt"}))[0] == 200


async def test_who_asks_too_often_is_told_when_to_ask_again() -> None:
    limits = structs.replace(FAST, document_rate=Rate(0.1, 2))
    async with opened(limits, press_command=SLOW) as house:
        answers = [await ask(house, VIEWER, **{"as": "csv"}) for _ in range(3)]
        assert [status for status, _, _ in answers] == [200, 200, 503]
        assert 1 <= int(answers[2][2]["Retry-After"]) <= 10


async def test_a_server_that_ends_leaves_no_press_behind() -> None:
    async with opened(FAST, press_command=HANGS) as house:
        waiting = asyncio.create_task(ask(house, RAPPORTEUR, **{"as": "pdf"}))
        await asyncio.sleep(0.3)
        began = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - began < 5
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


# The public page


async def test_the_page_of_a_meeting_is_not_there_until_it_is_public(
    house: House,
) -> None:
    unknown = await house.client.get("/m/nowhere/record")

    async def there() -> bool:
        response = await house.client.get(PAGE)
        if response.status == 200:
            return True
        assert response.status == unknown.status == 404
        assert await response.text() == await unknown.text()
        return False

    assert not await there()
    await publish(house, "page")
    assert not await there(), "it has not risen"
    await rise(house)
    assert await there()
    await publish(house)
    assert not await there()


async def test_the_page_needs_no_link_runs_nothing_and_fetches_nothing(
    house: House,
) -> None:
    await publish(house, "page", "timeline")
    await rise(house)
    response = await house.client.get(PAGE)
    text = await response.text()
    assert "Adunara" in text and GIST not in text
    assert "<svg" in text and "<script" not in text and NASTY not in text
    assert not re.search(r'(?:src|href)="(?!#)', text)
    policy = response.headers["Content-Security-Policy"]
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy
    assert "script-src" not in policy and "frame-ancestors 'none'" in policy
    assert " style=" not in text
    assert response.headers["X-Robots-Tag"] == "noindex"


async def test_the_page_is_asked_for_anew_and_sent_again_only_if_it_changed(
    house: House,
) -> None:
    await publish(house, "page")
    await rise(house)
    response = await house.client.get(PAGE)
    tag = response.headers["ETag"]
    assert response.headers["Cache-Control"] == "no-cache"
    again = await house.client.get(PAGE, headers={"If-None-Match": tag})
    assert (again.status, await again.read()) == (304, b"")
    other = {"If-None-Match": tag, "Accept-Language": "ar"}
    arabic = await house.client.get(PAGE, headers=other)
    assert 'dir="rtl"' in await arabic.text()
    assert "zh" in await (await house.client.get(f"{PAGE}?lang=zh")).text()
    await publish(house, "page", "timeline")
    changed = await house.client.get(PAGE, headers={"If-None-Match": tag})
    assert changed.status == 200 and changed.headers["ETag"] != tag
    await publish(house)
    taken = await house.client.get(PAGE, headers={"If-None-Match": tag})
    assert taken.status == 404


async def test_a_press_that_fails_is_no_page_that_says_why() -> None:
    async with opened(FAST, press_command=FAILS) as house:
        await call_to_order(house)
        await publish(house, "page")
        await rise(house)
        response = await house.client.get(PAGE)
        assert response.status == 503
        assert response.content_type == "text/html"
        assert "out of ink" not in await response.text()
