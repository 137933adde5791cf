"""Reads what a meeting is made of: programme, profile and roster, from their files.

The core parses text; here is where the files lie. How a wall clock in a zone becomes
an instant is said in :mod:`rostra.cli.wallclock`.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from rostra.cli.wallclock import clock_of, instant, midnights, planned, wall, zone_of
from rostra.config import nearest, resource_dir
from rostra.core.ids import Instant, LinkId, MeetingId, Role
from rostra.core.meeting import Link
from rostra.core.profile import Profile, parse_profile
from rostra.core.programme import (
    TO_BE_ANNOUNCED,
    Planned,
    Programme,
    SegmentPlan,
    Speaker,
    parse_programme,
)
from rostra.core.roster import BadFile, Roster, parse_roster
from rostra.engine.rooms import Founding

T = TypeVar("T")

DAY_MS = 86_400_000
_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
_MEETING_ID = re.compile(r"[a-z0-9-]{1,40}")
#: The link that a rehearsal's operator uses, so that its acts are told from a person's.
REHEARSAL = "Rehearsal"
_LINKS: tuple[tuple[Role, str], ...] = (
    ("moderator", "Operator 1"),
    ("moderator", "Operator 2"),
    ("chair", "Chair"),
    ("desk", "Technical desk"),
    ("rapporteur", "Rapporteur 1"),
    ("rapporteur", "Rapporteur 2"),
    ("viewer", "Viewer"),
    ("display", "Display 1"),
    ("display", "Display 2"),
    ("display", "Display 3"),
)


class Material(Struct, frozen=True, kw_only=True):
    """Everything that the first commit of a meeting holds, but its links."""

    programme: Programme
    planned: Planned
    profile: Profile
    roster: Roster


def read_meeting(file: str, roster: str | None = None) -> Material:
    """The meeting that *file* describes: a path, or the name of a shipped programme.

    Profiles and rosters are looked for beside the file, then among the shipped ones;
    *roster* takes another one than the programme names. Raises BadFile or OSError.
    """
    path = _programme_file(file)
    programme = _parsed(path, parse_programme)
    meeting_id(programme.id)
    folders = (path.parent, path.parent.parent, resource_dir("config"))
    found = read_roster(roster or programme.roster, folders)
    profile_file = _find(folders, "profiles", programme.profile, ".toml")
    programme = structs.replace(programme, roster=found.id)
    return Material(
        programme=_known_entities(programme, found),
        planned=planned(programme),
        profile=_parsed(profile_file, parse_profile),
        roster=found,
    )


def read_roster(name: str, folders: tuple[Path, ...]) -> Roster:
    """The roster *name*: ``rosters/<name>.toml`` with the CSV of the same name."""
    head = _find(folders, "rosters", name, ".toml")
    table = head.with_suffix(".csv").read_text(encoding="utf-8-sig")
    return parse_roster(head.read_text(encoding="utf-8"), table)


def rebased(material: Material, now: Instant) -> Material:
    """The same meeting with its start moved to the minute of *now*, as long as it was.

    Wall-clock times of segments move with it.
    """
    zone = zone_of(material.programme)
    start = Instant(now - now % 60_000)
    old = material.planned
    length = None
    if old.starts_at is not None and old.ends_at is not None:
        length = old.ends_at - old.starts_at
    ends = None if length is None else Instant(start + length)
    shift = 0 if old.starts_at is None else start - old.starts_at
    programme = structs.replace(
        material.programme,
        date=wall(start, zone).date().isoformat(),
        starts=clock_of(start, zone),
        ends=None if ends is None else clock_of(ends, zone),
        segments=tuple(
            _shifted(each, material.programme, shift, zone)
            for each in material.programme.segments
        ),
    )
    moved = [
        (number, place, *(None if at is None else Instant(at + shift) for at in window))
        for number, place, *window in old.windows
    ]
    now_planned = Planned(
        starts_at=start,
        ends_at=ends,
        midnights=midnights(zone, start),
        windows=tuple(moved),  # type: ignore[arg-type]
    )
    return structs.replace(material, programme=programme, planned=now_planned)


def founding(
    material: Material,
    now: Instant,
    name: str | None = None,
    *,
    rehearsal: bool = False,
) -> Founding:
    """A meeting to be made *now*, called *name* or as its programme is.

    Links end a day after the planned end; where none is planned, or it is past (a
    meeting that is done again), and in rehearsals they do not. Raises BadFile for a
    name that cannot be one.
    """
    ends = material.planned.ends_at
    expires = None if ends is None or rehearsal else Instant(ends + DAY_MS)
    if expires is not None and expires <= now:
        expires = None
    days = material.planned.midnights
    if not days or now >= days[-1]:
        days = midnights(zone_of(material.programme), now)
    return Founding(
        meeting=meeting_id(name or material.programme.id),
        programme=material.programme,
        planned=structs.replace(material.planned, midnights=days),
        profile=material.profile,
        roster=material.roster,
        links=new_links(material.roster, expires, rehearsal=rehearsal),
    )


def meeting_id(text: str) -> MeetingId:
    """*text* as the name of a meeting, which stands in links. Raises BadFile."""
    if not _MEETING_ID.fullmatch(text):
        raise BadFile(f"{text!r} cannot name a meeting: a-z, 0-9 and -, at most 40")
    return MeetingId(text)


def new_links(
    roster: Roster, expires_at: Instant | None, *, rehearsal: bool = False
) -> tuple[Link, ...]:
    """The links of a new meeting: the offices first, then one for each delegation."""
    offices = [*_LINKS, *([("moderator", REHEARSAL)] if rehearsal else [])]
    people = [(role, None, label) for role, label in offices]
    seats = [("delegate", code, "") for code in roster.delegations]
    return tuple(
        Link(
            id=LinkId(f"k1.{index}"),
            role=role,  # type: ignore[arg-type]
            delegation=delegation,
            label=label,
            expires_at=expires_at,
        )
        for index, (role, delegation, label) in enumerate([*people, *seats])
    )


def _programme_file(file: str) -> Path:
    path = Path(file)
    if path.suffix or path.exists():
        return path
    shipped = resource_dir("config") / "meetings"
    found = shipped / f"{file}.toml"
    if not _NAME.fullmatch(file) or not found.is_file():
        names = sorted(each.stem for each in shipped.glob("*.toml"))
        raise BadFile(f"there is no programme {file}; {nearest(file, names)}")
    return found


def _parsed(path: Path, parse: Callable[[str], T]) -> T:
    """What *parse* makes of a file. Raises BadFile with the file's name."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except BadFile as bad:
        raise BadFile(f"{path}, {bad}") from bad


