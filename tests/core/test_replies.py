"""The right of reply: whose it is, how often, on which list, and for how long."""

from typing import Any

import pytest
from msgspec import structs

from rostra.core import commands as c
from rostra.core.ids import Code, Instant, ListId, RequestId
from rostra.core.own import mine, mine_changed
from rostra.core.profile import Replies
from rostra.core.programme import Planned, list_id, replies_id, segment_id
from rostra.core.replies import ledger, maximum
from support.floor import DISCUSSION, START, WHOLE, Floor, delegate, person, rule

DAY_S = 86_400
#: The days change an hour after the meeting was made, and so on.
DAYS = Planned(
    midnights=tuple(Instant(START + 1000 * (3600 + DAY_S * n)) for n in range(-1, 5))
)
TWO = (DISCUSSION, DISCUSSION)


def order(floor: Floor, key: ListId | None = None) -> list[tuple[str, int]]:
    """Who stands on a list of replies, and with which reply."""
    requests = floor.meeting.requests
    speakers = floor.meeting.lists[key or replies_id(0)]
    found = map(requests.__getitem__, speakers.order)
    return [(str(each.delegation), each.turn) for each in found]


def no_reply(floor: Floor, code: Any, who: str, **fields: Any) -> Any:
    """The delegation is refused its reply."""
    pad = delegate(who)
    return floor.refused(code, c.RequestFloor, pad, kind="right_of_reply", **fields)


def put(floor: Floor, who: str, list: ListId | None = None, **entry: Any) -> Any:
    """An operator enters a reply."""
    entries = (c.Entry(delegation=Code(who), kind="right_of_reply", **entry),)
    return floor.do(c.Insert, list=list or replies_id(0), entries=entries)


def replied(floor: Floor, who: str, seconds: float = 10) -> None:
    """The delegation's reply is heard."""
    floor.heard(reply_of(floor, who), seconds)


def reply_of(floor: Floor, who: str) -> RequestId:
    """The live reply of a delegation."""
    return next(
        r.id
        for r in floor.meeting.requests.values()
        if (r.delegation, r.kind, r.status) == (who, "right_of_reply", "queued")
    )


def replying(**profile: Any) -> Floor:
    """In session, and the first replies are heard."""
    floor = Floor(**profile).opened()
    floor.phase("reply_1")
    return floor


# Which list


@rule("Y1")
@pytest.mark.parametrize("state", ["not_open", "open", "closing", "closed"])
def test_a_reply_is_taken_whatever_the_state_of_the_list_of_speakers(
    state: str,
) -> None:
    floor = Floor(lists_open="by_hand").opened()
    if state != "not_open":
        floor.do(c.OpenList, expect=floor.expect_list())
    if state == "closing":
        floor.announce_closing(600)
    if state == "closed":
        floor.close()
    floor.reply("A", person=person("Ms. Ay"), language="fr", to=Code("B"))
    assert (order(floor), floor.order()) == ([("A", 1)], "")
    request = floor.request("A")
    assert (request.list, request.item) == (replies_id(0), segment_id(0))
    assert (request.to, request.person) == ("B", person("Ms. Ay"))
    assert (request.language, request.channel) == ("fr", "pad")
    assert not request.after_closure


@rule("Y1")
def test_a_reply_needs_an_item_that_has_begun() -> None:
    floor = Floor(*TWO).lobby()
    no_reply(floor, "wrong_meeting_state", "A")
    floor.do(c.CallToOrder, expect=floor.expect_state())
    no_reply(floor, "kind_not_admitted", "A", item=segment_id(1))
    no_reply(floor, "kind_not_admitted", "A", list=list_id(1))
    no_reply(floor, "no_such_entity", "A", item="s1.7")
    floor.go(1)
    floor.reply("A", item=segment_id(0))
    floor.reply("A")
    assert (order(floor), order(floor, replies_id(1))) == ([("A", 1)], [("A", 1)])
    floor.adjourn()
    no_reply(floor, "wrong_meeting_state", "B")


@rule("Y1", "M4")
def test_a_reply_is_taken_while_suspended_unless_the_profile_says_no() -> None:
    for allowed in (True, False):
        floor = Floor(inscribe_while_suspended=allowed).opened()
        floor.suspend()
        if allowed:
            floor.reply("A")
            assert order(floor) == [("A", 1)]
        else:
            no_reply(floor, "wrong_meeting_state", "A")


@rule("Y1")
def test_a_reply_may_name_the_list_of_its_item() -> None:
    floor = Floor(*TWO).opened(1)
    floor.go(0)
    floor.reply("A", list=list_id(1))
    floor.reply("B", list=replies_id(1))
    assert order(floor, replies_id(1)) == [("A", 1), ("B", 1)]


