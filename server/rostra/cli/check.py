"""``rostra check``: whether a profile or a programme can be used, or what is wrong."""

import argparse
from pathlib import Path

from rostra.cli.files import read_meeting
from rostra.cli.plainly import plainly
from rostra.config import nearest, resource_dir
from rostra.core.files import BadLine, parsed
from rostra.core.profile import parse_profile
from rostra.core.programme import parse_programme
from rostra.core.roster import BadFile

EXIT_WRONG = 1
#: What a programme has and a profile has not.
_PROGRAMME = frozenset(("segments", "roster", "profile"))


@plainly
def run(args: argparse.Namespace) -> int:
    """One sentence, and exit code 1 if the file cannot be used."""
    path = file_of(args.file)
    try:
        print(f"{path} can be used: {checked(path)}.")
    except BadLine as bad:
        line = f", line {bad.line}" if bad.line else ""
        print(f"{path}{line}: {bad.what}")
        return EXIT_WRONG
    except BadFile as bad:
        print(f"{path}: {bad}")
        return EXIT_WRONG
    return 0


def checked(path: Path) -> str:
    """What the file is, in words. Raises BadFile, or OSError."""
    text = path.read_text(encoding="utf-8")
    if not _PROGRAMME & parsed(text).keys():
        return f"rules of procedure, “{parse_profile(text).title}”"
    programme = parse_programme(text)
    # the profile and the roster that it names are there, and its hours are hours
    read_meeting(str(path))
    count = len(programme.segments)
    return f"a programme, “{programme.title}”, of {count} segments"


def file_of(name: str) -> Path:
    """The file of that path, or the shipped profile of that name."""
    path = Path(name)
    if path.suffix or path.exists():
        return path
    folder = resource_dir("config") / "profiles"
    shipped = {each.stem: each for each in folder.glob("*.toml")}
    if name not in shipped:
        raise BadFile(f"there is no profile {name}; {nearest(name, sorted(shipped))}")
    return shipped[name]
