"""Must-show: a general debate of nearly two hundred, through the API, on a test clock.

Everybody asks in the order of a list, is called, speaks for a time of its own and ends.
The log must be that list, the totals those times, and both exports the same.
"""

import csv
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from rostra.core.ids import Code
from rostra.core.profile import Profile
from rostra.core.programme import Programme, SegmentPlan
from rostra.engine.room import Room
from rostra.engine.rooms import Founding
from support.rooms import HandClock, founding, fresh_id, link, roster
from support.served_app import App, served

#: The list of speakers of a real general debate, where somebody keeps it beside us.
REAL = Path(__file__).resolve().parents[3] / "shared/data/general-debate-2020.csv"
#: Codes of that file that are not the roster's.
CODES = {"POR": "PRT"}
UN = roster("un")
SESSION = (
    ("open_lobby", {"expect": {"state": "scheduled"}}),
    ("call_to_order", {"expect": {"state": "lobby"}}),
)


class Debate:
    """A list: who speaks, in order, and the words that must reach no screen."""

    def __init__(self, codes: list[Code], foreign: frozenset[str]) -> None:
        self.codes = codes
        self.foreign = foreign
        #: No two speak for the same time.
        self.seconds = {code: 61 + 5 * n for n, code in enumerate(codes)}


def made() -> Debate:
    """Every Member State, both observer States and the Union, in a shuffled order."""
    tiers = ("member_state", "observer_state", "organisation")
    codes = [d.code for d in UN.delegations.values() if d.tier in tiers]
    random.Random(1945).shuffle(codes)
    return Debate(codes, frozenset())


def real() -> Debate:
    """Order and codes of the file; its names are those of the time of typing."""
    rows = list(csv.DictReader(REAL.open(encoding="utf-8")))
    codes = [Code(CODES.get(row["iso3"], row["iso3"])) for row in rows]
    ours = "\n".join(n for d in UN.delegations for n in known_names(d))
    typed = {row["country"] for row in rows} | {row["speaker"] for row in rows}
    return Debate(codes, frozenset(each for each in typed if each not in ours))


def known_names(code: Code) -> Iterator[str]:
    """Everything that the roster itself calls a delegation."""
    own = UN.delegations[code]
    yield from (*own.names.values(), own.spoken, own.plate, *own.aliases)


def debates() -> list[Any]:
    """The made list always, the real one where it is."""
    found = [pytest.param(made, id="made")]
    return [*found, pytest.param(real, id="real")] if REAL.exists() else found


def meeting_of(debate: Debate) -> Founding:
    """One list, tiers merged, nothing but arrival counts."""
    profile = Profile(
        id="general_debate",
        title="General debate",
        limits={"statement": {"any": 900}},
        modifiers=(),
        tiers=dict.fromkeys(Profile(id="", title="", limits={}).tiers, 0),
    )
    discussion = SegmentPlan(kind="discussion", title="General debate", requests=True)
    programme = Programme(
        id="harbour",
        title="General debate",
        roster="un",
        profile="general_debate",
        segments=(discussion,),
    )
    links = (
        link("op1", "moderator"),
        link("rap", "rapporteur"),
        link("viewer", "viewer"),
        *(link(f"d{code.lower()}", "delegate", code) for code in debate.codes),
    )
    return structs.replace(
        founding(), programme=programme, profile=profile, roster=UN, links=links
    )


