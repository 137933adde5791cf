"""The report of a rehearsal in words and columns. Pure."""

from collections.abc import Iterator

from rostra.rehearsal.report import Report


def sized(size: float) -> str:
    """Bytes for the eye."""
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 else f"{size / 1e3:,.1f} KB"


def in_words(made: Report) -> str:
    """The report as it is printed."""
    return "\n".join(_lines(made)) + "\n"


def _lines(made: Report) -> Iterator[str]:
    if not made.seconds:
        yield (
            f"It did not begin: {made.came:,} of {made.listeners:,} listeners had come."
        )
        yield from (f"  FAILED  {trouble}" for trouble in made.troubles)
        return
    early = f", stopped before {_clock(made.planned_seconds)}" if made.stopped else ""
    yield (
        f"Rehearsed for {_clock(made.seconds)}{early}: {made.delegations} delegations "
        f"acted, {made.came:,} listened."
    )
    if made.came < made.listeners:
        yield f"{made.listeners - made.came:,} listeners were not let in."
    yield (
        f"{made.commands:,} commands became {made.changes:,} changes and "
        f"{made.deliveries:,} deliveries."
    )
    yield ""
    yield from _table(made)
    yield ""
    yield from _rush_lines(made)
    yield from _machine_lines(made)
    yield ""
    for trouble in made.troubles:
        yield f"  FAILED  {trouble}"
    for promise in made.promises:
        yield f"  {'kept  ' if promise.kept else 'BROKEN'}  {promise.text}"
    for warning in made.warnings:
        yield f"  Note    {warning}"


def _table(made: Report) -> Iterator[str]:
    yield f"{'':34}{'p50':>14}{'p99':>14}{'max':>14}"
    for title, spread in (
        ("a press is acknowledged after", made.acknowledged),
        ("a listener is told after", made.shown),
        ("the last listener is told after", made.shown_to_last),
        ("from first to last listener", made.completion),
    ):
        if spread is not None:
            figures = (spread.p50, spread.p99, spread.max)
            yield f"{title:34}" + "".join(f"{each:11,.1f} ms" for each in figures)


def _rush_lines(made: Report) -> Iterator[str]:
    rush = made.rush
    if rush is not None:
        yield (
            f"The rush: {rush.presses} presses within {rush.pressing_ms:,.0f} ms came "
            f"as {rush.deltas} deltas; the last listener had the whole list "
            f"{rush.complete_ms:,.0f} ms after the last press."
        )


def _machine_lines(made: Report) -> Iterator[str]:
    if made.bytes:
        yield (
            f"A listener received {sized(made.bytes['each'])} in all, "
            f"{sized(made.bytes['each_per_minute'])} a minute by changes."
        )
    server = made.server
    if server:
        yield (
            f"The server held {sized(server['rss_everybody'])} with everybody there "
            f"(most: {sized(server['peak'])})" + _per_listener(server) + "."
        )
    if "cpu_share" in server:
        each = server.get("cpu_us_per_delivery")
        more = f", {each:.1f} µs for each delivery" if each else ""
        yield f"It took {server['cpu_share']:.0%} of a core{more}."
    if made.back:
        back = made.back
        yield (
            f"It was ended within {back['stopping']} s and accepted connections again "
            f"{back['down']} s later; {back['returned']:,.0f} came back."
        )


def _per_listener(server: dict[str, float]) -> str:
    each = server.get("rss_per_listener")
    return "" if each is None else f", {sized(each)} for each listener"


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
