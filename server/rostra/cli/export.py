"""``rostra export``: the log, or the history with its proof."""

import argparse
import sys

from rostra.cli.documents import LOG, forms_in, write
from rostra.cli.office import AskCommits, AskLog, Sorry
from rostra.cli.plainly import plainly, put, settings_of
from rostra.core.ids import MeetingId
from rostra.record.proof import CLOSED_PARTS, ClosedPart


@plainly
def run(args: argparse.Namespace) -> int:
    """Write it to standard output."""
    meeting = MeetingId(args.meeting)
    if args.commits:
        ask = AskCommits(meeting=meeting, parts=_parts(args.parts))
        text = put(settings_of(args), ask)
    elif args.form != "json" and (forms := forms_in(args.form)) != [LOG]:
        return write(args, forms)
    else:
        text = put(settings_of(args), AskLog(meeting=meeting, form=args.form))
    # as bytes: what is signed must not depend on the terminal's encoding
    sys.stdout.buffer.write(text.encode())
    return 0


def _parts(text: str) -> tuple[ClosedPart, ...]:
    """What ``--with`` names. Raises Sorry."""
    named = {part.strip() for part in text.split(",")} - {""}
    strange = sorted(named - set(CLOSED_PARTS))
    if strange:
        known = " and ".join(CLOSED_PARTS)
        raise Sorry(f"There is no part {strange[0]} of a commit. There are {known}.")
    return tuple(part for part in CLOSED_PARTS if part in named)
