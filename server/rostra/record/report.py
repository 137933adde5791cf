"""A video platform's report of who was there: the names in it, whatever its columns.

Platforms write CSV with a head somewhere near the top, one line for each time that
somebody joined. Anything else is taken as one name a line.
"""

import csv
import io
import unicodedata

#: What the column of names is called, in its folded form, the likeliest first.
_HEADS = (
    "display name",
    "full name",
    "participant name",
    "participant",
    "attendee name",
    "attendee",
    "user name",
    "name",
    "nom",
    "nombre",
    "имя",
    "名称",
    "姓名",
    "الاسم",
)
#: The head stands within the first so many lines; a summary may come before it.
_HEAD_WITHIN = 20
_SEPARATORS = ",;\t"


def names_in(text: str) -> list[str]:
    """The names of a report in the order in which they first stand there."""
    text = text.removeprefix("\ufeff")
    found = _column(text)
    return list(dict.fromkeys(name for name in found if name))


def _column(text: str) -> list[str]:
    for separator in _SEPARATORS:
        rows = [_tidy(row) for row in _rows(text, separator)]
        for number, row in enumerate(rows[:_HEAD_WITHIN]):
            place = _place(row)
            if place is not None and (len(row) > 1 or number == 0):
                below = rows[number + 1 :]
                return [each[place] for each in below if len(each) > place]
    return [line.strip().strip('"') for line in text.splitlines()]


def _rows(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error:
        return []


def _tidy(row: list[str]) -> list[str]:
    return [" ".join(cell.split()) for cell in row]


def _place(row: list[str]) -> int | None:
    """Which cell of a head names the people; the likeliest of several."""
    heads = [_folded(cell) for cell in row]
    for wanted in _HEADS:
        for place, head in enumerate(heads):
            # "Name (Original Name)", "Participant's name"
            if head == wanted or head.startswith(f"{wanted} ("):
                return place
    return None


def _folded(cell: str) -> str:
    plain = unicodedata.normalize("NFKC", cell).casefold()
    return plain.replace("’s ", " ").replace("'s ", " ").strip()
