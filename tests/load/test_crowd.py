"""The clients of the bench see what they are there to see, and what is wrong."""

import json
import signal
from pathlib import Path

import pytest

from load.crowd import Crowd, Member, crowd
from load.ours import LIST, Ours, command, ours
from load.peers import FOLDER, peer
from load.processes import Driven

MESSAGE = '42/meeting,["delta",{"from":1,"seq":2}]'
CLIENTS = 20


def broadcast(child: Driven, many: Crowd, number: int) -> int:
    """One more from the limit; how many clients have not got it."""
    many.aim(0, number)
    child.tell("go")
    (reached,) = many.reached(1_000)
    begun = child.answer()["at"]
    if not reached.missing:
        assert begun < reached.first <= reached.half <= reached.last
    return reached.missing


def test_every_broadcast_is_seen_once_by_everybody(tmp_path: Path) -> None:
    message = tmp_path / "message"
    message.write_text(MESSAGE)
    members = [Member({})] * CLIENTS
    with (
        peer("limit", message) as (child, port),
        crowd(tmp_path, port, members, "--expect", message) as many,
    ):
        many.connect()
        assert [broadcast(child, many, n) for n in (1, 2, 3)] == [0, 0, 0]
        stats = many.stats()
        assert stats["frames"] == 3 * CLIENTS
        assert stats["mismatches"] == stats["lost"] == 0


def test_another_frame_than_the_expected_one_is_noticed(tmp_path: Path) -> None:
    message, other = tmp_path / "message", tmp_path / "other"
    message.write_text(MESSAGE)
    other.write_text(MESSAGE.replace("2", "3"))
    with (
        peer("limit", message) as (child, port),
        crowd(tmp_path, port, [Member({})], "--expect", other) as many,
    ):
        many.connect()
        broadcast(child, many, 1)
        assert many.stats()["mismatches"] == 1


def test_a_broadcast_that_does_not_come_is_missing(tmp_path: Path) -> None:
    message = tmp_path / "message"
    message.write_text(MESSAGE)
    with (
        peer("limit", message) as (child, port),
        crowd(tmp_path, port, [Member({})] * CLIENTS) as many,
    ):
        many.connect()
        assert broadcast(child, many, 2) == CLIENTS


def test_clients_follow_a_meeting_and_come_back_to_it(tmp_path: Path) -> None:
    with ours(tmp_path / "server") as served:
        served.in_session(3)
        members = [served.operator(), *served.listeners(CLIENTS)]
        with crowd(tmp_path, served.port, members, "--rostra") as many:
            many.connect()
            assert insert(served, many, "LSO") == 0
            served.end(signal.SIGKILL)
            served.start()
            live = many.child.ask(f"live {many.size} 30000")["live"]
            assert live == many.size
            assert insert(served, many, "MDG") == 0
            stats = many.stats()
    assert stats["gaps"] == stats["duplicates"] == 0
    assert stats["lost"] == many.size
    assert stats["delta"]["frames"] == 2 * many.size


def insert(served: Ours, many: Crowd, code: str) -> int:
    """One more on the list, durable before anybody has it; how many have not got it."""
    seq = many.position() + 1
    many.aim(0, seq)
    many.send(0, command("insert", list=LIST, entries=[{"delegation": code}]))
    (reached,) = many.reached()
    assert [each[2] for each in many.answers(1)] == ["o"]
    assert served.durable(seq) <= served.heard(seq) < reached.first
    return reached.missing


@pytest.mark.parametrize("file", ["package-lock.json"])
def test_the_peers_are_locked_by_content_and_name_no_address(file: str) -> None:
    packages = json.loads((FOLDER / file).read_text(encoding="utf-8"))["packages"]
    found = [entry for name, entry in packages.items() if name]
    assert found
    assert not [entry for entry in found if "resolved" in entry]
    assert not [entry for entry in found if "integrity" not in entry]
