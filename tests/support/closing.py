"""The closing discussion from its opening to its conclusions, among invented people.

Played by commands alone, with everything that a record tells (rounds of replies, a
point of order, pauses, a suspension, another limit) and with what nobody outside may
read: a call that nobody answered, a mistake, notes of the staff. Those hold the word
``CANARY`` wherever a text can be typed.
"""

import random
from collections.abc import Sequence
from functools import cache
from typing import Any, get_args

from msgspec import structs

from rostra.cli.files import read_meeting
from rostra.core import commands as c
from rostra.core.events import AnyEvent, MeetingCreated
from rostra.core.founding import found
from rostra.core.ids import (
    Code,
    GroupCode,
    Instant,
    InterventionId,
    LinkId,
    MeetingId,
    Published,
)
from rostra.core.meeting import Link, Meeting, Person
from rostra.core.programme import Presider, list_id
from support.floor import DEPUTY, MODERATOR, RAPPORTEUR, Floor

#: 10 July 2020, 11:30 in New York.
OPENED = Instant(1_594_395_000_000)
CANARY = "CANARY"
PERSPECTIVES, DISCUSSION, CONCLUSIONS = 1, 2, 3
PRESIDER = Presider("H.E. Mr. Tomas Verel", "Permanent Representative of Adunara")
PEOPLE = (
    ("XAE", "H.E. Ms. Ilse Marren", "Minister for Foreign Affairs"),
    ("XAL", "H.E. Mr. Osei Tandoh", "Deputy Minister of the Interior"),
    ("XAH", "Ms. Dana Whitlock", "Chargé d’affaires"),
)
GISTS = (
    "Stressed that threats had not paused with the pandemic; asked for capacity"
    " building that reaches smaller administrations.",
    "Described how border, health and security services had begun to share information"
    " daily, and offered to present the arrangement to others.",
    "Called for human rights and the rule of law to stand at the centre of every"
    " measure, and for the victims of terrorism to be heard.",
    "Warned of recruitment over the Internet among young people kept from school.",
)
#: What the rapporteur draws from it, by guiding question.
CONCLUDED = (
    "Delegations agreed that needs differ by region, and that assistance should begin"
    " with what States themselves ask for.",
    "What the pandemic taught on preparedness, and on working across services, holds"
    " for the threat of terrorism as well.",
    "Political support grows where capacity-building shows results that can be seen.",
)


def commits(floor: Floor) -> list[tuple[Instant, Sequence[AnyEvent]]]:
    """The history of a meeting that was played, its first commit included."""
    first = (floor.meeting.created_at, (floor.created,))
    return [first, *((at, events) for _, at, events in floor.commits)]


@cache
def closing_discussion(speakers: int = 40) -> "Closing":
    """The whole meeting, with so many delegations on the list of the discussion."""
    return Closing(speakers).play()


