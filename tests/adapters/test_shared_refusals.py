"""What one server refused, a journal of several keeps from happening by another."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.chains import MEETING, OTHER, begun, chain, head_of
from rostra.adapters.memory_journal import MemoryJournal
from rostra.adapters.redis_journal import RedisJournal
from rostra.engine.ports import Done, Journal, Refused, Verdicts
from support.redis_servers import RedisServer, binaries

NO = Verdicts(refused={"k1.2 a-command": b"no", "k1.3 another": b"no either"})
ASKS = Verdicts(asked=["k1.2 a-command"])


@pytest.fixture(params=["memory", *binaries()])
async def journal(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[Journal]:
    """Each that may be shared."""
    if request.param == "memory":
        yield MemoryJournal(shared=True)
        return
    with RedisServer(tmp_path, binary=binaries()[request.param]) as server:
        found = await RedisJournal.open(server.address)
        yield found
        await found.close()


async def test_a_command_that_was_refused_is_not_written(journal: Journal) -> None:
    head = head_of(await begun(journal, 2))
    assert await journal.append(MEETING, head, (), verdicts=NO) == Done(head)
    (third,) = chain(1, after=head)
    answer = await journal.append(MEETING, head, [third], verdicts=ASKS)
    assert answer == Refused({"k1.2 a-command": b"no"})
    stored = await journal.stored(MEETING)
    assert stored is not None
    assert stored.head == head


async def test_others_are_written_and_may_refuse_in_the_same_step(
    journal: Journal,
) -> None:
    head = head_of(await begun(journal, 2))
    first, second = chain(2, after=head)
    both = Verdicts(asked=["k1.4 mine"], refused={"k1.2 a-command": b"no"})
    answer = await journal.append(MEETING, head, [first], verdicts=both)
    assert isinstance(answer, Done)
    refused = await journal.append(MEETING, answer.head, [second], verdicts=ASKS)
    assert isinstance(refused, Refused)


async def test_the_first_no_stands(journal: Journal) -> None:
    head = head_of(await begun(journal, 1))
    for said in (b"no", b"no for another reason"):
        verdicts = Verdicts(refused={"k1.2 a-command": said})
        await journal.append(MEETING, head, (), verdicts=verdicts)
    (second,) = chain(1, after=head)
    answer = await journal.append(MEETING, head, [second], verdicts=ASKS)
    assert answer == Refused({"k1.2 a-command": b"no"})


async def test_what_was_refused_in_one_meeting_is_free_in_another(
    journal: Journal,
) -> None:
    head = head_of(await begun(journal, 1))
    await journal.append(MEETING, head, (), verdicts=NO)
    other = await begun(journal, 1, meeting=OTHER)
    (second,) = chain(1, meeting=OTHER, after=head_of(other))
    answer = await journal.append(OTHER, head_of(other), [second], verdicts=ASKS)
    assert isinstance(answer, Done)
