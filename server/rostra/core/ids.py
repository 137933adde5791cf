"""Names for the things of a meeting, so that one id is never taken for another.

An entity's id is a letter and its ticket: ``r412.0`` is the first request made by
commit 412. A delegation's id is its roster code.
"""

from typing import Literal, NewType

MeetingId = NewType("MeetingId", str)
SegmentId = NewType("SegmentId", str)
ListId = NewType("ListId", str)
RequestId = NewType("RequestId", str)
InterventionId = NewType("InterventionId", str)
LinkId = NewType("LinkId", str)
NoteId = NewType("NoteId", str)
AnnouncementId = NewType("AnnouncementId", str)
SignalId = NewType("SignalId", str)
SwapId = NewType("SwapId", str)
MessageId = NewType("MessageId", str)
ConclusionId = NewType("ConclusionId", str)

#: Roster code of a delegation: ISO alpha-3 for States, else the roster's own.
Code = NewType("Code", str)
#: Code of a group in the roster's register.
GroupCode = NewType("GroupCode", str)

#: An instant: milliseconds since 1970 in UTC, stamped by the server alone.
Instant = NewType("Instant", int)

Ticket = tuple[int, int]

Role = Literal[
    "moderator", "chair", "desk", "delegate", "rapporteur", "viewer", "display"
]
#: Who sees the same bytes: DESIGN "Audiences".
Audience = Literal["public", "record", "staff"]
Kind = Literal[
    "statement",
    "group_statement",
    "programme",
    "introduction",
    "secretariat",
    "concerned_party",
    "chair",
    "question",
    "answer",
    "explanation_of_vote",
    "right_of_reply",
    "point_of_order",
    "procedural_motion",
    "response",
    "technical",
]
#: Kinds that push a floor of their own over whoever speaks (RULES 4, 7.5).
Interrupting = Literal["point_of_order", "procedural_motion", "response", "technical"]
#: Rank of a named speaker, in the order of the general debate (RULES 5).
Rank = Literal[
    "head_of_state",
    "vice_president",
    "crown_prince",
    "head_of_government",
    "deputy_prime_minister",
    "minister",
    "vice_minister",
    "chair_of_delegation",
]
#: Procedural motions in the order of rule 77/119.
Motion = Literal[
    "suspend_meeting",
    "adjourn_meeting",
    "adjourn_debate",
    "close_debate",
    "other",
]
Side = Literal["for", "against"]
#: What the technical desk ticks for a delegation before it speaks.
Check = Literal["sound", "camera", "name", "text", "room"]
Channel = Literal["pad", "platform", "chat", "email", "paper", "phone", "desk"]
Tier = Literal[
    "group",
    "member_state",
    "observer_state",
    "organisation",
    "un_entity",
    "nhri",
    "ngo",
    "other",
]
Policy = Literal[
    "arrival",
    "protocol_rank",
    "regional_rotation",
    "lot",
    "alpha_from_lot",
    "least_spoken",
    "alternate",
    "fixed",
    "manual",
]
#: What a secretariat may publish of a meeting beside the live pages.
Published = Literal[
    "page",
    "time_by_delegation",
    "time_by_group",
    "time_by_kind",
    "timeline",
    "list_length",
]
Modifier = Literal["groups_first", "first_time_first"]


def made(letter: str, ticket: Ticket) -> str:
    """The id of the entity that *letter* and *ticket* name, ``r412.0``."""
    return f"{letter}{ticket[0]}.{ticket[1]}"


def ticket_of(entity: str) -> Ticket:
    """The ticket in an entity's id: its place in the order of arrival."""
    seq, n = entity[1:].split(".")
    return int(seq), int(n)
