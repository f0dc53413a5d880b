"""The alliance app and its line in the menu."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fenglian.web.navigation import Room


class AllianceConfig(AppConfig):
    name = "fenglian.web.alliance"
    label = "alliance"
    verbose_name = _("Alliance")
    rooms = (
        Room(
            label=_("Alliance"),
            url="alliance:members",
            pages=tuple(
                f"alliance:{name}"
                for name in (
                    "member", "members-sheet", "attendance", "application", "apply", "book",
                    "resolutions", "resolution",
                    "meetings", "meeting", "posts", "activity", "tasks", "charters", "charter",
                    "elections", "election", "ideas", "outward", "sign-in-code",
                )
            ),
            act="meet",
        ),
    )  # fmt: skip
