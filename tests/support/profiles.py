"""Any rules of procedure that a file may say, and a meeting that is held by them."""

import random
from typing import Any, get_args

from hypothesis import strategies as st

from rostra.core.actor import ALARM
from rostra.core.alarms import next_alarm
from rostra.core.decide import Decision, decide
from rostra.core.events import MeetingCreated
from rostra.core.evolve import evolve
from rostra.core.founding import found
from rostra.core.ids import Code, Instant, Interrupting, Kind, Policy, Rank, Tier
from rostra.core.limits import outlook
from rostra.core.meeting import Meeting
from rostra.core.own import mine, mine_changed
from rostra.core.preview import preview
from rostra.core.sense import _CLOSING as CLOSINGS
from rostra.core.sense import BOUNDS, LIMIT_S
from rostra.core.views import changes, snapshot
from rostra.protocol.messages import convert_command
from rostra.record.sheet import sheet
from support.rooms import AUDIENCES, START, XAD, actor, founding
from support.walk import Walk

HOUR_MS = 3_600_000
_WORDS: dict[str, tuple[str, ...]] = {
    "enforcement": ("soft", "firm", "hard"),
    "order": get_args(Policy),
    "state_of_palestine": ("order_of_request", "after_members"),
    "lists_open": ("at_lobby", "at_order", "by_hand"),
    "swaps": ("off", "confirm", "auto"),
    "unheard": ("written_only", "expired"),
    "show_list": ("all", "own_place", "count"),
    "clock_starts": ("at_start", "at_ready"),
    "control": ("all", "gavel"),
    "no_show": ("later", "end_of_category"),
}
_YES_OR_NO = (
    "late_within_tier",
    "inscribe_while_suspended",
    "late_tray",
    "approval",
    "park",
    "keep_place",
    "carry_over",
    "show_regions",
    "auto_hold",
)


def _edges(low: int, high: int) -> st.SearchStrategy[int]:
    """Mostly the least and the most that a number may be."""
    return st.sampled_from((low, low, high, high)) | st.integers(low, high)


@st.composite
def profile_texts(draw: st.DrawFn) -> str:
    """The text of a profile that means something, however odd."""
    lines = ['id = "any"', 'title = "Any rules"']
    numbers = {key: draw(st.none() | _edges(*BOUNDS[key])) for key in BOUNDS}
    words = {key: draw(st.sampled_from(of)) for key, of in _WORDS.items()}
    if words["order"] not in ("lot", "alpha_from_lot"):
        numbers["lot_window_min"] = None
    enabled = draw(st.booleans())
    if numbers["interruption_depth"] == 0:
        enabled = False
    lines += [f"{key} = {n}" for key, n in numbers.items() if n is not None]
    lines += [f'{key} = "{word}"' for key, word in words.items()]
    lines += [f"{key} = {str(draw(st.booleans())).lower()}" for key in _YES_OR_NO]
    for key in ("call_prompts_s", "pause_prompts_s"):
        lines.append(f"{key} = {sorted(draw(st.sets(_edges(1, 86_400), max_size=3)))}")
    if draw(st.booleans()):
        lines.append("warn = []")
    if draw(st.booleans()):
        lines.append('modifiers = ["first_time_first", "groups_first"]')
    lines += draw(_limits()) + draw(_ranked()) + draw(_closing())
    for kind in get_args(Interrupting):
        clock = draw(st.sampled_from(("hold", "stop", "run_on")))
        when = draw(st.sampled_from(("at_once", "between")))
        yes = str(enabled if kind == "response" else draw(st.booleans())).lower()
        ruling = str(draw(st.booleans())).lower()
        lines += [f"[interruptions.{kind}]", f"enabled = {yes}", f'clock = "{clock}"']
        lines += [f'when = "{when}"', f"ruling = {ruling}", f"counts = {ruling}"]
    lines += draw(_replies())
    return "\n".join(lines)


