"""Tests that count entries want a log that the seats of the cast have not begun."""

from collections.abc import Iterator

import pytest

from fenglian.web.accounts.happened import happened
from fenglian.web.audit.actions import hear


@pytest.fixture(autouse=True)
def quiet_accounts() -> Iterator[None]:
    """Keep what happens in accounts out of the log while the test runs."""
    happened.disconnect(hear, dispatch_uid="audit")
    yield
    happened.connect(hear, dispatch_uid="audit")
