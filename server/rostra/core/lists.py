"""The states of a list of speakers (RULES 3)."""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.alarms import ListOpens, LotWindowEnds
from rostra.core.case import Case
from rostra.core.closings import MINUTE_MS, begun, full
from rostra.core.draws import commitment, draw_now
from rostra.core.ids import Instant
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
    if speakers.purpose != "speakers":
        # points and replies are taken whatever a list's state (RULES 3)
        raise Refused("not_enabled")
    if speakers.state not in states:
        state = speakers.state
        raise Refused("stale", {"state": state}, what="list", state=state)


def open_list(case: Case, command: c.OpenList) -> Result:
    """NOT_OPEN -> OPEN or LOT_WINDOW, now; or at a time that everybody sees."""
    speakers = expected(case, command.expect)
    _in_state(speakers, "not_open")
    if command.at is None:
        open_now(case, speakers)
    elif command.at <= case.at:
        raise Refused("bad_time")
    else:
        case.say(e.OpeningAnnounced(list=speakers.id, opens_at=command.at))
    case.undoable("open_list", list=speakers.id)
    return {}


def open_now(case: Case, speakers: SpeakerList) -> None:
    """Open a list; where its order is drawn by lot, first for those to be drawn."""
    minutes = case.draft.profile.lot_window_min
    if speakers.policy == "lot" and minutes:
        number = speakers.draws + 1
        case.say(
            e.LotWindowOpened(
                list=speakers.id,
                until=Instant(case.at + minutes * MINUTE_MS),
                # what was published before is not published as something else
                commitment=speakers.commitment
                or commitment(case.meeting, speakers.id, number),
            )
        )
    else:
        case.say(e.ListOpened(list=speakers.id))
    _runs_already(case, speakers)


def _runs_already(case: Case, speakers: SpeakerList) -> None:
    """A list that opens while its segment runs closes so long after the beginning."""
    segment = speakers.segment
    if segment is not None and segment == case.draft.segment:
        begun(case, case.draft.segments[segment])


def time_to_open(case: Case, alarm: ListOpens) -> Result:
    """The announced time has come."""
    speakers = case.list(alarm.list)
    if speakers.state != "not_open" or speakers.opens_at != alarm.opens_at:
        raise Refused("stale", what="list", state=speakers.state)
    open_now(case, speakers)
    return {}


def window_over(case: Case, alarm: LotWindowEnds) -> Result:
    """Those who asked until now are drawn by lot; then the list is open to all."""
    speakers = case.list(alarm.list)
    if speakers.state != "lot_window" or speakers.lot_until != alarm.until:
        raise Refused("stale", what="list", state=speakers.state)
    draw_now(case, speakers)
    case.say(e.ListOpened(list=speakers.id))
    full(case, speakers.id)
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
    """OPEN, CLOSING or LOT_WINDOW -> CLOSED, by the chair."""
    speakers = expected(case, command.expect)
    _in_state(speakers, "open", "closing", "lot_window")
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


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.OpenList: open_list,
    c.AnnounceClosing: announce_closing,
    c.CloseList: close_list,
    c.ReopenList: reopen_list,
    ListOpens: time_to_open,
    LotWindowEnds: window_over,
}
