"""What a statement may be: how long, how many, and recorded (RULES 4, 7.19)."""

from collections.abc import Iterable

from rostra.core import commands as c
from rostra.core.case import Case
from rostra.core.ids import Code, GroupCode
from rostra.core.limits import STATEMENTS, limit_of
from rostra.core.meeting import LIVE, Request, SpeakerList
from rostra.core.refusals import Refused


def statement_ms(case: Case, speakers: SpeakerList, entry: c.Entry) -> int:
    """The limit of *entry* on *speakers*, as it is there now.

    A recorded statement may be as long as a spoken one, and is introduced before:
    what is longer is not taken, so that nothing is cut on the air.
    """
    own = entry.limit_s * 1000 if entry.limit_s else None
    limit = own or limit_of(case.meeting, speakers, entry.kind, entry.delegation)
    if not entry.media_s:
        return limit
    if entry.media_s * 1000 > limit and not entry.override:
        seconds = limit // 1000
        raise Refused("too_long", {"limit_s": seconds}, limit_s=seconds)
    return (case.meeting.profile.media_intro_s + entry.media_s) * 1000


def counted_out(case: Case, speakers: SpeakerList, entry: c.Entry) -> None:
    """Refuse one statement more than a voice may make on a list."""
    most = case.meeting.profile.max_statements
    if most is None or entry.kind not in STATEMENTS or entry.override:
        return
    voice = _voice(entry.delegation, entry.group, entry.group_text)
    if voice is None:
        return
    made = [
        each
        for each in _by_anybody_of(case, entry)
        if each.list == speakers.id
        and each.kind in STATEMENTS
        and _voice(each.delegation, each.group, each.group_text) == voice
        and _made_or_to_come(each)
    ]
    if len(made) >= most:
        raise Refused("max_statements", {"most": most}, delegation=entry.delegation)


def _by_anybody_of(case: Case, entry: c.Entry) -> Iterable[Request]:
    """Where its voice may be found: a group speaks through any delegation."""
    if entry.group or entry.group_text or entry.delegation is None:
        found: Iterable[Request] = case.draft.requests.values()
        return found
    return case.draft.requests_of(entry.delegation)


def _made_or_to_come(request: Request) -> bool:
    return request.status in LIVE or request.status in ("granted", "done")


def _voice(
    delegation: Code | None, group: GroupCode | None, group_text: str
) -> tuple[object, ...] | None:
    """Who speaks: a group whoever speaks for it, else the delegation itself."""
    if group or group_text:
        return (group, group_text.casefold())
    return (delegation,) if delegation else None
