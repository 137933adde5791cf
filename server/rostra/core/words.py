"""Names, announcements, signals and links: words beside the floor."""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.case import Case
from rostra.core.control import put_down
from rostra.core.ids import AnnouncementId
from rostra.core.meeting import Link, Request
from rostra.core.refusals import Refused
from rostra.core.sorting import rank_of

Result = dict[str, object]


def name_speaker(case: Case, command: c.NameSpeaker) -> Result:
    """Who speaks. Typed by a delegation it is not public until it is confirmed."""
    case.in_state("scheduled", "lobby", "in_session", "suspended", "rose")
    request = case.request(command.request)
    case.own(request)
    person = text.person(command.person)
    silent = command.language is None and command.rank is None
    if person is None and (command.person is not None or silent):
        raise Refused("empty", what="name")
    operator = case.actor.role == "moderator"
    same = (person is None or person == request.person) and (
        command.rank in (None, request.rank)
    )
    case.say(
        e.SpeakerNamed(
            request=request.id,
            language=(
                request.language
                if command.language is None
                else text.line(command.language)
            ),
            person=person,
            rank=command.rank,
            # an operator confirms what is typed, and unconfirms nothing
            confirmed=(operator and person is not None)
            or (request.person_confirmed and (operator or same)),
        )
    )
    if not _rank_fell(case, request):
        return {}
    if request.fixed and request.returns and request.status == "queued":
        # the place was kept for the one who was absent
        case.say(e.RequestPinned(request=request.id, pinned=False))
    return {"rank_fell": True}


def _rank_fell(case: Case, request: Request) -> bool:
    """Whether somebody of a lower rank is to speak, where ranks decide (RULES 7.3)."""
    if case.list(request.list).policy != "protocol_rank":
        return False
    now = case.draft.request(request.id)
    return rank_of(case.draft, now) > rank_of(case.draft, request)


def confirm_name(case: Case, command: c.ConfirmName) -> Result:
    """The name (and a group typed as free text) may be shown to everyone."""
    case.in_state("scheduled", "lobby", "in_session", "suspended", "rose")
    request = case.request(command.request)
    if request.person is None and not request.group_text:
        raise Refused("empty", what="name")
    case.say(e.NameConfirmed(request=request.id))
    return {}


def announce(case: Case, command: c.Announce) -> Result:
    """A sentence for every pad and display."""
    case.alive()
    said = text.line(command.text)
    if not said:
        raise Refused("empty", what="text")
    key = AnnouncementId(case.new_id("a"))
    case.say(e.Announced(announcement=key, text=said))
    return {"announcement": key}


def clear_announcement(case: Case, command: c.ClearAnnouncement) -> Result:
    """Take an announcement away."""
    case.in_state("scheduled", "lobby", "in_session", "suspended", "rose")
    case.found(case.meeting.announcements, command.announcement, "announcement")
    case.say(e.AnnouncementCleared(announcement=command.announcement))
    return {}


def clear_signal(case: Case, command: c.ClearSignal) -> Result:
    """The technical problem is dealt with."""
    case.in_state("scheduled", "lobby", "in_session", "suspended", "rose")
    case.found(case.meeting.signals, command.signal, "signal")
    case.say(e.SignalCleared(signal=command.signal))
    return {}


def revoke_link(case: Case, command: c.RevokeLink) -> Result:
    """From now on the link opens nothing, and open connections are closed."""
    link = _other_link(case, command.link)
    case.say(e.LinkRevoked(link=link.id))
    put_down(case, link.id)
    return {}


def renew_link(case: Case, command: c.RenewLink) -> Result:
    """The old link opens nothing any more; a new one of the next generation does."""
    link = _other_link(case, command.link)
    case.say(e.LinkRenewed(link=link.id, generation=link.generation + 1))
    return {"link": link.id, "generation": link.generation + 1}


def _other_link(case: Case, key: str) -> Link:
    link: Link = case.found(case.meeting.links, key, "link")
    if link.id == case.actor.link:
        raise Refused("own_link")
    return link


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.NameSpeaker: name_speaker,
    c.ConfirmName: confirm_name,
    c.Announce: announce,
    c.ClearAnnouncement: clear_announcement,
    c.ClearSignal: clear_signal,
    c.RevokeLink: revoke_link,
    c.RenewLink: renew_link,
}
