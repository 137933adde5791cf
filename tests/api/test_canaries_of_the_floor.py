"""Must-show: what the rules of the floor keep to themselves is in nobody else's bytes.

Points before they are heard, trays, swaps of others, reasons, the back-channel, the
board of the desk, the gavel, the secret of the draws: a canary each, beside those of
``test_canaries.py``, and whoever may see one is the control that it was there.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from msgspec import structs

from api.watching import Play, Watcher, found
from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.cli.office import AskCommits, AskLog, Office
from rostra.core.ids import Code
from rostra.engine.room import Room
from rostra.engine.rooms import Rooms
from rostra.record.draws import verified
from rostra.record.proof import RecordKey
from support.rooms import (
    LINKS,
    MEETING,
    PROFILE,
    HandClock,
    founding,
    head_of,
    link,
    on_floor,
    on_list,
)
from support.served_app import PATIENT, App, served
from web.house import KEYS

PUBLIC = ("xae", "viewer", "display")
#: Each of these has something of its own to see.
OWN = ("xad", "xal", "xar")
STAFF_PATHS = (
    "/preview?list=l1.1",
    "/preview?list=l1.1&policy=protocol_rank",
    "/limit?list=l1.1&seconds=60",
)
RULES = 'id = "other"\ntitle = "Other rules"\n{}\n[limits]\nstatement = 120\n'

#: For operators, the chair and the desk alone.
STAFF = {
    "line of the back-channel": "CANARY-F1",
    "line of the chair": "CANARY-F2",
    "contact": "CANARY-F3",
    "reason of a flag": "CANARY-F4",
    "flag": '"flag":"absent"',
    "reason for the gavel": "CANARY-F5",
    "gavel": '"gavel":{',
    "what a point is about": "CANARY-F6",
    "checks of the desk": '"checks":{"sound":true}',
    "sources of attendance": '"sources":["report"]',
}
#: For rapporteurs too.
RECORD = {
    "correction": "CANARY-G1",
    "note of a ruling": "CANARY-G2",
    "name not confirmed": "CANARY-G3",
    "rank not confirmed": "crown_prince",
}
#: For nobody: kept in the journal at most.
NOBODY = {
    "reason for other rules": "CANARY-H1",
    "refused line": "CANARY-H2",
    "refused rules": "CANARY-H3",
    "refused contact": "CANARY-H4",
}
#: For the delegation that it was said to.
TOLD = "CANARY-T1"


class Floor(Play):
    """A meeting in which the rules of the floor have a canary wherever they can."""

    def __init__(self, app: App, room: Room, clock: HandClock) -> None:
        super().__init__(app, room, clock, (*PUBLIC, *OWN, "rap", "op2"))
        #: Ids that nobody but staff, and whose they are, may learn of.
        self.hidden: dict[str, str] = {}

    async def look(self) -> None:
        """Also what only staff may ask for; others are told nothing but that."""
        await super().look()
        for seen_by, seen in self.seen.items():
            for path in STAFF_PATHS:
                status, said = await self.app.request("GET", self.room, seen_by, path)
                assert status == (200 if seen_by == "op2" else 403)
                seen.append(said.decode())

    async def perform(self) -> None:
        """The whole play."""
        why = STAFF["reason for the gavel"]
        await self.done("op1", "take_gavel", reason=why, expect={"holder": None})
        await self.done("op1", "open_lobby", expect={"state": "scheduled"})
        await self.done("op1", "call_to_order", expect={"state": "lobby"})
        segment = {"segment": "s1.1", "expect": {"segment": "s1.0"}}
        await self.done("op1", "go_to_segment", **segment)
        await self.without_a_link()
        first, second = await self.ask()
        await self.beside_the_floor()
        await self.swap(first, second)
        await self.points(first)
        await self.trays()
        await self.draw()
        await self.done("op1", "adjourn", expect={"state": "in_session"})

    async def without_a_link(self) -> None:
        """Nobody in particular is told nothing, the rules of the meeting included."""
        one = f"/api/v1/meetings/{self.room.meeting_id}"
        asked = [("GET", f"{one}{path}") for path in ("", *STAFF_PATHS)]
        asked += [("POST", f"{one}/attendance/recognise"), ("GET", "/api/v1/profiles")]
        # as somebody who has never joined: without the cookies of the pages
        client = self.app.client
        async with ClientSession() as nobody:
            for method, path in asked:
                url = client.make_url(path)
                async with nobody.request(method, url, json={}) as response:
                    # a foreign page is not even asked who it is
                    refused = 401 if method == "GET" else 403
                    assert response.status == refused, path
            rules = client.make_url(f"/m/{self.room.meeting_id}/rules")
            async with nobody.get(rules) as response:
                assert response.status == 404

    async def ask(self) -> tuple[str, str]:
        """Two ask; one with a name and a rank that nobody has confirmed."""
        named = {"name": RECORD["name not confirmed"]}
        asked = await self.done(
            "xad",
            "request_floor",
            kind="statement",
            person=named,
            rank=RECORD["rank not confirmed"],
        )
        other = await self.done("xal", "request_floor", kind="statement")
        return asked["request"], other["request"]

    async def beside_the_floor(self) -> None:
        """The back-channel, the board, flags, contacts; and what was refused."""
        said = STAFF["line of the back-channel"]
        await self.done("op2", "message", text=said, delegation="XAL")
        await self.done("chair", "message", text=STAFF["line of the chair"])
        await self.refused("rap", "message", text=NOBODY["refused line"])
        await self.done("desk", "tick", delegation="XAL", check="sound", ok=True)
        report = {"delegations": ["XAL"], "source": "report"}
        await self.done("desk", "mark_attendance", **report)
        contact = {"delegation": "XAD", "contact": STAFF["contact"]}
        await self.done("xad", "set_contact", **contact)
        other = {"delegation": "XAL", "contact": NOBODY["refused contact"]}
        await self.refused("xad", "set_contact", **other)
        flag = {"flag": "absent", "reason": STAFF["reason of a flag"]}
        await self.done("op2", "flag_delegation", delegation="XAH", **flag)
        bad = RULES.format(f"{NOBODY['refused rules']} = 1")
        await self.refused("op1", "set_profile", text=bad)
        assert await self.refused("op2", "set_profile", text=bad) == "no_gavel"

    async def swap(self, first: str, second: str) -> None:
        """One offer is accepted and vetoed, another is taken back."""
        pair = {"request": first, "wanted": second}
        offer = await self.done("xad", "offer_swap", **pair)
        self.hidden["swap that was vetoed"] = f'"{offer["swap"]}"'
        await self.done("xal", "answer_swap", swap=offer["swap"], accept=True)
        # of what is between others one is told what one is told of nothing at all
        for swap in (offer["swap"], "w99.0"):
            code = await self.refused("xar", "answer_swap", swap=swap, accept=True)
            assert code == "no_such_entity"
        await self.done("op1", "settle_swap", swap=offer["swap"], allow=False)
        offer = await self.done("xad", "offer_swap", **pair)
        self.hidden["swap that was taken back"] = f'"{offer["swap"]}"'
        await self.done("xad", "answer_swap", swap=offer["swap"], accept=False)

    async def points(self, speaker: str) -> None:
        """One is raised and withdrawn, one recognised by mistake and then heard."""
        room = self.room
        await self.done("op1", "call", request=speaker, expect={"head": speaker})
        await self.done("op1", "start", expect=on_floor(room.meeting))
        about = STAFF["what a point is about"]
        point = {"kind": "point_of_order", "text": about}
        gone = (await self.done("xar", "request_floor", **point))["request"]
        self.hidden["point that was withdrawn"] = f'"{gone}"'
        raised = (await self.done("xal", "request_floor", **point))["request"]
        for other in (gone, raised, "r99.0"):
            await self.told_nothing("xad", speaker, other)
        await self.done("xar", "withdraw", request=gone)
        top = {"request": raised, "expect": {"floor": room.meeting.floor}}
        called = await self.done("op1", "recognise", **top)
        self.hidden["point called by mistake"] = f'"{called["intervention"]}"'
        action = room.meeting.actions[-1].seq
        await self.done("op1", "undo", expect={"action": action})
        called = await self.done("op1", "recognise", **top)
        self.clock.advance(9_000)
        # called is not heard: till now not even the point is known to others
        for each in (raised, called["intervention"]):
            for seen_by in (*PUBLIC, "xad", "rap"):
                assert f'"{each}"' not in "".join(self.seen[seen_by]), seen_by
        await self.done("op1", "start", expect=on_floor(room.meeting))
        for seen_by in PUBLIC:
            assert f'"{called["intervention"]}"' in "".join(self.seen[seen_by])
        await self.done("op1", "end", expect=on_floor(room.meeting))
        ruling = {"intervention": called["intervention"], "ruling": "upheld"}
        note = RECORD["note of a ruling"]
        await self.done("op1", "rule", **ruling, note=note, appeal="ruling_stands")
        spoke = room.meeting.floor
        await self.done("op1", "end", expect=on_floor(room.meeting))
        correction = {"intervention": spoke, "text": RECORD["correction"]}
        await self.done("xad", "correct", **correction)

    async def told_nothing(self, by: str, own: str, other: str) -> None:
        """Whoever asks after what is not theirs learns not even whether it is there."""
        asked = {
            "withdraw": {"request": other},
            "park": {"request": other},
            "unpark": {"request": other},
            "name_speaker": {"request": other, "language": "fr"},
        }
        for type_, fields in asked.items():
            assert await self.refused(by, type_, **fields) == "not_your_delegation"
        pair = {"request": own, "wanted": other}
        assert await self.refused(by, "offer_swap", **pair) == "swap_not_possible"

    async def trays(self) -> None:
        """One is parked, one waits for a yes, one is declined, one comes late."""
        parked = await self.done("xah", "request_floor", kind="statement")
        await self.done("xah", "park", request=parked["request"])
        for seen_by, there in (("xae", False), ("rap", False), ("op2", True)):
            _, now = await self.app.request("GET", self.room, seen_by)
            assert (f'"{parked["request"]}"' in now.decode()) is there, seen_by
        waiting = 'approval = true\nlate_tray = true\ncontrol = "gavel"'
        text, why = RULES.format(waiting), NOBODY["reason for other rules"]
        await self.done("op1", "set_profile", text=text, reason=why)
        asked = await self.done("xar", "request_floor", kind="statement")
        self.hidden["request that was declined"] = f'"{asked["request"]}"'
        declined = {"request": asked["request"], "reason": TOLD}
        await self.done("op1", "decline", **declined)
        waits = await self.done("xad", "request_floor", kind="statement")
        self.hidden["request that waits for a yes"] = f'"{waits["request"]}"'
        await self.done("op1", "close_list", expect=on_list(self.room.meeting))
        late = await self.done("xar", "request_floor", kind="statement")
        self.hidden["request that came late"] = f'"{late["request"]}"'

    async def draw(self) -> None:
        """Lots are drawn, and who is called closes the meeting."""
        expect = on_list(self.room.meeting)
        await self.done("op1", "set_policy", policy="lot", expect=expect)
        await self.done("op1", "insert", list="l1.1", entries=[{"delegation": "XAE"}])
        await self.done("op1", "draw", expect=on_list(self.room.meeting))
        first = head_of(self.room.meeting)
        await self.done("op1", "call", request=first, expect={"head": first})
        await self.done("op1", "start", expect=on_floor(self.room.meeting))
        await self.done("op1", "end", expect=on_floor(self.room.meeting))


class Seen:
    """What came of it: everything that was sent, exported, and what was hidden."""

    def __init__(self, play: Floor, texts: dict[str, str], exported: str) -> None:
        self.texts = texts
        self.hidden = play.hidden
        self.lot_key = play.room.meeting.lot_key
        self.exported = exported


@contextlib.asynccontextmanager
async def office(folder: Path, clock: HandClock) -> AsyncIterator[Office]:
    """The command line's questions, once nobody serves the journal any more."""
    journal = await SqliteJournal.open(folder)
    rooms = Rooms(journal, clock, serving=False)
    try:
        yield Office(rooms, journal, KEYS, "", RecordKey(bytes(32)))
    finally:
        await rooms.close()
        await journal.close()


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """The play, and everything that each of those who watched was sent."""
    return asyncio.run(_played(tmp_path_factory.mktemp("floor")))


