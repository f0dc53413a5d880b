"""The overview and its line in the menu, the first one."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fenglian.web.navigation import Room


class OverviewConfig(AppConfig):
    name = "fenglian.web.overview"
    label = "overview"
    verbose_name = _("Overview")
    rooms = (Room(label=_("Overview"), url="home", pages=("overview:replay", "overview:year")),)
