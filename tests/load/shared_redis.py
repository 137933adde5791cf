"""The Redis that servers share while they are measured, and what it did."""

import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from load.processes import SERVER_CORE, cores, scheduled_ns
from support.redis_servers import HOST, RedisServer

TOTALS = "stats"
ASKED_BYTES = len(f"INFO {TOTALS}\r\n")


class SharedRedis:
    """One that writes every change to its disk before it answers."""

    def __init__(self, server: RedisServer) -> None:
        self.address = server.address
        self._line = socket.create_connection((HOST, server.port), timeout=30)
        self._file = self._line.makefile("rb")
        about = self._info("server")[0]
        self._pid = int(about["process_id"])
        self.version = f"{about['server_name']} {about['valkey_version']}"
        # each of its threads: a core is given to a thread
        for task in Path(f"/proc/{self._pid}/task").iterdir():
            os.sched_setaffinity(int(task.name), {SERVER_CORE % cores()})

    def close(self) -> None:
        """Ask nothing more."""
        self._file.close()
        self._line.close()

    def cpu_ns(self) -> int:
        """How long all its threads have run."""
        return scheduled_ns(self._pid, 0)

    def totals(self) -> tuple[dict[str, int], int]:
        """Bytes out and in and commands since it began; what it says of it is counted
        only later, and has so many bytes."""
        found, size = self._info(TOTALS)
        names = {
            "out": "total_net_output_bytes",
            "in": "total_net_input_bytes",
            "commands": "total_commands_processed",
        }
        return {short: int(found[name]) for short, name in names.items()}, size

    def _info(self, section: str) -> tuple[dict[str, str], int]:
        self._line.sendall(f"INFO {section}\r\n".encode())
        head = self._file.readline()
        body = self._file.read(int(head[1:]) + 2)
        pairs = (line.partition(":") for line in body.decode().splitlines())
        found = {name: value for name, sign, value in pairs if sign}
        return found, len(head) + len(body)


@contextlib.contextmanager
def shared_redis(folder: Path) -> Iterator[SharedRedis]:
    """One that is killed afterwards whatever happens."""
    with RedisServer(folder) as server:
        redis = SharedRedis(server)
        try:
            yield redis
        finally:
            redis.close()
