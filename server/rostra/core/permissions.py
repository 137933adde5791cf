"""Which role may send which command: default deny.

The same table is written by hand in PERMISSIONS.md beside the rulebook; a test holds
the two against each other and tries every cell over the real wire.
"""

from rostra.core.ids import Role

_FLOOR = ("call", "start", "pause", "line_lost", "resume", "extend", "credit")
_FLOOR_END = ("end", "no_show", "revoke", "undo")
_MEETING = ("open_lobby", "call_to_order", "suspend", "resume_meeting", "adjourn")
_PROGRAMME = ("close_record", "go_to_segment", "set_presider")
_LISTS = ("open_list", "announce_closing", "close_list", "reopen_list")
_ORDER = ("set_policy", "close_round", "withdraw", "insert", "move")
_WORDS = ("name_speaker", "confirm_name", "note", "announce", "clear_announcement")
_PEOPLE = ("clear_signal", "revoke_link", "renew_link")

PERMITTED: dict[Role, frozenset[str]] = {
    "moderator": frozenset(
        _FLOOR + _FLOOR_END + _MEETING + _PROGRAMME + _LISTS + _ORDER + _WORDS + _PEOPLE
    ),
    "delegate": frozenset(
        ("request_floor", "withdraw", "ready", "end", "name_speaker")
    ),
    "rapporteur": frozenset(("note",)),
    "chair": frozenset(),
    "desk": frozenset(),
    "viewer": frozenset(),
    "display": frozenset(),
}


def permitted(role: Role, command: str) -> bool:
    """Whether *role* may send *command* at all."""
    return command in PERMITTED[role]
