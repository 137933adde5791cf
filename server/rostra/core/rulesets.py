"""Other rules of procedure in a running meeting: a whole profile takes another's place.

From then on everything is decided by it. What was announced before stays: the order and
the limits of lists, and the limit of each request that is on one.
"""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.case import Case
from rostra.core.control import put_down
from rostra.core.files import BadLine
from rostra.core.profile import parse_profile
from rostra.core.refusals import Refused

Result = dict[str, object]


def set_profile(case: Case, command: c.SetProfile) -> Result:
    """Undo does not take it back: setting the old text again does."""
    case.alive()
    try:
        profile = parse_profile(command.text)
    except BadLine as bad:
        raise Refused("bad_profile", what=bad.what, line=bad.line) from None
    profile = structs.replace(profile, title=text.line(profile.title))
    case.say(e.ProfileSet(profile=profile, reason=text.line(command.reason)))
    if profile.control != "gavel":
        put_down(case)
    return {"profile": profile.id}


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.SetProfile: set_profile,
}
