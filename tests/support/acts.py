"""Every act that an operator can take back, each in the scenes where it is done.

A name is that of the act, and after a comma what is particular. ``ACTS`` holds for
each what comes before it, and the act.
"""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from rostra.core import commands as c
from rostra.core.alarms import ServerReturned
from rostra.core.ids import Instant, SwapId
from rostra.core.profile import Closing
from support.floor import (
    DISCUSSION,
    MODERATOR,
    PANEL,
    Floor,
    delegate,
    list_key,
)

Act = Callable[[Floor], Any]
#: The place of the panel in the programme, and of a list that nobody has opened.
PANEL_AT, UNOPENED = 2, 1


def scene() -> Floor:
    """A, B and C on the list of a meeting in session; the other lists are not open."""
    floor = Floor(DISCUSSION, DISCUSSION, PANEL, lists_open="by_hand").opened()
    floor.do(c.OpenList, expect=floor.expect_list())
    floor.ask("A", "B", "C")
    return floor


def rules(floor: Floor, **profile: Any) -> None:
    """From here on the meeting has other rules."""
    changed = structs.replace(floor.meeting.profile, **profile)
    floor.meeting = structs.replace(floor.meeting, profile=changed)


def after(*steps: Act) -> Act:
    """One after the other."""

    def all_of_them(floor: Floor) -> None:
        for step in steps:
            step(floor)

    return all_of_them


def button(kind: Any, **fields: Any) -> Act:
    """A button of the floor."""
    return lambda floor: floor.do(kind, expect=floor.on_floor, **fields)


def of_list(kind: Any, segment: int = 0, **fields: Any) -> Act:
    """A button of a list."""
    return lambda floor: floor.do(kind, expect=floor.expect_list(segment), **fields)


def on(kind: Any, who: str, **fields: Any) -> Act:
    """A button of a request."""
    return lambda floor: floor.do(kind, request=floor.of(who), **fields)


def nothing(_: Floor) -> None:
    """The list as it is."""


def called(floor: Floor) -> None:
    floor.call("A")


def speaking(floor: Floor) -> None:
    floor.speak("A", 30)


def paused(floor: Floor) -> None:
    floor.speak("A", 30)
    floor.pause()


def lost(floor: Floor) -> None:
    floor.speak("A", 30)
    floor.do(c.LineLost, expect=floor.on_floor)


def was_away(floor: Floor) -> None:
    floor.speak("A", 30)
    floor.alarm(ServerReturned(Instant(floor.now - 20_000), floor.now))


def raised(floor: Floor) -> None:
    floor.speak("A", 30)
    floor.raised("D")


def recognised(floor: Floor) -> None:
    raised(floor)
    floor.recognise(floor.of("D"))


def interrupting(floor: Floor) -> None:
    raised(floor)
    floor.recognise(floor.of("D"), 20)


def unruled(floor: Floor) -> None:
    interrupting(floor)
    floor.end()


def ruling(**more: Any) -> Act:
    """The chair rules on the last row."""
    return lambda floor: floor.rule(floor.meeting.delivered[-1], "upheld", **more)


def closed(floor: Floor) -> None:
    floor.close(basis="rule 73")


def closing(in_s: float) -> Act:
    """The closing is announced."""
    return lambda floor: floor.announce_closing(in_s)


def replying(floor: Floor) -> None:
    floor.reply("A", "B")
    floor.phase("reply_1")


def requested(floor: Floor) -> None:
    rules(floor, approval=True)
    floor.ask("D")
    rules(floor, approval=False)


def late(floor: Floor) -> None:
    rules(floor, late_tray=True)
    floor.close()
    floor.ask("D", "E")


def parked(floor: Floor) -> None:
    floor.do(c.Park, delegate("A"), request=floor.of("A"))


def asked(floor: Floor) -> None:
    """Both panellists and a question were heard; another waits."""
    floor.do(c.OpenList, expect=floor.expect_list(PANEL_AT))
    floor.go(PANEL_AT)
    for each in ("r1.0", "r1.1"):
        floor.heard(each)
    floor.ask("E", "F", kind="question", list=list_key(PANEL_AT))
    floor.speak(floor.speakers(PANEL_AT).order[0], 20)


def offered(floor: Floor) -> None:
    rules(floor, swaps="confirm")
    floor.do(c.OfferSwap, delegate("A"), request=floor.of("A"), wanted=floor.of("C"))


def agreed(floor: Floor) -> None:
    offered(floor)
    floor.do(c.AnswerSwap, delegate("C"), swap=_swap(floor), accept=True)


def _swap(floor: Floor) -> SwapId:
    return next(iter(floor.meeting.swaps))


def settling(*, allow: bool) -> Act:
    """The operator lets the swap happen, or does not."""
    return lambda floor: floor.do(c.SettleSwap, swap=_swap(floor), allow=allow)


def at_place(kind: Any, who: str) -> Act:
    """A button that shows a place on the list."""
    return lambda floor: floor.do(kind, expect=floor.at_place(who))


def entering(*codes: str, at: int | None = None, **entry: Any) -> Act:
    """The operator puts them on the list."""
    return lambda floor: floor.put(*codes, at=at, **entry)


def by_hand(who: str) -> Act:
    """The operator withdraws a request."""
    return lambda floor: floor.withdraw(who, MODERATOR)


def drawn_by_lot(floor: Floor) -> None:
    rules(floor, lot_window_min=15)
    floor.policy("lot", segment=UNOPENED)


def nearly_over(floor: Floor) -> None:
    rules(floor, closing=Closing(before_last=3))


def nearly_full(floor: Floor) -> None:
    rules(floor, closing=Closing(capacity=4))


