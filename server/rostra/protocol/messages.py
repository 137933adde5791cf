"""What crosses the wire beside commands: DESIGN "What goes over the wire".

The JSON Schema (``/api/v1/schema.json``) and the client's types are generated from
these. Events sent by the server have no defaults, so that no field is optional, but
for what may be left out of a delta.
"""

from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta, Struct

from rostra.core.commands import AnyCommand
from rostra.core.entities import Mine
from rostra.core.ids import (
    Audience,
    Code,
    Instant,
    InterventionId,
    LinkId,
    ListId,
    RequestId,
    Role,
)
from rostra.core.refusals import RefusalCode

PROTOCOL = 2
MAX_FRAME = 16_384

Collections = dict[str, dict[str, dict[str, Any]]]
#: ``[index, delete_count, id…]`` applied one after the other.
Splice = tuple[int | str, ...]


class ResumeFrom(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a client's own state stands."""

    epoch: Annotated[str, Meta(max_length=40)]
    seq: int
    chain: Annotated[str, Meta(max_length=64)]


class Auth(Struct, frozen=True, forbid_unknown_fields=True):
    """What a client says at connecting. Without ``token`` a cookie of ``link``."""

    protocol: int
    build: Annotated[str, Meta(max_length=40)] = ""
    lang: Annotated[str, Meta(max_length=8)] = "en"
    token: Annotated[str, Meta(max_length=200)] | None = None
    link: Annotated[str, Meta(max_length=40)] | None = None
    device: Annotated[str, Meta(max_length=80)] | None = None
    resume: ResumeFrom | None = None


class You(Struct, frozen=True):
    """Who the server takes this client for. ``commands`` is what it may send."""

    role: Role
    audience: Audience
    link: LinkId
    delegation: Code | None
    device: str
    lang: str
    commands: tuple[str, ...]


class State(Struct, frozen=True):
    """A whole view: every collection of the audience, and the order of each list."""

    collections: Collections
    order: dict[ListId, list[RequestId]]


class Lost(Struct, frozen=True):
    """The commits after ``after`` up to ``until`` are gone; others may follow there."""

    after: int
    until: int


class Welcome(Struct, frozen=True, kw_only=True):
    """First message after CONNECT. ``state`` is None when ``mode`` is ``resume``.

    With the reason ``epoch`` the past is another than the client was shown: ``lost``
    says which numbers are gone, ``not_kept`` are the ids of this link's commands that
    had been answered with ok and are gone with them. ``stalled`` as in :class:`Beat`.
    ``connection`` is the client's own name among those who are :class:`Here`.
    """

    protocol: int
    build: str
    epoch: str
    seq: int
    chain: str
    mode: Literal["resume", "snapshot"]
    reason: Literal["first", "too_old", "epoch", "diverged"] | None
    state: State | None
    mine: Mine | None
    now: Instant
    you: You
    spread_ms: int
    unattended: bool
    stalled: bool
    lost: Lost | None
    not_kept: tuple[str, ...]
    connection: str


class Delta(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What changed from one seq to a later one, for one audience.

    A client accepts it only if ``from`` is its own seq. Put the whole entities of
    ``set``, change the fields in ``patch``, take away what is in ``drop``, then apply
    the splices of ``order`` in turn: the ``count`` of a list on which somebody is left
    is then how many stand there. What is empty is left out, and of an entity what is
    usual (:mod:`rostra.protocol.brief`). The epoch is that of the last welcome.
    """

    from_: int = msgspec.field(name="from")
    seq: int
    chain: str
    set: Collections = {}
    patch: Collections = {}
    drop: dict[str, list[str]] = {}
    order: dict[ListId, list[list[int | str]]] = {}


class Beat(Struct, frozen=True, kw_only=True):
    """The server is there, and at which seq.

    ``unattended`` says that no operator is connected: the floor stays as it is.
    ``stalled`` that the journal takes nothing at the moment: what is shown may be old,
    and every command is answered with wait.
    """

    from_: int = msgspec.field(name="from")
    seq: int
    chain: str
    unattended: bool
    stalled: bool


class MineFrame(Struct, frozen=True):
    """A delegation's own layer at *seq*, to be applied once that seq is reached."""

    seq: int
    state: Mine


class Present(Struct, frozen=True):
    """A connected device. ``id`` names the connection, not the person.

    ``server`` is the name of the server it is on, where there are several. ``row`` is
    the row of the record in which a rapporteur or an operator works, ``label`` what a
    rapporteur's link is called; of others it is empty.
    """

    id: str
    link: LinkId
    role: Role
    delegation: Code | None
    device: str
    since: Instant
    server: str
    row: InterventionId | None
    label: str


class Here(Struct, frozen=True):
    """Who is connected, at most once a second; whole when ``n`` is 0.

    Staff is told of everybody, rapporteurs of rapporteurs, nobody else of anyone.
    """

    n: int
    set: dict[str, Present]
    drop: list[str]


class Bye(Struct, frozen=True):
    """The server closes. Come back after ``retry_ms``, or not at all (None)."""

    code: Literal["revoked", "restarting", "slow", "reload", "expired"]
    retry_ms: int | None


class Ok(Struct, frozen=True, tag_field="outcome", tag="ok"):
    """Done, as commit ``seq``."""

    seq: int
    result: dict[str, Any]


class No(Struct, frozen=True, tag_field="outcome", tag="no"):
    """Not done, and why: a stable code and a sentence in the reader's language."""

    code: RefusalCode | Literal["malformed", "not_kept"]
    message: str
    current: dict[str, Any]


class Wait(Struct, frozen=True, tag_field="outcome", tag="wait"):
    """Not known yet: send the same command again after ``retry_ms``."""

    retry_ms: int


Answer = Ok | No | Wait


class TimeAnswer(Struct, frozen=True):
    """The server's clock, for measuring the offset."""

    now: Instant


SERVER_EVENTS: dict[str, type] = {
    "welcome": Welcome,
    "delta": Delta,
    "beat": Beat,
    "mine": MineFrame,
    "here": Here,
    "bye": Bye,
}

_commands = msgspec.json.Decoder(AnyCommand)
_COMMANDS: dict[str, Any] = {
    str(each.__struct_config__.tag): each for each in get_args(AnyCommand)
}


def parse_command(raw: bytes | str) -> AnyCommand:
    """A command from its JSON text. Raises msgspec.ValidationError if malformed."""
    command: AnyCommand = _commands.decode(raw)
    return command


def convert_command(data: object) -> AnyCommand:
    """A command from parsed JSON. Raises msgspec.ValidationError if malformed."""
    kind = data.get("type") if isinstance(data, dict) else None
    # for a union msgspec would lay out all its types anew for each command
    wanted = _COMMANDS.get(kind, AnyCommand) if isinstance(kind, str) else AnyCommand
    command: AnyCommand = msgspec.convert(data, wanted)
    return command
