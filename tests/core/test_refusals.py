"""The chair's answer when the rules say no."""

import re
from pathlib import Path
from typing import get_args

import pytest

import rostra.core.refusals
from rostra.core.refusals import Refusal, RefusalCode, Refused
from rostra.protocol.sentences import sentence
from support.floor import rule

CODES: tuple[RefusalCode, ...] = get_args(RefusalCode)


@rule("I6")
def test_a_refusal_is_a_code_what_fills_its_sentence_and_what_is_true_now() -> None:
    refused = Refused("stale", {"head": "r3.0"}, what="head", called="A")
    assert refused.refusal == Refusal(
        "stale", {"what": "head", "called": "A"}, {"head": "r3.0"}
    )
    assert str(refused) == "stale"


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_can_be_said_without_its_code(code: RefusalCode) -> None:
    said = sentence(Refusal(code), tr=str, name=str)
    assert said.endswith(".")
    assert code not in said


@rule("I6")
def test_every_code_that_a_rule_can_answer_with_is_tried() -> None:
    core = Path(rostra.core.refusals.__file__).parent
    said = re.compile(r'Refused\(\s*"(\w+)"')
    codes = {
        code for path in core.glob("*.py") for code in said.findall(path.read_text())
    }
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("*.py"))
    tried = re.compile(
        r"(?:refused\(|(?:request|refused|entered|no_reply)\(\s*floor,"
        r"|code ==|None\) ==)"
        r'\s*"(\w+)"'
    )
    found = set(tried.findall(tests))
    assert codes - found == set()
