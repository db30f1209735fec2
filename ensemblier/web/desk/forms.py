"""The phone desk types numbers: one for each situation, one for each door, and Enter. No mouse is ever needed."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.routing.core.facts import PersonFacts, Quality, Status
from ensemblier.web.forms import HouseForm
from ensemblier.web.public import choices
from ensemblier.web.public.forms import CommuneForm

KEYS = "1234567890"
SITUATIONS = tuple(zip(KEYS, choices.SITUATIONS, strict=False))
"""(key, choice): what the caller says, typed as one or several figures."""
CALL_BACK = "0"


class CallForm(HouseForm, CommuneForm):
    """The first screen: where, what situation, and a few words if they help."""

    situation = forms.CharField(required=False, max_length=10, label=gettext_lazy("Situation"))
    mots = forms.CharField(required=False, max_length=200, label=gettext_lazy("Demande, sans nom"))
    field_order: tuple[str, ...] = ("commune", "situation", "mots")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"].label = _("Commune")
        self.fields["commune"].widget.attrs |= {"autofocus": True, "autocomplete": "off"}
        self.fields["situation"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
        for name in ("commune_code", "commune_for"):
            self.fields[name].widget = forms.HiddenInput()

    def clean_situation(self) -> str:
        """The figures typed, each once."""
        typed = self.cleaned_data["situation"].replace(" ", "")
        if not set(typed) <= set(KEYS):
            raise forms.ValidationError(
                _("Tapez les chiffres des situations, par exemple 1 ou 13 ; rien si on ne sait pas.")
            )
        return "".join(dict.fromkeys(typed))

    def statuses(self) -> frozenset[Status]:
        """The situations that are statuses."""
        return frozenset(Status(value) for value in self._values() if value in set(Status))

    def facts(self) -> PersonFacts:
        """What the orientation knows; nothing typed is "not known", never a "no"."""
        place = self.found
        qualities: dict[Quality, bool | None] = dict.fromkeys(Quality)
        if Quality.SEASONAL in self._values():
            qualities[Quality.SEASONAL] = True
        return PersonFacts(
            statuses=self.statuses() or None,
            qualities=qualities,
            region_code=place.region_code if place else None,
            departement_code=place.departement_code if place else None,
        )

    def _values(self) -> list[str]:
        by_key = dict(SITUATIONS)
        return [by_key[key].value for key in self.cleaned_data.get("situation", "")]


class KeepForm(CallForm):
    """The second screen, with the first repeated: a door by its figure, and the number to call back."""

    porte = forms.CharField(required=False, max_length=2, label=gettext_lazy("Porte"))
    telephone = forms.CharField(required=False, max_length=20, label=gettext_lazy("Numéro à rappeler"))
    cle = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order: tuple[str, ...] = ("porte", "telephone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("commune", "situation", "mots"):
            self.fields[name].widget = forms.HiddenInput()
        self.fields["porte"].widget.attrs |= {"autofocus": True, "inputmode": "numeric", "autocomplete": "off"}
        self.fields["telephone"].widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}

    @property
    def key(self) -> UUID:
        """The same for each repetition of one click."""
        return self.cleaned_data.get("cle") or uuid4()
