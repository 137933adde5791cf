"""Names as people write them: a pasted list of speakers, recognised line by line.

Exact names in any language, former names and codes are sure. Anything else is only
a proposal, and a name that is easily taken for another is never more than that
(RULES 12). Nothing is recognised that is not in the meeting's roster.
"""

import re
import unicodedata
from difflib import SequenceMatcher

from msgspec import Struct

from rostra.core.ids import Code, GroupCode, Kind
from rostra.core.meeting import Meeting, Person
from rostra.core.roster import Roster

_NUMBERING = re.compile(r"^\s*(?:\(?\d{1,3}\s*[.):\t-]|[-•*·–—])\s*")
_BEHALF = re.compile(
    r"[\s,;:(\[–—-]*\b(?:(?:speaking )?on behalf of|o/?b/?o|for the group of|"
    r"au nom d[eu]s?|en nombre de|от имени|نيابة عن|باسم)\b[\s:]*(?P<group>.+)$",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\t+|\s+[–—|-]\s+|\s*[:;]\s+|\s{3,}")
_BRACKETS = re.compile(r"\s*[(\[](?P<inside>[^)\]]*)[)\]]\s*$")
#: How alike a misspelt name must be, and how much more than the next.
_ALIKE = 0.84
_PROPOSALS = 4


class Recognised(Struct, frozen=True, kw_only=True):
    """One line of a pasted list, and what it was taken for.

    ``line`` counts from 1. ``sure`` lines may be taken as they are; others have
    ``alternatives`` (codes, best first) or nothing at all.
    """

    line: int
    text: str
    delegation: Code | None
    group: GroupCode | None
    group_text: str
    person: Person | None
    kind: Kind
    sure: bool
    alternatives: tuple[Code, ...]


def fold(text: str) -> str:
    """*text* for comparing: no case, accents, punctuation, articles or spaces twice."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    words = re.sub(r"[^\w]+", " ", letters).split()
    return " ".join(word for word in words if word not in ("the", "of", "and"))


class _Index:
    """Every name of a roster, folded. Without *guess* nothing is proposed."""

    def __init__(self, roster: Roster, *, guess: bool = True) -> None:
        self.roster = roster
        self._guess = guess
        self.names: dict[str, Code] = {}
        self.groups: dict[str, GroupCode] = {}
        for code, entry in roster.delegations.items():
            own = (*entry.names.values(), entry.spoken, entry.plate)
            for name in (*own, *entry.aliases, code):
                self.names.setdefault(fold(name), code)
        for key, group in roster.groups.items():
            for name in (*group.names.values(), group.spoken, *group.aliases, key):
                self.groups.setdefault(fold(name), key)

    def delegation(self, text: str) -> tuple[Code | None, tuple[Code, ...]]:
        """The delegation that *text* names exactly, else what it may mean."""
        folded = fold(text)
        if folded in self.names:
            return self.names[folded], ()
        return None, self._proposals(folded)

    def group(self, text: str) -> GroupCode | None:
        """The group of the register that *text* names."""
        folded = fold(text)
        for name in (folded, f"{folded} group", folded.removesuffix(" group")):
            if name in self.groups:
                return self.groups[name]
        return None

    def _proposals(self, folded: str) -> tuple[Code, ...]:
        if len(folded) < 3 or not self._guess:
            return ()
        scores: dict[Code, float] = {}
        # letters in common bound how alike two names can be, and are soon counted
        bound = SequenceMatcher(None, "", folded)
        for name, code in self.names.items():
            bound.set_seq1(name)
            score = 0.0
            if bound.real_quick_ratio() >= _ALIKE and bound.quick_ratio() >= _ALIKE:
                score = SequenceMatcher(None, folded, name).ratio()
            if name.startswith(folded) or f" {folded}" in f" {name}":
                score = max(score, 0.9)
            if score >= _ALIKE:
                scores[code] = max(score, scores.get(code, 0))
        best = sorted(scores, key=lambda code: -scores[code])
        return self._with_twins(best)[:_PROPOSALS]

    def _with_twins(self, codes: list[Code]) -> tuple[Code, ...]:
        """*codes*, each followed by those that it is easily taken for."""
        delegations = self.roster.delegations
        sets = {delegations[c].confusable for c in codes} - {""}
        twins = [c for c, entry in delegations.items() if entry.confusable in sets]
        return tuple(dict.fromkeys((*codes, *twins)))


def recognise(meeting: Meeting, text: str, *, guess: bool = True) -> list[Recognised]:
    """What the lines of *text* mean in this meeting's roster; empty lines are left.

    Without *guess* a line is recognised or not, and nothing is proposed: for long
    reports, most of whose lines are names of persons.
    """
    index = _Index(meeting.roster, guess=guess)
    return [
        _line(index, number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if _NUMBERING.sub("", line).strip()
    ]


def _line(index: _Index, number: int, raw: str) -> Recognised:
    text = _NUMBERING.sub("", raw).strip().strip('"').strip()
    rest, group, group_text = _behalf(index, text)
    code, alternatives, person = _who(index, rest)
    if code is None and not alternatives and group is None:
        # a group alone: nobody is named who speaks for it
        group = index.group(rest)
    sure = code is not None and not group_text
    return Recognised(
        line=number,
        text=raw.strip(),
        delegation=code,
        group=group,
        group_text=group_text,
        person=person,
        kind="group_statement" if group or group_text else "statement",
        sure=sure,
        alternatives=alternatives,
    )


def _behalf(index: _Index, text: str) -> tuple[str, GroupCode | None, str]:
    """*text* without "on behalf of …", and the group: of the register or as typed."""
    found = _BEHALF.search(text)
    if not found:
        return text, None, ""
    name = found["group"].strip().rstrip(")]").strip()
    group = index.group(name)
    return text[: found.start()].strip(" ,;(["), group, "" if group else name


def _who(
    index: _Index, text: str
) -> tuple[Code | None, tuple[Code, ...], Person | None]:
    """The delegation in *text*, wherever it stands, and the person beside it."""
    code, alternatives = index.delegation(text)
    if code:
        return code, (), None
    cells = [cell.strip() for cell in _SPLIT.split(text) if cell.strip()]
    bracket = _BRACKETS.search(text)
    if bracket:
        cells += [text[: bracket.start()].strip(), bracket["inside"].strip()]
    if len(cells) < 2 and "," in text:
        cells = [cell.strip() for cell in text.split(",") if cell.strip()]
    for place, cell in enumerate(cells):
        code, _ = index.delegation(cell)
        if code:
            others = [c for i, c in enumerate(cells) if i != place and cell not in c]
            return code, (), _person(others)
    return None, alternatives, None


def _person(cells: list[str]) -> Person | None:
    """A name and, where there is more, a title."""
    words = [cell for cell in cells if re.search(r"[^\W\d]", cell)]
    if not words or len(words[0]) < 4:
        return None
    return Person(words[0], ", ".join(words[1:]))
