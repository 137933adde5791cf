"""A client that polls: the outlet of its session keeps what is written until it is
asked for.

Between two polls the client is left to catch up, so that what waits is one merged
delta however long it stays away; it counts as present until it has stayed away for
too long.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from rostra.protocol.messages import Bye
from rostra.web import frames
from rostra.web.event_stream import place_of
from rostra.web.frames import Frame
from rostra.web.session import Session, Told
from rostra.web.settings import Limits

#: What comes within so short a time of each other goes out in one answer.
GATHER_S: Final = 0.02
#: Whether the asker is still there is looked at so often.
LOOK_S: Final = 2.0
#: One who is written so much before the answer is made is left to catch up.
FULL: Final = 64


class Mailbox:
    """One polling client. ``answers`` is how many of its polls were answered."""

    #: There is no descriptor to write to.
    raw = -1

    def __init__(self, limits: Limits, *, answers: int = 0, once: bool = False) -> None:
        #: Whether a poll waits that takes what is written.
        self.clear = True
        self.session: Session | None = None
        self.answers = answers
        self.over = False
        self._limits = limits
        self._once = once
        self._loop = asyncio.get_running_loop()
        self._letters: list[Frame] = []
        self._news = asyncio.Event()
        self._turn: object = None
        #: When, by the loop; the next answer keeps its distance.
        self.answered = -limits.poll_gap_s
        self._away: asyncio.TimerHandle | None = None
        self._left: Callable[[], None] = lambda: None

    def begin(
        self, session: Session, left: Callable[[], None], told: Told | None = None
    ) -> None:
        """Let *session* write into it. *left* is called when its client is gone. One
        that was *told* so much elsewhere goes on from there.
        """
        self.session, self._left = session, left
        session.begin(told=told)

    # What its session does

    def write(self, *messages: Frame) -> None:
        """Keep *messages* after everything written before."""
        if self.over:
            return
        # who comes for one answer does not stay to see others come and go
        self._letters += [m for m in messages if not self._once or m.name != "here"]
        self._news.set()
        if len(self._letters) > FULL:
            self._hold()

    def rest(self, data: bytes) -> None:
        """Never called: there is no descriptor."""

    def goodbye(self, bye: Bye) -> None:
        """Say *bye*, to this poll or to the next."""
        self.write(frames.event("bye", bye))
        self.over = True

    def abort(self) -> None:
        """Let go of it at once."""
        self.leave()

    # What its client does

    def heard(self) -> None:
        """Its client has said that it is there."""
        if self._away is not None:
            self._stay_away()

    async def take(self, wait_s: float, there: Callable[[], bool]) -> list[Frame]:
        """What is kept or comes within *wait_s*, while the asker is *there*. Nothing
        is taken by a poll in whose place another came.
        """
        turn = self._turn = object()
        self._news.set()
        self._come()
        until = self._loop.time() + wait_s
        try:
            while turn is self._turn and there() and not self._worth_it():
                left = min(until - self._loop.time(), LOOK_S)
                if left <= 0:
                    break
                self._news.clear()
                try:
                    async with asyncio.timeout(left):
                        await self._news.wait()
                except TimeoutError:
                    pass
            gap = self.answered + self._limits.poll_gap_s - self._loop.time()
            if self._letters and not self.over:
                await asyncio.sleep(max(GATHER_S, gap))
            return self._open() if turn is self._turn and there() else []
        finally:
            if turn is self._turn:
                self._hold()
                self._stay_away()

    def leave(self) -> None:
        """Its client is gone."""
        self.over = True
        self._turn = None
        self._news.set()
        if self._away is not None:
            self._away.cancel()
            self._away = None
        if self.session is not None:
            self.session.gone()
        self._left()

    def _worth_it(self) -> bool:
        """Whether an answer is due. That it may go on is no news to one who said so."""
        if not self._once:
            return bool(self._letters)
        return any(
            each.name != "welcome" or _begins_anew(each) for each in self._letters
        )

    def _open(self) -> list[Frame]:
        letters, self._letters = self._letters, []
        self.answers += 1
        self.answered = self._loop.time()
        return letters

    def _come(self) -> None:
        if self._away is not None:
            self._away.cancel()
            self._away = None
        if not self.clear and not self.over and self.session is not None:
            self.clear = True
            self.session.drained()

    def _hold(self) -> None:
        if self.clear and self.session is not None:
            self.clear = False
            self.session.held()

    def _stay_away(self) -> None:
        if self._away is not None:
            self._away.cancel()
        self._away = self._loop.call_later(self._limits.linger_s, self.leave)


def _begins_anew(welcome: Frame) -> bool:
    place = place_of(welcome)
    return place is not None and place.mode == "snapshot"
