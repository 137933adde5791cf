"""``rostra import``: a programme becomes a meeting, a pasted list an order."""

import argparse
import sys
import time
from pathlib import Path

import msgspec

from rostra.cli.files import founding, read_meeting
from rostra.cli.office import AskCreate, AskInsert, AskNames, Pasted, Sorry
from rostra.cli.plainly import plainly, put, settings_of
from rostra.config import Settings
from rostra.core.commands import Entry
from rostra.core.ids import Instant, ListId, MeetingId
from rostra.core.programme import list_id

TEXTS = frozenset((".txt", ".csv", ".tsv"))
#: Lists are pasted by people: more than this is another file.
MAX_CHARACTERS = 100_000


@plainly
def run(args: argparse.Namespace) -> int:
    """Make a meeting, or put names on a list of one."""
    settings = settings_of(args)
    if args.meeting is not None and args.carry is not None:
        raise Sorry(
            "--carry goes with a new meeting, --meeting with one that is there."
        )
    if args.meeting is not None:
        return _names(args, settings)
    if Path(args.file).suffix in TEXTS:
        raise Sorry("A list of speakers goes into a meeting: say which by --meeting.")
    return _meeting(args, settings)


def _meeting(args: argparse.Namespace, settings: Settings) -> int:
    now = Instant(int(time.time() * 1000))
    material = read_meeting(args.file, args.roster)
    made = founding(material, now, args.name, rehearsal=args.rehearsal)
    carry = None if args.carry is None else MeetingId(args.carry)
    carried = put(settings, AskCreate(founding=made, carry=carry))
    seats = len(made.roster.delegations)
    print(f"Made the meeting {made.meeting}: {made.programme.title}")
    if carry is not None:
        print(f"Requests carried over from {carry}: {carried}.")
    print(f"It has {len(made.links)} links, {seats} of them for delegations.")
    print(f"See them: rostra links {made.meeting}")
    return 0


def _names(args: argparse.Namespace, settings: Settings) -> int:
    meeting = MeetingId(args.meeting)
    answer = put(settings, AskNames(meeting=meeting, text=read_text(args.file)))
    lines = msgspec.convert(answer, list[Pasted])
    for each in lines:
        print(_said(each))
    sure = [each for each in lines if each.found.sure]
    print(f"{len(sure)} of {len(lines)} lines are recognised.", end=" ")
    if not args.yes:
        print("Nothing was inserted: add --yes to insert those.")
        return 0
    if not sure:
        print("Nothing was inserted.")
        return 0
    entries = tuple(_entry(each) for each in sure)
    asked = AskInsert(meeting=meeting, list=_list(args.list), entries=entries)
    already = len(put(settings, asked).get("already", ()))
    known = f", {already} were on the list already" if already else ""
    print(f"{len(sure) - already} inserted{known}.")
    return 0


def read_text(file: str, at_most: int = MAX_CHARACTERS) -> str:
    """What people have saved or pasted; ``-`` is standard input. Raises Sorry."""
    if file == "-":
        text = sys.stdin.read(at_most + 1)
    else:
        text = Path(file).read_text(encoding="utf-8-sig", errors="replace")
    if len(text) > at_most:
        raise Sorry(f"{file} is longer than {at_most} characters.")
    return text


def _list(segment: int | None) -> ListId | None:
    """The list of the segment with that number, from 1."""
    return None if segment is None else list_id(segment - 1)


def _entry(line: Pasted) -> Entry:
    found = line.found
    return Entry(
        delegation=found.delegation,
        group=found.group,
        group_text=found.group_text,
        kind=found.kind,
        person=found.person,
    )


def _said(line: Pasted) -> str:
    found = line.found
    person = f", {found.person.name}" if found.person else ""
    if found.sure:
        return f"{found.line:4}  {line.name}{person}"
    if line.alternatives:
        return f"{found.line:4}? {found.text}: {' or '.join(line.alternatives)}?"
    if line.name:
        return f"{found.line:4}? {found.text}: taken for {line.name}{person}"
    return f"{found.line:4}? {found.text}: not in this meeting's roster"
