"""What every test shares: the slow ones on demand, and a mode in which nothing may be skipped."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

# No test asserts a time, and a run that passed must pass again on the same code.
settings.register_profile("fenglian", deadline=None, derandomize=True)
settings.load_profile("fenglian")
# Hypothesis mixes in numbers and words of whatever modules are loaded: what one test tries would
# then depend on which others stand beside it.
providers._get_local_constants = lambda: providers._local_constants
NO_SKIP = os.environ.get("FENGLIAN_NO_SKIP") == "1"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the slow tests too")
    parser.addoption("--steps", type=int, default=640, help="of random sequences, with --slow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    # Deselected, not skipped: leaving the long ones out is a choice, not a gap.
    slow = [item for item in items if item.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Iterator[None] | pytest.TestReport:
    report: pytest.TestReport = yield  # type: ignore[assignment, misc]  # pluggy's wrapper protocol
    if NO_SKIP and report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"
    return report
