"""Must-show: what the record keeps to itself is in nobody else's bytes.

Marks on rows, drafts of conclusions, reasons, proposals of others, and who spoke in a
closed segment: a canary each, and whoever may see one is the control that it was there.
"""

from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from api.watching import Play, Watcher, exported, found
from rostra.core.programme import SegmentPlan
from rostra.engine.room import Room
from support.rooms import HandClock, founding, head_of, on_floor
from support.served_app import PATIENT, App, served

PUBLIC = ("xae", "viewer", "display")

#: For rapporteurs and staff.
RECORD = {
    "gist": "CANARY-R1",
    "tag": "CANARY-R2",
    "document": "CANARY-R3",
    "how a row read before": "CANARY-R4",
    "why it was corrected": "CANARY-R5",
    "proposal": "CANARY-R6",
    "answer to it": "CANARY-R7",
    "draft of a conclusion": "CANARY-R8",
    "conclusion that was not released": "CANARY-R9",
}
#: For staff alone: of a closed segment.
CLOSED = {
    "person": "CANARY-S1",
    "group": "CANARY-S2",
    "who": '"delegation":"XAL"',
    "corrected by": '"correction_by":"XAL"',
}
#: For nobody: kept in the journal at most.
NOBODY = {
    "why conclusions were reopened": "CANARY-N1",
    "text of a refused conclusion": "CANARY-N2",
}
#: Public: what was corrected, and what was released.
OPEN = {"corrected": "PUBLIC-1", "released": "PUBLIC-2"}


class Record(Play):
    """A meeting in which the record has a canary wherever it can."""

    def __init__(self, app: App, room: Room, clock: HandClock) -> None:
        super().__init__(app, room, clock, (*PUBLIC, "xad", "xal", "rap", "op2"))

    async def perform(self) -> None:
        """The whole play."""
        await self.done("op1", "open_lobby", expect={"state": "scheduled"})
        await self.done("op1", "call_to_order", expect={"state": "lobby"})
        segment = {"segment": "s1.1", "expect": {"segment": "s1.0"}}
        await self.done("op1", "go_to_segment", **segment)
        person = {"name": RECORD["how a row read before"]}
        row = await self.heard("xad", kind="statement", person=person)
        await self.noted(row)
        await self.corrected(row)
        await self.concluded(row)
        segment = {"segment": "s1.3", "expect": {"segment": "s1.1"}}
        await self.done("op1", "go_to_segment", **segment)
        await self.closed()
        await self.done("op1", "adjourn", expect={"state": "in_session"})

    async def heard(self, who: str, **fields: Any) -> str:
        """A delegation asks, is called, speaks and ends; the row."""
        asked = await self.done(who, "request_floor", **fields)
        if "group_text" in fields:
            await self.done("op1", "confirm_name", request=asked["request"])
        first = head_of(self.room.meeting)
        called = await self.done("op1", "call", request=first, expect={"head": first})
        await self.done("op1", "start", expect=on_floor(self.room.meeting))
        self.clock.advance(9_000)
        await self.done("op1", "end", expect=on_floor(self.room.meeting))
        return str(called["intervention"])

    async def noted(self, row: str) -> None:
        """Everything that a rapporteur marks."""
        marks = {"tags": {"add": [RECORD["tag"]]}, "document": RECORD["document"]}
        await self.done("rap", "note", intervention=row, text=RECORD["gist"], **marks)

    async def corrected(self, row: str) -> None:
        """The name of the row; and a proposal that is declined."""
        await self.done(
            "rap",
            "correct_row",
            person={"name": OPEN["corrected"]},
            reason=RECORD["why it was corrected"],
            expect={"intervention": row, "corrections": 0},
        )
        proposal = {"text": RECORD["proposal"], "person": {"name": "CANARY-R6"}}
        filed = await self.done("xad", "correct", intervention=row, **proposal)
        answer = {"accept": False, "reason": RECORD["answer to it"]}
        await self.done("op1", "settle_correction", correction=filed["note"], **answer)

    async def concluded(self, row: str) -> None:
        """One is a draft, one is agreed, one is released, one is refused."""
        draft = RECORD["draft of a conclusion"]
        held = RECORD["conclusion that was not released"]
        for text, agreed in ((draft, False), (held, True), (OPEN["released"], True)):
            fields = {"text": text, "agreed": agreed, "under": {"segment": "s1.1"}}
            links = {"interventions": {"add": [row]}}
            drawn = await self.done("rap", "write_conclusion", **fields, **links)
        shown = [{"conclusion": drawn["conclusion"], "version": 1}]
        await self.done("op1", "release_conclusions", released=True, expect=shown)
        await self.done("rap", "hand_over", expect={"handed_over_at": None})
        edit = {"conclusion": drawn["conclusion"], "version": 1}
        text = NOBODY["text of a refused conclusion"]
        await self.refused("rap", "write_conclusion", text=text, **edit)
        at = {"handed_over_at": self.room.meeting.handed_over_at}
        why = NOBODY["why conclusions were reopened"]
        await self.done("rap", "reopen_conclusions", reason=why, expect=at)

    async def closed(self) -> None:
        """XAL speaks in a closed segment, and asks for a correction."""
        group = {"kind": "group_statement", "group_text": CLOSED["group"]}
        person = {"person": {"name": CLOSED["person"]}}
        row = await self.heard("xal", **group, **person)
        await self.done("xal", "correct", intervention=row, text="In 2019.")


