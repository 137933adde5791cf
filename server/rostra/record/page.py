"""The record as one page of HTML: nothing else is fetched, nothing runs, it prints.

A secretariat can publish it as it is. Texts are escaped; there is no other way in.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape

from rostra.record.cells import shown
from rostra.record.drawings import drawing
from rostra.record.language import Dates, Language
from rostra.record.minutes import (
    Conclusions,
    Minutes,
    Paragraph,
    Part,
    Section,
    Table,
)
from rostra.record.svg import to_svg

_STYLE = """
:root{--ink:#1a1a1a;--muted:#595959;--rule:#b9b9b9;--accent:#1f4e79}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:var(--ink);font:17px/1.55 Georgia,"Times New Roman",
"Noto Serif","Noto Naskh Arabic","Noto Serif SC",serif}
main{max-width:46rem;margin-inline:auto;padding:3rem 1.5rem 4rem}
header{border-block-end:2px solid var(--accent);padding-block-end:1rem;
margin-block-end:1.5rem}
.line{display:flex;justify-content:space-between;gap:1rem;flex-wrap:wrap;
color:var(--muted);border-block-end:1px solid var(--rule);padding-block-end:.4rem}
h1{font-size:1.9rem;line-height:1.2;margin:1.2rem 0 .3rem}
.theme{font-size:1.15rem;font-style:italic;margin:.2rem 0 1rem}
header p{margin:.2rem 0}
h2{font-size:1.25rem;margin:2.2rem 0 .4rem}
h3{font-size:1.05rem;margin:1.6rem 0 .4rem}
nav h2{font-size:1rem;margin:0}
nav ul{list-style:none;padding:0;margin:.3rem 0 1.5rem}
a{color:var(--accent)}
.presider{color:var(--muted);font-style:italic;margin:.1rem 0}
.questions{margin:.4rem 0;color:var(--muted);font-style:italic}
.procedure{font-style:italic;margin:1rem 0}
.statement{display:flex;gap:.9rem;margin:.7rem 0}
.number{flex:none;min-width:1.6rem;color:var(--muted);font-variant-numeric:tabular-nums}
.text{white-space:pre-line;overflow-wrap:anywhere}
.d1{margin-inline-start:2.2rem}.d2{margin-inline-start:4.4rem}
.remark{font-size:.95em;border-inline-start:3px solid var(--rule);
padding-inline-start:.8rem;margin-inline-start:2.5rem;white-space:pre-line;
overflow-wrap:anywhere}
figure{margin:1.5rem 0;break-inside:avoid}
figcaption{font-weight:bold;margin-block-end:.5rem}
svg{width:100%;height:auto;display:block}
table{border-collapse:collapse;width:100%;font-size:.9em;margin:.5rem 0 1.5rem}
caption{text-align:start;font-weight:bold;padding-block:.4rem}
th,td{text-align:start;padding:.25rem .5rem;border-block-end:1px solid #e2e2e2;
vertical-align:top;overflow-wrap:anywhere}
th{border-block-end:1px solid var(--ink)}
.n{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
:lang(ar) *,:lang(zh) *{font-style:normal}
footer{margin-block-start:3rem;border-block-start:1px solid var(--rule);
padding-block-start:.6rem;color:var(--muted);font-size:.85em}
@page{size:A4;margin:20mm 22mm}
@media print{body{font-size:10.5pt}main{max-width:none;padding:0}
h2,h3,caption{break-after:avoid}thead{display:table-header-group}tr{break-inside:avoid}
a{color:inherit;text-decoration:none}}
"""
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
#: No script, no frame, nothing from anywhere; the one sheet is named by its hash.
POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'"


def to_html(minutes: Minutes) -> str:
    """The whole page."""
    head = minutes.heading
    return "".join(
        (
            "<!doctype html>\n",
            f'<html lang="{minutes.language}" dir="{minutes.direction}">\n<head>\n',
            '<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n',
            '<meta name="viewport" content="width=device-width">\n',
            f"<title>{escape(head.title)} – {escape(head.form)}</title>\n",
            f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n",
            *_header(minutes),
            *_contents(minutes),
            *map(_paragraph, minutes.opening),
            *_sections(minutes.sections),
            *_conclusions(minutes.conclusions),
            *map(_paragraph, minutes.closing),
            *_annex(minutes),
            f"<footer>{escape(minutes.provenance)}</footer>\n",
            "</main>\n</body>\n</html>\n",
        )
    )


def _header(minutes: Minutes) -> Iterator[str]:
    head = minutes.heading
    yield f'<header>\n<div class="line"><span>{escape(head.event)}</span>'
    yield f"<span>{escape(head.form)}</span></div>\n"
    yield f"<h1>{escape(head.title)}</h1>\n"
    if head.theme:
        yield f'<p class="theme">{escape(head.theme)}</p>\n'
    if head.held:
        yield f"<p>{escape(head.held)}</p>\n"
    for name in head.presided:
        yield f"<p>{escape(head.presided_label)}: {escape(name)}</p>\n"
    yield "</header>\n"


def _contents(minutes: Minutes) -> Iterator[str]:
    yield f"<nav>\n<h2>{escape(minutes.contents_title)}</h2>\n<ul>\n"
    for place, section in enumerate(minutes.sections):
        yield f'<li><a href="#s{place}">{escape(section.title)}</a></li>\n'
    if minutes.conclusions:
        title = escape(minutes.conclusions.title)
        yield f'<li><a href="#conclusions">{title}</a></li>\n'
    yield f'<li><a href="#annex">{escape(minutes.annexes_title)}</a></li>\n'
    yield "</ul>\n</nav>\n"


def _sections(sections: Iterable[Section]) -> Iterator[str]:
    for place, section in enumerate(sections):
        yield f'<section>\n<h2 id="s{place}">{escape(section.title)}</h2>\n'
        if section.presider:
            yield f'<p class="presider">{escape(section.presider)}</p>\n'
        if section.questions:
            asked = "".join(f"<li>{escape(each)}</li>" for each in section.questions)
            yield f'<ul class="questions">{asked}</ul>\n'
        yield from map(_paragraph, section.paragraphs)
        yield "</section>\n"


def _paragraph(each: Paragraph) -> str:
    deep = f" d{min(each.depth, 2)}" if each.depth else ""
    lead = f"<b>{escape(each.lead)}</b>" if each.lead else ""
    text = f"{lead}{escape(each.text)}"
    if each.style != "statement":
        return f'<p class="{each.style}{deep}">{text}</p>\n'
    number = f'<span class="number">{each.number}.</span>'
    body = f'<span class="text">{text}</span>'
    return f'<p class="statement{deep}">{number}{body}</p>\n'


def _conclusions(found: Conclusions | None) -> Iterator[str]:
    if found is None:
        return
    yield f'<section>\n<h2 id="conclusions">{escape(found.title)}</h2>\n'
    yield from _parts(found.parts)
    if found.addenda:
        yield f"<h3>{escape(found.addenda_title)}</h3>\n"
        yield from _parts(found.addenda)
    yield "</section>\n"


def _parts(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        if part.heading:
            yield f'<p class="presider">{escape(part.heading)}</p>\n'
        for each in part.conclusions:
            state = f" <i>[{escape(each.state)}]</i>" if each.state else ""
            yield f'<p class="text">{escape(each.text)}{state}</p>\n'


def _annex(minutes: Minutes) -> Iterator[str]:
    dates = Dates(Language(), minutes.zone)
    yield f'<section>\n<h2 id="annex">{escape(minutes.annexes_title)}</h2>\n'
    for picture in minutes.pictures:
        drawn = to_svg(drawing(picture, minutes), direction=minutes.direction)
        caption = f"<figcaption>{escape(picture.title)}</figcaption>"
        yield f"<figure>\n{caption}\n{drawn}</figure>\n"
    for table in (minutes.times, *minutes.totals):
        yield from _table(table, dates)
    yield "</section>\n"


def _table(table: Table, dates: Dates) -> Iterator[str]:
    numbers = [each.sort != "text" for each in table.columns]
    look = [' class="n"' if number else "" for number in numbers]
    yield f"<table>\n<caption>{escape(table.title)}</caption>\n<thead><tr>"
    for column, marked in zip(table.columns, look, strict=True):
        yield f'<th scope="col"{marked}>{escape(column.name)}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for row in table.rows:
        cells = zip(row, table.columns, look, strict=True)
        body = "".join(
            f"<td{marked}>{escape(shown(cell, column.sort, dates))}</td>"
            for cell, column, marked in cells
        )
        yield f"<tr>{body}</tr>\n"
    yield "</tbody>\n</table>\n"
