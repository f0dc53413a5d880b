"""The access app: the wall in the database follows its table; its pages open from the account."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fenglian.web.accounts.happened import happened
from fenglian.web.accounts.house import lift_with


class AccessConfig(AppConfig):
    name = "fenglian.web.access"
    label = "access"
    verbose_name = _("Access")

    def ready(self) -> None:
        # By name: the wall knows the tables, which are not loaded before the apps are.
        post_migrate.connect(
            import_string("fenglian.web.access.wall.build_policies"),
            sender=self,
            dispatch_uid="wall",
        )
        happened.connect(import_string("fenglian.web.access.actions.hear"), dispatch_uid="access")
        lift_with(import_string("fenglian.web.access.wall.on_behalf_of_the_house"))
