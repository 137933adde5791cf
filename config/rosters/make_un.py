"""Make un.csv from the taxonomy of hdx-python-country, or re-rank another roster.

    python config/rosters/make_un.py PATH_TO_HDX_CSV
    python config/rosters/make_un.py --rank config/rosters/fictional.csv

The first form reads the country taxonomy that the package hdx-python-country (MIT,
4.2.5 at the last making) carries, and writes un.csv beside this file. The second only
computes the ``sort_xx`` columns of a roster anew, after names were edited. Both need
Node, whose ICU knows the alphabets; a server needs neither this script nor its source.
"""

import argparse
import csv
import json
import subprocess
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import un_tables as tables

HERE = Path(__file__).parent
LANGUAGES = {
    "en": "English",
    "fr": "French",
    "es": "Spanish",
    "ru": "Russian",
    "zh": "Chinese",
    "ar": "Arabic",
}
COLUMNS = [
    *("code", "tier", "address", "region", "reply", "order"),
    *("list_en", "spoken_en", "plate_en", "sort_en"),
    *(f"{form}_{k}" for k in LANGUAGES if k != "en" for form in ("list", "sort")),
    *("aliases", "confusable"),
]
COLLATE = """
const wanted = JSON.parse(require("fs").readFileSync(0, "utf8"));
const ordered = {};
for (const [language, pairs] of Object.entries(wanted)) {
  const { compare } = new Intl.Collator(language);
  pairs.sort((a, b) => compare(a[1], b[1]) || (a[0] < b[0] ? -1 : 1));
  ordered[language] = pairs.map((pair) => pair[0]);
}
process.stdout.write(JSON.stringify(ordered));
"""

Row = dict[str, str]


def clean(name: str, language: str) -> str:
    """The name in NFC, with single spaces and one kind of apostrophe per language."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    straight = language == "en"
    name = name.replace("’", "'") if straight else name.replace("'", "’")
    if language == "ar":
        # "غينيا - بيساو", "تيمور- ليشتي": a hyphen, with whatever spaces were typed.
        name = name.replace(" -", "-").replace("- ", "-")
    return name


def fold(text: str) -> str:
    """What two names have in common when case, accents and apostrophes are ignored."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def without_article(name: str) -> str:
    """The name without the English article it begins with, if it does."""
    return name.removeprefix("the ").removeprefix("The ")


def state(source: Row, region: str) -> Row:
    """The row of a Member State, or of an observer State where *region* is empty."""
    code = source["ISO 3166-1 Alpha 3-Codes"]
    row = {f"list_{k}": clean(source[f"{v} Short"], k) for k, v in LANGUAGES.items()}
    row["list_ar"] = tables.ARABIC_IN_FULL.get(code, row["list_ar"])
    name = row["list_en"]
    formal = without_article(clean(source["English Formal"], "en"))
    known = [formal, *tables.ALIASES.get(code, "").split("|")]
    two_letters = source["ISO 3166-1 Alpha 2-Codes"]
    return row | {
        "code": code,
        "tier": "member_state" if region else "observer_state",
        "address": "representative_of" if region else "observer_of",
        "region": region,
        "reply": "yes",
        "order": "yes",
        "spoken_en": tables.SPOKEN.get(code, name),
        "plate_en": name,
        "aliases": "|".join([two_letters, *distinct(known, besides=(code, name))]),
        "confusable": next((k for k, v in tables.CONFUSABLE.items() if code in v), ""),
    }


def distinct(names: Iterable[str], *, besides: tuple[str, ...]) -> list[str]:
    """The *names* in order, each once, and none that folds to one of *besides*."""
    seen = {fold(each) for each in besides} | {""}
    kept = []
    for name in names:
        if fold(name) not in seen:
            seen.add(fold(name))
            kept.append(name)
    return kept


def others() -> list[Row]:
    """The rows of those that are no State."""
    columns = [
        *("code", "tier", "address", "reply", "order"),
        *("list_en", "spoken_en", "plate_en", "aliases"),
    ]
    return [dict(zip(columns, each, strict=True)) for each in tables.OTHERS]


def alphabetical(row: Row, language: str) -> str:
    """The text by which a row takes its place in the alphabet of *language*.

    English stands in for a missing name. Arabic lists pass over the article; and the
    States whose Arabic name is printed in full keep the place of their own name, which
    is the second word (Iran under alif, not under "republic").
    """
    name = row.get(f"list_{language}") or row["list_en"]
    if language == "ar":
        if name == tables.ARABIC_IN_FULL.get(row["code"]):
            name = name.split(maxsplit=1)[1]
        name = name.removeprefix("ال")
    return name


def rank(rows: list[Row]) -> None:
    """Fill the ``sort_xx`` columns: a row's place in each language, zero-padded."""
    wanted = {k: [[r["code"], alphabetical(r, k)] for r in rows] for k in LANGUAGES}
    done = subprocess.run(
        ["node", "-e", COLLATE],
        input=json.dumps(wanted),
        capture_output=True,
        text=True,
        check=True,
    )
    by_code = {row["code"]: row for row in rows}
    for language, codes in json.loads(done.stdout).items():
        for place, code in enumerate(codes, start=1):
            by_code[code][f"sort_{language}"] = f"{place:03}"


def united_nations(source: Path) -> list[Row]:
    """All rows of the UN roster: Members, observer States, then the others."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        by_code = {r["ISO 3166-1 Alpha 3-Codes"]: r for r in csv.DictReader(file)}
    regions = {c: k for k, codes in tables.REGIONS.items() for c in codes.split()}
    # The column of the UN's own list of Member States must agree with the rulebook.
    marked = {c for c, r in by_code.items() if r["Appears in DGACM list"] == "Y"}
    if marked != set(regions):
        sys.exit(f"the source and RULES 11 disagree on {sorted(marked ^ set(regions))}")
    members = [state(by_code[code], region) for code, region in regions.items()]
    observers = [state(by_code[code], "") for code in tables.OBSERVER_STATES]
    rest = others()
    rank([*members, *observers, *rest])
    members.sort(key=lambda row: row["sort_en"])
    return [*members, *observers, *rest]


def write(path: Path, rows: list[Row]) -> None:
    """Write *rows* as the roster format asks: UTF-8, line feeds, a header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def main() -> None:
    """Read the command line and write one file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path, help="the taxonomy, or a roster to rank")
    parser.add_argument("--rank", action="store_true", help="only rank a roster anew")
    wanted = parser.parse_args()
    if wanted.rank:
        with wanted.file.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        rank(rows)
        write(wanted.file, rows)
    else:
        write(HERE / "un.csv", united_nations(wanted.file))


if __name__ == "__main__":
    main()
