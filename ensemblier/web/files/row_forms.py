"""Forms of the rows of a file: one subject each, as few fields as the subject has."""

from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.core.needs import NeedDraft, NeedState, NeedTheme
from ensemblier.journey.core.notes import NoteDraft, NoteKind
from ensemblier.journey.core.skills import ProjectDraft, ProjectState, SkillDraft, SkillOrigin
from ensemblier.journey.core.statuses import StatusDraft
from ensemblier.journey.queries.titles import titles_like
from ensemblier.routing.core.facts import Quality, Status
from ensemblier.web.forms import HouseForm
from ensemblier.web.places.pages import today

OFF = {"autocomplete": "off"}


def one_of(enum: type[StrEnum], label: Any, *, empty: Any = None, **fields: Any) -> forms.TypedChoiceField:
    """A choice among the members of a closed list. `empty`: the words of "nothing chosen"; None: one is needed."""

    def choices() -> list[tuple[str, str]]:
        members = [(member.value, gettext(str(getattr(member, "label", member.value)))) for member in enum]
        return [("", str(empty))] * (empty is not None) + members

    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=enum, empty_value=None, required=empty is None, **fields
    )


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, with the calendar of the browser."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def area(label: Any, *, rows: int = 3, help_text: Any = "", required: bool = False) -> forms.CharField:
    """A text of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=5000, help_text=help_text, required=required)


class RowForm(HouseForm):
    """What every form of a row sends back: the version that was read, and the key of this click."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)


class StatusForm(RowForm):
    """A situation on a period."""

    status = one_of(Status, _("Situation"))
    words = forms.CharField(
        label=_("Précision"),
        max_length=200,
        required=False,
        help_text=_("Exemple : remontées mécaniques, temps partiel."),
        widget=forms.TextInput(attrs=OFF),
    )
    first_day = day(_("Depuis le"), help_text=_("Vide si on ne sait pas."))
    last_day = day(_("Jusqu’au (ce jour compris)"), help_text=_("Vide si elle dure encore."))

    def draft(self) -> StatusDraft:
        """What was typed. Raises BadInput (the end before the beginning)."""
        data = self.cleaned_data
        return StatusDraft(data["status"], data["first_day"], data["last_day"], data["words"])


class NeedForm(RowForm):
    """A need or an obstacle."""

    theme = one_of(NeedTheme, _("De quoi s’agit-il ?"))
    words = area(_("Avec ses mots"))
    is_obstacle = forms.BooleanField(label=_("Cela freine son projet"), required=False)
    state = one_of(NeedState, _("Où on en est"), initial=NeedState.OPEN.value)

    def draft(self) -> NeedDraft:
        """What was typed."""
        data = self.cleaned_data
        return NeedDraft(data["theme"], data["words"], data["is_obstacle"], data["state"])


class TradeForm(RowForm):
    """Words first; a title of the register of trades beside them when one fits."""

    rome = forms.CharField(
        label=_("Métier du répertoire national (ROME)"),
        max_length=120,
        required=False,
        help_text=_("Un code ou le début d’un intitulé. Le texte libre suffit toujours."),
        widget=forms.TextInput(attrs=OFF),
    )

    def clean_rome(self) -> str:
        """The code understood, "" for none. Several titles: the page says which."""
        text = str(self.cleaned_data["rome"]).strip()
        if not text:
            return ""
        found = titles_like(text.partition(" ")[0] if text[1:5].isdigit() else text)
        same = [hit for hit in found if text.casefold() in {hit.title.casefold(), hit.code.casefold()}]
        if len(same or found) == 1:
            return (same or found)[0].code
        if not found:
            raise forms.ValidationError(
                _("Aucun intitulé ne ressemble à ce texte : laissez vide, le texte libre suffit.")
            )
        names = " ; ".join(f"{hit.code} {hit.title}" for hit in found)
        raise forms.ValidationError(_("Plusieurs intitulés répondent : écrivez le code. %(names)s") % {"names": names})


class SkillForm(TradeForm):
    """Something the person can do."""

    words = forms.CharField(label=_("Ce qu’elle sait faire"), max_length=300, widget=forms.TextInput(attrs=OFF))
    origin = one_of(SkillOrigin, _("Appris"), empty=_("non précisé"))
    field_order = ("words", "origin", "rome")

    def draft(self) -> SkillDraft:
        """What was typed."""
        data = self.cleaned_data
        return SkillDraft(data["words"], data["rome"], data["origin"])


class KnownSkillForm(SkillForm):
    """A skill already noted: it may be taken away."""

    is_removed = forms.BooleanField(label=_("Retirer cette compétence"), required=False)


class ProjectForm(TradeForm):
    """Where the person wants to go."""

    words = forms.CharField(label=_("Son projet, avec ses mots"), max_length=300, widget=forms.TextInput(attrs=OFF))
    state = one_of(ProjectState, _("Où on en est"), initial=ProjectState.IDEA.value)
    field_order = ("words", "state", "rome")

    def draft(self) -> ProjectDraft:
        """What was typed."""
        data = self.cleaned_data
        return ProjectDraft(data["words"], data["rome"], data["state"])


class NoteForm(RowForm):
    """What was said in an interview, and for whom it is written."""

    held_on = day(_("Entretien du"), required=True)
    body = area(_("Note"), rows=8, required=True)
    kind = one_of(
        NoteKind,
        _("Qui la lit ?"),
        widget=forms.RadioSelect,
        initial=NoteKind.SHARED.value,
        help_text=_(
            "Partagée : la personne la lit dans son espace. Équipe : vos collègues à qui le dossier est ouvert. "
            "Pour moi : chiffrée ; la personne peut demander à la lire (article 15 du RGPD)."
        ),
    )

    def clean_held_on(self) -> Any:
        """An interview was held, it is not to come."""
        held = self.cleaned_data["held_on"]
        if held > today():
            raise forms.ValidationError(_("Cet entretien est à venir : prenez plutôt un rendez-vous."))
        return held

    def draft(self) -> NoteDraft:
        """What was typed."""
        data = self.cleaned_data
        return NoteDraft(data["kind"], data["body"], data["held_on"])


class RequestForm(RowForm):
    """The person's own words."""

    words = area(_("Sa demande, avec ses mots"), rows=5)


class QualitiesForm(RowForm):
    """What she said of herself: yes, no, or not asked. Nothing is guessed."""

    ANSWERS = (("", _("pas demandé")), ("1", _("oui")), ("0", _("non")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for quality in Quality:
            label = gettext(quality.label)
            self.fields[quality.value] = forms.ChoiceField(
                label=label[:1].upper() + label[1:],
                choices=self.ANSWERS,
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def said(self) -> dict[Quality, bool | None]:
        """Quality → yes, no, None (not asked)."""
        answers = {"": None, "1": True, "0": False}
        return {quality: answers[self.cleaned_data[quality.value]] for quality in Quality}