@rule("Y2")
@pytest.mark.parametrize("place", ["end_of_meeting", "end_of_day"])
def test_items_share_one_list_of_replies_where_these_come_later(place: Any) -> None:
    floor = Floor(*TWO, replies=Replies(place=place)).opened()
    floor.reply("A")
    floor.go(1)
    floor.reply("B")
    assert order(floor) == [("A", 1), ("B", 1)]
    items = [floor.request(each).item for each in "AB"]
    assert items == [segment_id(0), segment_id(1)]
    floor.phase("reply_1")
    replied(floor, "A")
    replied(floor, "B")
    rows = [floor.meeting.interventions[key] for key in floor.meeting.delivered]
    assert [row.segment for row in rows] == [segment_id(1), segment_id(1)]


@rule("Y2")
def test_where_replies_are_approved_they_wait_for_the_operator_s_yes() -> None:
    floor = Floor(approval=True).opened()
    assert floor.do(c.RequestFloor, delegate("A"), kind="right_of_reply")["requested"]
    assert order(floor) == []
    floor.do(c.Accept, request=floor.request("A").id)
    assert order(floor) == [("A", 1)]


# Who, and how often


@rule("Y3", "E15")
@pytest.mark.parametrize("who", ["I", "U", "N"])
def test_who_has_no_right_of_reply_is_not_entitled(who: str) -> None:
    floor = Floor().opened()
    no_reply(floor, "not_entitled", who)
    assert maximum(floor.meeting, Code(who)) == 0


@rule("Y3")
def test_a_meeting_without_a_right_of_reply_says_so() -> None:
    floor = Floor(replies=None).opened()
    no_reply(floor, "not_enabled", "A")
    entry = c.Entry(delegation=Code("A"), kind="right_of_reply", override=True)
    floor.refused("not_enabled", c.Insert, list=replies_id(0), entries=(entry,))
    assert maximum(floor.meeting, Code("A")) == 0


@rule("Y4")
def test_each_reply_has_its_own_limit() -> None:
    floor = replying(replies=Replies(limits_s=(600, 300)))
    for seconds in (600, 300):
        floor.reply("A")
        assert floor.request("A").limit_ms == seconds * 1000
        replied(floor, "A")


@rule("Y4", "E15")
def test_the_european_union_has_one_reply_for_an_item() -> None:
    floor = replying()
    floor.reply("EU")
    replied(floor, "EU")
    refusal = no_reply(floor, "max_replies", "EU")
    assert (refusal.params, refusal.current) == ({"maximum": 1}, {"replies": 1})
    assert maximum(floor.meeting, Code("EU")) == 1
    assert maximum(floor.meeting, Code("A")) == 2


@rule("Y4")
def test_no_delegation_has_more_replies_than_the_profile() -> None:
    floor = replying(replies=Replies(limits_s=(60,)))
    roster = floor.meeting.roster
    three = structs.replace(roster.delegations[Code("A")], replies=3)
    delegations = {**roster.delegations, Code("A"): three}
    known = structs.replace(roster, delegations=delegations)
    assert maximum(structs.replace(floor.meeting, roster=known), Code("A")) == 1


@rule("Y5")
def test_a_reply_that_was_withdrawn_or_declined_uses_nothing_up() -> None:
    floor = replying()
    for _ in range(3):
        floor.reply("A")
        floor.withdraw("A")
    for _ in range(3):
        floor.reply("A")
        floor.do(c.Decline, request=reply_of(floor, "A"))
    floor.reply("A")
    assert floor.request("A").turn == 1
    assert len(ledger(floor.meeting, segment_id(0), 0)) == 1


@rule("Y5")
def test_the_ledger_is_that_of_the_item() -> None:
    floor = Floor(*TWO).opened()
    for segment in (0, 1):
        if segment:
            floor.go(1)
        floor.phase("reply_1")
        for turn in (1, 2):
            floor.reply("A")
            assert floor.request("A").turn == turn
            replied(floor, "A")
        no_reply(floor, "max_replies", "A")


@rule("Y6", "E9")
def test_replies_belong_to_the_day_on_which_they_were_asked_for() -> None:
    floor = Floor(planned=DAYS, replies=Replies(place="end_of_day")).opened()
    floor.phase("reply_1")
    floor.reply("A")
    replied(floor, "A")
    floor.reply("A")
    floor.suspend()
    floor.wait(DAY_S)
    floor.resume_meeting()
    # asked for yesterday, heard today
    replied(floor, "A")
    for turn in (1, 2):
        floor.reply("A")
        assert floor.request("A").turn == turn
        replied(floor, "A")
    no_reply(floor, "max_replies", "A")


