"""One connected client that has said who it is: its commands, in its order.

Knows nothing of Socket.IO: a socket hands it parsed events and is its outlet.
"""

import logging
import secrets
from collections.abc import Callable
from typing import NamedTuple, Protocol

import msgspec

from rostra.core.ids import InterventionId, Role
from rostra.core.meeting import Meeting
from rostra.core.permissions import PERMITTED
from rostra.engine.outcomes import Outcome
from rostra.protocol.brief import brief_mine
from rostra.protocol.messages import (
    PROTOCOL,
    Answer,
    Bye,
    Present,
    ResumeFrom,
    TimeAnswer,
    Wait,
    Welcome,
    You,
)
from rostra.web import frames
from rostra.web.fanout import Client, Outlet, Word
from rostra.web.frames import Frame
from rostra.web.halls import Hall
from rostra.web.identity import Identity, still_valid
from rostra.web.rates import Bucket
from rostra.web.settings import Limits
from rostra.web.submit import (
    Malformed,
    Speech,
    answer_of,
    ask,
    internal,
    malformed,
    no,
    parse,
    refusal_of,
)

log = logging.getLogger(__name__)

Clock = Callable[[], float]
FLOOD_RETRY_MS = 60_000
#: Who is seen in a row of the record.
WORKING: frozenset[Role] = frozenset(("rapporteur", "moderator"))


class Here(Protocol):
    """What a session needs of the server it is on."""

    limits: Limits
    build: str
    name: str

    def clock(self) -> float:
        """Seconds that never step."""
        ...

    def spread_ms(self, identity: Identity) -> int:
        """Over how long clients are to come back after a restart."""
        ...

    def command_bucket(self, identity: Identity) -> Bucket:
        """The rate of this link's commands."""
        ...


class Told(NamedTuple):
    """What a client that goes on without a welcome knows beside the meeting: the word,
    and :attr:`Presence.tag` of those whom it holds to be there.
    """

    word: Word
    here: int | None


class Asked:
    """A command that waits for its answer, or whose answer waits for an earlier one."""

    __slots__ = ("ack_id", "answer")

    def __init__(self, ack_id: int) -> None:
        self.ack_id = ack_id
        self.answer: Answer | None = None


