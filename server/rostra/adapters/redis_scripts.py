"""What Redis does in one step, in its own language.

``#!lua`` makes Redis look before a script begins whether it may write at all (memory,
disk, role, replicas), so that none is stopped half way. A stream's own check of ids is
not enough: it accepts 18 after 3, and the rest of a batch whose beginning it refused.
"""

from collections.abc import Sequence
from functools import cache
from hashlib import sha1

from msgspec import Struct

from rostra.adapters.redis_lines import Call, Word


class Script(Struct, frozen=True):
    """A script, by its text."""

    text: str

    def call(self, keys: Sequence[str], words: Sequence[Word], *, whole: bool) -> Call:
        """Ask for it by its digest, or *whole* where Redis does not know it."""
        name: tuple[Word, Word] = ("EVALSHA", digest(self.text))
        if whole:
            name = ("EVAL", self.text)
        return Call(keys[0], (*name, len(keys), *keys, *words))


@cache
def digest(text: str) -> str:
    """By which Redis knows a script that it has seen."""
    return sha1(text.encode(), usedforsecurity=False).hexdigest()


_HEAD = """
local function head(log, about)
  local last = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
  if not last then return nil end
  local hash = ''
  for i = 1, #last[2], 2 do
    if last[2][i] == 'hash' then hash = last[2][i + 1] end
  end
  return {redis.call('HGET', about, 'epoch') or '', last[1], hash}
end
"""

#: KEYS log, about. Epoch, last id, its hash, the stamp; nothing if there is no meeting.
LOOK = Script(
    "#!lua flags=no-writes"
    + _HEAD
    + """
local found = head(KEYS[1], KEYS[2])
if not found then return {} end
found[4] = redis.call('HGET', KEYS[2], 'alive') or ''
return found
"""
)

#: What APPEND begins with where it answers that commands were refused.
REFUSED = 2

#: KEYS log, personal, about; where it lies that commands are refused, first of those
#: asked for, then of those refused now. ARGV the epoch from now on; epoch, id and hash
#: of the expected head (id '' where the meeting must not exist yet); for how long
#: refusals are kept; how many commands are asked for; for each that is refused what it
#: takes to say so again; then to_words() for each commit. 1, or the actual head, or
#: REFUSED and for each command asked for what somebody else said who refused it, or ''.
#: With no commits something is written all the same: WAIT waits for what its own
#: connection wrote, and so for all that came before it.
APPEND = Script(
    "#!lua"
    + _HEAD
    + """
local log, personal, about = KEYS[1], KEYS[2], KEYS[3]
local found = head(log, about)
if ARGV[3] == '' then
  if found then return found end
  redis.call('DEL', personal, about)
elseif not found then
  return {}
elseif found[1] ~= ARGV[2] or found[2] ~= ARGV[3] or found[3] ~= ARGV[4] then
  return found
end
local asked, known, any = tonumber(ARGV[6]), {2}, false
for i = 1, asked do
  known[i + 1] = redis.call('GET', KEYS[3 + i]) or ''
  any = any or known[i + 1] ~= ''
end
if any then return known end
local at = 7
for i = 4 + asked, #KEYS do
  redis.call('SET', KEYS[i], ARGV[at], 'NX', 'PX', ARGV[5])
  at = at + 1
end
if at > #ARGV then redis.call('HSET', about, 'asked', ARGV[3]) end
for i = at, #ARGV, 7 do
  local seq = ARGV[i]
  redis.call('XADD', log, seq .. '-0', 'open', ARGV[i + 1], 'internal', ARGV[i + 2],
    'internal_salt', ARGV[i + 3], 'personal_hash', ARGV[i + 4], 'hash', ARGV[i + 5])
  if ARGV[i + 6] ~= '' then redis.call('HSET', personal, seq, ARGV[i + 6]) end
end
if not found or ARGV[1] ~= ARGV[2] then redis.call('HSET', about, 'epoch', ARGV[1]) end
return 1
"""
)

#: KEYS log, personal. ARGV the last seq. How many were erased, or -1 where there is no
#: meeting.
FORGET = Script(
    """#!lua
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
local erased = 0
for _, seq in ipairs(redis.call('HKEYS', KEYS[2])) do
  if tonumber(seq) <= tonumber(ARGV[1]) then
    erased = erased + redis.call('HDEL', KEYS[2], seq)
  end
end
return erased
"""
)

#: KEYS log, about. ARGV the field and its value. 1, or 0 where there is no meeting.
NOTE = Script(
    """#!lua
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
return 1
"""
)
