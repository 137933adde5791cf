"""A small meeting to try rules on: a roster of letters, a clock that is set by hand.

``Floor`` sends commands to ``decide`` as a console or a pad would, with what the
screen shows as ``expect``, and checks after each that the events alone give the same
meeting. No mocks: there is nothing to replace.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from msgspec import structs

from rostra.core import commands as c
from rostra.core.actor import ALARM, Actor
from rostra.core.alarms import Alarm
from rostra.core.decide import Decision, decide
from rostra.core.events import AnyEvent, MeetingCreated
from rostra.core.evolve import evolve
from rostra.core.floor import phase
from rostra.core.founding import found
from rostra.core.ids import (
    Code,
    GroupCode,
    Instant,
    InterventionId,
    LinkId,
    ListId,
    MeetingId,
    RequestId,
    Tier,
)
from rostra.core.meeting import Intervention, Link, Meeting, Person, Request
from rostra.core.order import head
from rostra.core.profile import Profile
from rostra.core.programme import (
    POINTS,
    Planned,
    Presider,
    Programme,
    SegmentPlan,
    Speaker,
    list_id,
)
from rostra.core.refusals import Refusal, RefusalCode
from rostra.core.roster import Delegation, Group, Roster
from rostra.core.timing import left_ms, used_ms
from rostra.core.views import Change, change

START = Instant(1_600_000_000_000)
SECOND = 1000

F = TypeVar("F", bound=Callable[..., Any])


def rule(*_ids: str) -> Callable[[F], F]:
    """Say which rules of RULEBOOK.md a test holds; test_rulebook reads it."""
    return lambda test: test


def _delegation(code: str, tier: Tier) -> Delegation:
    name = f"State of {code}" if tier == "member_state" else f"Body {code}"
    return Delegation(
        code=Code(code),
        tier=tier,
        address="representative_of",
        may_order=tier in ("member_state", "observer_state"),
        may_reply=tier in ("member_state", "observer_state", "group"),
        replies=1 if tier == "group" else None,
        names={"en": name},
        sort={"en": code},
        spoken=f"the {name}",
        plate=name,
    )


_TIERS: dict[str, Tier] = {
    **dict.fromkeys("ABCDEF", "member_state"),
    "H": "observer_state",
    "PSE": "observer_state",
    "I": "organisation",
    "U": "un_entity",
    "N": "ngo",
    "EU": "group",
}
ROSTER = Roster(
    id="letters",
    title="Letters",
    delegations={Code(code): _delegation(code, tier) for code, tier in _TIERS.items()},
    groups={
        GroupCode(code): Group(code=GroupCode(code), names={"en": name}, spoken=name)
        for code, name in (("G77", "Group of 77"), ("ISLES", "Island States"))
    },
)
PROFILE = Profile(
    id="tried",
    title="Tried rules",
    limits={
        "statement": {"any": 180, "organisation": 120, "ngo": 120, "group": 300},
        "group_statement": {"any": 300},
        "question": {"any": 90},
        "answer": {"any": 120},
        "right_of_reply": {"any": 180},
        "introduction": {"any": 600},
        "secretariat": {"any": 600},
        "point_of_order": {"any": 120},
        "response": {"any": 60},
        "chair": {"any": 600},
    },
)
DISCUSSION = SegmentPlan(kind="discussion", title="Discussion", requests=True)
OPENING = SegmentPlan(
    kind="opening",
    title="Opening",
    presider=Presider("Ms. Chair", "President"),
    speakers=(
        Speaker(name="Mr. One", function="Host", entity=Code("A"), role="opening",
                limit_s=300),
        Speaker(name="to be announced", function="Guest", role="keynote", limit_s=600),
    ),
)  # fmt: skip
PANEL = SegmentPlan(
    kind="panel",
    title="Panel",
    requests=True,
    minutes=60,
    speakers=(
        Speaker(name="Ms. Pan", function="Expert", entity=Code("U"), role="panellist",
                limit_s=420),
        Speaker(name="Mr. Ell", function="Expert", role="panellist", limit_s=420),
    ),
)  # fmt: skip
CONCLUSIONS = SegmentPlan(
    kind="conclusions",
    title="Conclusions",
    speakers=(
        Speaker(name="Mr. One", function="Host", entity=Code("A"), role="conclusions",
                limit_s=600),
    ),
)  # fmt: skip
WHOLE = (OPENING, PANEL, DISCUSSION, CONCLUSIONS)

MODERATOR = Actor(role="moderator", link=LinkId("k1"), device="console")
DEPUTY = Actor(role="moderator", link=LinkId("k2"), device="second console")
RAPPORTEUR = Actor(role="rapporteur", link=LinkId("k3"))


def delegate(code: str, device: str = "phone") -> Actor:
    """A device of a delegation."""
    return Actor(
        role="delegate", link=LinkId(f"d{code}"), delegation=Code(code), device=device
    )


class Floor:
    """A meeting under test. Times are seconds, delegations are letters."""

    def __init__(
        self,
        *segments: SegmentPlan,
        planned: Planned | None = None,
        roster: Roster = ROSTER,
        lot_key: str = "",
        **profile: Any,
    ) -> None:
        self.now = START
        programme = Programme(
            id="tried",
            title="A meeting",
            roster="letters",
            profile="tried",
            segments=segments or (DISCUSSION,),
            questions=("What was done?", "What works?", "What is next?"),
        )
        links = [
            Link(id=MODERATOR.link, role="moderator"),
            Link(id=DEPUTY.link, role="moderator"),
            Link(id=RAPPORTEUR.link, role="rapporteur"),
        ] + [
            Link(id=LinkId(f"d{code}"), role="delegate", delegation=code)
            for code in roster.delegations
        ]
        self.created = MeetingCreated(
            meeting=MeetingId("m"),
            programme=programme,
            planned=planned or Planned(),
            profile=structs.replace(PROFILE, **profile),
            roster=roster,
            lot_key=lot_key,
            links=tuple(links),
        )
        self.meeting: Meeting = found(self.created, self.now)
        self.commits: list[tuple[int, Instant, tuple[AnyEvent, ...]]] = []
        self.before = self.meeting
        self._sent = 0

    # Sending

    def wait(self, seconds: float) -> "Floor":
        """The clock goes on."""
        self.now = Instant(self.now + int(seconds * SECOND))
        return self

    def decide(self, command: c.AnyCommand | Alarm, by: Actor) -> Decision | Refusal:
        """What the rules say, without anything happening."""
        return decide(self.meeting, command, by, self.now)

    def send(self, command: c.AnyCommand | Alarm, by: Actor) -> dict[str, Any]:
        """*command* is accepted and happens; its result."""
        decision = self.decide(command, by)
        assert isinstance(decision, Decision), decision
        seq = self.meeting.seq + 1
        evolved = evolve(self.meeting, seq, self.now, decision.events)
        assert evolved == decision.meeting
        assert decision.events
        self.commits.append((seq, self.now, decision.events))
        self.before, self.meeting = self.meeting, decision.meeting
        return decision.result

    def do(self, kind: Any, /, by: Actor = MODERATOR, **fields: Any) -> dict[str, Any]:
        """A command of class *kind* is accepted."""
        return self.send(self._made(kind, fields), by)

    def refused(
        self, code: RefusalCode, kind: Any, /, by: Actor = MODERATOR, **fields: Any
    ) -> Refusal:
        """A command of class *kind* is refused with *code*; nothing happens."""
        refusal = self.decide(self._made(kind, fields), by)
        assert isinstance(refusal, Refusal), refusal
        assert refusal.code == code, refusal
        return refusal

    def alarm(self, alarm: Alarm) -> dict[str, Any]:
        """The engine's clock sends *alarm*."""
        return self.send(alarm, ALARM)

    def _made(self, kind: Any, fields: dict[str, Any]) -> Any:
        self._sent += 1
        return kind(id=f"command-{self._sent}", **fields)

    # What a console shows

    @property
    def active(self) -> Intervention:
        """The intervention on the floor."""
        assert self.meeting.active is not None
        return self.meeting.active

    @property
    def on_floor(self) -> c.ExpectFloor:
        """What a button of the floor shows."""
        showed: Any = phase(self.active)
        return c.ExpectFloor(self.active.id, showed)

    def expect_list(self, segment: int = 0) -> c.ExpectList:
        """What a button of a list shows."""
        speakers = self.meeting.lists[list_id(segment)]
        return c.ExpectList(speakers.id, speakers.state, speakers.generation)

    def expect_head(self) -> c.ExpectHead:
        """What the call button shows."""
        speakers = self.meeting.running_list
        order = speakers.order if speakers else ()
        return c.ExpectHead(head(self.meeting.requests, order))

    def expect_state(self) -> c.ExpectState:
        """What a button of the meeting shows."""
        return c.ExpectState(self.meeting.state)

    def of(self, who: str, segment: int | None = None) -> RequestId:
        """The live request of a delegation, a group, or by id; else its last one."""
        if RequestId(who) in self.meeting.requests:
            return RequestId(who)
        found = [
            r
            for r in self.meeting.requests.values()
            if who in (r.group, r.group_text)
            or (r.delegation == who and not r.group and not r.group_text)
        ]
        wanted = self._list_called_from(segment)
        found = [r for r in found if segment is None or r.list == wanted]
        live = [r for r in found if r.status in ("queued", "called")]
        return (live or found[-1:])[0].id

    def request(self, who: str) -> Request:
        """That request."""
        return self.meeting.requests[self.of(who)]

    def order(self, segment: int = 0) -> str:
        """Who stands on a list: ``A B G77``."""
        requests = self.meeting.requests
        return " ".join(
            str(r.group or r.group_text or r.delegation or r.label or r.id)
            for r in map(requests.__getitem__, self.speakers(segment).order)
        )

    def speakers(self, segment: int = 0) -> Any:
        """The list of a segment."""
        return self.meeting.lists[list_id(segment)]

    def used_s(self) -> float:
        """Seconds used by the intervention on the floor."""
        return used_ms(self.active.clock, self.now) / SECOND

    def left_s(self) -> float:
        """Seconds left to it."""
        return left_ms(self.active, self.now) / SECOND

    def public(self) -> Change:
        """What the last commit changed for everyone."""
        return change(self.before, self.meeting, "public")

    def told(self) -> dict[str, dict[str, Any]]:
        """The rows of it that are new or other, whole or in part, by collection."""
        change = self.public()
        names = {*change.set, *change.patch}
        return {
            name: {**change.set.get(name, {}), **change.patch.get(name, {})}
            for name in names
        }

    def events(self) -> tuple[AnyEvent, ...]:
        """The events of the last commit."""
        return self.commits[-1][2]

    # Common moves

    def lobby(self) -> "Floor":
        """The lobby opens, and with it the lists."""
        self.do(c.OpenLobby, expect=self.expect_state())
        return self

    def opened(self, segment: int = 0) -> "Floor":
        """In session, in a segment of the programme."""
        self.lobby()
        self.do(c.CallToOrder, expect=self.expect_state())
        if segment:
            self.go(segment)
        return self

    def go(self, segment: int) -> None:
        """Go to a segment."""
        key = self.meeting.lists[list_id(segment)].segment
        expect = c.ExpectSegment(self.meeting.segment)
        self.do(c.GoToSegment, segment=key, expect=expect)

    def ask(self, *codes: str, **fields: Any) -> RequestId:
        """Delegations ask for the floor one after the other; the last one's id."""
        for code in codes:
            fields.setdefault("kind", "statement")
            result = self.do(c.RequestFloor, delegate(code), **fields)
        return RequestId(result["request"])

    def put(
        self, *codes: str, segment: int = 0, at: int | None = None, **entry: Any
    ) -> list[RequestId]:
        """The operator puts delegations on a list."""
        entries = tuple(c.Entry(delegation=Code(code), **entry) for code in codes)
        found = self.do(c.Insert, list=list_id(segment), entries=entries, at=at)
        requests: list[RequestId] = found["requests"]
        return requests

    def call(self, who: str, by: Actor = MODERATOR) -> InterventionId:
        """Give the floor."""
        key = self.of(who, self._running())
        found = self.do(c.Call, by, request=key, expect=self.expect_head())
        return InterventionId(found["intervention"])

    def _list_called_from(self, segment: int | None) -> ListId | None:
        """The list of a segment; that of its replies while these are called."""
        if segment is None:
            return None
        running = self.meeting.running_list
        replying = running and running.purpose == "replies"
        return running.id if replying and running else list_id(segment)

    def _running(self) -> int | None:
        key = self.meeting.segment
        return list(self.meeting.segments).index(key) if key else None

    def start(self) -> None:
        """The clock starts."""
        self.do(c.Start, expect=self.on_floor)

    def speak(self, who: str, seconds: float = 0) -> InterventionId:
        """Called, started, and so long on the floor."""
        key = self.call(who)
        self.start()
        self.wait(seconds)
        return key

    def pause(self, reason: Any = "audio") -> None:
        """The clock stands still."""
        self.do(c.Pause, reason=reason, expect=self.on_floor)

    def resume(self, credit_s: int | None = None) -> None:
        """Go on."""
        self.do(c.Resume, credit_s=credit_s, expect=self.on_floor)

    def end(self, by: Actor = MODERATOR, *, returns: bool = False) -> None:
        """The intervention is over."""
        self.do(c.End, by, returns=returns, expect=self.on_floor)

    def heard(self, who: str, seconds: float = 60) -> InterventionId:
        """Called, heard and over."""
        key = self.speak(who, seconds)
        self.end()
        return key

    def move(self, who: str, to: int, segment: int = 0) -> None:
        """Move by hand."""
        key = self.of(who)
        place = self.speakers(segment).order.index(key)
        self.do(c.Move, request=key, to=to, expect=c.ExpectPlace(key, place))

    def withdraw(self, who: str, by: Actor | None = None) -> None:
        """A delegation withdraws, from a pad of its own unless said otherwise."""
        self.do(c.Withdraw, by or delegate(who), request=self.of(who))

    def undo(self) -> dict[str, Any]:
        """Take back the last act."""
        return self.do(c.Undo, expect=self.last_act())

    def last_act(self) -> c.ExpectAction:
        """What the undo button shows."""
        return c.ExpectAction(self.meeting.actions[-1].seq)

    def announce_closing(self, in_s: float, segment: int = 0) -> Instant:
        """The list closes at a time."""
        at = Instant(self.now + int(in_s * SECOND))
        expect = self.expect_list(segment)
        self.do(c.AnnounceClosing, closes_at=at, expect=expect)
        return at

    def close(self, segment: int = 0, basis: str = "") -> None:
        """The list closes now."""
        self.do(c.CloseList, basis=basis, expect=self.expect_list(segment))

    def reopen(self, segment: int = 0, basis: str = "rule 73") -> None:
        """The list opens again."""
        self.do(c.ReopenList, basis=basis, expect=self.expect_list(segment))

    def suspend(self) -> None:
        """The meeting is suspended."""
        self.do(c.Suspend, reason="lunch", expect=self.expect_state())

    def resume_meeting(self) -> None:
        """The meeting resumes."""
        self.do(c.ResumeMeeting, expect=self.expect_state())

    def adjourn(self) -> None:
        """The meeting rises."""
        self.do(c.Adjourn, expect=self.expect_state())

    def raised(
        self, *codes: str, kind: str = "point_of_order", **more: Any
    ) -> RequestId:
        """Delegations raise points one after the other; the last one's request."""
        return self.ask(*codes, kind=kind, **more)

    def points(self) -> str:
        """Who has raised a point and waits: ``P Q``."""
        order = self.meeting.lists[POINTS].order
        return " ".join(str(self.meeting.requests[key].delegation) for key in order)

    @property
    def on_top(self) -> c.ExpectTop:
        """What the button of a point shows of the floor."""
        return c.ExpectTop(self.meeting.floor)

    def recognise(self, point: RequestId, seconds: float | None = None) -> Any:
        """A point gets the floor; with *seconds* it is heard so long, not yet over."""
        found = self.do(c.Recognise, request=point, expect=self.on_top)
        if seconds is not None:
            self.start()
            self.wait(seconds)
        return found["intervention"]

    def rule(self, key: Any, ruling: Any = "not_upheld", **more: Any) -> Any:
        """The chair rules."""
        return self.do(c.Rule, intervention=key, ruling=ruling, **more)

    def interrupted(
        self, code: str, seconds: float = 40, kind: str = "point_of_order", **more: Any
    ) -> Any:
        """A delegation raises a point, has the floor for it, and is done."""
        key = self.recognise(self.raised(code, kind=kind, **more), seconds)
        self.end()
        return key

    def phase(self, phase: Any) -> None:
        """The running item enters a phase."""
        self.do(c.SetPhase, phase=phase, expect=self.expect_phase())

    def expect_phase(self) -> c.ExpectPhase:
        """What the button of a phase shows."""
        key = self.meeting.segment
        assert key is not None
        return c.ExpectPhase(key, self.meeting.segments[key].phase)

    def reply(self, *codes: str, **fields: Any) -> RequestId:
        """Delegations ask for their right of reply; the last one's request."""
        return self.ask(*codes, kind="right_of_reply", **fields)

    def draw(self, segment: int = 0) -> None:
        """Draw by lot."""
        self.do(c.DrawLots, expect=self.expect_list(segment))

    def at_place(self, who: str) -> c.ExpectPlace:
        """What the buttons of an entry show: whose it is, and its place."""
        key = self.of(who)
        order = self.meeting.lists[self.meeting.requests[key].list].order
        return c.ExpectPlace(key, order.index(key))

    def policy(self, policy: Any, *modifiers: Any, segment: int = 0) -> None:
        """Another order."""
        self.do(
            c.SetPolicy,
            policy=policy,
            modifiers=modifiers,
            expect=self.expect_list(segment),
        )


def person(name: str, title: str = "") -> Person:
    """Somebody who speaks."""
    return Person(name, title)


def list_key(segment: int = 0) -> ListId:
    """The id of a segment's list."""
    return list_id(segment)
