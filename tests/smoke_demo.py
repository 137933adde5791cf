"""Starts `make demo` as a newcomer would and watches the meeting come to life.

Run by `.ci/run` after `make setup`, with any Python and nothing installed for it. It
expects of the file that `--links` writes: JSON with `base`, `meeting` and, under
`moderator`, a link with its token in the fragment. Exit code 0 when all is well.
"""

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parents[1]
START_S = 60
FIRST_INTERVENTION_S = 60
STOP_S = 20
LOOK_AGAIN_S = 0.5

T = TypeVar("T")


class SmokeError(Exception):
    """The demo did not do what it promises."""


def main() -> int:
    """Run the demo once; its output is shown only when something went wrong."""
    with tempfile.TemporaryDirectory(prefix="rostra-smoke-") as name:
        folder = Path(name)
        output = folder / "output"
        try:
            with output.open("w") as out:
                watch(folder / "links.json", out.fileno())
        except (SmokeError, OSError) as error:
            print(output.read_text(errors="replace")[-8000:], file=sys.stderr)
            print(f"demo: {error}", file=sys.stderr)
            return 1
    print("demo: lives, and stops with exit code 0 at SIGINT")
    return 0


def watch(links_file: Path, out: int) -> None:
    """Start, look, stop; whatever happens, nothing is left running."""
    args = f"--port {free_port()} --links {shlex.quote(str(links_file))}"
    make = subprocess.Popen(
        ["make", "--no-print-directory", "demo", f"ARGS={args}"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=out,
        start_new_session=True,
    )
    try:
        links = until(lambda: read_links(links_file, make), START_S, "no links file")
        look_at(links)
        stop(make)
    finally:
        if make.poll() is None:
            os.killpg(make.pid, signal.SIGKILL)
            make.wait()


def read_links(file: Path, make: subprocess.Popen[bytes]) -> dict[str, Any] | None:
    """The links once they are written whole; an error if the demo ended instead."""
    if make.poll() is not None:
        raise SmokeError(f"ended at once with exit code {make.returncode}")
    try:
        links: dict[str, Any] = json.loads(file.read_text())
    except (FileNotFoundError, ValueError):
        return None
    return links


def look_at(links: dict[str, Any]) -> None:
    """The base page answers, and somebody begins to speak within a minute."""
    if missing := {"base", "meeting"} - links.keys():
        raise SmokeError(f"the links file lacks {sorted(missing)}")
    base = links["base"].rstrip("/")
    get(f"{base}/")
    path = f"{base}/api/v1/meetings/{links['meeting']}"
    token = moderator_token(links)
    until(
        lambda: any(started(json.loads(get(path, token)))) or None,
        FIRST_INTERVENTION_S,
        "nobody began to speak",
    )


def moderator_token(links: dict[str, Any]) -> str:
    """What stands after the # of the first link under the name `moderator`."""
    texts = (text for value in nested(links, "moderator") for text in strings(value))
    tokens = (text.partition("#")[2] for text in texts)
    token = next(filter(None, tokens), None)
    if token is None:
        raise SmokeError("the links file has no moderator's link with a token")
    return token


def started(meeting: Any) -> Iterator[bool]:
    """For each intervention, on the floor or over, whether it has begun."""
    for collection in ("floor", "interventions"):
        for entities in nested(meeting, collection):
            if isinstance(entities, dict):
                for entity in entities.values():
                    yield isinstance(entity, dict) and bool(entity.get("started_at"))


def stop(make: subprocess.Popen[bytes]) -> None:
    """Ctrl-C, given to the server alone: make itself would report an interrupt."""
    os.kill(server_of(make.pid), signal.SIGINT)
    try:
        code = make.wait(timeout=STOP_S)
    except subprocess.TimeoutExpired:
        raise SmokeError(f"still running {STOP_S} s after SIGINT") from None
    if code != 0:
        raise SmokeError(f"exit code {code} after SIGINT")


def server_of(pid: int) -> int:
    """The process under `pid` that is `rostra demo` (Linux: read from /proc)."""
    while b"bin/rostra\0" not in Path(f"/proc/{pid}/cmdline").read_bytes():
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if not children:
            raise SmokeError("make has started no `rostra demo`")
        pid = int(children[0])
    return pid


def get(url: str, token: str | None = None) -> bytes:
    """The body of a 200; every other answer raises an OSError."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        body: bytes = answer.read()
    return body


def until(look: Callable[[], T | None], limit_s: float, otherwise: str) -> T:
    """Look again and again until there is an answer."""
    deadline = time.monotonic() + limit_s
    while (found := look()) is None:
        if time.monotonic() > deadline:
            raise SmokeError(f"{otherwise} within {limit_s} s")
        time.sleep(LOOK_AGAIN_S)
    return found


def nested(value: Any, name: str) -> Iterator[Any]:
    """Whatever stands under `name` at any depth."""
    if isinstance(value, dict):
        if name in value:
            yield value[name]
        for inner in value.values():
            yield from nested(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from nested(inner, name)


def strings(value: Any) -> Iterator[str]:
    """All texts at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        inside = value.values() if isinstance(value, dict) else value
        for inner in inside:
            yield from strings(inner)


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    sys.exit(main())
