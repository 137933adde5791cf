"""The chair's answer when the rules say no.

A refusal is a code and its parameters, never a sentence: the sentence is made in the
reader's language by :mod:`rostra.protocol.sentences`. Codes are stable.
"""

from typing import Literal

from msgspec import Struct

RefusalCode = Literal[
    # of the role (HTTP 403)
    "not_permitted",
    "not_your_delegation",
    "no_gavel",
    # of the moment: what the sender saw is no longer so (HTTP 409)
    "stale",
    "expired",
    "id_reused",
    "nothing_to_undo",
    "undo_too_late",
    "undo_overtaken",
    # of the rules (HTTP 422)
    "wrong_meeting_state",
    "list_not_open",
    "list_closed",
    "list_takes_no_requests",
    "kind_not_admitted",
    "not_entitled",
    "floor_occupied",
    "floor_idle",
    "wrong_phase",
    "not_on_list",
    "already_on_list",
    "no_such_entity",
    "not_in_roster",
    "extension_cap",
    "meeting_running",
    "too_long",
    "empty",
    "bad_time",
    "bad_place",
    "round_not_possible",
    "list_has_live_entries",
    "own_link",
    "max_replies",
    "max_statements",
    "max_responses",
    "delegation_flagged",
    "depth_reached",
    "not_enabled",
    "ruling_pending",
    "nothing_to_draw",
    "swap_not_possible",
    "in_writing",
    "bad_profile",
    "reason_needed",
    "corrections_closed",
    "conclusion_fixed",
    "not_agreed",
    # of the server
    "read_only",
    "internal",
]


class Refusal(Struct, frozen=True):
    """Why not. ``params`` fill the sentence; ``current`` is what is true now."""

    code: RefusalCode
    params: dict[str, str | int | None] = {}
    current: dict[str, str | int | None] = {}


class Refused(Exception):
    """Raised inside ``decide``; never leaves it."""

    def __init__(
        self,
        code: RefusalCode,
        /,
        current: dict[str, str | int | None] | None = None,
        **params: str | int | None,
    ) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, params, current or {})
