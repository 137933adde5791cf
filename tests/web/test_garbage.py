"""What is set aside from the collector of cycles, and when it is looked at again."""

import gc
from collections.abc import Iterator

import pytest

from rostra.web import garbage
from rostra.web.garbage import MANY, WHOLE_EVERY_S, Garbage, looked_after


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    gc.unfreeze()


class World:
    """Arrivals and a clock, set by hand."""

    def __init__(self) -> None:
        self.arrivals = 0
        self.now = 0.0
        self.garbage = Garbage(lambda: self.arrivals, lambda: self.now)


class Knot:
    """Holds on to itself."""

    gone = 0

    def __init__(self) -> None:
        self.self = self

    def __del__(self) -> None:
        Knot.gone += 1


def test_few_arrivals_change_nothing() -> None:
    world = World()
    gc.unfreeze()
    world.arrivals = MANY - 1
    world.garbage.look()
    assert gc.get_freeze_count() == 0


def test_many_are_set_aside() -> None:
    world = World()
    gc.unfreeze()
    world.arrivals = MANY
    world.garbage.look()
    assert gc.get_freeze_count() > 0


def test_what_died_after_it_was_set_aside_is_found_when_many_come_again() -> None:
    world, before = World(), Knot.gone
    knot = Knot()
    world.arrivals = MANY
    world.garbage.look()
    del knot
    gc.collect()
    assert Knot.gone == before
    world.arrivals, world.now = 2 * MANY, WHOLE_EVERY_S + 1
    world.garbage.look()
    assert Knot.gone == before + 1


async def test_the_collector_is_left_as_it_was() -> None:
    before = gc.get_threshold()
    async with looked_after(lambda: 0):
        assert gc.get_threshold() == (garbage.YOUNG, garbage.OLDER, garbage.OLDEST)
        assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
