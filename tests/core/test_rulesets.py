"""Other rules of procedure in a running meeting."""

from pathlib import Path

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.views import snapshot
from support.floor import DEPUTY, MODERATOR, Floor, delegate, rule

CONFIG = Path(__file__).parents[2] / "config/profiles"
HEAD = 'id = "night"\ntitle = "Night rules"\n'
TEXT = HEAD + "[limits]\nstatement = 60\n"


def shipped(name: str) -> str:
    """The text of a preset."""
    return (CONFIG / f"{name}.toml").read_text()


@rule("Q1")
def test_from_then_on_everything_is_decided_by_the_new_rules() -> None:
    floor = Floor(on_deck=2).opened()
    floor.ask("A")
    text = HEAD + "on_deck = 1\n[limits]\nstatement = 60\n"
    assert floor.do(c.SetProfile, text=text, reason="long list") == {"profile": "night"}
    floor.ask("B")
    assert [floor.request(each).limit_ms for each in "AB"] == [180_000, 60_000]
    assert floor.meeting.profile.on_deck == 1


@rule("Q1")
def test_lists_keep_the_order_that_was_announced() -> None:
    floor = Floor().opened()
    floor.policy("manual")
    floor.do(c.SetProfile, text=shipped("general_debate"))
    assert floor.speakers().policy == "manual"


@rule("Q1")
def test_the_reason_is_for_the_log() -> None:
    floor = Floor().opened()
    floor.do(c.SetProfile, text=TEXT, reason=" agreed  by the bureau ")
    event = floor.events()[0]
    assert isinstance(event, e.ProfileSet)
    assert event.reason == "agreed by the bureau"


@rule("Q1")
def test_undo_does_not_take_it_back_but_the_old_text_does() -> None:
    floor = Floor().opened()
    old = shipped("web_dialogue")
    floor.do(c.SetProfile, text=old)
    before = floor.meeting.profile
    floor.do(c.SetProfile, text=TEXT)
    assert floor.meeting.actions == ()
    floor.do(c.SetProfile, text=old)
    assert floor.meeting.profile == before


@rule("Q1")
def test_an_operator_sets_them_while_the_meeting_lasts() -> None:
    floor = Floor().opened()
    floor.refused("not_permitted", c.SetProfile, delegate("A"), text=TEXT)
    floor.adjourn()
    floor.refused("wrong_meeting_state", c.SetProfile, text=TEXT)


@rule("Q2", "I6")
def test_rules_that_cannot_be_meant_are_refused_with_words_and_the_line() -> None:
    floor = Floor().opened()
    before = floor.meeting.profile
    text = HEAD + "on_deck = 2\nordr = 1\n[limits]\nstatement = 60\n"
    refusal = floor.refused("bad_profile", c.SetProfile, text=text)
    assert refusal.params == {
        "what": "there is no key “ordr”; did you mean “order”?",
        "line": 4,
    }
    refusal = floor.refused("bad_profile", c.SetProfile, text=HEAD)
    assert refusal.params == {"what": "“limits” is missing", "line": None}
    assert floor.meeting.profile is before


@rule("Q1", "G4")
def test_rules_of_many_hands_put_the_gavel_down() -> None:
    floor = Floor(control="gavel").opened()
    floor.do(c.TakeGavel, expect=c.ExpectGavel(None))
    floor.do(c.SetProfile, text=HEAD + 'control = "gavel"\n[limits]\nstatement = 60\n')
    assert floor.meeting.gavel is not None
    floor.refused("no_gavel", c.SetProfile, DEPUTY, text=TEXT)
    floor.do(c.SetProfile, text=TEXT)
    assert floor.meeting.gavel is None
    assert MODERATOR.link in floor.meeting.links


@rule("Q1")
def test_every_screen_is_told() -> None:
    floor = Floor().opened()
    floor.do(c.SetProfile, text=shipped("hrc_dialogue"))
    row = floor.told()["meeting"]["meeting"]
    assert (row["rules"]["title"], row["rules"]["enforcement"]) == (
        "Interactive dialogue",
        "hard",
    )
    staff = snapshot(floor.meeting, "staff")["meeting"]["meeting"]
    assert staff["profile"]["id"] == "hrc_dialogue"
