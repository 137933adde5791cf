"""Beside the floor: the back-channel, the readiness board, who came, how to reach them.

Only chair, operators and desk see any of it; a delegation knows its own contact.
"""

from collections.abc import Callable, Iterable
from typing import Any

from rostra.core import alarms as a
from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.case import Case
from rostra.core.ids import Code, MessageId
from rostra.core.meeting import Attendance
from rostra.core.refusals import Refused

Result = dict[str, object]

#: The stock phrases of the back-channel. The code crosses; each screen says it in its
#: reader's language. One that is about a delegation names it beside the phrase.
PHRASES: tuple[str, ...] = (
    # among all
    "yes",
    "no",
    "thanks",
    "wait",  # "please wait a moment"
    "go_on",  # "we can go on"
    # from the chair
    "call_next",  # "please call the next speaker"
    "who_is_next",  # "who is next?"
    "give_floor",  # to the delegation that is named
    "please_conclude",  # "the speaker should conclude"
    "extend_time",  # "the speaker may have more time"
    "limit",  # "the time limit should be shorter"
    "close_list",  # "the list should be closed"
    "suspend_soon",  # "the meeting should be suspended soon"
    "point_of_order_seen",  # "the point of order was seen; it is next"
    # from the desk
    "next_is_ready",
    "next_not_ready",
    "not_connected",  # "the next speaker is not connected"
    "no_sound",
    "poor_sound",
    "speak_slower",  # for the interpreters
    "no_interpretation",
    "interpretation_back",
    "text_received",  # the speech, for the interpreters
    "text_missing",
    "play_recording",  # the recorded statement
    "we_look",  # "we are looking into it"
    "solved",
)


def send_message(case: Case, command: c.SendMessage) -> Result:
    """A line of the back-channel: a stock phrase, a short text, or both."""
    _open(case)
    said = text.line(command.text)
    if not command.phrase and not said:
        raise Refused("empty", what="text")
    if command.phrase and command.phrase not in PHRASES:
        raise Refused("no_such_entity", what="phrase", id=command.phrase)
    if command.delegation is not None:
        _known(case, command.delegation)
    key = MessageId(case.new_id("m"))
    case.say(
        e.MessageSent(
            message=key,
            role=case.actor.role,
            link=case.actor.link,
            phrase=command.phrase,
            text=said,
            delegation=command.delegation,
        )
    )
    return {"message": key}


def tick(case: Case, command: c.Tick) -> Result:
    """One check of the readiness board; it can be taken back."""
    _open(case)
    _known(case, command.delegation)
    case.say(
        e.ReadinessTicked(
            delegation=command.delegation, check=command.check, ok=command.ok
        )
    )
    return {}


def mark_attendance(case: Case, command: c.MarkAttendance) -> Result:
    """These were there. Who is marked already stays so; the answer counts the new."""
    _open(case)
    there = tuple(dict.fromkeys(command.delegations))
    for each in there:
        _known(case, each)
    new = _not_yet(case, there, command.source)
    case.say(e.AttendanceMarked(delegations=there, source=command.source))
    return {"marked": len(new), "already": len(there) - len(new)}


def attended(case: Case, alarm: a.Attended) -> Result:
    """Pads of these delegations have joined: they were there."""
    case.in_state("lobby", "in_session", "suspended")
    there = case.meeting.roster.delegations
    known = [code for code in alarm.delegations if code in there]
    new = _not_yet(case, known, "pad")
    if not new:
        raise Refused("stale", what="attendance")
    case.say(e.AttendanceMarked(delegations=new, source="pad"))
    return {}


def set_contact(case: Case, command: c.SetContact) -> Result:
    """How a delegation is reached. It says so itself, or the secretariat does."""
    _open(case)
    delegation = command.delegation
    if case.actor.role == "delegate" and delegation != case.actor.delegation:
        raise Refused("not_your_delegation")
    _known(case, delegation)
    case.say(e.ContactSet(delegation=delegation, contact=text.line(command.contact)))
    return {}


def flag_delegation(case: Case, command: c.FlagDelegation) -> Result:
    """Absent or suspended: it keeps its place and is not called (RULES 7.12)."""
    case.alive()
    _known(case, command.delegation)
    known = case.meeting.attendance.get(command.delegation)
    flag = known.flag if known else None
    if command.flag is None and flag is None:
        raise Refused("stale", {"flag": None}, what="flag")
    reason = text.line(command.reason) if command.flag else ""
    if command.flag == "suspended" and not reason:
        raise Refused("reason_needed")
    case.say(
        e.DelegationFlagged(
            delegation=command.delegation, flag=command.flag, reason=reason
        )
    )
    return {}


def _open(case: Case) -> None:
    case.in_state("scheduled", "lobby", "in_session", "suspended", "rose")


def _known(case: Case, code: Code) -> None:
    if code not in case.meeting.roster.delegations:
        raise Refused("not_in_roster", delegation=code)


def _not_yet(case: Case, codes: Iterable[Code], source: str) -> tuple[Code, ...]:
    """Those of *codes* of whom *source* has not said before that they were there."""
    nobody = Attendance(delegation=Code(""))
    known = case.meeting.attendance
    return tuple(
        code for code in codes if source not in known.get(code, nobody).sources
    )


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.SendMessage: send_message,
    c.Tick: tick,
    c.MarkAttendance: mark_attendance,
    c.SetContact: set_contact,
    c.FlagDelegation: flag_delegation,
    a.Attended: attended,
}
