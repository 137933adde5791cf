"""Conclusions: drawn, ordered, handed over, released."""

from typing import Any

from rostra.core import commands as c
from rostra.core.ids import ConclusionId, Instant, InterventionId, SegmentId
from rostra.core.meeting import Conclusion
from rostra.core.views import snapshot
from support.floor import DISCUSSION, RAPPORTEUR, Floor, rule

FIRST, SECOND = SegmentId("s1.0"), SegmentId("s1.1")


def drawn(floor: Floor, text: str, question: int | None = None, **more: Any) -> Any:
    """A rapporteur draws a conclusion in the first segment."""
    fields = {"under": c.Heading(FIRST, question), **more}
    made = floor.do(c.WriteConclusion, RAPPORTEUR, text=text, **fields)
    return made["conclusion"]


def written(floor: Floor, key: ConclusionId, version: int, **fields: Any) -> Conclusion:
    """It is changed by one who has read *version*."""
    edit = {"conclusion": key, "version": version, **fields}
    floor.do(c.WriteConclusion, RAPPORTEUR, **edit)
    return floor.meeting.conclusions[key]


def refused(floor: Floor, code: Any, key: ConclusionId, **fields: Any) -> Any:
    """It is not changed, because of *code*."""
    return floor.refused(code, c.WriteConclusion, RAPPORTEUR, conclusion=key, **fields)


def standing(floor: Floor, question: int | None = None, segment: Any = FIRST) -> str:
    """The texts under a heading in their order; a bar stands before the addendum."""
    found = [
        each
        for each in floor.meeting.conclusions.values()
        if (each.segment, each.question) == (segment, question)
    ]
    found.sort(key=lambda each: (each.addendum, each.place))
    for part in (False, True):
        places = [each.place for each in found if each.addendum is part]
        assert places == list(range(len(places)))
    said = [f"|{each.text}" if each.addendum else each.text for each in found]
    return " ".join(said)


def move(floor: Floor, key: ConclusionId, to: int, **more: Any) -> None:
    """It is moved from where it stands."""
    place = floor.meeting.conclusions[key].place
    expect = c.ExpectConclusionPlace(key, place)
    floor.do(c.MoveConclusion, RAPPORTEUR, to=to, expect=expect, **more)


def hand_over(floor: Floor) -> None:
    """Handed over."""
    floor.do(c.HandOver, RAPPORTEUR, expect=handed_over(floor))


def handed_over(floor: Floor) -> c.ExpectHandOver:
    """What the button shows."""
    return c.ExpectHandOver(floor.meeting.handed_over_at)


def release(floor: Floor, *keys: ConclusionId, released: bool = True) -> None:
    """An operator shows them to everyone, or no longer."""
    floor.do(c.ReleaseConclusions, released=released, expect=as_read(floor, *keys))


def as_read(floor: Floor, *keys: ConclusionId) -> tuple[c.ExpectConclusion, ...]:
    """Conclusions as they stand."""
    found = map(floor.meeting.conclusions.__getitem__, keys)
    return tuple(c.ExpectConclusion(each.id, each.version) for each in found)


@rule("R12")
def test_a_conclusion_stands_last_under_its_heading_with_what_supports_it() -> None:
    floor = Floor().opened()
    floor.ask("A")
    row = floor.heard("A")
    drawn(floor, "one", 1)
    links = c.SupportEdit((row, row))
    key = drawn(floor, " two ", 1, interventions=links)
    drawn(floor, "general")
    assert (standing(floor, 1), standing(floor)) == ("one two", "general")
    seen = snapshot(floor.meeting, "record")["conclusions"][key]
    assert (seen["interventions"], seen["agreed"], seen["version"]) == (
        (row,),
        False,
        1,
    )
    assert (seen["place"], seen["text"], seen["question"]) == (1, "two", 1)
    assert seen == snapshot(floor.meeting, "staff")["conclusions"][key]


@rule("R12")
def test_a_conclusion_needs_words_a_heading_and_what_there_is() -> None:
    floor = Floor().opened()
    floor.ask("A")
    called = floor.call("A")
    here = c.Heading(FIRST)
    for code, fields in (
        ("empty", {"under": here}),
        ("empty", {"under": here, "text": " \n"}),
        ("empty", {"text": "x"}),
        ("no_such_entity", {"under": c.Heading(SegmentId("s9.9")), "text": "x"}),
        ("no_such_entity", {"under": c.Heading(FIRST, 4), "text": "x"}),
        ("no_such_entity", {"conclusion": ConclusionId("c9.9"), "text": "x"}),
    ):
        floor.refused(code, c.WriteConclusion, RAPPORTEUR, **fields)  # type: ignore[arg-type]
    for row in (called, InterventionId("i9.9")):
        links = {"under": here, "text": "x", "interventions": c.SupportEdit((row,))}
        floor.refused("no_such_entity", c.WriteConclusion, **links)
    floor.do(c.WriteConclusion, under=here, text="an operator may, too")


