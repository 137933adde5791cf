"""The locks: they pin by content, name no place to fetch from, and fit together."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import rostra

ROOT = Path(__file__).resolve().parents[1]
PYTHON_LOCKS = ("requirements.lock", "requirements-dev.lock")


def client_lock() -> dict[str, dict[str, Any]]:
    text = (ROOT / "client/package-lock.json").read_text()
    packages: dict[str, dict[str, Any]] = json.loads(text)["packages"]
    return {name: package for name, package in packages.items() if name}


def pins(lock: str) -> set[str]:
    text = (ROOT / lock).read_text()
    return set(re.findall(r"^([\w.-]+==[^\s;]+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_a_python_lock_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE), "an option of pip"


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_every_python_pin_has_a_hash(lock: str) -> None:
    lines = (ROOT / lock).read_text().splitlines()
    for line, following in pairwise(lines):
        if re.match(r"[\w.-]+==", line):
            assert following.startswith("    --hash=sha256:"), line


def test_what_is_tested_is_what_runs() -> None:
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_the_client_lock_names_no_address() -> None:
    assert not [name for name, entry in client_lock().items() if "resolved" in entry]


def test_every_client_pin_has_a_hash() -> None:
    missing = [n for n, entry in client_lock().items() if "integrity" not in entry]
    assert missing == []


def test_client_and_server_carry_the_same_version() -> None:
    package = json.loads((ROOT / "client/package.json").read_text())
    assert package["version"] == rostra.__version__
