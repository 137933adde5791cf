"""Must-show: what an audience may not see is not in its bytes.

Everything that is not public gets a canary of its own: words, devices, labels, and the
ids of what never happened in public. Those who may only see the public view are sent
every frame, page, answer and export there is, after every single command.
"""

from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from api.watching import Play, Watcher, found
from rostra.engine.room import Room
from support.rooms import (
    LINKS,
    HandClock,
    Sender,
    founding,
    head_of,
    on_floor,
    on_list,
)
from support.served_app import PATIENT, App, served

#: Who may see nothing but the public view; XAE is a delegation with canaries about it.
PUBLIC = ("xae", "viewer", "display")
NOT_BEFORE, NOT_AFTER = 1_594_399_111_123, 1_594_399_222_123

#: For operators, the chair and the desk alone.
STAFF = {
    "note of a request": "CANARY-S1",
    "note on an entry": "CANARY-S2",
    "reason of the suspension": "CANARY-S3",
    "device of a delegation": "CANARY-S5",
    "label of a link": "CANARY-S6",
    "signal": "CANARY-S7",
    "edited note": "CANARY-S8",
    "time before which not": str(NOT_BEFORE),
    "time after which not": str(NOT_AFTER),
}
#: For rapporteurs too.
RECORD = {
    "unconfirmed name": "CANARY-R1",
    "unconfirmed title": "CANARY-R2",
    "free group text": "CANARY-R3",
    "gist": "CANARY-R4",
    "edited gist": "CANARY-R5",
    "reason of a pause": "interpretation",
    "label of a rapporteur's link": "CANARY-R6",
}
#: For nobody: kept in the journal at most.
NOBODY = {
    "reason of a withdrawal": "CANARY-N1",
    "text of a refused announcement": "CANARY-N2",
    "refused name": "CANARY-N3",
    "refused note": "CANARY-N4",
    "refused request": "CANARY-N5",
    "device of an operator": "CANARY-N6",
    "malformed": "CANARY-N7",
}


class Secrets(Play):
    """A meeting with a canary in every field that is not public."""

    def __init__(self, app: App, room: Room, clock: HandClock) -> None:
        super().__init__(app, room, clock, (*PUBLIC, "rap", "op2"))
        #: Ids of calls that nobody in public may learn of.
        self.never: dict[str, str] = {}

    async def perform(self) -> None:
        """The whole play."""
        await self.done("op1", "open_lobby", expect={"state": "scheduled"})
        await self.done("op1", "call_to_order", expect={"state": "lobby"})
        await self.done(
            "op1", "go_to_segment", segment="s1.1", expect={"segment": "s1.0"}
        )
        asked = await self.ask_for_the_floor()
        await self.calls_that_never_were()
        await self.speak(asked)
        await self.after(asked)

    async def ask_for_the_floor(self) -> str:
        """Names and groups that nobody has confirmed, notes, a signal."""
        pad = Sender(self.room, "xad", STAFF["device of a delegation"])
        asked = await pad.ok(
            "request_floor",
            kind="group_statement",
            group_text=RECORD["free group text"],
            person={
                "name": RECORD["unconfirmed name"],
                "title": RECORD["unconfirmed title"],
            },
        )
        await pad.ok("request_floor", kind="technical", text=STAFF["signal"])
        await self.look()
        request: str = asked["request"]
        note = await self.done(
            "op1", "note", request=request, text=STAFF["note of a request"]
        )
        await self.done("op1", "note", **note, text=STAFF["edited note"])
        entry = {
            "delegation": "XAE",
            "note": STAFF["note on an entry"],
            "not_before": NOT_BEFORE,
            "not_after": NOT_AFTER,
        }
        await self.done("op1", "insert", list="l1.1", entries=[entry])
        await self.done("xal", "request_floor", kind="statement")
        withdrawn = await self.done("xah", "request_floor", kind="statement")
        await self.done(
            "op1",
            "withdraw",
            request=withdrawn["request"],
            reason=NOBODY["reason of a withdrawal"],
        )
        await self.refusals_of_every_kind(request)
        return request

    async def refusals_of_every_kind(self, request: str) -> None:
        """What was refused leaves no trace anywhere."""
        text = {"text": NOBODY["text of a refused announcement"]}
        await self.refused("xae", "announce", **text)
        person = {"person": {"name": NOBODY["refused name"]}}
        await self.refused("xal", "name_speaker", request=request, **person)
        note = {"text": NOBODY["refused note"], "version": 9, "note": "n99.0"}
        await self.refused("op1", "note", **note)
        group = {"group_text": NOBODY["refused request"], "list": "l1.0"}
        await self.refused("xah", "request_floor", kind="group_statement", **group)
        await self.refused("op1", "announce", text=NOBODY["malformed"] * 100)

    async def calls_that_never_were(self) -> None:
        """An undone call, a mistake, and one whom nobody answered for."""
        for what, end in (
            ("undone call", None),
            ("mistaken call", ("revoke", {"reason": "mistake"})),
            ("call without an answer", ("no_show", {})),
        ):
            first = head_of(self.room.meeting)
            called = await self.done(
                "op1", "call", request=first, expect={"head": first}
            )
            self.never[what] = f'"{called["intervention"]}"'
            if end is None:
                action = self.room.meeting.actions[-1].seq
                await self.done("op1", "undo", expect={"action": action})
            else:
                type_, fields = end
                expect = on_floor(self.room.meeting)
                await self.done("op1", type_, **fields, expect=expect)

    async def speak(self, request: str) -> None:
        """The delegation with the canaries speaks, is held, and ends."""
        place = self.room.meeting.lists["l1.1"].order.index(request)  # type: ignore[index,arg-type]
        if place:
            expect = {"request": request, "place": place}
            await self.done("op1", "move", request=request, to=0, expect=expect)
        await self.done("op1", "call", request=request, expect={"head": request})
        pad = Sender(self.room, "xad", STAFF["device of a delegation"])
        await pad.ok("ready", expect=on_floor(self.room.meeting))
        await self.done("op1", "start", expect=on_floor(self.room.meeting))
        self.clock.advance(7_000)
        reason = RECORD["reason of a pause"]
        await self.done(
            "op1", "pause", reason=reason, expect=on_floor(self.room.meeting)
        )
        self.clock.advance(7_000)
        intervention = self.room.meeting.floor
        gist = await self.done(
            "rap", "note", intervention=intervention, text=RECORD["gist"]
        )
        await self.done("rap", "note", **gist, text=RECORD["edited gist"])
        state = {"expect": {"state": "in_session"}}
        why = STAFF["reason of the suspension"]
        await self.done("op1", "suspend", reason=why, **state)
        await self.done("op1", "resume_meeting", expect={"state": "suspended"})
        await self.done("op1", "resume", expect=on_floor(self.room.meeting))
        await self.done("op1", "end", expect=on_floor(self.room.meeting))

    async def after(self, request: str) -> None:
        """What delegations are told once it is over."""
        await self.done("op1", "close_list", expect=on_list(self.room.meeting))
        await self.done("op1", "adjourn", expect={"state": "in_session"})
        assert self.room.meeting.requests[request].status == "done"  # type: ignore[index]


