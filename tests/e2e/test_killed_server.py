"""The server is killed while somebody speaks: nobody has to press anything."""

import asyncio
import time
from statistics import median

import pytest
from playwright.async_api import expect

from rostra.core.events import ClockStarted
from support.pages import PHONE, Company, Operator, until

pytestmark = pytest.mark.e2e

LIMIT_S = 60
LATE_MS = 250


async def test_after_a_kill_every_screen_goes_on_and_the_clock_has_run(
    people: Company,
) -> None:
    served = people.served
    await served.command("open_lobby", expect={"state": "scheduled"})
    await served.command("call_to_order", expect={"state": "lobby"})
    entries = [
        {"delegation": code, "limit_s": LIMIT_S} for code in ("XAL", "XAH", "XAR")
    ]
    await served.command("insert", list="l1.0", entries=entries)
    console, chair, display, own, waiting, log = await asyncio.gather(
        people.join("moderator"),
        people.join("chair"),
        people.join("display"),
        people.join("XAL", size=PHONE),
        people.join("XAH", size=PHONE),
        people.join("rapporteur"),
    )
    everybody = (console, chair, display, own, waiting, log)
    operator = Operator(console)
    # what the server enters by itself is done before it is killed
    while set(await served.collection("attendance")) < {"XAL", "XAH"}:
        await asyncio.sleep(0.05)
    await operator.hear("Altavera", end=False)
    await own.reads("You have the floor.")
    clock = (await served.collection("floor")).popitem()[1]
    ends_at = clock["running_since"] + clock["allotted_ms"]
    before = (await served.state())["seq"]
    seen = {
        "console": await console.digits(".plate .clock .num"),
        "chair": await chair.digits(".chair-now .clock .num"),
        "display": await display.digits(".hall-clock .clock .num"),
        "own": await own.digits(".stand .clock .num"),
        "waiting": await waiting.digits(".pad-floor .num"),
        "log": await log.digits(".live .digits"),
    }

    await served.kill()
    killed_at = time.time() * 1000
    await console.reads("Not connected since")  # after two seconds
    await expect(operator.page.locator("button.primary")).to_contain_text(
        "Not connected"
    )
    await served.start()
    await asyncio.gather(*(each.is_live() for each in everybody))
    back_at = time.time() * 1000

    floor = (await served.collection("floor")).popitem()[1]
    assert floor["running_since"] == clock["running_since"]
    assert floor["used_ms"] == clock["used_ms"]
    for each in everybody:
        known = await each.known()
        assert known["mode"] == "resume", known
        assert known["seq"] >= before

    async def ticked_again() -> bool | None:
        counts = [
            sum(at > back_at for at, _ in digits.seen) for digits in seen.values()
        ]
        return min(counts) >= 3 or None

    await until(ticked_again, "a clock stands still")
    for name, digits in seen.items():
        late = digits.late_ms([ends_at])
        assert len(late) == len(digits.seen) - 1, (name, digits.seen)  # none left out
        assert median(late) <= LATE_MS, (name, late)
        away = [at for at, _ in digits.seen if killed_at < at < back_at]
        assert len(away) >= 2, f"{name} stood still while the server was away"

    await operator.end("Altavera")
    await log.reads("Altavera")
    await waiting.reads("You are next. Please be ready.")
    await operator.hear("Ardenholm")
    first, second = await served.log()
    assert (first["delegation"], second["delegation"]) == ("XAL", "XAH")
    assert first["used_ms"] == first["ended_at"] - first["started_at"]
    assert first["used_ms"] > back_at - clock["running_since"]
    for each in everybody:
        each.is_well(cut=True)
    started = [
        record.at
        for record in await served.journal()
        for event in record.events
        if isinstance(event, ClockStarted)
    ]
    assert started[0] == clock["running_since"]
