"""Every rule of the rulebook has a test, and every rule that a test cites exists."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import rostra.core.decide
from rostra.core.ids import Policy

HERE = Path(__file__).parent
#: Where the tests of rules stand: the core's, and those of what a rule says beyond it.
FOLDERS = (HERE, *(HERE.parent / each for each in ("config", "record")))
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
    """The ids that any test cites."""
    paths = (path for folder in FOLDERS for path in folder.glob("test_*.py"))
    return {each for path in paths for each in cited(path)}


def shared_rows() -> list[tuple[str, list[str]]]:
    """Each row of the shared rules, and the ids that hold it."""
    section = RULEBOOK.read_text().partition("\n## Where the shared rules are kept\n")
    rows = re.findall(r"^\| (\d.+?) \| (.+?) \|$", section[2], re.MULTILINE)
    return [(name, ids.split(", ")) for name, ids in rows]


def test_every_rule_is_cited_by_a_test() -> None:
    assert {number for number, _ in rules()} - all_cited() == set()


def test_every_cited_rule_stands_in_the_rulebook() -> None:
    assert all_cited() - {number for number, _ in rules()} == set()


def test_no_two_rules_have_one_number() -> None:
    numbers = [number for number, _ in rules()]
    assert len(numbers) == len(set(numbers))


def test_every_row_of_the_shared_rules_is_held_by_rules_that_exist() -> None:
    numbers = {number for number, _ in rules()}
    rows = shared_rows()
    assert {name: set(ids) - numbers for name, ids in rows if set(ids) - numbers} == {}
    assert len(rows) == len({name for name, _ in rows}) > 100


def test_no_row_of_the_shared_rules_is_overlooked() -> None:
    named = [name.split(" ", 1)[0] for name, _ in shared_rows()]
    assert {f"7.{case}" for case in range(1, 24)} <= set(named)
    for invariant in range(1, 11):
        assert any(name.startswith(f"0 I{invariant} ") for name, _ in shared_rows())
    states = {name[2:].split(",")[0].split(":")[0] for name, _ in shared_rows()}
    lists = {"NOT_OPEN", "LOT_WINDOW", "OPEN", "CLOSING", "CLOSED", "EXHAUSTED"}
    assert lists <= states
    assert {each.upper() for each in get_args(Policy)} <= states


def test_every_rule_that_is_no_detail_of_the_core_holds_a_shared_row() -> None:
    held = {each for _, ids in shared_rows() for each in ids}
    families = {number[0] for number, _ in rules()}
    assert {each[0] for each in held} >= families - {"B"}


def test_nothing_that_looks_like_a_rule_is_overlooked() -> None:
    assert RULEBOOK.read_text().count("\n- ") == len(rules())


def test_every_source_file_of_the_core_has_its_test_file() -> None:
    sources = {path.stem for path in RULEBOOK.parent.glob("*.py")} - {"__init__"}
    tests = {path.stem.removeprefix("test_") for path in HERE.glob("test_*.py")}
    assert sources - tests == set()
