"""Every command in every role, against a model that knows nothing of the core.

After each step the verdict and the whole state are the same, and the invariants of
RULES 0 hold. ``ROSTRA_TEST_RUNS`` says how many meetings the torture tries.
"""

import os
from collections import Counter
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from model import buttons, holds, rare_buttons, setups
from model.base import phase
from model.model import EVERY as MODELLED
from model.model import Model
from model.observe import START, Plain, Real, observe
from model.press import MAKE, Dice, Press, pad
from rostra.core import commands as c

assert buttons, rare_buttons
COMMANDS = frozenset(str(each.__struct_config__.tag) for each in get_args(c.AnyCommand))
#: Commands that the model does not know yet.
NOT_YET = COMMANDS - MODELLED.keys()
#: Every command is accepted so often in the long run.
LEAST = 50
ACCEPTED: Counter[str] = Counter()
REFUSED: Counter[tuple[str, str]] = Counter()
RUNS = int(os.environ.get("ROSTRA_TEST_RUNS", "5000"))

#: What is likely to be pressed next, by what the screen shows.
BEFORE = ("open_lobby", "open_lobby", "request_floor", "insert", "open_list")
LOBBY = ("call_to_order", "call_to_order", "request_floor", "insert", "open_list")
IDLE = ("call", "call", "call", "call", "request_floor", "request_floor", "insert",
        "undo", "withdraw", "go_to_segment", "close_round", "recognise", "set_phase",
        "rule", "park", "unpark", "accept", "offer_swap")  # fmt: skip
CALLED = ("start", "start", "start", "start", "start", "ready", "no_show", "undo",
          "call", "revoke", "request_floor", "recognise")  # fmt: skip
SPEAKING = ("end", "end", "end", "end", "pause", "line_lost", "extend", "revoke",
            "undo", "request_floor", "recognise", "recognise", "reset_clock",
            "offer_swap", "answer_swap")  # fmt: skip
PAUSED = ("resume", "resume", "resume", "end", "ready", "undo", "request_floor",
          "rule", "rule", "recognise")  # fmt: skip
SUSPENDED = ("resume_meeting", "resume_meeting", "request_floor", "end")
ROSE = ("name_speaker", "confirm_name", "note", "correct", "close_record")
WAITS = (0, 1_000, 3_000, 10_000, 0, 45_000, 200_000, 1_000)


def likely(state: Plain) -> tuple[str, ...]:
    """What is likely to be pressed in such a *state*."""
    if state["state"] == "in_session":
        if not state["stack"]:
            return IDLE
        top = state["interventions"][state["stack"][-1]]
        return {"called": CALLED, "speaking": SPEAKING}.get(phase(top), PAUSED)
    return {"scheduled": BEFORE, "lobby": LOBBY, "suspended": SUSPENDED}.get(
        state["state"], ROSE
    )


