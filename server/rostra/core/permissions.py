"""Which role may send which command: default deny.

The same table is written by hand in PERMISSIONS.md beside the rulebook; a test holds
the two against each other and tries every cell over the real wire.
"""

from rostra.core.ids import Role

_FLOOR = ("call", "start", "pause", "line_lost", "resume", "extend", "credit")
_FLOOR_END = ("end", "no_show", "revoke", "undo", "reset_clock", "chair_remarks")
_INTERRUPT = ("recognise", "rule")
_MEETING = ("open_lobby", "call_to_order", "suspend", "resume_meeting", "adjourn")
_PROGRAMME = ("close_record", "go_to_segment", "set_presider", "set_phase")
_RULES = ("set_profile", "set_limit", "set_policy", "draw")
_LISTS = ("open_list", "announce_closing", "close_list", "reopen_list", "admit_late")
_ORDER = ("close_round", "withdraw", "insert", "move", "pin", "unpin", "settle_swap")
_REQUESTS = ("accept", "decline", "park", "unpark", "set_window")
_WORDS = ("name_speaker", "confirm_name", "note", "announce", "clear_announcement")
_PEOPLE = ("clear_signal", "revoke_link", "renew_link", "flag_delegation", "correct")
_RECORD = ("settle_correction", "open_corrections", "release_conclusions")
_AFTER = ("show_conclusion", "publish", "erase_persons")
_CONCLUSIONS = ("write_conclusion", "move_conclusion", "drop_conclusion")
_RAPPORTEURS = ("correct_row", *_CONCLUSIONS, "hand_over", "reopen_conclusions")
_DESK = ("message", "tick", "mark_attendance", "set_contact")
_GAVEL = ("take_gavel", "hand_gavel")

PERMITTED: dict[Role, frozenset[str]] = {
    "moderator": frozenset(
        _FLOOR
        + _FLOOR_END
        + _INTERRUPT
        + _MEETING
        + _PROGRAMME
        + _RULES
        + _LISTS
        + _ORDER
        + _REQUESTS
        + _WORDS
        + _PEOPLE
        + _RECORD
        + _AFTER
        + _RAPPORTEURS
        + _DESK
        + _GAVEL
    ),
    "delegate": frozenset(
        (
            "request_floor",
            "withdraw",
            "park",
            "unpark",
            "offer_swap",
            "answer_swap",
            "ready",
            "end",
            "name_speaker",
            "set_contact",
            "correct",
        )
    ),
    "rapporteur": frozenset(("note", *_RAPPORTEURS)),
    "chair": frozenset(("message",)),
    "desk": frozenset(_DESK),
    "viewer": frozenset(),
    "display": frozenset(),
}
#: What only the holder of the gavel may do, where the profile wants one hand.
WITH_GAVEL = frozenset(
    _FLOOR
    + _FLOOR_END
    + _INTERRUPT
    + _MEETING
    + _PROGRAMME
    + _RULES
    + _LISTS
    + _ORDER
    + _REQUESTS
)


def permitted(role: Role, command: str) -> bool:
    """Whether *role* may send *command* at all."""
    return command in PERMITTED[role]