async def _played(folder: Path) -> Seen:
    clock = HandClock()
    links = (*LINKS, link("xar", "delegate", Code("XAR")))
    profile = structs.replace(PROFILE, control="gavel")
    made = structs.replace(founding(), links=links, profile=profile)
    limits = structs.replace(PATIENT, beat_s=0.2, here_s=0.1)
    async with served(folder, made, clock=clock, limits=limits) as (app, (room,)):
        play = Floor(app, room, clock)
        watchers = {
            each: Watcher(await app.line(room, each, f"seen by {each}"))
            for each in play.seen
        }
        await play.perform()
        for each, watcher in watchers.items():
            await watcher.reached(room.meeting.seq)
            play.seen[each].append(await watcher.stop())
            play.seen[each].append(await play.rules(each))
    async with office(folder, clock) as asked:
        exported: str = await asked.value(AskCommits(meeting=MEETING))
        rows: str = await asked.value(AskLog(meeting=MEETING, form="json"))
    texts = {each: "\n".join(said) for each, said in play.seen.items()}
    return Seen(play, {**texts, "exported log": rows}, exported)


def test_what_the_floor_keeps_to_itself_never_leaves_the_server(
    seen: Seen,
) -> None:
    everything = {**STAFF, **RECORD, **NOBODY, **seen.hidden, "told": TOLD}
    for public in PUBLIC:
        assert len(seen.texts[public]) > 100_000
        assert list(found(everything, seen.texts[public])) == [], public
    operators_own = {**STAFF, **NOBODY, **seen.hidden, "told": TOLD}
    for record in ("rap", "exported log"):
        assert list(found(operators_own, seen.texts[record])) == []
    assert list(found(RECORD, seen.texts["rap"])) == list(RECORD)
    # the canaries were there to be found
    shown = {**STAFF, **RECORD, **seen.hidden}
    assert list(found(shown, seen.texts["op2"])) == list(shown)
    assert list(found(NOBODY, seen.texts["op2"])) == []


