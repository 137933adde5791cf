"""Anything that anyone may send, at any time: what holds after every step."""

import copy
import json
from typing import Any, get_args

from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
)
from hypothesis.stateful import (
    rule as step,
)
from msgspec import structs

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.actor import Actor
from rostra.core.alarms import Alarm, ServerReturned, next_alarm
from rostra.core.asked import asked_by
from rostra.core.bands import locked
from rostra.core.draft import Draft
from rostra.core.evolve import evolve, fold
from rostra.core.founding import found
from rostra.core.ids import (
    Audience,
    Code,
    GroupCode,
    Instant,
    LinkId,
    MeetingId,
    RequestId,
)
from rostra.core.meeting import LISTED, LIVE, Meeting, PauseReason, Running
from rostra.core.order import arrange, spliced
from rostra.core.own import mine, mine_changed
from rostra.core.programme import POINTS
from rostra.core.refusals import Refusal
from rostra.core.registering import capacity
from rostra.core.timing import held_ms, used_ms
from rostra.core.views import Change, change, order, snapshot
from rostra.protocol.brief import filled_collections
from rostra.protocol.commit import SALT_BYTES, Commit, seal
from rostra.protocol.deltas import Step, delta
from rostra.protocol.stored import Origin, Record, read, without_persons, write
from support.floor import (
    DEPUTY,
    DISCUSSION,
    MODERATOR,
    PANEL,
    RAPPORTEUR,
    SECOND,
    Floor,
    person,
    rule,
)
from support.rooms import plain

AUDIENCES: tuple[Audience, ...] = get_args(Audience)
CODES = ("A", "B", "C", "U", "N", "EU")
#: Words that must not reach the public; those of operators not the record either.
PRIVATE, STAFF_ONLY = "CANARY", "CANARY-STAFF"

codes = st.sampled_from(CODES)
segments = st.sampled_from((0, 1, 1, 1))
persons = st.none() | st.sampled_from(
    (person("Ms. Plain"), person(f"{PRIVATE} person", f"{PRIVATE} title"))
)
picks = st.integers(0, 99)
moderators = st.sampled_from((MODERATOR, DEPUTY))
seconds = st.sampled_from((0, 1, 5, 10, 11, 45, 200))
kinds = st.sampled_from(
    (
        "statement",
        "group_statement",
        "question",
        "technical",
        "point_of_order",
        "procedural_motion",
    )
)
groups = st.sampled_from((None, None, "G77"))
texts = st.sampled_from(("", "", "A plain group", f"{PRIVATE} group"))


MOVES = ("call", "start", "end", "end", "ask", "ask", "pause", "lost", "returns",
         "no_show", "mistake", "undo", "round", "point", "recognise", "recognise",
         "rule", "chair", "reset")  # fmt: skip


def device(code: str) -> Actor:
    """A pad whose own name is nobody's business."""
    return Actor(
        role="delegate",
        link=LinkId(f"d{code}"),
        delegation=Code(code),
        device=f"{STAFF_ONLY} device",
    )


def applied(state: dict[str, Any], new: dict[str, Any]) -> None:
    """What a client does with a delta: set, patch, drop, then the splices."""
    for name, entities in filled_collections(new.get("set", {})).items():
        state["collections"].setdefault(name, {}).update(entities)
    for name, patches in new.get("patch", {}).items():
        for key, fields in patches.items():
            state["collections"][name][key].update(fields)
    for name, gone in new.get("drop", {}).items():
        for key in gone:
            state["collections"][name].pop(key, None)
    for key, steps in new.get("order", {}).items():
        state["order"][key] = order = list(spliced(state["order"].get(key, []), steps))
        if order:
            state["collections"]["lists"][key]["count"] = len(order)


