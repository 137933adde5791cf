"""A simulated delegation acts on its own requests only."""

import asyncio
import random
from types import SimpleNamespace
from typing import Any, cast

import pytest

from rostra.rehearsal import delegate as module
from rostra.rehearsal.delegate import Delegate
from rostra.rehearsal.wire import Wire


class FakeWire:
    """A wire that takes every command and shows what the test says."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []
        mine = SimpleNamespace(requests={}, floor=None)
        self.view = SimpleNamespace(mine=mine)
        self.changed = asyncio.Event()
        self.closed = False

    async def command(self, type_: str, **fields: Any) -> dict[str, Any]:
        """Accepted."""
        self.sent.append((type_, fields))
        return {"outcome": "ok", "seq": 7, "result": {"request": "r7.0"}}

    async def change(self, timeout_s: float) -> None:
        """Wait for the test, or so long."""
        await asyncio.sleep(min(timeout_s, 0.01))

    def floor(self, request: str, phase: str, ready_at: int | None = None) -> None:
        """Put somebody on the floor."""
        self.view.mine.floor = SimpleNamespace(
            id="i9.0",
            request=request,
            phase=phase,
            ready_at=ready_at,
            allotted_ms=100,
            used_ms=0,
        )


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> FakeWire:
    """A wire, and people who are quick."""
    quick = SimpleNamespace(ready_s=0.02, over=False)
    monkeypatch.setattr(module, "answer", lambda *_: quick)
    monkeypatch.setattr(module, "speech_s", lambda *_, **__: 0.02)
    return FakeWire()


async def acted(wire: FakeWire, actor: Delegate) -> list[str]:
    """What the delegation sends within a moment."""
    task = asyncio.create_task(actor.run())
    await asyncio.sleep(0.3)
    task.cancel()
    return [type_ for type_, _ in wire.sent]


def delegation(wire: FakeWire) -> Delegate:
    """A courteous delegation on that wire."""
    return Delegate("XAD", cast(Wire, wire), random.Random(1), "courteous")


async def test_it_says_ready_once_when_its_own_request_is_called(
    wire: FakeWire,
) -> None:
    actor = delegation(wire)
    await actor.ask("l1.2", ())
    wire.floor("r7.0", "called")
    assert await acted(wire, actor) == ["request_floor", "ready"]
    assert wire.sent[-1][1] == {"expect": {"intervention": "i9.0", "phase": "called"}}


async def test_it_ends_its_own_speech(wire: FakeWire) -> None:
    actor = delegation(wire)
    await actor.ask("l1.2", ())
    wire.floor("r7.0", "speaking", ready_at=1)
    assert await acted(wire, actor) == ["request_floor", "end"]


@pytest.mark.parametrize("phase", ["called", "speaking"])
async def test_what_a_person_asked_for_is_left_to_that_person(
    wire: FakeWire, phase: str
) -> None:
    wire.floor("r8.0", phase)
    assert await acted(wire, delegation(wire)) == []


async def test_it_withdraws_only_its_own(wire: FakeWire) -> None:
    actor = delegation(wire)
    wire.view.mine.requests = {"r8.0": None}
    assert actor.waiting is None
    assert not actor.idle
    await actor.ask("l1.2", ())
    wire.view.mine.requests = {"r8.0": None, "r7.0": None}
    await actor.withdraw()
    assert wire.sent[-1] == ("withdraw", {"request": "r7.0"})
