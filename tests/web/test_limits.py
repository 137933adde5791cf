"""Buckets, those who wait, and addresses."""

from typing import Any

import pytest
from aiohttp.test_utils import make_mocked_request

from rostra.web.addresses import Addresses
from rostra.web.rates import Bucket, Buckets, Waiting
from rostra.web.settings import Limits, Rate
from web.house import settings


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    bucket = Bucket(Rate(5, 20), 0.0)
    assert [bucket.take(0.0) for _ in range(20)] == [0] * 20
    assert bucket.take(0.0) == 200
    assert bucket.take(0.2) == 0
    assert bucket.take(0.2) > 0
    assert [bucket.take(100.0) for _ in range(21)][-1] > 0


def test_who_goes_on_asking_floods() -> None:
    bucket = Bucket(Rate(1, 2), 0.0)
    for _ in range(2 + 6):
        bucket.take(0.0)
    before = bucket.flooded
    bucket.take(0.0)
    assert (before, bucket.flooded) == (False, True)
    assert bucket.take(1.0) == 0
    assert bucket.flooded, "one command at the rate's own pace is not a pause"
    assert bucket.take(10.0) == 0
    assert not bucket.flooded


def test_full_buckets_are_forgotten() -> None:
    now = [0.0]
    buckets = Buckets(lambda: now[0], at_most=10)
    for number in range(10):
        buckets.take(number, Rate(1, 2))
    now[0] = 5.0
    buckets.take("new", Rate(1, 2))
    assert len(buckets._buckets) == 1


def test_a_bucket_that_is_in_use_is_kept() -> None:
    buckets = Buckets(lambda: 0.0, at_most=2)
    for _ in range(3):
        buckets.take("busy", Rate(1, 2))
    buckets.take("a", Rate(1, 2))
    buckets.take("b", Rate(1, 2))
    assert buckets.take("busy", Rate(1, 2)) > 0


def test_those_who_wait_are_counted_by_address_and_in_all() -> None:
    waiting = Waiting(2, 3)
    assert waiting.enter("a") and waiting.enter("a")
    assert not waiting.enter("a")
    assert waiting.enter("b")
    assert not waiting.enter("c")
    waiting.leave("a")
    assert waiting.enter("c")
    for each in ("a", "b", "c"):
        waiting.leave(each)
    assert waiting.total == 0
    assert not waiting._count


def test_roles_that_are_not_named_have_the_delegates_rate() -> None:
    limits = Limits()
    assert limits.rate("moderator") == Rate(50, 200)
    assert limits.rate("display") == limits.rate("delegate") == Rate(5, 20)


def request(remote: str, forwarded: str = "") -> Any:
    """A request from *remote*."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    transport = type(
        "Transport",
        (),
        {"get_extra_info": lambda self, name, default=None: (remote, 1)},
    )()
    return make_mocked_request("GET", "/", headers=headers, transport=transport)


@pytest.mark.parametrize(
    ("remote", "forwarded", "peer"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "10.9.9.9", "192.0.2.1"),
        ("10.0.0.1", "192.0.2.1", "192.0.2.1"),
        ("10.0.0.1", "6.6.6.6, 192.0.2.1", "192.0.2.1"),
        ("10.0.0.1", "192.0.2.1, 10.0.0.2", "192.0.2.1"),
        ("10.0.0.1", "nonsense", "unknown"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("2001:db8::1", "", "2001:db8::/64"),
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
        ("::ffff:10.0.0.1", "192.0.2.9", "192.0.2.9"),
    ],
)
def test_the_address_behind_trusted_proxies(
    remote: str, forwarded: str, peer: str
) -> None:
    addresses = Addresses(settings(trusted_proxies=("10.0.0.0/8",)))
    assert addresses.peer(request(remote, forwarded)) == peer


def test_hosts_by_name_and_by_name_and_port() -> None:
    addresses = Addresses(settings(base="https://a.example", hosts=("b.example:8080",)))
    assert addresses.host_allowed("a.example")
    assert addresses.host_allowed("A.example:443")
    assert addresses.host_allowed("b.example:8080")
    assert not addresses.host_allowed("b.example")
    assert not addresses.host_allowed("c.example")
    assert Addresses(settings(hosts=("*",))).host_allowed("anything")


def test_origins_are_our_own_or_named() -> None:
    addresses = Addresses(
        settings(base="https://a.example", origins=("https://www.example",))
    )
    assert addresses.origin_allowed("https://a.example", "a.example")
    assert addresses.origin_allowed("https://www.example", "a.example")
    assert not addresses.origin_allowed("http://a.example", "a.example")
    assert not addresses.origin_allowed("https://c.example", "c.example")
    assert not addresses.origin_allowed("null", "a.example")
