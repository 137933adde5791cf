"""What real clients saw, for RESULTS.md."""

from typing import Any

from load.verdicts import Goals, number, table

Raw = dict[str, Any]

#: What happened, by the names under which it is counted.
COUNTED = {
    "delta": "deltas heard",
    "merged": "of them merged for one who lagged",
    "beat": "beats",
    "mine": "own layers",
    "ok": "commands done",
    "goes": "left and came again",
    "resumed": "resumed from their place",
    "stalls": "lines that stood still",
    "stalls_long": "for longer than 20 s",
    "falls_silent": "lines that swallowed all",
    "lost by our doing": "cut by us or let go",
}


def section(measured: Raw) -> str:
    """The soak, the one who stands still, and the page."""
    goals = Goals()
    soaks = measured["soak"]
    for run in soaks:
        what = f"faults in {run['seconds'] / 60:.0f} minutes, sent {said(run['send'])}"
        goals.most(what, sum(run["faults"].values()), 0)
    stall = measured["stall"]
    for run in stall["runs"]:
        who = f"of the others with one who stands still, {run['size']} changes"
        goals.most(f"p99 {who}, beside without", run["ratio"], 1.1)
        goals.most(f"more memory of the server, {run['size']} changes",
                   max(0.0, run["memory_mb"]), 5, " MB")  # fmt: skip
    page = measured["page"]
    what = f"until a page in Chromium shows it among {page['clients']:,} others"
    goals.most(f"{what}, p99", page["document_ms"]["p99"], 250, " ms")
    rows = [
        [label, *(number(run["counts"].get(name, 0)) for run in soaks)]
        for name, label in COUNTED.items()
    ]
    shown = [
        [label, *(number(page[name][each]) for each in ("median", "p99", "most"))]
        for name, label in (
            ("document_ms", "in the document"),
            ("frame_ms", "painted"),
            ("last_listener_ms", "the last of the others has it"),
        )
    ]
    return (
        f"{soaks[0]['clients']} clients, of socket.io-client in Node and "
        "python-socketio, 20 changes a second; everything that each is told is "
        "checked: gaps, repeats, order, layers, answers, and at the end what is on "
        "the screen.\n\n"
        f"{table(['', *(said(run['send']) for run in soaks)], rows)}\n"
        "A viewer's page, milliseconds from the durable commit:\n\n"
        f"{table(['', 'median', 'p99', 'worst'], shown)}\n{goals}"
    )


def said(send: str) -> str:
    """The name of a way of sending."""
    return "by the compiled loop" if send == "compiled" else "in Python"
