"""The proxy of the demo: whoever is there gets people, whoever is not gets none."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from demo_cluster.proxy import Proxy

HOST = "127.0.0.1"


class Echo:
    """Says its name, then everything back."""

    def __init__(self, name: str) -> None:
        self.name = name.encode()
        self.host, self.port = HOST, 0
        self.answers = True
        self._listener: asyncio.Server | None = None
        self._lines: list[asyncio.StreamWriter] = []

    async def start(self) -> None:
        """Listen, the second time where it did the first."""
        self._listener = await asyncio.start_server(self._serve, HOST, self.port)
        self.port = self._listener.sockets[0].getsockname()[1]

    def kill(self) -> None:
        """As a process that is gone."""
        assert self._listener is not None
        self._listener.close()
        for line in self._lines:
            line.transport.abort()

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._lines.append(writer)
        writer.write(self.name)
        while piece := await reader.read(100):
            writer.write(piece)
        writer.close()


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def proxied(many: int = 3) -> AsyncIterator[tuple[Proxy, list[Echo]]]:
    """So many servers behind one address."""
    servers = [Echo(name) for name in "abc"[:many]]
    for server in servers:
        await server.start()
    proxy = Proxy(HOST, 0, servers)
    await proxy.start()
    try:
        yield proxy, servers
    finally:
        await proxy.end()
        for server in servers:
            server.kill()


async def come(proxy: Proxy) -> tuple[str, Line]:
    """A new connection: who has it, empty for nobody."""
    reader, writer = await asyncio.open_connection(HOST, proxy.port)
    try:
        name = await asyncio.wait_for(reader.read(1), 5)
    except ConnectionResetError:
        name = b""
    return name.decode(), (reader, writer)


async def test_each_gets_as_many_as_the_others() -> None:
    async with proxied() as (proxy, _):
        names = [(await come(proxy))[0] for _ in range(9)]
        assert sorted(names) == list("aaabbbccc")


async def test_the_one_with_the_fewest_gets_the_next() -> None:
    async with proxied() as (proxy, _):
        came = [await come(proxy) for _ in range(6)]
        for name, (_, writer) in came:
            if name == "b":
                writer.close()
        await asyncio.sleep(0.05)
        assert {(await come(proxy))[0] for _ in range(2)} == {"b"}


async def test_one_that_is_gone_is_passed_over_and_its_people_are_told() -> None:
    async with proxied() as (proxy, servers):
        came = [await come(proxy) for _ in range(3)]
        servers[0].kill()
        (reader, _) = next(line for name, line in came if name == "a")
        with suppress(ConnectionResetError):
            assert await asyncio.wait_for(reader.read(), 5) == b""
        assert {(await come(proxy))[0] for _ in range(6)} == {"b", "c"}
        await servers[0].start()
        assert "a" in {(await come(proxy))[0] for _ in range(6)}


async def test_one_that_does_not_answer_gets_nobody_while_another_does() -> None:
    async with proxied(2) as (proxy, servers):
        servers[0].answers = False
        assert {(await come(proxy))[0] for _ in range(4)} == {"b"}
        servers[1].kill()
        assert (await come(proxy))[0] == "a"


async def test_with_nobody_there_the_line_is_cut_at_once() -> None:
    async with proxied(1) as (proxy, servers):
        servers[0].kill()
        assert (await come(proxy))[0] == ""


async def test_both_ways_are_carried_up_to_the_end() -> None:
    async with proxied(1) as (proxy, _):
        name, (reader, writer) = await come(proxy)
        sent = bytes(range(256)) * 1000
        writer.write(sent)
        writer.write_eof()
        assert (name, await asyncio.wait_for(reader.read(), 5)) == ("a", sent)
