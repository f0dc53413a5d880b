"""How long does a session live, and what is kept of it? Django's store, with columns of our own.

A session ends after ``IDLE_MINUTES`` without a request, and ``SESSION_COOKIE_AGE`` seconds after
it began whatever happens. That somebody was there is written once a minute at most.
"""

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.dispatch import Signal
from django.utils import timezone

DEVICE, ADDRESS = "device", "address"  # keys of the session: where it was begun
SELDOM = timedelta(minutes=1)
overdue = Signal()  # with ``key``: a browser brought a session that may have come to its end


def idle() -> timedelta:
    """Return how long a session lives without a request."""
    return timedelta(minutes=settings.IDLE_MINUTES)


class SessionStore(db.SessionStore):
    """A session as a row of ``Visit``."""

    since: datetime | None = None  # when the row began; None: it is being made

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        model: type[AbstractBaseSession] = apps.get_model("accounts", "Visit")
        return model

    def create(self) -> None:
        """Begin anew under a key of its own, as signing in does."""
        self.since = None
        super().create()

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row: Any = super().create_model_instance(data)
        now = timezone.now()
        row.account_id = data.get(SESSION_KEY)
        row.device, row.address = data.get(DEVICE, ""), data.get(ADDRESS, "")
        row.since, row.seen_at = self.since or now, now
        row.expire_date = row.since + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return row  # type: ignore[no-any-return]

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        key = self.session_key
        row: Any = super()._get_session_from_db()  # type: ignore[misc]  # not in the stubs
        now = timezone.now()
        if row is None or now - row.seen_at > idle():
            overdue.send(sender=type(self), key=key)
            self._session_key = None
            return None
        if now - row.seen_at >= SELDOM:
            type(row).objects.filter(pk=row.pk).update(seen_at=now)
        self.since = row.since
        return row  # type: ignore[no-any-return]
