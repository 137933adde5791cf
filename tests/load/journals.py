"""Histories to measure with: a long meeting, and many short ones, in real journals.

One morning of a meeting is played by the rules: delegations ask and withdraw, are
called, speak and are stopped, the desk ticks, the rapporteur notes. A longer history is
that morning again and again, its ids, numbers and instants moved on: deciding each
commit of a long meeting anew would take minutes. That this is what the rules would have
said is tested (tests/load/test_journals.py).
"""

import asyncio
import hashlib
import itertools
import os
import random
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.cli import files
from rostra.core import commands as c
from rostra.core.actor import Actor
from rostra.core.decide import Decision, decide
from rostra.core.events import MeetingCreated
from rostra.core.floor import phase
from rostra.core.founding import found
from rostra.core.ids import (
    Code,
    Instant,
    MeetingId,
    RequestId,
)
from rostra.core.meeting import Meeting
from rostra.core.order import head
from rostra.engine.ports import Done, Journal
from rostra.engine.rooms import Founding, first_record
from rostra.protocol.commit import SALT_BYTES, Commit, Head, first_hash, seal
from rostra.protocol.stored import Origin, Record, write

#: Commits that one call appends.
BATCH = 256
#: How many commits a morning has, more or less.
MORNING = 2_000
#: A commit comes more often than this.
MS_PER_COMMIT = 20_000
LONG = MeetingId("long-meeting")

_RECORD = msgspec.json.Decoder(Record)
_ID = re.compile(r'"([a-z])(\d+)\.(\d+)"')
_INSTANT = re.compile(r"(?<=[:,\[])1[5-9]\d{11}(?=[,}\]])")
_NUMBER = re.compile(r'(?<="number":)\d+')


