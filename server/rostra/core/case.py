"""One command before the rules: what it is decided on, and what is said so far."""

from collections.abc import Mapping
from typing import Any, TypeVar

from rostra.core.actor import Actor
from rostra.core.draft import Draft
from rostra.core.events import ActTaken, AnyEvent
from rostra.core.evolve import apply
from rostra.core.ids import Code, Instant, ListId, RequestId, SegmentId, made
from rostra.core.meeting import (
    LISTED,
    Intervention,
    Meeting,
    MeetingState,
    Request,
    Segment,
    SpeakerList,
)
from rostra.core.refusals import Refused

T = TypeVar("T")


class Case:
    """A speculative commit: events are applied to ``draft`` as they are said.

    ``meeting`` stays the meeting as it was. Helpers raise :class:`Refused`.
    """

    def __init__(self, meeting: Meeting, actor: Actor, at: Instant) -> None:
        self.meeting = meeting
        self.actor = actor
        self.at = at
        self.draft = Draft(meeting)
        self.draft.begin(meeting.seq + 1, at)
        self.events: list[AnyEvent] = []
        self.act: ActTaken | None = None
        self._made = 0

    def say(self, event: AnyEvent) -> None:
        """*event* happens."""
        apply(self.draft, event)
        self.events.append(event)

    def said(self, collection: str) -> frozenset[str]:
        """Ids of the entities of *collection* that this commit has touched so far."""
        return frozenset(self.draft.touched(collection))

    def new_id(self, letter: str) -> str:
        """The id of a new entity of this commit."""
        number, self._made = self._made, self._made + 1
        return made(letter, (self.draft.seq, number))

    def undoable(
        self,
        act: str,
        *,
        request: RequestId | None = None,
        list: ListId | None = None,
        segment: SegmentId | None = None,
    ) -> None:
        """An operator may take this commit back."""
        if self.actor.role == "moderator":
            self.act = ActTaken(act=act, request=request, list=list, segment=segment)

    def in_state(self, *states: MeetingState) -> None:
        """Refuse unless the meeting is in one of *states*."""
        if self.meeting.state not in states:
            state = self.meeting.state
            raise Refused("wrong_meeting_state", {"state": state}, state=state)

    def alive(self) -> None:
        """Refuse once the meeting has risen."""
        self.in_state("scheduled", "lobby", "in_session", "suspended")

    def list(self, key: ListId) -> SpeakerList:
        """The list *key*."""
        return self.found(self.meeting.lists, key, "list")

    def segment_of(self, speakers: SpeakerList) -> Segment:
        """The segment whose speakers *speakers* lists; other lists have none."""
        if speakers.segment is None:
            raise Refused("list_takes_no_requests", segment="")
        return self.meeting.segments[speakers.segment]

    def request(self, key: RequestId) -> Request:
        """The request *key*.

        A delegation is answered alike for others' requests and for none: that there is
        one may be nobody's business yet.
        """
        if self.actor.role == "delegate" and key not in self.meeting.requests:
            raise Refused("not_your_delegation")
        return self.found(self.meeting.requests, key, "request")

    def live(self, key: RequestId, among: frozenset[str] = LISTED) -> Request:
        """The request *key*, which must still be on its list, or *among* others."""
        request = self.request(key)
        if request.status not in among:
            who = request.delegation
            current = {"status": "granted" if request.status == "granted" else "gone"}
            raise Refused("not_on_list", {**current}, delegation=who)
        return request

    def callable(self, request: Request) -> None:
        """Refuse to call a delegation that is marked absent or suspended."""
        known = self.meeting.attendance.get(request.delegation or Code(""))
        if known and known.flag:
            who, flag = request.delegation, known.flag
            raise Refused(
                "delegation_flagged", {"flag": flag}, flag=flag, delegation=who
            )

    def own(self, request: Request) -> None:
        """A delegate acts for its own delegation only."""
        if self.actor.role == "delegate" and (
            request.delegation is None or request.delegation != self.actor.delegation
        ):
            raise Refused("not_your_delegation")

    def active(self) -> Intervention:
        """The intervention on the floor."""
        if self.meeting.active is None:
            raise Refused("floor_idle", {"floor": None})
        return self.meeting.active

    @staticmethod
    def found(collection: Mapping[Any, T], key: str, what: str) -> T:
        try:
            return collection[key]
        except KeyError:
            raise Refused("no_such_entity", what=what, id=key) from None
