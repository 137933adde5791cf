"""Whose links a rehearsal plays with, and whether it may play in that meeting."""

import csv
import io
import ipaddress
import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct, field

from rostra.cli.files import REHEARSAL
from rostra.cli.office import LinkRow, Sorry

PATIENCE_S = 10
HOW = "Write them with: rostra links MEETING --csv > links.csv"
#: States in which a meeting has not begun.
BEFORE = ("scheduled", "lobby")
OVER = ("rose", "archived")
#: Requests that stand on a list.
LIVE = ("queued", "called", "requested", "deferred", "late")


class Links(Struct, kw_only=True):
    """Tokens by what they are good for."""

    meeting: str
    operators: list[str] = field(default_factory=list)
    #: The operator's that was made for rehearsals.
    rehearsing: str | None = None
    delegations: dict[str, str] = field(default_factory=dict)
    listening: list[str] = field(default_factory=list)

    @property
    def operator(self) -> str:
        """Whose link the simulated operator has."""
        return self.rehearsing or self.operators[-1]


def of_rows(rows: list[LinkRow]) -> Links:
    """The links of a meeting of our own."""
    told = [
        {"role": row.role, "code": row.delegation, "name": row.name, "url": row.url}
        for row in rows
    ]
    return _sorted(told, "the meeting")


def read_links(file: str) -> Links:
    """The links that ``rostra links --csv`` or ``--json`` wrote, or ``rostra demo``.

    Raises :class:`Sorry` or OSError.
    """
    text = Path(file).read_text(encoding="utf-8-sig")
    try:
        told = json.loads(text) if text.lstrip()[:1] in ("[", "{") else None
    except ValueError as error:
        raise Sorry(f"{file} is no JSON: {error}.") from error
    if isinstance(told, dict):
        return _sorted(_of_demo(told), file)
    if told is None:
        told = list(csv.DictReader(io.StringIO(text, newline="")))
    if not told or not all(isinstance(e, dict) and e.get("url") for e in told):
        raise Sorry(f"{file} holds no links. {HOW}")
    return _sorted(told, file)


def _of_demo(told: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"role": "moderator" if role == "moderator2" else role, "url": url}
        for role, url in told.items()
        if isinstance(url, str) and "#" in url
    ]
    pads = told.get("delegations") or {}
    return rows + [
        {"role": "delegate", "code": c, "url": url} for c, url in pads.items()
    ]


def _sorted(rows: list[dict[str, Any]], source: str) -> Links:
    tokens = [str(row["url"]).partition("#")[2] for row in rows]
    meetings = {token.removeprefix("rl_").partition(".")[0] for token in tokens}
    if len(meetings) != 1 or "" in meetings:
        raise Sorry(f"{source} does not hold the links of one meeting. {HOW}")
    links = Links(meeting=meetings.pop())
    for row, token in zip(rows, tokens, strict=True):
        match row.get("role"):
            case "moderator":
                links.operators.append(token)
                if row.get("name") == REHEARSAL:
                    links.rehearsing = token
            case "delegate" if row.get("code"):
                links.delegations[row["code"]] = token
            case "viewer" | "display":
                links.listening.append(token)
            case _:
                pass  # nobody sits in an office that a rehearsal does not need
    return links


def check_enough(links: Links, source: str, delegates: int, listeners: int) -> None:
    """Say what is missing. Raises :class:`Sorry`."""
    missing = []
    if delegates and not links.operators:
        missing.append("an operator's link (role moderator), to give the floor")
    if len(links.delegations) < delegates:
        have = len(links.delegations)
        missing.append(f"{delegates - have} more links of delegations (it has {have})")
    if listeners and not links.listening:
        missing.append("a viewer's link (role viewer), for those who listen")
    if missing:
        raise Sorry(f"{source} lacks {', and '.join(missing)}. {HOW}")


def check_may_play(url: str, links: Links, *, sure: bool) -> None:
    """Whether people could be disturbed by it. Raises :class:`Sorry`.

    *sure* is the word of somebody who knows the meeting. One that is over has nothing
    left to rehearse, whoever says so.
    """
    token = (links.operators or links.listening or [""])[0]
    state, requests = _what_is_there(url, links.meeting, token)
    if state in OVER:
        raise Sorry(
            f"The meeting {links.meeting} is over. Make another one to rehearse."
        )
    doubts = []
    if links.rehearsing is None and not loopback(url):
        doubts.append("was not made for a rehearsal (rostra import --rehearsal)")
    if state not in BEFORE:
        doubts.append("has been called to order")
    if requests:
        doubts.append("has requests for the floor on its lists")
    if doubts and not sure:
        raise Sorry(
            f"The meeting {links.meeting} at {url} {', and it '.join(doubts)}. A "
            "rehearsal acts in the name of its delegations, and the record keeps it. "
            "If that is meant, say --yes."
        )


def _what_is_there(url: str, meeting: str, token: str) -> tuple[str, int]:
    """The state of the meeting, and how many have asked for the floor in it."""
    where = f"{url.rstrip('/')}/api/v1/meetings/{meeting}"
    request = urllib.request.Request(
        where, headers={"Authorization": f"Bearer {token}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            whole = json.load(answer)["state"]["collections"]
    except urllib.error.HTTPError as error:
        raise Sorry(
            f"{where} answers {error.code}: are these the links of that server?"
        ) from error
    except (urllib.error.URLError, ValueError, KeyError) as error:
        raise Sorry(f"{where} does not answer as Rostra does: {error}.") from error
    state = whole.get("meeting", {}).get("meeting", {}).get("state", "scheduled")
    rows = whole.get("requests", {}).values()
    live = [row for row in rows if row.get("status", "queued") in LIVE]
    return state, sum(row.get("kind") != "programme" for row in live)


def loopback(url: str) -> bool:
    """Whether *url* is this machine's own."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
