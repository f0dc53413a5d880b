"""The audit app; its page opens from the account, and the menu shows it to those it concerns."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fenglian.web.accounts.happened import happened


class AuditConfig(AppConfig):
    name = "fenglian.web.audit"
    label = "audit"
    verbose_name = _("Who read our data")

    def ready(self) -> None:
        # By name: actions import models, which are not loaded before the apps are.
        hear = import_string("fenglian.web.audit.actions.hear")
        happened.connect(hear, dispatch_uid="audit")
