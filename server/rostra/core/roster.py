"""Who may take part: delegations, the groups they speak for, and their names.

A roster is data (two files, RULES 12); this module says what it holds and how the
files are read. It knows nothing of where they lie.
"""

import csv
import io
import tomllib

from msgspec import Struct

from rostra.core.ids import Code, GroupCode, Tier

LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")


class Delegation(Struct, frozen=True, kw_only=True, gc=False):
    """One place in the meeting, as the roster has it.

    ``names`` maps a language to its ``list`` form, ``sort`` to the rank of that form
    in the language's own alphabet. A language that is missing falls back to English.
    """

    code: Code
    tier: Tier
    address: str
    region: str = ""
    may_reply: bool = False
    #: At most so many replies on an item, where these are fewer than the profile's.
    replies: int | None = None
    may_order: bool = False
    names: dict[str, str]
    sort: dict[str, str]
    spoken: str
    plate: str
    aliases: tuple[str, ...] = ()
    confusable: str = ""


class Group(Struct, frozen=True, kw_only=True, gc=False):
    """A group of the register, in the register's order."""

    code: GroupCode
    names: dict[str, str]
    spoken: str
    aliases: tuple[str, ...] = ()


class Roster(Struct, frozen=True, kw_only=True, gc=False):
    """Everyone who can be given the floor by code, and every group."""

    id: str
    title: str
    delegations: dict[Code, Delegation]
    groups: dict[GroupCode, Group]


class BadFile(ValueError):
    """A file of ours says something that cannot be meant; the text says what."""


def parse_roster(head: str, table: str) -> Roster:
    """Read a roster from its TOML head (title, groups) and its CSV table.

    Raises :class:`BadFile` with the line and the column that is wrong.
    """
    try:
        top = tomllib.loads(head)
        key = str(top["id"])
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise BadFile(f"the head of a roster: {error}") from error
    delegations: dict[Code, Delegation] = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(table)), start=2):
        entry = _delegation(number, row)
        if entry.code in delegations:
            raise BadFile(f"line {number}: the code {entry.code} stands twice")
        delegations[entry.code] = entry
    groups = [_group(each) for each in top.get("groups", [])]
    return Roster(
        id=key,
        title=top.get("title", key),
        delegations=delegations,
        groups={each.code: each for each in groups},
    )


def _delegation(number: int, row: dict[str, str]) -> Delegation:
    names = {k: row.get(f"list_{k}", "") for k in LANGUAGES if row.get(f"list_{k}")}
    if not row.get("code") or "en" not in names:
        raise BadFile(f"line {number}: a delegation needs a code and list_en")
    tier = row.get("tier", "")
    if tier not in Tier.__args__:  # type: ignore[attr-defined]
        raise BadFile(f"line {number}: {tier!r} is not a tier")
    replies = _replies(number, row.get("reply") or "no")
    return Delegation(
        code=Code(row["code"]),
        tier=tier,  # type: ignore[arg-type]
        address=row.get("address") or "representative_of",
        region=row.get("region") or "",
        may_reply=replies != 0,
        replies=replies or None,
        may_order=row.get("order") == "yes",
        names=names,
        sort={k: row.get(f"sort_{k}") or names[k] for k in names},
        spoken=row.get("spoken_en") or names["en"],
        plate=row.get("plate_en") or names["en"],
        aliases=tuple(a for a in (row.get("aliases") or "").split("|") if a),
        confusable=row.get("confusable") or "",
    )


def _replies(number: int, said: str) -> int | None:
    """A right of reply of its own: ``yes`` (None), ``no`` (0) or how many replies."""
    if said == "yes":
        return None
    if said == "no":
        return 0
    if said.isascii() and said.isdigit():
        return int(said)
    raise BadFile(f"line {number}: reply is yes, no or a number, not {said!r}")


def _group(entry: dict[str, object]) -> Group:
    names = entry.get("list")
    if not isinstance(names, dict) or "en" not in names:
        raise BadFile(f"group {entry.get('code')}: list needs an English name")
    aliases = entry.get("aliases", [])
    return Group(
        code=GroupCode(str(entry.get("code"))),
        names={str(k): str(v) for k, v in names.items() if v},
        spoken=str(entry.get("spoken") or names["en"]),
        aliases=tuple(map(str, aliases)) if isinstance(aliases, list) else (),
    )
