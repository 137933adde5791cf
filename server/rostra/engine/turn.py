"""A batch in the making: commands decided one by one on a speculative state.

Nothing of it is true before the journal has its commits.
"""

import logging
import os
from collections.abc import Callable

import msgspec
from msgspec import Struct

from rostra.core.actor import ALARM_LINK, Actor
from rostra.core.alarms import Alarm
from rostra.core.commands import AnyCommand
from rostra.core.decide import Decision, decide
from rostra.core.ids import Instant
from rostra.core.meeting import Meeting
from rostra.core.refusals import Refusal
from rostra.engine.ledger import Answered, Key, Ledger, Refusing, known_as
from rostra.engine.outcomes import Accepted, Declined, Outcome
from rostra.engine.ports import Verdicts
from rostra.protocol.commit import SALT_BYTES, Commit, Head, seal
from rostra.protocol.stored import Origin, Record, write

log = logging.getLogger(__name__)


class Pending(Struct):
    """A command that waits for its answer."""

    command: AnyCommand | Alarm
    actor: Actor
    digest: str
    #: Is called with the outcome, once.
    settled: Callable[[Outcome], None] | None = None
    #: The last instant at which it may act.
    until: Instant | None = None

    @property
    def key(self) -> Key:
        """What makes it the same command when it is sent again."""
        return self.actor.link, self.command.id

    def settle(self, outcome: Outcome) -> None:
        """Tell the sender. It happened: a sender's fault is nobody else's."""
        if self.settled is not None:
            settled, self.settled = self.settled, None
            try:
                settled(outcome)
            except Exception:
                log.exception("an answer failed: %s", self.command.id)


class Turn:
    """What a batch leads to, from *meeting* at *head*: commits, states, answers."""

    def __init__(
        self, meeting: Meeting, head: Head, ledger: Ledger, at: Instant
    ) -> None:
        self.at = at
        self.commits: list[Commit] = []
        self.states: list[Meeting] = []
        self._meeting = meeting
        self._epoch = head.epoch
        self._hash = head.hash
        self._ledger = ledger
        self._accepted: dict[Key, Answered] = {}
        self._refused: dict[Key, Refusing] = {}
        self._answers: list[tuple[Pending, Outcome]] = []

    def add(self, pending: Pending) -> None:
        """Decide one more command."""
        self._answers.append((pending, self._outcome(pending)))

    @property
    def verdicts(self) -> Verdicts:
        """What other servers must not answer otherwise; what nobody sent aside."""
        return Verdicts(
            [known_as(key) for key in self._accepted],
            {
                known_as(key): msgspec.json.encode(refusing)
                for key, refusing in self._refused.items()
                if key[0] != ALARM_LINK
            },
        )

    def settle(self) -> None:
        """It holds: remember what was answered, and answer."""
        for key, answered in self._accepted.items():
            self._ledger.accept(key, answered)
        for key, refusing in self._refused.items():
            self._ledger.refuse(key, refusing)
        for pending, outcome in self._answers:
            pending.settle(outcome)

    def _outcome(self, pending: Pending) -> Outcome:
        key = pending.key
        known = self._accepted.get(key) or self._ledger.accepted(key)
        refused = self._refused.get(key) or self._ledger.refused(key, self.at)
        before = known or refused
        if before and before.digest != pending.digest:
            return Declined(Refusal("id_reused"))
        if known:
            return Accepted(known.seq, known.result)
        if refused:
            return Declined(refused.refusal)
        if pending.until is not None and self.at > pending.until:
            return self._declined(pending, Refusal("expired"))
        return self._decided(pending)

    def _decided(self, pending: Pending) -> Outcome:
        try:
            decision = decide(self._meeting, pending.command, pending.actor, self.at)
            if isinstance(decision, Decision):
                return self._written(pending, decision)
        except Exception:
            log.exception("deciding %s", type(pending.command).__name__)
            return self._declined(pending, Refusal("internal"))
        return self._declined(pending, decision)

    def _declined(self, pending: Pending, refusal: Refusal) -> Declined:
        self._refused[pending.key] = Refusing(pending.digest, self.at, refusal)
        return Declined(refusal)

    def _written(self, pending: Pending, decision: Decision) -> Outcome:
        seq = decision.meeting.seq
        record = Record(
            meeting=decision.meeting.id,
            epoch=self._epoch,
            seq=seq,
            at=self.at,
            events=decision.events,
            origin=Origin(
                role=pending.actor.role,
                link=pending.actor.link,
                command=pending.command.id,
                digest=pending.digest,
                result=decision.result,
            ),
        )
        # asking the system for random bytes costs more than the bytes
        random = os.urandom(2 * SALT_BYTES)
        salts = (random[:SALT_BYTES], random[SALT_BYTES:])
        commit = seal(self._hash, seq, write(record), salts)
        self.commits.append(commit)
        self.states.append(decision.meeting)
        self._hash = commit.hash
        self._meeting = decision.meeting
        self._accepted[pending.key] = Answered(pending.digest, seq, decision.result)
        return Accepted(seq, decision.result)
