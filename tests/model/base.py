"""A turn of the model: the state as plain dictionaries, and what every rule needs.

Nothing of Rostra is imported here or in any other file of the model: the rules are
written once more from the papers, as plainly as possible, so that a misunderstanding
in the one is unlikely to be in the other too.
"""

import marshal
from typing import Any

State = dict[str, Any]
Plain = dict[str, Any]

LISTED = ("queued", "called")
LIVE = ("queued", "called", "requested", "deferred", "late")
TECHNICAL_REASONS = (
    "audio",
    "interpretation",
    "video",
    "platform",
    "connection",
    "emergency",
)
#: Kinds of which a delegation has one live request for each list and capacity (I3).
FAMILIES = {
    "statement": "statement",
    "group_statement": "statement",
    "question": "question",
    "explanation_of_vote": "explanation",
    "right_of_reply": "reply",
    "point_of_order": "points",
    "procedural_motion": "motions",
    "response": "responses",
}
#: Kinds that stand over whoever speaks, and how they may be ruled on.
INTERRUPTING = ("point_of_order", "procedural_motion", "response", "technical")
STATEMENTS = ("statement", "group_statement")
#: Never copied: what is in them is replaced, not changed.
_WHOLE = ("profile", "acts")


class No(Exception):
    """The rules say no, with this code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def copied(value: Any) -> Any:
    """Another one with the same contents; everything here is plain data."""
    return marshal.loads(marshal.dumps(value))


def copy_of(state: State) -> State:
    """A state that may be changed without changing *state*."""
    found: State = copied({k: v for k, v in state.items() if k not in _WHOLE})
    return {**found, **{name: state[name] for name in _WHOLE}}


def line(text: str) -> str:
    """One line of text, trimmed."""
    return " ".join(text.split())


def person(typed: Plain | None) -> Plain | None:
    """A person, or nobody where no name is given."""
    if typed is None or not line(typed["name"]):
        return None
    return {"name": line(typed["name"]), "title": line(typed.get("title", ""))}


# Clocks: a list of stretches in which the clock ran, and one of those in which it stood


def used(intervention: Plain, at: int) -> int:
    """The time used: the sum of the stretches in which the clock ran."""
    return sum(
        (at if end is None else end) - start for start, end in intervention["runs"]
    )


def allotted(intervention: Plain) -> int:
    """The limit with everything that was added."""
    return int(
        intervention["limit"] + intervention["extension"] + intervention["credit"]
    )


def phase(intervention: Plain) -> str:
    """What the buttons show."""
    if intervention["started"] is None:
        return "called"
    standing = intervention["holds"] and intervention["holds"][-1][2] is None
    return "paused" if standing else "speaking"


def hold(intervention: Plain, at: int, reason: str) -> None:
    """The clock stands still from now on."""
    intervention["runs"][-1][1] = at
    intervention["holds"].append([reason, at, None])


def go_on(intervention: Plain, at: int) -> None:
    """The clock runs again."""
    intervention["holds"][-1][2] = at
    intervention["runs"].append([at, None])


def stop(intervention: Plain, at: int, outcome: str) -> None:
    """Over, with that outcome."""
    for stretch in (*intervention["runs"], *intervention["holds"]):
        if stretch[-1] is None:
            stretch[-1] = at
    intervention["outcome"] = outcome
    intervention["ended"] = at
    intervention["line_lost"] = False


def voice(request: Plain) -> str:
    """Who speaks by a request: a group, a delegation, or a person alone."""
    if request["group"]:
        return f"group:{request['group']}"
    if request["group_text"]:
        return f"group:{request['group_text'].casefold()}"
    return request["delegation"] or f"person:{request['id']}"


def capacity(request: Plain) -> tuple[Any, ...] | None:
    """For whom and for what a delegation asks; None where it may ask twice."""
    family = FAMILIES.get(request["kind"])
    if request["delegation"] is None or family is None:
        return None
    group = request["group"] or request["group_text"].casefold()
    return (request["delegation"], group, family)


class Turn:
    """One command before the rules: the state to change, who asks and when."""

    def __init__(self, state: State, setup: Plain, who: Plain, at: int) -> None:
        self.old = state
        self.s = state
        self.setup = setup
        self.who = who
        self.at = at
        self.act: str | None = None
        self.made = 0

    def begin(self) -> None:
        """From here on something may change."""
        self.s = copy_of(self.old)
        self.s["seq"] += 1

    @property
    def profile(self) -> Plain:
        """The rules of procedure."""
        found: Plain = self.s["profile"]
        return found

    def new_id(self, letter: str) -> str:
        """An entity's id is a letter, the commit and a number within it."""
        number, self.made = self.made, self.made + 1
        return f"{letter}{self.s['seq']}.{number}"

    def undoable(self, act: str) -> None:
        """An operator's act that can be taken back."""
        if self.who["role"] == "moderator":
            self.act = act

    # Guards

    def in_state(self, *states: str) -> None:
        """Only in these states of the meeting."""
        if self.s["state"] not in states:
            raise No("wrong_meeting_state")

    def alive(self) -> None:
        """Only until the meeting has risen."""
        self.in_state("scheduled", "lobby", "in_session", "suspended")

    def open_record(self) -> None:
        """Only until the record is closed."""
        self.in_state("scheduled", "lobby", "in_session", "suspended", "rose")

    def find(self, collection: str, key: str) -> Plain:
        """An entity that must be known."""
        if key not in self.s[collection]:
            raise No("no_such_entity")
        found: Plain = self.s[collection][key]
        return found

    def request(self, key: str) -> Plain:
        """A request; a delegation is not told whether there is another's (E21)."""
        if self.who["role"] == "delegate" and key not in self.s["requests"]:
            raise No("not_your_delegation")
        return self.find("requests", key)

    def live(self, key: str, *statuses: str) -> Plain:
        """A request that must be on its list, or in one of the *statuses*."""
        request = self.request(key)
        if request["status"] not in (statuses or LISTED):
            raise No("not_on_list")
        return request

    def own(self, request: Plain) -> None:
        """A delegation acts for itself."""
        if self.who["role"] == "delegate" and (
            request["delegation"] is None
            or request["delegation"] != self.who["delegation"]
        ):
            raise No("not_your_delegation")

    # What there is

    def tier(self, delegation: str | None) -> str:
        """The tier of a delegation as the roster has it."""
        known = self.setup["roster"].get(delegation)
        return known["tier"] if known else "other"

    def limit(self, kind: str, delegation: str | None) -> int:
        """The limit of a kind for a delegation, in milliseconds (K1)."""
        limits = self.profile["limits"]
        tier = self.tier(delegation)
        if kind == "group_statement" and kind not in limits:
            tier = "group"
        table = limits.get(kind) or limits.get("statement") or {}
        return int(table.get(tier, table.get("any", 180)) * 1000)

    def top(self) -> Plain | None:
        """The intervention on top of the floor."""
        if not self.s["stack"]:
            return None
        found: Plain = self.s["interventions"][self.s["stack"][-1]]
        return found

    def running_list(self) -> Plain | None:
        """The list that is called from."""
        if self.s["segment"] is None:
            return None
        segment = self.s["segments"][self.s["segment"]]
        replying = segment["phase"] in ("reply_1", "reply_2")
        found: Plain = self.s["lists"][segment["replies" if replying else "list"]]
        return found

    def head(self) -> str | None:
        """The first of the running list who is not yet called."""
        running = self.running_list()
        for key in running["order"] if running else ():
            if self.s["requests"][key]["status"] == "queued":
                return str(key)
        return None

    def callable(self, request: Plain) -> None:
        """Not whom an operator has marked absent or suspended (7.12)."""
        known = self.s["attendance"].get(request["delegation"])
        if known and known["flag"]:
            raise No("delegation_flagged")

    def closed(self, segment: str | None) -> bool:
        """Whether nobody is to be named who speaks there (R17)."""
        plans = self.setup["segments"]
        index = None if segment is None else int(segment.partition(".")[2])
        return index is not None and not plans[index].get("attributed", True)

    # What happens to requests

    def leave(self, request: Plain, status: str, reason: str) -> None:
        """Off the list for good."""
        request.update(status=status, reason=reason, ended=self.at)

    def put_at(self, request: Plain, place: int) -> None:
        """Back on its list, at *place* among the others."""
        order = self.s["lists"][request["list"]]["order"]
        if request["id"] in order:
            order.remove(request["id"])
        order.insert(place, request["id"])