class Meetings(RuleBasedStateMachine):
    """Everybody presses anything; the model says what must come of it."""

    @initialize(
        profile=st.sampled_from(range(len(setups.EVERY))),
        programme=st.sampled_from(range(len(setups.PROGRAMMES))),
        begun=st.sampled_from((True, True, True, False)),
    )
    def created(self, profile: int, programme: int, begun: bool) -> None:
        setup = setups.setup(setups.EVERY[profile], setups.PROGRAMMES[programme])
        self.setup = setup
        self.real, self.model = Real(setup), Model(setup)
        self.at: int = START
        self.compare({"type": "created"})
        if begun:
            operator = {**pad("A"), "role": "moderator", "link": "k1"}
            for kind, state in (("open_lobby", "scheduled"), ("call_to_order", "lobby")):
                self.send({"type": kind, "expect": {"state": state}}, operator)
            segments = [each["requests"] for each in setup["segments"] if "requests" in each]
            if len(setup["segments"]) > 1 and len(segments) < len(setup["segments"]):
                at = {"segment": "s1.1", "expect": {"segment": "s1.0"}}
                self.send({"type": "go_to_segment", **at}, operator)

    @rule(thrown=st.lists(st.binary(min_size=12, max_size=12), min_size=1, max_size=6))
    def what_is_likely(self, thrown: list[bytes]) -> None:
        for each in thrown:
            dice = Dice(each)
            self.at += dice.one(WAITS)
            self.press(dice.one(likely(self.model.state)), dice)

    @rule(
        kinds=st.lists(st.sampled_from(sorted(COMMANDS - NOT_YET)), min_size=1, max_size=4),
        thrown=st.binary(min_size=40, max_size=40),
    )
    def anything(self, kinds: list[str], thrown: bytes) -> None:
        dice = Dice(thrown)
        for kind in kinds:
            self.press(kind, dice)

    @rule(by=st.sampled_from(WAITS))
    def time_passes(self, by: int) -> None:
        self.at += by
        while (due := self.real.next_alarm()) and due[0] <= self.at:
            self.send(due[1], ALARM)

    @rule(codes=st.lists(st.sampled_from(list(setups.ROSTER)), min_size=1, max_size=3))
    def pads_join(self, codes: list[str]) -> None:
        self.send({"type": "attended", "delegations": codes}, ALARM)

    @rule(times=st.integers(0, 3))
    def every_device_is_silent(self, times: int) -> None:
        stack = self.model.state["stack"]
        key = stack[-1] if stack and times else "i9.9"
        quiet = {"type": "silent", "intervention": key, "since": self.at}
        self.send(quiet, ALARM)

    @rule(away=st.integers(31_000, 300_000))
    def the_server_was_away(self, away: int) -> None:
        since = self.at
        self.at += away
        back = {"type": "server_returned", "since": since, "until": self.at}
        self.send(back, ALARM)

    def press(self, kind: str, dice: Dice) -> None:
        """Somebody presses the button of *kind*."""
        if kind in NOT_YET:
            return
        press = Press(self.model.state, self.setup, dice, self.at)
        command, who = MAKE[kind](press)
        self.send(command, who)

    def send(self, command: Plain, who: Plain) -> None:
        """Both sides get it; both must say and become the same."""
        before = self.real.meeting
        wanted = self.model.send(command, who, self.at)
        verdict = self.real.send(command, who, self.at)
        assert verdict == wanted, (command, who, self.real.meeting.state)
        if verdict != "ok":
            REFUSED[command["type"], verdict] += 1
            assert self.real.meeting is before
            return
        ACCEPTED[command["type"]] += 1
        self.compare(command)
        holds.check(self.real, self.at)
        holds.written(self.real, who, command)

    def compare(self, command: Plain) -> None:
        """The same state, part by part."""
        model, real = self.model.observe(self.at), observe(self.real.meeting, self.at)
        if model != real:
            raise AssertionError(f"{command}\n" + "\n".join(differences(model, real)))
        alarms = self.model.alarms()
        due = self.real.next_alarm()
        assert due in alarms if alarms else due is None

    def teardown(self) -> None:
        if hasattr(self, "real"):
            holds.replayed(self.real)


ALARM = {"role": "moderator", "link": "alarm", "delegation": None, "device": ""}


def differences(model: Any, real: Any, where: str = "") -> list[str]:
    """Where the two differ, for people."""
    if isinstance(model, dict) and isinstance(real, dict):
        found = []
        for key in {**model, **real}:
            one, other = (each.get(key, "-- nothing --") for each in (model, real))
            if one != other:
                found += differences(one, other, f"{where}/{key}")
        return found
    return [f"{where}: by the model {model!r}, really {real!r}"]


def test_the_model_knows_every_command() -> None:
    assert not NOT_YET
    assert COMMANDS <= MAKE.keys()


#: The same meetings on every machine; the torture tries others each time.
SHORT = settings(
    max_examples=int(os.environ.get("ROSTRA_TEST_MEETINGS", "200")),
    stateful_step_count=30,
    derandomize=True,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(SHORT, max_examples=RUNS, derandomize=False)


def test_the_core_does_what_the_model_says() -> None:
    run_state_machine_as_test(Meetings, settings=SHORT)  # type: ignore[no-untyped-call]


@pytest.mark.torture
def test_the_core_does_what_the_model_says_in_thousands_of_meetings() -> None:
    ACCEPTED.clear()
    run_state_machine_as_test(Meetings, settings=LONG)  # type: ignore[no-untyped-call]
    print(report())
    seldom = {kind: ACCEPTED[kind] for kind in COMMANDS if ACCEPTED[kind] < LEAST}
    assert not seldom


def report() -> str:
    """How often each command was accepted, and why it was refused."""
    lines = []
    for kind in sorted(COMMANDS):
        why = {code: n for (k, code), n in sorted(REFUSED.items()) if k == kind}
        lines.append(f"{kind:20}{ACCEPTED[kind]:7}  {why}")
    return "\n".join(lines)
