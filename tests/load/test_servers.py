"""What is computed from the figures of several servers is in them, and adds up."""

import copy
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from load import servers, servers_paper, servers_table
from load.plan import Plan
from load.servers_paper import NODE, REDIS, SQLITE, Costs, Line, costs, need

TRUE = Costs(
    server=900.0,
    listener=3.0,
    change=Line(1_500.0, 800.0),
    delivery=8.0,
    join=250.0,
    redis=1_000.0,
    redis_server=Line(300.0, 2.0),
    redis_change=Line(60.0, 40.0),
    out_second=Line(150.0, 60.0),
    out_change=700.0,
    first=5_000.0,
    frame_bytes=284.0,
    memory=20_000.0,
)
LISTENERS = 2_000


def part(n: int, seconds: float, changes: int, there: int) -> dict[str, Any]:
    """What such servers would have taken."""
    deliveries = changes * there
    us = TRUE.server * n * seconds + TRUE.listener * there * seconds
    us += changes * TRUE.change.at(n) + deliveries * TRUE.delivery
    redis = (TRUE.redis + n * TRUE.redis_server.at(n)) * seconds
    redis += changes * TRUE.redis_change.at(n)
    out = n * (TRUE.out_second.at(n) * seconds + TRUE.out_change * changes)
    pings = int(there * seconds / 5)
    return {
        "seconds": seconds,
        "changes": changes,
        "deliveries": deliveries,
        "pings": pings,
        "bytes": int(deliveries * TRUE.frame_bytes) + pings,
        "cpu_ms": [us / 1e3 / max(1, n)] * n,
        "redis": {"cpu_ms": redis / 1e3, "out": out, "in": 0, "commands": 0},
    }


def run(kind: str, n: int) -> dict[str, Any]:
    """One of the kept figures."""
    return {
        "server": kind,
        "servers": n,
        "redis": None if kind == SQLITE else "valkey 9",
        "listeners": LISTENERS,
        "join_us": TRUE.join,
        "memory_each": TRUE.memory,
        "empty": part(n, 3, 0, 0),
        "few": part(n, 6, 30, 0),
        "few_ms": [4.0, 5.0, 6.0],
        "idle": part(n, 10, 0, LISTENERS),
        "busy": part(n, 20, 100, LISTENERS),
        "press_ms": [20.0, 25.0, 90.0],
        "commit_ms": [] if kind == NODE else [15.0, 20.0, 85.0],
    }


def runs() -> list[dict[str, Any]]:
    """Of everything that is measured."""
    shapes = [(SQLITE, 1), *((kind, n) for n in (1, 2, 4) for kind in (REDIS, NODE))]
    return [run(kind, n) for kind, n in shapes]


def followed() -> list[dict[str, Any]]:
    """Of those who only follow."""
    return [
        {"followers": n, "slow": part(n, 6, 30, 0), "fast": part(n, 7, 90, 0)}
        for n in (0, 1, 8, 32)
    ]


def said(found: list[dict[str, Any]]) -> str:
    """As it stands in RESULTS.md."""
    measured = {"listeners": LISTENERS, "per_s": 5, "bytes": 282, "runs": found}
    return servers_table.section(measured | {"followed": followed()})


def test_what_each_thing_takes_is_told_apart() -> None:
    found = costs(runs(), followed())
    for name in Costs.__struct_fields__:
        true, value = getattr(TRUE, name), getattr(found, name)
        if isinstance(true, Line):
            assert (value.first, value.each) == pytest.approx((true.first, true.each))
        else:
            assert value == pytest.approx(true), name


def test_there_are_as_many_servers_as_it_takes_and_no_more() -> None:
    found = need(TRUE, 100_000, 5)
    assert found
    each = 100_000 / found.servers
    assert found.core <= servers_paper.SHARE
    heard = each * (TRUE.listener + 5 * TRUE.delivery)
    changes = 5 * TRUE.change.at(found.servers) / found.servers
    assert found.core * 1e6 == pytest.approx(TRUE.server + changes + heard)
    fewer = 100_000 / (found.servers - 1) * (TRUE.listener + 5 * TRUE.delivery)
    assert fewer / 1e6 > servers_paper.SHARE - 0.02
    assert not found.by_wait


