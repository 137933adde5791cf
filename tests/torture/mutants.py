"""Single mutants of the core, and whether the tests notice them.

``python tests/torture/mutants.py`` takes a seeded sample by file, tries each in a copy
of the tree, and says what survived. It goes on where it was interrupted. ``--help``
says the rest.
"""

import argparse
import ast
import difflib
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import Any, NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CORE = Path("server/rostra/core")
SEED, SAMPLE = 113, 400
#: One that takes longer than this hangs: noticed.
PATIENCE_S = 240
KEPT = shutil.ignore_patterns(
    ".git", ".venv", "node_modules", "dist", ".*_cache", "e2e", ".hypothesis"
)
SWAPPED_OPERATORS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}

#: Why a survivor survives: by file and the line as it would be.
EXPLAINED: dict[tuple[str, str], str] = {
    (
        "names.py",
        "scores[code] = max(score, scores.get(code, (-1)))",
    ): "no score is below 0.84, so what stands for none makes no difference.",
    (
        "requests.py",
        "raise Refused('not_entitled', kind=kind)",
    ): "never reached: whoever asks for or enters help is answered by its own table"
    " (`asking.ASKED`, `points.ENTERED`) before an entry is cleaned.",
    (
        "turns.py",
        "top = (0)",
    ): "the first turn of a group is in round 1 either way: `max(0 + 1, top)`.",
}


class Mutant(NamedTuple):
    """One piece of a file, and what stands there instead."""

    file: str
    line: int
    kind: str
    start: int
    end: int
    old: str
    new: str

    @property
    def key(self) -> str:
        """The same as long as the file is the same."""
        source = (ROOT / self.file).read_bytes()
        mark = hashlib.sha256(source).hexdigest()[:12]
        return f"{self.file}:{mark}:{self.start}:{self.end}:{self.new}"

    def applied(self, source: bytes) -> bytes:
        """The file with this piece exchanged."""
        return source[: self.start] + self.new.encode() + source[self.end :]

    def diff(self) -> str:
        """What is exchanged, as lines."""
        source = (ROOT / self.file).read_bytes()
        lines = [each.decode().splitlines() for each in (source, self.applied(source))]
        found = difflib.unified_diff(*lines, lineterm="", n=0)
        return "\n".join(each for each in found if each[:2] not in ("--", "++", "@@"))


# Making them


def mutants_of(file: Path) -> list[Mutant]:
    """Every single mutant of a file."""
    source = file.read_bytes()
    tree = ast.parse(source)
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    name = str(file.relative_to(ROOT))

    def made(node: Any, kind: str, new: str) -> Mutant:
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        old = source[start:end].decode()
        return Mutant(name, node.lineno, kind, start, end, old, new)

    found = [
        made(node, kind, new) for node in _living(tree) for kind, new in _changes(node)
    ]
    return sorted(set(found))


def _living(tree: ast.Module) -> Iterator[ast.AST]:
    """What is executed: no types, no docstrings, no declarations of fields."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.Subscript) and _is_type(node.value):
            continue
        for field, value in ast.iter_fields(node):
            if field in ("annotation", "returns", "decorator_list"):
                continue
            if isinstance(node, ast.ClassDef) and field in ("bases", "keywords"):
                continue
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, ast.AST) and not _docstring(each):
                    waiting.append(each)


def _is_type(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("Literal", "Annotated")


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes(node: ast.AST) -> Iterator[tuple[str, str]]:
    """What may stand in the place of a node."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            other = SWAPPED_OPERATORS[type(op)]()
            yield "comparison", f"({_text(ast.Compare(left, [other], [right]))})"
        case ast.BoolOp(op=op, values=values):
            both: ast.boolop = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield "and/or", f"({_text(ast.BoolOp(both, values))})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not", f"({_text(operand)})"
        case ast.Constant(value=bool() as value):
            yield "constant", str(not value)
        case ast.Constant(value=int() as value):
            yield "constant", str(value + 1)
            yield "constant", f"({value - 1})"
        case ast.Constant(value=str() as value) if value in _names():
            yield "name", repr(_names()[value])
        case ast.Expr(value=ast.Call()) | ast.Raise():
            yield "removed", "pass"


def _text(node: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(node))


_NAMES: dict[str, str] = {}


