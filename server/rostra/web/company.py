"""Once a second this server tells the others who is here, and hears who is there."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping

from rostra.core.ids import MeetingId
from rostra.engine.ports import Peer, Peers, Unavailable
from rostra.web.elsewhere import Elsewhere

log = logging.getLogger(__name__)

Heard = Mapping[MeetingId, Mapping[str, Peer]]


class Company:
    """All meetings of this server, told and heard in one exchange."""

    def __init__(
        self, peers: Peers, meetings: Callable[[], Mapping[MeetingId, Elsewhere]]
    ) -> None:
        self.peers = peers
        self._meetings = meetings
        self._trouble = False

    async def keep(self, every_s: float) -> None:
        """Go on until cancelled."""
        while True:
            await asyncio.sleep(every_s)
            try:
                await self.exchange()
            except Exception:
                log.exception("who is here could not be exchanged")

    async def exchange(self) -> None:
        """Tell and hear once. Trouble is passed over: what was heard stands."""
        meetings = self._meetings()
        said = {
            meeting: word
            for meeting, elsewhere in meetings.items()
            if (word := elsewhere.say()) is not None
        }
        heard = await self._asked(said) if said else {}
        for meeting in said:
            if meeting in heard:
                meetings[meeting].heard(heard[meeting])
            else:
                meetings[meeting].missed()

    async def leave(self) -> None:
        """This server stops: its people are everybody else's from now on."""
        said = {
            meeting: elsewhere.farewell()
            for meeting, elsewhere in self._meetings().items()
            if elsewhere.say() is not None
        }
        with contextlib.suppress(Unavailable):
            if said:
                await self.peers.exchange(said)

    async def _asked(self, said: Mapping[MeetingId, bytes]) -> Heard:
        try:
            heard = await self.peers.exchange(said)
        except Unavailable as error:
            if not self._trouble:
                log.warning("other servers are not heard of for now: %s", error)
            self._trouble = True
            return {}
        if self._trouble:
            log.warning("other servers are heard of again")
        self._trouble = False
        return heard
