"""Whose session is it? Django's own answer, with the seats of the person found by the same query."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractUser

from fenglian.web.accounts.queries import find_seated


class Accounts(ModelBackend):
    """Names and passwords, as Django checks them."""

    def get_user(self, user_id: int) -> AbstractUser | None:  # type: ignore[override]  # tables are for queries
        """Return an account that may come in; every request asks this."""
        return find_seated(user_id)
