"""``rostra move-journal``: meetings from one journal into another, chain and all."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from rostra.adapters.moving import NotMoved, move
from rostra.adapters.places import journal_at
from rostra.adapters.redis_urls import place_of
from rostra.adapters.sqlite_folder import DATABASE
from rostra.cli.office import Sorry
from rostra.cli.plainly import plainly, settings_of
from rostra.config import Settings, nearest
from rostra.core.ids import MeetingId
from rostra.engine.ports import Clock, Journal, Stored, Unavailable

EXIT_NOT_ALL = 1
#: Servers stamp each second that they are there: one that did so lately still is.
LATELY_MS = 4_000


class Where(Struct, frozen=True):
    """A journal's place: the address of a Redis, else a data folder."""

    address: str
    folder: Path

    def __str__(self) -> str:
        """For sentences: without the password."""
        return str(place_of(self.address) if self.address else self.folder)


@plainly
def run(args: argparse.Namespace) -> int:
    """Move; 1 if a meeting could not be moved."""
    settings = settings_of(args)
    source, target = _where(args.source, settings), _where(args.target, settings)
    if str(source) == str(target):
        raise Sorry(f"Both are {source}. Say the other one with --from or --to.")
    if not source.address and not (source.folder / DATABASE).is_file():
        raise Sorry(f"There is no journal in the folder {source}.")
    try:
        left = asyncio.run(_moved(source, target, args.meetings))
    except Unavailable as error:
        raise Sorry(f"{error.why.reason}. Try again.") from error
    if not left:
        print(_about_links(source, target))
    return EXIT_NOT_ALL if left else 0


def _where(told: str | None, settings: Settings) -> Where:
    """What was named; else what the settings say. Raises CannotOpen."""
    named = (settings.journal or settings.data) if told is None else told
    if "://" in named:
        place_of(named)
        return Where(named, Path())
    return Where("", Path(named).resolve())


async def _moved(source: Where, target: Where, names: Sequence[str]) -> int:
    """Move the meetings of these *names*, or all; how many could not be moved."""
    begin, end = (
        journal_at(each.address, each.folder, serving=False)
        for each in (source, target)
    )
    async with begin as (old, clock), end as (new, _):
        print(f"From {source} to {target}:")
        left = 0
        for stored in _chosen(await old.meetings(), names, source):
            try:
                _must_be_quiet(old, clock, stored)
                print(f"  {stored.meeting:40} {await _one(old, new, stored.meeting)}")
            except NotMoved as error:
                left += 1
                print(f"rostra: {error}", file=sys.stderr)
        return left


def _chosen(there: list[Stored], names: Sequence[str], source: Where) -> list[Stored]:
    """Raises Sorry for a name that no meeting has."""
    known = [stored.meeting for stored in there]
    for name in names:
        if name not in known:
            hint = nearest(name, [str(each) for each in known]) if known else ""
            raise Sorry(f"There is no meeting {name} in {source}; {hint}".rstrip("; "))
    if not there:
        raise Sorry(f"There are no meetings in {source}.")
    return [stored for stored in there if not names or stored.meeting in names]


def _must_be_quiet(journal: Journal, clock: Clock, stored: Stored) -> None:
    """A folder is locked while it is served; of a Redis only the stamps tell."""
    alive_at = stored.alive_at
    if journal.shared and alive_at and clock.now() - alive_at < LATELY_MS:
        raise NotMoved(
            f"A server serves {stored.meeting}. Stop all servers of this journal; a "
            "few seconds later it can be moved."
        )


async def _one(old: Journal, new: Journal, meeting: MeetingId) -> str:
    """Move one meeting; what was done, in words."""
    there = await new.stored(meeting)
    before = there.head.seq if there else 0
    after = (await move(old, new, meeting)).seq
    said = "1 commit" if after == 1 else f"{after:,} commits"
    if before:
        most = "all" if after == before else f"{before:,}"
        said += f", {most} of them there already"
    return said


def _about_links(source: Where, target: Where) -> str:
    """Links and cookies are good for one key, which is no part of a journal."""
    if target.address and source.address:
        return "All is there. Links stay good where the servers keep their link key."
    if target.address:
        key = source.folder / "link.key"
        return (
            "All is there; nothing was taken away from the folder. Links stay good if "
            f"every server has {key} as its link_key_file."
        )
    return (
        "All is there; nothing was taken away from Redis. Links stay good if the "
        f"servers' link key is copied to {target.folder / 'link.key'}."
    )
