"""``rostra verify-draw``: make the draws by lot of a history again."""

import argparse
import sys
from pathlib import Path

from rostra.cli.office import Sorry
from rostra.cli.plainly import plainly
from rostra.record.draws import NotAHistory, verified

_SIGNS = {True: "yes", False: "NO", None: " - "}


@plainly
def run(args: argparse.Namespace) -> int:
    """Say what was found, a sentence a line; 1 if anything is not as it should be."""
    text = _text(args.file)
    try:
        findings = verified(line for line in text.split("\n") if line.strip())
    except NotAHistory as error:
        raise Sorry(
            f"{args.file} is not a history ({error}). Write one with: rostra export "
            "MEETING --commits."
        ) from error
    for each in findings:
        print(f"{_SIGNS[each.ok]:>3}  {each.text}")
    if any(each.ok is False for each in findings):
        print("     This history, or a draw in it, is not to be trusted.")
        return 1
    return 0


def _text(name: str) -> str:
    try:
        if name == "-":
            return sys.stdin.read()
        return Path(name).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Sorry(f"{name} is not a text file.") from error