@st.composite
def _limits(draw: st.DrawFn) -> list[str]:
    lines = ["[limits]", f"statement = {draw(_edges(*LIMIT_S))}"]
    for kind in draw(st.sets(st.sampled_from(get_args(Kind)), max_size=4)):
        if kind != "statement":
            tier = draw(st.sampled_from((*get_args(Tier), "any")))
            # what a table says of nobody, the defaults say
            lines.append(f"{kind} = {{ {tier} = {draw(_edges(*LIMIT_S))} }}")
    return lines


@st.composite
def _ranked(draw: st.DrawFn) -> list[str]:
    lines = []
    for name, all_of in (("tiers", get_args(Tier)), ("ranks", get_args(Rank))):
        if draw(st.booleans()):
            lines.append(f"[{name}]")
            lines += [f"{each} = {draw(_edges(0, 100))}" for each in all_of]
    return lines


@st.composite
def _closing(draw: st.DrawFn) -> list[str]:
    # one at most: together they may contradict each other
    key = draw(st.sampled_from((*CLOSINGS, "")))
    if not key:
        return []
    low, high = CLOSINGS[key]
    least = 1_440 if key == "after_start_min" else low
    return ["[closing]", f"{key} = {draw(_edges(least, high))}"]


@st.composite
def _replies(draw: st.DrawFn) -> list[str]:
    limits = draw(st.lists(_edges(*LIMIT_S), min_size=1, max_size=4))
    place = draw(st.sampled_from(("end_of_item", "end_of_meeting", "end_of_day")))
    second = draw(st.sampled_from(("all", "involved")))
    return [
        "[replies]",
        f"limits_s = {limits}",
        f'place = "{place}"',
        f'second = "{second}"',
        'in_writing_to = ["head_of_state"]',
    ]


class Held:
    """A meeting that wanders under the rules it was given, looked at all the time."""

    def __init__(self, rules: Any, seed: int) -> None:
        made = founding()
        self.meeting: Meeting = found(
            MeetingCreated(
                meeting=made.meeting,
                programme=made.programme,
                planned=made.planned,
                profile=rules,
                roster=made.roster,
                links=made.links,
            ),
            START,
        )
        self.now = START
        self.accepted = 0
        self._rng = random.Random(seed)

    def wander(self, steps: int) -> None:
        """So many commands, and whatever is due between them."""
        for _ in range(steps):
            sent_by, wire = Walk(self, self._rng).draw()  # type: ignore[arg-type]
            if wire["type"] == "set_profile":
                continue  # these are the rules that are tried
            pause = self._rng.choice((0, 1_000, 60_000, HOUR_MS))
            self.now = Instant(self.now + pause)
            due = next_alarm(self.meeting)
            if due and due[0] <= self.now:
                self._send(due[1], ALARM)
            self._send(convert_command(wire), actor(sent_by))
        self._look()

    def _send(self, command: Any, by: Any) -> None:
        old = self.meeting
        decision = decide(old, command, by, self.now)
        if not isinstance(decision, Decision):
            return
        self.accepted += 1
        seq = old.seq + 1
        assert evolve(old, seq, self.now, decision.events) == decision.meeting
        self.meeting = decision.meeting
        changes(old, self.meeting, AUDIENCES)
        mine_changed(old, self.meeting)
        mine(self.meeting, XAD)

    def _look(self) -> None:
        """Everything that can be asked of it."""
        for audience in AUDIENCES:
            snapshot(self.meeting, audience)
        for code in ("XAE", "XAL", "XAH", "XAR"):
            mine(self.meeting, Code(code))
        for speakers in self.meeting.lists.values():
            if speakers.purpose == "speakers":
                outlook(self.meeting, speakers, self.now, 5)
                for policy in get_args(Policy):
                    preview(self.meeting, speakers.id, policy, ("groups_first",))
        sheet(self.meeting.profile, str)
