"""The analysis app and its line in the menu."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fenglian.web.navigation import Room


class AnalysisConfig(AppConfig):
    name = "fenglian.web.analysis"
    label = "analysis"
    verbose_name = _("Analysis")
    rooms = (
        Room(
            label=_("Analysis"),
            url="analysis:index",
            pages=(
                "analysis:question",
                "analysis:risk",
                "analysis:what-if",
                "analysis:drill",
                "analysis:kept-drill",
                "analysis:notice",
            ),
            waiting="fenglian.web.analysis.queries.drills.count_waiting",
        ),
    )
