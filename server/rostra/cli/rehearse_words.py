"""What can be typed after ``rostra rehearse``, and the help that explains it."""

import argparse

REHEARSE = """\
Play a meeting with many people over the real wire, to see whether a server is enough
for a summit: delegations ask for the floor and speak, an operator gives it, and
thousands of listeners are connected as browsers are. While it runs it is checked that
every one of them was told every change once and in order. It ends with a report: how
long presses and changes took, bytes, CPU, memory, and how fast people came back.

--local plays on a server of its own, on this machine, that is removed afterwards.
--to plays on a server that is there, in a meeting made for it; run it on another
machine than the server, so that they do not take each other's cores."""

REHEARSE_MORE = """\
examples:
  rostra rehearse --local --delegates 60 --listeners 5000 --minutes 2
  rostra rehearse --local --listeners 10000 --restart
  rostra import closing-discussion --as trial --rehearsal        on the server
  rostra links trial --csv > links.csv                           on the server
  rostra rehearse --to https://floor.example.org --links links.csv --listeners 3000

Exit code 0 if every promise was kept, 1 if one was broken. Ctrl-C ends it early, with
the report so far."""


def arguments(command: argparse.ArgumentParser) -> None:
    """Define them."""
    command.set_defaults(module="rehearse")
    add = command.add_argument
    where = command.add_mutually_exclusive_group(required=True)
    where.add_argument("--local", action="store_true", help="on a server of its own")
    where.add_argument("--to", metavar="URL", help="on the server at this address")
    add("--links", metavar="FILE", help="with --to: what rostra links --csv wrote")
    add("--yes", action="store_true", help="with --to: also in a meeting that is used")
    add("--delegates", type=_count, default=40, metavar="N", help="who act (40)")
    add("--listeners", type=_count, default=1000, metavar="N", help="(1000)")
    add("--minutes", type=_positive, default=2.0, metavar="M", help="how long (2)")
    add(
        "--changes-per-second",
        type=_positive,
        metavar="N",
        help="changes of the list (else as many as people make)",
    )
    add("--rush", action="store_true", help="all ask in the first second")
    add("--restart", action="store_true", help="restart the server in the middle")
    add("--json", metavar="FILE", help="write the report to FILE as well")
    add("--meeting", default="closing-discussion", metavar="NAME", help="with --local")
    add("--roster", metavar="NAME", help="with --local: un, fictional or your own")
    add("--joins-per-second", type=_positive, default=400.0, metavar="N", help="(400)")
    add("--processes", type=_count, default=0, metavar="N", help="of listeners")
    add("--seed", type=int, default=1, metavar="N", help="the same meeting again")
    add("--config", metavar="FILE", help="with --local: the server's settings file")


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < 1e6:
        raise ValueError(text)
    return number
