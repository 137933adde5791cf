"""Journals as they would be written without care, for the checks to reject.

Each takes away one thing that :mod:`rostra.adapters.redis_scripts` and the store do.
"""

import asyncio
import random
from collections.abc import Sequence
from typing import Any

from redis.exceptions import RedisError

from rostra.adapters.redis_journal import RedisJournal
from rostra.adapters.redis_lines import Lines, OnePrimary
from rostra.adapters.redis_rows import entry_id, keys_of
from rostra.adapters.redis_scripts import APPEND, Script
from rostra.adapters.redis_store import Kept, Store
from rostra.adapters.writes import continuation, weigh
from rostra.core.ids import MeetingId
from rostra.engine.ports import Appended, Conflict, Unavailable
from rostra.protocol.commit import Commit, Head


def _without(text: str, *changes: tuple[str, str]) -> Script:
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return Script(text)


#: Writes behind whatever is there.
_BEHIND = _without(
    APPEND.text,
    (
        "elseif found[1] ~= ARGV[2] or found[2] ~= ARGV[3]"
        " or found[3] ~= ARGV[4] then\n  return found\nend",
        "end\nlocal next = found and tonumber(string.match(found[2], '%d+')) or 0",
    ),
    ("local seq = ARGV[i]", "next = next + 1\n  local seq = tostring(next)"),
)


class _Behind(Store):
    async def _run(self, script: Script, *rest: Any) -> list[Any]:
        return await super()._run(_BEHIND if script is APPEND else script, *rest)


class NoCompare(RedisJournal):
    """Appends without looking whether somebody else was faster."""

    def __init__(self, lines: Lines, prefix: str, kept: Kept, *rest: Any) -> None:
        super().__init__(lines, prefix, kept, *rest)
        self._store = _Behind(lines, prefix, kept)


class AnswersFirst(RedisJournal):
    """Says that it is done, and then does it."""

    later: set[asyncio.Task[Any]]

    async def append(
        self,
        meeting: MeetingId,
        head: Head,
        commits: Sequence[Commit],
        *rest: Any,
        **more: Any,
    ) -> Appended:
        """Done, at once."""
        if not commits:
            return await super().append(meeting, head, commits, *rest, **more)
        self.later = getattr(self, "later", set())
        task = asyncio.create_task(
            super().append(meeting, head, commits, *rest, **more)
        )
        self.later.add(task)
        task.add_done_callback(self.later.discard)
        return weigh(continuation(meeting, head, commits, None), head)


class Transaction(RedisJournal):
    """Looks first, then writes with MULTI, and trusts the stream's own check of ids."""

    async def append(
        self,
        meeting: MeetingId,
        head: Head,
        commits: Sequence[Commit],
        *rest: Any,
        **more: Any,
    ) -> Appended:
        """All or none, one would think."""
        if not commits:
            return await super().append(meeting, head, commits, *rest, **more)
        try:
            stored = await self._store.look(meeting)
            if stored is None or stored.head != head:
                return Conflict(stored.head if stored else None)
            # a busy machine or a slow line: anything may be between the two
            await asyncio.sleep(random.uniform(0, 0.02))
            answers = await self._transaction(meeting, commits)
            if any(isinstance(answer, RedisError) for answer in answers):
                stored = await self._store.look(meeting)
                return Conflict(stored.head if stored else None)
        except Unavailable as error:
            return error.why
        return weigh(continuation(meeting, head, commits, None), head)

    async def _transaction(
        self, meeting: MeetingId, commits: Sequence[Commit]
    ) -> list[Any]:
        assert isinstance(self._lines, OnePrimary)
        keys = keys_of("rostra", meeting)
        pipeline = self._lines._client.pipeline(transaction=True)
        for commit in commits:
            fields = {
                "open": commit.open,
                "internal": commit.internal,
                "internal_salt": commit.internal_salt,
                "personal_hash": commit.personal_hash,
                "hash": commit.hash,
            }
            pipeline.xadd(keys.log, fields, id=entry_id(commit.seq))  # type: ignore[arg-type]
            personal = (commit.personal_salt or b"") + (commit.personal or b"")
            pipeline.hset(keys.personal, str(commit.seq), personal)
        return await pipeline.execute(raise_on_error=False)
