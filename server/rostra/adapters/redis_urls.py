"""Where the Redis is, read from one address.

- ``redis://[user:password@]host[:port][/db]``
- ``redis+sentinel://[user:password@]host[:port],host…/service[/db]``
- ``redis+cluster://[user:password@]host[:port],host…``

With ``rediss`` in place of ``redis`` the line is TLS. What may follow after a ``?`` is
in :class:`Options`.
"""

import re
from typing import Annotated, Literal
from urllib.parse import parse_qsl, unquote

from msgspec import Meta, Struct, ValidationError, convert

from rostra.adapters.opening import CannotOpen

Kind = Literal["single", "sentinel", "cluster"]

KINDS: dict[str, Kind] = {"": "single", "+sentinel": "sentinel", "+cluster": "cluster"}
PORT = 6379
SENTINEL_PORT = 26379

_ADDRESS = re.compile(
    r"(?P<scheme>rediss?)(?P<kind>\+[a-z]+)?://"
    r"(?:(?P<user>[^:@/]*)(?::(?P<password>[^@/]*))?@)?"
    r"(?P<hosts>[^/?#]*)(?:/(?P<path>[^?#]*))?(?:\?(?P<options>.*))?"
)
_HOST = re.compile(r"(?P<host>\[[0-9a-fA-F:.]+\]|[^:\[\]@\s]+)(?::(?P<port>\d{1,5}))?")


class Options(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is said after the ``?``."""

    #: So many replicas have a commit before it is acknowledged.
    replicas: Annotated[int, Meta(ge=0, le=16)] = 0
    #: How long these may take; after that the answer is "not known".
    wait_ms: Annotated[int, Meta(ge=10, le=5_000)] = 500
    #: Every key begins with it.
    prefix: Annotated[str, Meta(pattern=r"^[A-Za-z0-9:_-]{1,40}$")] = "rostra"
    #: Serve although the settings of Redis may lose what was acknowledged.
    unsafe: bool = False
    #: A file with the certificates that sign Redis' own, for ``rediss``.
    ca: str | None = None
    sentinel_user: str | None = None
    sentinel_password: str | None = None


class Place(Struct, frozen=True, kw_only=True):
    """A Redis, and how it is to be used."""

    kind: Kind
    hosts: tuple[tuple[str, int], ...]
    service: str = ""
    db: int = 0
    tls: bool = False
    user: str | None = None
    password: str | None = None
    options: Options = Options()

    def __str__(self) -> str:
        """For sentences: without anything secret."""
        scheme = "rediss" if self.tls else "redis"
        kind = "" if self.kind == "single" else f"+{self.kind}"
        hosts = ",".join(
            f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
            for host, port in self.hosts
        )
        service = f"/{self.service}" if self.service else ""
        db = "" if self.kind == "cluster" else f"/{self.db}"
        return f"{scheme}{kind}://{hosts}{service}{db}"

    __repr__ = __str__


def place_of(address: str) -> Place:
    """Read *address*. Raises CannotOpen with a sentence that holds no password."""
    found = _ADDRESS.fullmatch(address)
    kind = KINDS.get((found["kind"] or "") if found else "?")
    if found is None or kind is None:
        raise CannotOpen(
            "The address of Redis begins with redis://, redis+sentinel:// or "
            "redis+cluster:// (rediss for TLS), followed by host:port. A password "
            "with one of the characters : @ / ? # % is to be percent-encoded."
        )
    service, db = _path(kind, unquote(found["path"] or ""))
    return Place(
        kind=kind,
        hosts=_hosts(kind, found["hosts"]),
        service=service,
        db=db,
        tls=found["scheme"] == "rediss",
        user=unquote(found["user"]) if found["user"] else None,
        password=unquote(found["password"]) if found["password"] else None,
        options=_options(found["options"] or ""),
    )


def _hosts(kind: Kind, text: str) -> tuple[tuple[str, int], ...]:
    standard = SENTINEL_PORT if kind == "sentinel" else PORT
    hosts = []
    for each in text.split(","):
        found = _HOST.fullmatch(each)
        port = int(found["port"] or standard) if found else 0
        if found is None or not 0 < port < 65_536:
            raise CannotOpen(
                "The address of Redis names a host that cannot be one. Write "
                "host:port, several with commas between them."
            )
        hosts.append((found["host"].strip("[]"), port))
    if kind == "single" and len(hosts) > 1:
        raise CannotOpen(
            "The address of Redis names several hosts. Say redis+sentinel:// where "
            "Sentinels watch over one primary, redis+cluster:// for a Cluster."
        )
    return tuple(hosts)


def _path(kind: Kind, path: str) -> tuple[str, int]:
    """The service's name and the number of the database."""
    service, db = "", path
    if kind == "sentinel":
        service, _, db = path.partition("/")
        if not service:
            raise CannotOpen(
                "The address of the Sentinels must end in the name of the service "
                "that they watch, such as redis+sentinel://host:26379/mymaster."
            )
    if db and not re.fullmatch(r"\d{1,4}", db):
        raise CannotOpen("The number of the database in the address of Redis is none.")
    if kind == "cluster" and int(db or 0):
        raise CannotOpen("A Redis Cluster has no database but 0: leave the number out.")
    return service, int(db or 0)


def _options(text: str) -> Options:
    try:
        return convert(
            dict(parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text))),
            Options,
            strict=False,
        )
    except ValidationError as error:
        raise CannotOpen(
            f"What follows the ? in the address of Redis cannot be used: {error}."
        ) from None
    except ValueError:
        # says what it cannot read, which may be part of a password
        raise CannotOpen(
            "What follows the ? in the address of Redis must be name=value, with & "
            "between them. In a value the characters & = # % + are percent-encoded."
        ) from None
