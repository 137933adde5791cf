"""What follows from a command whatever it was: the order, and who is told.

The order of a list is an event of its own, so that a replay never sorts again.
"""

from rostra.core.case import Case
from rostra.core.draws import prepare
from rostra.core.events import OrderChanged, RequestWithdrawn, SpeakersTold
from rostra.core.ids import ListId, RequestId
from rostra.core.meeting import LISTED, LIVE, REPLYING
from rostra.core.order import arrange, splices
from rostra.core.registering import capacity
from rostra.core.swaps import lapse


def settle(case: Case) -> None:
    """Bring the lists that the case touched into order; tell who is on deck.

    Offers that the new order has overtaken end, and draws to come are prepared.
    """
    for each in sorted(case.draft.touched()["requests"]):
        _fold_twins(case, RequestId(each))
    touched = case.draft.touched()
    requests = case.draft.requests
    stale = {ListId(each) for each in touched["lists"]}
    stale |= {requests[each].list for each in touched["requests"]}
    if case.draft.profile is not case.meeting.profile:
        stale |= set(case.draft.lists)
    for each in sorted(stale):
        _reorder(case, each, touched["requests"])
    lapse(case)
    _tell(case)
    prepare(case)


def _fold_twins(case: Case, key: RequestId) -> None:
    """Who is on the list again has asked anew meanwhile: the older stands (I3)."""
    own = case.draft.request(key)
    wanted = capacity(own)
    if own.status not in LIVE or wanted is None:
        return
    twins = [
        each
        for each in case.draft.requests.values()
        if each.list == own.list and each.status in LIVE and capacity(each) == wanted
    ]
    for each in sorted(twins, key=lambda each: each.ticket)[1:]:
        case.say(RequestWithdrawn(request=each.id, by="operator"))


def _reorder(case: Case, key: ListId, touched: frozenset[str]) -> None:
    draft = case.draft
    speakers = draft.list(key)
    live = {each for each in speakers.order if draft.request(each).status in LISTED}
    live |= {
        RequestId(each)
        for each in touched
        if draft.requests[each].list == key and draft.requests[each].status in LISTED
    }
    order = arrange(draft, speakers, live)
    if order != speakers.order:
        case.say(OrderChanged(list=key, splices=splices(speakers.order, order)))


def _tell(case: Case) -> None:
    """On deck are the first few not yet called, once the segment has begun (I8)."""
    draft = case.draft
    if draft.state != "in_session" or not draft.segment:
        return
    segment = draft.segments[draft.segment]
    replying = segment.phase in REPLYING
    if not segment.called and not replying:
        return
    queued = (
        each
        for each in draft.list(segment.replies if replying else segment.list).order
        if draft.request(each).status == "queued"
        # second replies wait until it is their turn
        and (segment.phase != "reply_1" or draft.request(each).turn < 2)
    )
    deck = [each for each, _ in zip(queued, range(draft.profile.on_deck), strict=False)]
    fresh = tuple(each for each in deck if draft.request(each).told_at is None)
    if fresh:
        case.say(SpeakersTold(requests=fresh))