@rule("R13", "I6")
def test_text_and_agreement_are_never_written_over() -> None:
    floor = Floor().opened()
    key = drawn(floor, "one")
    written(floor, key, 1, text="two")
    late = refused(floor, "stale", key, text="three", version=1)
    assert late.current == {"conclusion": key, "version": 2, "text": "two"}
    # nobody agrees to what was not read
    refused(floor, "stale", key, agreed=True, version=1)
    assert written(floor, key, 2, agreed=True).agreed
    unread = refused(floor, "stale", key, text="three", version=2)
    assert unread.current == {"conclusion": key, "version": 3, "agreed": True}
    assert not written(floor, key, 3, text="three").agreed
    assert written(floor, key, 4, text="four", agreed=True).agreed
    refused(floor, "stale", key, text="five", version=9)
    refused(floor, "empty", key, version=5)
    refused(floor, "empty", key, text=" ", version=5)


@rule("R13")
def test_links_merge_one_by_one() -> None:
    floor = Floor().opened()
    floor.ask("A", "B")
    one, other = floor.heard("A"), floor.heard("B")
    key = drawn(floor, "one")
    written(floor, key, 1, interventions=c.SupportEdit((one,)))
    written(floor, key, 1, interventions=c.SupportEdit((other, one)))
    last = written(floor, key, 1, interventions=c.SupportEdit((), (one,)))
    assert last.interventions == (other,)


@rule("R14")
def test_conclusions_are_brought_into_order() -> None:
    floor = Floor(DISCUSSION, DISCUSSION).opened()
    keys = [drawn(floor, text) for text in ("a", "b", "c")]
    move(floor, keys[2], 0)
    assert standing(floor) == "c a b"
    move(floor, keys[2], 1)
    assert standing(floor) == "a c b"
    move(floor, keys[0], 0, under=c.Heading(SECOND, 2))
    assert (standing(floor), standing(floor, 2, SECOND)) == ("c b", "a")
    expect = c.ExpectConclusionPlace(keys[1], 1)
    floor.refused("bad_place", c.MoveConclusion, to=2, expect=expect)
    floor.refused("bad_place", c.MoveConclusion, to=-1, expect=expect)
    nowhere = c.Heading(FIRST, 9)
    floor.refused(
        "no_such_entity", c.MoveConclusion, to=0, under=nowhere, expect=expect
    )
    stale = floor.refused(
        "stale", c.MoveConclusion, to=0, expect=c.ExpectConclusionPlace(keys[1], 2)
    )
    assert stale.current == {"conclusion": keys[1], "place": 1}


@rule("R14")
def test_one_that_is_dropped_leaves_no_gap() -> None:
    floor = Floor().opened()
    keys = [drawn(floor, text) for text in ("a", "b", "c")]
    written(floor, keys[0], 1, agreed=True)
    old = c.ExpectConclusion(keys[0], 1)
    floor.refused("stale", c.DropConclusion, RAPPORTEUR, expect=old)
    floor.do(c.DropConclusion, RAPPORTEUR, expect=c.ExpectConclusion(keys[0], 2))
    assert standing(floor) == "b c"
    floor.refused("no_such_entity", c.DropConclusion, expect=old)


@rule("R15")
def test_what_is_handed_over_stays_and_what_comes_is_an_addendum() -> None:
    floor = Floor().opened()
    floor.refused("empty", c.HandOver, RAPPORTEUR, expect=handed_over(floor))
    keys = [drawn(floor, text) for text in ("a", "b")]
    before = handed_over(floor)
    hand_over(floor)
    assert (
        snapshot(floor.meeting, "staff")["meeting"]["meeting"]["handed_over_at"]
        == floor.meeting.handed_over_at
    )
    floor.refused("stale", c.HandOver, expect=before)
    floor.refused("conclusion_fixed", c.HandOver, expect=handed_over(floor))
    floor.ask("A")
    links = c.SupportEdit((floor.heard("A"),))
    for fields in ({"text": "x"}, {"interventions": links}):
        fixed = refused(floor, "conclusion_fixed", keys[0], version=1, **fields)
        assert fixed.params == {"what": "handed_over"}
    expect = c.ExpectConclusionPlace(keys[0], 0)
    floor.refused("conclusion_fixed", c.MoveConclusion, to=1, expect=expect)
    (shown,) = as_read(floor, keys[0])
    floor.refused("conclusion_fixed", c.DropConclusion, expect=shown)
    assert written(floor, keys[0], 1, agreed=True).agreed
    later = [drawn(floor, text) for text in ("c", "d")]
    move(floor, later[1], 0)
    assert standing(floor) == "a b |d |c"


@rule("R15")
def test_what_was_handed_over_is_opened_again_with_a_reason() -> None:
    floor = Floor().opened()
    reopen: dict[str, Any] = {"reason": "one is missing", "expect": handed_over(floor)}
    floor.refused("stale", c.ReopenConclusions, RAPPORTEUR, **reopen)
    for text in ("a", "b"):
        drawn(floor, text)
    hand_over(floor)
    keys = [drawn(floor, text) for text in ("c", "d")]
    move(floor, keys[0], 1)
    floor.refused("stale", c.ReopenConclusions, RAPPORTEUR, **reopen)
    reopen["expect"] = handed_over(floor)
    floor.refused(
        "reason_needed", c.ReopenConclusions, RAPPORTEUR, **{**reopen, "reason": " "}
    )
    floor.do(c.ReopenConclusions, RAPPORTEUR, **reopen)
    assert standing(floor) == "a b d c"
    hand_over(floor)