class Morning:
    """A meeting that is played by the rules, on a clock of its own."""

    def __init__(self, made: Founding, began: Instant, seed: int = 1) -> None:
        self.at = began
        self.records = [first_record(made, f"epoch{seed:03}", began)]
        event = self.records[0].events[0]
        assert isinstance(event, MeetingCreated)
        self.meeting: Meeting = found(event, began)
        self._rng = random.Random(seed)
        links = self.meeting.links.values()
        self._staff = {
            each.role: Actor(role=each.role, link=each.id)
            for each in reversed(links)
            if each.delegation is None
        }
        self._pads = {
            each.delegation: Actor(
                role="delegate",
                link=each.id,
                delegation=each.delegation,
                device=f"Tablet of {each.delegation}",
            )
            for each in links
            if each.delegation is not None
        }

    def open(self) -> int:
        """Into session, to the first list that takes requests, until somebody spoke.

        The answer is how many commits that took.
        """
        self._do("moderator", c.OpenLobby, expect=c.ExpectState("scheduled"))
        self._do("moderator", c.CallToOrder, expect=c.ExpectState("lobby"))
        key = next(k for k, s in self.meeting.segments.items() if s.plan.requests)
        running = c.ExpectSegment(self.meeting.segment)
        self._do("moderator", c.GoToSegment, segment=key, expect=running)
        self._open_list()
        # until somebody was called nobody is told to be ready: not so in a repetition
        self.play(1, seed=0)
        return len(self.records)

    def play(self, speeches: int, seed: int = 1) -> None:
        """So many speeches, and then all who still wait: the list ends empty."""
        self._rng.seed(seed)
        for _ in range(speeches):
            self._ask()
            self._speech()
        while head(self.meeting.requests, self._list().order):
            self._speech()

    def _open_list(self) -> None:
        speakers = self._list()
        if speakers.state == "not_open":
            expect = c.ExpectList(speakers.id, speakers.state, speakers.generation)
            self._do("moderator", c.OpenList, expect=expect)

    def _list(self) -> Any:
        speakers = self.meeting.running_list
        assert speakers is not None
        return speakers

    def _ask(self) -> None:
        """Two or three press; now and then one of them thinks better of it."""
        requests = self.meeting.requests
        waiting = {requests[each].delegation for each in self._list().order}
        free = [code for code in self._pads if code not in waiting]
        for code in self._rng.sample(free, self._rng.choice((1, 2, 2, 3))):
            result = self._do(
                code, c.RequestFloor, list=self._list().id, kind="statement"
            )
            if self._rng.random() < 0.3:
                self._do(code, c.Withdraw, request=RequestId(result["request"]))
        if self._rng.random() < 0.5:
            code = self._rng.choice(list(self._pads))
            self._do("desk", c.Tick, delegation=code, check="sound", ok=True)

    def _speech(self) -> None:
        first = head(self.meeting.requests, self._list().order)
        if first is None:
            return
        code = self.meeting.requests[first].delegation
        self._do("moderator", c.Call, request=first, expect=c.ExpectHead(first))
        self._on_floor(code or "moderator", c.Ready)
        self._on_floor("moderator", c.Start)
        self.at = Instant(self.at + self._rng.randrange(60_000, 150_000))
        if self._rng.random() < 0.2:
            self._on_floor("moderator", c.Pause, reason="audio")
            self._on_floor("moderator", c.Resume)
        self._do(
            "rapporteur",
            c.WriteNote,
            intervention=self.meeting.floor,
            text=f"Spoke of capacity-building, as did {self._rng.randrange(9)} others.",
        )
        self._on_floor("moderator", c.End)

    def _on_floor(self, who: str, command: Any, **fields: Any) -> None:
        active = self.meeting.active
        assert active is not None
        expect = c.ExpectFloor(active.id, phase(active))  # type: ignore[arg-type]
        self._do(who, command, expect=expect, **fields)

    def _do(self, who: str, command: Any, **fields: Any) -> dict[str, Any]:
        self.at = Instant(self.at + self._rng.randrange(200, 2_000))
        actor = self._staff.get(who) or self._pads[Code(who)]  # type: ignore[call-overload]
        seq = self.meeting.seq + 1
        sent = command(id=_command(seq), **fields)
        decision = decide(self.meeting, sent, actor, self.at)
        assert isinstance(decision, Decision), decision
        origin = Origin(
            role=actor.role,
            link=actor.link,
            command=sent.id,
            digest=hashlib.sha256(msgspec.json.encode(sent)).hexdigest(),
            result=decision.result,
        )
        record = structs.replace(
            self.records[-1],
            seq=seq,
            at=self.at,
            events=decision.events,
            origin=origin,
        )
        self.records.append(record)
        self.meeting = decision.meeting
        return decision.result


def _command(seq: int) -> str:
    """The id of the command of commit *seq*, as long as a client's."""
    return hashlib.sha256(b"%d" % seq).hexdigest()[:22]


def prolonged(records: list[Record], opening: int, numbered: int) -> Iterator[Record]:
    """*records*, and those after the first *opening* again and again, without end.

    *numbered* requests had been made when the opening was over.
    """
    yield from records
    again = records[opening:]
    texts = [msgspec.json.encode(each).decode() for each in again]
    seqs = len(again)
    ms = again[-1].at - records[opening - 1].at
    last = max(
        (int(n) for text in texts for n in _NUMBER.findall(text)), default=numbered
    )
    for turn in itertools.count(1):
        moved = _Moved(opening, turn * seqs, turn * ms, turn * (last - numbered))
        for each, text in zip(again, texts, strict=True):
            seq = each.seq + moved.seqs
            record = _RECORD.decode(moved(text))
            origin = structs.replace(record.origin, command=_command(seq))
            yield structs.replace(record, seq=seq, origin=origin)


class _Moved:
    """A commit's text as it reads some time later."""

    def __init__(self, opening: int, seqs: int, ms: int, numbers: int) -> None:
        self.seqs = seqs
        self._opening = opening
        self._ms = ms
        self._numbers = numbers

    def __call__(self, text: str) -> str:
        text = _ID.sub(self._id, text)
        text = _INSTANT.sub(lambda at: str(int(at[0]) + self._ms), text)
        return _NUMBER.sub(lambda n: str(int(n[0]) + self._numbers), text)

    def _id(self, found: re.Match[str]) -> str:
        letter, seq, number = found.groups()
        if int(seq) <= self._opening:
            return found[0]
        return f'"{letter}{int(seq) + self.seqs}.{number}"'


