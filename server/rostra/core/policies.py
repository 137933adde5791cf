"""Why an entry stands where it stands: codes, the most decisive first (RULES 5).

``why`` says facts about the entry alone, so that it changes only when they do. A
screen makes one sentence of them; several may stand, and the first decides. In the
order in which they can come:

``called``            on the floor or called to it (own delegation and staff only)
``pinned``            placed by hand: sorting leaves it there (own and staff)
``returned``          was called before and comes back at a place kept for it (own and
                      staff)
``told``              told to be ready: the place is kept (own and staff)
``swapped``           stands in the place of another delegation, by consent
``band:KIND``         of a kind that stands before or after the ordinary list:
                      ``band:programme``, ``band:introduction``, ``band:answer`` …
``motion:MOTION``     a motion, by rule 77/119: ``motion:close_debate`` …
``turn:N``            a first or second reply
``late``              came after the list was closed (own and staff)
``generation:N``      asked after the list was reopened for the N-th time, from 1
``spoken_before``     has spoken on this list already } only where a first statement
``first_time``        has not spoken on this list yet } comes before a second one
``group``             speaks for a group, where groups come first
``tier:TIER``         ``tier:member_state``, ``tier:observer_state``, ``tier:ngo`` …
``rank:RANK``         protocol: ``rank:head_of_state`` … ``rank:chair_of_delegation``
``region:CODE:N``     its regional group's turn in round N; ``region:none:N`` without a
                      regional group; ``round:N`` to those who are not shown regions
``lot:N``             drawn by lot as the N-th
``lot:later``         asked after the draw: behind those who were drawn
``lot:waiting``       lots are still to be drawn
``letter:P``          alphabetical, by this first letter of its English name
``least:N``           has made N interventions on this list
``side:for``          for and against in turn; ``side:against``, ``side:none``
``fixed``             a published order is kept
``manual``            the order is made by hand
``arrival``           in the order of arrival, among those who are equal so far
"""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from rostra.core.bands import ORDINARY, band, spoken_before, tier
from rostra.core.ids import Audience, ListId, Policy, RequestId
from rostra.core.meeting import LISTED, Meeting, Request, SpeakerList
from rostra.core.sorting import NO_RANK, delegation_of, letter_of
from rostra.core.turns import claims, region, rounds

_Rounds = Mapping[RequestId, int]
RoundsOf = Callable[[ListId], _Rounds]


class _Asked(Struct, frozen=True):
    """Whose reasons are asked for, and by whom."""

    meeting: Meeting
    speakers: SpeakerList
    request: Request
    audience: Audience | None
    #: The rounds of a rotation, where somebody has made them already.
    rounds: _Rounds | None

    @property
    def claimed(self) -> Request:
        """The request by whose claims this one stands."""
        return claims(self.meeting, self.request)


def why(
    meeting: Meeting,
    request: Request,
    audience: Audience | None = "staff",
    made: _Rounds | None = None,
) -> tuple[str, ...]:
    """Why *request* stands where it stands: codes, the most decisive first.

    *audience* None is its own delegation. Who is not on the order has no place.
    *made* are the rounds of a rotation, where somebody has made them already.
    """
    if request.status not in LISTED:
        return ()
    speakers = meeting.lists[request.list]
    asked = _Asked(meeting, speakers, request, audience, made)
    return (*_kept(asked), *_standing(asked))


def same_reasons(meeting: Meeting, request: Request, audience: Audience | None) -> bool:
    """Whether *audience* is told the very reasons that staff are told."""
    kept = request.status == "called" or request.fixed or request.told_at is not None
    if audience is not None and (kept or request.after_closure):
        return False
    policy = meeting.lists[request.list].policy
    if policy == "regional_rotation":
        return meeting.profile.show_regions
    unnamed = audience == "public" and policy == "protocol_rank"
    return not unnamed or claims(meeting, request).person_confirmed


def _kept(asked: _Asked) -> Iterator[str]:
    """What keeps its place, for those who may know; and a swap."""
    request = asked.request
    if asked.audience in (None, "staff"):
        if request.status == "called":
            yield "called"
        if request.fixed:
            back = request.returns or request.resume_of
            yield "returned" if back else "pinned"
        if request.told_at is not None:
            yield "told"
    if request.stands_as:
        yield "swapped"


def _standing(asked: _Asked) -> Iterator[str]:
    request = asked.request
    if asked.speakers.purpose == "replies" and request.turn:
        yield f"turn:{request.turn}"
    elif request.motion:
        yield f"motion:{request.motion}"
    elif band(request) != ORDINARY:
        yield f"band:{request.kind}"
    else:
        yield from _ordinary(asked)
    if asked.speakers.policy != "manual":
        yield "arrival"


