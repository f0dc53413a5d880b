"""What may be typed at the doors, on one's own pages, and by who invites?"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fenglian.engine.errors import FenglianError
from fenglian.web.accounts.actions.invitations import DAYS, MOST_DAYS
from fenglian.web.accounts.actor import Role

LONGEST_PASSWORD = 256  # characters; hashing more is work for an attacker to cause


def _secret(label: Any, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=LONGEST_PASSWORD, strip=False, widget=widget)


def _code() -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
    widget = forms.TextInput(attrs=attributes)
    return forms.CharField(label=gettext_lazy("Code"), max_length=40, widget=widget)


class FaultForm(forms.Form):
    """A form in the look of the house that can show what an action refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "field"

    def show(self, fault: FenglianError | ValidationError) -> None:
        """Add a fault of an action to the form's own errors."""
        if isinstance(fault, FenglianError):
            self.add_error(None, fault.message(get_language() or "zh"))
            return
        for field, errors in _by_field(fault).items():
            self.add_error(field if field in self.fields else None, errors)


def _by_field(fault: ValidationError) -> dict[str, list[str]]:
    if hasattr(fault, "error_dict"):
        return dict(fault.message_dict)
    return {"password": fault.messages}


class SignInForm(FaultForm):
    """User name and password; which of them is wrong is not told."""

    username = forms.CharField(label=gettext_lazy("User name"), max_length=150)
    password = _secret(gettext_lazy("Password"), "current-password")


class CodeForm(FaultForm):
    """A code of the authenticator, or a recovery code."""

    code = _code()


class NewPasswordForm(FaultForm):
    """A password that is to be, twice."""

    password = _secret(gettext_lazy("New password"), "new-password")
    again = _secret(gettext_lazy("The same once more"), "new-password")

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("password", again):
            raise ValidationError(_("The two are not the same."))
        return again


class JoinForm(NewPasswordForm):
    """Who a new person wants to be."""

    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Name that others see"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("username", "name", "password", "again")


class PasswordForm(NewPasswordForm):
    """One's password, and the one that is to follow it."""

    current = _secret(gettext_lazy("Password now"), "current-password")
    field_order = ("current", "password", "again")


class ProofForm(FaultForm):
    """Password and code once more."""

    password = _secret(gettext_lazy("Password"), "current-password")
    code = _code()

    def __init__(self, *args: Any, has_code: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_code:
            del self.fields["code"]


class KeyForm(forms.Form):
    """The name of a key, so that its owner knows what it was for."""

    name = forms.CharField(label=gettext_lazy("What it is for"), max_length=80)


class SeatForm(FaultForm):
    """A role, and the unit that the person speaks for."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )

    def __init__(self, roles: tuple[Role, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["role"]
        if isinstance(choices, forms.ChoiceField):
            choices.choices = [(str(role), role.label) for role in roles]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class InvitationForm(SeatForm):
    """Whom to invite, as what, and for how long the link is to work."""

    name = forms.CharField(
        label=gettext_lazy("Name of the person"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days that the link works"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=DAYS,
    )
    field_order = ("name", "role", "unit", "days")


class GuardianForm(FaultForm):
    """Whom to propose as a guardian."""

    guardian_name = forms.CharField(
        label=gettext_lazy("Name of the person"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    guardian_role = forms.ChoiceField(label=gettext_lazy("Role"))

    def __init__(self, roles: tuple[Role, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["guardian_role"]
        if isinstance(choices, forms.ChoiceField):
            choices.choices = [(str(role), role.label) for role in roles]

    def clean_guardian_role(self) -> Role:
        return Role(self.cleaned_data["guardian_role"])
