"""What is sent with a decision: the option, why, who does it, by when."""

from django import forms


class ChoiceForm(forms.Form):
    """A choice on a gap."""

    way = forms.CharField(max_length=12)
    reason = forms.CharField(max_length=1000, required=False)
    unit = forms.CharField(max_length=120, required=False)
    due_on = forms.DateField()


class GiveForm(forms.Form):
    """To whom advice is given."""

    to = forms.CharField(max_length=120)


class TakeBackForm(forms.Form):
    """Why something is taken back."""

    words = forms.CharField(max_length=1000, required=False)
