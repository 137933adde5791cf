"""What people press: commands made from dice and what a screen shows.

Mostly what the screen offers, now and then something else: another role, an entity
that is gone, a state that was shown before.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from model.base import Plain, phase

T = TypeVar("T")
STATES = ("scheduled", "lobby", "in_session", "suspended", "rose", "archived")
LIST_STATES = ("not_open", "lot_window", "open", "closing", "closed")
POLICIES = (
    "arrival",
    "protocol_rank",
    "regional_rotation",
    "lot",
    "alpha_from_lot",
    "least_spoken",
    "alternate",
    "fixed",
    "manual",
)
RANKS = (
    "head_of_state",
    "vice_president",
    "head_of_government",
    "deputy_prime_minister",
    "minister",
    "vice_minister",
    "chair_of_delegation",
)
#: What an operator types is public at once; what a delegation types is not.
PERSONS = (None, {"name": "Ms. Plain"}, {"name": "Mr. Other", "title": "Dr."},
           {"name": "  "})  # fmt: skip
UNCONFIRMED = (*PERSONS, {"name": "CANARY person", "title": "CANARY title"})


class Dice:
    """Bytes, taken one after the other; zeros when they are used up."""

    def __init__(self, thrown: bytes) -> None:
        self.thrown = thrown
        self.next = 0

    def throw(self, sides: int) -> int:
        """A number below *sides*."""
        byte = self.thrown[self.next] if self.next < len(self.thrown) else 0
        self.next += 1
        return byte % sides

    def one(self, of: Sequence[T]) -> T:
        """One of several."""
        return of[self.throw(len(of))]

    def rarely(self, times: int = 12) -> bool:
        """Once in so many times; never with zeros."""
        return self.throw(times) == times - 1


class Press:
    """A screen in front of somebody with dice."""

    def __init__(self, state: Plain, setup: Plain, dice: Dice, at: int) -> None:
        self.s = state
        self.setup = setup
        self.dice = dice
        self.at = at

    # What is picked

    def code(self) -> str:
        """A delegation, seldom one that nobody knows."""
        codes = list(self.setup["roster"])
        return "ZZ" if self.dice.rarely(60) else self.dice.one(codes)

    def request(self, *statuses: str, among: Any = None) -> str:
        """A request, mostly one of the *statuses*."""
        known = self.s["requests"]
        fit: list[str] = [
            key
            for key, each in known.items()
            if (not statuses or each["status"] in statuses)
            and (among is None or among(each))
        ]
        if fit and not self.dice.rarely():
            return self.dice.one(fit)
        if known and not self.dice.rarely(20):
            return self.dice.one(list(known))
        return "r9.9"

    def intervention(self) -> str:
        """An intervention, mostly one that is known."""
        known = list(self.s["interventions"])
        if not known or self.dice.rarely(20):
            return "i9.9"
        return self.dice.one(known[::-1])

    def entity(self, collection: str) -> str:
        """Something of a collection."""
        known = list(self.s[collection])
        return self.dice.one(known) if known and not self.dice.rarely(20) else "x9.9"

    def list(self, *purposes: str) -> str:
        """A list, mostly that of the running segment."""
        fit = [
            key
            for key, each in self.s["lists"].items()
            if not purposes or each["purpose"] in purposes
        ]
        if self.dice.rarely(40):
            return "l9.9"
        segment = self.s["segments"].get(self.s["segment"])
        if segment and segment["list"] in fit and self.dice.throw(2):
            return str(segment["list"])
        return self.dice.one(fit)

    def taking(self, kind: str) -> str | None:
        """A list that takes requests of a kind now, if there is one."""
        panel = kind == "question"
        fit = [
            segment["list"]
            for segment in self.s["segments"].values()
            if segment["requests"]
            and panel == (segment["kind"] == "panel")
            and self.s["lists"][segment["list"]]["state"] != "not_open"
        ]
        return self.dice.one(fit) if fit else None

    def top(self) -> Plain | None:
        """Who has the floor."""
        if not self.s["stack"]:
            return None
        found: Plain = self.s["interventions"][self.s["stack"][-1]]
        return found

    # What a screen shows

    def shown_floor(self) -> Plain:
        """The floor, as shown."""
        top = self.top()
        if top is None or self.dice.rarely(15):
            phases = ("called", "speaking", "paused")
            return {"intervention": self.intervention(), "phase": self.dice.one(phases)}
        return {"intervention": top["id"], "phase": phase(top)}

    def shown_top(self) -> Plain:
        """The top of the floor, or nobody."""
        top = self.top()
        if self.dice.rarely(15):
            return {"floor": None if top else "i9.9"}
        return {"floor": top["id"] if top else None}

    def shown_list(self, *states: str, of: str | None = None) -> Plain:
        """A list as shown."""
        fit = [
            key
            for key, each in self.s["lists"].items()
            if each["state"] in states and each["purpose"] == "speakers"
        ]
        key = of or (self.dice.one(fit) if fit and states else self.list())
        speakers = self.s["lists"].get(key, {"state": "open", "generation": 0})
        shown = {
            "list": key,
            "state": speakers["state"],
            "generation": speakers["generation"],
        }
        if self.dice.rarely(20):
            shown["state"] = self.dice.one(LIST_STATES)
        elif self.dice.rarely(20):
            shown["generation"] += 1
        return shown

    def shown_state(self) -> Plain:
        """The meeting's state."""
        stale = self.dice.rarely(15)
        return {"state": self.dice.one(STATES) if stale else self.s["state"]}

    def shown_place(self, key: str) -> Plain:
        """A request's place."""
        request = self.s["requests"].get(key)
        order = self.s["lists"][request["list"]]["order"] if request else []
        place = order.index(key) if key in order else 0
        return {"request": key, "place": place + self.dice.rarely(15)}

    def head(self) -> str | None:
        """The head of the running list."""
        segment = self.s["segments"].get(self.s["segment"])
        if segment is None:
            return None
        replying = segment["phase"] in ("reply_1", "reply_2")
        order = self.s["lists"][segment["replies" if replying else "list"]]["order"]
        queued = [k for k in order if self.s["requests"][k]["status"] == "queued"]
        return queued[0] if queued else None

    def soon(self) -> int | None:
        """An instant to come, mostly."""
        return self.at + self.dice.one((10_000, 1, 60_000, 0, 600_000))

    # Who presses

    def who(self, role: str, delegation: str | None = None) -> Plain:
        """Somebody with a role; mostly the one for whom the button is."""
        if self.dice.rarely(20):
            role = self.dice.one(
                ("delegate", "moderator", "viewer", "chair", "desk", "rapporteur")
            )
        if role == "delegate":
            code = delegation or self.code()
            return pad(code if code in self.setup["roster"] else self.code())
        links = {"moderator": ("k1", "k1", "k2"), "rapporteur": ("k3",)}
        link = self.dice.one(links.get(role, (f"k-{role}",)))
        return {
            "role": role,
            "link": link,
            "delegation": None,
            "device": "CANARY-STAFF console",
        }

    def owner(self, key: str) -> str | None:
        """The delegation of a request, mostly."""
        request = self.s["requests"].get(key)
        if request is None or self.dice.rarely():
            return self.code()
        found: str | None = request["delegation"]
        return found

    def either(self, key: str, times: int = 3) -> Plain:
        """The delegation itself, or once in a while an operator."""
        if self.dice.rarely(times):
            return self.who("moderator")
        return self.who("delegate", self.owner(key))


def pad(code: str) -> Plain:
    """A device of a delegation."""
    return {
        "role": "delegate",
        "link": f"d{code}",
        "delegation": code,
        "device": "CANARY-STAFF device",
    }


Pressed = tuple[Plain, Plain]
MAKE: dict[str, Callable[[Press], Pressed]] = {}


def button(make: Callable[[Press], Pressed]) -> Callable[[Press], Pressed]:
    """A command of the name of the function."""

    def pressed(p: Press) -> Pressed:
        fields, who = make(p)
        return {"type": make.__name__.strip("_"), **fields}, who

    MAKE[make.__name__.strip("_")] = pressed
    return pressed