def _ordinary(asked: _Asked) -> Iterator[str]:
    speakers, request = asked.speakers, asked.request
    if request.after_closure and asked.audience in (None, "staff"):
        yield "late"
    if request.generation:
        yield f"generation:{request.generation}"
    if speakers.policy in ("fixed", "manual"):
        yield speakers.policy
        return
    if "first_time_first" in speakers.modifiers:
        again = spoken_before(speakers, request)
        yield "spoken_before" if again else "first_time"
    own = tier(asked.meeting, speakers, request)
    yield "group" if own == "group" else f"tier:{own}"
    if speakers.policy in _SAID:
        yield from _SAID[speakers.policy](asked)


def _say_rank(asked: _Asked) -> Iterator[str]:
    """A rank is public with the name that it belongs to."""
    if asked.audience != "public" or asked.claimed.person_confirmed:
        yield f"rank:{asked.claimed.rank or NO_RANK}"


def _say_lot(asked: _Asked) -> Iterator[str]:
    if asked.request.drawn:
        yield f"lot:{asked.request.drawn}"
    else:
        yield "lot:later" if _was_drawn(asked.speakers) else "lot:waiting"


def _was_drawn(speakers: SpeakerList) -> bool:
    """Whether the lot has decided what this policy leaves to it."""
    return speakers.draw is not None and speakers.draw.policy == speakers.policy


def _say_letter(asked: _Asked) -> Iterator[str]:
    own = delegation_of(asked.meeting, asked.request)
    if own:
        yield f"letter:{letter_of(own)}"
    if not _was_drawn(asked.speakers):
        yield "lot:waiting"


def _say_region(asked: _Asked) -> Iterator[str]:
    """Regional groups are for operators, unless the profile publishes them."""
    made = asked.rounds
    if made is None:
        made = _rounds(asked.meeting, asked.speakers)
    turn = made.get(asked.request.id)
    if turn is not None:
        shown = asked.audience == "staff" or asked.meeting.profile.show_regions
        group = region(asked.meeting, asked.request) or "none"
        yield f"region:{group}:{turn}" if shown else f"round:{turn}"


def _say_side(asked: _Asked) -> Iterator[str]:
    yield f"side:{asked.claimed.side or 'none'}"


def _say_least(asked: _Asked) -> Iterator[str]:
    yield f"least:{asked.speakers.spoken.get(asked.claimed.voice, 0)}"


_SAID: dict[Policy, Callable[[_Asked], Iterator[str]]] = {
    "protocol_rank": _say_rank,
    "lot": _say_lot,
    "alpha_from_lot": _say_letter,
    "regional_rotation": _say_region,
    "alternate": _say_side,
    "least_spoken": _say_least,
}


def otherwise(
    old: Meeting,
    new: Meeting,
    before: RoundsOf | None = None,
    after: RoundsOf | None = None,
) -> Iterator[RequestId]:
    """Who stands in *new* for another reason, though the request is the same.

    Reasons hang on the list too: its policy, its draw, who was heard from it. *before*
    and *after* say the rounds of a rotation, where somebody has reckoned them already.
    """
    for key, now in new.lists.items():
        was = old.lists[key]
        if _same_basis(old, new, was, now):
            continue
        made = before(key) if before else _rounds(old, was)
        remade = after(key) if after else _rounds(new, now)
        rotates = _same_rules(old, new, was, now)
        for each in now.order:
            request = old.requests.get(each)
            if request is None or (rotates and made.get(each) == remade.get(each)):
                continue
            if why(old, request, made=made) != why(
                new, new.requests[each], made=remade
            ):
                yield each


def _same_basis(old: Meeting, new: Meeting, was: SpeakerList, now: SpeakerList) -> bool:
    """Whether nothing has changed by which all of a list may stand otherwise."""
    if old.profile is not new.profile:
        return False
    if now.policy == "regional_rotation":
        same = old.requests is new.requests and old.interventions is new.interventions
        return same and was is now
    return _same_rules(old, new, was, now)


def _same_rules(old: Meeting, new: Meeting, was: SpeakerList, now: SpeakerList) -> bool:
    """Whether places follow from the same: all but whose turn it is in a rotation."""
    return old.profile is new.profile and (
        was.policy,
        was.modifiers,
        was.draw,
        was.spoken,
    ) == (now.policy, now.modifiers, now.draw, now.spoken)


def _rounds(meeting: Meeting, speakers: SpeakerList) -> _Rounds:
    """The rounds of a rotation; none under another policy."""
    if speakers.policy != "regional_rotation":
        return {}
    return rounds(meeting, speakers, speakers.order)
