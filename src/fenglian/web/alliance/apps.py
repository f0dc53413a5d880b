"""The alliance app and its lines in the menu."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fenglian.web.navigation import Room


class AllianceConfig(AppConfig):
    name = "fenglian.web.alliance"
    label = "alliance"
    verbose_name = _("Alliance")
    rooms = (
        Room(
            label=_("Members"),
            url="alliance:members",
            pages=("alliance:member", "alliance:application", "alliance:apply", "alliance:book"),
            act="meet",
        ),
        Room(
            label=_("Resolutions"),
            url="alliance:resolutions",
            pages=("alliance:resolution",),
            act="meet",
        ),
        Room(
            label=_("Meetings"),
            url="alliance:meetings",
            pages=("alliance:meeting", "alliance:posts", "alliance:activity"),
            act="meet",
        ),
        Room(label=_("To be done"), url="alliance:tasks", act="meet"),
    )
