"""The record as data: complete, and for each audience no more than it may read."""

import msgspec
import pytest
from msgspec import structs

from rostra.core import commands as c
from rostra.core.ids import Audience
from rostra.record.course import course
from rostra.record.language import Language
from rostra.record.minutes import Minutes
from rostra.record.writing import minutes_of
from support.closing import CANARY, CONCLUDED, closing_discussion, commits
from support.floor import DISCUSSION, RAPPORTEUR, Floor, delegate


def made(audience: Audience = "public") -> Minutes:
    """The record of the closing discussion."""
    floor = closing_discussion()
    course_of_it = course(commits(floor))
    return minutes_of(floor.meeting, audience, course=course_of_it)


@pytest.mark.parametrize("audience", ["public", "record", "staff"])
def test_nothing_internal_is_in_a_record(audience: Audience) -> None:
    """A no-show, a mistake and the staff's notes happened, and are not told."""
    text = msgspec.json.encode(made(audience)).decode()
    assert CANARY in repr(closing_discussion().meeting.notes)
    assert CANARY not in text
    assert "no_show" not in text and "voided" not in text


def test_everyone_reads_no_notes_no_limits_and_no_pauses() -> None:
    public, record = made(), made("record")
    assert not any(each.gist for each in public.speeches)
    assert any(each.gist for each in record.speeches)
    assert {each.limit_ms for each in public.speeches} == {None}
    assert {each.held_ms for each in public.speeches} == {None}
    assert sum(each.held_ms or 0 for each in record.speeches) == 185_000, (
        "two pauses and a point of order"
    )
    heads = [column.name for column in public.times.columns]
    assert heads == ["No.", "Began", "Speaker", "Kind", "Time used"]
    lanes = next(each for each in public.pictures if each.key == "timeline")
    assert "Pauses" not in repr(lanes)


def test_figures_by_region_are_the_operators_unless_published() -> None:
    floor = closing_discussion()
    keys = {each.key for each in made("record").totals}
    assert keys == {"delegations", "groups", "kinds"}
    assert {each.region for each in made("record").speeches} == {None}
    assert "regions" in {each.key for each in made("staff").totals}
    published = minutes_of(floor.meeting, "public", regions=True)
    assert "regions" in {each.key for each in published.totals}
    rules = structs.replace(floor.meeting.profile, show_regions=True)
    shown = minutes_of(structs.replace(floor.meeting, profile=rules), "public")
    assert "regions" in {each.key for each in shown.totals}


def test_a_name_that_is_not_confirmed_is_not_told_to_everyone() -> None:
    floor = Floor().opened()
    key = floor.ask("A")
    person = msgspec.convert({"name": "CANARY"}, type=c.Person)
    floor.do(c.NameSpeaker, delegate("A"), request=key, person=person)
    floor.heard("A")
    assert "CANARY" not in repr(minutes_of(floor.meeting, "public"))
    assert "CANARY" in repr(minutes_of(floor.meeting, "record"))


def test_the_heading_says_what_when_where_and_who_presided() -> None:
    head = made().heading
    assert head.title == "Interactive Closing Discussion"
    assert head.held == "Held on Friday, 10 July 2020, at 11.34 a.m. (New York)"
    assert head.presided == (
        "H.E. Mr. Tomas Verel (Permanent Representative of Adunara)",
    )
    assert not any(section.presider for section in made().sections)


def test_every_delivered_intervention_is_in_it_once() -> None:
    floor, record = closing_discussion(), made()
    assert [each.id for each in record.speeches] == list(floor.meeting.delivered)
    told = [
        key for s in record.sections for p in s.paragraphs for key in p.interventions
    ]
    assert sorted(told) == sorted(floor.meeting.delivered)


def test_totals_add_up_to_what_was_spoken() -> None:
    record = made()
    (kinds,) = [each for each in record.totals if each.key == "kinds"]
    whole = sum(each.used_ms for each in record.speeches)
    assert sum(int(row[2] or 0) for row in kinds.rows) == whole
    assert sum(int(row[1] or 0) for row in kinds.rows) == len(record.speeches)


def test_everyone_reads_the_conclusions_that_were_released() -> None:
    public, record = made().conclusions, made("record").conclusions
    assert public is not None and record is not None
    told = [each.text for part in public.parts for each in part.conclusions]
    assert told == list(CONCLUDED)
    assert (public.addenda, "DRAFT" in repr(public)) == ((), False)
    ((late,),) = [part.conclusions for part in record.addenda]
    assert (late.text, late.state) == ("A DRAFT that is not agreed.", "draft")


def test_everyone_is_shown_the_figures_that_were_published() -> None:
    meeting = structs.replace(closing_discussion().meeting, published=("timeline",))
    public = minutes_of(meeting, "public")
    assert [each.key for each in public.pictures] == ["timeline"]
    assert public.totals == ()
    whole = minutes_of(meeting, "record")
    assert [each.key for each in whole.totals] == ["delegations", "groups", "kinds"]
    by_region = structs.replace(meeting, published=("time_by_group",))
    assert [e.key for e in minutes_of(by_region).totals] == ["regions"]


def test_of_a_closed_segment_the_record_says_nobody() -> None:
    plan = structs.replace(DISCUSSION, attributed=False)
    floor = Floor(plan).opened()
    floor.ask("A", "B", "C")
    gist = {"text": "The gist.", "intervention": floor.heard("A")}
    floor.do(c.WriteNote, RAPPORTEUR, **gist)
    floor.heard("B")
    floor.heard("C")
    for audience in ("public", "record"):
        record = minutes_of(floor.meeting, audience)
        assert "State of" not in repr(record)
    texts = [(e.lead, e.text) for s in record.sections for e in s.paragraphs]
    assert texts == [("A speaker", ": The gist."), ("", "Statements were made.")]
    assert "State of A" in repr(minutes_of(floor.meeting, "staff"))


def test_a_meeting_that_has_not_begun_has_a_record_of_nothing() -> None:
    record = minutes_of(Floor().meeting)
    assert (record.sections, record.speeches, record.pictures) == ((), (), ())
    assert record.opening == record.closing == ()


def test_it_says_from_which_commits_it_was_made() -> None:
    meeting = closing_discussion().meeting
    said = minutes_of(meeting, chain="A1B2").provenance
    assert f"1 to {meeting.seq}" in said and said.endswith("mark A1B2.")


def test_it_is_in_the_language_that_was_asked_for() -> None:
    arabic = Language("ar", lambda text: f"[{text}]")
    found = minutes_of(closing_discussion().meeting, "public", arabic)
    assert (found.language, found.direction) == ("ar", "rtl")
    assert found.heading.form == "[Summary record]"
    assert "كورفينا" in repr(found.speeches)
