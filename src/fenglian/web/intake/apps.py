"""The intake app and its line in the menu."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fenglian.web.navigation import Room


class IntakeConfig(AppConfig):
    name = "fenglian.web.intake"
    label = "intake"
    verbose_name = _("Readings")
    rooms = (
        Room(
            name="intake",
            label=_("Readings"),
            url="intake:documents",
            waiting="fenglian.web.intake.queries.count_waiting",
        ),
    )
