"""`rostra move-journal`, between a folder and a real Redis, both ways."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.chains import stored
from rostra.adapters.places import journal_at
from rostra.adapters.sqlite_journal import SqliteJournal
from rostra.cli.parser import main
from rostra.config import load
from rostra.core.actor import CONTROL
from rostra.core.commands import CallToOrder, ExpectState, OpenLobby
from rostra.core.ids import MeetingId
from rostra.core.meeting import Meeting
from rostra.engine.outcomes import Accepted
from rostra.engine.ports import Stored
from rostra.engine.replay import replay
from rostra.main import opened
from rostra.protocol.commit import Commit
from rostra.web.submit import digest
from support.redis_servers import RedisServer

ONE, TWO = MeetingId("closing-discussion"), MeetingId("bioterrorism")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One for all."""
    with RedisServer(tmp_path_factory.mktemp("redis")) as started:
        yield started


@pytest.fixture
def redis(server: RedisServer) -> str:
    """The address of an empty one."""
    asyncio.run(_emptied(server))
    return server.address


async def _emptied(server: RedisServer) -> None:
    await server.command("FLUSHALL")


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A data folder with two meetings, one of which has begun."""
    data = tmp_path / "data"
    for name in (ONE, TWO):
        assert main(["import", name, "--data", str(data)]) == 0
    asyncio.run(_begin(data))
    capsys.readouterr()
    return data


async def _begin(data: Path) -> None:
    async with opened(load(flags={"data": str(data)}), serving=False) as house:
        room = await house.rooms.room(ONE)
        assert room is not None
        for command in (
            OpenLobby(id="a", expect=ExpectState("scheduled")),
            CallToOrder(id="b", expect=ExpectState("lobby")),
        ):
            outcome = await room.submit(command, CONTROL, digest(command))
            assert isinstance(outcome, Accepted), outcome


def everything(place: str | Path) -> dict[Stored, tuple[list[Commit], Meeting]]:
    """Every meeting of a journal: its head, its commits and what they come to."""
    return asyncio.run(_everything(place))


async def _everything(
    place: str | Path,
) -> dict[Stored, tuple[list[Commit], Meeting]]:
    address = place if isinstance(place, str) else ""
    async with journal_at(address, Path(place), serving=False) as (journal, _):
        return {
            each: (
                await stored(journal, each.meeting),
                (await replay(journal, each)).meeting,
            )
            for each in await journal.meetings()
        }


def test_all_meetings_go_to_redis_and_back_and_are_the_same(
    folder: Path, redis: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(folder)
    begun = next(each.head.seq for each in before if each.meeting == ONE)
    assert main(["move-journal", "--from", str(folder), "--to", redis]) == 0
    out = capsys.readouterr().out
    assert f"From {folder} to {redis}/0:" in out
    assert f"  {ONE:40} {begun} commits\n" in out
    assert f"  {TWO:40} 1 commit\n" in out
    assert f"{folder}/link.key" in out
    assert everything(redis) == before
    back = tmp_path / "back"
    assert main(["move-journal", "--from", redis, "--to", str(back)]) == 0
    assert str(back / "link.key") in capsys.readouterr().out
    assert everything(back) == before == everything(folder)


def test_only_what_is_named_is_moved_and_the_rest_when_it_is_asked_for(
    folder: Path, redis: str, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ["move-journal", "--from", str(folder), "--to", redis]
    assert main([*args, TWO]) == 0
    assert [each.meeting for each in everything(redis)] == [TWO]
    capsys.readouterr()
    assert main(args) == 0
    assert "1 commit, all of them there already" in capsys.readouterr().out
    assert everything(redis) == everything(folder)


def test_the_side_that_is_not_named_is_that_of_the_settings(
    folder: Path, redis: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROSTRA_JOURNAL", redis)
    assert main(["move-journal", "--from", str(folder)]) == 0
    assert everything(redis) == everything(folder)


def test_a_folder_that_a_server_has_is_left_alone(
    folder: Path, redis: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async def while_served() -> int:
        journal = await SqliteJournal.open(folder)
        try:
            args = ["move-journal", "--from", str(folder), "--to", redis]
            return await asyncio.to_thread(main, args)
        finally:
            await journal.close()

    assert asyncio.run(while_served()) == 2
    assert "Another Rostra server is using the data folder" in capsys.readouterr().err
    assert everything(redis) == {}


def test_meetings_that_servers_keep_alive_in_redis_stay_until_these_stop(
    folder: Path, redis: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["move-journal", "--from", str(folder), "--to", redis]) == 0

    async def stamp(ago_ms: int) -> None:
        async with journal_at(redis, tmp_path, serving=False) as (journal, clock):
            await journal.alive([ONE], clock.now() - ago_ms)  # type: ignore[arg-type]

    asyncio.run(stamp(0))
    args = ["move-journal", "--from", redis, "--to", str(tmp_path / "back")]
    assert main(args) == 1
    assert f"A server serves {ONE}." in capsys.readouterr().err
    assert [each.meeting for each in everything(tmp_path / "back")] == [TWO]
    asyncio.run(stamp(10_000))
    assert main(args) == 0
    assert everything(tmp_path / "back") == everything(redis)


def test_another_meeting_of_that_name_is_left_alone_and_the_others_are_moved(
    folder: Path, redis: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    assert main(["import", ONE, "--data", str(other)]) == 0
    before = everything(other)
    assert main(["move-journal", "--from", str(folder), "--to", str(other)]) == 1
    assert "already, and it is another one" in capsys.readouterr().err
    after = everything(other)
    assert {each.meeting for each in after} == {ONE, TWO}
    assert before.items() <= after.items()


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--from", "{empty}", "--to", "{redis}"), "There is no journal in the folder"),
        (("--from", "{redis}", "--to", "{redis}"), "Both are redis://127.0.0.1"),
        (("--from", "{redis}", "--to", "{empty}"), "There are no meetings in redis://"),
        (("--from", "{folder}", "--to", "redis://h:x"), "names a host that cannot be"),
        (
            ("--from", "{folder}", "--to", "{redis}", "bioterorism"),
            "did you mean bioterrorism?",
        ),
    ],
)
def test_what_cannot_be_meant_is_said_in_a_sentence(
    *,
    args: tuple[str, ...],
    sentence: str,
    folder: Path,
    redis: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    places = {"empty": tmp_path / "empty", "redis": redis, "folder": folder}
    assert main(["move-journal", *(each.format(**places) for each in args)]) == 2
    err = capsys.readouterr().err
    assert sentence in err
    assert len(err.strip().splitlines()) == 1


def test_no_password_is_printed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = "redis://:hunter2@127.0.0.1:1"
    assert main(["move-journal", "--from", str(folder), "--to", nowhere]) == 2
    captured = capsys.readouterr()
    assert "redis://127.0.0.1:1/0" in captured.err
    assert "hunter2" not in captured.out + captured.err
