"""Real clients on bad lines miss nothing; and what checks that does notice a fault."""

from pathlib import Path
from typing import Any

import pytest

from load import soak
from load.soak import Size
from load.soak_clients import Hear, Socket
from load.soak_line import Line
from load.soak_person import Findings, Person

SHORT = Size(9.0, javascript=24, python=12)
TEN_MINUTES = Size(600.0)


def test_real_clients_on_bad_lines_see_everything_once_and_in_order(
    tmp_path: Path,
) -> None:
    found = soak.one(tmp_path / "soak", SHORT)
    assert not found["faults"], found["examples"]
    counts = found["counts"]
    assert counts["ok"] > 5 * SHORT.seconds
    for each in ("delta", "beat", "mine", "resumed", "stalls", "goes", "compared"):
        assert counts[each], f"no {each}: {counts}"


@pytest.mark.torture
@pytest.mark.parametrize("send", ["compiled", "python"])
def test_ten_minutes_of_it(tmp_path: Path, send: str) -> None:
    found = soak.one(tmp_path / "soak", TEN_MINUTES, send)
    assert not found["faults"], found["examples"]
    for each in ("merged", "stalls_long", "falls_silent", "compared"):
        assert found["counts"][each], found["counts"]


class Told:
    """A library whose one socket hears what a test says."""

    name = "told"

    def __init__(self) -> None:
        self.hear: Hear = lambda *_: None
        self.sent: list[dict[str, Any]] = []

    async def open(self, base: str, auth: dict[str, Any], hear: Hear) -> Socket:
        self.hear = hear
        return self

    async def send(self, command: dict[str, Any]) -> None:
        self.sent.append(command)

    async def close(self) -> None:
        self.hear = lambda *_: None


WELCOME: dict[str, Any] = {
    "protocol": 2,
    "build": "",
    "epoch": "e",
    "seq": 5,
    "chain": "c5",
    "mode": "snapshot",
    "reason": "first",
    "state": {"collections": {}, "order": {}},
    "mine": None,
    "now": 0,
    "you": {
        "role": "viewer",
        "audience": "public",
        "link": "v",
        "delegation": None,
        "device": "",
        "lang": "en",
        "commands": [],
    },
    "spread_ms": 0,
    "unattended": False,
    "stalled": False,
    "lost": None,
    "not_kept": [],
    "connection": "",
}
#: Of a beat.
ALONE = {"unattended": True, "stalled": False}
MINE = {
    "delegation": "KEN",
    "requests": {},
    "places": {},
    "floor": None,
    "signals": [],
    "ended": None,
    "swaps": [],
    "replies": {},
}


def delta(start: int, end: int, chain: str = "") -> tuple[str, dict[str, Any]]:
    """Nothing but numbers."""
    return "delta", {"from": start, "seq": end, "chain": chain or f"c{end}"}


def layer(seq: int) -> tuple[str, dict[str, Any]]:
    """A delegation's own layer."""
    return "mine", {"seq": seq, "state": dict(MINE)}


async def faults(*told: tuple[str, Any]) -> list[str]:
    """What somebody finds who is at 5 and is told all this."""
    found, library = Findings(), Told()
    line = Line(1)
    await line.open()
    person = Person("KEN", "token", library, line, found)
    await person.come()
    library.hear("event", "welcome", dict(WELCOME))
    for name, frame in told:
        library.hear("event", name, frame)
    await person.leave()
    await line.close()
    return list(found.faults)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ([delta(5, 6), delta(6, 9)], []),
        ([delta(6, 7)], ["gap"]),
        ([delta(5, 6), delta(5, 6)], ["again"]),
        ([delta(5, 7), delta(6, 8)], ["overlap"]),
        ([delta(5, 5)], ["no move"]),
        ([delta(5, 6, "x"), ("beat", {**delta(6, 6)[1], **ALONE})],
         ["contradiction"]),
        ([layer(6), delta(5, 6)], []),
        ([layer(7), delta(5, 6)], ["layer of another seq"]),
        ([delta(5, 6), layer(5)], ["old layer"]),
        ([("bye", {"code": "slow", "retry_ms": 0})], ["bye"]),
        ([("welcome", dict(WELCOME))], ["welcomed twice"]),
    ],
)  # fmt: skip
async def test_what_must_not_be_told_is_found(
    told: list[tuple[str, Any]], found: list[str]
) -> None:
    assert await faults(*told) == found


async def test_a_socket_that_ends_without_our_doing_is_found() -> None:
    found, library = Findings(), Told()
    line = Line(1)
    await line.open()
    person = Person("KEN", "token", library, line, found)
    await person.come()
    library.hear("event", "welcome", dict(WELCOME))
    person.excuse()
    library.hear("lost", "transport close")
    assert not found.faults
    await person.come()
    library.hear("lost", "ping timeout")
    assert list(found.faults) == ["lost"]
    await person.leave()
    await line.close()
