"""``rostra verify``: is an exported history what was signed?"""

import argparse
import re
import sys
from pathlib import Path

from rostra.cli.office import Sorry
from rostra.cli.plainly import plainly
from rostra.record.verify import judge

_KEY = re.compile(r"[0-9a-fA-F]{64}")


@plainly
def run(args: argparse.Namespace) -> int:
    """Say it in a sentence; the exit code says it too."""
    if args.key and not _KEY.fullmatch(args.key):
        raise Sorry("A public key is 64 hex digits, as rostra key prints it.")
    whole = sys.stdin.buffer.read if args.file == "-" else Path(args.file).read_bytes
    code, _, sentence = judge(whole(), args.key)
    print(sentence)
    return code