@rule("R16", "I10")
def test_a_conclusion_is_public_while_it_is_released() -> None:
    floor = Floor().opened()
    key = drawn(floor, "one", 2)
    assert not floor.public()
    draft = as_read(floor, key)
    floor.refused("not_agreed", c.ReleaseConclusions, released=True, expect=draft)
    written(floor, key, 1, agreed=True)
    floor.refused("stale", c.ReleaseConclusions, released=True, expect=draft)
    release(floor, key)
    assert floor.told()["conclusions"][key] == {
        "id": key,
        "segment": FIRST,
        "question": 2,
        "place": 0,
        "text": "one",
        "addendum": False,
    }
    again = as_read(floor, key)
    floor.refused("stale", c.ReleaseConclusions, released=True, expect=again)
    release(floor, key, released=False)
    assert floor.public().drop == {"conclusions": [key]}


@rule("R16")
def test_what_is_released_is_taken_back_before_it_is_changed() -> None:
    floor = Floor().opened()
    key, other = drawn(floor, "one", agreed=True), drawn(floor, "two")
    release(floor, key)
    for fields in ({"text": "x"}, {"agreed": False}):
        fixed = refused(floor, "conclusion_fixed", key, version=1, **fields)
        assert fixed.params == {"what": "released"}
    (shown,) = as_read(floor, key)
    floor.refused("conclusion_fixed", c.DropConclusion, expect=shown)
    elsewhere = {"under": c.Heading(FIRST, 1), "to": 0}
    expect = c.ExpectConclusionPlace(key, 0)
    floor.refused("conclusion_fixed", c.MoveConclusion, expect=expect, **elsewhere)
    move(floor, other, 0)
    assert floor.told()["conclusions"] == {key: {"place": 1}}
    release(floor, key, released=False)
    written(floor, key, 1, text="x")


@rule("R16", "R15")
def test_what_was_handed_over_can_be_released() -> None:
    floor = Floor().opened()
    key = drawn(floor, "one", agreed=True)
    hand_over(floor)
    release(floor, key)
    (said,) = floor.events()
    assert (said.texts, said.released) == (("one",), True)  # type: ignore[union-attr]


@rule("R20", "I6")
def test_a_released_conclusion_takes_the_displays_until_it_is_taken_back() -> None:
    floor = Floor().opened()
    one, two = (drawn(floor, name, agreed=True) for name in ("one", "two"))

    def onto(key: ConclusionId | None, stood: ConclusionId | None) -> dict[str, Any]:
        return {"conclusion": key, "expect": c.ExpectShown(stood)}

    floor.refused("no_such_entity", c.ShowConclusion, **onto(one, None))
    release(floor, one, two)
    floor.do(c.ShowConclusion, **onto(one, None))
    assert floor.told()["meeting"]["meeting"] == {"conclusion_shown": one}
    for stale in (onto(two, None), onto(one, one), onto(None, two)):
        floor.refused("stale", c.ShowConclusion, **stale)
    floor.do(c.ShowConclusion, **onto(two, one))
    release(floor, one, released=False)
    assert floor.meeting.conclusion_shown == two
    release(floor, two, released=False)
    assert floor.meeting.conclusion_shown is None
    release(floor, two)
    floor.do(c.ShowConclusion, **onto(two, None))
    floor.do(c.ShowConclusion, **onto(None, two))
    assert floor.told()["meeting"]["meeting"] == {"conclusion_shown": None}


@rule("R12", "M7")
def test_conclusions_are_drawn_until_the_record_is_closed() -> None:
    floor = Floor()
    key = drawn(floor, "before the meeting", agreed=True)
    floor.opened().adjourn()
    release(floor, key)
    floor.do(c.CloseRecord, expect=floor.expect_state())
    last: tuple[tuple[Any, dict[str, Any]], ...] = (
        (c.WriteConclusion, {"under": c.Heading(FIRST), "text": "late"}),
        (c.MoveConclusion, {"to": 0, "expect": c.ExpectConclusionPlace(key, 0)}),
        (c.DropConclusion, {"expect": as_read(floor, key)[0]}),
        (c.HandOver, {"expect": handed_over(floor)}),
        (c.ReopenConclusions, {"reason": "x", "expect": handed_over(floor)}),
        (c.ReleaseConclusions, {"released": False, "expect": as_read(floor, key)}),
        (c.ShowConclusion, {"conclusion": key, "expect": c.ExpectShown(None)}),
    )
    for kind, fields in last:
        floor.refused("wrong_meeting_state", kind, **fields)
    assert floor.meeting.at < Instant(floor.now + 1)
