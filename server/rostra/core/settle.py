"""What follows from a command whatever it was: the order, and who is told.

The order of a list is an event of its own, so that a replay never sorts again.
"""

from itertools import islice

from rostra.core.case import Case
from rostra.core.draft import Draft
from rostra.core.draws import prepare
from rostra.core.events import OrderChanged, RequestWithdrawn, SpeakersTold
from rostra.core.ids import ListId, RequestId
from rostra.core.meeting import LISTED, LIVE, REPLYING
from rostra.core.order import arrange, splices
from rostra.core.registering import capacity
from rostra.core.shortcut import short_way
from rostra.core.swaps import lapse


def settle(case: Case) -> None:
    """Bring the lists that the case touched into order; tell who is on deck.

    Offers that the new order has overtaken end, and draws to come are prepared.
    """
    draft = case.draft
    for each in sorted(draft.touched("requests")):
        _fold_twins(case, RequestId(each))
    stale = {ListId(each) for each in draft.touched("lists")}
    stale |= {draft.requests[each].list for each in draft.touched("requests")}
    if draft.profile is not case.meeting.profile:
        stale |= set(draft.lists)
    for key in sorted(stale):
        _reorder(case, key)
    lapse(case)
    _tell(case)
    prepare(case)


def _fold_twins(case: Case, key: RequestId) -> None:
    """Who is on the list again has asked anew meanwhile: the older stands (I3)."""
    own = case.draft.request(key)
    if own.status not in LIVE or own.delegation is None:
        return
    live = [
        each
        for each in case.draft.requests_of(own.delegation)
        if each.list == own.list and each.status in LIVE
    ]
    if len(live) < 2 or (wanted := capacity(own)) is None:
        return
    twins = [each for each in live if capacity(each) == wanted]
    for each in sorted(twins, key=lambda each: each.ticket)[1:]:
        case.say(RequestWithdrawn(request=each.id, by="operator"))


def _reorder(case: Case, key: ListId) -> None:
    steps = short_way(case.meeting, case.draft, key)
    if steps is None:
        old = case.draft.list(key).order
        steps = splices(old, _arranged(case.draft, key))
    if steps:
        case.say(OrderChanged(list=key, splices=steps))


def _arranged(draft: Draft, key: ListId) -> tuple[RequestId, ...]:
    """The whole list *key* in order, with those who came and without those who went."""
    speakers, requests = draft.list(key), draft.requests
    live = {each for each in speakers.order if requests[each].status in LISTED}
    live |= {
        RequestId(each)
        for each in draft.touched("requests")
        if requests[each].list == key and requests[each].status in LISTED
    }
    return arrange(draft, speakers, live)


def _tell(case: Case) -> None:
    """On deck are the first few not yet called, once the segment has begun (I8)."""
    draft = case.draft
    if draft.state != "in_session" or not draft.segment:
        return
    segment = draft.segments[draft.segment]
    replying = segment.phase in REPLYING
    if not segment.called and not replying:
        return
    order = draft.list(segment.replies if replying else segment.list).order
    queued = (
        each
        for each in order
        if draft.requests[each].status == "queued"
        # second replies wait until it is their turn
        and (segment.phase != "reply_1" or draft.requests[each].turn < 2)
    )
    deck = islice(queued, draft.profile.on_deck)
    fresh = tuple(each for each in deck if draft.requests[each].told_at is None)
    if fresh:
        case.say(SpeakersTold(requests=fresh))
