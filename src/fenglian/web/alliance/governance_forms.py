"""What may be typed about the charter, elections, ideas, links and sign-in?"""

from django import forms
from django.http import QueryDict

from fenglian.engine.alliance.tiers import TIERS
from fenglian.web.alliance.actions import RoomCount, Standing, Text
from fenglian.web.alliance.forms import LONG, LONGEST, MOST_UNITS

NUMBERS = (
    *(f"{body}_{part}" for body in ("council", "assembly") for part in ("quorum", "majority", "of", "more_than")),
    "term_years", "notice_days", *(f"fee_{tier}" for tier in TIERS),
)  # fmt: skip
LISTS = ("seated", "voting")


class CharterForm(forms.Form):
    """A version of the charter; its numbers are read as they come."""

    title = forms.CharField(max_length=LONG, required=False)
    text = forms.CharField(max_length=100_000, required=False)
    since = forms.DateField()
    resolution = forms.CharField(max_length=16, required=False)
    grounds = forms.CharField(max_length=400, required=False)

    def version(self) -> Text:
        """Return the version as it was typed."""
        numbers = {name: str(self.data.get(name, ""))[:40] for name in NUMBERS}
        for name in LISTS:
            chosen = self.data.getlist(name) if isinstance(self.data, QueryDict) else []
            numbers[name] = " ".join(map(str, chosen))[:200]
        return Text(**self.cleaned_data, numbers=numbers)


class ElectionForm(forms.Form):
    """What is to be elected."""

    title = forms.CharField(max_length=LONG, required=False)
    post = forms.CharField(max_length=40, required=False)
    candidates = forms.CharField(max_length=20_000, required=False)
    seats = forms.IntegerField(min_value=1, max_value=100)
    since = forms.DateField()
    of_persons = forms.BooleanField(required=False)
    body = forms.CharField(max_length=8)
    way = forms.CharField(max_length=8)
    years = forms.IntegerField(min_value=1, max_value=100, required=False)
    tier = forms.CharField(max_length=20, required=False)
    meeting = forms.CharField(max_length=16, required=False)

    def standing(self) -> Standing:
        """Return what was typed."""
        return Standing(**self.cleaned_data)


class RoomCountForm(forms.Form):
    """An election as it was counted in the room; votes stand under ``votes-`` + address."""

    entitled = forms.IntegerField(min_value=0, max_value=MOST_UNITS)
    present = forms.IntegerField(min_value=0, max_value=MOST_UNITS)
    slips = forms.IntegerField(min_value=0, max_value=MOST_UNITS)

    def counted(self) -> RoomCount:
        """Return what was counted; a candidate without a whole number has none."""
        votes = {
            name.removeprefix("votes-"): int(str(value))
            for name, value in self.data.items()
            if name.startswith("votes-") and str(value).isascii() and str(value).isdigit()
            and len(str(value)) < 7
        }  # fmt: skip
        return RoomCount(**self.cleaned_data, votes=votes)


class IdeaForm(forms.Form):
    """What a unit proposes."""

    title = forms.CharField(max_length=LONG, required=False)
    text = forms.CharField(max_length=LONGEST, required=False)


class SettleForm(forms.Form):
    """What becomes of an idea."""

    meeting = forms.CharField(max_length=16, required=False)
    answer = forms.CharField(max_length=400, required=False)


class HandOnForm(forms.Form):
    """Who is to answer a question."""

    unit = forms.CharField(max_length=LONG)
    due_on = forms.DateField(required=False)


class PageForm(forms.Form):
    """The words of the public page on how to apply."""

    how = forms.CharField(max_length=LONGEST, required=False)


class DoorForm(forms.Form):
    """For how many days a link to apply is open."""

    days = forms.IntegerField(min_value=1, max_value=180)


class SignInForm(forms.Form):
    """Who stands before the QR code."""

    unit = forms.CharField(max_length=LONG)
    persons = forms.IntegerField(min_value=1, max_value=1000, required=False)
    names = forms.CharField(max_length=400, required=False)
