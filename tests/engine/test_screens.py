"""What every audience is sent, over a long and wandering meeting.

After every turn a client that merges its deltas shows what a client that comes now is
shown; and a restart, with or without the personal parts, finds the same meeting.
"""

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import structs, to_builtins

from rostra.adapters.memory_journal import MemoryJournal
from rostra.core.ids import Code
from rostra.core.meeting import LISTED, LIVE, Meeting
from rostra.core.own import mine
from rostra.engine.outcomes import Declined, Published
from rostra.engine.room import Room
from rostra.protocol.commit import Commit, first_hash, follows
from rostra.protocol.messages import ResumeFrom
from rostra.protocol.stored import read, without_persons
from support.rooms import (
    AUDIENCES,
    MEETING,
    HandClock,
    Screen,
    Sender,
    begin,
    call_next,
    on_floor,
    opened,
    plain,
)
from support.walk import Walk

STEPS = 400
SEEDS = range(8)
#: Fields that hold what a personal part may lose.
PERSONAL = ("person", "device", "ready_by", "presider", "contact")


async def wander(
    room: Room, clock: HandClock, seed: int, steps: int = STEPS
) -> Iterator[Any]:
    """Let the meeting wander; answers with every outcome."""
    rng = random.Random(seed)
    walk = Walk(room, rng)
    outcomes = []
    for _ in range(steps):
        clock.advance(rng.randrange(4_000))
        outcomes.append(await walk.step())
    return iter(outcomes)


@pytest.mark.parametrize("seed", SEEDS)
async def test_an_old_snapshot_and_the_deltas_are_the_new_snapshot(seed: int) -> None:
    clock, rng = HandClock(), random.Random(seed)
    async with opened(clock=clock) as (_, room):
        screens = [Screen(room, audience) for audience in AUDIENCES]
        for screen in screens:
            room.subscribe(screen.hear)
        walk, outcomes = Walk(room, rng), Counter[str]()
        for _ in range(STEPS):
            clock.advance(rng.randrange(4_000))
            outcome = await walk.step()
            refused = isinstance(outcome, Declined)
            outcomes[outcome.refusal.code if refused else "ok"] += 1
            for screen in screens:
                assert screen.shows(room), (seed, room.meeting.seq, screen.audience)
            assert_invariants(room.meeting)
        assert outcomes["ok"] > STEPS / 4, outcomes
        assert outcomes["internal"] == 0, outcomes


def assert_invariants(m: Meeting) -> None:
    """What RULES 0 says is always so."""
    active = [i for i in m.interventions.values() if i.outcome is None]
    assert {i.id for i in active} == set(m.stack)  # I1
    for speakers in m.lists.values():
        live = {
            r.id
            for r in m.requests.values()
            if r.list == speakers.id and r.status in LISTED
        }
        assert set(speakers.order) == live
        assert len(speakers.order) == len(live)  # nobody stands twice
    one_voice = Counter(
        (r.list, r.delegation, r.group, r.group_text, r.kind)
        for r in m.requests.values()
        if r.status in LIVE and r.delegation and r.kind != "answer"
        if r.kind not in ("programme", "right_of_reply")
    )
    assert set(one_voice.values()) <= {1}  # I3
    for row in m.interventions.values():
        if row.outcome is not None:
            wall = row.clock.at - (row.started_at or row.clock.at)  # type: ignore[union-attr]
            assert 0 <= row.clock.used_ms <= wall  # I7


