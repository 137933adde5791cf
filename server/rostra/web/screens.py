"""Which role sees which screen."""

from rostra.core.ids import Role

#: The screen that a link leads to.
HOME: dict[Role, str] = {
    "moderator": "console",
    "chair": "chair",
    "desk": "desk",
    "delegate": "pad",
    "rapporteur": "log",
    "viewer": "display",
    "display": "display",
}
_ALSO: dict[Role, frozenset[str]] = {
    "moderator": frozenset({"log", "chair", "display", "desk"}),
}
SCREENS = frozenset(HOME.values())
#: How large the display is drawn: in the hall, or on one's own screen.
LAYOUT: dict[Role, str] = {"viewer": "desk"}


def may_open(role: Role, screen: str) -> bool:
    """Whether *role* may open *screen*."""
    return HOME[role] == screen or screen in _ALSO.get(role, frozenset())
