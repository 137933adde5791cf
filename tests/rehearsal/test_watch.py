"""What the simulated operator takes for a person's act."""

from typing import Any

import pytest

from rehearsal.test_view import delta, welcome
from rostra.rehearsal.view import View
from rostra.rehearsal.watch import Watch

MEETING = {"id": "meeting", "state": "in_session", "segment": "s1.0"}
LIST = {
    "generation": 0,
    "policy": "arrival",
    "modifiers": [],
    "closes_at": None,
    "basis": "",
    "round": 1,
}
FLOOR = {"id": "i9.0", "phase": "speaking", "allotted_ms": 1, "attempts": [1]}
SPOKEN = {"channel": "pad", "kind": "statement", "status": "queued"}


def watched(**more: Any) -> tuple[View, Watch]:
    """A view that is watched."""
    collections = {"meeting": {"meeting": MEETING}, "lists": {"l": LIST}, **more}
    view, watch = View(welcome(collections=collections)), Watch()
    watch.start(view)
    return view, watch


def after(view: View, watch: Watch, **change: Any) -> Watch:
    """The watch after commits 6 and 7 brought a change."""
    whole = delta(5, 7, **change)
    assert view.follow(whole)
    watch.see(view, whole)
    return watch


@pytest.mark.parametrize(
    "change",
    [
        {"set": {"meeting": {"meeting": {**MEETING, "state": "suspended"}}}},
        {"set": {"lists": {"l": {**LIST, "generation": 1}}}},
        {"set": {"announcements": {"a7.0": {}}}},
        {"set": {"links": {"k1.9": {}}}},
        {
            "set": {"floor": {"i7.0": {**FLOOR, "id": "i7.0"}}},
            "drop": {"floor": ["i9.0"]},
        },
        {"set": {"floor": {"i9.0": {**FLOOR, "phase": "paused"}}}},
        {"set": {"floor": {"i9.0": {**FLOOR, "allotted_ms": 2}}}},
        {"set": {"requests": {"r7.0": {**SPOKEN, "channel": "paper"}}}},
    ],
)
def test_an_operators_act_in_commits_that_are_not_ours_is_a_persons(
    change: dict[str, Any],
) -> None:
    view, watch = watched(floor={"i9.0": FLOOR})
    after(view, watch, **change)
    assert watch.strange({5, 8})
    assert not watch.strange({5, 8}), "said once"


@pytest.mark.parametrize(
    "change",
    [
        {"drop": {"floor": ["i9.0"]}},
        {"set": {"requests": {"r7.0": SPOKEN}}, "order": {"l": [[0, 0, "r7.0"]]}},
        {"set": {"signals": {"g7.0": {}}}},
        {"set": {"floor": {"i9.0": {**FLOOR, "ready_at": 4}}}},
    ],
)
def test_what_delegations_do_is_not(change: dict[str, Any]) -> None:
    view, watch = watched(floor={"i9.0": FLOOR})
    assert not after(view, watch, **change).strange(set())


def test_our_own_act_is_not() -> None:
    view, watch = watched()
    after(view, watch, set={"announcements": {"a7.0": {}}})
    assert not watch.strange({6})
