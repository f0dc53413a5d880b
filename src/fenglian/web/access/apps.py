"""The access app: its pages, and the wall in the database that follows its table."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from fenglian.web.navigation import Room


class AccessConfig(AppConfig):
    name = "fenglian.web.access"
    label = "access"
    verbose_name = _("Access")
    rooms = (Room(label=_("Who may see what"), url="access:grants", pages=("access:table",)),)

    def ready(self) -> None:
        # By name: the wall knows the tables, which are not loaded before the apps are.
        post_migrate.connect(
            import_string("fenglian.web.access.wall.build_policies"),
            sender=self,
            dispatch_uid="wall",
        )
