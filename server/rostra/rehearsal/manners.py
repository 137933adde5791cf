"""How simulated people behave, drawn from a seed. Pure; all times in seconds.

RULES 12: what is made up must never show a real State absent, over time, objecting or
removed. So there are two manners, and only an invented roster gets the lively one.
"""

import random
from typing import Literal

from msgspec import Struct

Manners = Literal["courteous", "lively"]

#: A newcomer shall see speakers change: nobody uses three minutes in a rehearsal.
SPEECH_S = (20.0, 60.0)
LONGEST_SHARE = 0.9
OVER_S = (5.0, 15.0)
LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
PERSONS = (
    "H.E. Ms. Amaranta Solvej",
    "H.E. Mr. Teodor Vanbrae",
    "Ms. Ilsabe Korrin",
    "Mr. Oluwen Tasker",
    "H.E. Ms. Marisoleil Devane",
    "Mr. Kasimir Oyelade-Brandt",
)
PROBLEMS = (
    "No interpretation channel",
    "We cannot hear the room",
    "Camera does not start",
)


class Answer(Struct, frozen=True):
    """What a delegation does when it is called.

    ``ready_s`` None is silence; ``over`` speaks on after the limit.
    """

    ready_s: float | None
    over: bool


def answer(rng: random.Random, manners: Manners) -> Answer:
    """How a delegation answers a call."""
    ready_s = rng.uniform(0.8, 2.5)
    if manners == "courteous":
        return Answer(ready_s, over=False)
    draw = rng.random()
    return Answer(None if draw < 0.03 else ready_s, over=draw > 0.97)


def speech_s(rng: random.Random, limit_s: float, *, over: bool) -> float:
    """How long somebody speaks who has *limit_s*."""
    if over:
        return limit_s + rng.uniform(*OVER_S)
    return min(rng.uniform(*SPEECH_S), limit_s * LONGEST_SHARE)


def wanted_on_list(rng: random.Random) -> int:
    """How many names the list shall have for now: 8 to 15 with those who come."""
    return rng.randint(9, 14)


def request(
    rng: random.Random, manners: Manners, groups: tuple[str, ...]
) -> dict[str, object]:
    """The fields of a request for the floor.

    Who speaks for a real group, in which language and through whom, is not invented.
    """
    if manners == "courteous":
        return {"kind": "statement"}
    fields: dict[str, object] = {"kind": "statement", "language": rng.choice(LANGUAGES)}
    if groups and rng.random() < 0.12:
        fields |= {"kind": "group_statement", "group": rng.choice(groups)}
    if rng.random() < 0.5:
        fields["person"] = {"name": rng.choice(PERSONS), "title": ""}
    return fields