class Closing(Floor):
    """The meeting while it is played."""

    def __init__(self, speakers: int) -> None:
        super().__init__()
        self._chance = random.Random(20_200_710)
        material = read_meeting("closing-discussion", "fictional")
        self.now = Instant(OPENED - 1_800_000)
        programme = structs.replace(
            material.programme,
            segments=tuple(
                structs.replace(each, presider=PRESIDER)
                for each in material.programme.segments
            ),
        )
        seats = [
            Link(id=LinkId(f"d{code}"), role="delegate", delegation=code)
            for code in material.roster.delegations
        ]
        staff = [
            Link(id=MODERATOR.link, role="moderator"),
            Link(id=DEPUTY.link, role="moderator"),
            Link(id=RAPPORTEUR.link, role="rapporteur"),
        ]
        self.created = MeetingCreated(
            meeting=MeetingId("closing-discussion"),
            programme=programme,
            planned=material.planned,
            profile=structs.replace(material.profile, quorum=0),
            roster=material.roster,
            links=(*staff, *seats),
        )
        self.meeting: Meeting = found(self.created, self.now)
        self.before = self.meeting
        guests = {"XAD", *(code for code, _, _ in PEOPLE)}
        known = [*material.roster.delegations]
        self.codes = [str(code) for code in known if code not in guests][:speakers]

    def play(self) -> "Closing":
        """From the lobby to the end."""
        self.lobby()
        self.wait(900)
        self._inscribe(self.codes[:12])
        self.wait(900)
        self.do(c.CallToOrder, expect=self.expect_state())
        self._opening()
        self.go(PERSPECTIVES)
        self._perspectives()
        self.go(DISCUSSION)
        self._discussion()
        self._replies()
        self._draw()
        self.go(CONCLUSIONS)
        self._conclude()
        self.wait(30)
        self.adjourn()
        self._publish()
        return self

    # Its parts

    def _opening(self) -> None:
        self._guest(
            "XAD", "H.E. Ms. Aurelia Danvers", "President of the Assembly", 0, 240
        )

    def _perspectives(self) -> None:
        for place, (code, name, title) in enumerate(PEOPLE):
            self._guest(code, name, title, PERSPECTIVES, 280 + 20 * place)

    def _guest(self, code: str, name: str, title: str, segment: int, s: float) -> None:
        """A named speaker that an operator puts in; a rapporteur writes the gist."""
        entry = c.Entry(
            delegation=Code(code),
            kind="programme",
            person=Person(name, title),
            label="",
            limit_s=300,
            note=f"{CANARY} leaves early",
        )
        key = list_id(segment)
        made = self.do(c.Insert, list=key, entries=(entry,))["requests"][0]
        self.do(c.ConfirmName, request=made)
        spoke = self.heard(made, s)
        self._gist(spoke, self._chance.choice(GISTS))
        self.wait(15)

    def _inscribe(self, codes: Sequence[str]) -> None:
        for place, code in enumerate(codes):
            group = {3: "WESTERN_LEAGUE", 5: "ISLAND_STATES", 9: "RIVER_PARTNERS"}
            more: dict[str, Any] = {}
            if place in group and code in self.codes[:12]:
                more = {"group": GroupCode(group[place]), "kind": "group_statement"}
            self.put(code, segment=DISCUSSION, note=f"{CANARY} by phone", **more)
            self.wait(20)

    def _discussion(self) -> None:
        self._inscribe(self.codes[12:])
        self._nobody_answers()
        self._mistake()
        heard = 0
        while order := self.speakers(DISCUSSION).order:
            heard += 1
            if heard == 9:
                self.do(c.SetLimit, seconds=120, expect=self.expect_list(DISCUSSION))
            self._one(order[0], heard)
            if heard == 20:
                self._suspension()
            if heard == 25:
                self.close(DISCUSSION, "announced by the Chair")

    def _one(self, request: str, heard: int) -> None:
        key = self.speak(request, self._chance.randint(40, 80))
        if heard == 7:
            self._point_of_order()
        if heard in (4, 18):
            self.pause("interpretation" if heard == 4 else "connection")
            self.wait(70)
            self.resume()
        self.wait(self._chance.randint(20, 90))
        self.end()
        if heard % 3 == 0:
            self._gist(key, self._chance.choice(GISTS))
        self.do(c.WriteNote, intervention=key, text=f"{CANARY} spoke too long")
        self.wait(self._chance.randint(8, 25))

    def _nobody_answers(self) -> None:
        """A delegation is called, and nobody is there."""
        self.call(self.speakers(DISCUSSION).order[1])
        self.wait(60)
        self.do(c.NoShow, expect=self.on_floor)

    def _mistake(self) -> None:
        """The wrong one is given the floor, and it is taken back."""
        self.speak(self.speakers(DISCUSSION).order[2], 15)
        self.do(c.Revoke, reason="mistake", expect=self.on_floor)

    def _point_of_order(self) -> None:
        code = self.codes[20]
        point = self.recognise(self.raised(code), 45)
        self.end()
        self.rule(point, "not_upheld", appeal="ruling_stands", note="The time stood.")
        self._gist(point, "Asked whether the limit applied to statements for groups.")

    def _suspension(self) -> None:
        self.do(c.Suspend, reason=f"{CANARY} of the sound", expect=self.expect_state())
        self.wait(420)
        self.resume_meeting()

    def _replies(self) -> None:
        one, other = self.codes[14], self.codes[16]
        self.reply(one, other)
        self.phase("reply_1")
        for code in (one, other):
            self.heard(code, 95)
            self.wait(10)
        self.reply(one)
        self.phase("reply_2")
        self.heard(one, 50)

    def _draw(self) -> None:
        """The rapporteur's conclusions are handed over; one is written later."""
        key = self.meeting.lists[list_id(DISCUSSION)].segment
        assert key is not None
        made = []
        for number, text in enumerate(CONCLUDED, start=1):
            under = c.Heading(key, number)
            more: dict[str, Any] = {"under": under, "text": text, "agreed": True}
            made.append(self.do(c.WriteConclusion, RAPPORTEUR, **more)["conclusion"])
        expect = tuple(
            c.ExpectConclusion(each, self.meeting.conclusions[each].version)
            for each in made
        )
        self.do(c.ReleaseConclusions, released=True, expect=expect)
        self.do(c.HandOver, RAPPORTEUR, expect=c.ExpectHandOver(None))
        late = {"under": c.Heading(key), "text": "A DRAFT that is not agreed."}
        self.do(c.WriteConclusion, RAPPORTEUR, **late)

    def _publish(self) -> None:
        """Every figure but those by region."""
        published = get_args(Published)
        wanted = tuple(each for each in published if each != "time_by_group")
        expect = c.ExpectPublished(published=())
        self.do(c.Publish, published=wanted, expect=expect)

    def _conclude(self) -> None:
        (first,) = self.speakers(CONCLUSIONS).order
        self.do(
            c.NameSpeaker,
            request=first,
            person=Person("Ms. Noor Haldane", "Under-Secretary-General"),
        )
        spoke = self.heard(first, 540)
        self._gist(spoke, "Presented the main conclusions of the week.")

    def _gist(self, key: InterventionId, text: str) -> None:
        self.do(c.WriteNote, RAPPORTEUR, intervention=key, text=text)
