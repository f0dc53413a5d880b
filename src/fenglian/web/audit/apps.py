"""The audit app; its page opens from the account, and the menu shows it to those it concerns."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "fenglian.web.audit"
    label = "audit"
    verbose_name = _("Who read our data")
