"""What may an owner type to let another unit read, and a guardian to say what for?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenglian.engine.disclosure.classes import DataClass
from fenglian.web.access.wording import say

GRANTED = (DataClass.S2, DataClass.S3, DataClass.P)  # what needs a grant


class GrantForm(forms.Form):
    """Who may read which class of our rows, what for, until when."""

    reader = forms.ChoiceField(label=_("Who may read"))
    data_class = forms.ChoiceField(label=_("What"))
    purpose = forms.CharField(label=_("What for"), max_length=200)
    until = forms.DateField(label=_("Until"))

    def __init__(self, readers: list[str], data: Any = None) -> None:
        super().__init__(data)
        reader, data_class = self.fields["reader"], self.fields["data_class"]
        assert isinstance(reader, forms.ChoiceField)  # noqa: S101  # for the type checker
        assert isinstance(data_class, forms.ChoiceField)  # noqa: S101  # for the type checker
        reader.choices = [(name, name) for name in readers]
        data_class.choices = [(each.value, f"{each} {say(each.label)}") for each in GRANTED]


class PurposeForm(forms.Form):
    """Which class is needed for what."""

    data_class = forms.ChoiceField(
        label=_("What"), choices=[(each.value, each) for each in GRANTED]
    )
    words = forms.CharField(label=_("What for, and on which basis"), max_length=400)
