"""What is measured without a crowd: bytes of one pad, replay, and the start."""

import asyncio
import http.client
import time
from pathlib import Path
from typing import Any

from load import bytes as pads
from load import figures, joining, journals
from load.ours import FAST
from load.plan import Plan
from load.processes import HERE, PYTHON, SERVER_CORE, Driven, driven, free_port

REPEATS = 5
ROSTRA = Path(PYTHON).with_name("rostra")
LOOK_S = 0.005


def bytes_(_: Plan) -> dict[str, Any]:
    """What one pad receives in two hours, and what it takes to join."""
    heard = asyncio.run(pads.two_hours())
    found: dict[str, Any] = {
        "speakers": pads.SPEAKERS,
        "list_changes": pads.LIST_CHANGES,
        "minutes": pads.MINUTES,
        "bytes": dict(heard.bytes),
        "frames": dict(heard.frames),
        "total": heard.total,
    }
    joined = asyncio.run(joining.joining())
    found["joining"] = dict(joined.meeting)
    found["build"] = dict(joined.build)
    figures.show(
        two_hours_kb=heard.total / 1000, joining_kb=joined.meeting.total() / 1000
    )
    return found


def journals_(plan: Plan) -> dict[str, Any]:
    """A long meeting replayed; a server with many meetings started."""
    commits, many = (2_000, 5) if plan.quick else (100_000, 200)
    long, several = plan.folder / "long", plan.folder / "many"
    asyncio.run(journals.long_meeting(long, commits))
    replays = []
    for _ in range(REPEATS):
        with driven([PYTHON, HERE / "replaying.py", long], SERVER_CORE) as child:
            said = child.answer()
            # its next word is its end: the journal is closed then
            child.process.wait(30)
        assert said["commits"] == commits
        replays.append(said["seconds"])
    figures.show(commits=commits, replay_s=figures.median(replays))
    ids = asyncio.run(journals.many_meetings(several, many))
    starts = [started(several) for _ in range(REPEATS)]
    figures.show(meetings=len(ids), ready_s=figures.median(starts))
    return {
        "commits": commits,
        "replay_s": replays,
        "meetings": len(ids),
        "ready_s": starts,
    }


def started(folder: Path) -> float:
    """Seconds from the start of `rostra serve` until it says that it is ready."""
    port = free_port()
    env = {
        **FAST,
        "ROSTRA_DATA": str(folder),
        "ROSTRA_PORT": str(port),
    }
    began = time.monotonic()
    with driven(
        [ROSTRA, "serve"], SERVER_CORE, env, log=folder.with_suffix(".log")
    ) as server:
        while not is_ready(port):
            assert server.process.poll() is None, "the server ended"
            assert time.monotonic() - began < 60, "the server is not ready"
            time.sleep(LOOK_S)
        took = time.monotonic() - began
        stop(server)
    return round(took, 4)


def is_ready(port: int) -> bool:
    """Whether a server says so."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/readyz")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def stop(server: Driven) -> None:
    """In order: the next start finds a journal that was closed."""
    server.process.terminate()
    server.process.wait(20)
