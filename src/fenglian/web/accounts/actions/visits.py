"""Sessions that end by themselves, after idling or at the end of their time: told once each.

Nobody is there when it happens. Whoever notices first writes it down: the browser that comes back,
or the next person who signs in.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fenglian.web.accounts.actor import ALLIANCE
from fenglian.web.accounts.happened import Happening, tell
from fenglian.web.accounts.models import Visit
from fenglian.web.accounts.queries import find_actor, visit_id
from fenglian.web.accounts.sessions import idle

IDLE, TIME = "idle", "time"  # why


def end_overdue_visit(key: str, **_signal: Any) -> None:
    """Put an end to the session of that key, where its time is over; hears the store."""
    for visit in Visit.objects.filter(_over(timezone.now()), pk=key):
        _end(visit)


def end_overdue_visits() -> None:
    """Put an end to all sessions whose time is over."""
    for visit in Visit.objects.filter(_over(timezone.now())):
        _end(visit)


def _over(now: datetime) -> Q:
    return Q(seen_at__lt=now - idle()) | Q(expire_date__lte=now)


@transaction.atomic
def _end(visit: Visit) -> None:
    # Of two who notice at once, one finds it gone; and nobody ends what was used meanwhile.
    gone, _tables = Visit.objects.filter(pk=visit.pk, seen_at=visit.seen_at).delete()
    if not gone or visit.account_id is None:  # nobody had signed in
        return
    idled = visit.seen_at + idle()
    why = IDLE if idled < visit.expire_date else TIME
    minutes = {IDLE: settings.IDLE_MINUTES, TIME: settings.SESSION_COOKIE_AGE // 60}
    detail = {
        "why": why,
        "minutes": minutes[why],
        "ended": min(idled, visit.expire_date).isoformat(timespec="seconds"),
        "user": visit.account_id,  # who may have no seat any more, and no name in the log then
    }
    actor = find_actor(visit.account_id, visit.get_decoded().get(ALLIANCE))
    tell(
        actor,
        Happening("session-end", "accounts.visit", (visit_id(visit.session_key),), detail=detail),
    )
