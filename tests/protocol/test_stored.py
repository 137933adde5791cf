"""The stored form: what lies in which part of a commit, and that it comes back."""

import json
from random import Random
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from rostra.adapters.memory_journal import MemoryJournal
from rostra.core import events as e
from rostra.core.ids import Instant, LinkId
from rostra.core.meeting import Person
from rostra.protocol.commit import Commit, first_hash, follows, seal
from rostra.protocol.stored import (
    FORMAT,
    NewerFormat,
    Origin,
    Record,
    part_of,
    read,
    without_persons,
    write,
)
from support.instances import instances
from support.rooms import (
    MEETING,
    HandClock,
    Sender,
    begin,
    call_next,
    on_floor,
    on_list,
    opened,
)

EVENTS: tuple[type[e.Event], ...] = get_args(e.AnyEvent)
SALTS = (b"p" * 16, b"i" * 16)
PARTS = ("open", "personal", "internal")
NOTE: Any = {
    "note": "n7.0",
    "intervention": None,
    "request": None,
    "scope": "staff",
    "text": "as it was",
    "version": 1,
}

#: What is open to everyone, by hand: all that is not here is internal or personal.
OPEN: dict[str, str] = {
    "meeting_created": "v meeting programme planned profile roster",
    "lobby_opened": "v",
    "called_to_order": "v",
    "meeting_suspended": "v resume_at",
    "meeting_resumed": "v",
    "past_lost": "v after until",
    "meeting_rose": "v written_until",
    "record_closed": "v",
    "segment_entered": "v segment left",
    "presider_set": "v segment function",
    "phase_entered": "v segment phase",
    "profile_set": "v profile",
    "opening_announced": "v list opens_at",
    "lot_window_opened": "v list until commitment",
    "draw_prepared": "v list number commitment",
    "drawn": "v list number policy seed inputs order letter region",
    "auto_close_set": "v list closes_at",
    "limits_set": "v list limits_s",
    "list_opened": "v list",
    "closing_announced": "v list closes_at",
    "list_closed": "v list basis",
    "list_reopened": "v list basis",
    "policy_set": "v list policy modifiers",
    "request_registered": "v request list kind delegation group label part language "
    "number generation limit_ms addressed answers shown side motion on item to turn "
    "media_ms national_capacity",
    "intervention_ended": "v intervention row",
    "row_corrected": "v intervention kind group group_text",
    "corrections_opened": "v until",
    "conclusions_released": "v conclusions texts released",
    "conclusion_shown": "v conclusion",
    "publication_set": "v published",
    "persons_erased": "v",
    "announced": "v announcement text",
    "announcement_cleared": "v announcement",
}
#: Who a person is and which device it was: may be deleted later.
PERSONAL: dict[str, str] = {
    "meeting_created": "persons",
    "presider_set": "name",
    "request_registered": "person device",
    "request_joined": "device",
    "request_parked": "device",
    "request_unparked": "device",
    "swap_offered": "device",
    "swap_accepted": "device",
    "contact_set": "contact",
    "request_withdrawn": "device",
    "ready_said": "device",
    "intervention_ended": "device",
    "speaker_named": "person",
    "signal_raised": "device",
    "note_written": "person",
    "row_corrected": "person",
}
#: What must leave no trace in the open part, not even that it happened.
NEVER_OPEN = frozenset(
    (
        "floor_given",
        "called_again",
        "ready_said",
        "clock_started",
        "clock_held",
        "clock_resumed",
        "time_extended",
        "time_credited",
        "downtime_noted",
        "intervention_voided",
        "request_dropped",
        "request_withdrawn",
        "request_returned",
        "requests_expired",
        "request_moved",
        "note_written",
        "correction_settled",
        "conclusion_written",
        "conclusion_moved",
        "conclusion_dropped",
        "conclusions_handed_over",
        "conclusions_reopened",
        "act_taken",
        "act_undone",
        "signal_raised",
        "speaker_named",
        "request_accepted",
        "request_parked",
        "late_admitted",
        "window_set",
        "swap_offered",
        "swap_ended",
        "cut_signalled",
        "ruling_recorded",
        "message_sent",
        "readiness_ticked",
        "attendance_marked",
        "contact_set",
        "delegation_flagged",
        "gavel_passed",
        "link_revoked",
        "link_renewed",
    )
)


def tag_of(event: type[e.Event]) -> str:
    """The event's name in the journal."""
    return str(event.__struct_config__.tag)


