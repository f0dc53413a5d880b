"""What are kinds, bodies, ways, sources and states of the alliance's business called?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]
KIND_LABELS: Words = {
    "admit": _("admit a unit"),
    "expel": _("expel a unit"),
    "other": _("another matter"),
}
BODY_LABELS: Words = {
    "council": _("the council"),
    "assembly": _("the assembly"),
}
WAY_LABELS: Words = {
    "open": _("each unit on record"),
    "counted": _("counted in the room"),
}
MEETING_LABELS: Words = {
    "council": _("council"),
    "assembly": _("assembly"),
    "other": _("other meeting"),
}
SOURCE_LABELS: Words = {
    "resolution": _("a resolution"),
    "advice": _("official advice"),
    "question": _("a question to the secretariat"),
}
STATE_LABELS: Words = {
    "open": _("under way"),
    "done": _("done"),
    "dropped": _("dropped"),
}
STANDING_LABELS: Words = {
    "running": _("running"),
    "due": _("election due"),
    "overdue": _("election overdue"),
    "to come": _("to come"),
    "ended": _("ended"),
}
