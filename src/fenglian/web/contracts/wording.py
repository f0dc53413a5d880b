"""Words of agreements in the language of the request."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from fenglian.engine.contracts.records import KINDS
from fenglian.engine.labels import Label
from fenglian.web.intake.wording import say
from fenglian.web.registry.profile_tables import profile_tables

CONFIRMATIONS = {
    "none": _("by nobody"),
    "supplier": _("by the supplier"),
    "buyer": _("by the buyer"),
    "both": _("by both sides"),
}
STATES = {
    "waits": _("waits for the other side"),
    "confirmed": _("confirmed by the other side"),
    "disputed": _("disputed by the other side"),
    "nobody": _("the other side is not here"),
}
LIKENESS = {
    "number": _("same number"),
    "product": _("same product"),
    "day": _("signing days close together"),
    "amount": _("amounts agree"),
    "person": _("one side said so"),
}


def in_a_row(words: Iterable[str]) -> str:
    """Return words as a list in a sentence."""
    return pgettext("list", ", ").join(words)


def kind_words(kind: str) -> str:
    """Return a kind of agreement as it is shown and typed."""
    found: Mapping[str, Label] = {str(name): label for name, label in KINDS.items()}
    return say(found[kind]) if kind in found else kind


def side_words(side: str) -> str:
    """Return a side as it is shown and typed."""
    column = profile_tables()["contracts"].column("side")
    return next((say(each.label) for each in column.choices if each.word == side), side)