def record_of(*events: Any, result: dict[str, Any] | None = None) -> Record:
    """A commit with *events*."""
    return Record(
        meeting=MEETING,
        epoch="e1",
        seq=7,
        at=Instant(1_594_395_000_000),
        events=events,
        origin=Origin(
            role="moderator",
            link=LinkId("op1"),
            command="command-1",
            digest="00ff",
            result=result or {},
        ),
    )


def sealed(record: Record) -> Commit:
    """The commit that *record* becomes."""
    return seal(first_hash(MEETING), record.seq, write(record), SALTS)


def divided(event: Any) -> dict[str, set[str]]:
    """The names of the fields that each part of a commit of *event* holds."""
    found: dict[str, set[str]] = {}
    for part, content in zip(PARTS, write(record_of(event)), strict=True):
        entries = json.loads(content)["events"]
        found[part] = {name for _, _, fields in entries for name in fields}
    return found


any_event = st.one_of(*map(instances, EVENTS))


def test_every_event_that_is_written_is_one_that_can_be_read() -> None:
    defined = {
        each
        for each in vars(e).values()
        if isinstance(each, type) and issubclass(each, e.Event) and each is not e.Event
    }
    assert set(EVENTS) == defined
    assert len({tag_of(each) for each in EVENTS}) == len(EVENTS)


@pytest.mark.parametrize("event", EVENTS, ids=tag_of)
def test_every_event_comes_back_as_it_was(event: type[e.Event]) -> None:
    @given(instances(event))
    @settings(max_examples=25)
    def comes_back(one: Any) -> None:
        record = record_of(one)
        assert read(sealed(record)) == record

    comes_back()


@given(st.lists(any_event, min_size=1, max_size=5))
@settings(max_examples=50)
def test_a_commit_of_many_events_comes_back_in_order(events: list[Any]) -> None:
    record = record_of(*events, result={"request": "r7.0", "place": 3})
    assert read(sealed(record)) == record


@given(st.lists(any_event, min_size=1, max_size=5))
@settings(max_examples=50)
def test_without_its_personal_part_it_comes_back_without_persons(
    events: list[Any],
) -> None:
    record = record_of(*events)
    whole = sealed(record)
    rest = structs.replace(whole, personal=None, personal_salt=None)
    assert follows(first_hash(MEETING), rest)
    assert read(rest) == without_persons(record)
    persons = [getattr(event, "person", None) for event in read(rest).events]
    assert persons == [None] * len(events)


@pytest.mark.parametrize("event", EVENTS, ids=tag_of)
def test_every_field_lies_in_the_part_that_the_table_says(
    event: type[e.Event],
) -> None:
    @given(instances(event))
    @settings(max_examples=10)
    def lies_there(one: Any) -> None:
        fields = set(event.__struct_fields__)
        opened_fields = set(OPEN.get(tag_of(event), "").split())
        personal = set(PERSONAL.get(tag_of(event), "").split())
        if isinstance(one, e.RequestRegistered) and (
            not one.shown or one.status != "queued"
        ):
            opened_fields = set()
        assert (opened_fields | personal) <= fields
        assert divided(one) == {
            "open": opened_fields,
            "personal": personal,
            "internal": fields - opened_fields - personal,
        }
        for name in fields:
            assert name in divided(one)[part_of(one, name)]

    lies_there()


@pytest.mark.parametrize("event", EVENTS, ids=tag_of)
def test_persons_and_devices_are_personal_wherever_they_stand(
    event: type[e.Event],
) -> None:
    for field in structs.fields(event):
        person = Person in get_args(field.type) or field.type is Person
        device = "device" in field.name
        if person or device:
            assert field.name in PERSONAL[tag_of(event)].split()


@pytest.mark.parametrize("tag", sorted(NEVER_OPEN))
def test_what_happens_behind_the_scenes_leaves_no_trace_in_the_open(tag: str) -> None:
    event = next(each for each in EVENTS if tag_of(each) == tag)

    @given(instances(event))
    @settings(max_examples=5)
    def no_trace(one: Any) -> None:
        content = json.loads(write(record_of(one))[0])
        assert content["events"] == []

    no_trace()


