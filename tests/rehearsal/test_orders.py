"""What a crowd's process is told: where to go, and from where to come."""

import resource
import socket

import pytest

from rostra.rehearsal import framing
from rostra.rehearsal.orders import PATH, door, room_for_files, sources


def test_the_address_says_all_that_a_crowd_must_know() -> None:
    where = door({"url": "http://127.0.0.1:8123"})
    assert where.address == ("127.0.0.1", 8123)
    assert where.request == framing.upgrade("127.0.0.1:8123", PATH)
    assert (where.namespace, where.tls, where.bare) == ("/meeting", None, False)
    safe = door({"url": "https://127.0.0.1", "namespace": "/", "path": "/x"})
    assert safe.address == ("127.0.0.1", 443)
    assert safe.tls is not None and safe.tls.check_hostname
    assert b"GET /x HTTP/1.1" in safe.request


@pytest.mark.parametrize(
    ("asked", "count"), [({}, 250), ({"addresses": 3}, 3), ({"addresses": []}, 0)]
)
def test_on_this_machine_they_come_from_many_addresses(
    asked: dict[str, object], count: int
) -> None:
    where = door({"url": "http://127.0.0.1:8123"})
    found = sources(asked, where)
    assert len(set(found)) == count
    for each in (*found[:1], *found[-1:]):
        with socket.socket() as probe:
            probe.bind((each, 0))


def test_from_elsewhere_they_come_as_they_are() -> None:
    assert sources({}, door({"url": "http://192.0.2.7"})) == []


def test_a_process_takes_as_many_files_as_it_may() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        assert room_for_files() == before[1] - 64
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == before[1]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
