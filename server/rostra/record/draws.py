"""Every draw by lot of an exported history, made again from the history alone.

The history is that of ``rostra export --commits``: what was open to everyone, and the
digests that prove the rest. Nothing else is asked; so any delegation can do it.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import Struct

from rostra.core.bands import BANDS
from rostra.core.draws import by_lot
from rostra.core.ids import MeetingId
from rostra.core.programme import list_id
from rostra.core.roster import Delegation
from rostra.core.sorting import letter_of
from rostra.core.turns import REGIONS
from rostra.protocol.commit import chain_mark, first_hash
from rostra.protocol.stored import FORMAT
from rostra.record.proof import HEAD_START

_FIRST = "r1."
_REQUEST = re.compile(r"r[0-9]+\.[0-9]+")


class NotAHistory(ValueError):
    """The text is not an exported history; the message says where."""


class Finding(Struct, frozen=True):
    """One sentence of the answer. ``ok`` None is a remark that nothing hangs on."""

    ok: bool | None
    text: str


class Line(Struct, frozen=True):
    """A line of the export, as ``rostra export --help`` explains it."""

    seq: int
    open: str
    personal_sha256: str
    internal_sha256: str
    hash: str


class Open(Struct, frozen=True):
    """The open part of a commit."""

    meeting: MeetingId
    seq: int
    format: int
    events: list[tuple[int, str, dict[str, Any]]]


class _Known(Struct):
    """What the history has said so far of one list."""

    #: Digests of seeds, with the commit that published them.
    commitments: dict[str, int]
    #: Seeds that were drawn with already.
    used: set[str]
    #: Requests for the ordinary list: whose they are.
    requests: dict[str, str | None]
    heard: set[str]
    #: Whether some of it was kept from everyone, by the rules of the meeting.
    hidden: bool


_line = msgspec.json.Decoder(Line)
_open = msgspec.json.Decoder(Open)


def verified(lines: Iterable[str]) -> list[Finding]:
    """What is found of a history and of its draws, a sentence each.

    The signed head at its end is not judged here: ``rostra verify`` does that.
    Raises :class:`NotAHistory` where a line cannot be read at all.
    """
    every = [line for line in lines if not line.startswith(HEAD_START)]
    commits = [_read(number, line) for number, line in enumerate(every, start=1)]
    if not commits:
        raise NotAHistory("it is empty")
    chain = _chain(commits)
    reader = _Reader()
    draws: list[Finding] = []
    for _, opened in commits:
        try:
            draws += reader.read(opened)
        except (KeyError, TypeError, AttributeError, msgspec.MsgspecError) as error:
            raise NotAHistory(f"line {opened.seq}: {error!r}") from error
    if not draws:
        draws = [Finding(None, "No draw by lot was held in this history.")]
    return [chain, *draws]


def _read(number: int, line: str) -> tuple[Line, Open]:
    try:
        found = _line.decode(line)
        opened = _open.decode(found.open)
    except msgspec.MsgspecError as error:
        raise NotAHistory(f"line {number}: {error}") from error
    if opened.format > FORMAT:
        raise NotAHistory(f"line {number} was written by a newer version of Rostra")
    return found, opened


def _chain(commits: list[tuple[Line, Open]]) -> Finding:
    """Whether every line continues the one before it, from the first on."""
    meeting = commits[0][1].meeting
    previous = first_hash(meeting)
    for seq, (line, opened) in enumerate(commits, start=1):
        if (line.seq, opened.seq, opened.meeting) != (seq, seq, meeting):
            return Finding(False, f"Line {seq} is not commit {seq} of {meeting}.")
        try:
            parts = bytes.fromhex(line.personal_sha256 + line.internal_sha256)
        except ValueError:
            return Finding(False, f"The digests of commit {seq} cannot be read.")
        own = hashlib.sha256(line.open.encode()).digest()
        previous = hashlib.sha256(previous + own + parts).digest()
        if previous.hex() != line.hash:
            return Finding(
                False, f"Commit {seq} is not what was sealed: its hash is another."
            )
    mark = chain_mark(previous)
    return Finding(
        True,
        f"All {len(commits)} commits of {meeting} follow from each other; the last"
        f" has the mark {mark}, which the screens of the meeting showed too.",
    )


class _Reader:
    """Reads open events in order and judges each draw by what came before it."""

    def __init__(self) -> None:
        self._lists: dict[str, _Known] = {}
        self._letters: tuple[str, ...] = ()
        self._regions: tuple[str, ...] = ()
        self._hidden = False
        #: Lists of closed segments, which are shown to nobody.
        self._closed: frozenset[str] = frozenset()

    def read(self, commit: Open) -> Iterator[Finding]:
        """Judge the draws of *commit*, and remember what it says."""
        for _, tag, fields in commit.events:
            if tag == "drawn":
                yield from self._judge(commit.seq, fields)
        for _, tag, fields in commit.events:
            self._remember(commit.seq, tag, fields)

    def _remember(self, seq: int, tag: str, fields: dict[str, Any]) -> None:
        match tag:
            case "meeting_created":
                roster = fields["roster"]["delegations"].values()
                known = msgspec.convert(list(roster), list[Delegation])
                self._letters = tuple(
                    sorted({letter_of(each) for each in known} - {""})
                )
                present = {each.region for each in known}
                self._regions = tuple(each for each in REGIONS if each in present)
                segments = enumerate(fields["programme"]["segments"])
                closed = (n for n, plan in segments if not plan.get("attributed", True))
                self._closed = frozenset(map(list_id, closed))
                self._shows(fields["profile"])
            case "profile_set":
                self._shows(fields["profile"])
            case "draw_prepared" | "lot_window_opened":
                published = self._of(fields["list"]).commitments
                published.setdefault(fields["commitment"], seq)
            case "drawn":
                self._of(fields["list"]).used.add(fields["seed"])
            case "request_registered" if fields.get("kind") not in BANDS:
                known_here = self._of(fields["list"]).requests
                known_here[fields["request"]] = fields["delegation"]
            case "intervention_ended":
                for each in self._lists.values():
                    each.heard.add(fields["row"]["request"])
            case _:
                pass

    def _shows(self, profile: dict[str, Any]) -> None:
        """By these rules all requests are shown to all, or some were once not.

        Who waits for a yes, or came late, is shown to nobody before it is on the list.
        """
        beside = profile.get("approval") or profile.get("late_tray")
        shown = profile.get("show_list", "all") == "all" and not beside
        self._hidden = self._hidden or not shown
        for key, each in self._lists.items():
            each.hidden = self._hidden or key in self._closed

    def _of(self, key: str) -> _Known:
        hidden = self._hidden or key in self._closed
        return self._lists.setdefault(key, _Known({}, set(), {}, set(), hidden))

    def _judge(self, seq: int, draw: dict[str, Any]) -> Iterator[Finding]:
        """One draw: its seed, what was put in, and what came out."""
        known = self._of(draw["list"])
        name = f"Draw {draw['number']} of list {draw['list']} (commit {seq})"
        yield _seed(name, known, draw)
        if draw["policy"] == "lot":
            yield from _entries(name, known, draw["inputs"])
        else:
            letters = draw["policy"] == "alpha_from_lot"
            expected = self._letters if letters else self._regions
            what = "letters" if letters else "regional groups"
            same = tuple(draw["inputs"]) == expected
            yield Finding(
                same,
                f"{name}: it was drawn among the {what} of the roster"
                f"{'' if same else ', but not as the roster has them'}.",
            )
        yield _outcome(name, draw)


def _seed(name: str, known: _Known, draw: dict[str, Any]) -> Finding:
    digest = hashlib.sha256(draw["seed"].encode()).hexdigest()
    if draw["seed"] in known.used:
        return Finding(False, f"{name}: its seed was known from an earlier draw.")
    published = known.commitments.get(digest)
    if published is None:
        return Finding(
            False, f"{name}: no earlier commit published the digest of its seed."
        )
    return Finding(
        True, f"{name}: the digest of its seed was published in commit {published}."
    )


def _entries(name: str, known: _Known, inputs: list[str]) -> Iterator[Finding]:
    """Whether those who were put in had asked, and who had asked and was not put in."""
    ids = [each.partition(" ")[0] for each in inputs]
    strange = [each for each in inputs if _shown(known, each) is False]
    twice = len(set(ids)) != len(ids)
    if strange or twice or inputs != sorted(inputs):
        which = ", ".join(strange) or "their order, or one that stands twice"
        yield Finding(
            False,
            f"{name}: what was put in is not what was asked for before: {which}.",
        )
    else:
        yield Finding(True, f"{name}: all {len(ids)} entries had been registered.")
    closed = [each for each in inputs if _shown(known, each) is None]
    if closed:
        yield Finding(
            None,
            f"{name}: this history does not show whose these entries are, or when they"
            f" came: {', '.join(closed)}.",
        )
    missing = known.requests.keys() - set(ids) - known.heard
    if missing:
        named = ", ".join(f"{each} {known.requests[each]}" for each in sorted(missing))
        yield Finding(
            None,
            f"{name}: registered before and not put in, because no longer waiting, or"
            f" called already: {named}.",
        )


def _shown(known: _Known, entry: str) -> bool | None:
    """Whether an entry is a request as everyone was shown it; None if kept from all.

    Those whom an earlier meeting left are of the first commit; a list is not shown
    where the rules say so, and then without the codes of delegations.
    """
    key, named, delegation = entry.partition(" ")
    if key in known.requests:
        if named:
            return str(known.requests[key]) == delegation
        return None if known.hidden else False
    if not _REQUEST.fullmatch(key):
        return False
    if known.hidden or (named and key.startswith(_FIRST)):
        return None
    return False


def _outcome(name: str, draw: dict[str, Any]) -> Finding:
    """Whether the seed and the inputs lead to what was said."""
    drawn = by_lot(draw["seed"], draw["inputs"])
    ids = [each.partition(" ")[0] for each in drawn]
    match draw["policy"]:
        case "lot":
            right, what = list(draw["order"]) == ids, "the order"
        case "alpha_from_lot":
            right = draw["letter"] == drawn[0] if drawn else False
            what = f"the letter {draw['letter']}"
        case _:
            right = draw["region"] == drawn[0] if drawn else False
            what = f"the regional group {draw['region']}"
    if right:
        return Finding(True, f"{name}: seed and entries lead to {what} that was said.")
    return Finding(False, f"{name}: seed and entries do not lead to {what}.")