ACTS: dict[str, tuple[Act, Act]] = {
    # the floor
    "call": (nothing, lambda f: f.call("B")),
    "call, the list closes": (nearly_over, lambda f: f.call("A")),
    "call, of a reply": (replying, lambda f: f.call(f.meeting.running_list.order[0])),
    "start": (called, button(c.Start)),
    "start, of a point": (recognised, button(c.Start)),
    "pause": (speaking, button(c.Pause, reason="video")),
    "line_lost": (speaking, button(c.LineLost)),
    "resume": (paused, button(c.Resume)),
    "resume, a lost line": (lost, button(c.Resume)),
    "extend": (speaking, button(c.Extend, seconds=60)),
    "extend, called": (called, button(c.Extend, seconds=60)),
    "extend, rest": (speaking, button(c.Extend, seconds=60, rest=True)),
    "credit": (was_away, button(c.Credit, ms=5000)),
    "reset_clock": (speaking, button(c.ResetClock)),
    "reset_clock, paused": (paused, button(c.ResetClock)),
    "end": (speaking, button(c.End)),
    "end, paused": (paused, button(c.End)),
    "end, returns": (lost, button(c.End, returns=True)),
    "end, of a question": (asked, button(c.End)),
    "end, of a point": (interrupting, button(c.End)),
    "end, of a reply": (
        after(replying, lambda f: f.speak(f.meeting.running_list.order[0], 20)),
        button(c.End),
    ),
    "no_show": (called, button(c.NoShow)),
    "no_show, drop": (called, button(c.NoShow, drop=True)),
    "no_show, of a point": (recognised, button(c.NoShow)),
    "revoke, mistake": (speaking, button(c.Revoke, reason="mistake")),
    "revoke, counts": (speaking, button(c.Revoke, reason="mistake", counts=True)),
    "revoke, order": (speaking, button(c.Revoke, reason="order")),
    "revoke, called": (called, button(c.Revoke, reason="security")),
    "revoke, a point": (interrupting, button(c.Revoke, reason="mistake")),
    "recognise": (raised, lambda f: f.recognise(f.of("D"))),
    "recognise, while nobody speaks": (
        lambda f: f.raised("D"), lambda f: f.recognise(f.of("D"))
    ),
    "rule": (unruled, ruling()),
    "rule, wait": (unruled, ruling(then="wait")),
    "rule, end": (unruled, ruling(then="end")),
    "rule, again": (after(unruled, ruling()), ruling(appeal="ruling_stands")),
    "chair_remarks": (nothing, lambda f: f.do(c.ChairRemarks, expect=f.on_top)),
    # requests and their order
    "withdraw": (nothing, by_hand("B")),
    "withdraw, called": (called, by_hand("A")),
    "withdraw, a called point": (recognised, by_hand("D")),
    "withdraw, requested": (requested, by_hand("D")),
    "withdraw, late": (late, by_hand("D")),
    "withdraw, parked": (parked, by_hand("A")),
    "insert": (nothing, entering("D", "E")),
    "insert, at a place": (nothing, entering("D", "E", at=1)),
    "insert, the list closes": (nearly_full, entering("D")),
    "insert, after the closing": (closed, entering("D")),
    "insert, a reply": (nothing, entering("D", kind="right_of_reply")),
    "move": (nothing, lambda f: f.move("C", 0)),
    "pin": (nothing, at_place(c.Pin, "C")),
    "unpin": (lambda f: f.move("C", 0), at_place(c.Unpin, "C")),
    "set_window": (
        nothing, lambda f: f.do(c.SetWindow, request=f.of("B"), not_after=f.now + 60)
    ),
    "accept": (requested, on(c.Accept, "D")),
    "decline": (requested, on(c.Decline, "D", reason="Not a Member")),
    "decline, on the list": (nothing, on(c.Decline, "B")),
    "decline, a point": (raised, on(c.Decline, "D")),
    "park": (nothing, on(c.Park, "A")),
    "unpark": (parked, on(c.Unpark, "A")),
    "unpark, at the old place": (
        after(parked, lambda f: rules(f, keep_place=True)), on(c.Unpark, "A")
    ),
    "admit_late": (late, of_list(c.AdmitLate)),
    "admit_late, one": (
        late, lambda f: f.do(c.AdmitLate, requests=(f.of("E"),), expect=f.expect_list())
    ),
    "settle_swap": (agreed, settling(allow=True)),
    "settle_swap, a veto": (offered, settling(allow=False)),
    # lists and the programme
    "open_list": (nothing, of_list(c.OpenList, UNOPENED)),
    "open_list, at a time": (
        nothing,
        lambda f: f.do(c.OpenList, at=f.now + 1, expect=f.expect_list(UNOPENED)),
    ),
    "open_list, for the lot": (drawn_by_lot, of_list(c.OpenList, UNOPENED)),
    "announce_closing": (nothing, closing(60)),
    "announce_closing, again": (closing(60), closing(120)),
    "close_list": (nothing, closed),
    "reopen_list": (closed, lambda f: f.reopen()),
    "set_policy": (nothing, lambda f: f.policy("manual", "groups_first")),
    "set_limit": (nothing, of_list(c.SetLimit, seconds=90)),
    "close_round": (
        after(asked, lambda f: f.end()), of_list(c.CloseRound, PANEL_AT)
    ),
    "set_phase": (nothing, lambda f: f.phase("voting")),
    "set_phase, of replies": (lambda f: f.reply("A"), lambda f: f.phase("reply_1")),
    "go_to_segment": (nothing, lambda f: f.go(1)),
}  # fmt: skip


def act_of(name: str) -> str:
    """The act that *name* is a scene of."""
    return name.partition(",")[0]