def _names() -> dict[str, str]:
    """Each value of an enumeration of the core, with the next one of the same."""
    if not _NAMES:
        for file in sorted((ROOT / CORE).glob("*.py")):
            for node in ast.walk(ast.parse(file.read_bytes())):
                if isinstance(node, ast.Subscript) and _is_type(node.value):
                    inside = (e for e in ast.walk(node.slice) if _is_text(e))
                    values = [each.value for each in inside]  # type: ignore[attr-defined]
                    if len(values) > 1:
                        following = values[1:] + values[:1]
                        for value, other in zip(values, following, strict=True):
                            _NAMES.setdefault(value, other)
    return _NAMES


def sample(seed: int, number: int) -> list[Mutant]:
    """*number* of them, from each file in proportion to what there is."""
    every = {
        file: mutants_of(file)
        for file in sorted((ROOT / CORE).glob("*.py"))
        if file.stem not in ("entities", "events", "commands", "ids", "__init__")
    }
    total = sum(map(len, every.values()))
    dice = random.Random(seed)
    share = {file: len(found) * number // total for file, found in every.items()}
    short = number - sum(share.values())
    for file in dice.sample([f for f in every if len(every[f]) > share[f]], short):
        share[file] += 1
    drawn: list[Mutant] = []
    for file, found in every.items():
        drawn += sorted(random.Random(f"{seed}{file.stem}").sample(found, share[file]))
    return drawn


# Trying them


class Trees:
    """Copies of the tree, one for each worker."""

    def __init__(self, where: Path, workers: int) -> None:
        self.free: Queue[Path] = Queue()
        for number in range(workers):
            tree = where / f"tree{number}"
            shutil.rmtree(tree, ignore_errors=True)
            shutil.copytree(ROOT, tree, ignore=KEPT)
            _hurry(tree)
            self.free.put(tree)


def _hurry(tree: Path) -> None:
    """A failure is enough here: no example is made smaller."""
    conftest = tree / "tests/conftest.py"
    text = conftest.read_text(encoding="utf-8")
    hurried = text.replace("import settings", "import Phase, settings").replace(
        'register_profile("rostra", ',
        'register_profile("rostra", phases=(Phase.generate,), ',
    )
    assert hurried != text
    conftest.write_text(hurried, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "compileall", "-q", "server", "tests"],
        cwd=tree,
        check=True,
    )


def stages(file: str) -> list[list[str]]:
    """Which tests are run, the likeliest to notice first."""
    own = f"tests/core/test_{Path(file).stem}.py"
    slow = "tests/core/test_invariants.py"
    return [
        [own],
        ["tests/core", f"--ignore={slow}", f"--ignore={own}"],
        ["tests/model", "-k", "not thousands"],
        [slow],
    ]


def tried(tree: Path, mutant: Mutant) -> str:
    """What noticed the mutant in *tree*; nothing if it survived."""
    file = tree / mutant.file
    source = file.read_bytes()
    file.write_bytes(mutant.applied(source))
    try:
        for tests in stages(mutant.file):
            if not (tree / tests[0]).exists():
                continue
            try:
                code = _pytest(tree, tests)
            except subprocess.TimeoutExpired:
                return "timeout"
            if code not in (0, 5):
                return tests[0]
        return ""
    finally:
        file.write_bytes(source)


def _pytest(tree: Path, tests: list[str]) -> int:
    command = (sys.executable, "-m", "pytest", "-x", "-q", "-m", "not torture")
    return subprocess.run(
        [*command, "-p", "no:cacheprovider", "--no-header", *tests],
        cwd=tree,
        env={
            **os.environ,
            "PYTHONPATH": str(tree / "server"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "ROSTRA_TEST_MEETINGS": "100",
        },
        capture_output=True,
        timeout=PATIENCE_S,
        check=False,
    ).returncode


def run(
    mutants: Iterable[Mutant], where: Path, workers: int, until: float
) -> dict[str, dict[str, Any]]:
    """Try those that were not tried yet, until the time is up; all that is known."""
    where.mkdir(parents=True, exist_ok=True)
    book = where / "tried.jsonl"
    known = results(book)
    waiting = [each for each in mutants if each.key not in known]
    if not waiting:
        return known
    trees = Trees(where, workers)

    def one(mutant: Mutant) -> None:
        if time.monotonic() > until:
            return
        tree = trees.free.get()
        began = time.monotonic()
        try:
            noticed = tried(tree, mutant)
        finally:
            trees.free.put(tree)
        took = round(time.monotonic() - began, 1)
        row = {"key": mutant.key, "noticed": noticed, "took_s": took}
        with book.open("a", encoding="utf-8") as out:
            out.write(json.dumps(row) + "\n")
        said = noticed or "SURVIVED"
        print(f"{took:6} {mutant.file}:{mutant.line} {said}", flush=True)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(one, waiting))
    return results(book)


