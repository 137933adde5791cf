"""What clients send over a socket, as text."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.web import packets
from rostra.web.packets import BadPacket, Packet, parse

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.text("abc é中", max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    kind=st.sampled_from([packets.CONNECT, packets.DISCONNECT, packets.EVENT]),
    namespace=st.sampled_from(["/", "/meeting", "/other"]),
    ack_id=st.none() | st.integers(0, packets.MAX_ACK_ID - 1),
    data=st.lists(PLAIN, max_size=3),
)
def test_a_packet_as_the_clients_library_writes_it_is_read(
    kind: Any, namespace: str, ack_id: int | None, data: list[Any]
) -> None:
    where = "" if namespace == "/" else f"{namespace},"
    number = "" if ack_id is None else str(ack_id)
    text = f"4{kind}{where}{number}{json.dumps(data)}"
    assert packets.expected(text)
    assert parse(text) == Packet(kind, namespace, ack_id, data)


@pytest.mark.parametrize(
    ("text", "packet"),
    [
        ("40", Packet(0, "/", None, None)),
        ("40/meeting,", Packet(0, "/meeting", None, None)),
        ("40/meeting", Packet(0, "/meeting", None, None)),
        ("40/meeting?token=x,{}", Packet(0, "/meeting", None, {})),
        ("41/meeting,", Packet(1, "/meeting", None, None)),
    ],
)
def test_a_packet_may_say_little(text: str, packet: Packet) -> None:
    assert parse(text) == packet


@given(st.text(max_size=40).map(lambda tail: "4" + tail))
def test_whatever_comes_is_a_packet_or_the_peers_fault(text: str) -> None:
    try:
        assert parse(text).kind in (0, 1, 2)
    except BadPacket as error:
        assert len(str(error)) <= 24


@pytest.mark.parametrize("text", ["", "3", "2probe", "43/meeting,1[]", "451-[]", "4"])
def test_what_no_client_of_ours_says_is_not_expected(text: str) -> None:
    assert not packets.expected(text)
