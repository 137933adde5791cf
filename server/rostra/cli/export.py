"""``rostra export``: the log, or the history with its proof."""

import argparse
import sys

from rostra.cli.office import AskCommits, AskLog
from rostra.cli.plainly import plainly, put, settings_of
from rostra.core.ids import MeetingId


@plainly
def run(args: argparse.Namespace) -> int:
    """Write it to standard output."""
    meeting = MeetingId(args.meeting)
    if args.commits:
        text = put(settings_of(args), AskCommits(meeting=meeting))
    else:
        text = put(settings_of(args), AskLog(meeting=meeting, form=args.form))
    sys.stdout.write(text)
    return 0
