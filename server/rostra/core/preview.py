"""How a list would stand under another policy; nothing is changed by looking."""

from typing import Literal

from msgspec import Struct

from rostra.core.draft import Draft
from rostra.core.ids import ListId, Modifier, Policy, RequestId
from rostra.core.meeting import LISTED, Meeting
from rostra.core.order import arrange
from rostra.core.policies import why

Draws = Literal["order", "letter", "region"]
_DRAWS: dict[Policy, Draws] = {
    "lot": "order",
    "alpha_from_lot": "letter",
    "regional_rotation": "region",
}


class Preview(Struct, frozen=True, kw_only=True):
    """The order as it would be, and why, entry by entry (:mod:`rostra.core.policies`).

    ``to_draw`` is what the lot has not decided yet: until it is drawn the order is
    made without it.
    """

    list: ListId
    policy: Policy
    modifiers: tuple[Modifier, ...]
    order: tuple[RequestId, ...]
    why: dict[RequestId, tuple[str, ...]]
    to_draw: Draws | None


def preview(
    meeting: Meeting,
    key: ListId,
    policy: Policy,
    modifiers: tuple[Modifier, ...] = (),
) -> Preview:
    """List *key* under *policy* with *modifiers*; who is locked stays in place."""
    draft = Draft(meeting)
    modifiers = tuple(sorted(set(modifiers)))
    draft.change("lists", key, policy=policy, modifiers=modifiers)
    speakers = draft.list(key)
    live = [each for each in speakers.order if draft.request(each).status in LISTED]
    order = arrange(draft, speakers, live)
    draft.change("lists", key, order=order)
    changed = draft.freeze()
    drawn = speakers.draw is not None and speakers.draw.policy == policy
    return Preview(
        list=key,
        policy=policy,
        modifiers=modifiers,
        order=order,
        why={each: why(changed, changed.requests[each]) for each in order},
        to_draw=None if drawn else _DRAWS.get(policy),
    )
