"""Rules of procedure as data: every number that a rule uses.

A profile is a TOML file (``config/profiles``). Defaults here are those of RULES 4-7;
a file may change each of them and nothing else.
"""

from typing import Any, Literal

from msgspec import Struct, field, to_builtins

from rostra.core.files import Flaw, located, meant, parsed
from rostra.core.ids import Interrupting, Kind, Modifier, Policy, Rank, Tier
from rostra.core.programme import Part
from rostra.core.sense import sensible

Seconds = int


class Warn(Struct, frozen=True, array_like=True, gc=False):
    """A limit of up to ``up_to_s`` warns ``before_s`` before its end."""

    up_to_s: Seconds
    before_s: Seconds


class Interruption(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False
):
    """What one kind of interruption may do (RULES 4).

    ``clock`` is what happens to the clock beneath: ``hold`` goes on by itself when the
    interruption is over (and ruled on), ``stop`` waits for the operator, ``run_on``
    does not stand at all. ``when`` is whether it waits for the end of an intervention.
    """

    enabled: bool = True
    clock: Literal["hold", "stop", "run_on"] = "hold"
    when: Literal["at_once", "between"] = "at_once"
    #: Whether the chair's ruling is recorded before anybody goes on.
    ruling: bool = False
    counts: bool = False
    #: At most so many for one intervention.
    per_trigger: int | None = None


INTERRUPTIONS: dict[Interrupting, Interruption] = {
    "point_of_order": Interruption(clock="hold", ruling=True),
    "procedural_motion": Interruption(clock="hold", when="between", ruling=True),
    "response": Interruption(enabled=False, when="between", per_trigger=3),
    "technical": Interruption(clock="stop"),
}


