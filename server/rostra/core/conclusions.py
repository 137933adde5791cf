"""Conclusions: drawn by rapporteurs, handed over to the chair, released to everyone.

Each stands under a segment, and perhaps a guiding question of the programme. What was
handed over is fixed; what is written later goes into an addendum.
"""

from collections.abc import Callable
from typing import Any

from rostra.core import commands as c
from rostra.core import events as e
from rostra.core import text
from rostra.core.case import Case
from rostra.core.evolve_conclusions import standing, under
from rostra.core.ids import ConclusionId, SegmentId
from rostra.core.meeting import Conclusion
from rostra.core.notes import edited, guiding, not_over, recorded
from rostra.core.refusals import Refused

Result = dict[str, object]


def write_conclusion(case: Case, command: c.WriteConclusion) -> Result:
    """A new one at the end of its heading, or one that is changed field by field."""
    _open(case)
    said = None if command.text is None else text.lines(command.text).strip()
    if said == "":
        raise Refused("empty", what="text")
    if command.conclusion is None:
        return _drawn(case, command, said)
    known = _known(case, command.conclusion)
    fields: dict[str, Any] = {} if said is None else {"text": said}
    if command.agreed is not None:
        fields["agreed"] = command.agreed
    if not fields and command.interventions is None:
        raise Refused("empty", what="text")
    if fields.get("text", known.text) != known.text:
        # what was agreed is another text
        fields.setdefault("agreed", False)
    _as_read(known, fields, command.version)
    support = _supported(case, known, command.interventions)
    if (fields.get("text", known.text), support) != (known.text, known.interventions):
        _loose(case, known)
    if known.released and not fields.get("agreed", True):
        raise Refused("conclusion_fixed", what="released")
    version = known.version + 1
    standing_fields: dict[str, Any] = {"text": known.text, "agreed": known.agreed}
    case.say(
        e.ConclusionWritten(
            conclusion=known.id,
            segment=known.segment,
            question=known.question,
            interventions=support,
            version=version,
            **{**standing_fields, **fields},
        )
    )
    return {"conclusion": known.id, "version": version}


def _drawn(case: Case, command: c.WriteConclusion, said: str | None) -> Result:
    """A new conclusion."""
    if said is None:
        raise Refused("empty", what="text")
    if command.under is None:
        raise Refused("empty", what="heading")
    segment, question = _heading(case, command.under)
    key = ConclusionId(case.new_id("c"))
    case.say(
        e.ConclusionWritten(
            conclusion=key,
            segment=segment,
            question=question,
            text=said,
            agreed=bool(command.agreed),
            interventions=_supported(case, None, command.interventions),
            version=1,
        )
    )
    return {"conclusion": key, "version": 1}


def _as_read(known: Conclusion, fields: dict[str, Any], version: int) -> None:
    """Refuse to write over a change, or to agree to a text that was not read."""
    late = not_over(known, fields, version)
    if fields.get("agreed") and "text" not in fields:
        late |= not_over(known, {"text": None}, version)
    if late:
        current: dict[str, Any] = {"conclusion": known.id, "version": known.version}
        current |= late
        raise Refused("stale", current, what="conclusion")


def _supported(
    case: Case, known: Conclusion | None, edit: c.SupportEdit | None
) -> tuple[Any, ...]:
    """The interventions that support it after an edit; those of the record only."""
    links = known.interventions if known else ()
    if edit is None:
        return links
    for key in edit.add:
        recorded(case, key)
    return edited(links, edit.add, edit.drop)


def move_conclusion(case: Case, command: c.MoveConclusion) -> Result:
    """To another place under its heading, or under another."""
    _open(case)
    known = _known(case, command.expect.conclusion)
    if command.expect.place != known.place:
        current: dict[str, Any] = {"conclusion": known.id, "place": known.place}
        raise Refused("stale", current, what="conclusion")
    _not_handed_over(case, known)
    segment, question = known.segment, known.question
    if command.under is not None:
        segment, question = _heading(case, command.under)
    where = (segment, question, known.addendum)
    others = [each for each in standing(case.meeting, where) if each.id != known.id]
    if not 0 <= command.to <= len(others):
        raise Refused("bad_place", what="conclusion")
    if under(known) != where:
        _loose(case, known)
    case.say(
        e.ConclusionMoved(
            conclusion=known.id, segment=segment, question=question, to=command.to
        )
    )
    return {"place": command.to}


