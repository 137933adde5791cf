"""Whether a history can be explained by one meeting that did one thing after another.

After Wing, Gong and Lowe, with memory of what was tried: each call takes effect at one
instant between being asked and being answered; one without an answer at any later
time, or never. Three things keep the search small, and none of them lets a wrong
history pass: what was done has a number, so the order of these is known; a refusal
changes nothing, so it is best placed as soon as it fits; and nothing may be placed
before what was answered before it was asked.
"""

from itertools import pairwise
from math import inf

from msgspec import Struct

from cluster.history import Call
from cluster.model import State, effect, step

#: So many states are looked at before it is said that nobody knows.
AT_MOST = 400_000


class Verdict(Struct, frozen=True):
    """``accepted`` None: it was not found out. ``why`` says how far one came."""

    accepted: bool | None
    looked_at: int
    why: str = ""


class _At(Struct, frozen=True):
    """A point of the search: what has been placed, and what is true then.

    ``ready`` are the refusals and the numbered calls that were placed, of those at or
    after ``low``; ``done`` counts the numbered ones, ``unknown`` has a bit for each
    unknown one.
    """

    low: int
    ready: int
    done: int
    unknown: int
    state: State


def check(calls: list[Call], first: State, at_most: int = AT_MOST) -> Verdict:
    """Whether *calls* can have had their answers in a meeting that began as *first*."""
    return _Search(calls).run(first, at_most)


class _Search:
    def __init__(self, calls: list[Call]) -> None:
        answered = [call for call in calls if call.answer is not None]
        self.known = sorted(answered, key=lambda call: call.asked)
        self.unknown = [call for call in calls if call.answer is None]
        numbered = [
            (call.seq, place)
            for place, call in enumerate(self.known)
            if call.seq is not None
        ]
        self.numbered = sorted(numbered)
        self.furthest = 0

    def run(self, first: State, at_most: int) -> Verdict:
        numbers = [seq for seq, _ in self.numbered]
        for one, other in pairwise(numbers):
            if one == other:
                return Verdict(False, 0, f"two calls were both done as {one}")
        seen: set[_At] = set()
        stack = [_At(0, 0, 0, 0, first)]
        while stack:
            at = self._refused(stack.pop())
            if at in seen:
                continue
            seen.add(at)
            if at.low == len(self.known):
                return Verdict(True, len(seen))
            if len(seen) > at_most:
                return Verdict(None, len(seen), self._why())
            self.furthest = max(self.furthest, at.done)
            stack += self._next(at)
        return Verdict(False, len(seen), self._why())

    def _window(self, at: _At) -> tuple[list[int], float]:
        """Which calls may be next, and before when the next must be."""
        found, before = [], inf
        for place in range(at.low, len(self.known)):
            call = self.known[place]
            if call.asked > before:
                break
            if not at.ready >> (place - at.low) & 1:
                found.append(place)
                assert call.answered is not None
                before = min(before, call.answered)
        return [p for p in found if self.known[p].asked <= before], before

    def _refused(self, at: _At) -> _At:
        """Place every refusal that fits now."""
        while True:
            placed = False
            for place in self._window(at)[0]:
                call = self.known[place]
                if call.seq is None and step(at.state, call) is not None:
                    at = self._placed(at, place, at.state, 0)
                    placed = True
                    break
            if not placed:
                return at

    def _next(self, at: _At) -> list[_At]:
        """Everything that may come next; what is most likely last."""
        window, before = self._window(at)
        found = []
        for n, call in enumerate(self.unknown):
            if call.asked <= before and not at.unknown >> n & 1:
                after = effect(at.state, call)
                if after is not None:
                    unknown = at.unknown | 1 << n
                    found.append(_At(at.low, at.ready, at.done, unknown, after))
        if at.done < len(self.numbered):
            place = self.numbered[at.done][1]
            if place in window:
                after = step(at.state, self.known[place])
                if after is not None:
                    found.append(self._placed(at, place, after, 1))
        return found

    @staticmethod
    def _placed(at: _At, place: int, state: State, numbered: int) -> _At:
        low, ready = at.low, at.ready | 1 << (place - at.low)
        while ready & 1:
            low, ready = low + 1, ready >> 1
        return _At(low, ready, at.done + numbered, at.unknown, state)

    def _why(self) -> str:
        if self.furthest >= len(self.numbered):
            return "a refusal fits nowhere"
        seq, place = self.numbered[self.furthest]
        call = self.known[place]
        return f"{call.client}: {call.type} cannot have been done as {seq}"
