"""A part of the past that is gone is a fact like others."""

import msgspec
import pytest

from rostra.core import commands as c
from rostra.core.alarms import TailLost
from rostra.core.ids import Audience
from rostra.core.views import snapshot
from support.floor import Floor, rule


@rule("R5")
@pytest.mark.parametrize("audience", ["public", "record", "staff"])
def test_everybody_sees_which_numbers_are_gone(audience: Audience) -> None:
    floor = Floor().opened()
    floor.alarm(TailLost(4, 7, "e2"))
    shown = snapshot(floor.meeting, audience)["meeting"]["meeting"]
    assert msgspec.to_builtins(list(shown["losses"])) == [
        {"at": floor.now, "after": 4, "until": 7}
    ]


@rule("R5")
def test_a_second_loss_stands_beside_the_first() -> None:
    floor = Floor().opened()
    floor.alarm(TailLost(4, 7, "e2"))
    floor.alarm(TailLost(8, 8, "e3"))
    assert [loss.after for loss in floor.meeting.losses] == [4, 8]


@rule("R5")
def test_it_is_kept_in_an_archived_meeting_too() -> None:
    floor = Floor().opened()
    floor.do(c.Adjourn, expect=floor.expect_state())
    floor.do(c.CloseRecord, expect=floor.expect_state())
    floor.alarm(TailLost(4, 7, "e2"))
    assert floor.meeting.losses
