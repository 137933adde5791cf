"""What a process on this machine has used, from /proc (Linux)."""

import os
from pathlib import Path

from msgspec import Struct


class Reading(Struct, frozen=True):
    """CPU seconds since its start, bytes it holds now, and the most it held."""

    cpu_s: float
    rss: int
    peak: int = 0


def reading(pid: int) -> Reading | None:
    """Of a process; None where it is gone or there is no /proc."""
    folder = Path("/proc") / str(pid)
    try:
        stat = folder.joinpath("stat").read_text(encoding="ascii")
        status = folder.joinpath("status").read_text(encoding="utf-8")
    except OSError:
        return None
    # The name may hold blanks and brackets: the fields are counted after it.
    fields = stat.rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    sizes = {
        name: int(value.split()[0]) * 1024
        for name, _, value in (line.partition(":") for line in status.splitlines())
        if name in ("VmRSS", "VmHWM")
    }
    return Reading(
        cpu_s=ticks / os.sysconf("SC_CLK_TCK"),
        rss=sizes.get("VmRSS", 0),
        peak=sizes.get("VmHWM", 0),
    )


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))
