"""Settings and where things lie.

Defaults here, then the TOML file, then ``ROSTRA_*`` of the environment, then what the
command line says. Nothing is read at import, and nothing is guessed: a key that is
unknown is refused with the nearest name.
"""

import difflib
import hmac
import os
import secrets
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
from msgspec import Meta, Struct, structs

from rostra import __version__
from rostra.core.ids import Role
from rostra.record.proof import RecordKey
from rostra.web.settings import DELEGATE_RATE, Limits, Rate, WebSettings

PREFIX = "ROSTRA_"
#: Environment names that are no settings: where files lie, and what tests read.
OTHER_NAMES = frozenset(
    {
        "ROSTRA_CONFIG",
        "ROSTRA_CONFIG_DIR",
        "ROSTRA_TEMPLATES_DIR",
        "ROSTRA_STATIC_DIR",
        "ROSTRA_CHROMIUM",
        "ROSTRA_NO_SKIP",
    }
)
FOREIGN_PREFIX = "ROSTRA_TEST_"

#: Set elsewhere: rates have a table of their own, by role.
HIDDEN = frozenset({("limits", "rates")})

Port = Annotated[int, Meta(ge=0, le=65_535)]
Positive = Annotated[int, Meta(ge=1)]


class SettingsError(ValueError):
    """A setting that cannot be meant; the text is a sentence for its author."""


