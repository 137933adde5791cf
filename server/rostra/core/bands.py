"""Where an entry stands before its list's policy has a say (RULES 5).

Band by kind, then generation, whether the voice was heard before, and tier: what an
entry has in common with these is its class, and only inside a class does the policy
of a list sort.
"""

from rostra.core.draft import Draft
from rostra.core.ids import Code, Kind, Tier
from rostra.core.meeting import Meeting, Request, SpeakerList

#: Priority band by kind (RULES 4), before the ordinary list and after it.
BANDS: dict[Kind, int] = {
    "point_of_order": 0,
    "technical": 0,
    "procedural_motion": 1,
    "programme": 2,
    "secretariat": 2,
    "introduction": 2,
    "concerned_party": 2,
    "chair": 2,
    "response": 3,
    "answer": 3,
    "right_of_reply": 5,
}
ORDINARY = 4
Class = tuple[int, int, int, int]
_PALESTINE = Code("PSE")


def band(request: Request) -> int:
    """The band of *request*; 4 is the ordinary list."""
    return BANDS.get(request.kind, ORDINARY)


def tier(meeting: Meeting | Draft, speakers: SpeakerList, request: Request) -> Tier:
    """The tier in which *request* stands; ``group`` only where groups come first."""
    own = meeting.roster.delegations.get(request.delegation or Code(""))
    found: Tier = own.tier if own else "other"
    if own and own.code == _PALESTINE:
        by_request = meeting.profile.state_of_palestine == "order_of_request"
        found = "member_state" if by_request else "observer_state"
    speaks_for_group = request.kind == "group_statement" or found == "group"
    if speaks_for_group and "groups_first" in speakers.modifiers:
        return "group"
    return "organisation" if found == "group" else found


def rank(meeting: Meeting | Draft, speakers: SpeakerList, request: Request) -> int:
    """The rank of that tier: equal ones are merged."""
    return int(meeting.profile.tiers[tier(meeting, speakers, request)])


def spoken_before(speakers: SpeakerList, request: Request) -> bool:
    """Whether its voice was counted on this list already (FIRST_TIME_FIRST)."""
    return speakers.spoken.get(request.voice, 0) > 0


def locked(request: Request) -> bool:
    """Whether automatic sorting leaves *request* in its place (I8)."""
    return request.fixed or request.status == "called" or request.told_at is not None


def class_of(
    meeting: Meeting | Draft, speakers: SpeakerList, request: Request
) -> Class:
    """``(band, generation, spoken before, tier)``, or as the profile turns them.

    The last three are of the ordinary list only, and a published order knows nothing
    but generations.
    """
    own = band(request)
    if own != ORDINARY:
        return (own, 0, 0, 0)
    if speakers.policy == "fixed":
        return (own, request.generation, 0, 0)
    spoken = 0
    if "first_time_first" in speakers.modifiers:
        spoken = int(spoken_before(speakers, request))
    within = rank(meeting, speakers, request)
    if meeting.profile.late_within_tier:
        return (own, spoken, within, request.generation)
    return (own, request.generation, spoken, within)
