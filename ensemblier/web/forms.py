"""The look and the manners of every form: our classes, errors tied to their field, texts without NUL."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _


class HouseForm(forms.Form):
    """A form whose fields carry the classes of the stylesheet and say when they are optional."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            widget = field.widget
            if isinstance(widget, forms.Select):
                widget.attrs.setdefault("class", "form-select")
            elif not isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
                widget.attrs.setdefault("class", "form-control")
            if not field.required and not widget.is_hidden and not isinstance(widget, forms.CheckboxInput):
                field.label = f"{field.label} {_('(facultatif)')}"

    def add_domain_error(self, message: str, field: str = "") -> None:
        """A refusal of an action, put beside the field it speaks of when the form has it."""
        self.add_error(field if field in self.fields else None, message)


class Lines(forms.CharField):
    """A list typed one item per line (or separated by commas or semicolons)."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """A stored list, one item per line."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        """The items, without blanks or repeats."""
        text = super().to_python(value) or ""
        items = (item.strip() for line in text.splitlines() for item in line.replace(";", ",").split(","))
        return list(dict.fromkeys(item for item in items if item))


class Trap(HouseForm):
    """A form that anybody may send: a field that only robots fill, and a minimum of two seconds."""

    SALT = "form-shown"
    MIN_SECONDS = 2
    MAX_SECONDS = 24 * 3600

    website_url = forms.CharField(label=_("Ne remplissez pas ce champ"), required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["website_url"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}
        self.initial.setdefault("shown", signing.TimestampSigner(salt=self.SALT).sign("1"))

    def clean(self) -> dict[str, Any]:
        """Refuses what only a machine would send; the words tell a person what to do."""
        data = super().clean() or {}
        if data.get("website_url") or self._too_fast(data.get("shown", "")):
            raise forms.ValidationError(
                _("L'envoi a été arrêté par la protection contre les robots. Attendez deux secondes, puis renvoyez.")
            )
        return data

    def _too_fast(self, shown: str) -> bool:
        signer = signing.TimestampSigner(salt=self.SALT)
        try:
            signer.unsign(shown, max_age=self.MAX_SECONDS)
        except signing.BadSignature:
            return True
        try:
            signer.unsign(shown, max_age=self.MIN_SECONDS)
        except signing.SignatureExpired:
            return False
        return True