class Rates(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Commands that one link may send; other roles have the rate of a delegate."""

    moderator: Rate = Rate(50, 200)
    delegate: Rate = DELEGATE_RATE


class Log(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the server's own log is written."""

    format: Literal["auto", "text", "json"] = "auto"
    level: Literal["debug", "info", "warning", "error"] = "info"


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every setting; ``config/rostra.toml`` says why each has the value it has."""

    host: str = "127.0.0.1"
    port: Port = 8080
    base: str = ""
    data: str = "data"
    journal: str = ""
    name: str = ""
    link_key_file: str = ""
    record_key_file: str = ""
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    metrics_from: tuple[str, ...] = ("127.0.0.0/8", "::1/128")
    languages: tuple[str, ...] = ("en", "ar")
    trusted_types: bool = True
    shutdown_s: Positive = 5
    log: Log = Log()
    rates: Rates = Rates()
    limits: Limits = Limits()


def load(
    file: Path | None = None,
    environ: Mapping[str, str] | None = None,
    flags: Mapping[str, Any] | None = None,
) -> Settings:
    """The settings of this start. Raises :class:`SettingsError`.

    *file* is what ``--config`` named; without it ``$ROSTRA_CONFIG``, else the file
    that is shipped. *flags* wins over everything; ``None`` in it is "not given".
    """
    environ = os.environ if environ is None else environ
    path = file or Path(environ.get("ROSTRA_CONFIG") or shipped_settings())
    merged = _from_file(path)
    for name, value in _from_environment(environ):
        _put(merged, name, value)
        _checked(merged, environ_name(name))
    merged.update({k: v for k, v in (flags or {}).items() if v is not None})
    return _checked(merged, "command line")


def shipped_settings() -> Path:
    """The settings file that comes with Rostra."""
    return resource_dir("config") / "rostra.toml"


def resource_dir(name: Literal["config", "templates", "static"]) -> Path:
    """Where the files of *name* lie: as told, in the working tree, or in the wheel."""
    told = os.environ.get(f"{PREFIX}{name.upper()}_DIR")
    if told:
        return Path(told)
    package = Path(__file__).resolve().parent
    tree = package.parents[1]
    if package.parent.name == "server" and (tree / "pyproject.toml").is_file():
        return tree / ("client/dist" if name == "static" else name)
    return package / "_resources" / name


def web_settings(
    settings: Settings, base: str, hosts: tuple[str, ...], record_key: str = ""
) -> WebSettings:
    """What the web part is told; *hosts* are allowed beside those of the settings.

    *record_key* is the public one.
    """
    rates: dict[Role, Rate] = dict.fromkeys(get_args(Role), settings.rates.delegate)
    rates["moderator"] = settings.rates.moderator
    return WebSettings(
        base=base,
        hosts=(*settings.hosts, *hosts),
        origins=settings.origins,
        trusted_proxies=settings.trusted_proxies,
        metrics_from=settings.metrics_from,
        templates_dir=resource_dir("templates"),
        static_dir=resource_dir("static"),
        locales_dir=resource_dir("config") / "locales",
        profiles_dir=resource_dir("config") / "profiles",
        languages=settings.languages,
        build=__version__,
        name=settings.name,
        record_key=record_key,
        trusted_types=settings.trusted_types,
        limits=structs.replace(settings.limits, rates=rates),
    )


def link_key(settings: Settings) -> bytes:
    """The key that links and cookies are made with; made in the data folder if new.

    All servers of one journal must have the same. Raises :class:`SettingsError` for a
    file that was named and cannot be read or holds too little.
    """
    if settings.journal and not settings.link_key_file:
        raise SettingsError(
            "Servers that share a journal must have the same link key. Copy one "
            "server's link.key to each and name it with link_key_file."
        )
    path = Path(settings.link_key_file or Path(settings.data) / "link.key")
    if not settings.link_key_file:
        _make_key(path)
    try:
        key = path.read_bytes().strip()
    except OSError as error:
        raise SettingsError(
            f"The link key {path} cannot be read: {error.strerror}."
        ) from error
    if len(key) < 32:
        raise SettingsError(f"The link key {path} is shorter than 32 characters.")
    return key


def record_key(settings: Settings) -> RecordKey:
    """The key that exports are signed with; made in the data folder if new.

    Servers that share a journal have it from the link key, unless a file is named, so
    that it is the same for all. Raises :class:`SettingsError` for a file that cannot be
    read or holds no key.
    """
    if settings.journal and not settings.record_key_file:
        return RecordKey(hmac.digest(link_key(settings), b"rostra record", "sha256"))
    path = Path(settings.record_key_file or Path(settings.data) / "record.key")
    if not settings.record_key_file:
        _make_key(path)
    try:
        return RecordKey(bytes.fromhex(path.read_text(encoding="ascii").strip()))
    except OSError as error:
        raise SettingsError(
            f"The record key {path} cannot be read: {error.strerror}."
        ) from error
    except ValueError as error:
        raise SettingsError(
            f"The record key {path} is not one: it must be 64 hex digits."
        ) from error


def names() -> Iterator[tuple[str, ...]]:
    """The path of every setting: ``("port",)``, ``("log", "level")``."""
    return _names(Settings, ())


def environ_name(path: tuple[str, ...]) -> str:
    """The environment's name of a setting: ``ROSTRA_LOG__LEVEL``."""
    return PREFIX + "__".join(path).upper()


def nearest(word: str, known: list[str]) -> str:
    """What to say about an unknown *word*: the name that was probably meant."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.4)
    return f"did you mean {close[0]}?" if close else f"known are: {', '.join(known)}."


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32) + "\n")


def _from_file(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"The settings file {path} cannot be read: {error.strerror}."
        ) from error
    except ValueError as error:
        raise SettingsError(
            f"The settings file {path} is not TOML: {error}."
        ) from error
    _refuse_unknown(data, Settings, str(path), ())
    _checked(data, str(path))
    return data


def _refuse_unknown(
    data: dict[str, Any], struct: type, source: str, above: tuple[str, ...]
) -> None:
    fields = {f.name: f.type for f in msgspec.structs.fields(struct)}
    for key, value in data.items():
        full = ".".join((*above, key))
        if key not in fields or (*above, key) in HIDDEN:
            known = [".".join((*above, name)) for name in fields]
            raise SettingsError(
                f"{source}: there is no setting {full}; {nearest(full, known)}"
            )
        if isinstance(value, dict) and _is_struct(fields[key]):
            _refuse_unknown(value, fields[key], source, (*above, key))


def _from_environment(
    environ: Mapping[str, str],
) -> Iterator[tuple[tuple[str, ...], Any]]:
    known = {environ_name(path): path for path in names()}
    for name, text in sorted(environ.items()):
        if not name.startswith(PREFIX) or name in OTHER_NAMES:
            continue
        if name.startswith(FOREIGN_PREFIX):
            continue
        if name not in known:
            said = nearest(name, [*known, *sorted(OTHER_NAMES)])
            raise SettingsError(f"environment: there is no setting {name}; {said}")
        yield known[name], _parsed(known[name], text)


def _parsed(path: tuple[str, ...], text: str) -> Any:
    if get_origin(_type_of(path)) is tuple:
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _checked(data: dict[str, Any], source: str) -> Settings:
    try:
        return msgspec.convert(data, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{source}: {error}.") from error


def _put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for part in path[:-1]:
        data = data.setdefault(part, {})
    data[path[-1]] = value


def _names(struct: type, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for field in msgspec.structs.fields(struct):
        path = (*above, field.name)
        if _is_struct(field.type):
            yield from _names(field.type, path)
        elif path not in HIDDEN:
            yield path


def _type_of(path: tuple[str, ...]) -> Any:
    kind: Any = Settings
    for part in path:
        fields = {f.name: f.type for f in msgspec.structs.fields(kind)}
        kind = fields[part]
    return kind


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)
