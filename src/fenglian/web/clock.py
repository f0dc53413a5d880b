"""Which time is it for this installation? The real one; a scripted demo sets its own.

Everything in the house asks ``django.utils.timezone``, so there is one clock to set. It is set for
the whole process, before a server runs, and never in one: two threads have one clock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let it be a moment for what is done inside; the clock stands there.

    The audit log has a clock of its own and keeps telling when an entry was really written.
    """
    before = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = before