class Floor:
    """The API as an operator's and the delegations' programs use it."""

    def __init__(self, app: App, room: Room) -> None:
        self.app = app
        self.room = room

    async def command(self, who: str, type_: str, **fields: Any) -> dict[str, Any]:
        """Send a command that must be done; its result."""
        body = {"id": fresh_id(), "type": type_, **fields}
        status, said = await self.app.request("POST", self.room, who, "/commands", body)
        answer: dict[str, Any] = json.loads(said)
        assert (status, answer["outcome"]) == (200, "ok"), answer
        result: dict[str, Any] = answer["result"]
        return result

    async def get(self, who: str, path: str = "") -> bytes:
        """What *who* is shown."""
        status, body = await self.app.request("GET", self.room, who, path)
        assert status == 200
        return body

    async def hold(self, debate: Debate, clock: HandClock) -> None:
        """The whole debate."""
        for type_, fields in SESSION:
            await self.command("op1", type_, **fields)
        asked = [
            await self.command(f"d{code.lower()}", "request_floor", kind="statement")
            for code in debate.codes
        ]
        assert [each["place"] for each in asked] == list(range(len(asked)))
        state = json.loads(await self.get("op1"))["state"]
        assert state["order"]["l1.0"] == [each["request"] for each in asked]
        for code, each in zip(debate.codes, asked, strict=True):
            await self.speak(each["request"], debate.seconds[code], clock)
            clock.advance(20_000)

    async def speak(self, request: str, seconds: int, clock: HandClock) -> None:
        """Call, start, let the time pass, end."""
        head = {"head": request}
        called = await self.command("op1", "call", request=request, expect=head)
        floor = {"intervention": called["intervention"], "phase": "called"}
        await self.command("op1", "start", expect=floor)
        clock.advance(seconds * 1000)
        await self.command("op1", "end", expect={**floor, "phase": "speaking"})


@pytest.mark.parametrize("list_of", debates())
async def test_a_general_debate_is_recorded_as_it_was_held(
    tmp_path: Path, list_of: Any
) -> None:
    debate: Debate = list_of()
    clock = HandClock()
    assert len(debate.codes) == len(set(debate.codes)) >= 193
    assert len(set(debate.seconds.values())) == len(debate.codes)
    async with served(tmp_path, meeting_of(debate), clock=clock) as (app, (room,)):
        floor = Floor(app, room)
        await floor.hold(debate, clock)
        shown = {
            (who, path): await floor.get(who, path)
            for who in ("op1", "rap", "viewer")
            for path in ("", "/log.json", "/log.csv")
        }
    for who in ("op1", "rap", "viewer"):
        assert_log(debate, json.loads(shown[who, "/log.json"])["rows"])
        assert_csv(debate, shown[who, "/log.csv"])
        assert_totals(debate, json.loads(shown[who, ""])["state"]["collections"])
    everything = b"".join(shown.values()).decode("utf-8-sig", "replace")
    assert [name for name in debate.foreign if name in everything] == []


def assert_log(debate: Debate, rows: list[dict[str, Any]]) -> None:
    """The log's order is the list's, and its times are those that passed."""
    assert [row["delegation"] for row in rows] == debate.codes
    assert [row["n"] for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        ms = debate.seconds[row["delegation"]] * 1000
        assert row["used_ms"] == ms == row["ended_at"] - row["started_at"]
        assert row["limit_ms"] == row["allotted_ms"] == 900_000


def assert_csv(debate: Debate, content: bytes) -> None:
    """The table says the same as JSON, with the roster's own names."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["entity_code"] for row in rows] == debate.codes
    assert [row["entity"] for row in rows] == [
        UN.delegations[code].names["en"] for code in debate.codes
    ]
    assert [float(row["spoken_s"]) for row in rows] == [
        float(debate.seconds[code]) for code in debate.codes
    ]
    over = [max(0, debate.seconds[code] - 900) for code in debate.codes]
    assert [float(row["over_s"]) for row in rows] == over


def assert_totals(debate: Debate, collections: dict[str, Any]) -> None:
    """Everybody spoke once, for its own time; together for the sum of the list's."""
    totals = collections["delegations"]
    assert {code: each["spoken_ms"] for code, each in totals.items()} == {
        code: seconds * 1000 for code, seconds in debate.seconds.items()
    }
    assert {each["interventions"] for each in totals.values()} == {1}
    spoken = sum(each["spoken_ms"] for each in totals.values())
    assert spoken == 1000 * sum(debate.seconds.values())
    assert not collections["requests"] and not collections["floor"]
