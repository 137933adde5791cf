"""The API: the same commands and the same state, with HTTP's own words."""

from typing import Any

import pytest
from msgspec import structs

from rostra.core.meeting import Link
from rostra.core.refusals import Refusal
from rostra.engine.outcomes import Declined, Unsettled
from rostra.protocol.commit import chain_mark
from rostra.web.api import CODES, status_of
from rostra.web.settings import Rate
from web.house import (
    CHAIR,
    DELEGATE,
    DESK,
    MODERATOR,
    OTHER,
    OTHER_DELEGATE,
    QUICK,
    RAPPORTEUR,
    VIEWER,
    XAD,
    House,
    command,
    opened,
)

BASE = "/api/v1/meetings/harbour"


async def get(house: House, path: str, link: Link | None, **headers: str) -> Any:
    """GET as the holder of *link*."""
    if link is not None:
        headers["Authorization"] = f"Bearer {house.token(link)}"
    return await house.client.get(f"{BASE}{path}", headers=headers)


async def post(house: House, link: Link, body: Any, **headers: str) -> Any:
    """POST a command as the holder of *link*."""
    headers["Authorization"] = f"Bearer {house.token(link)}"
    return await house.client.post(f"{BASE}/commands", json=body, headers=headers)


async def problem(response: Any, status: int) -> Any:
    """The problem that was answered, with what every one has."""
    assert response.status == status, await response.text()
    assert response.content_type == "application/problem+json"
    body = await response.json()
    assert body["status"] == status and body["title"]
    return body


async def test_the_state_is_that_of_the_audience(house: House) -> None:
    for link, links_shown in ((MODERATOR, True), (VIEWER, False), (RAPPORTEUR, False)):
        body = await (await get(house, "", link)).json()
        keys = {"epoch", "seq", "chain", "now", "you", "state", "mine"}
        assert body.keys() == keys
        assert ("links" in body["state"]["collections"]) is links_shown
        assert body["you"]["role"] == link.role
    delegate = await (await get(house, "", DELEGATE)).json()
    assert delegate["mine"]["delegation"] == XAD


async def test_without_a_right_there_is_one_answer(house: House) -> None:
    token = house.token(MODERATOR)
    tokens = [None, "", "x", token[:-2] + "AA", house.token(MODERATOR, OTHER)]
    tokens.append(token.replace("k1.0", "k1.99"))
    answers = set()
    for each in tokens:
        headers = {} if each is None else {"Authorization": f"Bearer {each}"}
        for path in (
            "harbour",
            "harbour/log",
            "nothing",
            "UPPER",
            "harbour/links/k1.1",
        ):
            response = await house.client.get(
                f"/api/v1/meetings/{path}", headers=headers
            )
            if (each, path) == (house.token(MODERATOR, OTHER), "x"):
                continue
            answers.add((response.status, await response.text()))
    assert len(answers) == 1
    (status, text) = answers.pop()
    assert status == 401 and "Harbour" not in text


async def test_a_command_is_done(session: House) -> None:
    body = command("request_floor", kind="statement", list="l1.0")
    response = await post(session, DELEGATE, body, **{"Idempotency-Key": body["id"]})
    assert response.status == 200
    answer = await response.json()
    assert (answer["outcome"], answer["seq"]) == ("ok", session.room.meeting.seq)
    again = await post(session, DELEGATE, body)
    assert await again.json() == answer


async def test_refusals_have_their_status(session: House) -> None:
    forbidden = command(
        "open_list", expect={"list": "l1.0", "state": "open", "generation": 0}
    )
    body = await problem(await post(session, DELEGATE, forbidden), 403)
    assert (body["outcome"], body["code"]) == ("no", "not_permitted")
    assert body["message"].endswith(".") and body["detail"] == body["message"]
    stale = command("open_lobby", expect={"state": "scheduled"})
    body = await problem(await post(session, MODERATOR, stale), 409)
    assert body["code"] == "stale" and body["current"]["state"] == "in_session"
    nobody = command("withdraw", request="r99.0")
    body = await problem(await post(session, MODERATOR, nobody), 422)
    assert body["code"] == "no_such_entity"
    old = command("announce", text="x", asked_at=1, valid_ms=10)
    assert (await problem(await post(session, MODERATOR, old), 409))[
        "code"
    ] == "expired"


