"""The accounts app; it has no room in the menu, its pages open from the top bar."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "fenglian.web.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        # By name, both: they want models, which are not loaded before the apps are.
        end = import_string("fenglian.web.accounts.actions.end_overdue_visit")
        overdue = import_string("fenglian.web.accounts.sessions.overdue")
        overdue.connect(end, dispatch_uid="accounts")
