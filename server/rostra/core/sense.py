"""What a profile may say: numbers within bounds, tables that leave nobody out.

Types and names of keys are checked when the file is read; here is what makes sense.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, get_args

from rostra.core.files import Flaw, Path, named, short
from rostra.core.ids import Rank, Tier

if TYPE_CHECKING:
    from rostra.core.profile import Profile

_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
DAY_S = 86_400
LIMIT_S = (1, 36_000)
LONGEST_TITLE = 200
LONGEST_TAG = 40
#: The last step of ``warn`` is for all longer limits.
LONGEST_WARN_S = 1_000_000
#: The least and the most that each number may be.
BOUNDS: dict[str, tuple[int, int]] = {
    "format": (1, 1),
    "grace_s": (0, 600),
    "spokesperson_gap": (0, 100),
    "on_deck": (0, 10),
    "lot_window_min": (0, 1_440),
    "max_statements": (1, 100),
    "gavel_offer_s": (0, 3_600),
    "quorum": (0, 1_000),
    "interruption_depth": (0, 5),
    "limit_step_short_s": (1, 60),
    "limit_step_s": (1, 300),
    "limit_floor_s": (5, 3_600),
    "media_intro_s": (0, 3_600),
    "extension_cap_percent": (0, 1_000),
    "line_lost_credit_s": (0, 600),
    "pause_credit_s": (0, 600),
    "undo_s": (0, 600),
    "void_over_s": (0, 3_600),
    "return_after": (0, 100),
    "returns": (0, 10),
    "round_size": (1, 50),
    "line_lost_prompt_s": (0, 3_600),
    "over_alarm_s": (0, 3_600),
    "downtime_prompt_s": (0, DAY_S),
    "overhead_s": (0, 600),
    "reserve_s": (0, DAY_S),
}
_CLOSING = {
    "after_start_min": (1, 1_440),
    "capacity": (1, 1_000),
    "before_last": (1, 100),
}


def sensible(profile: "Profile") -> None:
    """Raise :class:`Flaw` where *profile* says what cannot be meant."""
    for flaw in _flaws(profile):
        raise flaw


def _flaws(profile: "Profile") -> Iterator[Flaw]:
    if not _NAME.fullmatch(profile.id):
        yield Flaw(("id",), "“id” must be a name of letters, digits, - and _")
    if not any(sign.isalnum() for sign in profile.title):
        yield Flaw(("title",), "“title” is empty: delegations read it")
    if len(profile.title) > LONGEST_TITLE:
        what = f"“title” has more than {LONGEST_TITLE} characters"
        yield Flaw(("title",), what)
    for key, (low, high) in BOUNDS.items():
        yield from _within((key,), getattr(profile, key), low, high)
    yield from _limits(profile)
    yield from _order(profile)
    yield from _closing(profile)
    yield from _interruptions(profile)
    yield from _prompts(profile)
    yield from _tags(profile)


def _within(path: Path, value: int | None, low: int, high: int) -> Iterator[Flaw]:
    if value is None or low <= value <= high:
        return
    may = f"from {low} to {high}" if low < high else f"{low}"
    yield Flaw(path, f"{named(path)} must be {may}, not {short(value)}")


def _tags(profile: "Profile") -> Iterator[Flaw]:
    tags = [each.tag for each in profile.tags]
    keys = [each.key for each in profile.tags]
    for index, each in enumerate(profile.tags):
        if not re.fullmatch("[a-z0-9]", each.key) or keys.index(each.key) < index:
            what = f"“{short(each.key)}” must be one letter or digit, used once"
            yield Flaw(("tags", index), what)
        if each.tag != each.tag.strip() or not 1 <= len(each.tag) <= LONGEST_TAG:
            what = f"each tag must have 1 to {LONGEST_TAG} characters"
            yield Flaw(("tags", index), what)
        if tags.index(each.tag) < index:
            yield Flaw(("tags", index), f"“{short(each.tag)}” stands there twice")


def _limits(profile: "Profile") -> Iterator[Flaw]:
    for kind, table in profile.limits.items():
        for tier, seconds in table.items():
            yield from _within(("limits", kind, tier), seconds, *LIMIT_S)
    statement = profile.limits.get("statement", {})
    left_out = [tier for tier in get_args(Tier) if tier not in statement]
    if left_out and "any" not in statement:
        path: Path = ("limits", "statement") if statement else ("limits",)
        names = ", ".join(left_out)
        yield Flaw(path, f"“limits.statement” says nothing of {names}; add “any”")
    last = 0
    for step in profile.warn:
        yield from _within(("warn",), step.up_to_s, 1, LONGEST_WARN_S)
        if step.up_to_s <= last:
            yield Flaw(("warn",), "“warn” must go from shorter to longer limits")
        if not 0 <= step.before_s < step.up_to_s:
            what = f"“warn” cannot begin {step.before_s} s before the end of a limit"
            yield Flaw(("warn",), f"{what} of up to {step.up_to_s} s")
        last = step.up_to_s
    if profile.replies is None:
        return
    path = ("replies", "limits_s")
    if not profile.replies.limits_s:
        what = "“replies.limits_s” names no limit; where there is no right of reply"
        yield Flaw(path, f'{what} write: replies = "none"')
    for seconds in profile.replies.limits_s:
        yield from _within(path, seconds, *LIMIT_S)


def _order(profile: "Profile") -> Iterator[Flaw]:
    yield from _complete("tiers", profile.tiers, get_args(Tier))
    yield from _complete("ranks", profile.ranks, get_args(Rank))
    if len(set(profile.modifiers)) < len(profile.modifiers):
        yield Flaw(("modifiers",), "“modifiers” names one of them twice")
    drawn = profile.order in ("lot", "alpha_from_lot")
    if profile.lot_window_min and not drawn:
        what = "“lot_window_min” waits for a draw, but “order” is"
        yield Flaw(("lot_window_min",), f"{what} {profile.order}")


def _complete(
    name: str, table: Mapping[Any, int], wanted: tuple[str, ...]
) -> Iterator[Flaw]:
    left_out = [each for each in wanted if each not in table]
    if left_out:
        yield Flaw((name,), f"“{name}” leaves out {', '.join(left_out)}")
    for key, rank in table.items():
        yield from _within((name, key), rank, 0, 100)


def _closing(profile: "Profile") -> Iterator[Flaw]:
    closing = profile.closing
    for key, (low, high) in _CLOSING.items():
        yield from _within(("closing", key), getattr(closing, key), low, high)
    window, after = profile.lot_window_min, closing.after_start_min
    if after is not None and after < window:
        what = "“closing.after_start_min” closes the list before its window for the lot"
        yield Flaw(("closing", "after_start_min"), f"{what} ({window} min) is over")
    capacity, before_last = closing.capacity, closing.before_last
    if capacity is not None and before_last is not None and before_last >= capacity:
        what = "“closing.before_last” would close a list of that capacity at once"
        yield Flaw(("closing", "before_last"), what)


def _interruptions(profile: "Profile") -> Iterator[Flaw]:
    for kind, each in profile.interruptions.items():
        path = ("interruptions", kind, "per_trigger")
        yield from _within(path, each.per_trigger, 1, 100)
    response = profile.interruptions.get("response")
    if profile.interruption_depth == 0 and response and response.enabled:
        what = "“interruption_depth” is 0, but responses are enabled"
        yield Flaw(("interruption_depth",), what)


def _prompts(profile: "Profile") -> Iterator[Flaw]:
    for key in ("call_prompts_s", "pause_prompts_s"):
        prompts: tuple[int, ...] = getattr(profile, key)
        for seconds in prompts:
            yield from _within((key,), seconds, 1, DAY_S)
        if list(prompts) != sorted(set(prompts)):
            yield Flaw((key,), f"“{key}” must go up from one to the next")
