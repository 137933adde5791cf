"""Whether a Redis keeps what it is given, asked once when the journal is opened."""

from collections.abc import Mapping
from typing import Any

from redis.exceptions import ResponseError

from rostra.adapters.opening import CannotOpen
from rostra.adapters.redis_errors import TROUBLE, plainly
from rostra.adapters.redis_lines import Lines, Word
from rostra.adapters.redis_store import Kept
from rostra.adapters.redis_urls import Place

WITHIN_S = 5.0
OLDEST = (7, 0)
#: From here on WAITAOF is known.
KNOWS_WAITAOF = (7, 2)
SETTINGS = ("maxmemory-policy", "appendonly", "appendfsync", "aof-load-truncated")
QUESTIONS: tuple[tuple[Word, ...], ...] = (
    ("INFO", "server"),
    ("INFO", "replication"),
    *(("CONFIG GET", name) for name in SETTINGS),
)

#: What a server says of itself that is reached by each kind of address.
MODES = {"single": "standalone", "sentinel": "standalone", "cluster": "cluster"}
WRONG_MODE = (
    "{place} answers as {mode}. Say redis:// for a server of its own, "
    "redis+sentinel:// for what Sentinels watch, redis+cluster:// for a Cluster."
)

Info = Mapping[str, Any]


async def examine(place: Place, lines: Lines) -> tuple[Kept, list[str]]:
    """How commits are kept there, and what the operator should know, in sentences.

    Raises CannotOpen where it cannot be used, or may lose what it acknowledged and
    the address does not say ``unsafe=1``.
    """
    try:
        primaries = await lines.every(QUESTIONS, WITHIN_S)
    except TROUBLE as error:
        raise CannotOpen(f"{place}: {plainly(error).reason}.") from error
    kept = Kept(replicas=place.options.replicas, within_ms=place.options.wait_ms)
    on_disk = bool(primaries) and kept.replicas > 0
    unsafe: list[str] = []
    notes: list[str] = []
    for server, replication, *settings in primaries:
        for answer in (server, replication):
            if isinstance(answer, Exception):
                raise CannotOpen(f"{place}: {plainly(answer).reason}.")
        _must_do(place, server, replication)
        notes += _replicas(kept, replication)
        found = _settings(settings)
        unsafe += _unsafe(found)
        notes += _notes(found, kept)
        always = found.get("appendonly") == "yes" and found["appendfsync"] == "always"
        on_disk = on_disk and always and _version(server) >= KNOWS_WAITAOF
    if unsafe and not place.options.unsafe:
        raise CannotOpen(
            f"{place} may lose what was acknowledged: {' '.join(_once(unsafe))} "
            "Change it, or say unsafe=1 in the address to serve all the same."
        )
    kept = Kept(kept.replicas, kept.within_ms, on_disk)
    return kept, [*_once(unsafe), *_once(notes)]


def _must_do(place: Place, server: Info, replication: Info) -> None:
    version = _version(server)
    if version < OLDEST:
        raise CannotOpen(
            f"{place} is Redis {'.'.join(map(str, version))}. "
            "Redis 7 or later is needed, or Valkey."
        )
    # Valkey has its own word for it.
    mode = server.get("server_mode") or server.get("redis_mode")
    if mode is not None and mode != MODES[place.kind]:
        raise CannotOpen(WRONG_MODE.format(place=place, mode=mode))
    if replication.get("role") != "master":
        raise CannotOpen(
            f"{place} is a replica. Give the address of its primary, or of the "
            "Sentinels that know it."
        )


def _version(server: Info) -> tuple[int, int]:
    """Valkey says with which Redis it is compatible, which is what counts."""
    major, minor, *_ = f"{server.get('redis_version', '0')}.0".split(".")
    return (int(major), int(minor))


def _settings(answers: list[Any]) -> dict[str, str]:
    """What CONFIG GET says; empty where it is forbidden or not known."""
    found: dict[str, str] = {}
    for answer in answers:
        if isinstance(answer, Exception):
            if not isinstance(answer, ResponseError):
                raise CannotOpen(f"Redis: {plainly(answer).reason}.")
            return {}
        found |= answer
    return found if set(SETTINGS) <= found.keys() else {}


def _unsafe(found: Mapping[str, str]) -> list[str]:
    said = []
    if found.get("maxmemory-policy", "noeviction") != "noeviction":
        said.append(
            f"It throws data away when memory is short (maxmemory-policy "
            f"{found['maxmemory-policy']}); it must be noeviction."
        )
    if found.get("appendonly", "yes") != "yes":
        said.append("It does not write its log to the disk; appendonly must be yes.")
    elif found.get("appendfsync") == "no":
        said.append(
            "It leaves it to the system when its log reaches the disk (appendfsync no);"
            " it must be always or everysec."
        )
    return said


def _notes(found: Mapping[str, str], kept: Kept) -> list[str]:
    if not found:
        return [
            "Redis does not tell its settings (CONFIG is forbidden), so they could not "
            "be checked: it needs maxmemory-policy noeviction, appendonly yes and "
            "appendfsync always or everysec."
        ]
    said = []
    if found["appendonly"] == "yes" and found["appendfsync"] == "everysec":
        said.append(
            "Redis writes to its disk once a second (appendfsync everysec): what was "
            "acknowledged in the last second is lost if the power of all its machines "
            "fails at once."
            if kept.replicas
            else "Redis writes to its disk once a second (appendfsync everysec): up to "
            "a second of what was acknowledged is lost if its machine loses power. "
            "appendfsync always loses nothing."
        )
    if found["appendonly"] == "yes" and found["aof-load-truncated"] == "yes":
        said.append(
            "Redis starts with a shorter log and says nothing when the end of its file "
            "is damaged (aof-load-truncated yes). The loss would be noticed here and "
            "told to everyone."
        )
    return said


def _replicas(kept: Kept, replication: Info) -> list[str]:
    connected = int(replication.get("connected_slaves", 0))
    if connected < kept.replicas:
        return [
            f"{kept.replicas} replicas are to have every commit and {connected} are "
            "connected: until they are there, no command can be acknowledged."
        ]
    if connected > kept.replicas > 0:
        return [
            f"{kept.replicas} of {connected} replicas are to have a commit before it "
            "is acknowledged: nothing is lost when one machine dies, but what only one "
            "side of a split network has may be. "
            f"replicas={connected} loses nothing then either."
        ]
    return []


def _once(sentences: list[str]) -> list[str]:
    return list(dict.fromkeys(sentences))
