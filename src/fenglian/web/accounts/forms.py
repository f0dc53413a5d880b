"""What may a stranger type to come in, and a person to name a key?"""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fenglian.web.accounts.models import User


class SignInForm(forms.Form):
    """User name and password; which of them is wrong is not told."""

    username = forms.CharField(label=gettext_lazy("User name"), max_length=150)
    password = forms.CharField(label=gettext_lazy("Password"), widget=forms.PasswordInput)

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        self.request = request
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        user = authenticate(self.request, **values)
        if not isinstance(user, User):
            raise forms.ValidationError(_("User name and password do not go together."))
        values["user"] = user
        return values


class KeyForm(forms.Form):
    """The name of a key, so that its owner knows what it was for."""

    name = forms.CharField(label=gettext_lazy("What it is for"), max_length=80)