def seen(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """The whole view of an audience."""
    whole = {
        "collections": snapshot(meeting, audience),
        "order": order(meeting, audience),
    }
    return dict(plain(whole))


class Meetings(RuleBasedStateMachine):
    """All roles press anything at any time."""

    @initialize(
        show_list=st.sampled_from(("all", "all", "own_place", "count")),
        clock_starts=st.sampled_from(("at_start", "at_start", "at_ready")),
        modifiers=st.sampled_from(
            ((), ("groups_first",), ("groups_first", "first_time_first"))
        ),
        on_deck=st.integers(0, 3),
        late_tray=st.booleans(),
        approval=st.sampled_from((False, False, False, True)),
        keep_place=st.booleans(),
        ask=st.lists(codes, max_size=6),
        segment=st.sampled_from((1, 1, 0)),
    )
    def opened(self, ask: list[str], segment: int, **profile: Any) -> None:
        self.floor = Floor(PANEL, DISCUSSION, **profile).opened(segment)
        self.steps: list[tuple[Change, Change, Change]] = []
        self.base = self.floor.meeting
        self.views = {each: seen(self.base, each) for each in AUDIENCES}
        self.records: list[Record] = []
        self.begun_again: set[str] = set()
        self.sent = 0
        for code in ask:
            self._send(
                c.RequestFloor(id=self._id(), kind="statement", list=self._list(1)),
                device(code),
            )

    def _id(self) -> str:
        self.sent += 1
        return f"sent-{self.sent:06}"

    def _list(self, segment: int) -> Any:
        return self.floor.speakers(segment).id

    def _send(self, command: c.AnyCommand | Alarm, by: Actor) -> bool:
        floor = self.floor
        decision = floor.decide(command, by)
        name = type(command).__name__
        if isinstance(decision, Refusal):
            event(f"{name} {decision.code}")
            return False
        event(f"{name} done")
        result = floor.send(command, by)
        self._remember(command, by, result)
        self._check(command)
        return True

    def _remember(self, command: Any, by: Actor, result: dict[str, Any]) -> None:
        """What the engine would write, and every client would get."""
        seq, at, events = self.floor.commits[-1]
        self.records.append(
            Record(
                meeting=MeetingId("m"),
                epoch="e",
                seq=seq,
                at=at,
                events=events,
                origin=Origin(
                    role=by.role,
                    link=by.link,
                    command=command.id,
                    digest="",
                    result=result,
                ),
            )
        )
        old, new = self.floor.before, self.floor.meeting
        public, record, staff = (change(old, new, each) for each in AUDIENCES)
        self.steps.append((public, record, staff))

    # What people do

    @step(moves=st.lists(st.sampled_from(MOVES), min_size=4, max_size=16), code=codes)
    def the_floor_is_busy(self, moves: list[str], code: str) -> None:
        for move in moves:
            made = self._floor_move(move)
            if move in ("ask", "point"):
                kind: Any = "question" if self._running() == 0 else "statement"
                kind = "point_of_order" if move == "point" else kind
                made = c.RequestFloor(id=self._id(), kind=kind)
                self._send(made, device(code))
                code = CODES[(CODES.index(code) + 1) % len(CODES)]
            elif made is not None:
                self._send(made, MODERATOR)
            self.floor.wait(3)

    def _running(self) -> int:
        return list(self.floor.meeting.segments).index(
            self.floor.meeting.segment  # type: ignore[arg-type]
        )

    def _floor_move(self, move: str) -> c.AnyCommand | None:
        """The command of a button, if the console shows it now."""
        floor = self.floor
        head = floor.expect_head()
        key = self._id()
        if move == "undo":
            shown = floor.meeting.actions
            return c.Undo(id=key, expect=floor.last_act()) if shown else None
        if move in ("recognise", "rule", "chair"):
            return self._interruption(move)
        if move == "round":
            return c.CloseRound(id=key, expect=floor.expect_list(self._running()))
        if floor.meeting.floor is None:
            found = head.head
            return c.Call(id=key, request=found, expect=head) if found else None
        expect = floor.on_floor
        if expect.phase == "called" and move not in ("no_show", "mistake"):
            return c.Start(id=key, expect=expect)
        if expect.phase == "paused" and move in ("call", "start", "pause", "lost"):
            return c.Resume(id=key, expect=expect)
        made: dict[str, c.AnyCommand] = {
            "pause": c.Pause(id=key, reason="audio", expect=expect),
            "lost": c.LineLost(id=key, expect=expect),
            "end": c.End(id=key, expect=expect),
            "returns": c.End(id=key, returns=True, expect=expect),
            "no_show": c.NoShow(id=key, expect=expect),
            "mistake": c.Revoke(id=key, reason="mistake", expect=expect),
            "reset": c.ResetClock(id=key, expect=expect),
        }
        return made.get(move)

    def _interruption(self, move: str, pick: int = 0) -> c.AnyCommand | None:
        """A point gets the floor, or is ruled on; or the chair speaks."""
        meeting, key = self.floor.meeting, self._id()
        raised = meeting.lists[POINTS].order
        heard = [
            k for k in meeting.delivered if meeting.interventions[k].list == POINTS
        ]
        then: Any = ("go_on", "go_on", "wait", "end")[pick % 4]
        if move == "chair":
            return c.ChairRemarks(id=key, expect=self.floor.on_top)
        if move == "recognise" and raised:
            point = raised[pick % len(raised)]
            return c.Recognise(id=key, request=point, expect=self.floor.on_top)
        if move == "rule" and heard:
            return c.Rule(
                id=key,
                intervention=heard[-1 - pick % len(heard)],
                ruling=("noted", "withdrawn")[pick % 2],
                note=f"{PRIVATE} ruling",
                then=then,
            )
        return None

    @step(move=st.sampled_from(("recognise", "recognise", "rule", "chair")), pick=picks)
    def the_chair_has_a_word(self, move: str, pick: int) -> None:
        made = self._interruption(move, pick)
        if made:
            self._send(made, MODERATOR)

    @step(by=seconds)
    def time_passes(self, by: int) -> None:
        self.floor.wait(by)
        due = next_alarm(self.floor.meeting)
        if due and due[0] <= self.floor.now:
            self._send(due[1], Actor(role="moderator", link=LinkId("alarm")))

    @step(
        code=codes,
        kind=kinds,
        segment=segments,
        group=groups,
        text=texts,
        who=persons,
        pick=picks,
    )
    def a_delegation_asks(
        self,
        *,
        code: str,
        kind: Any,
        segment: int,
        group: GroupCode | None,
        text: str,
        who: Any,
        pick: int,
    ) -> None:
        if kind == "technical":
            text = f"{STAFF_ONLY} help"
        point = kind in ("point_of_order", "procedural_motion")
        note = text if kind == "technical" else f"{STAFF_ONLY} about" if point else ""
        panel = self.floor.speakers(0).order
        self._send(
            c.RequestFloor(
                id=self._id(),
                list=None if pick > 90 else self._list(segment),
                kind=kind,
                group=group,
                group_text="" if group or kind == "technical" else text,
                person=who,
                addressed=panel[:1] if kind == "question" and pick % 2 else (),
                text=note,
                motion="close_debate" if kind == "procedural_motion" else None,
                asked_at=Instant(0),
                valid_ms=1,
            ),
            device(code),
        )

    @step(code=codes, pick=picks, of=picks)
    def a_delegation_takes_something_back(self, code: str, pick: int, of: int) -> None:
        key = self._some_request(of)
        reason = f"{STAFF_ONLY} reason"
        by = device(code) if pick % 3 else MODERATOR
        self._send(c.Withdraw(id=self._id(), request=key, reason=reason), by)

    @step(
        codes=st.lists(codes, min_size=1, max_size=3),
        segment=segments,
        kind=st.sampled_from(
            (
                "statement",
                "group_statement",
                "introduction",
                "right_of_reply",
                "question",
                "answer",
            )
        ),
        at=st.none() | st.integers(0, 4),
    )
    def an_operator_inserts(
        self, codes: list[str], segment: int, kind: Any, at: int | None
    ) -> None:
        entries = tuple(
            c.Entry(
                delegation=Code(each),
                kind=kind,
                group=GroupCode("G77") if kind == "group_statement" else None,
                note=f"{STAFF_ONLY} note",
                channel="chat",
            )
            for each in codes
        )
        self._send(
            c.Insert(id=self._id(), list=self._list(segment), entries=entries, at=at),
            MODERATOR,
        )

    @step(
        which=st.sampled_from(
            ("accept", "decline", "park", "unpark", "unpark", "admit", "window")
        ),
        pick=picks,
        segment=segments,
    )
    def somebody_waits_beside_the_list(
        self, which: str, pick: int, segment: int
    ) -> None:
        request, key = self._some_request(pick), self._id()
        whose = self.floor.meeting.requests[request].delegation or "A"
        by = device(whose) if which in ("park", "unpark") and pick % 2 else MODERATOR
        soon = Instant(self.floor.now + 1)
        made: dict[str, c.AnyCommand] = {
            "accept": c.Accept(id=key, request=request),
            "decline": c.Decline(id=key, request=request, reason=f"{PRIVATE} told"),
            "park": c.Park(id=key, request=request),
            "unpark": c.Unpark(id=key, request=request),
            "admit": c.AdmitLate(id=key, expect=self.floor.expect_list(segment)),
            "window": c.SetWindow(id=key, request=request, not_before=soon),
        }
        self._send(made[which], by)

    def _some_request(self, pick: int) -> RequestId:
        """Mostly one that is live."""
        meeting = self.floor.meeting
        live = [key for key, each in meeting.requests.items() if each.status in LIVE]
        known = live if live and pick < 85 else list(meeting.requests)
        return known[pick % len(known)]

    @step(pick=picks, to=st.integers(-1, 5))
    def an_operator_moves(self, pick: int, to: int) -> None:
        key = self._some_request(pick)
        order = self.floor.meeting.lists[self.floor.meeting.requests[key].list].order
        place = order.index(key) if key in order else 0
        expect = c.ExpectPlace(key, place)
        self._send(c.Move(id=self._id(), request=key, to=to, expect=expect), MODERATOR)

    @step(pick=picks, by=moderators, head=st.booleans())
    def an_operator_calls(self, pick: int, by: Actor, head: bool) -> None:
        expect = self.floor.expect_head()
        key = expect.head if head and expect.head else self._some_request(pick)
        self._send(c.Call(id=self._id(), request=key, expect=expect), by)

    @precondition(lambda self: self.floor.meeting.floor)
    @step(
        kind=st.sampled_from(
            (c.Start, c.Start, c.Start, c.LineLost, c.Resume, c.Resume, c.End, c.End)
        )
    )
    def an_operator_presses(self, kind: Any) -> None:
        self._send(kind(id=self._id(), expect=self.floor.on_floor), MODERATOR)

    @precondition(lambda self: self.floor.meeting.floor)
    @step(
        which=st.sampled_from(
            (
                "pause",
                "extend",
                "credit",
                "returns",
                "no_show",
                "drop",
                "revoke",
                "reset",
            )
        ),
        pick=picks,
    )
    def an_operator_does_what_is_rare(self, which: str, pick: int) -> None:
        common: dict[str, Any] = {"id": self._id(), "expect": self.floor.on_floor}
        reasons: Any = ("order", "time", "mistake", "mistake", "security")
        made: dict[str, c.AnyCommand] = {
            "pause": c.Pause(reason=get_args(PauseReason)[pick % 9], **common),
            "extend": c.Extend(seconds=1 + pick, rest=pick % 2 > 0, **common),
            "reset": c.ResetClock(**common),
            "credit": c.Credit(ms=pick * 100, **common),
            "returns": c.End(returns=True, **common),
            "no_show": c.NoShow(**common),
            "drop": c.NoShow(drop=True, **common),
            "revoke": c.Revoke(reason=reasons[pick % 5], counts=pick > 80, **common),
        }
        self._send(made[which], MODERATOR)

    @precondition(lambda self: self.floor.meeting.floor)
    @step(kind=st.sampled_from((c.Ready, c.End)), own=st.booleans(), code=codes)
    def a_delegation_presses(self, kind: Any, own: bool, code: str) -> None:
        active = self.floor.active
        speaking = self.floor.meeting.requests[active.request].delegation
        self._send(
            kind(id=self._id(), expect=self.floor.on_floor),
            device(speaking if own and speaking else code),
        )

    @precondition(lambda self: self.floor.meeting.actions)
    @step(by=moderators)
    def an_operator_undoes(self, by: Actor) -> None:
        self._send(c.Undo(id=self._id(), expect=self.floor.last_act()), by)

    @step(
        which=st.sampled_from(
            ("announce", "close", "reopen", "open", "arrival", "manual", "fixed")
        ),
        segment=segments,
    )
    def an_operator_changes_a_list(self, which: Any, segment: int) -> None:
        common: dict[str, Any] = {
            "id": self._id(),
            "expect": self.floor.expect_list(segment),
        }
        soon = Instant(self.floor.now + 10 * SECOND)
        made: dict[str, c.AnyCommand] = {
            "announce": c.AnnounceClosing(closes_at=soon, **common),
            "close": c.CloseList(**common),
            "reopen": c.ReopenList(basis="as decided", **common),
            "open": c.OpenList(**common),
        }
        policy = c.SetPolicy(policy=which, modifiers=("groups_first",), **common)
        self._send(made.get(which, policy), MODERATOR)

    @step()
    def an_operator_closes_the_round(self) -> None:
        expect = self.floor.expect_list(0)
        self._send(c.CloseRound(id=self._id(), expect=expect), MODERATOR)

    @step(to=st.sampled_from(("segment", "suspend", "resume", "presider", "adjourn")))
    def the_meeting_moves(self, to: str) -> None:
        floor, keys = self.floor, list(self.floor.meeting.segments)
        now = floor.meeting.segment
        other = keys[0] if now != keys[0] else keys[1]
        state = floor.expect_state()
        made: dict[str, c.AnyCommand] = {
            "segment": c.GoToSegment(
                id=self._id(), segment=other, expect=c.ExpectSegment(now)
            ),
            "suspend": c.Suspend(
                id=self._id(), reason=f"{STAFF_ONLY} reason", expect=state
            ),
            "resume": c.ResumeMeeting(id=self._id(), expect=state),
            "presider": c.SetPresider(id=self._id(), segment=other, name="Mr. Next"),
            "adjourn": c.Adjourn(id=self._id(), expect=state),
        }
        if to == "adjourn" and len(self.steps) < 30:
            return
        self._send(made[to], MODERATOR)

    @step(pick=picks, who=persons, code=codes)
    def somebody_is_named(self, pick: int, who: Any, code: str) -> None:
        key = self._some_request(pick)
        language = "fr" if pick % 2 else None
        self._send(
            c.NameSpeaker(id=self._id(), request=key, person=who, language=language),
            device(code),
        )

    @step(pick=picks)
    def an_operator_confirms_what_is_fit(self, pick: int) -> None:
        key = self._some_request(pick)
        request = self.floor.meeting.requests[key]
        if PRIVATE not in f"{request.person}{request.group_text}":
            self._send(c.ConfirmName(id=self._id(), request=key), MODERATOR)

    @step(pick=picks, by=st.sampled_from((MODERATOR, RAPPORTEUR)))
    def somebody_notes(self, pick: int, by: Actor) -> None:
        rows = list(self.floor.meeting.interventions)
        if rows:
            word = STAFF_ONLY if by is MODERATOR else PRIVATE
            key = rows[pick % len(rows)]
            text = f"{word} note"
            note = c.WriteNote(id=self._id(), intervention=key, text=text)
            self._send(note, by)

    @step(pick=picks)
    def words_and_links(self, pick: int) -> None:
        meeting = self.floor.meeting
        made: list[c.AnyCommand] = [
            c.Announce(id=self._id(), text="Lunch"),
            c.RenewLink(id=self._id(), link=LinkId("dA")),
            *(
                c.ClearSignal(id=self._id(), signal=signal)
                for signal in meeting.signals
            ),
            *(
                c.ClearAnnouncement(id=self._id(), announcement=said)
                for said in meeting.announcements
            ),
        ]
        self._send(made[pick % len(made)], MODERATOR)

    @step(away=st.integers(31, 300))
    def the_server_was_away(self, away: int) -> None:
        since = self.floor.now
        self.floor.wait(away)
        returned = ServerReturned(since, self.floor.now)
        self._send(returned, Actor(role="moderator", link=LinkId("alarm")))

    # What holds

    def _check(self, command: Any) -> None:
        old, new = self.floor.before, self.floor.meeting
        self._check_views(old, new)
        said = {type(each) for each in self.floor.events()}
        self.begun_again |= {
            each.intervention
            for each in self.floor.events()
            if isinstance(each, e.ClockReset)
        }
        if e.FloorGiven in said and e.ClockStarted not in said:
            self._check_hidden(old, "a call is not public")
        undone = next((a for a in old.actions if e.ActUndone in said), None)
        if undone and old.actions[-1].type in ("call", "recognise"):
            self._check_hidden(old, "an undone call is not public")
        if e.ActUndone not in said:
            self._check_places(old, new)

    def _check_hidden(self, old: Meeting, why: str) -> None:
        """Nothing public has changed but the clock of whoever is interrupted."""
        public = self.steps[-1][0]
        assert not public.drop and not public.order and not public.set, why
        assert set(public.patch) <= {"floor"}, why
        assert set(public.patch.get("floor", ())) <= set(old.stack[-2:]), why

    def _check_views(self, old: Meeting, new: Meeting) -> None:
        for audience, seen_now in zip(AUDIENCES, self.steps[-1], strict=True):
            wire = delta(old.seq, [Step(new.seq, "", seen_now)])
            applied(self.views[audience], plain(wire))
            assert self.views[audience] == seen(new, audience)
        told = mine_changed(old, new)
        for code in map(Code, CODES):
            assert code in told or mine(old, code) == mine(new, code)

    def _check_places(self, old: Meeting, new: Meeting) -> None:
        """I8: whoever keeps a place keeps it before and behind the others."""
        by_hand = {
            each.request
            for each in self.floor.events()
            if isinstance(each, (e.RequestMoved, e.RequestReturned))
        }
        for key, speakers in new.lists.items():
            was = [
                each
                for each in old.lists[key].order
                if each in speakers.order
                and each not in by_hand
                and locked(old.requests[each])
                and locked(new.requests[each])
            ]
            assert was == [each for each in speakers.order if each in was]

    @invariant()
    def what_is_live_stands_on_its_list_once(self) -> None:
        meeting = self.floor.meeting
        for key, speakers in meeting.lists.items():
            live = {
                each.id
                for each in meeting.requests.values()
                if each.list == key and each.status in LISTED
            }
            assert len(speakers.order) == len(set(speakers.order))
            assert set(speakers.order) == live

    @invariant()
    def every_list_stands_as_sorting_it_would_leave_it(self) -> None:
        meeting = self.floor.meeting
        for speakers in meeting.lists.values():
            assert arrange(meeting, speakers, speakers.order) == speakers.order

    @invariant()
    def it_is_known_whose_requests_are_whose(self) -> None:
        meeting = self.floor.meeting
        assert meeting.asked == asked_by(meeting.requests.values())

    @invariant()
    def one_voice_asks_once(self) -> None:
        wanted = [
            (each.list, capacity(each))
            for each in self.floor.meeting.requests.values()
            if each.status in LIVE and capacity(each)
        ]
        assert len(wanted) == len(set(wanted))

    @invariant()
    def at_most_one_has_the_floor(self) -> None:
        meeting = self.floor.meeting
        stack = [meeting.interventions[key] for key in meeting.stack]
        on_floor = {
            each.id
            for each in meeting.requests.values()
            if each.status in ("called", "granted")
        }
        assert on_floor == {each.request for each in stack}
        running = {
            each.id for each in meeting.interventions.values() if each.outcome is None
        }
        assert running == set(meeting.stack)
        assert len(stack) <= 1 + meeting.profile.interruption_depth
        for beneath in stack[:-1]:
            assert not isinstance(beneath.clock, Running)
        if meeting.state != "in_session":
            assert not any(isinstance(each.clock, Running) for each in stack)

    @invariant()
    def nobody_goes_on_before_the_ruling(self) -> None:
        meeting = self.floor.meeting
        active = meeting.active
        if active and isinstance(active.clock, Running):
            for each in meeting.interventions.values():
                if each.over == active.id and each.number:
                    assert each.ruling or each.outcome in ("returned", "voided")

    @invariant()
    def every_second_is_used_or_held(self) -> None:
        now = self.floor.now
        for each in self.floor.meeting.interventions.values():
            used = used_ms(each.clock, now)
            if each.started_at is None:
                assert used == 0
                continue
            stopped = getattr(each.clock, "at", now)
            wall = stopped - each.started_at
            assert 0 <= used <= wall
            if each.id in self.begun_again:
                assert used + held_ms(each, now) <= wall
            else:
                assert used + held_ms(each, now) == wall

    @invariant()
    def totals_are_those_of_the_rows(self) -> None:
        meeting = self.floor.meeting
        rows = [meeting.interventions[key] for key in meeting.delivered]
        assert [each.number for each in rows] == list(range(1, len(rows) + 1))
        sums: dict[str, tuple[int, int]] = {}
        for row in rows:
            voice = meeting.requests[row.request].voice
            times, spoken = sums.get(voice, (0, 0))
            used = used_ms(row.clock, self.floor.now)
            sums[voice] = (times + row.counted, spoken + used)
        totals = {k: (t.interventions, t.spoken_ms) for k, t in meeting.totals.items()}
        assert totals == sums
        for speakers in meeting.lists.values():
            assert len(set(speakers.heard)) == len(speakers.heard)

    @invariant()
    def nothing_private_is_shown(self) -> None:
        meeting = self.floor.meeting
        assert PRIVATE not in json.dumps(self.views["public"])
        assert STAFF_ONLY not in json.dumps(self.views["record"])
        for code in map(Code, CODES):
            own = mine(meeting, code)
            for each in own.requests.values():
                assert not each.note
        for record in self.records[-1:]:
            opened, personal, _ = write(record)
            assert PRIVATE not in opened.decode()
            assert STAFF_ONLY.encode() not in personal.replace(
                f"{STAFF_ONLY} device".encode(), b""
            )

    def teardown(self) -> None:
        if not hasattr(self, "base"):
            return
        self._replayed()
        self._resumed()

    def _replayed(self) -> None:
        """I9: read again from what was written, step by step and in one fold."""
        meeting = self.floor.meeting
        start = found(self.floor.created, self.floor.meeting.created_at)
        opening = self.floor.commits[: len(self.floor.commits) - len(self.records)]
        one_by_one, in_one, nameless = start, Draft(start), Draft(start)
        for seq, at, events in opening:
            one_by_one = evolve(one_by_one, seq, at, events)
            fold(in_one, seq, at, events)
            fold(nameless, seq, at, events)
        for record in self.records:
            again = read(_sealed(record))
            assert again == record
            one_by_one = evolve(one_by_one, again.seq, again.at, again.events)
            fold(in_one, again.seq, again.at, again.events)
            bare = read(structs.replace(_sealed(record), personal=None))
            assert bare == without_persons(record)
            fold(nameless, bare.seq, bare.at, bare.events)
        assert one_by_one == meeting
        assert in_one.freeze() == meeting
        assert _skeleton(nameless.freeze()) == _skeleton(meeting)

    def _resumed(self) -> None:
        """A client that was away gets one merged delta and sees the same."""
        for index, audience in enumerate(AUDIENCES):
            states = [self.base]
            for seq, at, events in self.floor.commits[-len(self.steps) or None :]:
                states.append(evolve(states[-1], seq, at, events))
            for first in range(0, len(self.steps), 7):
                steps = [
                    Step(state.seq, "", changes[index])
                    for state, changes in zip(
                        states[first + 1 :], self.steps[first:], strict=True
                    )
                ]
                view = copy.deepcopy(seen(states[first], audience))
                merged = delta(states[first].seq, steps)
                applied(view, plain(merged))
                assert view == self.views[audience]


def _sealed(record: Record) -> Commit:
    salts = (b"p" * SALT_BYTES, b"i" * SALT_BYTES)
    return seal(b"", record.seq, write(record), salts)


def _skeleton(meeting: Meeting) -> dict[str, Any]:
    """A meeting without the words that can be deleted."""
    return {
        "order": {key: each.order for key, each in meeting.lists.items()},
        "status": {key: each.status for key, each in meeting.requests.items()},
        "floor": meeting.floor,
        "clocks": {key: each.clock for key, each in meeting.interventions.items()},
        "totals": meeting.totals,
    }


@rule("I1", "I2", "I3", "I5", "I7", "I8", "I9", "I10", "U5", "R3", "E17")
class TestMeetings(Meetings.TestCase):  # type: ignore[misc, valid-type]
    """What holds after every step, whatever is sent."""

    settings = settings(max_examples=120, stateful_step_count=50, deadline=None)
