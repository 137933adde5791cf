"""Corrections: in writing, and of how a finished row names its speaker."""

from typing import Any

from rostra.core import commands as c
from rostra.core.ids import Code, GroupCode, Instant, InterventionId, NoteId
from rostra.core.own import mine, mine_changed
from rostra.core.views import snapshot
from support.floor import (
    MODERATOR,
    RAPPORTEUR,
    SECOND,
    Floor,
    delegate,
    person,
    rule,
)


def heard() -> tuple[Floor, InterventionId]:
    """A meeting in which A was heard, and its row."""
    floor = Floor().opened()
    floor.ask("A", person=person("Ms. Ai", "Minister"))
    return floor, floor.heard("A")


def shown(floor: Floor, row: InterventionId, audience: Any = "record") -> Any:
    """The row as an audience sees it."""
    return snapshot(floor.meeting, audience)["interventions"][row]


def correct_row(
    floor: Floor, row: InterventionId, by: Any = RAPPORTEUR, **fields: Any
) -> None:
    """The row is corrected, as it stands."""
    times = len(floor.meeting.interventions[row].corrections)
    fields = {"reason": "misheard", **fields}
    floor.do(c.CorrectRow, by, expect=c.ExpectRow(row, times), **fields)


@rule("N6")
def test_a_correction_goes_to_the_log_and_nobody_edits_it() -> None:
    floor = Floor().opened()
    floor.ask("A")
    key = floor.heard("A")
    text = " The year was 2019.\n"
    made = floor.do(c.Correct, delegate("B"), intervention=key, text=text)
    (row,) = snapshot(floor.meeting, "record")["notes"].values()
    assert (row["text"], row["intervention"]) == ("The year was 2019.", key)
    assert (row["correction"], row["correction_by"]) == (True, "B")
    edit = {"note": made["note"], "text": "2020", "version": 1}
    floor.refused("not_permitted", c.WriteNote, RAPPORTEUR, **edit)
    floor.refused("not_permitted", c.WriteNote, **edit)
    assert not floor.public()


@rule("N6", "N3")
def test_a_correction_is_not_in_the_way_of_the_rapporteur_s_gist() -> None:
    floor = Floor().opened()
    floor.ask("A")
    key = floor.heard("A")
    floor.do(c.Correct, intervention=key, text="For a guest.")
    floor.do(c.Correct, delegate("A"), intervention=key, text="One.")
    floor.do(c.Correct, delegate("A"), intervention=key, text="Another.")
    floor.do(c.WriteNote, RAPPORTEUR, intervention=key, text="gist")
    notes = floor.meeting.notes.values()
    assert [note.correction_by for note in notes] == [None, "A", "A", None]
    assert [note.correction for note in notes] == [True, True, True, False]


@rule("N6")
def test_only_what_stands_in_the_record_is_corrected() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    key = floor.speak("A", 10)
    by = delegate("A")
    floor.refused("no_such_entity", c.Correct, by, intervention=key, text="x")
    floor.end()
    floor.refused("empty", c.Correct, by, intervention=key, text=" \n ")
    wrong = floor.speak("B", 5)
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    floor.refused("no_such_entity", c.Correct, by, intervention=wrong, text="x")
    nowhere = InterventionId("i9.9")
    floor.refused("no_such_entity", c.Correct, by, intervention=nowhere, text="x")
    floor.refused("not_permitted", c.Correct, RAPPORTEUR, intervention=key, text="x")
    floor.adjourn()
    floor.do(c.Correct, intervention=key, text="After the meeting.")


@rule("R8")
def test_a_row_is_corrected_and_its_old_reading_stays_readable() -> None:
    floor, row = heard()
    before = shown(floor, row)
    when = floor.wait(60).now
    correct_row(floor, row, person=person(" Ms. Ay ", "Minister"))
    after = shown(floor, row)
    assert after["person"] == {"name": "Ms. Ay", "title": "Minister"}
    assert after["corrections"] == (
        {
            "at": when,
            "reason": "misheard",
            "was": {
                "person": {"name": "Ms. Ai", "title": "Minister"},
                "kind": "statement",
                "group": None,
                "group_text": "",
            },
        },
    )
    same = before.keys() - {"person", "confirmed", "corrections"}
    assert {k: before[k] for k in same} == {k: after[k] for k in same}
    # what was said of the request stands as it was said
    assert floor.request("A").person == person("Ms. Ai", "Minister")


@rule("R8", "N1", "I10")
def test_a_corrected_name_is_public_and_how_it_read_before_is_not() -> None:
    floor, row = heard()
    assert shown(floor, row, "public")["person"] is None
    correct_row(floor, row, MODERATOR, person=person("Ms. Ay"))
    seen = shown(floor, row, "public")
    assert seen["person"] == {"name": "Ms. Ay", "title": ""}
    assert "corrections" not in seen and "Ai" not in str(floor.public())
    assert shown(floor, row)["confirmed"]