@rule("Y7")
def test_a_second_press_joins_the_reply_that_waits() -> None:
    floor = Floor().opened()
    first = floor.do(c.RequestFloor, delegate("A"), kind="right_of_reply")
    second = floor.do(c.RequestFloor, delegate("A", "2"), kind="right_of_reply")
    assert (first["joined"], second["joined"]) == (False, True)
    assert second["request"] == first["request"]
    floor.ask("A")
    assert (floor.order(), order(floor)) == ("A", [("A", 1)])


# In which order


@rule("Y8")
def test_second_replies_come_after_all_first_ones() -> None:
    floor = replying()
    floor.reply("A", "B")
    replied(floor, "A")
    floor.reply("A", "C", "D")
    assert order(floor) == [("B", 1), ("C", 1), ("D", 1), ("A", 2)]


@rule("Y8")
def test_a_second_reply_is_not_told_to_be_ready_while_first_ones_are_heard() -> None:
    floor = replying()
    floor.reply("A")
    replied(floor, "A")
    floor.reply("A", "B")
    assert order(floor) == [("B", 1), ("A", 2)]
    told = {r.delegation for r in floor.meeting.requests.values() if r.told_at}
    assert told == {"A", "B"}  # A for its first one
    assert floor.request("A").told_at is None
    floor.reply("C")
    assert order(floor) == [("B", 1), ("C", 1), ("A", 2)]
    replied(floor, "B")
    replied(floor, "C")
    floor.phase("reply_2")
    assert floor.request("A").told_at is not None


@rule("Y9")
def test_a_second_round_is_for_who_made_or_was_addressed_in_a_first_reply() -> None:
    floor = replying()
    floor.reply("A", to=Code("B"))
    replied(floor, "A")
    floor.phase("reply_2")
    no_reply(floor, "not_entitled", "C")
    floor.reply("B")
    floor.reply("A")
    # the first of B, though in the second round
    assert order(floor) == [("B", 1), ("A", 2)]


@rule("Y9")
def test_a_second_round_may_be_open_to_all() -> None:
    floor = replying(replies=Replies(second="all"))
    floor.phase("reply_2")
    floor.reply("C")
    assert order(floor) == [("C", 1)]


@rule("Y9")
def test_the_second_round_of_one_item_is_none_of_another_s() -> None:
    floor = Floor(*TWO).opened(1)
    floor.phase("reply_2")
    no_reply(floor, "not_entitled", "C")
    floor.go(0)
    floor.reply("C")
    floor.go(1)
    floor.reply("D", item=segment_id(0))
    assert order(floor) == [("C", 1), ("D", 1)]


@rule("Y10")
def test_who_spoke_with_a_high_rank_is_replied_to_in_writing() -> None:
    rules = Replies(in_writing_to=("head_of_state",))
    floor = Floor(replies=rules).opened()
    floor.ask("A", rank="head_of_state")
    floor.ask("B", rank="minister")
    floor.reply("C", to=Code("A"))  # before A has spoken
    for each in "AB":
        floor.heard(each)
    assert no_reply(floor, "in_writing", "D", to=Code("A")).params["delegation"] == "A"
    floor.reply("D", to=Code("B"))
    floor.reply("E")
    assert order(floor) == [("C", 1), ("D", 1), ("E", 1)]
    row = floor.meeting.delivered[1]
    assert (floor.request("D").trigger, floor.request("C").trigger) == (row, None)
    # what counts is the last that A said
    floor.ask("A", rank="minister")
    floor.heard("A")
    floor.reply("F", to=Code("A"))


# Operators


@rule("Y11", "E15")
def test_an_operator_lets_in_against_the_rules_and_it_is_logged() -> None:
    floor = replying(replies=Replies(limits_s=(600, 300)))
    for _ in range(2):
        floor.reply("A")
        replied(floor, "A")
    entry = c.Entry(delegation=Code("A"), kind="right_of_reply")
    floor.refused("max_replies", c.Insert, list=replies_id(0), entries=(entry,))
    put(floor, "A", override=True)
    put(floor, "N", override=True)
    third, stranger = floor.request("A"), floor.request("N")
    assert (third.turn, third.limit_ms, third.override) == (3, 300_000, True)
    assert (stranger.turn, stranger.limit_ms) == (1, 600_000)
    assert stranger.override


