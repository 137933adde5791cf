"""A request as each audience is shown it: the same as if it were drawn for it alone."""

import pytest

from rostra.core import commands as c
from rostra.core.drawing import request_entity
from rostra.core.ids import Audience, Policy
from rostra.core.shown import request_for
from rostra.core.sight import Sight
from support.floor import Floor, delegate, person, rule
from support.rooms import roster

UN = roster("un")
AUDIENCES: tuple[Audience | None, ...] = ("public", "record", "staff", None)
POLICIES: tuple[Policy, ...] = (
    "arrival",
    "regional_rotation",
    "protocol_rank",
    "least_spoken",
    "alternate",
    "manual",
)


def meeting(order: Policy, *, show_regions: bool = False) -> Floor:
    """All that a request may be: told, called, put by hand, late, named, swapped."""
    floor = Floor(
        roster=UN, order=order, on_deck=1, show_regions=show_regions, late_tray=True
    ).opened()
    floor.ask("KEN", "NGA", "JPN", "FRA")
    floor.ask("BRA", person=person("Ms. Bee"), rank="head_of_state")
    floor.ask("CHN", person=person("Ms. See"), rank="minister", language="a dialect")
    floor.ask("IND", group_text="Friends of the quay", language="fr", side="for")
    floor.do(c.ConfirmName, request=floor.of("BRA"))
    floor.move("FRA", 1)
    floor.call(str(floor.expect_head().head))
    floor.do(c.Park, delegate("CHN"), request=floor.of("CHN"))
    floor.close()
    floor.put("ITA", at=2)
    floor.ask("DEU")
    floor.do(c.AdmitLate, requests=None, expect=floor.expect_list())
    assert floor.request("DEU").after_closure
    return floor


@rule("I10", "O18")
@pytest.mark.parametrize("order", POLICIES)
@pytest.mark.parametrize("show_regions", [True, False])
def test_it_is_what_it_would_be_if_it_were_drawn_for_one_audience_alone(
    order: Policy, show_regions: bool
) -> None:
    floor = meeting(order, show_regions=show_regions)
    sight = Sight(floor.meeting)
    for request in floor.meeting.requests.values():
        rounds = sight.rounds(request.list)
        for audience in AUDIENCES:
            alone = request_entity(floor.meeting, request, audience, rounds)
            assert request_for(sight, request, audience) == alone, audience


def test_those_who_are_shown_the_same_have_the_same_object() -> None:
    floor = Floor(on_deck=0).opened()
    floor.ask("A", person=person("Ms. Ay"))
    floor.do(c.ConfirmName, request=floor.of("A"))
    sight = Sight(floor.meeting)
    made = {
        id(request_for(sight, floor.request("A"), audience)) for audience in AUDIENCES
    }
    assert len(made) == 1
    # and who may not see the name gets another
    floor.ask("B", person=person("Ms. Bee"))
    sight = Sight(floor.meeting)
    public = request_for(sight, floor.request("B"), "public")
    staff = request_for(sight, floor.request("B"), "staff")
    assert (public.person, staff.person) == (None, person("Ms. Bee"))
