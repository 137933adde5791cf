"""Faults while fifty commands wait for their answers: nothing is lost, all go on."""

from functools import partial
from pathlib import Path

import pytest
from msgspec import structs

from cluster.faults import FAULTS, hang, named
from cluster.happening import IN_FLIGHT, Fault, happens
from cluster.table import TABLE, broken, keep, kept, many, render

#: Of a whole server that stands still, as long as makes its clients go elsewhere.
STILL_S = 4.0
#: These share a stand: a replica, and three servers.
CHEAP = ("cut", "restart", "memory", "kill")


async def holds(fault: Fault, folder: Path, *names: str) -> None:
    """Each of *names*, or *fault* itself, once on one stand."""
    async with fault.stand(folder) as stand:
        for n, each in enumerate(map(named, names)) if names else [(0, fault)]:
            row, watching, found = await happens(each, stand, n)
            assert not broken(each, row), (row, found.findings, found.verdict)
            assert row.in_flight >= IN_FLIGHT
            assert row.ok > 0
            assert row.again > 0
            assert found.findings.compared > 100
            assert not watching.history.pending()


async def test_what_is_acknowledged_is_kept_with_a_replica(tmp_path: Path) -> None:
    await holds(named(CHEAP[0]), tmp_path, *CHEAP)


async def test_a_server_that_stood_still_does_nothing_late(tmp_path: Path) -> None:
    still = structs.replace(named("stop"), strike=partial(hang, for_s=STILL_S))
    await holds(still, tmp_path)


async def test_servers_an_hour_apart_measure_the_same(tmp_path: Path) -> None:
    fault = named("clocks")
    async with fault.stand(tmp_path) as stand:
        row, _, _ = await happens(fault, stand, 0)
    assert not broken(fault, row), row
    assert row.clock_ms < 250


async def test_what_is_lost_is_told(tmp_path: Path) -> None:
    fault = named("file")
    async with fault.stand(tmp_path) as stand:
        row, watching, found = await happens(fault, stand, 0)
    assert not broken(fault, row), row
    assert row.lost > 0
    assert row.epochs == 2
    lost = [c.seq for c in watching.history.calls if c.id in found.findings.lost]
    for client in watching.clients:
        named_lost = client.losses[-1]
        assert named_lost["until"] > named_lost["after"]
        assert all(seq is not None and seq > named_lost["after"] for seq in lost)


@pytest.mark.torture
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_twenty_times(fault: Fault) -> None:
    rows = await many(fault, 20)
    keep(fault, rows)
    assert not [found for row in rows if (found := broken(fault, row))]


def test_the_table_says_what_was_seen() -> None:
    assert TABLE.read_text() == render(kept())
