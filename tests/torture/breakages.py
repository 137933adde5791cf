"""Ways to break Rostra that the ordinary suite must notice.

Each replaces one piece of production source by a wrong one. ``tests`` are the parts of
the ordinary suite that are expected to fail under it, so that twenty runs stay short.
"""

from typing import NamedTuple


class Breakage(NamedTuple):
    """*old* stands once in *file*; with *new* in its place *tests* must fail."""

    name: str
    file: str
    old: str
    new: str
    tests: str


BREAKAGES = (
    Breakage(
        "acknowledge before commit",
        "server/rostra/engine/room.py",
        "            appended = await self._append(turn)\n",
        "            turn.settle()\n            appended = await self._append(turn)\n",
        "tests/engine/test_room.py",
    ),
    Breakage(
        "ids only in memory",
        "server/rostra/engine/replay.py",
        "        if origin.command:\n",
        "        if False and origin.command:\n",
        "tests/engine",
    ),
    Breakage(
        "no gap check",
        "client/src/lib/store.ts",
        '  if (delta.from !== view.seq) return "gap";\n',
        "",
        "client/src/lib/store.test.ts",
    ),
    Breakage(
        "a merged delta that forgets a drop",
        "server/rostra/protocol/deltas.py",
        "                drop.setdefault(name, {})[key] = None\n",
        "                drop.setdefault(name, {})\n",
        "tests/protocol/test_deltas.py",
    ),
    Breakage(
        "epoch ignored by a resume",
        "server/rostra/engine/history.py",
        "        if resume.epoch != self.epoch:\n",
        "        if False:\n",
        "tests/engine",
    ),
    Breakage(
        "epoch ignored by the journal",
        "server/rostra/adapters/writes.py",
        "    if write.before != actual:\n",
        "    if (write.before and write.before.seq) != (actual and actual.seq):\n",
        "tests/adapters/test_journal_contract.py",
    ),
    Breakage(
        "expect ignored by a call",
        "server/rostra/core/floor.py",
        "    if command.expect.head != first:\n",
        "    if False:\n",
        "tests/core/test_floor.py",
    ),
    Breakage(
        "the clock runs while paused",
        "server/rostra/core/timing.py",
        "        case Waiting() | Held() | Stopped():\n"
        "            return clock.used_ms\n",
        "        case Held():\n            return clock.used_ms + at - clock.since\n"
        "        case Waiting() | Stopped():\n            return clock.used_ms\n",
        "tests/core",
    ),
    Breakage(
        "on-deck entries are sorted again",
        "server/rostra/core/bands.py",
        ' or request.status == "called" or request.told_at is not None\n',
        ' or request.status == "called"\n',
        "tests/core",
    ),
    Breakage(
        "an internal field in public",
        "server/rostra/core/audiences.py",
        '"registered_at number status limit_ms',
        '"registered_at note number status limit_ms',
        "tests/core",
    ),
    Breakage(
        "a call is public before the clock starts",
        "server/rostra/core/views.py",
        '    if audience != "staff" and active.started_at is None:\n',
        "    if False:\n",
        "tests/core/test_floor.py",
    ),
    Breakage(
        "an unconfirmed name is public",
        "server/rostra/core/drawing.py",
        '    return audience == "public" and not request.person_confirmed\n',
        "    return False\n",
        "tests/core/test_drawing.py",
    ),
    Breakage(
        "two live requests of one voice",
        "server/rostra/core/registering.py",
        "            and capacity(each) == wanted\n",
        "            and capacity(each) is wanted\n",
        "tests/core",
    ),
    Breakage(
        "late comers of a reopened list before the others",
        "server/rostra/core/bands.py",
        "    return (own, request.generation, spoken, within)\n",
        "    return (own, -request.generation, spoken, within)\n",
        "tests/core",
    ),
    Breakage(
        "first-time-first ignored",
        "server/rostra/core/bands.py",
        "        spoken = int(spoken_before(speakers, request))\n",
        "        spoken = 0\n",
        "tests/core",
    ),
    Breakage(
        "everybody may send everything",
        "server/rostra/core/permissions.py",
        "    return command in PERMITTED[role]\n",
        "    return bool(command) or command in PERMITTED[role]\n",
        "tests/core",
    ),
    Breakage(
        "a delegate acts for another delegation",
        "server/rostra/core/case.py",
        '        if self.actor.role == "delegate" and (\n',
        '        if self.actor.role == "nobody" and (\n',
        "tests/core",
    ),
    Breakage(
        "a renewed link still opens",
        "server/rostra/web/identity.py",
        "        link is not None and link.generation == identity.generation",
        "        link is not None and identity.generation",
        "tests/web",
    ),
    Breakage(
        "a client may send any event",
        "server/rostra/web/connection.py",
        " or data[0] not in EVENTS:\n",
        ":\n",
        "tests/web/test_wire.py",
    ),
    Breakage(
        "frames are compressed",
        "server/rostra/web/sockets.py",
        "            compress=False,\n",
        "            compress=True,\n",
        "tests/web/test_wire.py",
    ),
    Breakage(
        "who holds bytes is written to all the same",
        "server/rostra/web/ring.py",
        "            if lines[place] == WAITS or seqs[place] >= goal:\n",
        "            if seqs[place] >= goal:\n",
        "tests/web/test_ring.py",
    ),
    Breakage(
        "who took another's place in the ring is passed over",
        "server/rostra/web/ring.py",
        "            self._left = len(self.members) if self._left else 0\n",
        "",
        "tests/web/test_ring.py",
    ),
    Breakage(
        "the answer goes out without what it leads to",
        "server/rostra/web/fanout.py",
        "            messages.append(news[0])\n",
        "",
        "tests/web/test_fanout.py",
    ),
    Breakage(
        "a socket that is lost is written to",
        "server/rostra/web/connection.py",
        "        self._connection.end()\n        self._inner.connection_lost(exc)\n",
        "        self._inner.connection_lost(exc)\n",
        "tests/web/test_connection.py",
    ),
    Breakage(
        "formulas in the export",
        "server/rostra/record/table.py",
        '_FORMULA = frozenset("=+-@',
        '_FORMULA = frozenset("+-@',
        "tests/record/test_table.py",
    ),
    Breakage(
        "a damaged commit is read",
        "server/rostra/protocol/commit.py",
        "    return commit.hash == link_hash(\n",
        "    return bool(commit.hash) or commit.hash == link_hash(\n",
        "tests/protocol/test_commit.py",
    ),
    Breakage(
        "a running clock is lost in a restart",
        "server/rostra/core/evolve_floor.py",
        "started_at=d.at, clock=Running(since=d.at)\n",
        "started_at=d.at, clock=Running(since=d.at + 1)\n",
        "tests/core",
    ),
    Breakage(
        "a held clock forgets what was used",
        "server/rostra/core/evolve_floor.py",
        "Held(since=d.at, used_ms=used_ms(clock, d.at), reason=",
        "Held(since=d.at, used_ms=0, reason=",
        "tests/core",
    ),
    Breakage(
        "a further reply is let through",
        "server/rostra/core/replies.py",
        "    if number > most:\n",
        "    if number > most + 1:\n",
        "tests/core/test_replies.py",
    ),
    Breakage(
        "drawn by another seed than was committed to",
        "server/rostra/core/draws.py",
        "    own = seed(case.draft, speakers.id, speakers.draws)\n",
        "    own = seed(case.draft, speakers.id, speakers.draws + 1)\n",
        "tests/core/test_draws.py",
    ),
    Breakage(
        "the gavel is ignored",
        "server/rostra/core/control.py",
        "    if command in WITH_GAVEL:\n",
        "    if not command in WITH_GAVEL and not command:\n",
        "tests/core/test_control.py",
    ),
    Breakage(
        "places exchanged across tiers",
        "server/rostra/core/swaps.py",
        "        and class_of(meeting, speakers, first)"
        " == class_of(meeting, speakers, second)\n",
        "",
        "tests/core/test_swaps.py",
    ),
    Breakage(
        "a late one before those who were in time",
        "server/rostra/core/trays.py",
        "        generation = max(each.generation + 1, speakers.generation)\n",
        "        generation = each.generation - 1\n",
        "tests/core/test_trays.py",
    ),
    Breakage(
        "the cut is signalled again and again",
        "server/rostra/core/alarms.py",
        "    if active is None or active.cut_at or meeting",
        "    if active is None or meeting",
        "tests/core",
    ),
    Breakage(
        "nobody waits for the ruling",
        "server/rostra/core/stack.py",
        "    return bool(rulings(request)) and rules_of(meeting.profile,"
        " request.kind).ruling\n",
        "    return not request\n",
        "tests/core/test_interruptions.py",
    ),
    Breakage(
        "points that were raised are public",
        "server/rostra/core/attribution.py",
        ' == "all" and speakers.purpose != "points"\n',
        ' == "all"\n',
        "tests/core/test_points.py tests/core/test_views.py",
    ),
    Breakage(
        "who came late is in what is exported for all",
        "server/rostra/protocol/stored.py",
        '        event.shown and event.status == "queued"\n',
        "        event.shown\n",
        "tests/protocol/test_stored.py",
    ),
    Breakage(
        "a list that new rules hide stays on the screens",
        "server/rostra/core/differing.py",
        "    if old.profile is not new.profile:\n",
        "    if old.profile is new.roster:\n",
        "tests/core/test_views.py",
    ),
    Breakage(
        "a delegation can tell whether others have asked",
        "server/rostra/core/case.py",
        '        if self.actor.role == "delegate" and key not in'
        " self.meeting.requests:\n",
        "        if key is None:\n",
        "tests/core/test_case.py",
    ),
)
