"""Forms that anybody may fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ensemblier.web.forms import Trap

CORRECTABLE = {
    "organisation": {
        "name": _("le nom"),
        "phone": _("le téléphone"),
        "email": _("le courriel"),
        "website": _("le site internet"),
        "description": _("la présentation"),
    },
    "site": {
        "name": _("le nom"),
        "address": _("l'adresse"),
        "postcode": _("le code postal"),
        "phone": _("le téléphone"),
        "email": _("le courriel"),
        "website": _("le site internet"),
        "hours_note": _("les horaires"),
        "accessibility": _("l'accessibilité"),
    },
}
"""Fields that a correction may name, by kind of row; "" is a free message."""


class SuggestionForm(Trap):
    """A correction: which field, what it should say, and who says so (both optional)."""

    field = forms.ChoiceField(label=_("Ce qui n'est pas juste"), required=False)
    proposed_value = forms.CharField(label=_("Ce qu'il faudrait écrire"), max_length=1000, required=False)
    message = forms.CharField(
        label=_("Votre message"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("N'écrivez ici le nom ou la situation d'aucune personne."),
    )
    author_label = forms.CharField(label=_("Votre nom ou votre structure"), max_length=200, required=False)
    author_email = forms.EmailField(label=_("Votre courriel, pour la réponse"), required=False)

    def __init__(self, *args: object, kind: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"] = forms.ChoiceField(
            label=self.fields["field"].label,
            required=False,
            choices=[("", _("autre chose")), *CORRECTABLE[kind].items()],
            widget=self.fields["field"].widget,
        )
        self.fields["author_email"].widget.attrs["autocomplete"] = "email"

    def clean(self) -> dict[str, object]:
        """A correction says something."""
        data = super().clean()
        if not self.errors and not data.get("proposed_value") and not data.get("message"):
            self.add_error("message", _("Dites ce qui n'est pas juste, en quelques mots."))
        if not self.errors and data.get("field") and not data.get("proposed_value"):
            self.add_error("proposed_value", _("Écrivez la bonne valeur, ou choisissez « autre chose »."))
        return data
