"""Every rule of the rulebook has a test, and every rule that a test cites exists."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import rostra.core.decide

HERE = Path(__file__).parent
RULEBOOK = Path(rostra.core.decide.__file__).with_name("RULEBOOK.md")
RULE = re.compile(r"^- \*\*([A-Z]\d+)\*\* (.+)$", re.MULTILINE)


def rules() -> list[tuple[str, str]]:
    """Id and sentence of each rule."""
    return RULE.findall(RULEBOOK.read_text())


def cited(path: Path) -> Iterator[str]:
    """The ids in ``@rule("F4")`` above tests."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            continue
        if not node.name.lower().startswith("test"):
            continue
        for call in node.decorator_list:
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "rule":
                for each in call.args:
                    assert isinstance(each, ast.Constant)
                    yield str(each.value)


def all_cited() -> set[str]:
    """The ids that any test of the core cites."""
    return {each for path in HERE.glob("test_*.py") for each in cited(path)}


def test_every_rule_is_cited_by_a_test() -> None:
    assert {number for number, _ in rules()} - all_cited() == set()


def test_every_cited_rule_stands_in_the_rulebook() -> None:
    assert all_cited() - {number for number, _ in rules()} == set()


def test_no_two_rules_have_one_number() -> None:
    numbers = [number for number, _ in rules()]
    assert len(numbers) == len(set(numbers))


def test_nothing_that_looks_like_a_rule_is_overlooked() -> None:
    assert RULEBOOK.read_text().count("\n- ") == len(rules())


def test_every_source_file_of_the_core_has_its_test_file() -> None:
    sources = {path.stem for path in RULEBOOK.parent.glob("*.py")} - {"__init__"}
    tests = {path.stem.removeprefix("test_") for path in HERE.glob("test_*.py")}
    assert sources - tests == set()