@rule("Y11")
def test_an_override_that_was_not_needed_is_not_logged() -> None:
    floor = Floor().opened()
    put(floor, "A", override=True)
    assert not floor.request("A").override


@rule("Y11", "K4")
def test_an_operator_may_name_either_list_of_the_item() -> None:
    floor = Floor(*WHOLE).opened(2)
    put(floor, "A", list_id(1))
    put(floor, "B", replies_id(1))
    put(floor, "C", list_id(1), item=segment_id(2))
    put(floor, "D", list_id(2), channel="chat", limit_s=45, note="by chat", media_s=9)
    assert order(floor, replies_id(1)) == [("A", 1), ("B", 1)]
    assert order(floor, replies_id(2)) == [("C", 1), ("D", 1)]
    request = floor.request("D")
    assert (request.channel, request.limit_ms) == ("chat", 45_000)
    assert (request.note, request.own_limit) == ("by chat", True)
    assert request.media_ms == 0


@rule("Y11")
def test_an_operator_s_reply_needs_a_delegation_and_stands_once() -> None:
    floor = Floor().opened()
    nobody = c.Entry(label="Guest", kind="right_of_reply")
    floor.refused("empty", c.Insert, list=replies_id(0), entries=(nobody,))
    stranger = c.Entry(delegation=Code("ZZ"), kind="right_of_reply")
    floor.refused("not_in_roster", c.Insert, list=replies_id(0), entries=(stranger,))
    to = c.Entry(delegation=Code("A"), kind="right_of_reply", to=Code("ZZ"))
    floor.refused("not_in_roster", c.Insert, list=replies_id(0), entries=(to,))
    put(floor, "A")
    again = c.Entry(delegation=Code("A"), kind="right_of_reply")
    floor.refused("already_on_list", c.Insert, list=replies_id(0), entries=(again,))
    shared = Floor(replies=Replies(place="end_of_meeting")).lobby()
    entry = c.Entry(delegation=Code("A"), kind="right_of_reply")
    shared.refused("kind_not_admitted", c.Insert, list=replies_id(0), entries=(entry,))


@rule("Y11", "O10")
def test_a_place_holds_on_the_list_of_replies_only() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    floor.reply("A", "B")
    entry = c.Entry(delegation=Code("C"), kind="right_of_reply")
    floor.do(c.Insert, list=list_id(0), entries=(entry,), at=0)
    assert floor.order() == "A B"
    assert order(floor) == [("A", 1), ("B", 1), ("C", 1)]
    entry = c.Entry(delegation=Code("D"), kind="right_of_reply")
    floor.do(c.Insert, list=replies_id(0), entries=(entry,), at=0)
    assert order(floor)[0] == ("D", 1)
    floor.reply("E")
    assert order(floor)[0] == ("D", 1)


# What counts, and what a pad is told


@rule("Y12")
def test_a_reply_adds_time_and_no_intervention() -> None:
    floor = replying()
    floor.reply("A")
    replied(floor, "A", 50)
    total = floor.meeting.totals["A"]
    assert (total.interventions, total.spoken_ms) == (0, 50_000)
    row = floor.commits[-1][2][0].row  # type: ignore[union-attr]
    assert (row.kind, row.turn) == ("right_of_reply", 1)


@rule("Y13")
def test_a_pad_is_told_how_much_of_its_right_is_used() -> None:
    floor = Floor(*TWO).opened()

    def used() -> dict[str, int]:
        return mine(floor.meeting, Code("A")).replies

    floor.reply("A", "B")
    assert used() == {replies_id(0): 1}
    floor.withdraw("A")
    assert used() == {}
    floor.reply("A")
    floor.go(1)
    floor.reply("A")
    assert used() == {replies_id(0): 1, replies_id(1): 1}


@rule("Y13")
def test_on_a_shared_list_a_pad_is_told_of_the_item_that_runs_and_of_today() -> None:
    rules = Replies(place="end_of_day")
    floor = Floor(*TWO, planned=DAYS, replies=rules).opened()
    floor.reply("A")
    assert mine(floor.meeting, Code("A")).replies == {replies_id(0): 1}
    floor.go(1)
    assert mine_changed(floor.before, floor.meeting) == {"A"}
    assert mine(floor.meeting, Code("A")).replies == {}
    floor.go(0)
    floor.wait(DAY_S)
    floor.do(c.Announce, text="Good morning")
    assert mine_changed(floor.before, floor.meeting) == {"A"}
    assert mine(floor.meeting, Code("A")).replies == {}
    floor.wait(10)
    floor.do(c.Announce, text="Again")
    assert mine_changed(floor.before, floor.meeting) == frozenset()