@pytest.mark.parametrize("body", [{}, [], 7, {"type": "announce", "id": "12345678"}])
async def test_malformed_is_400(house: House, body: Any) -> None:
    answer = await problem(await post(house, MODERATOR, body), 400)
    assert answer["code"] == "malformed"


@pytest.mark.parametrize("text", ["{", "", "NaN", '{"a":1,"a":1}', "[" * 20 + "]" * 20])
async def test_what_is_no_json_is_400(house: House, text: str) -> None:
    headers = {"Authorization": f"Bearer {house.token(MODERATOR)}"}
    headers["Content-Type"] = "application/json"
    response = await house.client.post(f"{BASE}/commands", data=text, headers=headers)
    await problem(response, 400)


async def test_an_idempotency_key_must_be_the_id(house: House) -> None:
    body = command("open_lobby", expect={"state": "scheduled"})
    response = await post(house, MODERATOR, body, **{"Idempotency-Key": "another"})
    await problem(response, 422)
    assert house.room.meeting.state == "scheduled"


async def test_what_is_not_known_yet_is_503(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unsettled(*_: object) -> Unsettled:
        return Unsettled(1500)

    monkeypatch.setattr(house.room, "submit", unsettled)
    body = command("open_lobby", expect={"state": "scheduled"})
    response = await post(house, MODERATOR, body)
    answer = await problem(response, 503)
    assert (answer["outcome"], answer["retry_ms"]) == ("wait", 1500)
    assert response.headers["Retry-After"] == "2"


async def test_the_rate_is_that_of_the_link() -> None:
    async with opened(structs.replace(QUICK, rates={"moderator": Rate(1, 2)})) as house:
        body = command("announce", text="x")
        statuses = [(await post(house, MODERATOR, body)).status for _ in range(4)]
        assert statuses[2:] == [503, 503]


@pytest.mark.parametrize("code", [*CODES, "malformed", "not_kept"])
async def test_every_code_has_a_status(
    house: House, code: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert status_of(code) in (400, 403, 409, 422, 500, 503)
    if code in CODES:

        async def declined(*_: object) -> Declined:
            return Declined(Refusal(code))

        monkeypatch.setattr(house.room, "submit", declined)
        body = command("announce", text="x")
        answer = await problem(await post(house, MODERATOR, body), status_of(code))
        assert answer["code"] == code


async def speak(house: House, name: str = "H.E. Mr. Example") -> None:
    """One delivered intervention of Adunara."""
    moderator = await house.joined(MODERATOR)
    entry = {"delegation": XAD, "person": {"name": name}, "language": "fr"}
    added = await moderator.command("insert", list="l1.0", entries=[entry])
    request = added["result"]["requests"][0]
    called = await moderator.command("call", request=request, expect={"head": request})
    intervention = called["result"]["intervention"]
    for type_, phase in (("start", "called"), ("end", "speaking")):
        expect = {"intervention": intervention, "phase": phase}
        done = await moderator.command(type_, expect=expect)
        assert done["outcome"] == "ok", done
    await moderator.ws.close()


async def test_the_log_holds_what_was_delivered(session: House) -> None:
    await speak(session)
    await speak(session)
    for link, more in (
        (VIEWER, set()),
        (RAPPORTEUR, {"holds"}),
        (MODERATOR, {"outcome"}),
    ):
        body = await (await get(session, "/log", link)).json()
        assert [row["n"] for row in body["rows"]] == [1, 2]
        assert more <= body["rows"][0].keys()
    assert "outcome" not in body["rows"][0] or link == MODERATOR
    later = await (await get(session, "/log?after=1", VIEWER)).json()
    assert [row["n"] for row in later["rows"]] == [2]
    for wrong in ("x", "-1", "1.5", "9" * 12, "١"):
        await problem(await get(session, f"/log?after={wrong}", VIEWER), 400)


async def test_the_log_as_csv_runs_nowhere(session: House) -> None:
    await speak(session, '=HYPERLINK("http://evil")')
    response = await get(session, "/log.csv", MODERATOR)
    assert response.content_type == "text/csv"
    assert "attachment" in response.headers["Content-Disposition"]
    raw = await response.read()
    assert raw.startswith(b"\xef\xbb\xbfmeeting,n,id,")
    text = raw.decode("utf-8-sig")
    assert '"\'=HYPERLINK(""http://evil"")"' in text
    assert ',"XAD","Adunara",' in text
    assert text.endswith("\r\n")


async def test_the_log_as_csv_has_the_gist_for_those_who_may_read_it(
    session: House,
) -> None:
    await speak(session)
    (row,) = (await (await get(session, "/log", RAPPORTEUR)).json())["rows"]
    note = command("note", intervention=row["id"], text="On harbours")
    await post(session, RAPPORTEUR, note)
    for link, gist in ((RAPPORTEUR, True), (MODERATOR, True), (DELEGATE, False)):
        text = await (await get(session, "/log.csv", link)).text()
        assert ("On harbours" in text, '"debate"' in text) == (gist, gist)


async def test_the_log_as_json(session: House) -> None:
    await speak(session)
    body = await (await get(session, "/log.json", RAPPORTEUR)).json()
    assert body["meeting"] == "harbour"
    assert body["chain"] == chain_mark(session.room.head.hash)
    assert body["rows"][0]["language"] == "fr"


async def test_a_pasted_list_is_recognised_for_moderators(house: House) -> None:
    headers = {"Authorization": f"Bearer {house.token(MODERATOR)}"}
    body = {"text": "Adunara\nAelindra\nNowhere", "list": "l1.0"}
    response = await house.client.post(f"{BASE}/recognise", json=body, headers=headers)
    found = (await response.json())["found"]
    assert [each["delegation"] for each in found] == ["XAD", "XAE", None]
    wrong = await house.client.post(f"{BASE}/recognise", json=[], headers=headers)
    await problem(wrong, 400)
    headers = {"Authorization": f"Bearer {house.token(CHAIR)}"}
    refused = await house.client.post(f"{BASE}/recognise", json=body, headers=headers)
    await problem(refused, 403)


async def test_a_pasted_list_may_be_long(house: House) -> None:
    headers = {"Authorization": f"Bearer {house.token(MODERATOR)}"}
    body = {"text": "Adunara\n" * 3000, "list": "l1.0"}
    response = await house.client.post(f"{BASE}/recognise", json=body, headers=headers)
    assert response.status == 200
    body["text"] *= 10
    response = await house.client.post(f"{BASE}/recognise", json=body, headers=headers)
    assert response.status == 413


async def test_a_command_of_a_moderator_may_be_a_whole_list(house: House) -> None:
    entries = [{"label": f"Guest {n}", "note": "x" * 80} for n in range(400)]
    body = command("insert", list="l1.0", entries=entries)
    for link, status in ((MODERATOR, 200), (DELEGATE, 413)):
        headers = {"Authorization": f"Bearer {house.token(link)}"}
        response = await house.client.post(
            f"{BASE}/commands", json=body, headers=headers
        )
        assert response.status == status, await response.text()


async def test_a_moderator_gets_a_link_to_hand_out(house: House) -> None:
    body = await (await get(house, f"/links/{DELEGATE.id}", MODERATOR)).json()
    assert body["url"] == f"http://127.0.0.1:8080/join#{house.token(DELEGATE)}"
    assert body["qr_svg"].startswith("<svg") and "style" not in body["qr_svg"]
    await problem(await get(house, "/links/k9.9", MODERATOR), 404)
    for link in (DELEGATE, CHAIR, RAPPORTEUR):
        refused = await problem(await get(house, f"/links/{DELEGATE.id}", link), 403)
        assert "rl_" not in str(refused)


async def test_staff_is_told_what_a_limit_leads_to(session: House) -> None:
    for link in (DELEGATE, OTHER_DELEGATE):
        await post(session, link, command("request_floor", kind="statement"))
    for link in (MODERATOR, CHAIR, DESK):
        body = await (await get(session, "/limit?list=l1.0&seconds=90", link)).json()
        assert (body["waiting"], body["limit_s"], body["overhead_ms"]) == (
            *(2, 180, 20_000),
        )
        assert (body["until"], body["suggestion"]) == (None, None)
        assert body["asked"]["heard"] == body["present"]["heard"] == 2
        assert body["asked"]["ends_at"] < body["present"]["ends_at"]
    body = await (await get(session, "/limit", MODERATOR)).json()
    assert (body["waiting"], body["asked"]) == (2, None)
    for link in (DELEGATE, RAPPORTEUR, VIEWER):
        refused = await problem(await get(session, "/limit?list=l1.0", link), 403)
        assert refused["code"] == "not_permitted"
    for wrong in ("x", "4", "36001", "-5", "1.5", ""):
        found = await get(session, f"/limit?seconds={wrong}", MODERATOR)
        await problem(found, 400)
    for nothing in ("l9.9", "p1.0", "y1.0", ""):
        found = await get(session, f"/limit?list={nothing}", MODERATOR)
        await problem(found, 404)


async def test_before_the_session_a_limit_needs_its_list_named(house: House) -> None:
    await problem(await get(house, "/limit", MODERATOR), 404)
    body = await (await get(house, "/limit?list=l1.0", MODERATOR)).json()
    assert body["waiting"] == 0


async def test_a_page_uses_its_cookie(session: House) -> None:
    await session.join_page(DELEGATE)
    handle = session.handle(DELEGATE)
    client = session.client
    assert (await client.get(f"{BASE}?as={handle}")).status == 200
    assert (await client.get(BASE, headers={"X-Rostra-Link": handle})).status == 200
    assert (await client.get(BASE)).status == 401
    body = command("request_floor", kind="statement", list="l1.0")
    path = f"{BASE}/commands"
    assert (await client.post(f"{path}?as={handle}", json=body)).status == 403
    headers = {"X-Rostra-Link": handle, "Sec-Fetch-Site": "cross-site"}
    assert (await client.post(path, json=body, headers=headers)).status == 403
    headers["Sec-Fetch-Site"] = "same-origin"
    text = {**headers, "Content-Type": "text/plain"}
    assert (await client.post(path, data=b"{}", headers=text)).status == 415
    assert (await client.post(path, json=body, headers=headers)).status == 200


async def test_the_schema_names_every_message(house: House) -> None:
    schema = await (await house.client.get("/api/v1/schema.json")).json()
    assert {"Welcome", "Delta", "Call", "No"} <= schema["$defs"].keys()


async def test_a_delegates_log_row_has_no_hidden_field(session: House) -> None:
    await speak(session)
    (row,) = (await (await get(session, "/log", DELEGATE)).json())["rows"]
    assert not {"outcome", "channel", "holds", "confirmed", "ended_by"} & row.keys()
    # The name was typed by an operator and is public once it is confirmed.
    text = await (await get(session, "/log.csv", DELEGATE)).text()
    assert "outcome" in text.splitlines()[0]


async def test_staff_is_shown_how_a_list_would_stand_under_another_policy(
    session: House,
) -> None:
    for link in (DELEGATE, OTHER_DELEGATE):
        await post(session, link, command("request_floor", kind="statement"))
    for link in (MODERATOR, CHAIR, DESK):
        path = "/preview?list=l1.0&policy=lot&modifiers=groups_first,first_time_first"
        body = await (await get(session, path, link)).json()
        assert body.keys() == {
            "list", "policy", "modifiers", "order", "why", "to_draw",
        }  # fmt: skip
        assert body["modifiers"] == ["first_time_first", "groups_first"]
        assert body["to_draw"] == "order"
        assert body["why"].keys() == set(body["order"])
        assert len(body["order"]) == 2
    body = await (await get(session, "/preview", MODERATOR)).json()
    assert (body["list"], body["policy"], body["modifiers"]) == ("l1.0", "arrival", [])
    for link in (DELEGATE, RAPPORTEUR, VIEWER):
        refused = await problem(await get(session, "/preview?list=l1.0", link), 403)
        assert refused["code"] == "not_permitted"


async def test_a_preview_of_what_there_is_not_is_refused(session: House) -> None:
    for wrong in ("policy=chance", "policy=", "policy=lot,fixed", "modifiers=me_first"):
        found = await get(session, f"/preview?list=l1.0&{wrong}", MODERATOR)
        await problem(found, 400)
    for nothing in ("l9.0", "p1.0"):
        found = await get(session, f"/preview?list={nothing}", MODERATOR)
        await problem(found, 404)
