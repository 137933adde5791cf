"""Which audience sees which field: default deny.

A field crosses the wire to an audience only if it stands here. The same table is
written for people in AUDIENCES.md beside the rulebook; a test holds the two together
and every field of every entity against this table.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from msgspec import Struct, to_builtins

from rostra.core.entities import COLLECTIONS
from rostra.core.ids import Audience

#: Fields that everyone sees, by collection.
PUBLIC: dict[str, str] = {
    "meeting": "id title theme event state segment starts_at ends_at zone questions "
    "called_to_order_at resume_at rose_at roster rules reserve_ms written_until "
    "losses corrections_until published conclusion_shown",
    "segments": "id list kind title state presider questions requests kinds "
    "public_clock attributed panellists phase replies",
    "lists": "id segment purpose state generation opens_at closes_at closed_at basis "
    "policy modifiers count round heard round_size lot_until commitment draw "
    "auto_close_at limits_s limits_set_at",
    "requests": "id list kind delegation group group_text label person language "
    "registered_at number status limit_ms cost_ms addressed answers unanswered "
    "why rank side motion on item to turn media_ms national_capacity",
    "floor": "id request delegation group group_text kind label person language "
    "segment phase started_at limit_ms allotted_ms used_ms running_since held_since "
    "warn_ms one_moment over depth turn to motion side media_ms national_capacity",
    "interventions": "id n delegation group group_text kind label person language "
    "segment started_at ended_at used_ms limit_ms allotted_ms addressed unanswered "
    "over turn to motion side media_ms national_capacity ruling appeal",
    "delegations": "id interventions spoken_ms",
    "announcements": "id text at",
    "conclusions": "id segment question place text addendum",
}
#: What rapporteurs see beside it.
RECORD: dict[str, str] = {
    "meeting": "tags handed_over_at erased_at",
    "requests": "confirmed",
    "floor": "confirmed reason",
    "interventions": "request confirmed held_ms holds resume_of ruling_note rank phase "
    "corrections",
    "notes": "id intervention request scope text at version tags questions follow_up "
    "document correction correction_by proposed settled answer",
    "conclusions": "released agreed interventions at version",
}
#: What moderators, the chair and the desk see beside both.
STAFF: dict[str, str] = {
    "meeting": "action downtime_ms suspended_reason profile gavel day unheard",
    "segments": "planned_at planned_ms started_at ended_at",
    "lists": "requested late deferred",
    "requests": "trigger override told group_confirmed channel told_at fixed returns "
    "remaining not_before not_after note device after_closure",
    "floor": "called_at attempts ready_at ready_by line_lost cut_at",
    "interventions": "outcome counted channel ended_by",
    "signals": "id delegation text device at",
    "links": "id role delegation label generation revoked expires_at",
    "messages": "id at role link phrase text delegation",
    "swaps": "id offered wanted offered_by wanted_from at accepted",
    "attendance": "id checks sources contact flag flag_reason",
}


def _fields(*tables: dict[str, str]) -> dict[str, tuple[str, ...]]:
    joined = {
        name: tuple(field for table in tables for field in table.get(name, "").split())
        for name in COLLECTIONS
    }
    return {name: fields for name, fields in joined.items() if fields}


FIELDS: dict[Audience, dict[str, tuple[str, ...]]] = {
    "public": _fields(PUBLIC),
    "record": _fields(PUBLIC, RECORD),
    "staff": _fields(PUBLIC, RECORD, STAFF),
}


#: What an audience sees of an entity, as one tuple.
_VALUES: dict[Audience, dict[str, Callable[[Struct], tuple[Any, ...]]]] = {
    audience: {name: attrgetter(*fields) for name, fields in collections.items()}
    for audience, collections in FIELDS.items()
}


def project(audience: Audience, collection: str, entity: Struct) -> dict[str, Any]:
    """*entity* as *audience* may see it, ready for JSON."""
    whole = to_builtins(entity)
    return {field: whole[field] for field in FIELDS[audience][collection]}


def differences(
    audience: Audience, collection: str, was: Struct, now: Struct
) -> dict[str, Any]:
    """The fields that *audience* may see and that are other than they were."""
    values = _VALUES[audience][collection]
    before, after = values(was), values(now)
    if before == after:
        return {}
    return {
        field: to_builtins(new)
        for field, old, new in zip(
            FIELDS[audience][collection], before, after, strict=False
        )
        if old != new
    }
