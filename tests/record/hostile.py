"""What somebody may type to hurt who opens a document: a corpus, and a record of it."""

from functools import cache

from msgspec import structs

from rostra.core import commands as c
from rostra.core.ids import Code
from rostra.core.meeting import Person
from rostra.core.programme import Presider, SegmentPlan
from rostra.core.roster import Roster
from rostra.core.text import line
from rostra.record.minutes import Minutes
from rostra.record.writing import minutes_of
from support.floor import MODERATOR, RAPPORTEUR, ROSTER, Floor

#: Never seen by a reader as what it says: it runs, or turns the line round, or cuts it.
MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</title></style><svg onload=alert(1)>",
    "<!--", "-->", "]]>", "<![CDATA[x", "<?xml version='1.0'?>", "&#60;b&#62;&amp;",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "javascript:alert(1)", "{{7*7}}", "${7*7}", "{0} {name} {}", "%s %(x)s",
    "**bold** __u__ --strike-- [a](http://x.example/)",
    "NOTE a --> b\n\n00:00:00.000 --> 00:00:09.000\nforged",
    "(x) Tj ET endstream endobj", "\\) /JS (app.alert(1)) >>",
)  # fmt: skip
FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x",
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example/","a")', "=WEBSERVICE(1)",
    "{=1+1}", "http://x.example/", "mailto:x@example.org", "internal:Sheet1!A1",
)  # fmt: skip
UNSEEN = (
    "a\0b", "\0", "x\x01\x08\x0b\x0c\x1f\x7f\x85", "\u202egnp.exe", "\u2066x",
    "a\u200b\u200e\u200fb\ufeff", "\u2028line\u2029", "\ufffe\uffff",
    "\ue000\U000f0000", "\ud7ff\ufdd0",
)  # fmt: skip
SIGNS = (
    "👩🏽‍🚀👨‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿🇺🇳", "🕴🏿‍♀️", "é́́́́́́́́́́", "ﷺ﷽", "𝕳𝖊𝖑𝖑𝖔", "한국어 日本語 ไทย हिन्दी አማርኛ",
    "مرحبا hello שלום 你好", "\U00020000\U0002a6d6", "\u0600\u06dd123", "ʻOkinaʼ",
)  # fmt: skip
LONG = ("x" * 10_000, "word " * 2_000, "ع" * 10_000, "国" * 10_000, "\n" * 500 + "z")
CORPUS = (*MARKUP, *FORMULAS, *UNSEEN, *SIGNS, *LONG)
#: What must never be in a document, whatever was typed.
FORBIDDEN = "\0\x01\x08\x0b\x0c\x1f\x7f\u202e\u202d\u200e\u200f\u2028\u2029\ufeff"


@cache
def hostile_minutes() -> Minutes:
    """A record with each of the corpus as a name, a group, a label, a note, a title."""
    floor = Floor(*_programme(), roster=_roster()).opened()
    for text in CORPUS:
        _heard(floor, text)
    segment = next(iter(floor.meeting.segments))
    for text in CORPUS[: -len(LONG)]:
        under = c.Heading(segment)
        if line(text):
            floor.do(c.WriteConclusion, RAPPORTEUR, under=under, text=text)
    questions = tuple(_short(each) for each in CORPUS)
    programme = structs.replace(
        floor.meeting.programme,
        title=CORPUS[0],
        theme=CORPUS[1],
        event=CORPUS[2],
        questions=questions,
        zone="../../etc/passwd",
    )
    # each under a question of its own, every other one in the addendum
    conclusions = {
        key: structs.replace(each, question=number, addendum=number % 2 == 0)
        for number, (key, each) in enumerate(floor.meeting.conclusions.items(), start=1)
    }
    meeting = structs.replace(
        floor.meeting, programme=programme, conclusions=conclusions
    )
    return minutes_of(meeting, "staff", chain="<b>")


def _programme() -> tuple[SegmentPlan, ...]:
    """Files are written by the secretariat, and pasted from anywhere."""
    first = SegmentPlan(
        kind="discussion",
        title="\0<b>=1+1\u202e",
        requests=True,
        presider=Presider("<i>\0Chair\u202e", "=1+1"),
    )
    others = (
        SegmentPlan(kind="discussion", title=_short(text), requests=True)
        for text in (*MARKUP[:3], *UNSEEN[:4])
    )
    return (first, *others)


def _roster() -> Roster:
    entry = ROSTER.delegations[Code("A")]
    bad = structs.replace(
        entry, names={"en": "=1+1<b>\0\u202e"}, spoken="<i>\0=2\u202e"
    )
    return structs.replace(ROSTER, delegations={**ROSTER.delegations, Code("A"): bad})


def _heard(floor: Floor, text: str) -> None:
    key = floor.put(
        "A",
        person=Person(_short(text) or "x", _short(text)),
        group_text=_short(text),
        kind="group_statement" if line(_short(text)) else "statement",
        label=_short(text),
        language=_short(text)[:20],
        note=text[:2000],
    )[0]
    request = floor.meeting.requests[key]
    if request.person or request.group_text:
        floor.do(c.ConfirmName, request=key)
    spoke = floor.heard(key, 61)
    for by in (RAPPORTEUR, MODERATOR):
        floor.do(c.WriteNote, by, intervention=spoke, text=text)


def _short(text: str) -> str:
    return text[:200]
