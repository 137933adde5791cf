"""``rostra attendance``: who was there, from a video platform's own report."""

import argparse

from rostra.cli.imports import read_text
from rostra.cli.office import AskAttended, AskReport
from rostra.cli.plainly import plainly, put, settings_of
from rostra.core.ids import Code, MeetingId

#: A platform writes one line for each time that somebody joined.
MAX_CHARACTERS = 5_000_000


@plainly
def run(args: argparse.Namespace) -> int:
    """Say who is in it; with --yes these are marked as having attended."""
    settings, meeting = settings_of(args), MeetingId(args.meeting)
    text = read_text(args.file, MAX_CHARACTERS)
    found = put(settings, AskReport(meeting=meeting, text=text))
    for name in found["unknown"]:
        print(f"   ?  {name}: not in this meeting's roster")
    there: list[str] = found["delegations"]
    print(f"{len(there)} delegations are in the report.", end=" ")
    if not args.yes:
        print("Nothing was marked: add --yes to mark them as present.")
        return 0
    if not there:
        print("Nothing was marked.")
        return 0
    codes = tuple(Code(each) for each in there)
    answer = put(settings, AskAttended(meeting=meeting, delegations=codes))
    print(f"{answer['marked']} marked, {answer['already']} were marked before.")
    return 0
