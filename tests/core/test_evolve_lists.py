"""The lists' part of ``evolve``: what each event makes of a list."""

from rostra.core import events as e
from rostra.core.draft import Draft
from rostra.core.evolve_lists import FACTS
from rostra.core.ids import Instant, RequestId
from rostra.core.meeting import SpeakerList
from support.floor import START, Floor, list_key, rule

KEY = list_key()


def after(*events: e.AnyEvent) -> SpeakerList:
    """The list of a meeting of one segment after these."""
    draft = Draft(Floor().meeting)
    for event in events:
        FACTS[type(event)](draft, event)
    return draft.list(KEY)


def at(seconds: int) -> Instant:
    """So long after the start."""
    return Instant(START + seconds * 1000)


@rule("L8", "L9")
def test_an_opening_is_first_announced_then_a_window_then_open() -> None:
    announced = e.OpeningAnnounced(list=KEY, opens_at=at(60))
    window = e.LotWindowOpened(list=KEY, until=at(90), commitment="c")
    known = after(announced)
    assert (known.state, known.opens_at) == ("not_open", at(60))
    drawing = after(announced, window)
    assert (drawing.state, drawing.lot_until) == ("lot_window", at(90))
    assert (drawing.commitment, drawing.draws) == ("c", 1)
    opened = after(announced, window, e.ListOpened(list=KEY))
    assert (opened.state, opened.lot_until) == ("open", None)


@rule("L9", "D2")
def test_a_window_after_a_commitment_is_for_the_same_draw() -> None:
    prepared = e.DrawPrepared(list=KEY, number=1, commitment="c")
    window = e.LotWindowOpened(list=KEY, until=at(90), commitment="c")
    assert after(prepared, window).draws == 1


@rule("L10", "L3")
def test_an_automatic_closing_ends_with_the_closing_or_with_an_announced_one() -> None:
    auto = e.AutoCloseSet(list=KEY, closes_at=at(900))
    opened = e.ListOpened(list=KEY)
    assert after(opened, auto).auto_close_at == at(900)
    announced = e.ClosingAnnounced(list=KEY, closes_at=at(60))
    closing = after(opened, auto, announced)
    assert (closing.state, closing.closes_at, closing.auto_close_at) == (
        "closing",
        at(60),
        None,
    )
    closed = after(opened, auto, e.ListClosed(list=KEY, basis="capacity"))
    assert (closed.state, closed.basis, closed.auto_close_at) == (
        "closed",
        "capacity",
        None,
    )


@rule("L5")
def test_a_reopened_list_forgets_when_it_was_to_close() -> None:
    events = (
        e.ListOpened(list=KEY),
        e.ClosingAnnounced(list=KEY, closes_at=at(60)),
        e.ListClosed(list=KEY, basis="announced"),
        e.ListReopened(list=KEY, basis="rule 73"),
    )
    reopened = after(*events)
    assert (reopened.state, reopened.generation) == ("open", 1)
    assert (reopened.closes_at, reopened.closed_at) == (None, None)


@rule("I2")
def test_an_order_is_spliced_step_by_step() -> None:
    a, b, d = (RequestId(f"r1.{n}") for n in range(3))
    steps: e.Splices = ((0, 0, a, b), (1, 1, d), (0, 1))
    assert after(e.OrderChanged(list=KEY, splices=steps)).order == (d,)


def test_every_event_of_a_list_is_known_once() -> None:
    assert len(FACTS) == len(set(FACTS.values()))
