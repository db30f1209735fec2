"""Forms of the plan: few fields, in the words of who writes."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.actions.plan import StepDraft, Where
from ensemblier.journey.core.plan import MAX_TITLE, Doer, StepKind, StepState
from ensemblier.web.forms import HouseForm

OFF = {"autocomplete": "off"}
Choices = Iterable[tuple[str, Any]]


def day_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    """A day, typed or picked."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


def text_field(label: Any, help_text: Any = "", *, most: int = 200, required: bool = False) -> forms.CharField:
    """A short text that no browser remembers."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=most, required=required, widget=forms.TextInput(attrs=OFF)
    )


def long_field(label: Any, help_text: Any = "", *, rows: int = 3, most: int = 4000) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=most, required=False, widget=forms.Textarea(attrs={"rows": rows})
    )


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    """Fill the choices of a field."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


class RowForm(HouseForm):
    """A form on one row: the version it was read at, and the key that makes two clicks one."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @property
    def read_at(self) -> int:
        """The version that was read."""
        return int(self.cleaned_data["version"] or 0)


class StepForm(RowForm):
    """A step: what, who, by when, after which other."""

    title = text_field(
        _("Quoi"), _("Avec vos mots. Exemple : visiter l’atelier de soudure."), most=MAX_TITLE, required=True
    )
    kind = forms.ChoiceField(label=_("C’est plutôt…"))
    doer = forms.ChoiceField(label=_("Qui s’en charge"))
    partner = text_field(_("Nom du partenaire"), _("Seulement si un partenaire s’en charge."))
    due_on = day_field(_("Pour quand"))
    after = forms.ChoiceField(label=_("Après quelle étape"), required=False)
    detail = long_field(_("Précisions"))

    def __init__(self, *args: Any, doers: dict[str, str], others: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = StepKind.OTHER
        kinds = [first, *(kind for kind in StepKind if kind is not first)]
        choose(self, "kind", [(kind.value, _(kind.label)) for kind in kinds])
        choose(self, "doer", doers.items())
        choose(self, "after", [("", _("aucune, elle peut commencer")), *others])

    def draft(self) -> StepDraft:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return StepDraft(
            title=data["title"],
            kind=StepKind(data["kind"]),
            detail=data["detail"],
            doer=Doer(data["doer"]),
            partner=data["partner"],
            due_on=data["due_on"],
            after=UUID(data["after"]) if data["after"] else None,
        )


class WhereForm(RowForm):
    """Where a step is."""

    state = forms.ChoiceField(label=_("Où on en est"))
    word = text_field(
        _("Pourquoi, en un mot"), _("Seulement si vous l’abandonnez. L’étape reste dans l’historique."), most=300
    )
    done_on = day_field(_("Faite le"), _("Vide : aujourd’hui."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "state", [(state.value, _(state.label)) for state in StepState])

    def where(self) -> Where:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return Where(StepState(data["state"]), data["word"], data["done_on"])


class SignForm(HouseForm):
    """A name under a text. `proof`: where the paper that the person signed is kept (advisers only)."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    name = text_field(_("Votre nom"), required=True)
    proof = text_field(_("Où est le papier signé"))
