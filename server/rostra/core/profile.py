"""Rules of procedure as data: every number that a rule uses.

A profile is a TOML file (``config/profiles``). Defaults here are those of RULES 4-7;
a file may change each of them and nothing else.
"""

import tomllib
from typing import Literal

import msgspec
from msgspec import Struct, field

from rostra.core.ids import Kind, Modifier, Policy, Tier
from rostra.core.roster import BadFile

Seconds = int


class Warn(Struct, frozen=True, array_like=True):
    """A limit of up to ``up_to_s`` warns ``before_s`` before its end."""

    up_to_s: Seconds
    before_s: Seconds


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules of one kind of meeting. Times are in seconds."""

    format: int = 1
    id: str
    title: str

    #: Limit by kind, and by tier where the kind is named with a table.
    limits: dict[Kind, dict[Tier | Literal["any"], Seconds]]
    warn: tuple[Warn, ...] = (Warn(60, 15), Warn(180, 30), Warn(1_000_000, 60))
    enforcement: Literal["soft", "firm"] = "firm"

    order: Policy = "arrival"
    modifiers: tuple[Modifier, ...] = ()
    #: Rank of each tier in the order; equal numbers are merged.
    tiers: dict[Tier, int] = field(
        default_factory=lambda: {
            "group": 0,
            "member_state": 1,
            "observer_state": 2,
            "organisation": 3,
            "un_entity": 3,
            "nhri": 4,
            "ngo": 5,
            "other": 5,
        }
    )
    #: Where the State of Palestine stands (RULES 12).
    state_of_palestine: Literal["order_of_request", "after_members"] = (
        "order_of_request"
    )
    #: How many of the first not yet called are told to be ready, and locked.
    on_deck: int = 2

    #: When the lists of segments that take requests open by themselves.
    lists_open: Literal["at_lobby", "at_order", "by_hand"] = "at_lobby"
    inscribe_while_suspended: bool = True
    show_list: Literal["all", "own_place", "count"] = "all"
    show_regions: bool = False

    clock_starts: Literal["at_start", "at_ready"] = "at_start"
    extension_cap_percent: int = 100
    line_lost_credit_s: Seconds = 10
    pause_credit_s: Seconds = 10
    undo_s: Seconds = 10
    #: A wrong party that spoke longer is voided or counted by the operator's word.
    void_over_s: Seconds = 30
    #: After how many further speakers one who did not answer is called again.
    return_after: int = 2
    returns: int = 2
    round_size: int = 3

    #: When the console reminds: no answer to a call, a line lost, a pause,
    #: time over, downtime.
    call_prompts_s: tuple[Seconds, ...] = (15, 30, 60)
    line_lost_prompt_s: Seconds = 15
    pause_prompts_s: tuple[Seconds, ...] = (120, 300)
    over_alarm_s: Seconds = 30
    downtime_prompt_s: Seconds = 30
    #: Time between two speakers, and the reserve kept before the planned end.
    overhead_s: Seconds = 20
    reserve_s: Seconds = 300

    def limit_ms(self, kind: Kind, tier: Tier) -> int:
        """The limit of a *kind* for a *tier*, in milliseconds (RULES 4)."""
        table = self.limits.get(kind) or self.limits.get("statement") or {}
        if kind == "group_statement" and kind not in self.limits:
            tier = "group"
        seconds = table.get(tier, table.get("any", 180))
        return seconds * 1000

    def warn_ms(self, limit_ms: int) -> int:
        """How long before the end of a limit the warning begins (RULES 4)."""
        for step in self.warn:
            if limit_ms <= step.up_to_s * 1000:
                return min(step.before_s * 1000, limit_ms // 2)
        return 0


def parse_profile(text: str) -> Profile:
    """Read a profile file. Raises :class:`BadFile` saying what is wrong where."""
    try:
        data = tomllib.loads(text)
        limits = data.get("limits", {})
        for kind, value in limits.items():
            if isinstance(value, int):
                limits[kind] = {"any": value}
        return msgspec.convert(data, Profile)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadFile(str(error)) from error
