"""The accounts app; it has no room in the menu, its pages open from the top bar."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "fenglian.web.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