async def test_a_voided_row_that_gets_a_name_is_sent_to_staff_again() -> None:
    async with opened() as (_, room):
        screen = Screen(room, "staff")
        room.subscribe(screen.hear)
        await begin(room)
        operator = Sender(room, "op1")
        await Sender(room, "xad").ok("request_floor", kind="statement")
        await call_next(room)
        await operator.ok("start", expect=on_floor(room.meeting))
        expect = on_floor(room.meeting)
        await operator.ok("revoke", reason="mistake", expect=expect)
        row = room.meeting.interventions[expect["intervention"]]
        assert row.outcome == "voided"
        person = {"name": "Ms. N."}
        await operator.ok("name_speaker", request=row.request, person=person)
        assert screen.shows(room)


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_delegation_is_told_whenever_its_own_layer_changes(seed: int) -> None:
    clock, codes = HandClock(), ("XAD", "XAE", "XAL", "XAH", "XAR", "XBN")
    async with opened(clock=clock) as (_, room):
        told = {code: plain(room.mine(Code(code))) for code in codes}

        def hear(published: Published) -> None:
            for code in published.mine:
                told[code] = plain(room.mine(code))

        room.subscribe(hear)
        walk = Walk(room, random.Random(seed))
        for _ in range(STEPS):
            await walk.step()
            for code in codes:
                now = plain(mine(room.meeting, Code(code)))
                assert told[code] == now, (seed, room.meeting.seq, code)


@pytest.mark.parametrize("seed", SEEDS)
async def test_whoever_was_away_gets_one_delta_that_is_the_difference(
    seed: int,
) -> None:
    clock, rng = HandClock(), random.Random(seed)
    async with opened(clock=clock) as (_, room):
        away = [Screen(room, audience) for audience in AUDIENCES]
        walk = Walk(room, rng)
        for _ in range(STEPS // 2):
            await walk.step()
            if rng.random() < 0.1:
                away += [Screen(room, audience) for audience in AUDIENCES]
        for screen in away:
            where = ResumeFrom(screen.epoch, screen.seq, screen.chain)
            tail = room.since(screen.audience, where)
            assert tail.reason is None
            if tail.delta is None:
                assert screen.seq == room.meeting.seq
            else:
                screen.apply(tail.delta)
            assert screen.shows(room)
            assert (screen.seq, screen.chain) == (room.meeting.seq, room.chain)


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_restart_finds_the_same_meeting(seed: int) -> None:
    clock, journal = HandClock(), MemoryJournal()
    async with opened(journal, clock) as (_, room):
        await wander(room, clock, seed)
        before, head = room.meeting, room.head
    journal.histories[MEETING].alive_at = clock.now()
    async with opened(journal.reopened(), clock) as (_, room):
        assert to_builtins(room.meeting) == to_builtins(before)
        assert room.head == head
        assert not room.read_only


@pytest.mark.parametrize("seed", SEEDS)
async def test_without_the_personal_parts_the_same_meeting_has_no_names(
    seed: int,
) -> None:
    clock, journal = HandClock(), MemoryJournal()
    async with opened(journal, clock) as (_, room):
        await wander(room, clock, seed)
        before = room.meeting
    history = journal.histories[MEETING]
    history.alive_at = clock.now()
    whole = list(history.commits)
    history.commits[:] = [forgotten(commit) for commit in whole]
    previous = first_hash(MEETING)
    for commit, was in zip(history.commits, whole, strict=True):
        assert follows(previous, commit)
        assert read(commit) == without_persons(read(was))
        previous = commit.hash
    async with opened(journal.reopened(), clock) as (_, room):
        assert not room.read_only
        now = room.meeting
    assert any(r.person for r in before.requests.values() if r.part is None)
    assert not any(r.person for r in now.requests.values() if r.part is None)
    assert not any(r.device for r in now.requests.values())
    assert nameless(now) == nameless(before)


def forgotten(commit: Commit) -> Commit:
    """*commit* once its personal part was deleted."""
    return structs.replace(commit, personal=None, personal_salt=None)


def nameless(meeting: Meeting) -> Any:
    """A meeting without what the personal parts hold."""

    def strip(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: strip(each) for key, each in value.items() if key not in PERSONAL
            }
        many = isinstance(value, list | tuple)
        return [strip(each) for each in value] if many else value

    return strip(to_builtins(meeting, str_keys=True))
