"""The advice app and its line in the menu."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fenglian.web.navigation import Room


class AdviceConfig(AppConfig):
    name = "fenglian.web.advice"
    label = "advice"
    verbose_name = _("Advice")
    rooms = (
        Room(label=_("Four verbs"), url="advice:items"),
        Room(
            label=_("Gaps and decisions"),
            url="advice:gaps",
            pages=("advice:gap", "advice:history", "advice:record"),
        ),
    )
