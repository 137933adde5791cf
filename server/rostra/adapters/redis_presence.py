"""What servers say of themselves, in the Redis of their journal, for a few seconds.

A sorted set per meeting has when each server was heard of last, by Redis' own time, and
a hash beside it what it said, with a number that changes when that does. Both cross the
line only when they are new, and everything of all meetings in one round trip. Nothing
of it need be kept: who finds its own word gone says it again.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from redis.exceptions import NoScriptError

from rostra.adapters.redis_errors import TROUBLE, plainly
from rostra.adapters.redis_lines import Call, Lines, Word, lines_to
from rostra.adapters.redis_scripts import Script
from rostra.adapters.redis_urls import place_of
from rostra.core.ids import Instant, MeetingId
from rostra.engine.ports import Peer, Unavailable

FORGOTTEN_MS = 5_000
#: One exchange, connecting included.
WITHIN_S = 1.0

#: KEYS here, said. ARGV the server, after how long one is forgotten, the number of what
#: it says (nothing where that is as before) and that itself; then, for each server that
#: is known to it, the number of what it said. For each that is there: its name, when it
#: was heard of, its number, and what it says where that is another number.
EXCHANGE = Script(
    """#!lua
local here, said, me = KEYS[1], KEYS[2], ARGV[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local silent = redis.call('ZRANGE', here, '-inf', now - ARGV[2], 'BYSCORE')
for _, id in ipairs(silent) do
  redis.call('ZREM', here, id)
  redis.call('HDEL', said, id, id .. ':n')
end
redis.call('ZADD', here, now, me)
if ARGV[3] ~= '' then redis.call('HSET', said, me, ARGV[4], me .. ':n', ARGV[3]) end
redis.call('PEXPIRE', here, ARGV[2])
redis.call('PEXPIRE', said, ARGV[2])
local known = {}
for i = 5, #ARGV, 2 do known[ARGV[i]] = ARGV[i + 1] end
local scored = redis.call('ZRANGE', here, 0, -1, 'WITHSCORES')
local found = {}
for i = 1, #scored, 2 do
  local id = scored[i]
  local n = redis.call('HGET', said, id .. ':n') or ''
  local news = ''
  if id ~= me and n ~= known[id] then news = redis.call('HGET', said, id) or '' end
  for _, each in ipairs({id, scored[i + 1], n, news}) do found[#found + 1] = each end
end
return found
"""
)


class Own(Struct):
    """What this server says of a meeting, and whether Redis is known to have it."""

    said: bytes
    n: int
    there: bool = False


class Known(Struct, frozen=True):
    """What another server said, and its number of that."""

    n: bytes
    said: bytes


class RedisPresence:
    """Implements :class:`rostra.engine.ports.Peers`. Connects when it is first used."""

    forgotten_ms = FORGOTTEN_MS

    def __init__(self, lines: Lines, prefix: str) -> None:
        self._lines = lines
        self._prefix = prefix
        #: Of this start: one that comes back is another, whatever it is called.
        self._me = secrets.token_hex(6)
        self._own: dict[MeetingId, Own] = {}
        self._known: dict[MeetingId, dict[str, Known]] = {}

    @classmethod
    def at(cls, address: str) -> "RedisPresence":
        """By the Redis at a journal's *address*. Raises CannotOpen."""
        place = place_of(address)
        return cls(lines_to(place), place.options.prefix)

    async def exchange(
        self, said: Mapping[MeetingId, bytes]
    ) -> Mapping[MeetingId, Mapping[str, Peer]]:
        """Say *said* of each meeting, and hear what the others say."""
        for meeting in self._own.keys() - said.keys():
            del self._own[meeting]
            self._known.pop(meeting, None)
        for meeting, word in said.items():
            own = self._own.get(meeting)
            if own is None or own.said != word:
                self._own[meeting] = Own(word, own.n + 1 if own else 1)
        meetings = list(said)
        try:
            answers = await self._answers(meetings)
        except TROUBLE as error:
            for own in self._own.values():
                own.there = False
            raise Unavailable(plainly(error)) from error
        heard: dict[MeetingId, Mapping[str, Peer]] = {}
        for meeting, answer in zip(meetings, answers, strict=True):
            if isinstance(answer, Exception):
                self._own[meeting].there = False
            else:
                heard[meeting] = self._heard(meeting, answer)
        failed = [each for each in answers if isinstance(each, Exception)]
        if failed and not heard:
            raise Unavailable(plainly(failed[0])) from failed[0]
        return heard

    async def close(self) -> None:
        """Cut the connections."""
        await self._lines.close()

    def _heard(self, meeting: MeetingId, answer: Sequence[bytes]) -> dict[str, Peer]:
        own, before = self._own[meeting], self._known.get(meeting, {})
        own.there = False
        known: dict[str, Known] = {}
        heard: dict[str, Peer] = {}
        for name, at, n, news in zip(*[iter(answer)] * 4, strict=True):
            id = name.decode()
            if id == self._me:
                own.there = n == str(own.n).encode()
                continue
            # One without a number is about to say everything again.
            found = Known(n, news) if n and news else before.get(id)
            if found is not None:
                known[id] = found
                heard[id] = Peer(Instant(int(float(at))), found.said)
        self._known[meeting] = known
        return heard

    async def _answers(self, meetings: Sequence[MeetingId]) -> list[Any]:
        """By the script's digest; once more by its text where it is not known."""
        answers: list[Any] = []
        for whole in (False, True):
            calls = [self._call(meeting, whole=whole) for meeting in meetings]
            answers = await self._lines.send(calls, WITHIN_S) if calls else []
            if not any(isinstance(answer, NoScriptError) for answer in answers):
                break
        return answers

    def _call(self, meeting: MeetingId, *, whole: bool) -> Call:
        own = self._own[meeting]
        words: list[Word] = [self._me, FORGOTTEN_MS]
        words += ["", ""] if own.there else [own.n, own.said]
        for id, known in self._known.get(meeting, {}).items():
            words += [id, known.n]
        here = f"{self._prefix}:{{{meeting}}}:here"
        return EXCHANGE.call((here, f"{here}:said"), words, whole=whole)
