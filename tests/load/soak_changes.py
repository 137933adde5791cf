"""What the people of the soak do: so many changes a second, seen by all or by few."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from typing import Any

from load.ours import LIST
from load.soak_person import Person

PER_S = 20
#: Longer than from one beat to the next.
HUSH_S = 6.0
#: The list is kept near so many, and so many notes are written; then they are changed.
ON_LIST = 40
NOTES = 12
LONG_TEXT = "发言记录" * 990
NAME = "Ms. " + "名" * 150


class Changes:
    """By the operator at *desk*, and by those of *people* who are delegates."""

    def __init__(
        self, rng: random.Random, desk: Person, people: Sequence[Person]
    ) -> None:
        self._rng = rng
        self._desk = desk
        self._people = people
        self._number = 0

    async def run(self, over: float) -> None:
        """Go on until *over*."""
        due = time.monotonic()
        while due < over:
            due += 1 / PER_S
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if self._desk.here:
                self._change()
        # and then nothing that the public sees, until a beat has to tell the number
        while due < over + HUSH_S:
            due += 1 / PER_S
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if self._desk.here:
                self._message()

    def _change(self) -> None:
        weights = (36, 15, 9, 22, 5, 4, 9)
        acts: tuple[Callable[[], None], ...] = (
            self._a_delegation,
            self._list,
            self._move,
            self._note,
            self._message,
            self._announce,
            self._floor,
        )
        self._rng.choices(acts, weights)[0]()

    def _a_delegation(self) -> None:
        """Somebody presses, whatever is happening to its line."""
        free = [each for each in self._people if each.delegate and not each.pending]
        if not free:
            return
        person = self._rng.choice(free)
        mine = person.view.mine if person.view else None
        if mine is None or mine.floor is not None:
            return
        if mine.requests:
            person.ask("withdraw", request=next(iter(mine.requests)))
        else:
            person.ask("request_floor", list=LIST, kind="statement")

    def _list(self) -> None:
        assert self._desk.view is not None
        order = self._desk.view.order(LIST)
        if len(order) > ON_LIST:
            self._desk.ask("withdraw", request=self._rng.choice(order))
            return
        self._number += 1
        guest = {"name": f"{NAME} {self._number}", "function": "Expert"}
        self._desk.ask("insert", list=LIST, entries=[{"person": guest}])

    def _move(self) -> None:
        assert self._desk.view is not None
        order = self._desk.view.order(LIST)
        if len(order) > 1:
            place = self._rng.randrange(len(order))
            expect = {"request": order[place], "place": place}
            to = self._rng.randrange(len(order))
            self._desk.ask("move", request=order[place], to=to, expect=expect)

    def _note(self) -> None:
        """Which the public sees nothing of; long ones, to fill lines that stand."""
        assert self._desk.view is not None
        order = self._desk.view.order(LIST)
        notes = list(self._desk.view.all("notes").values())
        self._number += 1
        text = f"{self._number} {LONG_TEXT}"
        if len(notes) >= NOTES:
            note = self._rng.choice(notes)
            again = {"note": note["id"], "version": note["version"]}
            self._desk.ask("note", text=text, **again)
        elif order:
            self._desk.ask("note", request=self._rng.choice(order), text=text)

    def _message(self) -> None:
        self._number += 1
        self._desk.ask("message", text=f"Number {self._number}")

    def _announce(self) -> None:
        self._number += 1
        self._desk.ask("announce", text=f"Announcement {self._number}")

    def _floor(self) -> None:
        """The next step of whoever has the floor."""
        view = self._desk.view
        assert view is not None
        floor, order = view.floor, view.order(LIST)
        if floor is None and (view.segment or {}).get("list") != LIST:
            running = view.meeting.get("segment")
            target = next(s for s in view.all("segments").values() if s["list"] == LIST)
            expect: dict[str, Any] = {"segment": running}
            self._desk.ask("go_to_segment", segment=target["id"], expect=expect)
        elif floor is None and order:
            self._desk.ask("call", request=order[0], expect={"head": order[0]})
        elif floor is not None:
            phase = floor["phase"]
            expect = {"intervention": floor["id"], "phase": phase}
            self._desk.ask("start" if phase == "called" else "end", expect=expect)
