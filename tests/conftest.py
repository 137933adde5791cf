"""What holds for all tests.

`tests` is on the import path (`pythonpath` in pyproject.toml), so that shared pieces
are `from support.browser import ...`. A skipped test counts as failed where `CI` or
`ROSTRA_NO_SKIP` is set: there, what a test needs is installed or the run is red.
"""

import os
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import settings

pytest_plugins = ["support.browser"]

# Machines differ: the time of one example says nothing about the code.
settings.register_profile("rostra", deadline=None, print_blob=True)
settings.load_profile("rostra")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[
    None, pytest.TestReport, pytest.TestReport
]:
    """Fail a test that skips itself."""
    report = yield
    if not hasattr(report, "wasxfail"):
        fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[
    None, pytest.CollectReport, pytest.CollectReport
]:
    """Fail a whole file that skips itself."""
    report = yield
    fail_if_skipped(report)
    return report


def fail_if_skipped(report: Any) -> None:
    """Turn a skip into a failure where nothing may be skipped."""
    if report.skipped and may_not_skip():
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} may not be skipped here: {reason}"


def may_not_skip() -> bool:
    """CI systems set `CI` to any of these."""
    return any(
        os.environ.get(name, "").lower() not in ("", "0", "false")
        for name in ("CI", "ROSTRA_NO_SKIP")
    )
