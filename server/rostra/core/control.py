"""The gavel: where a profile wants one hand, who of the operators may act.

While nobody holds it every operator may. Presence is no state of the meeting: that its
holder is gone is seen by the consoles, which then offer to take it over.
"""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.actor import ALARM_LINK, CONTROL_LINK
from rostra.core.case import Case
from rostra.core.ids import LinkId
from rostra.core.permissions import WITH_GAVEL
from rostra.core.refusals import Refused

Result = dict[str, object]

#: The server's own clock and command line act whoever holds it.
_EXEMPT = frozenset((ALARM_LINK, CONTROL_LINK))


def may_act(case: Case, command: str) -> None:
    """Refuse an operator who acts while a colleague holds the gavel."""
    held, actor = case.meeting.gavel, case.actor
    if held is None or case.meeting.profile.control != "gavel":
        return
    if actor.role != "moderator" or actor.link in (held.link, *_EXEMPT):
        return
    if command in WITH_GAVEL:
        raise _no_gavel(case, held.link)


def take_gavel(case: Case, command: c.TakeGavel) -> Result:
    """Free it is taken as it is; out of a colleague's hand only with a reason."""
    _enabled(case)
    holder = _holder(case)
    _expect(case, command.expect)
    if holder == case.actor.link:
        raise Refused("stale", {"holder": holder}, what="own_gavel")
    _operator(case, case.actor.link)
    reason = text.line(command.reason)
    if holder is not None and not reason:
        raise Refused("reason_needed")
    case.say(
        e.GavelPassed(link=case.actor.link, taken=holder is not None, reason=reason)
    )
    return {"holder": case.actor.link}


def hand_gavel(case: Case, command: c.HandGavel) -> Result:
    """Its holder gives it to a colleague, or puts it down."""
    _enabled(case)
    holder = _holder(case)
    _expect(case, command.expect)
    if holder != case.actor.link:
        raise _no_gavel(case, holder)
    if command.to == holder:
        raise Refused("stale", {"holder": holder}, what="own_gavel")
    if command.to is not None:
        _operator(case, command.to)
    case.say(e.GavelPassed(link=command.to, taken=False, reason=""))
    return {"holder": command.to}


def put_down(case: Case, link: LinkId | None = None) -> None:
    """Nobody holds it any more: *link* is revoked, or the rules want many hands."""
    holder = _holder(case)
    if holder is not None and link in (None, holder):
        case.say(e.GavelPassed(link=None, taken=False, reason=""))


def _enabled(case: Case) -> None:
    case.in_state("scheduled", "lobby", "in_session", "suspended", "rose")
    if case.meeting.profile.control != "gavel":
        raise Refused("not_enabled", control="all")


def _holder(case: Case) -> LinkId | None:
    return case.meeting.gavel.link if case.meeting.gavel else None


def _expect(case: Case, expected: c.ExpectGavel) -> None:
    holder = _holder(case)
    if expected.holder != holder:
        raise Refused("stale", {"holder": holder}, what="gavel")


def _operator(case: Case, key: LinkId) -> None:
    """*key* must be an operator's link that still opens the meeting."""
    link = case.found(case.meeting.links, key, "link")
    over = link.expires_at is not None and case.at >= link.expires_at
    if link.role != "moderator" or link.revoked or over:
        raise Refused("no_such_entity", what="link", id=key)


def _no_gavel(case: Case, holder: LinkId | None) -> Refused:
    link = case.meeting.links.get(holder) if holder else None
    label = link.label if link else None
    return Refused("no_gavel", {"holder": holder}, holder=holder, label=label)


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.TakeGavel: take_gavel,
    c.HandGavel: hand_gavel,
}
