"""What every journal promises (engine/ports.py), as one suite for all adapters.

A test module derives a class from :class:`JournalContract` and has a fixture
``journal`` that gives an empty one.
"""

import asyncio

import pytest
from msgspec.structs import replace

from adapters.chains import (
    EPOCH,
    MEETING,
    OTHER,
    begun,
    chain,
    gathered,
    head_of,
    heads,
    numbers,
    stored,
)
from rostra.core.ids import Instant, MeetingId
from rostra.engine.ports import Conflict, Done, Journal, Unavailable, Unknown
from rostra.protocol.commit import Commit, Head

#: More than any adapter reads in one go, so that a history comes in several pages.
MANY = 600


class JournalContract:
    """Create, append, read, follow; epochs; stamps."""

    async def test_a_created_meeting_ends_at_its_first_commit(
        self, journal: Journal
    ) -> None:
        (first,) = chain(1)
        assert await journal.create(MEETING, EPOCH, first) == Done(
            Head(EPOCH, 1, first.hash)
        )
        assert await heads(journal) == {MEETING: Head(EPOCH, 1, first.hash)}

    async def test_creating_a_meeting_twice_is_a_conflict_and_changes_nothing(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal, 2)
        (foreign,) = chain(1, said="another beginning")
        assert await journal.create(MEETING, "e2", foreign) == Conflict(head_of(kept))
        assert await stored(journal) == kept
        assert await heads(journal) == {MEETING: head_of(kept)}

    async def test_what_is_appended_is_read_again_byte_for_byte(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal)
        more = chain(3, after=kept[-1], said="Grüße, 中文, \x00")
        answer = await journal.append(MEETING, head_of(kept), more)
        assert answer == Done(head_of(more))
        assert await stored(journal) == kept + more

    async def test_a_deleted_personal_part_is_stored_as_deleted(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal)
        (whole,) = chain(1, after=kept[-1])
        without = replace(whole, personal=None, personal_salt=None)
        await journal.append(MEETING, head_of(kept), [without])
        assert await stored(journal) == [*kept, without]

    @pytest.mark.parametrize("part", ["epoch", "seq", "hash"])
    async def test_a_head_that_differs_in_one_part_is_a_conflict(
        self, journal: Journal, part: str
    ) -> None:
        kept = await begun(journal, 3)
        actual = head_of(kept)
        believed = {
            "epoch": replace(actual, epoch="e0"),
            "seq": replace(actual, seq=2),
            "hash": replace(actual, hash=kept[1].hash),
        }[part]
        commits = chain(2, after=believed)
        assert await journal.append(MEETING, believed, commits) == Conflict(actual)
        assert await stored(journal) == kept

    async def test_appending_to_no_meeting_is_a_conflict_with_nothing(
        self, journal: Journal
    ) -> None:
        kept = chain(1)
        answer = await journal.append(MEETING, head_of(kept), chain(1, after=kept[-1]))
        assert answer == Conflict(None)
        assert await journal.meetings() == []

    async def test_appending_nothing_compares_and_changes_nothing(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal, 2)
        actual = head_of(kept)
        assert await journal.append(MEETING, actual, []) == Done(actual)
        assert await journal.append(MEETING, head_of(kept[:1]), []) == Conflict(actual)
        assert await stored(journal) == kept

    @pytest.mark.parametrize(
        "flaw", ["gap", "repeat", "wrong number", "wrong chain", "altered"]
    )
    async def test_commits_that_are_no_chain_are_refused_whole(
        self, journal: Journal, flaw: str
    ) -> None:
        kept = await begun(journal)
        good = chain(3, after=kept[-1])
        bad = {
            "gap": [good[0], good[2]],
            "repeat": [good[0], good[0]],
            "wrong number": [good[0], replace(good[1], seq=9)],
            "wrong chain": [good[0], chain(3, after=kept[-1], said="else")[1]],
            "altered": [good[0], replace(good[1], open=b"{}")],
        }[flaw]
        with pytest.raises(ValueError, match="does not follow"):
            await journal.append(MEETING, head_of(kept), bad)
        assert await stored(journal) == kept

    async def test_a_meeting_cannot_begin_with_another_meetings_commit(
        self, journal: Journal
    ) -> None:
        with pytest.raises(ValueError, match="does not follow"):
            await journal.create(OTHER, EPOCH, chain(1, meeting=MEETING)[0])
        assert await journal.meetings() == []

    async def test_of_many_who_append_after_one_head_exactly_one_wins(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal)
        wishes = [chain(2, after=kept[-1], said=f"by {n}") for n in range(20)]
        answers = await asyncio.gather(
            *(journal.append(MEETING, head_of(kept), wish) for wish in wishes)
        )
        won = [n for n, answer in enumerate(answers) if isinstance(answer, Done)]
        assert len(won) == 1
        winner = wishes[won[0]]
        lost = [answer for n, answer in enumerate(answers) if n != won[0]]
        assert lost == [Conflict(head_of(winner))] * 19
        assert await stored(journal) == kept + winner

    async def test_of_many_who_create_one_meeting_exactly_one_wins(
        self, journal: Journal
    ) -> None:
        firsts = [chain(1, said=f"by {n}")[0] for n in range(10)]
        answers = await asyncio.gather(
            *(journal.create(MEETING, f"e{n}", f) for n, f in enumerate(firsts))
        )
        won = [n for n, answer in enumerate(answers) if isinstance(answer, Done)]
        assert len(won) == 1
        assert await stored(journal) == [firsts[won[0]]]
        assert (await heads(journal))[MEETING].epoch == f"e{won[0]}"

    async def test_appenders_who_read_on_after_a_conflict_all_get_their_turn(
        self, journal: Journal
    ) -> None:
        await begun(journal)

        async def persist(name: str) -> None:
            while True:
                head = (await heads(journal))[MEETING]
                wish = chain(1, after=head, said=name)
                if isinstance(await journal.append(MEETING, head, wish), Done):
                    return

        await asyncio.gather(*(persist(f"appender {n}") for n in range(8)))
        kept = await stored(journal)
        assert numbers(kept) == list(range(1, 10))
        assert len({commit.open for commit in kept}) == 9

    async def test_reading_begins_after_the_given_seq(self, journal: Journal) -> None:
        kept = await begun(journal, 5)
        assert await gathered(journal.read(MEETING, 2)) == kept[2:]
        assert await gathered(journal.read(MEETING, 5)) == []
        assert await gathered(journal.read(MEETING, 9)) == []

    async def test_there_is_nothing_to_read_of_a_meeting_that_is_not_there(
        self, journal: Journal
    ) -> None:
        await begun(journal)
        assert await gathered(journal.read(OTHER, 0)) == []
        assert await gathered(journal.read(OTHER, 3)) == []

    async def test_a_long_history_is_read_whole_and_in_order(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal, MANY)
        assert await stored(journal) == kept
        assert numbers(await gathered(journal.read(MEETING, 100))) == list(
            range(101, MANY + 1)
        )

    async def test_reading_ends_where_the_history_ended_when_it_began(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal, MANY)
        reading = journal.read(MEETING, 0)
        seen = [await anext(reading)]
        more = chain(1, after=kept[-1])
        assert await journal.append(MEETING, head_of(kept), more) == Done(head_of(more))
        seen += await gathered(reading)
        assert seen == kept

    async def test_meetings_do_not_see_each_other(self, journal: Journal) -> None:
        ours = await begun(journal, 3, MEETING)
        theirs = await begun(journal, 2, OTHER)
        assert await stored(journal, MEETING) == ours
        assert await stored(journal, OTHER) == theirs
        assert [each.meeting for each in await journal.meetings()] == [OTHER, MEETING]
        assert await heads(journal) == {MEETING: head_of(ours), OTHER: head_of(theirs)}

    async def test_one_call_that_loses_does_not_hold_up_the_others(
        self, journal: Journal
    ) -> None:
        ours = await begun(journal, 2, MEETING)
        theirs = await begun(journal, 1, OTHER)
        stale = head_of(ours[:1])
        answers = await asyncio.gather(
            journal.append(MEETING, stale, chain(2, after=stale, said="late")),
            journal.append(
                OTHER, head_of(theirs), chain(2, meeting=OTHER, after=theirs[-1])
            ),
        )
        assert answers[0] == Conflict(head_of(ours))
        assert isinstance(answers[1], Done)
        assert await stored(journal, MEETING) == ours
        assert numbers(await stored(journal, OTHER)) == [1, 2, 3]

    async def test_a_follower_gets_the_past_and_then_what_is_appended(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal, 2)
        following = journal.follow(MEETING, 0)
        seen = [await anext(following), await anext(following)]
        waiting = asyncio.ensure_future(anext(following))
        await asyncio.sleep(0.02)
        assert not waiting.done()
        more = chain(2, after=kept[-1])
        await journal.append(MEETING, head_of(kept), more)
        seen += [await asyncio.wait_for(waiting, 2), await anext(following)]
        assert seen == kept + more

    async def test_a_follower_from_the_middle_gets_nothing_older(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal, 3)
        seen = asyncio.create_task(first_of(journal, MEETING, after=2, many=3))
        more = chain(2, after=kept[-1])
        await journal.append(MEETING, head_of(kept), more)
        assert await asyncio.wait_for(seen, 2) == kept[2:] + more

    async def test_a_follower_may_be_there_before_the_meeting(
        self, journal: Journal
    ) -> None:
        seen = asyncio.create_task(first_of(journal, MEETING, after=0, many=1))
        await asyncio.sleep(0.02)
        assert await begun(journal) == await asyncio.wait_for(seen, 2)

    async def test_a_follower_sleeps_through_other_meetings(
        self, journal: Journal
    ) -> None:
        await begun(journal, 1, MEETING)
        seen = asyncio.create_task(first_of(journal, MEETING, after=1, many=1))
        await begun(journal, 3, OTHER)
        await asyncio.sleep(0.02)
        assert not seen.done()
        seen.cancel()

    async def test_many_followers_see_every_commit_of_a_burst_once(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal)
        seen = [
            asyncio.create_task(first_of(journal, MEETING, after=0, many=41))
            for _ in range(5)
        ]
        for _ in range(40):
            more = chain(1, after=kept[-1])
            await journal.append(MEETING, head_of(kept), more)
            kept += more
        assert await asyncio.wait_for(asyncio.gather(*seen), 5) == [kept] * 5

    async def test_an_append_whose_caller_gave_up_is_followed_all_the_same(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal)
        seen = asyncio.create_task(first_of(journal, MEETING, after=1, many=1))
        await asyncio.sleep(0.02)
        more = chain(1, after=kept[-1])
        call = asyncio.create_task(journal.append(MEETING, head_of(kept), more))
        await asyncio.sleep(0)
        call.cancel()
        assert await asyncio.wait_for(seen, 2) == more

    async def test_a_follower_ends_when_the_journal_is_closed(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal, 2)
        seen = asyncio.create_task(gathered(journal.follow(MEETING, 0)))
        await asyncio.sleep(0.02)
        await journal.close()
        assert await asyncio.wait_for(seen, 2) == kept

    async def test_what_is_forgotten_is_gone_and_the_chain_holds(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal, 5)
        other = await begun(journal, 2, OTHER)
        assert await journal.forget(MEETING, 3) == 3
        gone = [replace(c, personal=None, personal_salt=None) for c in kept[:3]]
        assert await stored(journal) == gone + kept[3:]
        assert await stored(journal, OTHER) == other
        assert (await heads(journal))[MEETING] == head_of(kept)

    async def test_what_is_forgotten_already_is_not_counted_again(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal, 4)
        assert await journal.forget(MEETING, 2) == 2
        assert await journal.forget(MEETING, 2) == 0
        assert await journal.forget(MEETING, 99) == 2
        assert [each.personal for each in await stored(journal)] == [None] * 4
        more = chain(1, after=kept[-1])
        assert await journal.append(MEETING, head_of(kept), more) == Done(head_of(more))
        assert (await stored(journal))[-1] == more[0]

    async def test_nothing_can_be_forgotten_of_a_meeting_that_is_not_there(
        self, journal: Journal
    ) -> None:
        await begun(journal)
        with pytest.raises(KeyError):
            await journal.forget(OTHER, 1)
        assert (await stored(journal))[0].personal is not None

    async def test_nobody_has_been_alive_before_the_first_stamp(
        self, journal: Journal
    ) -> None:
        await begun(journal)
        assert [each.alive_at for each in await journal.meetings()] == [None]

    async def test_a_stamp_is_of_one_meeting_and_the_last_one_counts(
        self, journal: Journal
    ) -> None:
        await begun(journal, 1, MEETING)
        await begun(journal, 1, OTHER)
        await journal.alive([MEETING], Instant(1_000))
        await journal.alive([MEETING], Instant(2_000))
        stamps = {each.meeting: each.alive_at for each in await journal.meetings()}
        assert stamps == {MEETING: 2_000, OTHER: None}

    async def test_one_stamp_can_be_of_several_meetings(self, journal: Journal) -> None:
        await begun(journal, 1, MEETING)
        await begun(journal, 1, OTHER)
        await journal.alive([MEETING, OTHER], Instant(1_000))
        assert [each.alive_at for each in await journal.meetings()] == [1_000, 1_000]

    async def test_one_meeting_can_be_looked_up(self, journal: Journal) -> None:
        await begun(journal, 2, MEETING)
        assert await journal.stored(OTHER) is None
        await begun(journal, 1, OTHER)
        await journal.alive([OTHER], Instant(1_000))
        everything = {each.meeting: each for each in await journal.meetings()}
        for meeting in (MEETING, OTHER):
            assert await journal.stored(meeting) == everything[meeting]

    async def test_a_stamp_does_not_make_a_meeting(self, journal: Journal) -> None:
        await journal.alive([MEETING], Instant(1_000))
        assert await journal.meetings() == []
        await begun(journal)
        assert [each.alive_at for each in await journal.meetings()] == [None]

    async def test_a_new_epoch_keeps_the_history_and_outdates_old_heads(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal, 2)
        await journal.new_epoch(MEETING, "e2")
        new = head_of(kept, "e2")
        assert await heads(journal) == {MEETING: new}
        assert await stored(journal) == kept
        more = chain(1, after=kept[-1])
        assert await journal.append(MEETING, head_of(kept), more) == Conflict(new)
        assert await journal.append(MEETING, new, more) == Done(head_of(more, "e2"))

    async def test_there_is_no_new_epoch_for_a_meeting_that_is_not_there(
        self, journal: Journal
    ) -> None:
        with pytest.raises(KeyError):
            await journal.new_epoch(MEETING, "e2")
        assert await journal.meetings() == []

    async def test_a_closed_journal_refuses_as_one_that_is_gone_for_good(
        self, journal: Journal
    ) -> None:
        kept = await begun(journal)
        await journal.close()
        await journal.close()
        answer = await journal.append(MEETING, head_of(kept), chain(1, after=kept[-1]))
        assert isinstance(answer, Unknown)
        assert answer.fatal
        for call in (journal.meetings(), journal.forget(MEETING, 1)):
            with pytest.raises(Unavailable) as refused:
                await call
            assert refused.value.why.fatal


async def first_of(
    journal: Journal, meeting: MeetingId, *, after: int, many: int
) -> list[Commit]:
    """The first *many* commits that a follower after *after* gets."""
    seen: list[Commit] = []
    async for commit in journal.follow(meeting, after):
        seen.append(commit)
        if len(seen) == many:
            break
    return seen