def _find(folders: tuple[Path, ...], kind: str, name: str, suffix: str) -> Path:
    if not _NAME.fullmatch(name):
        raise BadFile(f"{name!r} cannot be the name of one of the {kind}")
    for folder in folders:
        path = folder / kind / f"{name}{suffix}"
        if path.is_file():
            return path
    known = sorted({p.stem for f in folders for p in (f / kind).glob(f"*{suffix}")})
    raise BadFile(f"there is no {name} among the {kind}; {nearest(name, known)}")


def _known_entities(programme: Programme, roster: Roster) -> Programme:
    """Speakers of entities that this roster lacks become "to be announced".

    So no real person is shown among invented delegations (RULES 12).
    """
    segments = tuple(
        structs.replace(
            plan, speakers=tuple(_known_speaker(each, roster) for each in plan.speakers)
        )
        for plan in programme.segments
    )
    return structs.replace(programme, segments=segments)


def _known_speaker(speaker: Speaker, roster: Roster) -> Speaker:
    if speaker.entity is None or speaker.entity in roster.delegations:
        return speaker
    return structs.replace(speaker, name=TO_BE_ANNOUNCED, function="", entity=None)


def _shifted(
    plan: SegmentPlan, programme: Programme, shift: int, zone: ZoneInfo
) -> SegmentPlan:

    def moved(clock: str | None) -> str | None:
        at = instant(programme, clock)
        return clock if at is None else clock_of(Instant(at + shift), zone)

    return structs.replace(
        plan,
        planned=moved(plan.planned),
        speakers=tuple(
            structs.replace(
                each,
                not_before=moved(each.not_before),
                not_after=moved(each.not_after),
            )
            for each in plan.speakers
        ),
    )
