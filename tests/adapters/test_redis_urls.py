"""The addresses of Redis, as operators write them."""

import pytest

from rostra.adapters.opening import CannotOpen
from rostra.adapters.redis_urls import Options, Place, place_of


@pytest.mark.parametrize(
    ("address", "place", "said"),
    [
        (
            "redis://localhost",
            Place(kind="single", hosts=(("localhost", 6379),)),
            "redis://localhost:6379/0",
        ),
        (
            "rediss://rostra:p%40ss@redis.example:6380/3?ca=/etc/ca.pem",
            Place(
                kind="single",
                hosts=(("redis.example", 6380),),
                db=3,
                tls=True,
                user="rostra",
                password="p@ss",
                options=Options(ca="/etc/ca.pem"),
            ),
            "rediss://redis.example:6380/3",
        ),
        (
            "redis://:word@[::1]",
            Place(kind="single", hosts=(("::1", 6379),), password="word"),
            "redis://[::1]:6379/0",
        ),
        (
            "redis+sentinel://a,b:26380/mymaster/2?replicas=2&wait_ms=800",
            Place(
                kind="sentinel",
                hosts=(("a", 26379), ("b", 26380)),
                service="mymaster",
                db=2,
                options=Options(replicas=2, wait_ms=800),
            ),
            "redis+sentinel://a:26379,b:26380/mymaster/2",
        ),
        (
            "rediss+cluster://a:7000,b:7001?prefix=un:rostra&unsafe=1",
            Place(
                kind="cluster",
                hosts=(("a", 7000), ("b", 7001)),
                tls=True,
                options=Options(prefix="un:rostra", unsafe=True),
            ),
            "rediss+cluster://a:7000,b:7001",
        ),
    ],
)
def test_an_address_is_read_and_said_without_its_password(
    address: str, place: Place, said: str
) -> None:
    assert place_of(address) == place
    assert str(place) == repr(place) == said


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://localhost", "begins with redis://"),
        ("redis+magic://localhost", "begins with redis://"),
        ("redis://", "a host that cannot be one"),
        ("redis://a:99999", "a host that cannot be one"),
        ("redis://a,b", "several hosts"),
        ("redis://a/one", "number of the database"),
        ("redis+sentinel://a", "name of the service"),
        ("redis+cluster://a/1", "no database but 0"),
        ("redis://a?replica=1", "unknown field `replica`"),
        ("redis://a?replicas=many", "replicas"),
        ("redis://a?prefix=*", "prefix"),
        ("redis://a?replicas", "must be name=value"),
    ],
)
def test_what_cannot_be_an_address_is_said_plainly(address: str, why: str) -> None:
    with pytest.raises(CannotOpen, match=r"address of|Cluster") as refused:
        place_of(address)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "redis://me:CANARY@a:b",
        "redis://me:CANARY@a,b",
        "redis://me:CAN/ARY@a",
        "redis://me:CANARY@a/x",
        "redis://me:CANARY@a?x=1",
        "redis+sentinel://a/m?sentinel_password=CANARY&replicas=x",
    ],
)
def test_a_refusal_holds_no_password(address: str) -> None:
    with pytest.raises(CannotOpen) as refused:
        place_of(address)
    assert "CAN" not in str(refused.value)
