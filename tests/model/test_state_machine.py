"""Every command in every role, against a model that knows nothing of the core.

After each step the verdict and the whole state are the same, and the invariants of
RULES 0 hold. ``ROSTRA_TEST_RUNS`` says how many meetings the torture tries.
"""

import ast
import os
from collections import Counter
from pathlib import Path
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

from model import buttons, holds, rare_buttons, record_buttons, setups
from model.likely import likely
from model.model import EVERY as MODELLED
from model.model import Model
from model.observe import START, Plain, Real, observe
from model.press import MAKE, Dice, Press, pad
from rostra.core import commands as c

assert buttons, (rare_buttons, record_buttons)
HERE = Path(__file__).parent
COMMANDS = frozenset(str(each.__struct_config__.tag) for each in get_args(c.AnyCommand))
#: Commands that the model does not know yet.
NOT_YET = COMMANDS - MODELLED.keys()
#: Every command is accepted so often in the long run.
LEAST = 50
ACCEPTED: Counter[str] = Counter()
REFUSED: Counter[tuple[str, str]] = Counter()
RUNS = int(os.environ.get("ROSTRA_TEST_RUNS", "5000"))

#: Mostly hardly any time passes between two presses.
WAITS = (0, 1_000, 3_000, 0, 500, 1_000, 10_000, 0, 45_000, 0, 200_000, 1_000)
#: After these there is little more to see: not in the first part of a meeting.
ENDS = ("adjourn", "close_record")
EARLY = 60


class Meetings(RuleBasedStateMachine):
    """Everybody presses anything; the model says what must come of it."""

    @initialize(
        profile=st.sampled_from(range(len(setups.EVERY))),
        programme=st.sampled_from(range(len(setups.PROGRAMMES))),
        begun=st.sampled_from((True, True, True, False)),
        asking=st.lists(st.sampled_from(list(setups.ROSTER)), max_size=5),
    )
    def created(
        self, profile: int, programme: int, begun: bool, asking: list[str]
    ) -> None:
        setup = setups.setup(setups.EVERY[profile], setups.PROGRAMMES[programme])
        self.setup = setup
        self.real, self.model = Real(setup), Model(setup)
        self.at: int = START
        self.pressed = 0
        self.compare({"type": "created"})
        if begun:
            operator = {**pad("A"), "role": "moderator", "link": "k1"}
            for kind, state in (
                ("open_lobby", "scheduled"),
                ("call_to_order", "lobby"),
            ):
                self.send({"type": kind, "expect": {"state": state}}, operator)
            if len(setup["segments"]) == 3:
                there = {"segment": "s1.1", "expect": {"segment": "s1.0"}}
                self.send({"type": "go_to_segment", **there}, operator)
        for code in asking:
            kind = "question" if programme == 1 else "statement"
            self.send({"type": "request_floor", "kind": kind}, pad(code))

    @rule(thrown=st.lists(st.binary(min_size=12, max_size=12), min_size=4, max_size=9))
    def what_is_likely(self, thrown: list[bytes]) -> None:
        for each in thrown:
            dice = Dice(each)
            kind = dice.one(likely(self.model.state))
            # who regrets does so at once
            self.at += dice.one(WAITS[:4] if kind == "undo" else WAITS)
            self.press(kind, dice)

    @rule(
        kinds=st.lists(st.sampled_from(sorted(COMMANDS)), min_size=2, max_size=5),
        thrown=st.binary(min_size=40, max_size=40),
    )
    def anything(self, kinds: list[str], thrown: bytes) -> None:
        dice = Dice(thrown)
        for kind in kinds:
            self.press(kind, dice)

    @rule(
        by=st.sampled_from(WAITS),
        codes=st.lists(st.sampled_from(list(setups.ROSTER)), max_size=2),
        away=st.integers(0, 100_000),
        silent=st.integers(0, 3),
    )
    def what_nobody_presses(
        self, by: int, codes: list[str], away: int, silent: int
    ) -> None:
        self.at += by
        while (due := self.real.next_alarm()) and due[0] <= self.at:
            self.send(due[1], ALARM)
        stack = self.model.state["stack"]
        if codes:
            self.send({"type": "attended", "delegations": codes}, ALARM)
        if silent:
            key = stack[-1] if stack and silent > 1 else "i9.9"
            quiet = {"type": "silent", "intervention": key, "since": self.at}
            self.send(quiet, ALARM)
        if away > 31_000:
            since = self.at
            self.at += away
            back = {"type": "server_returned", "since": since, "until": self.at}
            self.send(back, ALARM)

    def press(self, kind: str, dice: Dice) -> None:
        """Somebody presses the button of *kind*."""
        self.pressed += 1
        if kind in NOT_YET or (kind in ENDS and self.pressed < EARLY):
            return
        press = Press(self.model.state, self.setup, dice, self.at)
        command, who = MAKE[kind](press)
        self.send(command, who)

    def send(self, command: Plain, who: Plain) -> None:
        """Both sides get it; both must say and become the same."""
        before = self.real.meeting
        wanted = self.model.send(command, who, self.at)
        verdict = self.real.send(command, who, self.at)
        said = f"by the model {wanted}, really {verdict}"
        assert verdict == wanted, (command, who, self.real.meeting.state, said)
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
    assert MAKE.keys() >= COMMANDS


def test_the_model_imports_nothing_of_rostra() -> None:
    seen, files = set(), [HERE / "model.py"]
    while files:
        file = files.pop()
        seen.add(file.stem)
        for name in imported(file):
            assert name.split(".")[0] != "rostra", f"{file.name} imports {name}"
            own = HERE / f"{name.removeprefix('model.')}.py"
            if name.startswith("model.") and own.stem not in seen:
                files.append(own)
    assert {"asking", "speaking", "order", "undoing"} <= seen


def imported(file: Path) -> list[str]:
    """The modules that a file imports, in full."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            # `from model import lots` names modules, `from model.base import No` not
            within = [f"model.{each.name}" for each in node.names]
            found += within if node.module == "model" else [str(node.module)]
    return found


#: The same meetings on every machine; the torture tries others each time.
SHORT = settings(
    max_examples=int(os.environ.get("ROSTRA_TEST_MEETINGS", "300")),
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
