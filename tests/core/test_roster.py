"""Who may take part: the two files of a roster."""

import pytest

from rostra.core.ids import Code
from rostra.core.roster import BadFile, parse_roster
from support.floor import rule

HEAD = """
id = "x"
title = "X"
[[groups]]
code = "G"
aliases = ["Gee"]
[groups.list]
en = "The Group"
"""
ROW = "code,tier,reply,order,list_en,list_fr,sort_fr,spoken_en,aliases,confusable\n"


@rule("E21")
def test_a_delegation_has_the_names_of_the_file_and_english_where_it_is_silent() -> (
    None
):
    roster = parse_roster(
        HEAD, ROW + "A,member_state,yes,no,Ay,Aie,007,,Old Ay|AYY,c\n"
    )
    a = roster.delegations["A"]  # type: ignore[index]
    assert a.names == {"en": "Ay", "fr": "Aie"}
    assert a.sort == {"en": "Ay", "fr": "007"}
    assert (a.spoken, a.plate, a.address) == ("Ay", "Ay", "representative_of")
    assert (a.may_reply, a.may_order) == (True, False)
    assert (a.aliases, a.confusable) == (("Old Ay", "AYY"), "c")


def test_groups_stand_in_the_order_of_the_register() -> None:
    roster = parse_roster(HEAD, ROW)
    (group,) = roster.groups.values()
    assert (group.code, group.spoken, group.aliases) == ("G", "The Group", ("Gee",))


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("A,member_state,,,Ay\nA,ngo,,,Ay\n", "line 3: the code A stands twice"),
        ("A,member_state,,,\n", "line 2: .* list_en"),
        (",member_state,,,Ay\n", "line 2: .* code"),
        ("A,empire,,,Ay\n", "line 2: 'empire' is not a tier"),
    ],
)
def test_a_bad_row_is_named_by_its_line(rows: str, why: str) -> None:
    with pytest.raises(BadFile, match=why):
        parse_roster(HEAD, ROW + rows)


def test_a_group_needs_an_english_name() -> None:
    with pytest.raises(BadFile, match="English"):
        parse_roster(HEAD.replace("en =", "fr ="), ROW)


@pytest.mark.parametrize("head", ["", "id =", 'title = "X"'])
def test_a_bad_head_is_said_to_be_bad(head: str) -> None:
    with pytest.raises(BadFile, match="head"):
        parse_roster(head, ROW)


@rule("Y4")
@pytest.mark.parametrize(
    ("said", "may", "replies"),
    [("yes", True, None), ("no", False, None), ("", False, None), ("0", False, None),
     ("1", True, 1), ("2", True, 2)],
)  # fmt: skip
def test_the_right_of_reply_is_all_none_or_so_many(
    said: str, may: bool, replies: int | None
) -> None:
    roster = parse_roster(HEAD, ROW + f"A,member_state,{said},no,Ay\n")
    a = roster.delegations["A"]  # type: ignore[index]
    assert (a.may_reply, a.replies) == (may, replies)


@pytest.mark.parametrize("said", ["maybe", "-1", "1.5", "\u0661"])
def test_another_word_for_the_right_of_reply_is_named_by_its_line(said: str) -> None:
    with pytest.raises(BadFile, match="line 2: reply is yes, no or a number"):
        parse_roster(HEAD, ROW + f"A,member_state,{said},no,Ay\n")


@rule("X2")
@pytest.mark.parametrize(("said", "may"), [("yes", True), ("no", False), ("", False)])
def test_who_may_raise_a_point_of_order_is_said_by_the_roster(
    said: str, may: bool
) -> None:
    roster = parse_roster(HEAD, ROW + f"A,member_state,no,{said},Ay\n")
    assert roster.delegations[Code("A")].may_order is may