def plainly(entries: list[Any]) -> str:
    """Canonical JSON, by a library that is not ours."""
    return json.dumps(
        entries, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


HEADS = (
    f'{{"meeting":"{MEETING}","epoch":"e1","seq":7,"at":1594395000000,'
    f'"format":{FORMAT},"events":',
    '{"events":',
    '{"origin":{"role":"moderator","link":"op1","command":"command-1",'
    '"digest":"00ff","result":{"a":{"c":1,"d":2},"b":[]}},"events":',
)


@pytest.mark.parametrize("event", EVENTS, ids=tag_of)
def test_what_is_written_is_canonical_to_the_byte(event: type[e.Event]) -> None:
    """The hash chain hangs on it: whoever writes faster writes the same."""

    @given(instances(event))
    @settings(max_examples=10)
    def canonical(one: Any) -> None:
        record = record_of(
            e.LobbyOpened(), one, result={"b": [], "a": {"d": 2, "c": 1}}
        )
        for part, head, content in zip(PARTS, HEADS, write(record), strict=True):
            fields = {
                name: msgspec.to_builtins(getattr(one, name))
                for name in event.__struct_fields__
                if part_of(one, name) == part
            }
            lobby = [[0, "lobby_opened", {"v": 1}]] if part == "open" else []
            entries = [*lobby, *([[1, tag_of(event), fields]] if fields else [])]
            assert content.decode() == f"{head}{plainly(entries)}}}"

    canonical()


@given(any_event)
def test_open_begins_with_what_places_it(event: Any) -> None:
    content = write(record_of(event))[0]
    names = ["meeting", "epoch", "seq", "at", "format"]
    assert list(json.loads(content))[:5] == names
    start = f'{{"meeting":"{MEETING}","epoch":"e1","seq":7,"at":1594395000000,'
    assert content.startswith(f'{start}"format":{FORMAT},'.encode())


@given(st.lists(any_event, min_size=1, max_size=3))
@settings(max_examples=50)
def test_the_same_record_is_always_the_same_bytes(events: list[Any]) -> None:
    record = record_of(*events, result={"b": 1, "a": 2})
    again = msgspec.convert(msgspec.to_builtins(record), Record)
    backwards = structs.replace(
        again, origin=structs.replace(again.origin, result={"a": 2, "b": 1})
    )
    assert write(backwards) == write(record)


@given(st.lists(any_event, min_size=1, max_size=3))
@settings(max_examples=50)
def test_numbers_are_integers_and_objects_are_sorted(events: list[Any]) -> None:
    def no_float(text: str) -> None:
        raise AssertionError(f"{text} is not an integer")

    for content in write(record_of(*events)):
        parsed = json.loads(content, parse_float=no_float, parse_constant=no_float)
        for entry in parsed["events"]:
            assert list(entry[2]) == sorted(entry[2])
        assert b"\n" not in content


def test_a_commit_of_a_newer_format_is_not_read() -> None:
    whole = sealed(record_of(e.LobbyOpened()))
    newer = whole.open.replace(b'"format":1', b'"format":2')
    assert newer != whole.open
    with pytest.raises(NewerFormat):
        read(structs.replace(whole, open=newer))


def test_an_event_that_nobody_knows_is_not_read() -> None:
    whole = sealed(record_of(e.LobbyOpened()))
    strange = whole.open.replace(b"lobby_opened", b"tea_was_served")
    assert strange != whole.open
    with pytest.raises(msgspec.ValidationError):
        read(structs.replace(whole, open=strange))


def plainly_read(commit: Commit) -> tuple[Any, ...]:
    """The events, put together in the plainest way: field by field, part by part."""
    merged: dict[int, dict[str, Any]] = {}
    for part in (commit.open, commit.internal, commit.personal or b'{"events":[]}'):
        for index, tag, fields in json.loads(part)["events"]:
            merged.setdefault(index, {"type": tag}).update(fields)
    return tuple(msgspec.convert(merged[each], e.AnyEvent) for each in sorted(merged))


@st.composite
def divided_anyhow(draw: st.DrawFn) -> tuple[list[Any], list[list[Any]]]:
    """Events, and entries of three parts that hold their fields in any division."""
    events = draw(st.lists(any_event, min_size=1, max_size=4))
    parts: list[list[Any]] = [[], [], []]
    for index, event in enumerate(events):
        fields = msgspec.to_builtins(event)
        held: list[dict[str, Any]] = [{}, {}, {}]
        for name in draw(st.permutations(sorted(fields.keys() - {"type"}))):
            held[draw(st.integers(0, 2))][name] = fields[name]
        # whatever the personal part says belongs to an event that is there without it
        where = {part for part in range(3) if held[part]}
        where |= {draw(st.integers(0, 1))}
        for part in where:
            parts[part].append([index, tag_of(type(event)), held[part]])
    return events, [draw(st.permutations(part)) for part in parts]


@given(divided_anyhow(), st.booleans())
@settings(max_examples=200)
def test_however_the_fields_are_divided_they_come_together_again(
    divided: tuple[list[Any], list[list[Any]]], spaced: bool
) -> None:
    events, parts = divided
    whole = sealed(record_of())
    contents = []
    for old, entries in zip(write(record_of()), parts, strict=True):
        content = {**json.loads(old), "events": entries}
        separators = (" , ", " : ") if spaced else (",", ":")
        contents.append(json.dumps(content, separators=separators).encode())
    commit = structs.replace(
        whole, open=contents[0], personal=contents[1], internal=contents[2]
    )
    # the personal part says something only of events that the other parts know
    known = {index for index, _, _ in parts[0]} | {index for index, _, _ in parts[2]}
    if {index for index, _, _ in parts[1]} <= known:
        assert read(commit).events == tuple(events) == plainly_read(commit)
    else:
        with pytest.raises(KeyError):
            read(commit)


@given(st.lists(any_event, min_size=2, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_events_of_one_part_alone_come_back_in_order(
    events: list[Any], chance: Random
) -> None:
    entries: list[Any] = [
        [index, tag_of(type(event)), msgspec.to_builtins(event)]
        for index, event in enumerate(events)
    ]
    chance.shuffle(entries)
    whole = sealed(record_of())
    content = {**json.loads(whole.internal), "events": entries}
    commit = structs.replace(whole, internal=json.dumps(content).encode())
    assert read(commit).events == tuple(events)


def test_what_a_later_part_says_of_a_field_counts() -> None:
    whole = sealed(record_of(e.NoteWritten(**NOTE)))
    entry = [[0, "note_written", {"text": "another"}]]
    content = {**json.loads(whole.open), "events": entry}
    commit = structs.replace(whole, open=json.dumps(content).encode())
    assert read(commit).events == plainly_read(commit)
    assert read(commit).events[0].text == "as it was"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "rules", ["approval = true", "late_tray = true", 'show_list = "count"']
)
async def test_a_request_that_not_everybody_may_see_is_in_no_open_part(
    rules: str,
) -> None:
    journal = MemoryJournal()
    text = f'id = "x"\ntitle = "X"\n{rules}\n[limits]\nstatement = 60\n'
    async with opened(journal) as (_, room):
        await begin(room)
        operator = Sender(room, "op1")
        await Sender(room, "xal").ok("request_floor", kind="statement")
        await operator.ok("set_profile", text=text)
        await operator.ok("close_list", expect=on_list(room.meeting))
        if "late" not in rules:
            again = on_list(room.meeting)
            await operator.ok("reopen_list", basis="decided", expect=again)
        await Sender(room, "xad").ok("request_floor", kind="statement")
        history = b"".join(c.open for c in journal.histories[MEETING].commits)
    assert b'"delegation":"XAL"' in history
    assert b'"delegation":"XAD"' not in history


async def test_what_nobody_confirmed_is_in_no_open_part() -> None:
    """A whole meeting with a canary in everything that is not for everyone."""
    journal, clock = MemoryJournal(), HandClock()
    async with opened(journal, clock) as (_, room):
        await begin(room)
        operator, pad = Sender(room, "op1"), Sender(room, "xad", "CANARY device")
        asked = await pad.ok(
            "request_floor",
            kind="group_statement",
            group_text="CANARY group",
            person={"name": "CANARY name", "title": "CANARY title"},
        )
        await pad.ok("request_floor", kind="technical", text="CANARY signal")
        entry = {"delegation": "XAR", "note": "CANARY note"}
        await operator.ok("insert", list="l1.1", entries=[entry])
        await operator.ok("note", request=asked["request"], text="CANARY words")
        await call_next(room)
        await pad.ok("ready", expect=on_floor(room.meeting))
        await operator.ok("start", expect=on_floor(room.meeting))
        await operator.ok("pause", reason="audio", expect=on_floor(room.meeting))
        await operator.ok("resume", expect=on_floor(room.meeting))
        clock.advance(5_000)
        await operator.ok("end", expect=on_floor(room.meeting))
        state = {"expect": {"state": "in_session"}}
        await operator.ok("suspend", reason="CANARY reason", **state)
        commits = journal.histories[MEETING].commits
    assert any(b"CANARY" in (c.personal or b"") for c in commits)
    assert any(b"CANARY" in c.internal for c in commits)
    assert [c.open for c in commits if b"CANARY" in c.open] == []
    assert [c.open for c in commits if b"audio" in c.open] == []
