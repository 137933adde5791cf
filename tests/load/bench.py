"""Measures everything and renders RESULTS.md: `make bench`.

    make bench                                 all parts; RESULTS.md is rendered anew
    make bench ARGS="--only fanout,rush"       some of them
    make bench ARGS="--quick"                  small numbers, nothing is kept

Servers run on the first core and the load on the second; only the loopback is used.
A part that fails is said to have failed, and the others go on.
"""

import argparse
import json
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    # this folder comes first then, and its names are not the library's
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from load import (
    commands,
    elsewhere,
    exports,
    fanout,
    growth,
    latency,
    machine,
    render,
    returning,
    rush,
    servers,
    soak,
)
from load.plan import Plan, quick

PARTS: dict[str, Callable[[Plan], dict[str, Any]]] = {
    "fanout": fanout.measure,
    "rush": rush.measure,
    "latency": latency.measure,
    "commands": commands.measure,
    "returning": returning.measure,
    "lists": growth.lists,
    "meetings": growth.meetings,
    "bytes": elsewhere.bytes_,
    "journals": elsewhere.journals_,
    "exports": exports.measure,
    "servers": servers.measure,
    "soak": soak.measure,
}


def main() -> int:
    """Run what was asked for; 1 if any of it failed."""
    # whoever ends us ends what we started
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    args = arguments()
    failed = []
    for name in args.only:
        print(f"==> {name}", flush=True)
        began = time.monotonic()
        try:
            with tempfile.TemporaryDirectory(prefix=f"rostra-bench-{name}-") as folder:
                run(name, Path(folder), args)
        except Exception:
            traceback.print_exc()
            failed.append(name)
        print(f"    {time.monotonic() - began:.0f} s", flush=True)
    if not args.quick:
        render.write()
        print(f"==> {render.RESULTS.relative_to(machine.ROOT)} is rendered")
    if failed:
        print(f"FAILED, and left out: {', '.join(failed)}")
    return int(bool(failed))


def run(name: str, folder: Path, args: argparse.Namespace) -> None:
    """One part; its raw figures are kept, unless it is a quick run."""
    about = machine.about()
    plan = quick(folder) if args.quick else Plan(folder=folder)
    began = time.monotonic()
    measured = PARTS[name](plan)
    took = round(time.monotonic() - began, 1)
    raw = {"part": name, "about": about, "took_s": took, "measured": measured}
    if args.quick:
        args.raw.mkdir(parents=True, exist_ok=True)
        file = args.raw / f"quick-{name}.json"
        file.write_text(json.dumps(raw), encoding="utf-8")
        return
    render.keep(name, raw)


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--only", help=f"of {', '.join(PARTS)}; commas between")
    parser.add_argument("--quick", action="store_true", help="small numbers")
    parser.add_argument(
        "--raw",
        type=Path,
        default=Path(tempfile.gettempdir()) / "rostra-bench",
        help="where a quick run leaves its figures",
    )
    args = parser.parse_args()
    args.only = args.only.split(",") if args.only else list(PARTS)
    if unknown := set(args.only) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    return args


if __name__ == "__main__":
    sys.exit(main())