def test_with_few_changes_it_is_the_wait_of_the_last_that_asks_for_servers() -> None:
    found = need(TRUE, 1_000_000, 0.2)
    assert found
    assert found.by_wait
    assert found.core < servers_paper.SHARE
    assert 200_000 < found.last_us <= servers_paper.WITHIN_US


def test_redis_and_the_lines_are_added_up() -> None:
    found = need(TRUE, 100_000, 5)
    assert found
    n = found.servers
    redis = 1_000 + 5 * (60 + 40 * n) + n * (300 + 2 * n)
    assert found.redis_core == pytest.approx(redis / 1e6)
    assert found.redis_out == pytest.approx(n * (5 * 700 + 150 + 60 * n))
    wire = 5 * (284 + servers_paper.HEADERS) + (1 + servers_paper.HEADERS) / 5
    assert found.clients_bits == pytest.approx(8 * 100_000 * wire)


def test_where_it_ends_is_the_last_number_that_can_be_had() -> None:
    most, why = servers_paper.breaks(TRUE, 5)
    assert "Redis' one core" in why
    assert most.redis_core <= servers_paper.SHARE
    more = need(TRUE, round(most.listeners * 1.01), 5)
    assert more is None or more.redis_core > servers_paper.SHARE


def test_another_figure_changes_what_is_said() -> None:
    slower = copy.deepcopy(runs())
    for each in slower:
        each["busy"]["redis"]["out"] *= 2
    assert said(slower) != said(runs())


def test_the_results_say_what_is_beside_what() -> None:
    text = said(runs())
    assert "| **Rostra** on Redis, 4 servers |" in text
    assert "| 25.0 | 90.0 | 20.0 | 85.0 | 700 |" in text
    assert "| 25.0 | 90.0 | – | – | 700 |" in text
    assert "| Rostra beside Node, 1 server | 1 | 1 | 1 | 1 | 1 |" in text
    assert "| 1,000,000, 5 a second |" in text
    assert "nan" not in text


def test_what_failed_is_a_dash() -> None:
    text = said([each for each in runs() if each["server"] != NODE])
    assert "| Node socket.io, Redis streams, 2 servers | – | – |" in text
    text = said([each for each in runs() if each["server"] != REDIS])
    assert "not all of it was measured" in text


SMALL = partial(
    Plan,
    servers_listeners=10,
    servers_settled_s=0.3,
    servers_empty_s=0.2,
    servers_few_s=0.4,
    servers_idle_s=0.2,
    servers_busy_s=1.0,
)


@pytest.mark.parametrize("kind", [pytest.param(NODE, marks=pytest.mark.torture), REDIS])
def test_a_change_by_any_server_reaches_the_listeners_of_all(
    tmp_path: Path, kind: str
) -> None:
    message = tmp_path / "message"
    message.write_text('42/meeting,["delta",{"from":1,"seq":2}]')
    found = servers.one(kind, 2, SMALL(folder=tmp_path), message)
    assert found["busy"]["deliveries"] == 5 * 12
    assert found["few"]["deliveries"] == 2 * 2
    assert len(found["press_ms"]) == 5
    assert all(ms > 0 for ms in found["press_ms"])
    # two servers read each change from Redis
    assert found["busy"]["redis"]["out"] > 2 * 5 * 39
    assert len(found["commit_ms"]) == (5 if kind == REDIS else 0)


def test_followers_hear_of_every_change_and_of_each_other(tmp_path: Path) -> None:
    plan = SMALL(folder=tmp_path)
    few, many = (servers.of_redis(n, plan)["fast"] for n in (0, 6))
    assert few["changes"] == 4
    assert few["redis"]["out"] < 4 * 200
    # each of them reads the 1,111 bytes of each of the four
    assert many["redis"]["out"] > 6 * 4 * 1_111
