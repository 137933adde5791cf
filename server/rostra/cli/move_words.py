"""What can be typed after ``rostra move-journal``, and its help."""

import argparse

MOVE = """\
Bring meetings from one journal into another, commit by commit, with their chain: from
a data folder to the Redis that several servers share, or back. A PLACE is a data folder
or an address (redis://host:6379). The one that is not named is the one of the settings,
so that a password can stay in ROSTRA_JOURNAL. Without MEETING all are brought. Nothing
is taken away from where they were. No server may serve them meanwhile. If something
stops it, say it again: it goes on where it was. Exit code 1 if not all were brought."""

MOVE_MORE = """\
examples:
  rostra move-journal --from /var/lib/rostra --to redis://10.0.0.5
  ROSTRA_JOURNAL=redis://:secret@10.0.0.5 rostra move-journal --from /var/lib/rostra
  rostra move-journal --from redis://10.0.0.5 --to /var/lib/rostra closing-discussion

Links stay good where the link key stays the same: it is no part of a journal."""


def arguments(command: argparse.ArgumentParser) -> None:
    """What ``move-journal`` takes beside the settings."""
    command.set_defaults(module="move_journal")
    add = command.add_argument
    add("--from", dest="source", metavar="PLACE", help="where they are")
    add("--to", dest="target", metavar="PLACE", help="where they are to be")
    add("meetings", metavar="MEETING", nargs="*", help="only these")