def results(book: Path) -> dict[str, dict[str, Any]]:
    """What was tried before; the last word counts."""
    if not book.exists():
        return {}
    rows = map(json.loads, book.read_text(encoding="utf-8").splitlines())
    return {row["key"]: row for row in rows}


# Saying it


def table(mutants: list[Mutant], known: dict[str, dict[str, Any]]) -> str:
    """By file: how many, how many were noticed."""
    lines = ["| File | Mutants | Killed | Survived |", "|---|---|---|---|"]
    files = sorted({each.file for each in mutants})
    sums = [0, 0, 0]
    for file in files:
        here = [each for each in mutants if each.file == file and each.key in known]
        alive = sum(not known[each.key]["noticed"] for each in here)
        row = [len(here), len(here) - alive, alive]
        sums = [a + b for a, b in zip(sums, row, strict=True)]
        lines.append(f"| `{Path(file).name}` | {row[0]} | {row[1]} | {row[2]} |")
    lines.append(f"| **all** | {sums[0]} | {sums[1]} | {sums[2]} |")
    return "\n".join(lines)


def survivors(mutants: list[Mutant], known: dict[str, dict[str, Any]]) -> list[Mutant]:
    """Those that nothing noticed."""
    return [
        each for each in mutants if each.key in known and not known[each.key]["noticed"]
    ]


def written(seed: int, mutants: list[Mutant], known: dict[str, dict[str, Any]]) -> str:
    """MUTANTS.md: the table, and why the survivors survive."""
    alive = survivors(mutants, known)
    head = (
        f"# Mutants of the core\n\nA sample of {len(mutants)} single mutants, seed"
        f" {seed}, by file in proportion to what there is (files of declarations"
        " only are left out: entities, events, commands, ids). Killed is what tests of"
        " the core or the state machine's short runs noticed."
        " `python tests/torture/mutants.py --write` made this page.\n\n"
    )
    parts = [head + table(mutants, known), "\n## What survived, and why\n"]
    for each in alive:
        changed = each.diff().splitlines()
        why = EXPLAINED.get((Path(each.file).name, changed[-1][1:].strip()), "")
        said = "\n".join(changed)
        where = f"`{Path(each.file).name}` line {each.line}"
        parts.append(f"{where}: {why or 'not explained'}\n\n```diff\n{said}\n```\n")
    if not alive:
        parts.append("Nothing.")
    return "\n".join(parts)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--sample", type=int, default=SAMPLE)
    parser.add_argument("--first", type=int, help="only so many of the sample")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--where", type=Path, default=Path("/tmp/rostra-mutants"))
    parser.add_argument("--write", action="store_true", help="write MUTANTS.md")
    parser.add_argument("--again", action="store_true", help="try survivors again")
    asked = parser.parse_args()
    mutants = sample(asked.seed, asked.sample)
    if asked.first:
        mutants = random.Random(asked.seed).sample(mutants, asked.first)
    if asked.again:
        book = asked.where / "tried.jsonl"
        forget(book, survivors(mutants, results(book)))
    until = time.monotonic() + asked.minutes * 60
    known = run(mutants, asked.where, asked.workers, until)
    print(table(mutants, known))
    for each in survivors(mutants, known):
        print(f"\n{each.file}:{each.line} ({each.kind})\n{each.diff()}")
    if asked.write:
        page = written(asked.seed, mutants, known)
        (HERE / "MUTANTS.md").write_text(page, encoding="utf-8")
    return 0


def forget(book: Path, mutants: list[Mutant]) -> None:
    """These are to be tried again."""
    keys = {each.key for each in mutants}
    rows = [row for row in results(book).values() if row["key"] not in keys]
    book.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
