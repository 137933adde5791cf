"""The picture of the growth: lines over the number of clients, bars for the rest."""

import math
from html import escape
from typing import Any

from load.figures import median
from load.tables import medians
from load.verdicts import number

Raw = dict[str, Any]
WIDTH, HEIGHT = 960, 460
#: Each server's line: its label, its colour by day and by night, whether it is ours.
LINES = {
    "python_socketio": ("python-socketio", "#8250df", "#bc8cff", False),
    "node_socketio": ("Node socket.io", "#bc4c00", "#ffa657", False),
    "node_ws": ("Node ws", "#9a6700", "#d29922", False),
    "rostra_python": ("Rostra, pure Python", "#1b7c83", "#39c5cf", False),
    "rostra_compiled": ("Rostra", "#0550ae", "#79c0ff", True),
    "limit": ("the limit: send() in C", "#57606a", "#8b949e", False),
}
TITLE = "One change to everybody: milliseconds until the last of them has it"
INK, NIGHT_INK = "#1f2328", "#e6edf3"
PAPER, NIGHT_PAPER = "#ffffff", "#0d1117"
RULE, NIGHT_RULE = "#d0d7de", "#30363d"


def svg(runs: Raw) -> str:
    """The whole picture; what was not measured is left out."""
    parts = [_text(24, 30, TITLE, "title")]
    if "fanout" in runs:
        parts += _curves(runs["fanout"]["measured"]["runs"], 70, 60, 400, 340)
    if "lists" in runs:
        measured = runs["lists"]["measured"]["runs"]
        clients = f"{measured[0]['clients']:,} clients"
        parts.append(_text(700, 76, f"People on the list, {clients}", "small"))
        parts += _bars(measured, "entries", 700, 90)
    if "meetings" in runs:
        measured = runs["meetings"]["measured"]["runs"]
        clients = f"{measured[0]['clients']:,} clients in all"
        parts.append(_text(700, 256, f"Meetings at once, {clients}", "small"))
        parts += _bars(measured, "meetings", 700, 270)
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img" '
        'aria-label="Milliseconds until the last client has a change">\n'
        f"<style>{_style()}</style>\n"
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}" rx="8"/>\n'
        f"{body}\n</svg>\n"
    )


def _style() -> str:
    day = [
        "text{font:13px system-ui,-apple-system,Segoe UI,sans-serif;fill:" + INK + "}",
        ".title{font-size:16px;font-weight:600}",
        ".small{font-size:12px}.end{text-anchor:end}.middle{text-anchor:middle}",
        f".paper{{fill:{PAPER}}}.rule{{stroke:{RULE};stroke-width:1}}",
        "polyline{fill:none;stroke-width:2}.ours{stroke-width:4}",
    ]
    night = [
        f"text{{fill:{NIGHT_INK}}}.paper{{fill:{NIGHT_PAPER}}}",
        f".rule{{stroke:{NIGHT_RULE}}}",
    ]
    for name, (_, light, dark, _) in LINES.items():
        for sheet, colour in ((day, light), (night, dark)):
            sheet.append(
                f".{name}{{stroke:{colour}}}.{name}-ink{{fill:{colour};stroke:none}}"
            )
    dark_sheet = "".join(night)
    return "".join(day) + f"@media (prefers-color-scheme:dark){{{dark_sheet}}}"


def _text(x: float, y: float, text: str, names: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{names}">{escape(text)}</text>'


def _curves(runs: list[Raw], left: int, top: int, width: int, height: int) -> list[str]:
    """Milliseconds by clients, both on scales of which each step is ten times more."""
    last = medians(runs, "last_ms")
    sizes = sorted({size for _, size in last})
    low = 10.0 ** math.floor(math.log10(min(last.values())))
    high = max(last.values()) * 1.15

    def x(size: float) -> float:
        reach = math.log10(sizes[-1] / sizes[0]) or 1
        return left + width * math.log10(size / sizes[0]) / reach

    def y(value: float) -> float:
        return top + height * (1 - math.log10(value / low) / math.log10(high / low))

    parts = []
    mark = low
    while mark <= high:
        parts.append(
            f'<line class="rule" x1="{left}" x2="{left + width}" '
            f'y1="{y(mark):.1f}" y2="{y(mark):.1f}"/>'
        )
        parts.append(_text(left - 8, y(mark) + 4, f"{mark:,.0f} ms", "small end"))
        mark *= 10
    for size in sizes:
        parts.append(
            f'<line class="rule" x1="{x(size):.1f}" x2="{x(size):.1f}" '
            f'y1="{top}" y2="{top + height}"/>'
        )
        parts.append(_text(x(size), top + height + 20, f"{size:,}", "small middle"))
    below = top + height + 42
    said = "clients; both scales are logarithmic"
    parts.append(_text(left + width / 2, below, said, "small middle"))
    whole = {name for name in LINES if all((name, n) in last for n in sizes)}
    labels = _apart({name: y(last[name, sizes[-1]]) for name in whole}, 18)
    for name, (label, _, _, ours) in LINES.items():
        if name not in whole:
            continue
        points = " ".join(f"{x(n):.1f},{y(last[name, n]):.1f}" for n in sizes)
        kind = f"{name} ours" if ours else name
        parts.append(f'<polyline class="{kind}" points="{points}"/>')
        value = f"{label} {number(last[name, sizes[-1]])} ms"
        ink = f"small {name}-ink"
        parts.append(_text(left + width + 8, labels[name] + 4, value, ink))
    return parts


def _apart(places: dict[str, float], gap: float) -> dict[str, float]:
    """The places of labels, moved so that none covers another."""
    ordered = sorted(places, key=lambda each: places[each])
    found: dict[str, float] = {}
    before = -math.inf
    for name in ordered:
        before = found[name] = max(places[name], before + gap)
    return found


def _bars(runs: list[Raw], by: str, left: int, top: int) -> list[str]:
    """One bar for each size."""
    sizes = sorted({run[by] for run in runs})
    values = {
        size: median(median(run["last_ms"]) for run in runs if run[by] == size)
        for size in sizes
    }
    most = max(values.values())
    parts = []
    for row, (size, value) in enumerate(values.items()):
        y = top + row * 40
        width = max(2.0, 130 * value / most)
        parts.append(_text(left + 38, y + 19, f"{size:,}", "small end"))
        parts.append(
            f'<rect class="rostra_compiled-ink" x="{left + 46}" y="{y}" '
            f'width="{width:.1f}" height="28" rx="2"/>'
        )
        label = f"{number(value)} ms"
        parts.append(_text(left + 52 + width, y + 19, label, "small"))
    return parts
