"""Brings the catalogues up to date with the words in the source: `make messages`.

The English text in the source is the key. Python and templates mark it with ``tr``,
the client with ``t``, ``tx`` and ``tn`` (one, many). What nobody says any more leaves
the catalogue; what is new stands in it untranslated, and a test fails until it is.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]

#: Without dates and names of tools, so that a catalogue changes with its words only.
HEAD = """# Rostra in other words; messages.py beside this file keeps it up to date.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""

SOURCES = (
    ("python", "server/rostra", "*.py", {"tr": None, "tr_n": (1, 2), "_tr": None}),
    ("jinja2", "templates", "*.html", {"tr": None}),
    ("javascript", "client/src", "*.ts*", {"t": None, "tx": None, "tn": (1, 2)}),
)


def gather(root: Path = ROOT) -> Catalog:
    """Every text that the source marks for translation."""
    catalog = Catalog(project="Rostra", charset="utf-8")
    for method, folder, pattern, keywords in SOURCES:
        for file in sorted((root / folder).rglob(pattern)):
            if ".test." in file.name or "generated" in file.parts:
                continue
            options = {"parse_template_string": False, "jsx": True}
            how = "jinja2.ext:babel_extract" if method == "jinja2" else method
            for _, text, _, _ in extract_from_file(
                how, file, keywords=keywords, options=options
            ):
                catalog.add(text, locations=[(str(file.relative_to(root)), 0)])
    return catalog


def update(file: Path, wanted: Catalog) -> list[str]:
    """Bring one catalogue up to date; answers with what is not translated yet."""
    with file.open("rb") as stream:
        present = read_po(stream, locale=file.stem)
    present.update(wanted, no_fuzzy_matching=True)
    present.obsolete.clear()
    head = HEAD.format(language=file.stem, plural=present.plural_forms)
    body = io.BytesIO()
    write_po(
        body, present, omit_header=True, width=88, sort_output=True, no_location=True
    )
    file.write_text(head + body.getvalue().decode(), encoding="utf-8")
    return missing(present)


def missing(catalog: Catalog) -> list[str]:
    """Texts of *catalog* without a translation."""
    return [
        str(message.id)
        for message in catalog
        if message.id
        and not (
            all(message.string)
            if isinstance(message.string, tuple | list)
            else message.string
        )
    ]


def main() -> int:
    """Update every catalogue of this folder."""
    wanted = gather()
    for file in sorted(FOLDER.glob("*.po")):
        left = update(file, wanted)
        print(f"{file.name}: {len(wanted)} texts, {len(left)} not translated")
        for text in left:
            print(f"  {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
