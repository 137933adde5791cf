"""``rostra rules``: the rules of a profile as a sheet that can be printed."""

import argparse
import sys
from html import escape
from pathlib import Path

from rostra.cli.check import file_of
from rostra.cli.plainly import plainly
from rostra.core.profile import parse_profile
from rostra.record.sheet import Section, Sheet, sheet

_STYLE = """\
body { font: 11pt/1.4 Inter, "Noto Sans", Arial, sans-serif; max-width: 44rem;
  margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 1.4rem 0 .3rem; }
ul { margin: 0; padding-left: 1.2rem; }
table { border-collapse: collapse; margin-top: .6rem; }
th, td { font-weight: normal; text-align: left; padding: .15rem 1.5rem .15rem 0;
  border-bottom: 1px solid #bbb; }
thead th { font-weight: bold; } td { text-align: right; }
@page { size: A4; margin: 18mm; }
@media print { body { max-width: none; margin: 0; padding: 0; }
  section { break-inside: avoid; } h2 { break-after: avoid; } }
"""


@plainly
def run(args: argparse.Namespace) -> int:
    """Write it to --out, or to standard output."""
    path = file_of(args.file)
    profile = parse_profile(path.read_text(encoding="utf-8"))
    text = page(sheet(profile))
    if args.out is None:
        sys.stdout.write(text)
        return 0
    Path(args.out).write_text(text, encoding="utf-8")
    print(f"{args.out} has the rules “{profile.title}”.")
    return 0


def page(rules: Sheet) -> str:
    """A whole page, with everything that it needs in it."""
    title = escape(rules.title)
    body = "".join(map(_section, rules.sections))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>Rules of procedure · {title}</title>\n<style>\n{_STYLE}</style>\n"
        f"</head>\n<body>\n<h1>Rules of procedure: {title}</h1>\n{body}"
        "</body>\n</html>\n"
    )


def _row(row: tuple[str, ...]) -> str:
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
    return f"<tr><th>{escape(row[0])}</th>{cells}</tr>\n"


def _section(each: Section) -> str:
    lines = "".join(f"<li>{escape(line)}</li>\n" for line in each.lines)
    table = ""
    if each.table:
        head = "".join(f"<th>{escape(cell)}</th>" for cell in each.table.head)
        rows = "".join(map(_row, each.table.rows))
        table = (
            f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n"
            "</table>\n"
        )
    title = escape(each.title)
    return f"<section>\n<h2>{title}</h2>\n<ul>\n{lines}</ul>\n{table}</section>\n"
