"""What may be typed and sent to the alliance's pages? Whole numbers and days are read here."""

from typing import Any

from django import forms
from django.http import HttpRequest

from fenglian.engine.alliance.papers import KINDS
from fenglian.web.alliance.actions import Counted, Handed, Wanted

LONG, LONGEST = 120, 2000
COUNTS = ("entitled", "present", "votes_for", "against", "abstain")
MOST_UNITS = 100_000
MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


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
    meeting = forms.CharField(max_length=16, required=False)


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


class CallForm(forms.Form):
    """A notice of a meeting."""

    kind = forms.CharField(max_length=8)
    title = forms.CharField(max_length=LONG, required=False)
    place = forms.CharField(max_length=200, required=False)
    starts_at = forms.DateTimeField(input_formats=MOMENTS)
    ends_at = forms.DateTimeField(input_formats=MOMENTS)
    agenda = forms.CharField(max_length=LONGEST, required=False)


class PresenceForm(forms.Form):
    """A unit that came."""

    unit = forms.CharField(max_length=LONG)
    persons = forms.IntegerField(min_value=0, max_value=100_000, required=False)
    names = forms.CharField(max_length=400, required=False)


class MinutesForm(forms.Form):
    """Minutes."""

    words = forms.CharField(max_length=20_000, required=False)


class ErrandForm(forms.Form):
    """What is to be done."""

    source = forms.CharField(max_length=12)
    text = forms.CharField(max_length=1000, required=False)
    due_on = forms.DateField()
    grounds = forms.CharField(max_length=400, required=False)
    unit = forms.CharField(max_length=LONG, required=False)
    idea = forms.CharField(max_length=16, required=False)
    meeting = forms.CharField(max_length=16, required=False)
    statement = forms.CharField(max_length=16, required=False)


class EvidenceForm(forms.Form):
    """What was done."""

    words = forms.CharField(max_length=1000, required=False)
    dropped = forms.BooleanField(required=False)


class OfficeForm(forms.Form):
    """Who holds a post."""

    name = forms.CharField(max_length=40, required=False)
    unit = forms.CharField(max_length=LONG)
    person = forms.CharField(max_length=80, required=False)
    since = forms.DateField()
    years = forms.IntegerField(min_value=1, max_value=100, required=False)
    grounds = forms.CharField(max_length=400, required=False)


class LeaveForm(forms.Form):
    """The first day on which a post was no longer held."""

    on = forms.DateField()
