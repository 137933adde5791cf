"""A test that cannot fail is a defect: break the product, and the suite must see it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from torture.breakages import BREAKAGES, Breakage

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "node_modules", "dist", ".*_cache", "__pycache__", "pictures"
)


def test_there_are_at_least_twenty_breakages() -> None:
    assert len({each.name for each in BREAKAGES}) >= 20


@pytest.mark.parametrize("breakage", BREAKAGES, ids=lambda each: each.name)
def test_the_source_that_a_breakage_replaces_is_there(breakage: Breakage) -> None:
    source = (ROOT / breakage.file).read_text(encoding="utf-8")
    assert source.count(breakage.old) == 1
    for each in breakage.tests.split():
        assert (ROOT / each).exists()


@pytest.mark.torture
@pytest.mark.parametrize("breakage", BREAKAGES, ids=lambda each: each.name)
def test_the_ordinary_suite_fails_under(breakage: Breakage, tmp_path: Path) -> None:
    tree = _broken_tree(breakage, tmp_path)
    ran = (
        _vitest(tree, breakage) if "client" in breakage.tests else _run(tree, breakage)
    )
    assert ran.returncode == 1, ran.stdout[-3000:]


def _broken_tree(breakage: Breakage, where: Path) -> Path:
    tree = where / "rostra"
    shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
    for name in ("node_modules", "dist"):
        (tree / "client" / name).symlink_to(ROOT / "client" / name)
    file = tree / breakage.file
    source = file.read_text(encoding="utf-8")
    file.write_text(source.replace(breakage.old, breakage.new), encoding="utf-8")
    return tree


def _run(tree: Path, breakage: Breakage) -> subprocess.CompletedProcess[str]:
    """1 is pytest's "tests failed"; a broken import would be 2."""
    command = (sys.executable, "-m", "pytest", "-x", "-q", "-m", "not torture")
    return subprocess.run(
        [*command, "-p", "no:cacheprovider", *breakage.tests.split()],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree / "server")},
        capture_output=True,
        text=True,
        check=False,
    )


def _vitest(tree: Path, breakage: Breakage) -> subprocess.CompletedProcess[str]:
    file = Path(breakage.tests).relative_to("client")
    return subprocess.run(
        ["npx", "--no-install", "vitest", "run", str(file)],
        cwd=tree / "client",
        capture_output=True,
        text=True,
        check=False,
    )
