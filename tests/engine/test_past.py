"""The remembered past, held against what a journal says."""

from adapters.chains import MEETING, begun, chain
from rostra.adapters.memory_journal import MemoryJournal
from rostra.engine.past import REMEMBERED, Past
from rostra.engine.ports import Stored
from rostra.protocol.commit import Commit


def past_of(commits: list[Commit]) -> Past:
    """As a room has it after them."""
    past = Past(commits[0])
    for commit in commits[1:]:
        past.add(commit)
    return past


async def there(journal: MemoryJournal) -> Stored:
    """What the journal says of the meeting."""
    found = await journal.stored(MEETING)
    assert found is not None
    return found


async def test_the_same_past_is_common_to_its_end() -> None:
    journal = MemoryJournal()
    commits = await begun(journal, 5)
    assert await past_of(commits).common(journal, await there(journal)) == 5


async def test_a_shorter_journal_is_common_to_where_it_ends() -> None:
    journal = MemoryJournal()
    past = past_of(await begun(journal, 5))
    journal.lose_tail(MEETING, 3)
    assert await past.common(journal, await there(journal)) == 3


async def test_a_journal_that_went_on_otherwise_is_common_to_the_fork() -> None:
    journal = MemoryJournal()
    commits = await begun(journal, 5)
    journal.lose_tail(MEETING, 2)
    other = chain(6, after=commits[1], said="by somebody else")
    journal.histories[MEETING].commits.extend(other)
    assert await past_of(commits).common(journal, await there(journal)) == 2


async def test_what_is_damaged_is_not_common() -> None:
    journal = MemoryJournal()
    commits = await begun(journal, 5)
    history = journal.histories[MEETING].commits
    history[3] = chain(1, said="nobody wrote this")[0]
    assert await past_of(commits).common(journal, await there(journal)) == 3


def test_only_the_last_are_remembered_and_what_is_older_counts_as_known() -> None:
    commits = chain(REMEMBERED + 3)
    past = past_of(commits)
    assert past.first == 4
    (other,) = chain(1, after=commits[REMEMBERED], said="another")
    assert not past.has(other)
    assert past.has(chain(1, said="another beginning")[0])