@pytest.fixture
async def seen(tmp_path: Path) -> dict[str, str]:
    """The play, and everything that each of those who watched was sent."""
    clock, made = HandClock(), founding()
    closed = SegmentPlan(
        kind="discussion", title="Closed", requests=True, attributed=False
    )
    segments = (*made.programme.segments, closed)
    programme = structs.replace(made.programme, segments=segments)
    made = structs.replace(made, programme=programme)
    limits = structs.replace(PATIENT, beat_s=0.2, here_s=0.1)
    async with served(tmp_path, made, clock=clock, limits=limits) as (app, (room,)):
        play = Record(app, room, clock)
        watchers = {
            link: Watcher(await app.line(room, link, f"seen by {link}"))
            for link in play.seen
        }
        await play.perform()
        for link, watcher in watchers.items():
            await watcher.reached(room.meeting.seq)
            play.seen[link].append(await watcher.stop())
        commits = app.rooms._journal.read(room.meeting_id, 0)
        texts = {link: "\n".join(said) for link, said in play.seen.items()}
        history = "\n".join([exported(each) async for each in commits])
        return {**texts, "history": history}


async def test_what_the_record_keeps_to_itself_never_leaves_the_server(
    seen: dict[str, str],
) -> None:
    hidden = {**RECORD, **CLOSED, **NOBODY}
    for link in (*PUBLIC, "history"):
        assert list(found(hidden, seen[link])) == [], link
    for link in PUBLIC:
        assert list(found(OPEN, seen[link])) == list(OPEN), link
    # of a closed segment a rapporteur is told what was said, and not by whom
    assert list(found({**CLOSED, **NOBODY}, seen["rap"])) == []
    assert list(found(RECORD, seen["rap"])) == list(RECORD)
    # the canaries were there to be found
    shown = {**RECORD, **CLOSED}
    assert list(found(shown, seen["op2"])) == list(shown)
    assert list(found(NOBODY, seen["op2"])) == []


async def test_a_delegation_sees_its_own_and_nothing_of_others(
    seen: dict[str, str],
) -> None:
    hidden = {**RECORD, **CLOSED, **NOBODY}
    own = {"how a row read before", "proposal", "answer to it"}
    assert set(found(hidden, seen["xad"])) == own
    assert set(found(hidden, seen["xal"])) == {"person", "group", "who"}
