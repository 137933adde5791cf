"""Names, notes, announcements, signals and links: words beside the floor."""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.case import Case
from rostra.core.control import put_down
from rostra.core.ids import AnnouncementId, InterventionId, NoteId
from rostra.core.meeting import Link, Note, Request
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


def write_note(case: Case, command: c.WriteNote) -> Result:
    """A rapporteur's gist, or an operator's own note; a stale edit is refused."""
    case.in_state("scheduled", "lobby", "in_session", "suspended", "rose")
    scope = "record" if case.actor.role == "rapporteur" else "staff"
    key, intervention = command.note, command.intervention
    request = command.request
    version = 0
    if key is not None:
        note = case.found(case.meeting.notes, key, "note")
        if note.scope != scope or note.correction:
            raise Refused("not_permitted", command="note")
        if command.version != note.version:
            raise _newer(note)
        intervention, request, version = note.intervention, note.request, note.version
    elif intervention is None and (request is None or scope == "record"):
        raise Refused("empty", what="intervention")
    if intervention is not None:
        _recorded(case, intervention, scope)
    if key is None and scope == "record":
        for note in case.meeting.notes.values():
            if (note.intervention, note.scope, note.correction) == (
                intervention,
                scope,
                False,
            ):
                # a colleague began it at the same moment
                raise _newer(note)
    if request is not None:
        case.request(request)
    key = key or NoteId(case.new_id("n"))
    case.say(
        e.NoteWritten(
            note=key,
            intervention=intervention,
            request=request,
            scope="record" if scope == "record" else "staff",
            text=text.lines(command.text),
            version=version + 1,
        )
    )
    return {"note": key, "version": version + 1}


def correct(case: Case, command: c.Correct) -> Result:
    """A correction for the record, in writing; as it was filed it stays."""
    case.in_state("scheduled", "lobby", "in_session", "suspended", "rose")
    row = case.found(case.meeting.interventions, command.intervention, "intervention")
    if not row.number:
        raise Refused("no_such_entity", what="intervention", id=row.id)
    said = text.lines(command.text).strip()
    if not said:
        raise Refused("empty", what="text")
    key = NoteId(case.new_id("n"))
    case.say(
        e.NoteWritten(
            note=key,
            intervention=row.id,
            request=None,
            scope="record",
            text=said,
            version=1,
            correction=True,
            correction_by=case.actor.delegation,
        )
    )
    return {"note": key}


def _newer(note: Note) -> Refused:
    current: dict[str, str | int | None] = {
        "note": note.id,
        "text": note.text,
        "version": note.version,
    }
    return Refused("stale", current, what="note")


def _recorded(case: Case, key: InterventionId, scope: str) -> None:
    """A rapporteur knows interventions whose clock has started, no others."""
    found = case.meeting.interventions.get(key)
    hidden = found is not None and (
        found.started_at is None or found.outcome == "voided"
    )
    if found is None or (scope == "record" and hidden):
        raise Refused("no_such_entity", what="intervention", id=key)


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
    c.WriteNote: write_note,
    c.Correct: correct,
    c.Announce: announce,
    c.ClearAnnouncement: clear_announcement,
    c.ClearSignal: clear_signal,
    c.RevokeLink: revoke_link,
    c.RenewLink: renew_link,
}
