"""The contracts app, its lines in the menu, and its ear for rows that units keep."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fenglian.web.navigation import Room
from fenglian.web.registry.signals import rows_kept


class ContractsConfig(AppConfig):
    name = "fenglian.web.contracts"
    label = "contracts"
    verbose_name = _("Agreements")
    rooms = (
        Room(
            label=_("Agreements"),
            url="contracts:ledger",
            pages=(
                "contracts:agreement",
                "contracts:naming",
                "contracts:needs",
                "contracts:offer",
                "contracts:order",
                "contracts:signings",
                "contracts:sourcing",
                "contracts:links",
            ),
            waiting="fenglian.web.contracts.queries.count_waiting",
        ),
    )

    def ready(self) -> None:
        # By name: actions import models, which are not loaded before the apps are.
        hear = import_string("fenglian.web.contracts.actions.hear")
        rows_kept.connect(hear, dispatch_uid="contracts")
