"""After the meeting: what is published of it, and that persons are forgotten."""

from collections.abc import Callable
from typing import Any, get_args

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.agenda import expected_state
from rostra.core.case import Case
from rostra.core.ids import Published
from rostra.core.refusals import Refused

Result = dict[str, object]

#: Everything that can be published, in the order in which it is kept.
EVERYTHING: tuple[Published, ...] = get_args(Published)


def publish(case: Case, command: c.Publish) -> Result:
    """An operator says what is public; it changes nothing of the record."""
    now = case.meeting.published
    wanted = tuple(each for each in EVERYTHING if each in command.published)
    if set(command.expect.published) != set(now) or wanted == now:
        raise Refused("stale", {"published": ",".join(now)}, what="published")
    case.say(e.PublicationSet(published=wanted))
    return {}


def erase_persons(case: Case, command: c.ErasePersons) -> Result:
    """Once the record is closed: from now on no state, view or replay knows a name."""
    expected_state(case, command.expect)
    case.in_state("archived")
    if case.meeting.erased_at is not None:
        raise Refused("stale", {"erased_at": case.meeting.erased_at}, what="erased")
    reason = text.line(command.reason)
    if not reason:
        raise Refused("reason_needed")
    case.say(e.PersonsErased(reason=reason))
    return {"up_to": case.draft.seq}


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.Publish: publish,
    c.ErasePersons: erase_persons,
}
