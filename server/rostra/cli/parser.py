"""What can be typed after ``rostra``, and the help that explains it."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from rostra import __version__
from rostra.cli import move_words, proof_words, rehearse_words

OVERVIEW = """\
Rostra keeps the floor of a meeting: who speaks, who is next, for how long.

  rostra demo                        a living meeting in a minute, to look around
  rostra import programme.toml       make a meeting from its programme
  rostra links MEETING               the personal links of its people
  rostra serve                       let them in
  rostra export MEETING              the log, as a table or with its proof
  rostra attendance MEETING FILE     who was there, from the platform's report
  rostra check FILE                  whether rules or a programme can be used
  rostra rules FILE                  the rules as a sheet that can be printed
  rostra verify FILE                 whether an exported history is intact
  rostra open FILE                   look at an exported meeting again, read-only
  rostra key                         the public key that exports are signed with
  rostra verify-draw HISTORY         make its draws by lot again
  rostra rehearse --local            whether this machine is enough for many people
  rostra move-journal                from one server's folder to Redis, or back

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
(closing-discussion, bioterrorism). With --carry those whom an earlier meeting of the
item did not hear, by rules that carry over, are on the lists from the start, in their
order: on that of the segment with the same title, else on the first that takes
requests. Or, with --meeting, put a pasted list of speakers
(one a line, as names, former names or codes) on a list of that meeting: it says what it
recognised, and inserts with --yes."""

IMPORT_MORE = """\
examples:
  rostra import closing-discussion
  rostra import my-programme.toml --as day-2
  rostra import my-programme.toml --as day-2 --carry day-1
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
the digests that prove the rest and a signed head at the end (rostra verify)."""

EXPORT_MORE = """\
examples:
  rostra export closing-discussion > log.csv
  rostra export closing-discussion --as json
  rostra export closing-discussion --as docx,pdf,xlsx,html,svg --to record
  rostra export closing-discussion --as pdf --lang ar --for public
  rostra export closing-discussion --commits > history.jsonl
  rostra export closing-discussion --commits --with personal,internal > whole.jsonl

A line of --commits has seq, open (the exact text that was sealed), personal_sha256,
internal_sha256 and hash. hash is the SHA-256 of the previous hash, the SHA-256 of open,
personal_sha256 and internal_sha256, as bytes one after the other; before the first
stands the SHA-256 of the meeting's name. The last line is the head, and the signature
of all that stands before it there. What --with adds is for operators only: names of
persons, notes, whatever was withdrawn or not granted."""

VERIFY = """\
Make every draw by lot of an exported history again, and say of each whether the digest
of its seed was published before, whether who was put in had asked, and whether seed and
entries lead to what was said. Exit code 0 if all is as it should be, 1 if not. Nothing
is needed but the file: no server, no data folder and no secret."""

VERIFY_MORE = """\
examples:
  rostra export closing-discussion --commits > history.jsonl
  rostra verify-draw history.jsonl
  rostra export closing-discussion --commits | rostra verify-draw -

By hand: the published digest is the SHA-256 of the seed (64 hex digits, as text). What
was put in is sorted by the SHA-256 of seed:entry, as hex digits; that is the drawn
order, or the first of it the drawn letter or regional group. An entry is the id of a
request and, where the list was public, a blank and the code of the delegation."""

CHECK = """\
Say whether a profile of rules or a programme can be used, or what is wrong in it, in
words and with the line. Exit code 0 if it can, 1 if not. FILE is a path, or the name of
a profile that comes with Rostra."""

CHECK_MORE = """\
examples:
  rostra check my-rules.toml
  rostra check hrc_dialogue
  rostra check my-programme.toml"""

RULES = """\
Make a sheet of the rules in a profile, to read and to print: one page of HTML, every
number taken from the file. FILE is a path, or the name of a profile that comes with
Rostra."""

RULES_MORE = """\
examples:
  rostra rules web_dialogue --out rules.html
  rostra rules my-rules.toml > rules.html"""

ATTENDANCE = """\
Read a video platform's report of who was there (CSV, or one name a line) and say which
delegations of the meeting's roster are in it, by names, former names and codes, and
which names are in no roster. With --yes they are marked as having attended."""

ATTENDANCE_MORE = """\
examples:
  rostra attendance closing-discussion participants.csv
  rostra attendance closing-discussion participants.csv --yes