class Replies(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The right of reply: its limits in turn, and when replies are heard (RULES 2)."""

    #: Limit of the first, the second … reply; as many as a delegation may make.
    limits_s: tuple[Seconds, ...] = (180, 120)
    place: Literal["end_of_item", "end_of_meeting", "end_of_day"] = "end_of_item"
    #: Who may reply a second time: all, or who made or was addressed in a first one.
    second: Literal["all", "involved"] = "involved"
    #: A statement of such a rank is replied to in writing.
    in_writing_to: tuple[Rank, ...] = ()


class TagKey(Struct, frozen=True, array_like=True, gc=False):
    """A tag that rapporteurs give with one key. Others may be typed."""

    tag: str
    key: str


class Closing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """When lists close by themselves (RULES 3); None is never."""

    after_start_min: int | None = None
    capacity: int | None = None
    #: When the so-many-th last speaker is called.
    before_last: int | None = None
    #: The console proposes to close when the forecast passes the end less the reserve.
    propose_at_forecast: bool = True


#: Limits below this are announced in the shorter steps.
SHORT_S = 120

RANKS: dict[Rank, int] = {
    "head_of_state": 0,
    "vice_president": 0,
    "crown_prince": 0,
    "head_of_government": 0,
    "deputy_prime_minister": 4,
    "minister": 5,
    "vice_minister": 6,
    "chair_of_delegation": 7,
}


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The rules of one kind of meeting. Times are in seconds."""

    format: int = 1
    id: str
    title: str

    #: Limit by kind, and by tier where the kind is named with a table.
    #: ``programme`` by part instead, for speakers whose programme names no limit.
    limits: dict[Kind, dict[Tier | Part | Literal["any"], Seconds]]
    warn: tuple[Warn, ...] = (Warn(60, 15), Warn(180, 30), Warn(1_000_000, 60))
    enforcement: Literal["soft", "firm", "hard"] = "firm"
    #: HARD signals the cut so long after the limit.
    grace_s: Seconds = 30

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
    #: Rank of a named speaker under ``protocol_rank``; equal numbers are equal.
    ranks: dict[Rank, int] = field(default_factory=lambda: dict(RANKS))
    #: Late Members stand before observers of the first opening.
    late_within_tier: bool = False
    #: A spokesperson of a group waits so many places with the national statement.
    spokesperson_gap: int = 0
    #: Where the State of Palestine stands (RULES 12).
    state_of_palestine: Literal["order_of_request", "after_members"] = (
        "order_of_request"
    )
    #: How many of the first not yet called are told to be ready, and locked.
    on_deck: int = 2

    #: When the lists of segments that take requests open by themselves.
    lists_open: Literal["at_lobby", "at_order", "by_hand"] = "at_lobby"
    inscribe_while_suspended: bool = True
    #: Requests of the first so many minutes are drawn by lot; 0 for none.
    lot_window_min: int = 0
    closing: Closing = Closing()
    #: Requests after the closing wait in a tray that operators see.
    late_tray: bool = False
    #: A request waits for an operator's yes.
    approval: bool = False
    park: bool = True
    #: Who parked comes back to the old place in the order, else to the end.
    keep_place: bool = False
    swaps: Literal["off", "confirm", "auto"] = "confirm"
    #: Statements of one delegation on one list; None is as many as it likes.
    max_statements: int | None = None
    carry_over: bool = False
    #: What becomes of those who were not heard, where nothing is carried over.
    unheard: Literal["written_only", "expired"] = "written_only"
    show_list: Literal["all", "own_place", "count"] = "all"
    show_regions: bool = False

    clock_starts: Literal["at_start", "at_ready"] = "at_start"
    #: Every operator may act, or only the holder of the gavel.
    control: Literal["all", "gavel"] = "all"
    gavel_offer_s: Seconds = 60
    #: Delegations present below which the console warns; 0 for none.
    quorum: int = 0

    interruptions: dict[Interrupting, Interruption] = field(
        default_factory=lambda: dict(INTERRUPTIONS)
    )
    #: So many interruptions may stand over one intervention.
    interruption_depth: int = 2
    replies: Replies | None = Replies()

    #: Announced limits are multiples of these: below two minutes, and above.
    limit_step_short_s: Seconds = 15
    limit_step_s: Seconds = 30
    limit_floor_s: Seconds = 90
    #: A recorded statement is introduced so long.
    media_intro_s: Seconds = 60
    #: Hold the clock by itself when every device of a speaker is silent.
    auto_hold: bool = False

    extension_cap_percent: int = 100
    line_lost_credit_s: Seconds = 10
    pause_credit_s: Seconds = 10
    undo_s: Seconds = 10
    #: A wrong party that spoke longer is voided or counted by the operator's word.
    void_over_s: Seconds = 30
    #: After how many further speakers one who did not answer is called again.
    return_after: int = 2
    returns: int = 2
    no_show: Literal["later", "end_of_category"] = "later"
    round_size: int = 3

    #: When the console reminds: no answer to a call, a line lost, a pause,
    #: time over, downtime.
    call_prompts_s: tuple[Seconds, ...] = (15, 30, 60)
    line_lost_prompt_s: Seconds = 15
    pause_prompts_s: tuple[Seconds, ...] = (120, 300)
    over_alarm_s: Seconds = 30
    downtime_prompt_s: Seconds = 30
    #: What rapporteurs mark interventions with, in the order of their keys.
    tags: tuple[TagKey, ...] = (
        TagKey("supported", "s"),
        TagKey("opposed", "o"),
        TagKey("proposed amendment", "a"),
        TagKey("asked for explanation", "e"),
        TagKey("made a proposal", "p"),
        TagKey("announced a commitment", "c"),
    )
    #: Time between two speakers, and the reserve kept before the planned end.
    overhead_s: Seconds = 20
    reserve_s: Seconds = 300

    def part_ms(self, part: Part) -> int:
        """The limit of a programme speaker whose file names none (RULES 4)."""
        table = self.limits.get("programme", {})
        return table.get(part, table.get("any", 300)) * 1000

    def limit_ms(self, kind: Kind, tier: Tier) -> int:
        """The limit of a *kind* for a *tier*, in milliseconds (RULES 4)."""
        table = self.limits.get(kind) or self.limits.get("statement") or {}
        if kind == "group_statement" and kind not in self.limits:
            tier = "group"
        seconds = table.get(tier, table.get("any", 180))
        return seconds * 1000

    def stepped(self, seconds: int) -> int:
        """*seconds* as a chair would say them: down to a whole step (RULES 4)."""
        short = seconds < SHORT_S
        return seconds - seconds % (
            self.limit_step_short_s if short else self.limit_step_s
        )

    def warn_ms(self, limit_ms: int) -> int:
        """How long before the end of a limit the warning begins (RULES 4)."""
        for step in self.warn:
            if limit_ms <= step.up_to_s * 1000:
                return min(step.before_s * 1000, limit_ms // 2)
        return 0


def parse_profile(text: str) -> Profile:
    """Read a profile file. Raises :class:`BadLine` saying what is wrong where."""
    data = parsed(text)
    try:
        profile = meant(_written_out(data), Profile)
        sensible(profile)
    except Flaw as flaw:
        raise located(flaw, text) from None
    return profile


def _written_out(short: dict[str, Any]) -> dict[str, Any]:
    """What a file may say in short: one limit for all tiers, no replies at all, and of
    an interruption only what is not as usual.
    """
    data = dict(short)
    if isinstance(limits := data.get("limits"), dict):
        data["limits"] = {
            kind: value if isinstance(value, dict) else {"any": value}
            for kind, value in limits.items()
        }
    if data.get("replies") == "none":
        data["replies"] = None
    if isinstance(given := data.get("interruptions"), dict):
        usual: dict[str, Any] = {k: to_builtins(v) for k, v in INTERRUPTIONS.items()}
        for kind, value in given.items():
            both = kind in usual and isinstance(value, dict)
            usual[kind] = {**usual[kind], **value} if both else value
        data["interruptions"] = usual
    return data
