"""Real proxies with the shipped files, in front of real servers.

A shipped file is taken as it stands but for what is another machine's: addresses,
ports, and where the certificate lies. Each replacement must be there to be replaced.
"""

import asyncio
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import socketio

from rostra.protocol.messages import PROTOCOL

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "config/deploy"
NAME = "floor.example.org"
START_S = 20
NGINX_SHELL = """\
daemon off;
user root;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/rostra.conf;
}}
"""


def program(name: str, package: str) -> str:
    """The path of *name*; installed from *package* where it is missing and we may."""
    path = os.pathsep.join([os.environ["PATH"], "/usr/sbin"])
    found = shutil.which(name, path=path)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends"]
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], [*install, package]):
            subprocess.run(command, env=env, check=False, stdout=subprocess.DEVNULL)
        found = shutil.which(name, path=path)
    if found is None:
        pytest.fail(f"{name} is needed for this: apt-get install {package}")
    return found


def certificate(folder: Path) -> None:
    """One of our own for :data:`NAME`, as the files of nginx and HAProxy want it."""
    made = ("-keyout", "privkey.pem", "-out", "fullchain.pem", "-days", "2")
    subject = ("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}")
    subprocess.run(
        [
            program("openssl", "openssl"),
            *("req", "-x509", "-newkey", "rsa:2048", "-nodes"),
            *(*made, *subject),
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    both = [(folder / name).read_text() for name in ("fullchain.pem", "privkey.pem")]
    (folder / "rostra.pem").write_text("".join(both))


def adapted(file: str, changes: Mapping[str, str]) -> str:
    """The shipped *file* with these *changes*, each of which must be one."""
    text = (DEPLOY / file).read_text()
    for old, new in changes.items():
        assert old in text, f"{file} has no {old!r} any more"
        text = text.replace(old, new)
    return text


@contextmanager
def nginx(
    folder: Path, file: str, servers: Mapping[str, int], tls: int, plain: int
) -> Iterator[None]:
    """nginx with the shipped *file*; *servers* are the ports for its addresses."""
    changes = {address: f"127.0.0.1:{port}" for address, port in servers.items()}
    changes |= {
        "listen 443": f"listen 127.0.0.1:{tls}",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "listen [::]:443": f"listen [::1]:{tls}",
        "listen [::]:80": f"listen [::1]:{plain}",
        "/etc/ssl/rostra": str(folder),
    }
    (folder / "rostra.conf").write_text(adapted(file, changes))
    (folder / "nginx.conf").write_text(NGINX_SHELL.format(folder=folder))
    run = [program("nginx", "nginx-light"), "-p", str(folder)]
    run += ["-c", str(folder / "nginx.conf")]
    subprocess.run([*run, "-t"], check=True, capture_output=True)
    with running(run, folder / "nginx.log", lambda: listens(tls)):
        yield


@contextmanager
def haproxy(
    folder: Path, file: str, servers: Mapping[str, int], tls: int, plain: int
) -> Iterator[None]:
    """HAProxy with the shipped *file*."""
    changes = {address: f"127.0.0.1:{port}" for address, port in servers.items()}
    changes |= {
        "bind :443": f"bind 127.0.0.1:{tls}",
        "bind :80": f"bind 127.0.0.1:{plain}",
        "/etc/ssl/rostra": str(folder),
        # not every machine of ours allows so many files
        "maxconn 20000": "maxconn 2000",
    }
    text = adapted(file, changes)
    run = [program("haproxy", "haproxy"), "-db", "-f", str(folder / "haproxy.cfg")]
    if os.geteuid() != 0:
        text = text.replace("    user haproxy\n    group haproxy\n", "")
    (folder / "haproxy.cfg").write_text(text)
    subprocess.run([*run, "-c"], check=True, capture_output=True)
    with running(run, folder / "haproxy.log", lambda: listens(tls)):
        yield


@contextmanager
def running(run: list[str], log: Path, ready: Callable[[], bool]) -> Iterator[None]:
    """A process that ends with the block; it starts once it is *ready*."""
    with log.open("w") as out:
        process = subprocess.Popen(run, stdout=out, stderr=out)
    try:
        deadline = time.monotonic() + START_S
        while not ready():
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"{run[0]} does not start: {log.read_text()[-3000:]}")
            time.sleep(0.05)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=15)