def drop_conclusion(case: Case, command: c.DropConclusion) -> Result:
    """It is no conclusion; what was read is what is dropped."""
    _open(case)
    known = _shown(case, command.expect)
    _loose(case, known)
    case.say(e.ConclusionDropped(conclusion=known.id))
    return {}


def hand_over(case: Case, command: c.HandOver) -> Result:
    """What stands now is the chair's; what comes is an addendum."""
    _open(case)
    _expect(case, command.expect)
    if case.meeting.handed_over_at is not None:
        raise Refused("conclusion_fixed", what="handed_over")
    if not case.meeting.conclusions:
        raise Refused("empty", what="conclusions")
    case.say(e.ConclusionsHandedOver())
    return {"conclusions": len(case.meeting.conclusions)}


def reopen_conclusions(case: Case, command: c.ReopenConclusions) -> Result:
    """What was handed over can be changed again; why stands in the log."""
    _open(case)
    _expect(case, command.expect)
    if case.meeting.handed_over_at is None:
        raise Refused("stale", {"handed_over_at": None}, what="conclusions")
    reason = text.line(command.reason)
    if not reason:
        raise Refused("reason_needed")
    case.say(e.ConclusionsReopened(reason=reason))
    return {}


def release_conclusions(case: Case, command: c.ReleaseConclusions) -> Result:
    """Agreed ones are shown to everyone as they were read, or no longer."""
    _open(case)
    found = [_shown(case, each) for each in dict.fromkeys(command.expect)]
    changed = [each for each in found if each.released != command.released]
    if not changed:
        current: dict[str, str | int | None] = {"released": command.released}
        raise Refused("stale", current, what="conclusion")
    if command.released and not all(each.agreed for each in changed):
        raise Refused("not_agreed")
    case.say(
        e.ConclusionsReleased(
            conclusions=tuple(each.id for each in changed),
            texts=tuple(each.text for each in changed) if command.released else (),
            released=command.released,
        )
    )
    return {"released": len(changed)}


def show_conclusion(case: Case, command: c.ShowConclusion) -> Result:
    """A released one stands large on the displays, in place of what stood there."""
    _open(case)
    stood = case.meeting.conclusion_shown
    if command.expect.conclusion != stood or command.conclusion == stood:
        current: dict[str, str | int | None] = {"conclusion": stood}
        raise Refused("stale", current, what="shown")
    if command.conclusion is not None:
        known = _known(case, command.conclusion)
        if not known.released:
            raise Refused("no_such_entity", what="conclusion", id=known.id)
    case.say(e.ConclusionShown(conclusion=command.conclusion))
    return {}


def _open(case: Case) -> None:
    case.in_state("scheduled", "lobby", "in_session", "suspended", "rose")


def _known(case: Case, key: ConclusionId) -> Conclusion:
    found: Conclusion = case.found(case.meeting.conclusions, key, "conclusion")
    return found


def _shown(case: Case, expect: c.ExpectConclusion) -> Conclusion:
    """A conclusion that is as it was read."""
    known = _known(case, expect.conclusion)
    if known.version != expect.version:
        current: dict[str, str | int | None] = {
            "conclusion": known.id,
            "version": known.version,
            "text": known.text,
        }
        raise Refused("stale", current, what="conclusion")
    return known


def _heading(case: Case, heading: c.Heading) -> tuple[SegmentId, int | None]:
    """A segment of the programme, and one of its guiding questions or none."""
    case.found(case.meeting.segments, heading.segment, "segment")
    if heading.question is not None:
        guiding(case, heading.question)
    return heading.segment, heading.question


def _loose(case: Case, known: Conclusion) -> None:
    """Refuse to change what everyone reads, or the chair holds."""
    if known.released:
        raise Refused("conclusion_fixed", what="released")
    _not_handed_over(case, known)


def _not_handed_over(case: Case, known: Conclusion) -> None:
    if case.meeting.handed_over_at is not None and not known.addendum:
        raise Refused("conclusion_fixed", what="handed_over")


def _expect(case: Case, expect: c.ExpectHandOver) -> None:
    at = case.meeting.handed_over_at
    if expect.handed_over_at != at:
        raise Refused("stale", {"handed_over_at": at}, what="conclusions")


RULES: dict[type, Callable[[Case, Any], Result]] = {
    c.WriteConclusion: write_conclusion,
    c.MoveConclusion: move_conclusion,
    c.DropConclusion: drop_conclusion,
    c.HandOver: hand_over,
    c.ReopenConclusions: reopen_conclusions,
    c.ReleaseConclusions: release_conclusions,
    c.ShowConclusion: show_conclusion,
}
