"""Makes the record of a meeting from its state: what one audience may read, no more.

Rows, notes, segments and totals are taken as :mod:`rostra.core.views` shows them to
that audience, so that a document says nothing that its reader's screen would not.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rostra.core import text, views
from rostra.core.ids import Audience, Instant, Kind, ListId, Published, SegmentId
from rostra.core.meeting import Meeting
from rostra.core.programme import TO_BE_ANNOUNCED
from rostra.record import figures, tables, words
from rostra.record.concluding import concluded
from rostra.record.course import Course
from rostra.record.language import Dates, Language
from rostra.record.minutes import (
    Bar,
    Conclusions,
    Heading,
    Minutes,
    Paragraph,
    Picture,
    Section,
    Span,
    Speech,
)
from rostra.record.naming import Naming, Row
from rostra.record.prose import Place, Prose
from rostra.record.remarks import remarks_in

#: By what name the secretariat publishes each figure.
_PUBLISHED: dict[str, Published] = {
    "delegations": "time_by_delegation",
    "groups": "time_by_delegation",
    "kinds": "time_by_kind",
    "timeline": "timeline",
    "lengths": "list_length",
}
#: Pauses that are told as something else.
_TOLD_ELSEWHERE = frozenset(("interruption", "suspension"))


def minutes_of(
    meeting: Meeting,
    audience: Audience = "public",
    language: Language | None = None,
    *,
    course: Course | None = None,
    regions: bool | None = None,
    chain: str = "",
) -> Minutes:
    """The record of *meeting* as *audience* may read it.

    Everyone is shown the figures that the secretariat published, others all but those
    by regional group: these are the operators' unless they are published, the meeting's
    rules show them to everyone, or *regions* says so.
    *chain* is the mark of the last commit. Without its *course* the record tells of no
    suspension and has no picture of the list.
    """
    writer = _Writer(meeting, audience, language or Language(), course or Course())
    shown = audience == "staff" or meeting.profile.show_regions
    shown = shown or "time_by_group" in meeting.published
    writer.regions = shown if regions is None else regions
    return writer.minutes(chain)


class _Writer:
    def __init__(
        self, meeting: Meeting, audience: Audience, language: Language, course: Course
    ) -> None:
        self.regions = False
        self._audience = audience
        self._language = language
        self._tr = language.tr
        self._course = course
        self._seen = views.snapshot(meeting, audience)
        self._meeting = self._seen["meeting"]["meeting"]
        self._rows: Sequence[Row] = views.log(meeting, audience)
        self._naming = Naming(meeting.roster, language)
        self._dates = Dates(language, self._meeting["zone"])
        self._published = self._meeting["published"]
        self._id, self._seq, self._at = meeting.id, meeting.seq, meeting.at
        notes = self._seen.get("notes", {}).values()
        self._remarks = remarks_in(notes, self._naming, language)
        self._prose = Prose(
            self._naming, language, self._dates, self._remarks, self._places()
        )

    def minutes(self, chain: str) -> Minutes:
        tr = self._tr
        speeches = tuple(map(self._speech, self._rows))
        totals = tuple(t for t in self._totals(speeches) if self._open(t[0]))
        titles = {
            SegmentId(key): text.line(each["title"])
            for key, each in self._segments.items()
        }
        return Minutes(
            meeting=self._id,
            audience=self._audience,
            language=self._language.code,
            direction=self._language.direction,
            zone=self._meeting["zone"],
            seq=self._seq,
            at=self._at,
            chain=chain,
            heading=self._heading(),
            contents_title=tr("Contents"),
            opening=tuple(self._opening()),
            sections=self._sections(),
            conclusions=self._conclusions(titles),
            closing=tuple(self._closing()),
            speeches=speeches,
            annexes_title=tr("Annex"),
            times=tables.times(speeches, self._language),
            totals=tuple(
                tables.totals(key, title, name, rows, self._language)
                for key, title, name, rows in totals
                if rows
            ),
            interventions=tables.interventions(speeches, titles, self._language),
            pictures_title=tr("Pictures"),
            pictures=tuple(
                each
                for each in self._pictures(speeches, totals)
                if self._open(each.key)
            ),
            provenance=self._provenance(chain),
            page=tr("Page {page} of {pages}"),
        )

    @property
    def _segments(self) -> Mapping[str, Mapping[str, Any]]:
        return self._seen["segments"]

    # The top

    def _heading(self) -> Heading:
        found, tr = self._meeting, self._tr
        return Heading(
            event=text.line(found["event"]),
            title=text.line(found["title"]),
            theme=text.line(found["theme"]),
            form=tr("Summary record"),
            held=self._held(),
            presided=self._presided(),
            presided_label=tr("Presiding"),
        )

    def _held(self) -> str:
        at = self._meeting["called_to_order_at"] or self._meeting["starts_at"]
        if at is None:
            return ""
        dates = self._dates
        said = self._tr("Held on {day}, at {time} ({city})")
        return said.format(day=dates.day(at), time=dates.time(at), city=dates.city)

    @property
    def _run(self) -> list[Mapping[str, Any]]:
        """Segments that began."""
        return [s for s in self._segments.values() if s["state"] != "upcoming"]

    def _presided(self) -> tuple[str, ...]:
        """Everyone who presided, in the order of the segments."""
        return tuple(dict.fromkeys(filter(None, map(self._presider, self._run))))

    def _presider(self, segment: Mapping[str, Any]) -> str:
        said = (segment["presider"]["name"], segment["presider"]["function"])
        name, function = ("" if s == TO_BE_ANNOUNCED else text.line(s) for s in said)
        if name and function:
            both = self._tr("{name} ({more})")
            return both.format(name=name, more=function)
        return name or function

    def _places(self) -> dict[Any, Place]:
        # who presided throughout stands in the heading, and only there
        several = len(self._presided()) > 1
        apart = self._language.apart
        questions = [apart(text.line(each)) for each in self._meeting["questions"]]
        return {
            key: Place(
                text.line(segment["title"]),
                self._presider(segment) if several else "",
                tuple(questions[number - 1] for number in segment["questions"]),
            )
            for key, segment in self._segments.items()
        }

    # The prose

    def _opening(self) -> Iterator[Paragraph]:
        at = self._meeting["called_to_order_at"]
        if at is not None:
            said = self._tr("The meeting was called to order at {time}.")
            yield self._prose.procedure(said.format(time=self._dates.time(at)))

    def _sections(self) -> tuple[Section, ...]:
        return self._prose.sections(_in_order(self._rows), self._course.suspensions)

    def _closing(self) -> Iterator[Paragraph]:
        at = self._meeting["rose_at"]
        if at is not None:
            said = self._tr("The meeting rose at {time}.")
            yield self._prose.procedure(said.format(time=self._dates.time(at)))

    def _conclusions(self, titles: Mapping[SegmentId, str]) -> Conclusions | None:
        found = self._seen.get("conclusions", {}).values()
        questions = [text.line(each) for each in self._meeting["questions"]]
        return concluded(found, questions, titles, self._language)

    def _provenance(self, chain: str) -> str:
        tr = self._tr
        if not chain:
            said = tr("Written by Rostra from commits 1 to {seq} of {meeting}.")
            return said.format(seq=self._seq, meeting=self._id)
        said = tr(
            "Written by Rostra from commits 1 to {seq} of {meeting}, mark {mark}."
        )
        return said.format(seq=self._seq, meeting=self._id, mark=chain)

    # The interventions

    def _speech(self, row: Row) -> Speech:
        naming, key, tr = self._naming, row["id"], self._tr
        person, function = naming.person(row)
        own = self._audience != "public"
        region = naming.region(row["delegation"]) if row["delegation"] else None
        note = self._remarks.notes.get(key, {})
        return Speech(
            id=key,
            n=row["n"],
            kind=row["kind"],
            kind_name=self._kind(row["kind"]),
            name=naming.main(row),
            group=naming.group(row),
            delegation=row["delegation"],
            region=region if self.regions else None,
            person=person,
            function=function,
            language=text.line(row["language"]),
            segment=row["segment"],
            started_at=row["started_at"],
            ended_at=row["ended_at"],
            used_ms=row["used_ms"],
            limit_ms=row["limit_ms"] if own else None,
            allotted_ms=row["allotted_ms"] if own else None,
            held_ms=row.get("held_ms"),
            over=row["over"],
            ruling=words.rulings(tr).get(row["ruling"], ""),
            sentence=" ".join(self._prose.sayings.alone(row)),
            gist=self._remarks.gists.get(key, ""),
            tags=tuple(text.line(each) for each in note.get("tags", ())),
            questions=tuple(note.get("questions", ())),
            document=text.line(note.get("document", "")),
            corrections=tuple(
                said for _, said in self._remarks.corrections.get(key, ())
            ),
        )

    def _kind(self, kind: Kind) -> str:
        return words.kinds(self._tr)[kind]

    # Totals and pictures

    def _open(self, key: str) -> bool:
        """Whether this audience is shown a figure: everyone, what is published."""
        if key == "regions":
            return self.regions
        return self._audience != "public" or _PUBLISHED[key] in self._published

    def _totals(
        self, speeches: Sequence[Speech]
    ) -> Iterator[tuple[str, str, str, list[Bar]]]:
        """Key, title, what a row is, and the rows."""
        tr, naming = self._tr, self._naming
        spoken, groups, regions = [], [], dict[str, Bar]()
        for key, total in self._seen["delegations"].items():
            voice, _, group = key.partition(":")
            times, ms = total["interventions"], total["spoken_ms"]
            if voice == "group":
                groups.append(Bar(naming.group_name(group), ms, times))
            elif naming.entry(key):
                spoken.append(Bar(naming.name(key), ms, times))
                _add(regions, naming.region(key), ms, times)
        kinds: dict[str, Bar] = {}
        for each in speeches:
            _add(kinds, each.kind_name, each.used_ms, 1)
        yield "delegations", tr("Time by delegation"), tr("Delegation"), spoken
        yield "groups", tr("Time for groups"), tr("Group"), groups
        name = tr("Regional group")
        yield "regions", tr("Time by regional group"), name, [*regions.values()]
        yield "kinds", tr("Time by kind"), tr("Kind"), [*kinds.values()]

    def _pictures(
        self,
        speeches: Sequence[Speech],
        totals: Sequence[tuple[str, str, str, list[Bar]]],
    ) -> Iterator[Picture]:
        yield from figures.over_time(self._stage(), speeches)
        for key, title, _, rows in totals:
            yield from figures.bars(key, title, rows, self._language)

    def _stage(self) -> figures.Stage:
        """The stretch of time that pictures show, and what happened in it."""
        stage = figures.Stage(self._language, self._dates, self._course)
        ends = [row["ended_at"] for row in self._rows]
        starts = [row["started_at"] for row in self._rows]
        opened = self._meeting["called_to_order_at"] or min(starts, default=0)
        stage.since = Instant(opened)
        stage.until = Instant(self._meeting["rose_at"] or max(ends, default=opened))
        stage.segments = tuple(self._spans())
        stage.pauses = tuple(
            Span(each["since"], each["until"], "")
            for row in self._rows
            for each in row.get("holds", ())
            if each["reason"] not in _TOLD_ELSEWHERE
        )
        for key, speakers in self._seen["lists"].items():
            segment = self._segments.get(speakers["segment"] or "")
            title = text.line(segment["title"]) if segment else ""
            if speakers["purpose"] == "replies":
                title = self._tr("Right of reply")
            stage.lists[ListId(key)] = title
        return stage

    def _spans(self) -> Iterator[Span]:
        """Segments, from the first intervention in them to the last."""
        for key, segment in self._segments.items():
            inside = [row for row in self._rows if row["segment"] == key]
            if inside:
                since = Instant(min(row["started_at"] for row in inside))
                until = Instant(max(row["ended_at"] for row in inside))
                yield Span(since, until, text.line(segment["title"]))


def _in_order(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["n"])


def _add(sums: dict[str, Bar], label: str, ms: int, times: int) -> None:
    was = sums.get(label, Bar(label, 0, 0))
    sums[label] = Bar(label, was.ms + ms, was.count + times)
