"""What are kinds, bodies and ways of a vote called?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KIND_LABELS: Mapping[str, str | Promise] = {
    "admit": _("admit a unit"),
    "expel": _("expel a unit"),
    "other": _("another matter"),
}
BODY_LABELS: Mapping[str, str | Promise] = {
    "council": _("the council"),
    "assembly": _("the assembly"),
}
WAY_LABELS: Mapping[str, str | Promise] = {
    "open": _("each unit on record"),
    "counted": _("counted in the room"),
}
