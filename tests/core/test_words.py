"""Names, announcements, signals and links."""

from rostra.core import commands as c
from rostra.core.ids import LinkId
from rostra.core.views import snapshot
from support.floor import DEPUTY, RAPPORTEUR, Floor, delegate, person, rule


@rule("N1", "E21")
def test_a_delegation_names_its_own_speaker_only() -> None:
    floor = Floor().opened()
    floor.ask("A")
    key = floor.of("A")
    ay = person(" H.E. Ms. Ay ", " Minister ")
    floor.do(c.NameSpeaker, delegate("A"), request=key, person=ay, language="fr")
    named = floor.meeting.requests[key]
    assert named.person == person("H.E. Ms. Ay", "Minister")
    assert (named.language, named.person_confirmed) == ("fr", False)
    floor.refused(
        "not_your_delegation", c.NameSpeaker, delegate("B"), request=key, person=ay
    )
    assert named.delegation == "A"


@rule("N1")
def test_a_confirmed_name_waits_again_when_the_delegation_changes_it() -> None:
    floor = Floor().opened()
    floor.ask("A", person=person("Ms. Ay"))
    key = floor.of("A")
    floor.do(c.ConfirmName, request=key)
    floor.do(c.NameSpeaker, delegate("A"), request=key, language="es")
    floor.do(c.NameSpeaker, delegate("A"), request=key, person=person("Ms. Ay"))
    confirmed = [floor.request("A").person_confirmed]
    floor.do(c.NameSpeaker, delegate("A"), request=key, person=person("Mr. Bee"))
    confirmed.append(floor.request("A").person_confirmed)
    assert confirmed == [True, False]


@rule("N1")
def test_what_an_operator_types_is_confirmed() -> None:
    floor = Floor().opened()
    floor.ask("A")
    floor.do(c.NameSpeaker, request=floor.of("A"), person=person("Ms. Ay"))
    assert floor.request("A").person_confirmed


@rule("N1")
def test_an_operator_who_sets_the_language_alone_confirms_no_name() -> None:
    floor = Floor().opened()
    floor.ask("A", person=person("Ms. Ay"))
    floor.do(c.NameSpeaker, request=floor.of("A"), language="fr")
    assert not floor.request("A").person_confirmed


@rule("N1", "N4")
def test_there_has_to_be_something_to_say() -> None:
    floor = Floor().opened()
    floor.ask("A")
    key = floor.of("A")
    floor.refused("empty", c.NameSpeaker, request=key)
    floor.refused("empty", c.NameSpeaker, request=key, person=person(" "))
    floor.refused("empty", c.ConfirmName, request=key)
    floor.refused("empty", c.Announce, text="  ")
    floor.refused("empty", c.WriteNote, text="about nothing")
    floor.refused("empty", c.WriteNote, RAPPORTEUR, request=key, text="about a wish")


@rule("N4")
def test_an_announcement_is_public_until_it_is_cleared() -> None:
    floor = Floor().lobby()
    key = floor.do(c.Announce, text=" Lunch at one. ")["announcement"]
    assert floor.told()["announcements"][key]["text"] == "Lunch at one."
    floor.do(c.ClearAnnouncement, announcement=key)
    assert floor.public().drop == {"announcements": [key]}
    floor.refused("no_such_entity", c.ClearAnnouncement, announcement=key)
    floor.refused("no_such_entity", c.ClearSignal, signal="t9.9")


@rule("N5")
def test_a_link_is_revoked_and_renewed_as_the_next_generation() -> None:
    floor = Floor()
    key = LinkId("dA")
    floor.do(c.RevokeLink, link=key)
    assert floor.meeting.links[key].revoked
    assert floor.do(c.RenewLink, link=key) == {"link": key, "generation": 2}
    renewed = floor.meeting.links[key]
    assert (renewed.revoked, renewed.generation) == (False, 2)
    assert not floor.public()


@rule("N5")
def test_nobody_revokes_the_link_in_use() -> None:
    floor = Floor()
    for kind in (c.RevokeLink, c.RenewLink):
        floor.refused("own_link", kind, DEPUTY, link=DEPUTY.link)
        floor.refused("no_such_entity", kind, link=LinkId("x"))


@rule("N7")
def test_the_rank_of_who_speaks_is_named_with_the_name_or_alone() -> None:
    floor = Floor().opened()
    floor.ask("A", person=person("Ms. Ay"))
    key = floor.of("A")
    floor.do(c.ConfirmName, request=key)
    floor.do(c.NameSpeaker, request=key, rank="minister")
    named = floor.request("A")
    assert (named.rank, named.person_confirmed) == ("minister", True)
    assert named.person == person("Ms. Ay")
    floor.do(c.NameSpeaker, delegate("A"), request=key, language="fr")
    assert floor.request("A").rank == "minister"


@rule("N7", "N1")
def test_a_rank_that_a_delegation_claims_waits_for_an_operator() -> None:
    floor = Floor().opened()
    floor.ask("A", person=person("Ms. Ay"))
    key = floor.of("A")
    floor.do(c.ConfirmName, request=key)
    floor.do(c.NameSpeaker, delegate("A"), request=key, rank="head_of_state")
    shown = snapshot(floor.meeting, "public")["requests"][key]
    assert (floor.request("A").person_confirmed, shown["rank"]) == (False, None)
    floor.do(c.ConfirmName, request=key)
    floor.do(c.NameSpeaker, delegate("A"), request=key, rank="head_of_state")
    assert floor.request("A").person_confirmed


def absent_head(floor: Floor) -> Floor:
    """A, a Head of State, did not answer and comes back after the next two."""
    for who, rank in (
        ("A", "head_of_state"),
        ("B", "minister"),
        ("C", "minister"),
        ("D", "minister"),
        ("E", "chair_of_delegation"),
    ):
        floor.ask(who, rank=rank)
    floor.call("A")
    floor.do(c.NoShow, expect=floor.on_floor)
    return floor


@rule("O11", "E3")
def test_a_substitute_of_lower_rank_stands_where_that_rank_stands() -> None:
    floor = absent_head(Floor(order="protocol_rank").opened())
    assert floor.order() == "B C A D E"
    again = floor.do(c.NameSpeaker, request=floor.of("A"), rank="head_of_government")
    assert (again, floor.order()) == ({}, "B C A D E")
    told = floor.do(c.NameSpeaker, request=floor.of("A"), rank="vice_minister")
    assert told == {"rank_fell": True}
    assert floor.order() == "B C D A E"
    higher = floor.do(c.NameSpeaker, request=floor.of("A"), rank="head_of_state")
    assert higher == {}


@rule("O11")
def test_a_rank_falls_where_ranks_decide_only() -> None:
    floor = absent_head(Floor(order="arrival").opened())
    order = floor.order()
    lower = floor.do(c.NameSpeaker, request=floor.of("A"), rank="vice_minister")
    assert (lower, floor.order()) == ({}, order)
    floor = Floor(order="protocol_rank").opened()
    floor.ask("A", rank="minister")
    floor.call("A")
    alternate = floor.do(
        c.NameSpeaker, delegate("A"), request=floor.of("A"), rank="chair_of_delegation"
    )
    assert alternate == {"rank_fell": True}
    assert floor.active.request == floor.of("A")
