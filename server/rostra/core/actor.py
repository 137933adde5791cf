"""Who asks: the role and the link a command came by."""

from msgspec import Struct

from rostra.core.ids import Code, LinkId, Role

#: The link of the engine's alarms. No token can name it.
ALARM_LINK = LinkId("alarm")
#: The link of the server's own command line, over the control socket.
CONTROL_LINK = LinkId("control")


class Actor(Struct, frozen=True, kw_only=True):
    """The sender of a command; ``delegation`` is set for delegates only.

    ``device`` is the name that the device gave itself (personal, RULES 7.2).
    """

    role: Role
    link: LinkId
    delegation: Code | None = None
    device: str = ""


ALARM = Actor(role="moderator", link=ALARM_LINK)
CONTROL = Actor(role="moderator", link=CONTROL_LINK)
