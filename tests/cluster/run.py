"""One run: a meeting, ten devices on several servers, and afterwards every check."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from msgspec import Struct
from redis.asyncio import Redis

from cluster.clients import Client
from cluster.history import History
from cluster.kept import Findings, Kept, compare, kept_in
from cluster.linearizable import Verdict, check
from cluster.servers import DELEGATIONS, OPERATORS, Server, token
from cluster.traffic import Traffic, beginning
from rostra.core.meeting import Meeting

#: So long all screens may take to show the journal's end.
SETTLES_S = 15.0
FINGERS = 7


class Watched:
    """A meeting under traffic, with everybody's history."""

    def __init__(self, meeting: Meeting, servers: Sequence[Server]) -> None:
        self.meeting = meeting
        self.servers = servers
        self.history = History()
        self.clients: list[Client] = []
        self.traffic: Traffic

    def again_s(self, since: float) -> list[float]:
        """How long after *since* each device had an answer to what it sent after it.

        ``inf`` for one that had none.
        """
        found = []
        for client in self.clients:
            later = [at for sent, at in client.answered if sent > since]
            found.append(min(later) - since if later else float("inf"))
        return found

    async def all_served(self, since: float, within_s: float) -> float:
        """Wait until every device has an answer to what it sent after *since*."""
        until = time.monotonic() + within_s
        while max(self.again_s(since)) == float("inf"):
            self.traffic.failed()
            assert time.monotonic() < until, self.state_of_clients()
            await asyncio.sleep(0.02)
        return max(self.again_s(since))

    def state_of_clients(self) -> str:
        """For whoever wants to know why it does not go on."""
        return "\n".join(
            f"{c.name} at {c.base}, {c.stands}, {len(c._calls)} calls, "
            f"welcomed {c.welcomes[-3:]}"
            for c in self.clients
        )


class Checked(Struct, frozen=True):
    """What every check says."""

    kept: Kept
    findings: Findings
    verdict: Verdict
    #: Names of devices whose screen is not what a new one shows.
    divergent: tuple[str, ...]


@asynccontextmanager
async def watched(
    meeting: Meeting,
    servers: Sequence[Server],
    *,
    seed: int,
    fingers: int = FINGERS,
    pause_s: float = 1.0,
    at_most: int | None = None,
) -> AsyncIterator[Watched]:
    """Three operators and seven delegations, spread over *servers*, press buttons."""
    run = Watched(meeting, servers)
    async with AsyncExitStack() as stack:
        links: list[tuple[str, str | None]] = [(each, None) for each in OPERATORS]
        links += [(each.lower(), each) for each in DELEGATIONS]
        for n, (link, delegation) in enumerate(links):
            run.clients.append(
                await stack.enter_async_context(
                    device(
                        meeting,
                        servers,
                        run.history,
                        link=link,
                        delegation=delegation,
                        n=n,
                    )
                )
            )
        await everybody_in(run.clients)
        run.traffic = await stack.enter_async_context(
            Traffic(
                run.clients,
                run.history,
                seed=seed,
                fingers=fingers,
                pause_s=pause_s,
                at_most=at_most,
            )
        )
        yield run


def device(
    meeting: Meeting,
    servers: Sequence[Server],
    history: History,
    *,
    link: str,
    delegation: str | None,
    n: int = 0,
) -> Client:
    """The *n*-th device, first on the *n*-th server."""
    return Client(
        f"{link}-{n}",
        [each.base for each in servers],
        token(meeting, link),
        history,
        link=link,
        delegation=delegation,
        first=n,
    )


async def everybody_in(clients: Sequence[Client], within_s: float = 20) -> None:
    """Wait until all have been welcomed."""
    async with asyncio.timeout(within_s):
        while any(client.view is None for client in clients):
            await asyncio.sleep(0.02)


async def checked(
    run: Watched, redis: Redis, *, end_s: float = 30, lossy: bool = False
) -> Checked:
    """Let everything come to its end, and look at all of it."""
    await run.traffic.end(end_s)
    await _settled(run, redis)
    divergent = await _divergent(run)
    history = run.history.so_far()
    kept = await kept_in(redis, run.meeting.id)
    losses = tuple(
        range(lost["after"] + 1, lost["until"] + 1)
        for client in run.clients
        for lost in client.losses
    )
    if lossy:
        # what is gone is gone for the model too: nothing can be said
        verdict = Verdict(None, 0, "a part of the past was lost")
    else:
        verdict = check(history.calls, beginning(run.meeting))
    return Checked(kept, compare(history, kept, losses), verdict, divergent)


async def _settled(run: Watched, redis: Redis) -> None:
    """Wait until every device stands where the journal ends."""
    until = time.monotonic() + SETTLES_S
    while time.monotonic() < until:
        kept = await kept_in(redis, run.meeting.id)
        if all(client.stands == kept.head for client in run.clients):
            return
        await asyncio.sleep(0.1)


async def _divergent(run: Watched) -> tuple[str, ...]:
    """Compare each with a new device of the same link, on each server that serves."""
    wrong = []
    apart = History()
    serving = [server for server in run.servers if server.runs]
    async with AsyncExitStack() as stack:
        fresh: list[tuple[Client, Client]] = []
        for server in serving:
            for client in run.clients:
                one = device(
                    run.meeting,
                    [server],
                    apart,
                    link=client.link,
                    delegation=client.delegation,
                )
                fresh.append((client, await stack.enter_async_context(one)))
        await everybody_in([one for _, one in fresh])
        # a device that comes is no commit, and yet one may come of something else
        until = time.monotonic() + SETTLES_S
        while time.monotonic() < until:
            if all(one.stands == client.stands for client, one in fresh):
                break
            await asyncio.sleep(0.1)
        for client, one in fresh:
            if one.stands != client.stands or one.screen != client.screen:
                wrong.append(client.name)
    return tuple(dict.fromkeys(wrong))
