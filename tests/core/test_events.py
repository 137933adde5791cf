"""What happened: facts that can be written down and read again."""

from typing import Any, get_args

import msgspec
import pytest

from rostra.core import events as e
from rostra.core.evolve import _APPLY
from support.floor import WHOLE, Floor, rule

EVENTS = get_args(e.AnyEvent)


@rule("I9")
def test_every_event_but_the_first_can_be_applied() -> None:
    assert _APPLY.keys() == set(EVENTS) - {e.MeetingCreated}


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_is_frozen_and_has_a_version(kind: Any) -> None:
    assert kind.__struct_config__.frozen
    assert {"v": 1}.items() <= {
        each.name: each.default for each in msgspec.structs.fields(kind)
    }.items()


def test_no_two_events_have_one_name() -> None:
    tags = [kind.__struct_config__.tag for kind in EVENTS]
    assert len(tags) == len(set(tags))


@rule("I9")
def test_the_first_event_carries_all_that_a_replay_needs() -> None:
    created = Floor(*WHOLE).created
    again = msgspec.json.decode(msgspec.json.encode(created), type=e.AnyEvent)
    assert again == created
