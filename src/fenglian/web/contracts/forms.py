"""What may be typed to answer an agreement?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from fenglian.web.contracts.queries import MOST_POINTS, SCOPES, USUAL, Definition


class AnswerForm(forms.Form):
    """Confirm with one's own reference and amount, say that it is an own one, or dispute."""

    reply = forms.ChoiceField(choices=[(each, each) for each in ("confirm", "same", "dispute")])
    ref = forms.CharField(label=_("Own reference"), max_length=120, required=False)
    amount = forms.CharField(label=_("Amount"), max_length=60, required=False)
    own = forms.RegexField(r"^[0-9a-f]{16}$", required=False)


class DefinitionForm(forms.Form):
    """What counts as local, and how many points are wanted; what cannot be read is the usual."""

    local = forms.ChoiceField(choices=[(each, each) for each in SCOPES], required=False)
    points = forms.IntegerField(min_value=1, max_value=MOST_POINTS, required=False)

    def definition(self) -> Definition:
        """Return what was chosen."""
        asked = self.cleaned_data if self.is_valid() else {}
        scope = next((each for each in SCOPES if each == asked.get("local")), USUAL.scope)
        return Definition(scope, asked.get("points") or USUAL.points)


class ApartForm(forms.Form):
    """Two records that are two."""

    first = forms.RegexField(r"^[0-9a-f]{16}$")
    second = forms.RegexField(r"^[0-9a-f]{16}$")


class OrderForm(forms.Form):
    """The number of an order, and what it is worth."""

    number = forms.CharField(label=_("Contract number"), max_length=120, required=False)
    amount = forms.CharField(label=_("Amount"), max_length=60, required=False)
