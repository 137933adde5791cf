"""One command on its way to the rules: from parsed JSON to an honest answer.

Sockets and REST share it. What is refused here never reaches the room.
"""

import hashlib
import logging
import re
from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from rostra.core.commands import AnyCommand
from rostra.core.ids import Instant
from rostra.core.permissions import permitted
from rostra.core.refusals import Refusal
from rostra.engine.outcomes import Accepted, Declined, Outcome, Unsettled
from rostra.engine.room import Room
from rostra.protocol.messages import Answer, No, Ok, Wait, convert_command
from rostra.web.identity import Identity

log = logging.getLogger(__name__)

#: What is a matter of seconds: giving and ending the floor, and all that steers.
FLOOR_MS = 10_000
#: What may wait for a bad line: requests, names, notes.
REQUEST_MS = 300_000
PATIENT = frozenset(
    {
        "request_floor",
        "withdraw",
        "park",
        "unpark",
        "offer_swap",
        "answer_swap",
        "insert",
        "name_speaker",
        "confirm_name",
        "note",
        "correct",
        "settle_correction",
        "open_corrections",
        "correct_row",
        "write_conclusion",
        "move_conclusion",
        "drop_conclusion",
        "release_conclusions",
        "tick",
        "mark_attendance",
        "set_contact",
        "announce",
        "clear_announcement",
        "clear_signal",
    }
)
#: A device whose clock is this much ahead of ours is believed to mean "now".
AHEAD_MS = 2_000

_FIELD = re.compile(r" - at `\$\.?(.*)`$")
_NAMED = re.compile(r"(?:field|key) `([^`]*)`")


class Speech(Protocol):
    """Sentences in one reader's language."""

    def __call__(self, refusal: Refusal) -> str:
        """Why not."""
        ...

    def tr(self, text: str) -> str:
        """*text* in the reader's language."""
        ...


class Malformed(Exception):
    """The sender's program is at fault; ``field`` is where."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def type_of(command: AnyCommand) -> str:
    """The name of a command's type on the wire."""
    return str(type(command).__struct_config__.tag)


def parse(data: object) -> AnyCommand:
    """A command from parsed JSON. Raises :class:`Malformed`."""
    try:
        return convert_command(data)
    except msgspec.ValidationError as error:
        raise Malformed(_field(str(error))) from None


def _field(message: str) -> str:
    """The field that a message of msgspec speaks of; made by us, never echoed."""
    inside = _FIELD.search(message)
    named = _NAMED.search(message)
    parts = [found.group(1) for found in (inside, named) if found]
    if not parts and "value" in message:
        parts = ["type"]
    field = ".".join(each for each in parts if each)
    return re.sub(r"[^\w.\[\]-]", "", field)[:60]


def digest(command: AnyCommand) -> bytes:
    """Of what the command says, without when it was asked: a resend is the same."""
    plain = msgspec.to_builtins(command)
    plain.pop("asked_at", None)
    plain.pop("valid_ms", None)
    return hashlib.sha256(msgspec.json.encode(plain, order="sorted")).digest()


def valid_until(command: AnyCommand, now: Instant) -> Instant:
    """The last instant at which *command* may act."""
    asked = command.asked_at
    if asked is None or asked > now + AHEAD_MS:
        asked = now
    usual = REQUEST_MS if type_of(command) in PATIENT else FLOOR_MS
    return Instant(asked + (command.valid_ms or usual))


def refusal_of(command: AnyCommand, identity: Identity) -> Refusal | None:
    """What can be refused before the rules are asked."""
    kind = type_of(command)
    if not permitted(identity.role, kind):
        return Refusal("not_permitted", {"command": kind})
    return None


def ask(
    room: Room,
    command: AnyCommand,
    identity: Identity,
    settled: Callable[[Outcome], None],
) -> None:
    """Put *command* into the room's inbox; *settled* is called with its outcome."""
    until = valid_until(command, room.now())
    room.ask(command, identity.actor, digest(command), settled, until)


async def settle(
    room: Room, command: AnyCommand, identity: Identity, speech: Speech
) -> Answer:
    """:func:`ask`, and wait for the answer."""
    until = valid_until(command, room.now())
    try:
        outcome = await room.submit(command, identity.actor, digest(command), until)
    except Exception:
        log.exception("a command failed: %s %s", type_of(command), command.id)
        return internal(speech)
    return answer_of(outcome, speech)


def answer_of(outcome: Outcome, speech: Speech) -> Answer:
    """What the client is told of *outcome*."""
    match outcome:
        case Accepted(seq, result):
            return Ok(seq, result)
        case Declined(refusal):
            return no(refusal, speech)
        case Unsettled(retry_ms):
            return Wait(retry_ms)


def no(refusal: Refusal, speech: Speech) -> No:
    """A refusal as it is sent."""
    current: dict[str, Any] = dict(refusal.current)
    return No(refusal.code, speech(refusal), current)


def malformed(field: str, speech: Speech) -> No:
    """The sentence names the field."""
    if not field:
        return No("malformed", speech.tr("This was not understood."), {})
    text = speech.tr("This was not understood: the field “{field}” is not right.")
    return No("malformed", text.format(field=field), {"field": field})


def internal(speech: Speech) -> No:
    """Our own fault; what happened stands in the log."""
    text = speech.tr("Something went wrong on the server. Nothing was changed.")
    return No("internal", text, {})
