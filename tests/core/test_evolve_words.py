"""What words, messages and marks make of a meeting: facts are applied, not judged."""

from msgspec import structs

from rostra.core import events as e
from rostra.core.evolve import evolve
from rostra.core.evolve_words import MESSAGES_KEPT
from rostra.core.ids import Code, Instant, LinkId, MessageId
from rostra.core.meeting import Attendance, Gavel, Meeting
from support.floor import START, Floor, rule

A, B = Code("A"), Code("B")
LATER = Instant(START + 60_000)


def after(meeting: Meeting, *events: e.AnyEvent) -> Meeting:
    """The meeting after one more commit."""
    return evolve(meeting, meeting.seq + 1, LATER, events)


def line(number: int) -> e.MessageSent:
    """A line of the back-channel."""
    return e.MessageSent(
        message=MessageId(f"m2.{number}"),
        role="desk",
        link=LinkId("desk"),
        phrase="wait",
        text="",
    )


@rule("B1")
def test_the_oldest_line_goes_when_there_are_too_many() -> None:
    meeting = after(Floor().meeting, *map(line, range(MESSAGES_KEPT)))
    assert len(meeting.messages) == MESSAGES_KEPT
    meeting = after(meeting, line(MESSAGES_KEPT))
    assert next(iter(meeting.messages)) == "m2.1"
    assert len(meeting.messages) == MESSAGES_KEPT
    assert meeting.messages[MessageId("m2.1")].at == LATER


@rule("B2", "B3", "B4", "E12")
def test_everything_that_is_known_of_a_delegation_is_kept_side_by_side() -> None:
    meeting = after(
        Floor().meeting,
        e.ReadinessTicked(delegation=A, check="sound", ok=True),
        e.ReadinessTicked(delegation=A, check="text", ok=False),
        e.AttendanceMarked(delegations=(A, B), source="pad"),
        e.AttendanceMarked(delegations=(A,), source="pad"),
        e.AttendanceMarked(delegations=(A,), source="report"),
        e.ContactSet(delegation=A, contact="+1 212"),
        e.DelegationFlagged(delegation=A, flag="absent", reason=""),
    )
    assert meeting.attendance == {
        A: Attendance(
            delegation=A,
            checks={"sound": True, "text": False},
            sources=("pad", "report"),
            contact="+1 212",
            flag="absent",
        ),
        B: Attendance(delegation=B, sources=("pad",)),
    }
    cleared = after(meeting, e.DelegationFlagged(delegation=A, flag=None, reason=""))
    known = cleared.attendance[A]
    assert known == structs.replace(meeting.attendance[A], flag=None)


@rule("G3")
def test_the_gavel_is_where_the_last_event_put_it() -> None:
    held = e.GavelPassed(link=LinkId("k1"), taken=True, reason="gone")
    meeting = after(Floor().meeting, held)
    assert meeting.gavel == Gavel(LinkId("k1"), LATER, "gone")
    down = e.GavelPassed(link=None, taken=False, reason="")
    assert after(meeting, down).gavel is None


@rule("N7")
def test_a_rank_that_is_not_named_stays() -> None:
    floor = Floor().opened()
    key = floor.ask("A")
    named = e.SpeakerNamed(request=key, language="fr", confirmed=True, rank="minister")
    silent = e.SpeakerNamed(request=key, language="es", confirmed=False)
    request = after(after(floor.meeting, named), silent).requests[key]
    assert (request.rank, request.language) == ("minister", "es")
    assert not request.person_confirmed
