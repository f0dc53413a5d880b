"""What may be typed to answer an agreement?"""

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """Confirm with one's own reference and amount, say that it is an own one, or dispute."""

    reply = forms.ChoiceField(choices=[(each, each) for each in ("confirm", "same", "dispute")])
    ref = forms.CharField(label=_("Own reference"), max_length=120, required=False)
    amount = forms.CharField(label=_("Amount"), max_length=60, required=False)
    own = forms.RegexField(r"^[0-9a-f]{16}$", required=False)


class ApartForm(forms.Form):
    """Two records that are two."""

    first = forms.RegexField(r"^[0-9a-f]{16}$")
    second = forms.RegexField(r"^[0-9a-f]{16}$")


class OrderForm(forms.Form):
    """The number of an order, and what it is worth."""

    number = forms.CharField(label=_("Contract number"), max_length=120, required=False)
    amount = forms.CharField(label=_("Amount"), max_length=60, required=False)