Works beside a running server and without one."""

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
    _verify(_command(commands, "verify-draw", "check draws", VERIFY, VERIFY_MORE))
    words = (proof_words.VERIFY, proof_words.VERIFY_MORE)
    verify = _command(commands, "verify", "is an export intact?", *words)
    proof_words.verify_arguments(verify)
    words = (proof_words.OPEN, proof_words.OPEN_MORE)
    archive = _command(commands, "open", "look at an export again", *words)
    proof_words.open_arguments(archive)
    _address(archive)
    archive.add_argument("--config", metavar="FILE", help="settings file")
    key = _command(commands, "key", "the key of exports", proof_words.KEY)
    key.set_defaults(module="key")
    _place(key)
    _file(_command(commands, "check", "is a file right?", CHECK, CHECK_MORE), "check")
    rules = _command(commands, "rules", "print the rules", RULES, RULES_MORE)
    _file(rules, "rules")
    rules.add_argument("--out", metavar="FILE", help="write the page to FILE")
    _attendance(
        _command(commands, "attendance", "who was there", ATTENDANCE, ATTENDANCE_MORE)
    )
    words = (rehearse_words.REHEARSE, rehearse_words.REHEARSE_MORE)
    rehearse = _command(commands, "rehearse", "size a server", *words)
    rehearse_words.arguments(rehearse)
    words = (move_words.MOVE, move_words.MOVE_MORE)
    move = _command(commands, "move-journal", "to Redis, or back", *words)
    move_words.arguments(move)
    _place(move)
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


AS_HELP = (
    "csv (default) or json of the log, to the output; or documents into --to, with a"
    " comma between: csv, docx, pdf, xlsx, html, json, vtt, thirds, svg"
)
FOR_HELP = "who may read the documents (default: record, as rapporteurs)"
WITH_HELP = "of commits: also personal, internal, or both with a comma"
MEETING_HELP = "programme: a file or a shipped name (default: closing-discussion)"


def _import(command: argparse.ArgumentParser) -> None:
    command.set_defaults(module="imports")
    add = command.add_argument
    add("file", metavar="FILE", help="a programme, or with --meeting a list of names")
    add("--as", dest="name", metavar="NAME", help="the meeting's name in its links")
    add("--roster", metavar="NAME", help="another roster than the programme names")
    add("--carry", metavar="MEETING", help="and who was not heard in that one")
    add("--meeting", help="put the names of FILE on a list of this meeting")
    add("--list", type=_count, metavar="N", help="of its N-th segment, from 1")
    add("--yes", action="store_true", help="insert what was recognised")
    add("--rehearsal", action="store_true", help="to be rehearsed in: rostra rehearse")
    _place(command)


def _links(command: argparse.ArgumentParser) -> None:
    command.set_defaults(module="links")
    add = command.add_argument
    add("meeting", metavar="MEETING", nargs="?", help="without it: which there are")
    form = command.add_mutually_exclusive_group()
    form.add_argument(
        "--csv", action="store_true", help="as CSV: code, name, role, url"
    )
    form.add_argument("--json", action="store_true", help="the same as JSON")
    add("--role", help="of one role only: delegate, moderator, rapporteur ...")
    add("--base", default="", metavar="URL", help="address to put into the links")
    _place(command)


def _export(command: argparse.ArgumentParser) -> None:
    command.set_defaults(module="export")
    add = command.add_argument
    add("meeting", metavar="MEETING")
    add("--as", dest="form", default="csv", metavar="FORMS", help=AS_HELP)
    add("--lang", default="en", help="of documents: en, fr, es, ru, zh, ar")
    who = ("public", "record", "staff")
    add("--for", dest="audience", choices=who, default="record", help=FOR_HELP)
    add("--to", default=".", metavar="FOLDER", help="where documents are written")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--log", action="store_true", help="the log (default)")
    what.add_argument("--commits", action="store_true", help="the history, JSON Lines")
    add("--with", dest="parts", default="", metavar="PARTS", help=WITH_HELP)
    _place(command)


def _verify(command: argparse.ArgumentParser) -> None:
    command.set_defaults(module="verify_draw")
    command.add_argument("file", metavar="HISTORY", help="a file, or - for the input")


def _file(command: argparse.ArgumentParser, module: str) -> None:
    command.set_defaults(module=module)
    command.add_argument("file", metavar="FILE", help="a path, or a shipped profile")


def _attendance(command: argparse.ArgumentParser) -> None:
    command.set_defaults(module="attendance")
    command.add_argument("meeting", metavar="MEETING")
    command.add_argument("file", metavar="FILE", help="the report; - is standard input")
    command.add_argument("--yes", action="store_true", help="mark them as present")
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
