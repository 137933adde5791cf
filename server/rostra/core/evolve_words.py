"""The words' part of ``evolve``: names, messages, people and links."""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from rostra.core import events as e
from rostra.core.draft import Draft
from rostra.core.ids import Code
from rostra.core.meeting import Announcement, Attendance, Gavel, Message, Signal

#: The back-channel remembers so many lines.
MESSAGES_KEPT = 100


def _named(d: Draft, ev: e.SpeakerNamed) -> None:
    person = ev.person or d.request(ev.request).person
    d.change(
        "requests",
        ev.request,
        person=person,
        language=ev.language,
        person_confirmed=ev.confirmed,
        rank=ev.rank or d.request(ev.request).rank,
    )


def _name_confirmed(d: Draft, ev: e.NameConfirmed) -> None:
    d.change("requests", ev.request, person_confirmed=True)


def _announced(d: Draft, ev: e.Announced) -> None:
    d.put(
        "announcements",
        ev.announcement,
        Announcement(id=ev.announcement, text=ev.text, at=d.at),
    )


def _announcement_cleared(d: Draft, ev: e.AnnouncementCleared) -> None:
    d.put("announcements", ev.announcement, None)


def _signal_raised(d: Draft, ev: e.SignalRaised) -> None:
    signal = Signal(
        id=ev.signal,
        delegation=ev.delegation,
        text=ev.text,
        device=ev.device,
        at=d.at,
    )
    d.put("signals", ev.signal, signal)


def _signal_cleared(d: Draft, ev: e.SignalCleared) -> None:
    d.put("signals", ev.signal, None)


def _message_sent(d: Draft, ev: e.MessageSent) -> None:
    message = Message(
        id=ev.message,
        at=d.at,
        role=ev.role,
        link=ev.link,
        phrase=ev.phrase,
        text=ev.text,
        delegation=ev.delegation,
    )
    d.put("messages", ev.message, message)
    if len(d.messages) > MESSAGES_KEPT:
        d.put("messages", next(iter(d.messages)), None)


def _known(d: Draft, delegation: Code) -> Attendance:
    found: Attendance = d.attendance.get(delegation, Attendance(delegation=delegation))
    return found


def _ticked(d: Draft, ev: e.ReadinessTicked) -> None:
    known = _known(d, ev.delegation)
    checks = {**known.checks, ev.check: ev.ok}
    d.put("attendance", ev.delegation, structs.replace(known, checks=checks))


def _attendance_marked(d: Draft, ev: e.AttendanceMarked) -> None:
    for delegation in ev.delegations:
        known = _known(d, delegation)
        if ev.source not in known.sources:
            sources = (*known.sources, ev.source)
            d.put("attendance", delegation, structs.replace(known, sources=sources))


def _contact_set(d: Draft, ev: e.ContactSet) -> None:
    known = _known(d, ev.delegation)
    d.put("attendance", ev.delegation, structs.replace(known, contact=ev.contact))


def _flagged(d: Draft, ev: e.DelegationFlagged) -> None:
    known = _known(d, ev.delegation)
    flagged = structs.replace(known, flag=ev.flag, flag_reason=ev.reason)
    d.put("attendance", ev.delegation, flagged)


def _gavel_passed(d: Draft, ev: e.GavelPassed) -> None:
    d.amend(gavel=Gavel(ev.link, d.at, ev.reason) if ev.link else None)


def _link_revoked(d: Draft, ev: e.LinkRevoked) -> None:
    d.change("links", ev.link, revoked=True)


def _link_renewed(d: Draft, ev: e.LinkRenewed) -> None:
    d.change("links", ev.link, generation=ev.generation, revoked=False)


FACTS: dict[type, Callable[[Draft, Any], None]] = {
    e.SpeakerNamed: _named,
    e.NameConfirmed: _name_confirmed,
    e.Announced: _announced,
    e.AnnouncementCleared: _announcement_cleared,
    e.SignalRaised: _signal_raised,
    e.SignalCleared: _signal_cleared,
    e.LinkRevoked: _link_revoked,
    e.LinkRenewed: _link_renewed,
    e.MessageSent: _message_sent,
    e.ReadinessTicked: _ticked,
    e.AttendanceMarked: _attendance_marked,
    e.ContactSet: _contact_set,
    e.DelegationFlagged: _flagged,
    e.GavelPassed: _gavel_passed,
}
