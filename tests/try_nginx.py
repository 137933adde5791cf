"""Tries config/deploy/nginx.conf: Rostra behind nginx with HTTPS, as README says it.

Run by hand where nginx and openssl are installed: .venv/bin/python tests/try_nginx.py.
It takes the shipped file as it is, but for ports and certificate. It checks that pages,
API, sockets and redirect work, that a socket on which the client says nothing lives
longer than proxies usually allow, that foreign host names are refused, and that nothing
but a socket is upgraded. Exit code 0 when all is well.
"""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import socketio

from rostra.protocol.messages import PROTOCOL

ROOT = Path(__file__).resolve().parents[1]
CONF = ROOT / "config/deploy/nginx.conf"
ROSTRA = Path(sys.executable).with_name("rostra")
NAME = "floor.example.org"
SILENT_S = 80
SHELL = """\
daemon off;
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


def main() -> int:
    """Start both, try everything, stop both."""
    with tempfile.TemporaryDirectory(prefix="rostra-nginx-") as name:
        folder = Path(name)
        os.chmod(folder, 0o755)
        ports = (free_port(), free_port(), free_port())
        write_configuration(folder, *ports)
        with rostra(folder, ports[0], ports[1]) as links, nginx(folder, ports[1]):
            asyncio.run(Trial(folder, links, *ports).run())
    print("nginx: all is well")
    return 0


def write_configuration(folder: Path, inner: int, tls: int, plain: int) -> None:
    """The shipped file with this machine's ports, and a certificate of its own."""
    text = CONF.read_text()
    for old, new in {
        "127.0.0.1:8080": f"127.0.0.1:{inner}",
        "listen 443": f"listen 127.0.0.1:{tls}",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "listen [::]:443": f"listen [::1]:{tls}",
        "listen [::]:80": f"listen [::1]:{plain}",
        "/etc/ssl/rostra": str(folder),
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    (folder / "rostra.conf").write_text(text)
    (folder / "nginx.conf").write_text(SHELL.format(folder=folder))
    certificate = ("-keyout", "privkey.pem", "-out", "fullchain.pem", "-days", "2")
    subject = ("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}")
    kind = ("req", "-x509", "-newkey", "rsa:2048", "-nodes")
    subprocess.run(
        ["openssl", *kind, *certificate, *subject],
        cwd=folder,
        check=True,
        capture_output=True,
    )


@contextlib.contextmanager
def rostra(folder: Path, port: int, tls: int) -> Iterator[dict[str, Any]]:
    """A demo that believes it is reached by https; its links."""
    environ = {
        **os.environ,
        "ROSTRA_BASE": f"https://{NAME}:{tls}",
        "ROSTRA_TRUSTED_PROXIES": "127.0.0.1,::1",
    }
    file = folder / "links.json"
    args = ["demo", "--port", str(port), "--links", str(file)]
    with running([str(ROSTRA), *args], folder / "rostra.log", environ):
        yield json.loads(until(file.exists, file.read_text))


@contextlib.contextmanager
def nginx(folder: Path, port: int) -> Iterator[None]:
    """nginx with our file; its syntax is checked first."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t"], check=True)
    with running(command, folder / "nginx.log", dict(os.environ)):
        until(lambda: listens(port), bool)
        yield


@contextlib.contextmanager
def running(command: list[str], log: Path, environ: dict[str, str]) -> Iterator[None]:
    """A process that ends with the block."""
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=environ)
    try:
        yield
    except BaseException:
        print(log.read_text()[-3000:], file=sys.stderr)
        raise
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=15)


class Trial:
    """Everything that is tried, against one pair of servers."""

    def __init__(
        self, folder: Path, links: dict[str, Any], inner: int, tls: int, plain: int
    ) -> None:
        self.folder = folder
        self.links = links
        self.inner, self.tls, self.plain = inner, tls, plain
        self.base = f"https://{NAME}:{tls}"
        self.context = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))

    def session(self) -> aiohttp.ClientSession:
        """A client that finds the made-up name on this machine and trusts its key."""
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=Here(), ssl=self.context)
        )

    async def run(self) -> None:
        """One after the other, so that the first failure is the one that is seen."""
        await self.pages()
        await self.sockets()
        self.smuggling()

    async def pages(self) -> None:
        """Pages and the API answer, HTTP redirects, metrics stay inside."""
        token = self.links["moderator"].partition("#")[2]
        async with self.session() as http:
            plain = await http.get(
                f"http://{NAME}:{self.plain}/join", allow_redirects=False
            )
            assert plain.status == 301, plain.status
            assert plain.headers["Location"] == f"https://{NAME}/join"
            assert (await http.get(f"{self.base}/readyz")).status == 200
            assert (await http.get(f"{self.base}/metrics")).status == 404
            url = f"{self.base}/api/v1/meetings/{self.links['meeting']}"
            assert (await http.get(url)).status == 401
            bearer = {"Authorization": f"Bearer {token}"}
            assert (await http.get(url, headers=bearer)).status == 200
            forged = {"Host": "evil.example"}
            assert (await http.get(f"{self.base}/", headers=forged)).status == 421
        print("pages, redirect, API, host names: well")

    async def sockets(self) -> None:
        """A socket is welcomed, hears deltas, and lives through a long silence."""
        heard: list[str] = []
        async with self.session() as http:
            client = socketio.AsyncClient(reconnection=False, http_session=http)
            for event in ("welcome", "delta", "beat"):
                client.on(
                    event,
                    lambda data, event=event: heard.append(event),
                    namespace="/meeting",
                )
            token = self.links["viewer"].partition("#")[2]
            await client.connect(
                self.base,
                namespaces=["/meeting"],
                transports=["websocket"],
                auth={"protocol": PROTOCOL, "token": token},
            )
            await asyncio.sleep(SILENT_S)
            answer = await client.call("time", {}, namespace="/meeting", timeout=5)
            assert answer["now"] > 0
            await client.disconnect()
        assert heard[0] == "welcome", heard[:3]
        assert heard.count("delta") > 3, heard
        assert heard.count("beat") > SILENT_S / 5 - 3, heard
        print(f"a socket for {SILENT_S} s, {len(heard)} events: well")

    def smuggling(self) -> None:
        """An upgrade that is none must not open a tunnel to the pages behind."""
        inside = f"GET /metrics HTTP/1.1\r\nHost: {NAME}\r\n\r\n"
        for path in ("/socket.io/?EIO=4&transport=websocket", "/", "/api/v1/x"):
            for protocol in ("websocket", "h2c"):
                raw = self.raw(path, protocol, inside)
                assert b"rostra_clients" not in raw, (path, protocol, raw[:400])
                assert b" 101 " not in raw.split(b"\r\n")[0], (path, protocol)
        print("upgrades that are none, with a request behind: well")

    def raw(self, path: str, protocol: str, inside: str) -> bytes:
        """All that comes back for a broken upgrade and what is sent after it."""
        head = (
            f"GET {path} HTTP/1.1\r\nHost: {NAME}:{self.tls}\r\n"
            f"Connection: Upgrade\r\nUpgrade: {protocol}\r\n"
            "Sec-WebSocket-Version: 777\r\n"
            f"X-Forwarded-For: 6.6.6.6\r\n\r\n{inside}"
        )
        with (
            socket.create_connection(("127.0.0.1", self.tls), 5) as bare,
            self.context.wrap_socket(bare, server_hostname=NAME) as line,
        ):
            line.sendall(head.encode())
            return read_all(line)


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


def read_all(line: ssl.SSLSocket) -> bytes:
    """What comes within two seconds."""
    line.settimeout(2)
    parts = []
    with contextlib.suppress(OSError):
        while part := line.recv(65_536):
            parts.append(part)
    return b"".join(parts)


def until(there: Callable[[], bool], then: Callable[[], Any]) -> Any:
    """What *then* gives once *there* says so; at most 20 s later."""
    deadline = time.monotonic() + 20
    while not there():
        if time.monotonic() > deadline:
            raise TimeoutError("not ready within 20 s")
        time.sleep(0.1)
    return then()


def listens(port: int) -> bool:
    """Whether somebody accepts connections there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
