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
    "support": _("a call for support"),
    "idea": _("a member's idea"),
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
ELECTION_WAYS: Words = {
    "secret": _("by secret slips here"),
    "counted": _("counted in the room"),
}
IDEA_LABELS: Words = {
    "put": _("put forward"),
    "agenda": _("on an agenda"),
    "declined": _("not taken up"),
}
CHARTER_STANDING: Words = {
    "in force": _("in force"),
    "to come": _("to come"),
    "past": _("no longer in force"),
}
CHARTER_LABELS: Words = {
    "council": _("The council"),
    "assembly": _("The assembly"),
}
NUMBER_LABELS: Words = {
    "quorum": _("quorum, of all who may vote"),
    "majority": _("majority"),
    "of": _("of whom the majority is"),
    "more_than": _("more than the share itself"),
    "term_years": _("Term of a post, in years"),
    "notice_days": _("Days before the end of a term that an election is announced"),
    "seated": _("Tiers with a seat in the council"),
    "voting": _("Tiers with a vote in the assembly"),
    "fees": _("Yearly fees"),
}
