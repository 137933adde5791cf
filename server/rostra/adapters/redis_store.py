"""The questions that the journal asks of Redis, each with one deadline.

Trouble comes out as Unavailable with a plain reason; nothing is asked twice.
"""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct
from redis.exceptions import NoScriptError

from rostra.adapters.redis_errors import TROUBLE, plainly
from rostra.adapters.redis_lines import Call, Lines, Word
from rostra.adapters.redis_rows import (
    Keys,
    Page,
    checked,
    entry_id,
    head_of,
    keys_of,
    meeting_of,
    stored_of,
    to_words,
)
from rostra.adapters.redis_scripts import (
    APPEND,
    FORGET,
    LOOK,
    NOTE,
    REFUSED,
    Script,
)
from rostra.adapters.writes import Write, weigh
from rostra.core.ids import Instant, MeetingId
from rostra.engine.ports import (
    REFUSALS_KEPT_MS,
    Appended,
    Conflict,
    Refused,
    Stored,
    Unavailable,
    Unknown,
)
from rostra.protocol.commit import Hash, first_hash

#: One question, connecting included.
WITHIN_S = 1.5
#: So many commits are read at a time.
PAGE_COMMITS = 200
#: A follower asks for what lies beside so many of them before it knows of any: more
#: are seldom written in one turn.
AHEAD_COMMITS = 4
#: A follower that hears nothing for so long looks whether all is as it was.
QUIET_MS = 1_000


class Kept(Struct, frozen=True):
    """How many others must have a commit before it is acknowledged."""

    replicas: int = 0
    within_ms: int = 500
    #: Whether they must have it on their disks too (WAITAOF).
    on_disk: bool = False

    @property
    def words(self) -> tuple[tuple[Word, ...], ...]:
        """What is asked right after the script, over the same connection."""
        if not self.replicas:
            return ()
        wait = ("WAIT", self.replicas, self.within_ms)
        if not self.on_disk:
            return (wait,)
        return (wait, ("WAITAOF", 1, self.replicas, self.within_ms))

    @property
    def may_take_ms(self) -> int:
        """How much longer a call takes where they are slow."""
        return len(self.words) * self.within_ms

    def lacking(self, answers: Sequence[Any]) -> str | None:
        """Why that is not kept which was written; None if it is."""
        for words, answer in zip(self.words, answers, strict=True):
            if words[0] == "WAIT" and answer < self.replicas:
                return f"{answer} of {self.replicas} replicas have it"
            if words[0] == "WAITAOF" and not answer[0]:
                return "Redis does not have it on its disk yet"
            if words[0] == "WAITAOF" and answer[1] < self.replicas:
                return f"{answer[1]} of {self.replicas} replicas have it on their disks"
        return None