def test_a_delegation_sees_what_is_its_own_and_of_others_nothing(
    seen: Seen,
) -> None:
    all_of_it = {**STAFF, **RECORD, **NOBODY, **seen.hidden, "told": TOLD}
    assert set(found(all_of_it, seen.texts["xad"])) == {
        "correction",
        "name not confirmed",
        "rank not confirmed",
        "swap that was vetoed",
        "swap that was taken back",
        "request that waits for a yes",
    }
    assert set(found(all_of_it, seen.texts["xal"])) == {
        "swap that was vetoed",
        "swap that was taken back",
        "point called by mistake",
    }
    assert set(found(all_of_it, seen.texts["xar"])) == {
        "point that was withdrawn",
        "request that was declined",
        "request that came late",
        "told",
    }


def test_the_secret_of_the_draws_is_shown_to_nobody_and_needed_by_nobody(
    seen: Seen,
) -> None:
    assert len(seen.lot_key) == 64
    for who, text in seen.texts.items():
        assert seen.lot_key not in text, who
    assert seen.lot_key not in seen.exported
    lines = seen.exported.splitlines()
    assert '"lot_key"' not in seen.exported.replace("\\", "")
    draws = [each for each in verified(lines) if "Draw 1" in each.text]
    assert draws and all(each.ok is not False for each in draws)


def test_an_export_for_everyone_holds_nothing_that_was_kept(seen: Seen) -> None:
    all_of_it = {**STAFF, **RECORD, **NOBODY, **seen.hidden, "told": TOLD}
    # the rules themselves name every rank there is
    all_of_it["rank not confirmed"] = '"rank":"crown_prince"'
    exported = seen.exported.replace("\\", "")
    assert list(found(all_of_it, exported)) == []
    assert '"row"' in exported