@pytest.fixture
async def seen(tmp_path: Path) -> dict[str, Any]:
    """The play, and everything that each of those who watched was sent."""
    clock = HandClock()
    labels = {"rapporteur": RECORD["label of a rapporteur's link"]}
    other = STAFF["label of a link"]
    links = tuple(
        structs.replace(each, label=f"{labels.get(each.role, other)} {each.id}")
        for each in LINKS
    )
    made = structs.replace(founding(), links=links)
    limits = structs.replace(PATIENT, beat_s=0.2, here_s=0.1)
    async with served(tmp_path, made, clock=clock, limits=limits) as (app, (room,)):
        operator = await app.line(room, "op1", NOBODY["device of an operator"])
        play = Secrets(app, room, clock)
        watchers = {
            link: Watcher(await app.line(room, link, f"seen by {link}"))
            for link in play.seen
        }
        await play.perform()
        for link, watcher in watchers.items():
            await watcher.reached(room.meeting.seq)
            play.seen[link].append(await watcher.stop())
        await operator.ws.close()
        assert play.refusals == 5
        return {
            "never": play.never,
            **{link: "\n".join(texts) for link, texts in play.seen.items()},
        }


async def test_what_is_not_public_never_leaves_the_server(
    seen: dict[str, Any],
) -> None:
    hidden = {**STAFF, **RECORD, **NOBODY, **seen["never"]}
    for link in PUBLIC:
        assert len(seen[link]) > 100_000
        assert list(found(hidden, seen[link])) == [], link
    # Rapporteurs see the names, and nothing that is the operators' own.
    operators_own = {**STAFF, **NOBODY, **seen["never"]}
    assert list(found(operators_own, seen["rap"])) == []
    assert list(found(RECORD, seen["rap"])) == list(RECORD)
    # The canaries were there to be found.
    shown = {**STAFF, **RECORD, **seen["never"]}
    assert list(found(shown, seen["op2"])) == list(shown)
    others = {k: v for k, v in NOBODY.items() if k != "device of an operator"}
    assert list(found(others, seen["op2"])) == []