class Session:
    """What a socket becomes once its client is known."""

    __slots__ = (
        "_answers",
        "_command_bucket",
        "_hall",
        "_here",
        "_resume",
        "_speech",
        "_time_bucket",
        "client",
        "identity",
        "outlet",
        "present",
    )

    def __init__(
        self,
        here: Here,
        identity: Identity,
        hall: Hall,
        outlet: Outlet,
        *,
        speech: Speech,
        resume: ResumeFrom | None,
        name: str | None = None,
    ) -> None:
        self._here = here
        self.identity = identity
        self.outlet = outlet
        self._hall = hall
        self._speech = speech
        self._resume = resume
        self.client = Client(
            outlet,
            identity.audience,
            identity.delegation,
            self._begin_anew,
        )
        self.present = Present(
            id=name or secrets.token_hex(6),
            link=identity.link,
            role=identity.role,
            delegation=identity.delegation,
            device=identity.device,
            since=hall.room.now(),
            server=here.name,
            row=None,
            label=_label(hall.room.meeting, identity),
        )
        self._time_bucket = Bucket(here.limits.time_rate, here.clock())
        self._command_bucket = here.command_bucket(identity)
        self._answers: list[Asked] = []

    def begin(self, *before: Frame, told: Told | None = None) -> None:
        """Welcome the client, after *before*, and let it have what changes. Nothing can
        slip between. One that was *told* so much by another server goes on by what
        is new alone.
        """
        reason: str | None = "first"
        if self._resume is not None:
            tail = self._hall.room.since(self.identity.audience, self._resume)
            reason = tail.reason
        if told is not None and reason is None and self._resume is not None:
            self.client.seq, self.client.told = self._resume.seq, told.word
            self._resume = None
            self._hall.enter(self, told.here)
        else:
            self._welcome(reason, *before)
            self._hall.enter(self)

    def _begin_anew(self) -> None:
        """History has changed: nothing that the client was shown holds any more."""
        self._welcome("epoch")
        self._hall.entered_anew(self)

    def gone(self) -> None:
        """The socket has ended. Commands on their way are settled all the same."""
        self._hall.leave(self)
        self._answers.clear()
        self.client.renew = _nothing

    def held(self) -> None:
        """What was written to this client has to wait."""
        self._hall.fanout.held(self.client)

    def drained(self) -> None:
        """Nothing waits for this client any more."""
        self._hall.fanout.drained(self.client)

    def event(self, name: str, ack_id: int, data: object) -> None:
        """Take one event, ``cmd`` or ``time``; the answer is sent later."""
        if name == "time":
            if self._time_bucket.take(self._here.clock()) == 0:
                answer = TimeAnswer(self._hall.room.now())
                self._say(frames.acknowledgement(ack_id, answer))
            elif self._time_bucket.flooded:
                self._flooded()
            return
        asked = Asked(ack_id)
        self._answers.append(asked)
        asked.answer = self._command(data, asked)
        if asked.answer is not None:
            self._acknowledge()
        elif len(self._answers) > self._here.limits.unanswered:
            self._flooded()

    def at(self, data: object) -> None:
        """In which row of the record this client works, for the others to see; what is
        no row is none. There is no answer.
        """
        if self.identity.role not in WORKING or not isinstance(data, dict):
            return
        row = data.get("row")
        rows = self._hall.room.meeting.interventions
        known = isinstance(row, str) and InterventionId(row) in rows
        self._hall.at(self, InterventionId(str(row)) if known else None)

    def _command(self, data: object, asked: Asked) -> Answer | None:
        """What can be answered at once; None where the room has been asked."""
        room = self._hall.room
        if wait_ms := self._command_bucket.take(self._here.clock()):
            if self._command_bucket.flooded:
                self._flooded()
            return Wait(wait_ms)
        try:
            command = parse(data)
        except Malformed as error:
            return malformed(error.field, self._speech)
        if not still_valid(self.identity, room.meeting, room.now()):
            self.outlet.goodbye(Bye("revoked", None))
            return Wait(1000)
        if refusal := refusal_of(command, self.identity):
            return no(refusal, self._speech)

        def settled(outcome: Outcome) -> None:
            asked.answer = answer_of(outcome, self._speech)
            self._acknowledge()

        try:
            ask(room, command, self.identity, settled)
        except Exception:
            log.exception("a command failed: %s", command.id)
            return internal(self._speech)
        return None

    def _acknowledge(self) -> None:
        """Answer in the order of asking."""
        while self._answers and (answer := self._answers[0].answer) is not None:
            asked = self._answers.pop(0)
            self._say(frames.acknowledgement(asked.ack_id, answer))

    def _say(self, message: Frame) -> None:
        self._hall.fanout.say(self.client, message)

    def _flooded(self) -> None:
        self.outlet.goodbye(Bye("slow", FLOOD_RETRY_MS))

    def _welcome(self, reason: str | None, *before: Frame) -> None:
        """*reason* None: the client goes on from where it says it is."""
        hall, identity, resume = self._hall, self.identity, self._resume
        room = hall.room
        going_on = reason is None and resume is not None
        seq, chain = room.meeting.seq, room.chain
        if going_on and resume is not None:
            seq, chain = resume.seq, resume.chain
        delegation = identity.delegation
        welcome = Welcome(
            protocol=PROTOCOL,
            build=self._here.build,
            epoch=room.epoch,
            seq=seq,
            chain=chain,
            mode="resume" if going_on else "snapshot",
            reason=reason,  # type: ignore[arg-type]
            state=None if going_on else _state(hall, identity),  # type: ignore[arg-type]
            mine=brief_mine(room.mine(delegation)) if delegation is not None else None,
            now=room.now(),
            you=you(identity),
            spread_ms=self._here.spread_ms(identity),
            # who comes as an operator ends it
            unattended=hall.attention.unattended and identity.role != "moderator",
            stalled=hall.fanout.word[1],
            lost=room.lost if reason == "epoch" else None,
            not_kept=room.not_kept.get(identity.link, ()) if reason == "epoch" else (),
            connection=self.present.id,
        )
        self.outlet.write(*before, frames.event("welcome", welcome))
        self.client.seq = seq
        self.client.told = (welcome.unattended, welcome.stalled)
        self._resume = None


def _label(meeting: Meeting, identity: Identity) -> str:
    """By which rapporteurs know each other; staff knows all links."""
    return meeting.links[identity.link].label if identity.role == "rapporteur" else ""


def _nothing() -> None:
    """There is nobody left to welcome."""


def _state(hall: Hall, identity: Identity) -> msgspec.Raw:
    """Already JSON: everyone of an audience gets the same bytes."""
    return hall.state(identity.audience)


def you(identity: Identity) -> You:
    """Who the server takes somebody for."""
    return You(
        role=identity.role,
        audience=identity.audience,
        link=identity.link,
        delegation=identity.delegation,
        device=identity.device,
        lang=identity.lang,
        commands=tuple(sorted(PERMITTED[identity.role])),
    )
