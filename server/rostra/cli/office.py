"""What the command line can ask of a journal, and the answers.

The same questions are answered inside the running server (over the control socket) and,
when nobody serves, in the command line's own process.
"""

import asyncio
import logging
import secrets
from typing import Any

import msgspec
from msgspec import Struct, structs

from rostra.config import resource_dir
from rostra.core import views
from rostra.core.actor import CONTROL
from rostra.core.carrying import carried_over
from rostra.core.commands import AnyCommand, Entry, Insert, MarkAttendance
from rostra.core.events import MeetingCreated
from rostra.core.ids import Audience, Code, LinkId, ListId, MeetingId, Role
from rostra.core.meeting import Link, Meeting
from rostra.core.names import Recognised, recognise
from rostra.core.roster import LANGUAGES
from rostra.engine.outcomes import Accepted, Declined
from rostra.engine.ports import Journal
from rostra.engine.replay import Unreadable
from rostra.engine.room import Room
from rostra.engine.rooms import Founding, MeetingExists, NotCreated, Rooms
from rostra.protocol.commit import chain_mark
from rostra.protocol.stored import read
from rostra.record.course import course
from rostra.record.minutes import Minutes
from rostra.record.proof import ClosedPart, Export, RecordKey
from rostra.record.table import to_csv
from rostra.record.writing import minutes_of
from rostra.web.catalogue import Catalogues
from rostra.web.identity import Keys, join_url
from rostra.web.reports import found_in
from rostra.web.speech import MeetingSpeech
from rostra.web.submit import digest

log = logging.getLogger(__name__)


class Ask(Struct, frozen=True, kw_only=True, tag_field="ask"):
    """A question; ``meeting`` where there is one."""


class AskMeetings(Ask, tag="meetings", frozen=True, kw_only=True):
    """Which meetings there are."""


class AskCreate(Ask, tag="create", frozen=True, kw_only=True):
    """Make a meeting; *carry* names an earlier one of its item."""

    founding: Founding
    carry: MeetingId | None = None


class AskLinks(Ask, tag="links", frozen=True, kw_only=True):
    """The links of a meeting; ``base`` instead of the server's own."""

    meeting: MeetingId
    base: str = ""


class AskCommits(Ask, tag="commits", frozen=True, kw_only=True):
    """The history as JSON Lines with a signed head; ``parts`` beside what is public."""

    meeting: MeetingId
    parts: tuple[ClosedPart, ...] = ()


class AskLog(Ask, tag="log", frozen=True, kw_only=True):
    """The log of interventions, as an audience may read it."""

    meeting: MeetingId
    form: str
    audience: Audience = "record"


class AskMinutes(Ask, tag="minutes", frozen=True, kw_only=True):
    """The record of which documents are written, for an audience in a language."""

    meeting: MeetingId
    lang: str
    audience: Audience


class AskNames(Ask, tag="names", frozen=True, kw_only=True):
    """Who is meant by the lines of a pasted text."""

    meeting: MeetingId
    text: str


class AskInsert(Ask, tag="insert", frozen=True, kw_only=True):
    """Put entries on a list; without one on the first that takes requests."""

    meeting: MeetingId
    list: ListId | None
    entries: tuple[Entry, ...]


class AskReport(Ask, tag="report", frozen=True, kw_only=True):
    """Who is in a video platform's report of a meeting."""

    meeting: MeetingId
    text: str


class AskAttended(Ask, tag="attended", frozen=True, kw_only=True):
    """Mark delegations as having attended, by a report."""

    meeting: MeetingId
    delegations: tuple[Code, ...]


AnyAsk = (
    AskMeetings
    | AskCreate
    | AskLinks
    | AskCommits
    | AskLog
    | AskMinutes
    | AskNames
    | AskInsert
    | AskReport
    | AskAttended
)


class Reply(Struct, frozen=True, kw_only=True):
    """The answer, or in ``sorry`` a sentence that says why there is none."""

    sorry: str = ""
    value: Any = None


class LinkRow(Struct, frozen=True, kw_only=True):
    """A personal link, as it is printed and mailed."""

    id: LinkId
    role: Role
    delegation: Code | None
    name: str
    label: str
    url: str
    revoked: bool


class Pasted(Struct, frozen=True, kw_only=True):
    """A line of a pasted list, with the English names of what it may mean."""

    found: Recognised
    name: str
    alternatives: tuple[str, ...]


