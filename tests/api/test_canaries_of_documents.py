"""Must-show: what is not public is in no document that the public can have.

The plays of the other canaries, and at their end every form of export, in every way in
which it can be had, by everybody who may have one; opened down to the last part.
"""

import io
import re
import zipfile
import zlib
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import get_args

from msgspec import structs

from api import test_canaries as floor
from api import test_canaries_of_the_record as record
from api.watching import Play, found
from rostra.core.ids import Published
from rostra.core.programme import SegmentPlan
from rostra.web.settings import Rate
from support.poppler import words_of
from support.rooms import LINKS, HandClock, founding
from support.served_app import PATIENT, served

FORMS = ("docx", "pdf", "xlsx", "html", "json", "vtt", "thirds", "csv")
PICTURES = ("timeline", "lengths", "delegations", "groups", "regions", "kinds")
PUBLIC = ("xae", "viewer", "display")
LIMITS = structs.replace(PATIENT, document_rate=Rate(10_000, 10_000))


def opened(body: bytes) -> str:
    """All that is in a document: its parts unpacked, its streams too."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return "\n".join(
                parts.read(each).decode(errors="replace") for each in parts.namelist()
            )
    if body.startswith(b"%PDF"):
        return "\n".join(each.decode(errors="replace") for each in _inside(body))
    return body.decode("utf-8-sig")


def _inside(pdf: bytes) -> Iterable[bytes]:
    """The file, its streams, and its words by somebody else's program."""
    yield pdf
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            yield zlib.decompress(stream)
        except zlib.error:
            yield stream
    text = words_of(pdf, "-raw")
    # where a line ends in the middle of a word is the paper's affair
    yield text
    yield re.sub(rb"-?\s+", b"", text)


async def documents(play: Play, links: Iterable[str]) -> dict[str, str]:
    """Everything that each of *links* can take home, and the public page."""
    texts = {}
    for link in links:
        said = []
        for query in _queries():
            answer = await play.app.request("GET", play.room, link, f"/record{query}")
            status, body = answer
            # a picture may have nothing to show
            assert status == 200 or (status, "picture" in query) == (404, True), query
            said.append(opened(body))
        texts[link] = "\n".join(said)
    async with play.app.client.get(f"/m/{play.room.meeting_id}/record") as response:
        assert response.status == 200
        texts["the page"] = await response.text()
    return texts


def _queries() -> Iterable[str]:
    yield from (f"?as={form}" for form in FORMS)
    yield from ("?as=html&lang=ar", "?as=json&lang=zh")
    yield from (f"?as=svg&picture={picture}" for picture in PICTURES)


async def everything_is_published(play: Play) -> None:
    """All that a secretariat can make public."""
    wanted = list(get_args(Published))
    expect = {"published": []}
    await play.done("op1", "publish", published=wanted, expect=expect)


@asynccontextmanager
async def stage(folder: Path, play: type[Play], **more: object) -> AsyncIterator[Play]:
    """A play that nobody watches: what matters is what can be had at its end."""
    clock, made = HandClock(), structs.replace(founding(), **more)
    async with served(folder, made, clock=clock, limits=LIMITS) as (app, (room,)):
        acted = play(app, room, clock)
        acted.seen = {}
        await acted.perform()  # type: ignore[attr-defined]
        await everything_is_published(acted)
        yield acted


async def test_what_is_not_public_is_in_no_document_of_the_floor(
    tmp_path: Path,
) -> None:
    label = floor.STAFF["label of a link"]
    links = tuple(structs.replace(each, label=f"{label} {each.id}") for each in LINKS)
    async with stage(tmp_path, floor.Secrets, links=links) as play:
        texts = await documents(play, (*PUBLIC, "rap", "op2"))
        assert isinstance(play, floor.Secrets)
        never = {name: each.strip('"') for name, each in play.never.items()}
    hidden = {**floor.STAFF, **floor.RECORD, **floor.NOBODY, "no-show": "no_show"}
    for link in (*PUBLIC, "the page"):
        assert list(found(hidden, texts[link])) == [], link
        # a call that never was has no row, and an id in none
        assert not any(re.search(rf"{id_}\b", texts[link]) for id_ in never.values())
    own = {**floor.STAFF, **floor.NOBODY}
    assert list(found(own, texts["rap"])) == []
    # the canaries were there to be found
    assert floor.RECORD["edited gist"] in texts["rap"]
    assert floor.RECORD["unconfirmed name"] in texts["rap"]
    assert "Adunara" in texts["viewer"] and "Adunara" in texts["the page"]


async def test_what_the_record_keeps_to_itself_is_in_no_public_document(
    tmp_path: Path,
) -> None:
    closed = SegmentPlan(
        kind="discussion", title="Closed", requests=True, attributed=False
    )
    programme = founding().programme
    programme = structs.replace(programme, segments=(*programme.segments, closed))
    async with stage(tmp_path, record.Record, programme=programme) as play:
        texts = await documents(play, (*PUBLIC, "rap", "op2"))
    hidden = {**record.RECORD, **record.CLOSED, **record.NOBODY}
    for link in (*PUBLIC, "the page"):
        assert list(found(hidden, texts[link])) == [], link
        assert "released" in found(record.OPEN, texts[link]), link
    assert list(found({**record.CLOSED, **record.NOBODY}, texts["rap"])) == []
    assert list(found(record.NOBODY, texts["op2"])) == []
    # the canaries were there to be found
    assert record.RECORD["gist"] in texts["rap"]
    assert record.RECORD["draft of a conclusion"] in texts["rap"]
