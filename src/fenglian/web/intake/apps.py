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
            label=_("Readings"),
            url="intake:documents",
            pages=("intake:reading", "intake:repairs", "intake:edit"),
            waiting="fenglian.web.intake.queries.count_waiting",
        ),
        Room(
            label=_("Review"),
            url="intake:queue",
            pages=("intake:conflicts",),
        ),
        Room(label=_("Statements"), url="intake:statements"),
    )
