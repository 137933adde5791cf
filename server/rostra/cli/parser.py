"""What can be typed after ``rostra``, and the help that explains it."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from rostra import __version__

OVERVIEW = """\
Rostra keeps the floor of a meeting: who speaks, who is next, for how long.

  rostra demo                        a living meeting in a minute, to look around
  rostra import programme.toml       make a meeting from its programme
  rostra links MEETING               the personal links of its people
  rostra serve                       let them in
  rostra export MEETING              the log, as a table or with its proof

Each command explains itself: rostra demo --help."""

SETTINGS = """\
Settings come from config/rostra.toml (or --config, or ROSTRA_CONFIG), from the
environment (ROSTRA_PORT=9000) and from here; the last one counts."""

SERVE = """\
Serve the meetings of a data folder until Ctrl-C or SIGTERM; then everyone hears
goodbye, the journal is closed, and the exit code is 0. Exit code 75 means that the disk
failed and the server must be started again."""

DEMO = """\
Start a server with one open meeting and a rehearsal in it: simulated delegations ask
for the floor, speak and withdraw, and a simulated operator gives it, until you press a
button of the operator's page; then you operate. Nothing else is needed. Data is kept in
a temporary folder that is removed at the end, unless --data names one."""

DEMO_MORE = """\
examples:
  rostra demo --host 0.0.0.0         phones in the same network can join by QR code
  rostra demo --roster fictional     invented delegations, who also come late, speak
                                     over time or lose their line
  rostra demo --meeting bioterrorism --no-rehearsal"""

IMPORT = """\
Make a meeting from its programme (TOML), with a link for each delegation of its roster
and for every office. FILE is a path or the name of a programme that comes with Rostra
(closing-discussion, bioterrorism). Or, with --meeting, put a pasted list of speakers
(one a line, as names, former names or codes) on a list of that meeting: it says what it
recognised, and inserts with --yes."""

IMPORT_MORE = """\
examples:
  rostra import closing-discussion
  rostra import my-programme.toml --as day-2
  rostra import speakers.txt --meeting day-2 --yes

Works beside a running server and without one."""

LINKS = """\
Print the personal links of a meeting. Whoever has a link is let in as the one it names:
hand each to its own reader only. They can be printed as often as needed; a link is
withdrawn or renewed on the operator's page."""

LINKS_MORE = """\
examples:
  rostra links closing-discussion --role moderator
  rostra links closing-discussion --csv > links.csv      for mail merge
  rostra links closing-discussion --base https://floor.example.org"""

EXPORT = """\
Write what was said, in order: the log as a table (CSV, safe to open in a spreadsheet)
or as JSON; or the history itself, one commit a line, as far as it is public, with
the digests that prove the rest."""

EXPORT_MORE = """\
examples:
  rostra export closing-discussion > log.csv
  rostra export closing-discussion --as json
  rostra export closing-discussion --commits > history.jsonl

A line of --commits has seq, open (the exact text that was sealed), personal_sha256,
internal_sha256 and hash. hash is the SHA-256 of the previous hash, the SHA-256 of open,
personal_sha256 and internal_sha256, as bytes one after the other; before the first
stands the SHA-256 of the meeting's name."""

HEALTH = """\
Ask a running server whether it is ready: exit code 0 if so, 1 if not. For containers
and supervisors."""


def main(argv: Sequence[str] | None = None) -> int:
    """The entry point: parse, import the command's module, run it."""
    args = parser().parse_args(argv)
    code: int = importlib.import_module(f"rostra.cli.{args.module}").run(args)
    return code


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="rostra",
        description=OVERVIEW,
        epilog=SETTINGS,
        formatter_class=_form,
    )
    top.add_argument("--version", action="version", version=f"rostra {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    _serve(_command(commands, "serve", "run the server", SERVE))
    _demo(_command(commands, "demo", "try it out", DEMO, DEMO_MORE))
    _import(_command(commands, "import", "make a meeting", IMPORT, IMPORT_MORE))
    _links(_command(commands, "links", "print personal links", LINKS, LINKS_MORE))
    _export(_command(commands, "export", "write the log", EXPORT, EXPORT_MORE))
    _health(_command(commands, "healthcheck", "is it ready?", HEALTH))
    version = _command(commands, "version", "print the version", "Print the version.")
    version.set_defaults(module="version")
    return top


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    short: str,
    text: str,
    more: str = "",
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=short,
        description=text,
        epilog=more,
        formatter_class=_form,
    )


def _form(prog: str) -> argparse.HelpFormatter:
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=28)


def _serve(command: argparse.ArgumentParser) -> None:
    command.set_defaults(module="serve")
    _address(command)
    _place(command)


def _demo(command: argparse.ArgumentParser) -> None:
    command.set_defaults(module="demo")
    _address(command)
    add = command.add_argument
    add("--data", metavar="DIR", help="keep the data here (default: nowhere)")
    add("--links", metavar="FILE", help="write all links to FILE (JSON) once ready")
    add("--meeting", default="closing-discussion", metavar="NAME", help=MEETING_HELP)
    add("--roster", metavar="NAME", help="un, fictional or your own; else as planned")
    add(
        "--delegations",
        type=_count,
        default=40,
        metavar="N",
        help="how many delegations are simulated (default: 40)",
    )
    add("--no-rehearsal", action="store_true", help="nobody is simulated")
    add("--seed", type=int, default=1, metavar="N", help="the same meeting again")


MEETING_HELP = "programme: a file or a shipped name (default: closing-discussion)"


def _import(command: argparse.ArgumentParser) -> None:
    command.set_defaults(module="imports")
    add = command.add_argument
    add("file", metavar="FILE", help="a programme, or with --meeting a list of names")
    add("--as", dest="name", metavar="NAME", help="the meeting's name in its links")
    add("--roster", metavar="NAME", help="another roster than the programme names")
    add("--meeting", help="put the names of FILE on a list of this meeting")
    add("--list", type=_count, metavar="N", help="of its N-th segment, from 1")
    add("--yes", action="store_true", help="insert what was recognised")
    _place(command)


def _links(command: argparse.ArgumentParser) -> None:
    command.set_defaults(module="links")
    add = command.add_argument
    add("meeting", metavar="MEETING", nargs="?", help="without it: which there are")
    add("--csv", action="store_true", help="as CSV: code, name, role, url")
    add("--role", help="of one role only: delegate, moderator, rapporteur ...")
    add("--base", default="", metavar="URL", help="address to put into the links")
    _place(command)


def _export(command: argparse.ArgumentParser) -> None:
    command.set_defaults(module="export")
    add = command.add_argument
    add("meeting", metavar="MEETING")
    add("--as", dest="form", choices=("csv", "json"), default="csv", help="of the log")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--log", action="store_true", help="the log (default)")
    what.add_argument("--commits", action="store_true", help="the history, JSON Lines")
    _place(command)


def _health(command: argparse.ArgumentParser) -> None:
    command.set_defaults(module="healthcheck")
    command.add_argument("--url", help="default: the settings' own address")
    command.add_argument("--config", metavar="FILE", help="settings file")


def _address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    command.add_argument("--port", type=int, help="port to listen on (default: 8080)")


def _place(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", metavar="DIR", help="data folder (default: data)")
    command.add_argument("--config", metavar="FILE", help="settings file")


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


if __name__ == "__main__":
    sys.exit(main())
