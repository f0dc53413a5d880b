"""What may a person find about two names, and a unit send in?"""

from django import forms


class VerdictForm(forms.Form):
    """Two names, and whether they are one organisation."""

    name = forms.CharField(max_length=255)
    other = forms.CharField(max_length=255)
    verdict = forms.ChoiceField(choices=[(each, each) for each in ("same", "apart", "withdraw")])


class IdentityForm(forms.Form):
    """Two names of organisations or of persons, and whether they are one."""

    kind = forms.ChoiceField(choices=[(each, each) for each in ("organisation", "person")])
    name = forms.CharField(max_length=400)
    other = forms.CharField(max_length=400)
    verdict = forms.ChoiceField(choices=[(each, each) for each in ("same", "apart")])


class WorkbookForm(forms.Form):
    """A workbook or a CSV file."""

    file = forms.FileField(max_length=255)
