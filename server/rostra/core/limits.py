"""Limits: another one for those not yet called, and which would fit (RULES 4).

A limit is that of a Member; other tiers have the share of it that the profile's own
limits give them. Nobody who is called already, and nobody with a limit of their own,
is touched.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, get_args

from msgspec import Struct, structs

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.case import Case
from rostra.core.forecast import (
    Projection,
    at_present,
    begins_at,
    hard_stop,
    overhead_ms,
    projected,
    reserve_ms,
    waiting,
)
from rostra.core.ids import Code, Instant, Kind, Tier
from rostra.core.lists import expected
from rostra.core.meeting import LIVE, Meeting, Request, SpeakerList
from rostra.core.profile import Profile
from rostra.core.refusals import Refused

Result = dict[str, object]
#: A speaker's share of a Member's limit.
Weight = Fraction | int

#: Kinds whose limit a list may change.
STATEMENTS: frozenset[Kind] = frozenset(("statement", "group_statement"))
_MEMBER: Tier = "member_state"


class Suggestion(Struct, frozen=True):
    """A limit to announce. ``exact_s`` is what the sum gave before it was rounded."""

    limit_s: int
    exact_s: int
    #: Whether everybody who waits is heard in time with it.
    fits: bool
    heard: int


class Outlook(Struct, frozen=True, kw_only=True):
    """What the present limit, the suggested one and one that was asked for lead to."""

    waiting: int
    limit_s: int
    overhead_ms: int
    reserve_ms: int
    #: The planned end less the reserve; None where no end is known.
    until: Instant | None
    present: Projection
    suggestion: Suggestion | None
    asked: Projection | None


def nominal_s(profile: Profile, tier: Tier = _MEMBER) -> int:
    """The limit of a statement by the profile, for a tier."""
    kind: Kind = "group_statement" if tier == "group" else "statement"
    return profile.limit_ms(kind, tier) // 1000


def share(profile: Profile, tier: Tier) -> Fraction:
    """What a tier has of a Member's limit."""
    return Fraction(nominal_s(profile, tier), nominal_s(profile))


def scaled_s(profile: Profile, seconds: int, weight: Weight) -> int:
    """A Member's *seconds* for one of that *weight*, in steps that can be spoken."""
    if weight == 1:
        return seconds
    return max(profile.limit_step_short_s, profile.stepped(int(seconds * weight)))


def limit_of(
    meeting: Meeting, speakers: SpeakerList, kind: Kind, delegation: Code | None
) -> int:
    """The limit of a request that comes now: the list's, else the profile's (ms)."""
    own = meeting.roster.delegations.get(delegation or Code(""))
    tier = own.tier if own else "other"
    if kind in STATEMENTS:
        changed = _on_list(speakers, "group" if kind == "group_statement" else tier)
        if changed is not None:
            return changed * 1000
    return meeting.profile.limit_ms(kind, tier)


def _on_list(speakers: SpeakerList, tier: Tier) -> int | None:
    """What the limit was changed to on a list, for a tier."""
    return speakers.limits_s.get(tier, speakers.limits_s.get("any"))


def _tier(meeting: Meeting, request: Request) -> Tier:
    """The tier by which a statement's limit goes: a group's for a group."""
    if request.kind == "group_statement":
        return "group"
    own = meeting.roster.delegations.get(request.delegation or Code(""))
    return own.tier if own else "other"


def set_limit(case: Case, command: c.SetLimit) -> Result:
    """Another limit for statements on this list, from the next speaker on."""
    speakers = expected(case, command.expect)
    if speakers.purpose != "speakers":
        raise Refused("list_takes_no_requests", segment="")
    profile = case.meeting.profile
    limits: dict[str, int] = {
        tier: scaled_s(profile, command.seconds, share(profile, tier))
        if command.scaled
        else command.seconds
        for tier in get_args(Tier)
    }
    changed = tuple(
        (each.id, limits[_tier(case.meeting, each)] * 1000)
        for each in case.meeting.requests.values()
        if each.list == speakers.id and changes(each)
    )
    case.say(e.LimitsSet(list=speakers.id, limits_s=limits, requests=changed))
    case.undoable("set_limit", list=speakers.id)
    return {"requests": len(changed)}


def changes(request: Request) -> bool:
    """Whether a new limit of its list is one for this request too."""
    return (
        request.kind in STATEMENTS
        and request.status in LIVE
        and request.status != "called"
        and not request.own_limit
        and not request.media_ms
        and request.resume_of is None
    )


def suggest(
    available_ms: int,
    kept_ms: int,
    weights: Sequence[Weight],
    change_ms: int,
    profile: Profile,
) -> Suggestion:
    """The limit with which all who wait are heard in what is left (RULES 4).

    ``clamp(floor((T - reserve) / Σw - overhead), lowest, nominal)``, taken down by
    further steps where shares of it were rounded the wrong way.
    """
    nominal = nominal_s(profile)
    left = max(0, available_ms - kept_ms)
    if not weights:
        return Suggestion(nominal, nominal, True, 0)
    shares = Fraction(sum(weights))
    each_ms = left * shares.denominator // shares.numerator - change_ms
    exact = max(0, each_ms // 1000)
    lowest = min(profile.limit_floor_s, nominal)
    limit = max(lowest, min(nominal, profile.stepped(exact)))
    while limit > lowest and _heard(left, limit, weights, change_ms, profile) < len(
        weights
    ):
        limit = max(lowest, profile.stepped(limit - 1))
    heard = _heard(left, limit, weights, change_ms, profile)
    return Suggestion(limit, exact, heard == len(weights), heard)


def _heard(
    left_ms: int,
    limit: int,
    weights: Sequence[Weight],
    change_ms: int,
    profile: Profile,
) -> int:
    limits = (scaled_s(profile, limit, each) * 1000 for each in weights)
    return projected(Instant(0), limits, change_ms, Instant(left_ms)).heard


def outlook(
    meeting: Meeting, speakers: SpeakerList, at: Instant, seconds: int | None = None
) -> Outlook:
    """Where the list leads to: as limits are, as suggested, and with *seconds*."""
    queue, until = waiting(meeting, speakers), hard_stop(meeting, at)
    begins, change = begins_at(meeting, at), overhead_ms(meeting)

    def with_limit(limit: int) -> Projection:
        limits = (_with(meeting, each, limit) for each in queue)
        return projected(begins, limits, change, until)

    suggestion = None
    if until is not None:
        others = sum(each.limit_ms + change for each in queue if not changes(each))
        weights = [_weight(meeting, each) for each in queue if changes(each)]
        left = until - begins - others
        suggestion = suggest(left, 0, weights, change, meeting.profile)
        heard = with_limit(suggestion.limit_s).heard
        suggestion = structs.replace(suggestion, heard=heard, fits=heard == len(queue))
    return Outlook(
        waiting=len(queue),
        limit_s=_on_list(speakers, _MEMBER) or nominal_s(meeting.profile),
        overhead_ms=change,
        reserve_ms=reserve_ms(meeting),
        until=until,
        present=at_present(meeting, speakers, at),
        suggestion=suggestion,
        asked=None if seconds is None else with_limit(seconds),
    )


def _weight(meeting: Meeting, request: Request) -> Fraction:
    return share(meeting.profile, _tier(meeting, request))


def _with(meeting: Meeting, request: Request, seconds: int) -> int:
    """The limit of *request* if a Member's were *seconds* (ms)."""
    if not changes(request):
        return request.limit_ms
    weight = _weight(meeting, request)
    return scaled_s(meeting.profile, seconds, weight) * 1000


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.SetLimit: set_limit,
}
