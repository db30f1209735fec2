"""Forms of the file: the person's own words come first, and nothing has to be filled."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.core.persons import PersonDraft, PreferredContact
from ensemblier.web.files.row_forms import RowForm
from ensemblier.web.places.pages import commune_typed, today

OFF = {"autocomplete": "off"}


class PersonForm(RowForm):
    """Who the person is and how to reach her; all of it may stay empty."""

    given_name = forms.CharField(label=_("Prénom"), max_length=100, required=False, widget=forms.TextInput(attrs=OFF))
    family_name = forms.CharField(label=_("Nom"), max_length=100, required=False, widget=forms.TextInput(attrs=OFF))
    phone = forms.CharField(label=_("Téléphone"), max_length=20, required=False, widget=forms.TextInput(attrs=OFF))
    email = forms.EmailField(label=_("Courriel"), required=False, widget=forms.EmailInput(attrs=OFF))
    preferred_contact = forms.ChoiceField(label=_("Préfère être jointe"), required=False)
    availability = forms.CharField(
        label=_("Quand"),
        max_length=200,
        required=False,
        help_text=_("Exemple : le soir après 18 h."),
        widget=forms.TextInput(attrs=OFF),
    )
    commune = forms.CharField(
        label=_("Commune où elle habite"),
        max_length=120,
        required=False,
        help_text=_("Un nom ou un code postal."),
        widget=forms.TextInput(attrs=OFF),
    )
    born = forms.DateField(
        label=_("Date de naissance"),
        required=False,
        help_text=_("Utile aux seules règles qui dépendent de l’âge."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        preferred = self.fields["preferred_contact"]
        if isinstance(preferred, forms.ChoiceField):
            preferred.choices = [("", _("sans préférence dite"))] + [(p.value, _(p.label)) for p in PreferredContact]
        self.commune_code: str | None = None

    def _clean_name(self, field: str) -> str:
        text = str(self.cleaned_data[field]).strip()
        if any(letter.isdigit() for letter in text):
            raise forms.ValidationError(_("Un nom ne contient pas de chiffre. Aucun numéro de sécurité sociale ici."))
        return text

    def clean_given_name(self) -> str:
        """A first name, without digits."""
        return self._clean_name("given_name")

    def clean_family_name(self) -> str:
        """A family name, without digits."""
        return self._clean_name("family_name")

    def clean_born(self) -> Any:
        """Nobody is born tomorrow."""
        born = self.cleaned_data["born"]
        if born and not 1900 <= born.year <= today().year:
            raise forms.ValidationError(_("Vérifiez l’année de naissance."))
        return born

    def clean_commune(self) -> str:
        """The commune understood; its code stays beside the text."""
        text = str(self.cleaned_data["commune"]).strip()
        found = commune_typed(text, on=today())
        if text and found is None:
            raise forms.ValidationError(_("Aucune commune ne ressemble à ce texte. Essayez le code postal."))
        self.commune_code = found.code if found else None
        return text

    def draft(self) -> PersonDraft:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return PersonDraft(
            given_name=data["given_name"],
            family_name=data["family_name"],
            phone=data["phone"],
            email=data["email"],
            preferred_contact=data["preferred_contact"],
            availability=data["availability"],
            commune_id=self.commune_code,
            born=data["born"],
        )


class OpenFileForm(PersonForm):
    """A new file: what the person says, before any code."""

    request = forms.CharField(
        label=_("Sa demande, avec ses mots"),
        required=False,
        help_text=_("Écrivez comme elle le dit. Pas de code, pas de case : cela vient après."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
    )
    field_order = ("request",)
