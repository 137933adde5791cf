"""What the command line says of ``rostra verify`` and ``rostra key``."""

import argparse

VERIFY = """\
Say whether an exported history is what was signed: intact, or the first commit that was
changed, cut out, added or moved. Exit code 0 if it is intact, 1 if not, 2 if the file
is no export. Nothing is needed but the file: no server, no data folder, no secret."""

VERIFY_MORE = """\
examples:
  rostra export closing-discussion --commits > history.jsonl
  rostra verify history.jsonl --key 51b4...e2      what rostra key printed
  rostra export closing-discussion --commits | rostra verify -

Without --key it says with which key the file was signed; whether that is the
secretariat's key, only the secretariat can say. The verifier is one file that runs
alone (rostra/record/verify.py), and rostra/record/PROOF.md says how to write another.
The page /verify of every server does the same, and sends the file to nobody."""

KEY = """\
Print the public key that exports of this data folder are signed with. Make it known
where people can trust it: on the meeting's own page, in its note, on paper. The secret
half is record.key in the data folder, or what record_key_file names."""


OPEN = """\
Open an exported meeting again, to be looked at: its log, its console, its display, as
they were at the end, on this machine, with nothing but the file. It is verified first.
Nobody can change anything, and nothing is kept of the visit."""

OPEN_MORE = """\
examples:
  rostra export closing-discussion --commits --with personal,internal > archive.jsonl
  rostra open archive.jsonl

Such a file has everything in it, also what is for operators only. Keep it as you keep
the data folder. Links of the meeting itself do not open it: new ones are printed."""


def open_arguments(command: argparse.ArgumentParser) -> None:
    """Of ``rostra open``."""
    command.set_defaults(module="archive")
    command.add_argument("file", metavar="FILE", help="an export with all its parts")
    command.add_argument(
        "--key", default="", metavar="HEX", help="the public key it must be signed with"
    )


def verify_arguments(command: argparse.ArgumentParser) -> None:
    """Of ``rostra verify``."""
    command.set_defaults(module="verify")
    command.add_argument("file", metavar="FILE", help="a file, or - for the input")
    command.add_argument(
        "--key", default="", metavar="HEX", help="the public key it must be signed with"
    )
