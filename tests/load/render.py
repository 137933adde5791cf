"""RESULTS.md and its picture, made from the raw figures that are kept and nothing else.

`python tests/load/render.py` makes them anew; a test compares (test_render.py).
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from load import picture, tables

HERE = Path(__file__).resolve().parent
RUNS = HERE / "runs"
NOTES = HERE / "notes"
RESULTS = HERE / "RESULTS.md"
PICTURE = HERE / "growth.svg"

#: The newest kept run of each part.
Runs = dict[str, Any]


def keep(part: str, raw: dict[str, Any]) -> Path:
    """Write down a run's raw figures."""
    RUNS.mkdir(exist_ok=True)
    when = re.sub(r"[^\dT]", "", raw["about"]["at"][:16])
    file = RUNS / f"{when}-{part}.json"
    text = json.dumps(raw, indent=1)
    # the numbers of one list stand on one line
    numbers = re.compile(r"\[\s+([-\d.,\s]+?)\s+\]")
    text = numbers.sub(lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text)
    file.write_text(f"{text}\n", encoding="utf-8")
    return file


def newest(folder: Path = RUNS) -> Runs:
    """The newest run of each part, by part."""
    found = {}
    for file in sorted(folder.glob("*.json")):
        raw = json.loads(file.read_text(encoding="utf-8"))
        found[raw["part"]] = raw
    return found


def notes(folder: Path = NOTES) -> dict[str, str]:
    """What a person wrote about a part: where the time goes, what was tried."""
    files = sorted(folder.glob("*.md"))
    return {file.stem: file.read_text(encoding="utf-8").strip() for file in files}


def results() -> str:
    """RESULTS.md as it has to be."""
    return tables.text(newest(), notes())


def drawn() -> str:
    """The picture as it has to be."""
    return picture.svg(newest())


def write() -> None:
    """Make both."""
    RESULTS.write_text(results(), encoding="utf-8")
    PICTURE.write_text(drawn(), encoding="utf-8")


if __name__ == "__main__":
    write()
