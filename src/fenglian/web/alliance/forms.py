"""What may be typed and sent to the alliance's pages? Whole numbers and days are read here."""

from typing import Any

from django import forms
from django.http import HttpRequest

from fenglian.engine.alliance.papers import KINDS
from fenglian.web.alliance.actions import Counted, Handed, Wanted

LONG, LONGEST = 120, 2000
COUNTS = ("entitled", "present", "votes_for", "against", "abstain")
MOST_UNITS = 100_000


class ApplicationForm(forms.Form):
    """What a unit asks for."""

    tier = forms.CharField(max_length=20)
    code = forms.CharField(max_length=40, required=False)
    region = forms.CharField(max_length=6, required=False)
    delegate = forms.CharField(max_length=80, required=False)
    title = forms.CharField(max_length=80, required=False)
    words = forms.CharField(max_length=LONGEST, required=False)

    def wanted(self) -> Wanted:
        """Return what was typed."""
        return Wanted(**self.cleaned_data)


class StepForm(forms.Form):
    """A step, the words on which it rests, and the day on which it was taken."""

    name = forms.CharField(max_length=20)
    words = forms.CharField(max_length=400, required=False)
    on = forms.DateField(required=False)


class VoteForm(forms.Form):
    """What is to be decided."""

    kind = forms.CharField(max_length=8)
    text = forms.CharField(max_length=400, required=False)
    body = forms.CharField(max_length=8)
    way = forms.CharField(max_length=8)


class CountForm(forms.Form):
    """A count in the room, in units."""

    entitled = forms.IntegerField(min_value=0, max_value=MOST_UNITS)
    present = forms.IntegerField(min_value=0, max_value=MOST_UNITS)
    votes_for = forms.IntegerField(min_value=0, max_value=MOST_UNITS)
    against = forms.IntegerField(min_value=0, max_value=MOST_UNITS)
    abstain = forms.IntegerField(min_value=0, max_value=MOST_UNITS)

    def counted(self) -> Counted:
        """Return what was counted."""
        return Counted(**self.cleaned_data)


class FeeForm(forms.Form):
    """A fee that was paid."""

    yuan = forms.IntegerField(min_value=0, max_value=1_000_000_000)
    receipt = forms.CharField(max_length=80, required=False)
    paid_on = forms.DateField(required=False)


class YearForm(forms.Form):
    """The outcome of a yearly check."""

    year = forms.IntegerField(min_value=1980, max_value=2200)
    words = forms.CharField(max_length=400, required=False)
    passed = forms.BooleanField(required=False)


class TierForm(forms.Form):
    """Another tier."""

    tier = forms.CharField(max_length=20)


class DelegateForm(forms.Form):
    """A person who speaks for a member."""

    name = forms.CharField(max_length=80, required=False)
    title = forms.CharField(max_length=80, required=False)
    since = forms.DateField(required=False)


class BallotForm(forms.Form):
    """A vote."""

    choice = forms.CharField(max_length=8)


def read_papers(request: HttpRequest) -> list[Handed]:
    """Return the files of a request by the kind under whose name each was sent."""
    return [
        Handed(kind, file.name or "", file.read())
        for kind in KINDS
        for file in _files(request, kind)
    ]


def _files(request: HttpRequest, kind: str) -> list[Any]:
    found: list[Any] = request.FILES.getlist(kind)
    return found
