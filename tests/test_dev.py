"""dev.py: what decides whether a step of the setup is done again."""

from pathlib import Path

import dev
import pytest


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2\n", "v22.12.0", "v24.1.0"])
def test_node_that_vite_runs_on(version: str) -> None:
    assert dev.node_is_usable(version)


@pytest.mark.parametrize("version", ["v18.19.0", "v20.18.3", "v21.7.0", "v22.11.0"])
def test_node_that_it_does_not_run_on(version: str) -> None:
    assert not dev.node_is_usable(version)


def test_a_changed_file_changes_the_fingerprint(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("1")
    before = dev.fingerprint([file])
    assert dev.fingerprint([file]) == before
    file.write_text("2")
    assert dev.fingerprint([file]) != before


def test_a_renamed_file_changes_the_fingerprint(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("1")
    before = dev.fingerprint([file])
    assert dev.fingerprint([file.rename(tmp_path / "b")]) != before


def test_folders_are_read_whole_and_missing_ones_left_out(tmp_path: Path) -> None:
    inside = tmp_path / "folder/deeper/file"
    inside.parent.mkdir(parents=True)
    inside.touch()
    found = dev.files_in([tmp_path / "folder", tmp_path / "missing"])
    assert found == [inside]


def test_one_package_is_cut_out_of_a_lock() -> None:
    lock = (
        "a==1 \\\n    --hash=sha256:0\n    # via b\nuv==2 \\\n    --hash=x\n    # via c"
    )
    assert dev.locked("uv", lock) == "uv==2 \\\n    --hash=x\n"


def test_every_target_says_what_it_does() -> None:
    assert all(target.__doc__ for target in dev.TARGETS.values())


def test_the_makefile_has_the_same_targets() -> None:
    lines = (dev.ROOT / "Makefile").read_text().splitlines()
    line = next(line for line in lines if line.startswith("OTHERS :="))
    others = line.partition(":=")[2].split()
    assert {"demo", "test", *others} == set(dev.TARGETS)
    assert "demo:" in lines and "test:" in lines
