"""The registry app, its line in the menu, and its ear for what intake decides and who leaves."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fenglian.web.accounts.happened import happened
from fenglian.web.intake.signals import names_wanted, statements_decided
from fenglian.web.navigation import Room


class RegistryConfig(AppConfig):
    name = "fenglian.web.registry"
    label = "registry"
    verbose_name = _("Registry")
    rooms = (
        Room(
            label=_("Registry"),
            url="registry:organisations",
            pages=(
                "registry:organisation",
                "registry:row",
                "registry:units",
                "registry:identities",
            ),
        ),
        Room(
            label=_("Our unit"),
            url="registry:mine",
            pages=("registry:unit", "registry:new-row", "registry:edit-row", "registry:workbook"),
            act="own",
        ),
    )

    def ready(self) -> None:
        # By name: actions import models, which are not loaded before the apps are.
        rebuild = import_string("fenglian.web.registry.actions.rebuild_after_decision")
        statements_decided.connect(rebuild, dispatch_uid="registry")
        names = import_string("fenglian.web.registry.queries.derived.known_organisations")
        names_wanted.connect(names, dispatch_uid="registry")
        close = import_string("fenglian.web.registry.actions.links.hear")
        happened.connect(close, dispatch_uid="registry")