class Store:
    """One Redis, under one prefix."""

    def __init__(self, lines: Lines, prefix: str, kept: Kept) -> None:
        self._lines = lines
        self._prefix = prefix
        self._kept = kept

    async def append(self, write: Write) -> Appended:
        """Carry *write* out. Only what is kept as it must be is Done."""
        keys = self._keys(write.meeting)
        before = write.before
        words: list[Word] = [write.epoch, write.epoch, "", ""]
        if before is not None:
            words = [write.epoch, before.epoch, entry_id(before.seq), before.hash]
        asked, refused = write.verdicts.asked, write.verdicts.refused
        words += [REFUSALS_KEPT_MS, len(asked), *refused.values()]
        for commit in write.commits:
            words += to_words(commit)
        try:
            found, *rest = await self._run(
                APPEND,
                (
                    *(keys.log, keys.personal, keys.about),
                    *map(keys.refused, (*asked, *refused)),
                ),
                words,
                self._kept.words,
                self._kept.may_take_ms,
            )
        except Unavailable as error:
            return error.why
        if isinstance(found, list):
            if found and found[0] == REFUSED:
                said = zip(asked, found[1:], strict=True)
                return Refused({name: no for name, no in said if no})
            return Conflict(head_of(found) if found else None)
        lacking = self._kept.lacking(rest)
        if lacking is not None:
            # one that has lost its replicas may have lost its place to one of them
            await self._lines.look_again()
            return Unknown(f"Written, but not safe yet: {lacking}")
        return weigh(write, before)

    async def look(self, meeting: MeetingId) -> Stored | None:
        """Its head and stamp; None if it is not there."""
        keys = self._keys(meeting)
        (found,) = await self._run(LOOK, (keys.log, keys.about), ())
        return stored_of(meeting, found)

    async def meetings(self) -> list[Stored]:
        """All of them, by id. There is no list beside the streams that could differ."""
        try:
            logs = await self._lines.keys(f"{self._prefix}:{{*}}:log", 10 * WITHIN_S)
        except TROUBLE as error:
            raise Unavailable(plainly(error)) from error
        found = [await self.look(meeting_of(log)) for log in logs]
        return sorted((each for each in found if each), key=lambda each: each.meeting)

    async def note(
        self, meetings: Collection[MeetingId], field: str, value: str | int
    ) -> list[bool]:
        """Set *field* of each; whether the meeting is there.

        Raises Unavailable too where it is not kept as commits are.
        """
        each = [self._keys(meeting) for meeting in meetings]
        if not each:
            return []
        calls = [((keys.log, keys.about), (field, value)) for keys in each]
        found = await self._run_each(
            NOTE, calls, self._kept.words, self._kept.may_take_ms
        )
        self._must_be_kept(found[len(calls) :])
        return [bool(there) for there in found[: len(calls)]]

    async def new_epoch(self, meeting: MeetingId, epoch: str) -> None:
        """As the port's."""
        (found,) = await self.note([meeting], "epoch", epoch)
        if not found:
            raise KeyError(meeting)

    async def forget(self, meeting: MeetingId, up_to: int) -> int:
        """As the port's."""
        keys = self._keys(meeting)
        erased, *rest = await self._run(
            FORGET,
            (keys.log, keys.personal),
            (up_to,),
            self._kept.words,
            self._kept.may_take_ms,
        )
        if erased < 0:
            raise KeyError(meeting)
        lacking = self._kept.lacking(rest)
        if lacking is not None:
            raise Unavailable(Unknown(f"Erased, but not everywhere yet: {lacking}"))
        # No harm where it may not be asked for, or is under way: it comes by itself.
        await self._answers([Call(keys.log, ("BGREWRITEAOF",))], 0)
        return int(erased)

    async def time(self) -> Instant:
        """What time the server has that holds the prefix's own slot."""
        ((seconds, micros),) = await self._send([Call(self._prefix, ("TIME",))])
        return Instant(int(seconds) * 1000 + int(micros) // 1000)

    async def hash_at(self, meeting: MeetingId, seq: int) -> Hash | None:
        """Of commit *seq*, as it is stored; None if it is not there."""
        if seq == 0:
            return first_hash(meeting)
        log, at = self._keys(meeting).log, entry_id(seq)
        (entries,) = await self._send([Call(log, ("XRANGE", log, at, at))])
        return entries[0][1].get(b"hash") if entries else None

    async def page(
        self, meeting: MeetingId, after_seq: int, up_to: int, previous: Hash
    ) -> Page:
        """The commits from *after_seq* on, PAGE_COMMITS at most, up to *up_to*."""
        keys = self._keys(meeting)
        last = min(up_to, after_seq + PAGE_COMMITS)
        expected = range(after_seq + 1, last + 1)
        log = keys.log
        entries, personal = await self._send(
            [
                # From 1-0 of the first to the greatest id of the last: an entry that
                # does not belong between them is found.
                Call(log, ("XRANGE", log, entry_id(expected.start), str(last))),
                _beside(keys, expected),
            ]
        )
        return checked(previous, expected, entries, personal)

    async def news(self, meeting: MeetingId, seq: int, digest: Hash) -> Page:
        """What comes after commit *seq* within QUIET_MS, or has come already.

        *seq* itself is damaged if the stream ends before it, or there with another
        hash than *digest*.
        """
        keys = self._keys(meeting)
        waiting: tuple[Word, ...] = (
            *("XREAD", "COUNT", PAGE_COMMITS, "BLOCK", QUIET_MS),
            *("STREAMS", keys.log, entry_id(seq)),
        )
        # Asked at once, and answered when the wait is over: one round trip, not two.
        ahead = range(seq + 1, seq + 1 + AHEAD_COMMITS)
        read, personal = await self._send(
            [Call(keys.log, waiting), _beside(keys, ahead)], QUIET_MS
        )
        if not read:
            lost = seq and not await self._ends_with(meeting, seq, digest)
            return Page([], damaged=seq if lost else None)
        entries = read[0][1]
        expected = range(seq + 1, seq + 1 + len(entries))
        if more := expected[AHEAD_COMMITS:]:
            (rest,) = await self._send([_beside(keys, more)])
            personal = [*personal, *rest]
        return checked(digest, expected, entries, personal)

    async def _ends_with(self, meeting: MeetingId, seq: int, digest: Hash) -> bool:
        """Whether commit *seq* of *digest* is the last one, or there is more."""
        stored = await self.look(meeting)
        if stored is None or stored.head.seq < seq:
            return False
        return stored.head.seq > seq or stored.head.hash == digest

    def _must_be_kept(self, answers: Sequence[Any]) -> None:
        lacking = self._kept.lacking(answers)
        if lacking is not None:
            raise Unavailable(Unknown(f"Written, but not safe yet: {lacking}"))

    def _keys(self, meeting: MeetingId) -> Keys:
        return keys_of(self._prefix, meeting)

    async def _run(
        self,
        script: Script,
        keys: Sequence[str],
        words: Sequence[Word],
        after: Sequence[tuple[Word, ...]] = (),
        may_take_ms: int = 0,
    ) -> list[Any]:
        """The answer of *script*, and of the commands *after* it."""
        return await self._run_each(script, [(keys, words)], after, may_take_ms)

    async def _run_each(
        self,
        script: Script,
        each: Sequence[tuple[Sequence[str], Sequence[Word]]],
        after: Sequence[tuple[Word, ...]] = (),
        may_take_ms: int = 0,
    ) -> list[Any]:
        """By its digest; once more by its text where a server does not know it."""
        answers: list[Any] = []
        for whole in (False, True):
            calls = [script.call(keys, words, whole=whole) for keys, words in each]
            calls += [Call(calls[0].key, words) for words in after]
            answers = await self._answers(calls, may_take_ms)
            if not any(isinstance(answer, NoScriptError) for answer in answers):
                break
        return _good(answers)

    async def _send(self, calls: Sequence[Call], may_take_ms: int = 0) -> list[Any]:
        return _good(await self._answers(calls, may_take_ms))

    async def _answers(self, calls: Sequence[Call], may_take_ms: int) -> list[Any]:
        if not calls:
            return []
        try:
            return await self._lines.send(calls, WITHIN_S + may_take_ms / 1000)
        except TROUBLE as error:
            raise Unavailable(plainly(error)) from error


def _beside(keys: Keys, seqs: Sequence[int]) -> Call:
    """Ask for the personal parts of *seqs*; to the node that has the stream."""
    return Call(keys.log, ("HMGET", keys.personal, *seqs))


def _good(answers: list[Any]) -> list[Any]:
    for answer in answers:
        if isinstance(answer, Exception):
            raise Unavailable(plainly(answer)) from answer
    return answers
