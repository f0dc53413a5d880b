"""What may a person type: a document to read, a correction of a statement?"""

from dataclasses import replace
from typing import Any
from urllib.parse import unquote_to_bytes

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fenglian.engine.errors import CorrectionError, QuantityError
from fenglian.engine.intake.statements import Statement
from fenglian.engine.quantities import Quantity, plain, read_quantity, write_quantity
from fenglian.web.intake.actions import LONGEST_NAME
from fenglian.web.intake.corrections import LONGEST_SUBJECT, LONGEST_VALUE, Correction, in_range
from fenglian.web.intake.wording import qualifier_label

CHARSETS = (
    ("", gettext_lazy("decide by itself")),
    ("utf-8", "UTF-8"),
    ("gb18030", "GB18030 / GBK"),
    ("big5", "Big5"),
    ("utf-16", "UTF-16"),
)


def lost_bytes(request: HttpRequest) -> bool:
    """Tell whether typed fields were no UTF-8: Django puts U+FFFD where bytes could not be read.

    A page that is pasted may hold U+FFFD itself, so the ones that were sent are counted off.
    """
    sent = request.body
    if request.content_type == "application/x-www-form-urlencoded":
        sent = unquote_to_bytes(sent)
    fields = (value for _name, values in request.POST.lists() for value in values)
    shown = sum(str(value).count("\ufffd") for value in fields)
    return shown > sent.count("\ufffd".encode())


class DocumentForm(forms.Form):
    """A file, or a text that was pasted."""

    file = forms.FileField(required=False, allow_empty_file=True)
    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    name = forms.CharField(required=False, max_length=LONGEST_NAME)
    charset = forms.ChoiceField(required=False, choices=CHARSETS)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        has_file, has_text = values.get("file") is not None, bool(values.get("text", "").strip())
        if has_file and has_text:
            raise forms.ValidationError(_("A file and a pasted text were sent. Send one of them."))
        if not has_file and not has_text and not self.errors:
            raise forms.ValidationError(_("Nothing was sent. Choose a file, or paste the text."))
        return values

    def document(self) -> dict[str, Any]:
        """Return what ``receive_document`` takes."""
        values = self.cleaned_data
        file = values["file"]
        if file is not None:
            return {
                "content": file.read(),
                "name": values["name"] or file.name,
                "charset": values["charset"] or None,
            }
        # Browsers send every line end of a text field as CR LF.
        text = values["text"].replace("\r\n", "\n")
        return {"content": text.encode(), "name": values["name"] or _("pasted text")}


class CorrectionForm(forms.Form):
    """Subject, value and qualifiers of one statement, to be put right."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=LONGEST_SUBJECT)
    value = forms.CharField(label=gettext_lazy("Value"), max_length=LONGEST_VALUE)

    def __init__(self, statement: Statement, data: Any = None) -> None:
        self.statement = statement
        super().__init__(data, initial=_initial(statement), prefix=None)
        for number, (name, _value) in enumerate(statement.qualifiers):
            self.fields[f"qualifier-{number}"] = forms.CharField(
                label=qualifier_label(name), max_length=LONGEST_VALUE, required=False
            )
        for name, field in self.fields.items():
            field.widget.attrs.update({"class": "field", "id": f"e-{name}"})
            if name in self.errors:
                self._describe(name)

    def refuse(self, fault: CorrectionError | QuantityError) -> None:
        """Show the action's fault at the field that it names."""
        field = str(fault.facts.get("field", "value"))
        names = [f"qualifiers.{name}" for name, _value in self.statement.qualifiers]
        if field in names:
            name = f"qualifier-{names.index(field)}"
        else:
            name = "subject" if field == "subject" else "value"
        fault.facts["field"] = self.fields[name].label
        self.add_error(name, fault.message(get_language() or "zh"))
        self._describe(name)

    def _describe(self, name: str) -> None:
        self.fields[name].widget.attrs.update({"aria-describedby": f"e-{name}-error"})

    def clean_value(self) -> str | Quantity:
        words: str = self.cleaned_data["value"]
        if self.statement.quantity is None:
            return words
        try:
            quantity = read_quantity(words.replace(" ", ""))
        except QuantityError as fault:
            raise forms.ValidationError(fault.message(get_language() or "zh")) from fault
        return replace(quantity, unit=quantity.unit or self.statement.quantity.unit)

    def correction(self) -> Correction:
        """Return what was typed, as the action takes it."""
        value = self.cleaned_data["value"]
        quantity = value if isinstance(value, Quantity) else None
        return Correction(
            subject=self.cleaned_data["subject"],
            value=value if quantity is None else plain(quantity.figure),
            quantity=quantity,
            qualifiers=self._qualifiers(),
        )

    def _qualifiers(self) -> tuple[tuple[str, str], ...]:
        typed = [
            (name, self.cleaned_data[f"qualifier-{number}"])
            for number, (name, _value) in enumerate(self.statement.qualifiers)
        ]
        return tuple((name, value) for name, value in typed if value)


def _initial(statement: Statement) -> dict[str, str]:
    quantity = statement.quantity
    value = statement.value if quantity is None else str(quantity.figure)
    if quantity is not None and in_range(quantity.top or quantity.figure):
        value = write_quantity(quantity)
    return {
        "subject": statement.subject,
        "value": value,
        **{f"qualifier-{at}": value for at, (_n, value) in enumerate(statement.qualifiers)},
    }