@rule("R8", "N1")
def test_who_corrects_the_group_alone_confirms_no_name() -> None:
    floor, row = heard()
    correct_row(floor, row, capacity=c.Capacity(GroupCode("G77")))
    seen = shown(floor, row, "public")
    assert (seen["group"], seen["person"]) == ("G77", None)
    assert not shown(floor, row)["confirmed"]


@rule("R8", "K2", "K7")
def test_the_totals_follow_the_row_and_the_order_of_the_lists_does_not() -> None:
    floor, row = heard()
    spoken = floor.speakers().spoken
    correct_row(floor, row, capacity=c.Capacity(group_text="Friends of the quay"))
    seen = snapshot(floor.meeting, "public")
    assert list(seen["delegations"]) == ["group:friends of the quay"]
    assert shown(floor, row, "public")["kind"] == "group_statement"
    assert floor.speakers().spoken == spoken == {"A": 1}
    correct_row(floor, row, capacity=c.Capacity())
    assert list(snapshot(floor.meeting, "public")["delegations"]) == ["A"]
    assert shown(floor, row)["kind"] == "statement"
    total = floor.meeting.totals["A"]
    assert (total.interventions, total.spoken_ms) == (1, 60 * SECOND)
    readings = [each["was"]["group_text"] for each in shown(floor, row)["corrections"]]
    assert readings == ["", "Friends of the quay"]


@rule("R8")
def test_what_a_further_correction_leaves_open_stays_as_it_was_corrected() -> None:
    floor, row = heard()
    correct_row(floor, row, person=person("Ms. Ay"))
    correct_row(floor, row, capacity=c.Capacity(GroupCode("G77")))
    seen = shown(floor, row)
    assert (seen["person"]["name"], seen["group"]) == ("Ms. Ay", "G77")
    correct_row(floor, row, person=person("Ms. Bee"))
    seen = shown(floor, row)
    assert (seen["person"]["name"], seen["group"]) == ("Ms. Bee", "G77")
    assert [each["was"]["group"] for each in seen["corrections"]] == [None, None, "G77"]


@rule("R8")
def test_only_a_statement_becomes_a_group_s() -> None:
    floor, _ = heard()
    floor.reply("B")
    floor.phase("reply_1")
    reply = floor.heard("B")
    correct_row(floor, reply, capacity=c.Capacity(GroupCode("G77")))
    seen = shown(floor, reply)
    assert (seen["kind"], seen["group"]) == ("right_of_reply", "G77")


@rule("R8", "I6")
def test_a_correction_says_something_of_what_the_screen_showed() -> None:
    floor, row = heard()
    ok = {"reason": "misheard", "person": person("Ms. Ay")}
    expect = c.ExpectRow(row, 0)

    def refused(code: Any, expect: c.ExpectRow = expect, **fields: Any) -> Any:
        return floor.refused(
            code, c.CorrectRow, RAPPORTEUR, expect=expect, **{**ok, **fields}
        )

    refused("empty", person=None)
    refused("empty", person=person("  "))
    refused("reason_needed", reason=" ")
    refused("no_such_entity", capacity=c.Capacity(GroupCode("NONE")))
    refused("no_such_entity", c.ExpectRow(InterventionId("i9.9"), 0))
    correct_row(floor, row, person=person("Ms. Ay"))
    stale = refused("stale")
    assert (stale.params["what"], stale.current) == ("row", {"corrections": 1})
    speaking = floor.speak("B", 5) if floor.ask("B") else row
    refused("no_such_entity", c.ExpectRow(speaking, 0))


@rule("R8", "M7", "U3")
def test_a_row_is_corrected_until_the_record_is_closed() -> None:
    floor, row = heard()
    correct_row(floor, row, person=person("Ms. Ay"))
    floor.undo()
    # it is on the floor again; what was said of it is kept
    floor.end()
    assert shown(floor, row)["person"]["name"] == "Ms. Ay"
    floor.adjourn()
    correct_row(floor, row, person=person("Ms. Bee"))
    floor.do(c.CloseRecord, expect=floor.expect_state())
    last = {"reason": "late", "person": person("X"), "expect": c.ExpectRow(row, 2)}
    floor.refused("wrong_meeting_state", c.CorrectRow, **last)


def proposed(floor: Floor, row: InterventionId, **fields: Any) -> NoteId:
    """A proposes how its row should read."""
    fields = {"text": "Her name is spelt so.", "person": person("Ms. Ay"), **fields}
    made = floor.do(c.Correct, delegate("A"), intervention=row, **fields)
    return NoteId(made["note"])