class Sorry(Exception):
    """There is no answer; the text says why, in a sentence."""


class Office:
    """Answers for one journal."""

    def __init__(
        self,
        rooms: Rooms,
        journal: Journal,
        keys: Keys,
        base: str,
        record_key: RecordKey,
    ) -> None:
        self._rooms = rooms
        self._journal = journal
        self._keys = keys
        self._base = base
        self._record_key = record_key

    async def answer(self, request: bytes) -> bytes:
        """The reply to *request*, both as JSON; never raises."""
        try:
            ask = msgspec.json.decode(request, type=AnyAsk)
            reply = Reply(value=await self.value(ask))
        except Sorry as error:
            reply = Reply(sorry=str(error))
        except msgspec.DecodeError:
            reply = Reply(sorry="The running server has another version of Rostra.")
        except Exception:
            log.exception("a question of the command line failed")
            reply = Reply(sorry="Something went wrong; the server's log says what.")
        return msgspec.json.encode(reply)

    async def value(self, ask: AnyAsk) -> Any:
        """The answer to *ask*. Raises :class:`Sorry`."""
        match ask:
            case AskMeetings():
                return await self.meetings()
            case AskCreate():
                return await self.create(ask)
            case AskLinks():
                return await self.links(ask.meeting, ask.base)
            case AskCommits():
                return await self.commits(ask)
            case AskLog():
                return await self.log(ask)
            case AskMinutes():
                return await self.minutes(ask)
            case AskNames():
                return await self.names(ask)
            case AskInsert():
                return await self.insert(ask)
            case AskReport():
                return found_in((await self._room(ask.meeting)).meeting, ask.text)
            case AskAttended():
                return await self.attended(ask)

    async def meetings(self) -> list[dict[str, Any]]:
        """Every meeting: id, title, commits."""
        rows = []
        for stored in await self._journal.meetings():
            title = await self._title(stored.meeting)
            rows.append({"id": stored.meeting, "title": title, "seq": stored.head.seq})
        return rows

    async def _title(self, meeting: MeetingId) -> str:
        """By the first commit alone: a list of meetings opens none of them."""
        first = await anext(self._journal.read(meeting, 0))
        try:
            (event,) = read(first).events
        except msgspec.DecodeError as error:
            raise Unreadable(first.seq) from error
        assert isinstance(event, MeetingCreated)
        return event.programme.title

    async def create(self, ask: AskCreate) -> int:
        """Make the meeting; how many requests were carried over to it."""
        made, meeting = ask.founding, ask.founding.meeting
        if ask.carry is not None:
            made = await self._carried(made, ask.carry)
        try:
            await self._rooms.create(made)
        except MeetingExists as error:
            raise Sorry(
                f"There is a meeting {meeting} already. Take another name with "
                "--as, or another data folder with --data."
            ) from error
        except NotCreated as error:
            raise Sorry(f"The meeting was not made: {error}.") from error
        return len(made.carried)

    async def _carried(self, made: Founding, earlier: MeetingId) -> Founding:
        """*made* with those whom the earlier meeting of its item did not hear."""
        meeting = (await self._room(earlier)).meeting
        if meeting.state not in ("rose", "archived"):
            raise Sorry(
                f"The meeting {earlier} has not risen yet: adjourn it first. Those who"
                " are not heard by then are carried over."
            )
        left = carried_over(meeting, made.programme, made.roster)
        if meeting.carried and not left:
            raise Sorry(
                f"No segment of {made.meeting} takes requests: there is no list for"
                f" those whom {earlier} did not hear."
            )
        return structs.replace(
            made,
            carried=tuple(each for each, _ in left),
            persons=tuple(person for _, person in left),
        )

    async def links(self, meeting: MeetingId, base: str = "") -> list[LinkRow]:
        """Every link, offices first, in the order they were made."""
        room = await self._room(meeting)
        return [
            LinkRow(
                id=link.id,
                role=link.role,
                delegation=link.delegation,
                name=_name(room.meeting, link),
                label=link.label,
                url=join_url(base or self._base, self._keys.token(meeting, link)),
                revoked=link.revoked,
            )
            for link in room.meeting.links.values()
        ]

    async def commits(self, ask: AskCommits) -> str:
        """What may be shown to everyone of each commit, and what proves the rest."""
        await self._room(ask.meeting)
        export = Export(ask.meeting, ask.parts)
        commits = self._journal.read(ask.meeting, 0)
        lines = [export.line(each) async for each in commits]
        return "".join([*lines, export.head(self._record_key)])

    async def minutes(self, ask: AskMinutes) -> Minutes:
        """The record, made beside the loop: a long history must keep nobody waiting."""
        room = await self._room(ask.meeting)
        meeting, mark = room.meeting, chain_mark(room.head.hash)
        stored = [each async for each in self._journal.read(ask.meeting, 0)]
        folder = resource_dir("config") / "locales"
        language = Catalogues(folder, LANGUAGES).language(ask.lang)

        def made() -> Minutes:
            kept = (read(each) for each in stored if each.seq <= meeting.seq)
            told = course((each.at, each.events) for each in kept)
            return minutes_of(meeting, ask.audience, language, course=told, chain=mark)

        return await asyncio.to_thread(made)

    async def log(self, ask: AskLog) -> str:
        """The log: CSV or JSON."""
        room = await self._room(ask.meeting)
        meeting, rows = room.meeting, views.log(room.meeting, ask.audience)
        if ask.form == "csv":
            speech = MeetingSpeech(meeting, "en", str)
            named = [{**row, "name": _named(row, speech)} for row in rows]
            return to_csv(meeting.id, named)
        body = {
            "meeting": meeting.id,
            "title": meeting.programme.title,
            "epoch": room.epoch,
            "seq": meeting.seq,
            "chain": chain_mark(room.head.hash),
            "rows": rows,
        }
        text = msgspec.json.format(msgspec.json.encode(body), indent=2)
        return f"{text.decode()}\n"

    async def names(self, ask: AskNames) -> list[Pasted]:
        """What was recognised, line by line."""
        meeting = (await self._room(ask.meeting)).meeting
        speech = MeetingSpeech(meeting, "en", str)
        return [
            Pasted(
                found=each,
                name=_named_in(each, speech),
                alternatives=tuple(speech.name(code) for code in each.alternatives),
            )
            for each in recognise(meeting, ask.text)
        ]

    async def insert(self, ask: AskInsert) -> dict[str, Any]:
        """Put entries on a list, as an operator would."""
        room = await self._room(ask.meeting)
        command = Insert(
            id=secrets.token_hex(8),
            list=ask.list or _first_list(room.meeting),
            entries=ask.entries,
        )
        return await self._submitted(room, command)

    async def attended(self, ask: AskAttended) -> dict[str, Any]:
        """Mark delegations as having attended."""
        room = await self._room(ask.meeting)
        command = MarkAttendance(
            id=secrets.token_hex(8), delegations=ask.delegations, source="report"
        )
        return await self._submitted(room, command)

    async def _submitted(self, room: Room, command: AnyCommand) -> dict[str, Any]:
        """What the rules answer to a command of the server's own."""
        outcome = await room.submit(command, CONTROL, digest(command))
        match outcome:
            case Accepted(_, result):
                return result
            case Declined(refusal):
                raise Sorry(MeetingSpeech(room.meeting, "en", str)(refusal))
            case _:
                raise Sorry("The journal did not answer in time. Try again.")

    async def _room(self, meeting: MeetingId) -> Room:
        room = await self._rooms.room(meeting)
        if room is None:
            known = [each.meeting for each in await self._journal.meetings()]
            there = f"There is {', '.join(known)}." if known else "There is none yet."
            raise Sorry(f"There is no meeting {meeting} in this data folder. {there}")
        return room


def _name(meeting: Meeting, link: Link) -> str:
    if link.delegation is None:
        return link.label
    found = meeting.roster.delegations.get(link.delegation)
    return found.names["en"] if found else link.delegation


def _named(row: dict[str, Any], speech: MeetingSpeech) -> str:
    return speech.name(row["delegation"]) if row["delegation"] else ""


def _named_in(found: Recognised, speech: MeetingSpeech) -> str:
    """Who speaks, and for whom: "Adunara (Western League)"."""
    name = speech.name(found.delegation) if found.delegation else ""
    group = speech.name(f"group:{found.group}") if found.group else found.group_text
    return f"{name} ({group})" if name and group else name or group


def _first_list(meeting: Meeting) -> ListId:
    for segment in meeting.segments.values():
        if segment.plan.requests:
            return segment.list
    raise Sorry(f"The meeting {meeting.id} has no list that takes requests.")