def listens(port: int) -> bool:
    """Whether somebody accepts connections there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Here(aiohttp.abc.AbstractResolver):
    """Every name is this machine."""

    async def resolve(
        self, host: str, port: int = 0, family: int = socket.AF_INET
    ) -> list[aiohttp.abc.ResolveResult]:
        """Loopback."""
        return [
            {
                "hostname": host,
                "host": "127.0.0.1",
                "port": port,
                "family": socket.AF_INET,
                "proto": 0,
                "flags": socket.AI_NUMERICHOST,
            }
        ]

    async def close(self) -> None:
        """Nothing to close."""


class Front:
    """What people see of a proxy: its address, and links of a meeting behind it."""

    def __init__(
        self, folder: Path, tls: int, plain: int, meeting: str, links: dict[str, str]
    ) -> None:
        self.tls, self.plain = tls, plain
        self.base = f"https://{NAME}:{tls}"
        self.meeting = meeting
        self.api = f"{self.base}/api/v1/meetings/{meeting}"
        self._links = links
        self._context = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))

    def session(self, who: str = "") -> aiohttp.ClientSession:
        """One who finds the made-up name here, trusts its key, and holds a link."""
        headers = {"Authorization": f"Bearer {self.token(who)}"} if who else {}
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=Here(), ssl=self._context),
            headers=headers,
        )

    def token(self, who: str) -> str:
        """Of a role, or of a delegation by its code."""
        return self._links[who].partition("#")[2]

    def delegations(self) -> list[str]:
        """Those that have links, by code."""
        return [name for name in self._links if name.isupper()]

    def raw(self, request: str) -> bytes:
        """All that comes back for these bytes within two seconds."""
        parts = []
        with (
            socket.create_connection(("127.0.0.1", self.tls), 5) as bare,
            self._context.wrap_socket(bare, server_hostname=NAME) as line,
        ):
            line.sendall(request.encode())
            line.settimeout(2)
            with suppress(OSError):
                while part := line.recv(65_536):
                    parts.append(part)
        return b"".join(parts)


class Person:
    """Somebody with a screen open, who comes back by themselves as a browser does.

    ``modes`` are those of the welcomes, ``seq`` is what was told last, ``gaps`` counts
    changes that did not go on from there.
    """

    def __init__(self, front: Front, who: str) -> None:
        self.modes: list[str] = []
        self.heard: list[str] = []
        self.seq = 0
        self.gaps = 0
        self._front = front
        self._who = who
        self._place: dict[str, Any] = {}
        self._task: asyncio.Task[None] | None = None
        self._gone = asyncio.Event()

    async def __aenter__(self) -> "Person":
        self._task = asyncio.create_task(self._stay())
        await until(lambda: bool(self.modes))
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _stay(self) -> None:
        while True:
            self._gone.clear()
            async with self._front.session() as http:
                client = socketio.AsyncClient(reconnection=False, http_session=http)
                client.on("*", self._told, namespace="/meeting")
                client.on("disconnect", self._left, namespace="/meeting")
                auth = {"protocol": PROTOCOL, "token": self._front.token(self._who)}
                if self._place:
                    auth["resume"] = self._place
                with suppress(socketio.exceptions.ConnectionError):
                    await client.connect(
                        self._front.base,
                        namespaces=["/meeting"],
                        transports=["websocket"],
                        auth=auth,
                    )
                    try:
                        await self._gone.wait()
                    finally:
                        await client.disconnect()
            await asyncio.sleep(0.3)

    async def _told(self, event: str, frame: Any) -> None:
        self.heard.append(event)
        if event == "welcome":
            self.modes.append(frame["mode"])
        elif event in ("delta", "beat"):
            self.gaps += self.seq not in (frame["from"], frame["seq"])
        if event in ("welcome", "delta", "beat"):
            self.seq = frame["seq"]
            epoch = frame.get("epoch") or self._place["epoch"]
            self._place = {"epoch": epoch, "seq": self.seq, "chain": frame["chain"]}

    async def _left(self, *_: object) -> None:
        self._gone.set()


async def until(there: Callable[[], bool], within_s: float = 30) -> None:
    """Wait for it."""
    async with asyncio.timeout(within_s):
        while not there():
            await asyncio.sleep(0.05)
