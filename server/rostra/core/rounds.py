"""Rounds of a panel: questions are collected, then the panellists answer (RULES 1a)."""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core.case import Case
from rostra.core.ids import Code, RequestId, SegmentId
from rostra.core.lists import expected
from rostra.core.meeting import Meeting, Request, SpeakerList
from rostra.core.order import splices
from rostra.core.refusals import Refused
from rostra.core.registering import registration

Result = dict[str, object]

#: A panellist who left the list without having spoken answers nothing.
_PRESENT = frozenset(("queued", "granted", "done"))


def panellists(meeting: Meeting, segment: SegmentId) -> tuple[RequestId, ...]:
    """The panellists of a segment, in the programme's order."""
    speakers = meeting.segments[segment].list
    return tuple(
        request.id
        for request in meeting.requests.values()
        if request.list == speakers and request.part == "panellist"
    )


def close_round(case: Case, command: c.CloseRound) -> Result:
    """The questions heard so far are put; answers stand before further questions.

    A question addressed to nobody in particular is for every panellist. One whose
    panellists have all left stays unanswered, and is marked so.
    """
    speakers = expected(case, command.expect)
    panel = panellists(case.meeting, case.segment_of(speakers).id)
    if not panel or not speakers.heard or case.meeting.stack:
        raise Refused("round_not_possible", heard=len(speakers.heard))
    present = [each for each in panel if case.request(each).status in _PRESENT]
    asked = {each: _for(case, speakers, each) for each in present}
    put = {question for questions in asked.values() for question in questions}
    case.say(
        e.RoundClosed(
            list=speakers.id,
            round=speakers.round,
            unanswered=tuple(each for each in speakers.heard if each not in put),
        )
    )
    answers = [
        _answer(case, speakers, case.request(each), questions)
        for each, questions in asked.items()
        if questions
    ]
    # before those who were told to be ready: the chair has turned to the panel
    new = (*answers, *speakers.order)
    if answers:
        case.say(e.OrderChanged(list=speakers.id, splices=splices(speakers.order, new)))
    case.undoable("close_round", list=speakers.id)
    return {"requests": answers}


def _for(
    case: Case, speakers: SpeakerList, panellist: RequestId
) -> tuple[RequestId, ...]:
    return tuple(
        each
        for each in speakers.heard
        if not case.request(each).addressed or panellist in case.request(each).addressed
    )


def _answer(
    case: Case,
    speakers: SpeakerList,
    panellist: Request,
    questions: tuple[RequestId, ...],
) -> RequestId:
    own = case.meeting.roster.delegations.get(panellist.delegation or Code(""))
    tier = own.tier if own else "other"
    event = registration(
        case,
        speakers,
        c.Entry(
            kind="answer",
            delegation=panellist.delegation,
            label=panellist.label,
            person=panellist.person,
        ),
        confirmed=panellist.person_confirmed,
        limit_ms=case.meeting.profile.limit_ms("answer", tier),
        answers=questions,
    )
    case.say(event)
    return event.request


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.CloseRound: close_round,
}