def plain_meeting(name: MeetingId, began: Instant) -> Founding:
    """The shipped closing discussion, its list in the order of arrival alone.

    Who has spoken already changes nothing there: a morning can be played again.
    """
    material = files.read_meeting("closing-discussion")
    plans = tuple(
        structs.replace(plan, order="arrival", modifiers=()) if plan.requests else plan
        for plan in material.programme.segments
    )
    programme = structs.replace(material.programme, segments=plans)
    material = structs.replace(material, programme=programme)
    return files.founding(material, began, name, rehearsal=True)


def history(commits: int, began: Instant, morning: int = MORNING) -> list[Record]:
    """The records of a meeting of so many *commits*, the first at *began*."""
    played = Morning(plain_meeting(LONG, began), began)
    opening = played.open()
    numbered = played.meeting.numbered
    # about ten commits to a speech
    played.play(max(1, min(commits, morning) // 10))
    if len(played.records) == opening:
        raise ValueError("nobody spoke")
    records = prolonged(played.records, opening, numbered)
    return list(itertools.islice(records, commits))


def sealed(records: Iterable[Record], meeting: MeetingId) -> Iterator[Commit]:
    """The commits of *records* as those of *meeting*."""
    previous = first_hash(meeting)
    for each in records:
        events = tuple(
            structs.replace(event, meeting=meeting)
            if isinstance(event, MeetingCreated)
            else event
            for event in each.events
        )
        record = structs.replace(each, meeting=meeting, events=events)
        salts = (os.urandom(SALT_BYTES), os.urandom(SALT_BYTES))
        commit = seal(previous, record.seq, write(record), salts)
        previous = commit.hash
        yield commit


async def keep(journal: Journal, meeting: MeetingId, records: Iterable[Record]) -> Head:
    """Put *records* into *journal* as the history of *meeting*; its head."""
    commits = sealed(records, meeting)
    epoch = os.urandom(8).hex()
    answer = await journal.create(meeting, epoch, next(commits))
    while batch := list(itertools.islice(commits, BATCH)):
        assert isinstance(answer, Done), answer
        answer = await journal.append(meeting, answer.head, batch)
    assert isinstance(answer, Done), answer
    return answer.head


def _ago(commits: int) -> Instant:
    """When a meeting of so many *commits* began that is over by now."""
    return Instant(int(time.time() * 1000) - commits * MS_PER_COMMIT)


async def long_meeting(folder: Path, commits: int = 100_000) -> MeetingId:
    """A data folder with one meeting of so many *commits*; its id."""
    records = history(commits, _ago(commits))
    journal = await SqliteJournal.open(folder)
    try:
        await keep(journal, LONG, records)
    finally:
        await journal.close()
    return LONG


async def many_meetings(
    folder: Path, meetings: int = 200, commits: int = 300, *, alive_ms: int = 60_000
) -> list[MeetingId]:
    """A data folder with so many *meetings* of so many *commits* each; their ids.

    Each was served *alive_ms* ago.
    """
    records = history(commits, _ago(commits))
    now = int(time.time() * 1000)
    ids = [MeetingId(f"meeting-{number:03}") for number in range(meetings)]
    journal = await SqliteJournal.open(folder)
    try:
        for meeting in ids:
            await keep(journal, meeting, records)
            await journal.alive([meeting], Instant(now - alive_ms))
    finally:
        await journal.close()
    return ids


def main() -> None:
    """``python tests/load/journals.py FOLDER [--many]``: for a look by hand."""
    folder, many = Path(sys.argv[1]), "--many" in sys.argv
    if many:
        asyncio.run(many_meetings(folder))
    else:
        asyncio.run(long_meeting(folder))


if __name__ == "__main__":
    main()
