"""Forms of the verbs of the directory: a closed week, an absence, subjects, publics, an ending, a territory served."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.actions.records import ContactContent, OfferContent
from ensemblier.directory.core.states import ContactPreference, Mode
from ensemblier.kernel.period import Period
from ensemblier.web.forms import HouseForm, Lines
from ensemblier.web.places.words import language_choices, need_choices, public_choices

Choices = Sequence[tuple[UUID, str]]


def _day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    look = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=look, help_text=help_text, required=required)


def choose(form: forms.Form, name: str, empty: Any, choices: Choices) -> None:
    """The choices of a field, with its empty one first."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [("", empty), *((str(uid), label) for uid, label in choices)]


class ExceptionForm(HouseForm):
    """Days on which a place does not follow its usual hours."""

    first_day = _day(_("Du"))
    last_day = _day(_("Au, ce jour compris"))
    hours = forms.CharField(
        label=_("Horaires ces jours-là"), required=False, max_length=500,
        help_text=_("Vide : fermé. Exemple : Mo-Fr 09:00-12:00."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Pourquoi"), required=False, max_length=200, help_text=_("Exemple : inventaire."))


class AbsenceForm(HouseForm):
    """An interlocutor is away, and who stands in."""

    first_day = _day(_("Du"))
    last_day = _day(_("Au, ce jour compris"))
    replacement = forms.ChoiceField(label=_("Qui appeler à la place"), required=False)

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "replacement", _("personne n’est désigné"), colleagues)


class ContactListsForm(HouseForm):
    """What an interlocutor deals with, and how she wants to be reached."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    subjects = Lines(
        label=_("Sujets"), required=False, help_text=_("Un par ligne : logement, saisonniers…"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    preference = forms.ChoiceField(
        label=_("Préfère être joint"),
        required=False,
        choices=[("", _("sans préférence connue")), *((p.value, p.label) for p in ContactPreference)],
    )
    site_uid = forms.ChoiceField(label=_("Lieu"), required=False)
    is_published = forms.BooleanField(
        label=_("Montrer à tout le monde"),
        required=False,
        help_text=_("Seulement si la personne l’a demandé. Sinon, seuls les professionnels identifiés la voient."),
    )

    def __init__(self, *args: Any, sites: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "site_uid", _("tous les lieux"), sites)

    def content(self) -> ContactContent:
        """What was chosen."""
        data = self.cleaned_data
        return ContactContent(
            tuple(data["subjects"]),
            ContactPreference(data["preference"]) if data["preference"] else None,
            data["is_published"],
            UUID(data["site_uid"]) if data["site_uid"] else None,
        )


class OfferListsForm(HouseForm):
    """For whom, for what and how an offer works. Codes that the lists do not know are kept."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    modes = forms.MultipleChoiceField(
        label=_("Comment"), choices=[(m.value, m.label) for m in Mode], widget=forms.CheckboxSelectMultiple
    )
    publics = forms.MultipleChoiceField(
        label=_("Pour qui"), required=False, help_text=_("Rien de coché : tout le monde."),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    needs = forms.MultipleChoiceField(
        label=_("Pour quoi"), required=False, widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=_("Plusieurs choix : touche Ctrl (ou Cmd) en cliquant."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(label=_("Langues"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in (
            ("publics", public_choices()),
            ("needs", need_choices()),
            ("languages", language_choices()),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                kept = [code for code in self.initial.get(name, ()) if code not in dict(known)]
                field.choices = [*known, *((code, code.replace("-", " ")) for code in kept)]

    def content(self) -> OfferContent:
        """What was chosen."""
        data = self.cleaned_data
        return OfferContent(
            publics=tuple(data["publics"]), needs=tuple(data["needs"]), modes=tuple(data["modes"]),
            languages=tuple(data["languages"]),
        )  # fmt: skip


class CloseForm(HouseForm):
    """A row that no longer holds."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    last_day = _day(_("Premier jour où la fiche ne vaut plus"), _("Elle reste dans l’historique."))


class ServeForm(HouseForm):
    """Since when, from which place."""

    site_uid = forms.ChoiceField(label=_("Depuis quel lieu"), required=False)
    since = _day(_("Depuis le"), _("Vide : depuis toujours."), required=False)
    until = _day(_("Jusqu’au"), _("Premier jour où ce n’est plus vrai. Vide : sans fin."), required=False)

    def __init__(self, *args: Any, sites: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "site_uid", _("toute la structure"), sites)

    def period(self) -> Period:
        """The dates. Raises BadInput when they are upside down."""
        return Period(self.cleaned_data["since"], self.cleaned_data["until"])


class StrengthForm(HouseForm):
    """What a network does that others do not, and who says so."""

    text = forms.CharField(
        label=_("En une phrase"), max_length=300,
        help_text=_("Un atout, ou une façon de faire qui lui est propre. Exemple : des ateliers collectifs le soir."),
    )  # fmt: skip
    source_name = forms.CharField(
        label=_("D’où cela vient"), max_length=300, help_text=_("Un document, une convention, une rencontre datée.")
    )
    source_url = forms.URLField(label=_("Son adresse"), required=False, max_length=500, assume_scheme="https")
