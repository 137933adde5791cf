"""The record as prose: sections of numbered paragraphs, in the order of speaking.

Who said something that a rapporteur noted has a paragraph; the others are told in the
Journal's sentences, those who followed each other together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, structs

from rostra.core import text
from rostra.core.ids import InterventionId, SegmentId
from rostra.record.course import Suspended
from rostra.record.language import Dates, Language
from rostra.record.minutes import Paragraph, Section
from rostra.record.naming import Naming, Row
from rostra.record.remarks import Remarks
from rostra.record.sayings import Sayings


class Place(Struct, frozen=True):
    """A segment as its heading has it."""

    title: str
    presider: str
    questions: tuple[str, ...]


class Prose:
    """Writes sections from rows of the record."""

    def __init__(
        self,
        naming: Naming,
        language: Language,
        dates: Dates,
        remarks: Remarks,
        places: Mapping[SegmentId, Place],
    ) -> None:
        self.sayings = Sayings(naming, language)
        self._naming = naming
        self._language = language
        self._tr = language.tr
        self._dates = dates
        self._remarks = remarks
        self._places = places
        self._number = 0
        self._before = Place("", "", ())
        self._interrupted: set[InterventionId] = set()

    def sections(
        self, rows: Sequence[Row], suspensions: Iterable[Suspended]
    ) -> tuple[Section, ...]:
        """The whole of it; suspensions stand where they came."""
        found: list[Section] = []
        waiting = list(suspensions)
        known = {row["id"] for row in rows}
        self._interrupted = {row["over"] for row in rows if row["over"] in known}
        tops = [row for row in rows if row["over"] not in known]
        for key, members in _grouped(tops, self._heading):
            body: list[Paragraph] = []
            run: list[Row] = []
            for row in members:
                while waiting and waiting[0].since < row["started_at"]:
                    body += [*self._told(run), self._suspended(waiting.pop(0))]
                    run = []
                if not self._alike(run, row):
                    body += self._told(run)
                    run = []
                run.append(row)
                if self._apart(row):
                    body += self._own(row, rows, 0)
                    run = []
            found.append(self._section(key, [*body, *self._told(run)]))
        late = [self._suspended(each) for each in waiting]
        if late and found:
            last = found.pop()
            body = [*last.paragraphs, *late]
            found.append(structs.replace(last, paragraphs=tuple(body)))
        return tuple(found)

    def procedure(self, said: str) -> Paragraph:
        """Something that happened to the meeting as a whole."""
        return Paragraph(style="procedure", text=self._language.sentence(said))

    def _heading(self, row: Row) -> tuple[SegmentId, str] | None:
        """What a row stands under; the chair's remarks under what they were made in."""
        if row["kind"] == "chair":
            return None
        segment: SegmentId = row["segment"]
        place = self._places.get(segment)
        title = place.title if place else ""
        if row["kind"] != "right_of_reply":
            return segment, title
        tr = self._tr
        second = row["turn"] > 1
        turn = tr("Second right of reply") if second else tr("Right of reply")
        return segment, " · ".join(filter(None, (title, turn)))

    def _section(
        self, key: tuple[SegmentId, str], body: Sequence[Paragraph]
    ) -> Section:
        segment, title = key
        place = self._places.get(segment, self._before)
        before, own = self._before, title == place.title
        # what the section before said already is not said again
        self._before = place if own else before
        presider = place.presider if place.presider != before.presider else ""
        questions = place.questions if place.questions != before.questions else ()
        return Section(
            segment=segment,
            title=title,
            presider=presider if own else "",
            questions=questions if own else (),
            paragraphs=tuple(body),
        )

    def _alike(self, run: Sequence[Row], row: Row) -> bool:
        """Whether *row* is told together with those of *run*."""
        if not run or self._apart(row):
            return not run
        together = self.sayings.together(row)
        return together is not None and together == self.sayings.together(run[0])

    def _apart(self, row: Row) -> bool:
        """Whether more is to be told of a row than that it was."""
        key = row["id"]
        noted = key in self._remarks.gists or key in self._remarks.corrections
        return noted or key in self._interrupted

    def _told(self, run: Sequence[Row]) -> list[Paragraph]:
        said = self.sayings.told(run)
        keys = tuple(row["id"] for row in run)
        return [self._statement(said, keys)] if said else []

    def _own(self, row: Row, rows: Sequence[Row], depth: int) -> Iterator[Paragraph]:
        """A row in its own paragraph, what interrupted it, and what was corrected."""
        key, gist = row["id"], self._remarks.gists.get(row["id"], "")
        if gist:
            lead, rest = self._with_gist(row, gist)
            yield self._statement(rest, (key,), lead=lead, depth=depth)
            if ruled := " ".join([*self.sayings.ruling(row), *_ruling_note(row)]):
                yield self._statement(ruled, (), depth=depth)
        elif told := " ".join([*self.sayings.alone(row), *_ruling_note(row)]):
            yield self._statement(told, (key,), depth=depth)
        within = rows if key in self._interrupted else ()
        for each in within:
            if each["over"] == key:
                yield from self._own(each, rows, depth + 1)
        for who, said in self._remarks.corrections.get(key, ()):
            filed = self._tr("Correction filed by {name}: {text}")
            remark = filed.format(name=who, text=said)
            yield Paragraph(style="remark", depth=depth, text=remark)

    def _with_gist(self, row: Row, gist: str) -> tuple[str, str]:
        naming, tr = self._naming, self._tr
        person, function = naming.person(row)
        lead = person or naming.main(row)
        more = [function] if naming.by_person(row) else []
        if row["delegation"] and lead != naming.name(row["delegation"]):
            name = naming.name(row["delegation"])
            more += [] if name in function else [name]
        if group := naming.group(row):
            more.append(tr("on behalf of {group}").format(group=group))
        if row["kind"] == "point_of_order":
            more.append(tr("on a point of order"))
        if row["kind"] == "right_of_reply":
            more.append(tr("in exercise of the right of reply"))
        apart = self._language.apart
        inside = self._language.comma.join(apart(each) for each in more if each)
        if not inside:
            return lead, tr("{name}: {gist}").format(name="", gist=apart(gist))
        pattern = tr("{name} ({more}): {gist}")
        return lead, pattern.format(name="", more=inside, gist=apart(gist))

    def _statement(
        self,
        said: str,
        keys: tuple[InterventionId, ...],
        *,
        lead: str = "",
        depth: int = 0,
    ) -> Paragraph:
        self._number += 1
        return Paragraph(
            style="statement",
            number=self._number,
            depth=depth,
            lead=lead,
            text=said,
            interventions=keys,
        )

    def _suspended(self, each: Suspended) -> Paragraph:
        time, tr = self._dates.time, self._tr
        if each.until is None:
            alone = tr("The meeting was suspended at {since}.")
            return self.procedure(alone.format(since=time(each.since)))
        both = tr("The meeting was suspended at {since} and resumed at {until}.")
        return self.procedure(
            both.format(since=time(each.since), until=time(each.until))
        )


def _ruling_note(row: Row) -> list[str]:
    """What was noted with a ruling; only rapporteurs' rows have it."""
    said = text.line(row.get("ruling_note") or "")
    return [said] if said else []


def _grouped(
    rows: Sequence[Row], heading: object
) -> list[tuple[tuple[SegmentId, str], list[Row]]]:
    """Rows that stand one after the other under the same heading."""
    assert callable(heading)
    found: list[tuple[tuple[SegmentId, str], list[Row]]] = []
    for row in rows:
        key = heading(row)
        if key is None:
            key = found[-1][0] if found else (row["segment"], "")
        if not found or found[-1][0] != key:
            found.append((key, []))
        found[-1][1].append(row)
    return found
