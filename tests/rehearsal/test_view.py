"""A simulated device's copy of the meeting."""

from typing import Any

import msgspec

from rostra.protocol.messages import PROTOCOL, Beat, Delta, Here, Welcome
from rostra.rehearsal.view import View


def welcome(**state: Any) -> Welcome:
    """A snapshot at seq 5."""
    you: dict[str, Any] = {
        "role": "moderator",
        "audience": "staff",
        "link": "k1.0",
        "delegation": None,
        "device": "",
        "lang": "en",
        "commands": [],
    }
    whole = {"collections": {}, "order": {}, **state}
    return msgspec.convert(
        {
            "protocol": PROTOCOL,
            "build": "",
            "epoch": "e",
            "seq": 5,
            "chain": "c",
            "mode": "snapshot",
            "reason": "first",
            "state": whole,
            "mine": None,
            "now": 0,
            "you": you,
            "spread_ms": 0,
            "unattended": False,
            "stalled": False,
            "lost": None,
            "not_kept": [],
            "connection": "a",
        },
        Welcome,
    )


def delta(from_: int, seq: int, **change: Any) -> Delta:
    """A change."""
    whole = {"set": {}, "drop": {}, "order": {}, **change}
    numbers = {"from": from_, "seq": seq, "chain": "d"}
    return msgspec.convert({**numbers, **whole}, Delta)


def test_a_delta_sets_drops_and_splices() -> None:
    view = View(welcome(collections={"notes": {"n1": {}}}, order={"l": ["a", "b"]}))
    change = delta(
        5,
        6,
        set={"notes": {"n2": {"text": "x"}}},
        drop={"notes": ["n1"]},
        order={"l": [[1, 1], [0, 0, "c", "d"]]},
    )
    assert view.follow(change)
    assert view.all("notes").keys() == {"n2"}
    note = view.all("notes")["n2"]
    assert (note["id"], note["text"], note["correction"]) == ("n2", "x", False)
    assert view.order("l") == ["c", "d", "a"]
    assert view.seq == 6


def test_a_delta_changes_fields_and_counts_those_who_are_left() -> None:
    lists = {"lists": {"l": {"state": "open"}}}
    view = View(welcome(collections=lists, order={"l": ["a"]}))
    assert view.all("lists")["l"]["count"] == 0
    change = delta(
        5, 6, patch={"lists": {"l": {"state": "closed"}}}, order={"l": [[1, 0, "b"]]}
    )
    assert view.follow(change)
    now = view.all("lists")["l"]
    assert (now["id"], now["state"], now["count"]) == ("l", "closed", 2)


def test_a_delta_from_elsewhere_is_not_taken() -> None:
    view = View(welcome())
    assert not view.follow(delta(4, 6))
    assert view.seq == 5


def test_hidden_changes_come_as_numbers_in_the_beat() -> None:
    view = View(welcome())
    numbers = {
        "epoch": "e",
        "from": 5,
        "seq": 8,
        "chain": "x",
        "now": 0,
        "unattended": False,
        "stalled": False,
    }
    assert view.follow_beat(msgspec.convert(numbers, Beat))
    assert view.follow(delta(8, 9))
    assert not view.follow_beat(msgspec.convert({**numbers, "from": 7}, Beat))


def test_the_discussion_is_the_first_segment_that_takes_statements() -> None:
    segments = {
        f"s1.{index}": {
            "id": f"s1.{index}",
            "kinds": {1: ["question"], 2: ["statement"], 10: ["statement"]}.get(
                index, []
            ),
        }
        for index in (10, 2, 1, 0)
    }
    view = View(welcome(collections={"segments": segments}))
    assert view.discussion is not None
    assert view.discussion["id"] == "s1.2"


def test_presence_is_whole_when_it_is_counted_from_zero() -> None:
    view = View(welcome())
    entry = {"link": "k", "role": "delegate", "delegation": "XAD", "device": "Phone"}
    more = {"server": "b", "row": None, "label": ""}
    present = {"id": "a", "since": 0, **more, **entry}
    view.follow_here(msgspec.convert({"n": 0, "set": {"a": present}, "drop": []}, Here))
    assert view.here["a"]["delegation"] == "XAD"
    assert view.here["a"]["server"] == "b"
    view.follow_here(msgspec.convert({"n": 1, "set": {}, "drop": ["a"]}, Here))
    assert view.here == {}