@rule("R9")
def test_a_delegation_proposes_how_its_own_row_should_read() -> None:
    floor, row = heard()
    key = proposed(floor, row, capacity=c.Capacity(GroupCode("G77")))
    filed = floor.meeting.notes[key].proposed
    assert filed is not None
    assert (filed.person, filed.kind, filed.group) == (
        person("Ms. Ay"),
        "group_statement",
        "G77",
    )
    assert shown(floor, row)["person"]["name"] == "Ms. Ai"
    fields = {"intervention": row, "text": "x", "person": person("X")}
    floor.refused("not_your_delegation", c.Correct, delegate("B"), **fields)
    floor.do(c.Correct, **fields)
    fields = {"intervention": row, "text": "x", "capacity": c.Capacity(GroupCode("X"))}
    floor.refused("no_such_entity", c.Correct, delegate("A"), **fields)


@rule("R11")
def test_what_is_accepted_is_read_in_the_row() -> None:
    floor, row = heard()
    key = proposed(floor, row)
    floor.do(c.SettleCorrection, correction=key, accept=True)
    seen = shown(floor, row)
    assert seen["person"]["name"] == "Ms. Ay"
    assert seen["corrections"][0]["reason"] == "Her name is spelt so."
    note = snapshot(floor.meeting, "record")["notes"][key]
    assert (note["settled"], note["answer"]) == ("accepted", "")
    again = floor.refused("stale", c.SettleCorrection, correction=key, accept=False)
    assert again.current == {"settled": "accepted", "answer": ""}


@rule("R11", "I10")
def test_what_is_declined_changes_nothing_and_the_delegation_is_told_why() -> None:
    floor, row = heard()
    key = proposed(floor, row)
    assert mine(floor.meeting, Code("A")).corrections[0].settled is None
    floor.refused("reason_needed", c.SettleCorrection, correction=key, accept=False)
    why = {"accept": False, "reason": "The recording says otherwise."}
    floor.do(c.SettleCorrection, correction=key, **why)
    assert shown(floor, row)["person"]["name"] == "Ms. Ai"
    (own,) = mine(floor.meeting, Code("A")).corrections
    assert (own.settled, own.answer) == ("declined", "The recording says otherwise.")
    assert (own.id, own.intervention, own.text) == (key, row, "Her name is spelt so.")
    assert mine_changed(floor.before, floor.meeting) == {"A"}
    assert mine(floor.meeting, Code("B")).corrections == ()
    assert not floor.public()


@rule("R11")
def test_only_a_correction_is_settled_and_only_a_row_that_stands_reads_otherwise() -> (
    None
):
    floor, row = heard()
    note = floor.do(c.WriteNote, RAPPORTEUR, intervention=row, text="gist")["note"]
    for key in (note, NoteId("n9.9")):
        floor.refused("no_such_entity", c.SettleCorrection, correction=key, accept=True)
    key = proposed(floor, row)
    written = floor.do(c.Correct, delegate("B"), intervention=row, text="2019")
    floor.undo()
    floor.do(c.Revoke, reason="mistake", expect=floor.on_floor)
    floor.refused("no_such_entity", c.SettleCorrection, correction=key, accept=True)
    floor.do(c.SettleCorrection, correction=written["note"], accept=True)


@rule("R10")
def test_after_the_meeting_delegations_have_as_long_as_the_secretariat_says() -> None:
    floor, row = heard()
    until = Instant(floor.now + 100 * SECOND)
    state = floor.expect_state()
    floor.refused("wrong_meeting_state", c.OpenCorrections, until=until, expect=state)
    floor.adjourn()
    fields = {"intervention": row, "text": "2019"}
    floor.refused("corrections_closed", c.Correct, delegate("A"), **fields)
    floor.do(c.Correct, **fields)
    floor.refused("stale", c.OpenCorrections, until=until, expect=state)
    rose = floor.expect_state()
    floor.refused("bad_time", c.OpenCorrections, until=floor.now, expect=rose)
    floor.do(c.OpenCorrections, until=until, expect=rose)
    assert floor.told()["meeting"]["meeting"] == {"corrections_until": until}
    floor.do(c.Correct, delegate("A"), **fields)
    floor.wait(100)
    late = floor.refused("corrections_closed", c.Correct, delegate("A"), **fields)
    assert late.params == {"until": until}
    later = Instant(floor.now + SECOND)
    floor.do(c.OpenCorrections, until=later, expect=rose)
    proposed(floor, row)
    floor.do(c.OpenCorrections, until=None, expect=rose)
    floor.refused("corrections_closed", c.Correct, delegate("A"), **fields)
