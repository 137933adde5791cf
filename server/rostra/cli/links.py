"""``rostra links``: a table to read, CSV to mail, or JSON for programs."""

import argparse
import csv
import io
import json
import sys

import msgspec

from rostra.cli.office import AskLinks, AskMeetings, LinkRow, Sorry
from rostra.cli.plainly import plainly, put, settings_of
from rostra.config import nearest
from rostra.core.ids import MeetingId
from rostra.record.table import safe

#: Longer names push their own link aside, not everybody's.
WIDEST = 44


@plainly
def run(args: argparse.Namespace) -> int:
    """Print the links of a meeting, or which meetings there are."""
    settings = settings_of(args)
    if args.meeting is None:
        for each in put(settings, AskMeetings()):
            print(f"{each['id']:40} {each['title']}")
        return 0
    answer = put(settings, AskLinks(meeting=MeetingId(args.meeting), base=args.base))
    rows = _of_role(msgspec.convert(answer, list[LinkRow]), args.role)
    form = as_csv if args.csv else as_json if args.json else as_table
    sys.stdout.write(form(rows))
    return 0


def as_csv(rows: list[LinkRow]) -> str:
    """RFC 4180: code, name, role, url; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("code", "name", "role", "url"))
    for row in rows:
        cells = (row.delegation or "", row.name, row.role, row.url)
        writer.writerow([safe(each) for each in cells])
    return out.getvalue()


def as_json(rows: list[LinkRow]) -> str:
    """A list of objects with the columns of the CSV as their keys."""
    told = [
        {"code": row.delegation, "name": row.name, "role": row.role, "url": row.url}
        for row in rows
    ]
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def as_table(rows: list[LinkRow]) -> str:
    """Columns for the eye: role, name, link."""
    width = min(WIDEST, max((len(row.name) for row in rows), default=0))
    return "".join(f"{row.role:11} {row.name:{width}}  {row.url}\n" for row in rows)


def _of_role(rows: list[LinkRow], role: str | None) -> list[LinkRow]:
    valid = [row for row in rows if not row.revoked]
    if role is None:
        return valid
    roles = sorted({row.role for row in rows})
    if role not in roles:
        raise Sorry(f"There is no role {role}; {nearest(role, list(roles))}")
    return [row for row in valid if row.role == role]
