"""The states of a list of speakers (RULES 3)."""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.alarms import ListTimeUp
from rostra.core.case import Case
from rostra.core.meeting import SpeakerList
from rostra.core.refusals import Refused

Result = dict[str, object]


def expected(case: Case, expect: c.ExpectList) -> SpeakerList:
    """The list that the button showed, if it still is as shown."""
    case.alive()
    speakers = case.list(expect.list)
    if (speakers.state, speakers.generation) != (expect.state, expect.generation):
        raise Refused(
            "stale",
            {"state": speakers.state, "generation": speakers.generation},
            what="list",
            state=speakers.state,
            closed_at=speakers.closed_at,
        )
    return speakers


def _in_state(speakers: SpeakerList, *states: str) -> None:
    if speakers.state not in states:
        state = speakers.state
        raise Refused("stale", {"state": state}, what="list", state=state)


def open_list(case: Case, command: c.OpenList) -> Result:
    """NOT_OPEN -> OPEN."""
    speakers = expected(case, command.expect)
    _in_state(speakers, "not_open")
    case.say(e.ListOpened(list=speakers.id))
    case.undoable("open_list", list=speakers.id)
    return {}


def announce_closing(case: Case, command: c.AnnounceClosing) -> Result:
    """OPEN -> CLOSING: everybody sees the time; at that time the list closes."""
    speakers = expected(case, command.expect)
    _in_state(speakers, "open", "closing")
    if command.closes_at <= case.at:
        raise Refused("bad_time")
    case.say(e.ClosingAnnounced(list=speakers.id, closes_at=command.closes_at))
    case.undoable("announce_closing", list=speakers.id)
    return {}


def close_list(case: Case, command: c.CloseList) -> Result:
    """OPEN or CLOSING -> CLOSED, by the chair."""
    speakers = expected(case, command.expect)
    _in_state(speakers, "open", "closing")
    case.say(e.ListClosed(list=speakers.id, basis=text.line(command.basis)))
    case.undoable("close_list", list=speakers.id)
    return {}


def reopen_list(case: Case, command: c.ReopenList) -> Result:
    """CLOSED -> OPEN as a new generation; needs its basis (RULES 7.4)."""
    speakers = expected(case, command.expect)
    _in_state(speakers, "closed")
    basis = text.line(command.basis)
    if not basis:
        raise Refused("empty", what="basis")
    case.say(e.ListReopened(list=speakers.id, basis=basis))
    case.undoable("reopen_list", list=speakers.id)
    return {}


def set_policy(case: Case, command: c.SetPolicy) -> Result:
    """Another order. Places that are locked stay (I8)."""
    speakers = expected(case, command.expect)
    case.say(
        e.PolicySet(
            list=speakers.id,
            policy=command.policy,
            modifiers=tuple(sorted(set(command.modifiers))),
        )
    )
    case.undoable("set_policy", list=speakers.id)
    return {}


def time_up(case: Case, alarm: ListTimeUp) -> Result:
    """The announced time has come."""
    speakers = case.list(alarm.list)
    if speakers.state != "closing" or speakers.closes_at != alarm.closes_at:
        raise Refused("stale", what="list", state=speakers.state)
    case.say(e.ListClosed(list=speakers.id, basis="announced"))
    return {}


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.OpenList: open_list,
    c.AnnounceClosing: announce_closing,
    c.CloseList: close_list,
    c.ReopenList: reopen_list,
    c.SetPolicy: set_policy,
    ListTimeUp: time_up,
}
