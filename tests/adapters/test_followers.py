"""Followers wait for news and do not poll."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.chains import MEETING, chain
from rostra.adapters.followers import Followers
from rostra.core.ids import MeetingId
from rostra.engine.ports import Unavailable, Unknown
from rostra.protocol.commit import Commit


class Source:
    """What a journal has, and how often it was asked."""

    def __init__(self) -> None:
        self.commits = chain(2)
        self.asked = 0
        self.broken = False

    async def read(self, meeting: MeetingId, after_seq: int) -> AsyncIterator[Commit]:
        """As a journal's."""
        self.asked += 1
        if self.broken:
            raise Unavailable(Unknown("broken", fatal=True))
        for commit in self.commits[after_seq:]:
            yield commit


async def test_one_who_waits_reads_once_for_each_news_and_never_between() -> None:
    source, followers = Source(), Followers()
    following = followers.follow(source.read, MEETING, 0)
    assert [await anext(following), await anext(following)] == source.commits
    waiting = asyncio.ensure_future(anext(following))
    await asyncio.sleep(0.05)
    assert source.asked == 1
    followers.wake(MEETING)
    await asyncio.sleep(0.05)
    assert source.asked == 2
    source.commits += chain(1, after=source.commits[-1])
    followers.wake(MEETING)
    assert await waiting == source.commits[2]
    assert source.asked == 3


async def test_a_failure_reaches_the_one_who_follows() -> None:
    source, followers = Source(), Followers()
    source.broken = True
    with pytest.raises(Unavailable):
        await anext(followers.follow(source.read, MEETING, 0))


async def test_at_the_end_a_refusal_is_only_the_end() -> None:
    source, followers = Source(), Followers()
    following = followers.follow(source.read, MEETING, 2)
    waiting = asyncio.ensure_future(anext(following, None))
    await asyncio.sleep(0.01)
    source.broken = True
    followers.end()
    assert await waiting is None
