"""Forms of the pages of the animation: one for each kind of page, one for each kind of row."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ensemblier.animation.core.heads import HeadKind, RowKind
from ensemblier.animation.core.kinds import (
    ActionKind,
    Axis,
    CellKind,
    GroupRole,
    MeansKind,
    Precision,
    Progress,
    TimelineKind,
)
from ensemblier.animation.core.seasonal import SEASONAL, SENTENCE
from ensemblier.web.forms import HouseForm, Lines

Choices = Sequence[tuple[Any, str]]


def one_of(enum: type[StrEnum], label: Any, **fields: Any) -> forms.TypedChoiceField:
    """A choice among the members of a closed list, kept as its value."""

    def choices() -> list[tuple[str, str]]:
        return [(member.value, gettext(str(getattr(member, "label", member.value))).capitalize()) for member in enum]

    return forms.TypedChoiceField(label=label, choices=choices, **fields)


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, with the calendar of the browser."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def line(label: Any, *, required: bool = True, help_text: Any = "", size: int = 200) -> forms.CharField:
    """One line of text."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=required, help_text=help_text, max_length=size, widget=widget)


def area(label: Any, *, required: bool = True, help_text: Any = "", size: int = 4000, rows: int = 4) -> forms.CharField:
    """A text of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, help_text=help_text, max_length=size, widget=widget)


def address(label: Any) -> forms.URLField:
    """An address on the web."""
    example = _("Exemple : https://www.exemple.fr")
    return forms.URLField(label=label, required=False, max_length=500, assume_scheme="https", help_text=example)


def chosen(label: Any, *, required: bool = True, help_text: Any = "") -> forms.TypedChoiceField:
    """A row chosen by its public key; its choices come from the page."""
    return forms.TypedChoiceField(label=label, coerce=UUID, empty_value=None, required=required, help_text=help_text)


class WritingForm(HouseForm):
    """What every form sends back: the version that was read, and the key of this click. `choices`: for some fields."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, choices: dict[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (choices or {}).items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                empty = (
                    [] if field.required or isinstance(field, forms.MultipleChoiceField) else [("", _("aucun choix"))]
                )
                field.choices = [*empty, *((str(value), words) for value, words in found)]

    def values(self) -> dict[str, Any]:
        """What was typed, by column. Call it on a valid form only."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "key")}


SINCE, UNTIL = _("Depuis le"), _("Jusqu’au")
EMPTY = _("Vide si on ne sait pas.")


class CellForm(WritingForm):
    """A cell, a local service, a guichet."""

    name = line(_("Son nom"))
    kind = one_of(CellKind, _("C’est"))
    mission = area(_("Sa mission"), help_text=_("Ce qu’elle fait, pour qui, avec qui. Tout le monde lit ce texte."))
    started_on = day(_("Ouverte le"), help_text=EMPTY)
    ended_on = day(_("Arrêtée le"))


class ProblemForm(WritingForm):
    """A shared problem."""

    name = line(_("Le problème, en une phrase"), size=300)
    public = line(_("Qui il touche"), size=300)
    started_on = day(_("Depuis le"), help_text=_("Vide si on ne sait pas. Les dates du modèle partent de ce jour."))
    ended_on = day(_("Terminé le"))


class GroupForm(WritingForm):
    """A working group."""

    name = line(_("Son nom"))
    mandate = area(_("Son mandat"), help_text=_("Ce qu’on lui demande, et ce qu’il doit produire."))
    started_on = day(_("Début"), help_text=EMPTY)
    ended_on = day(_("Fin du mandat"))


class PartnershipForm(WritingForm):
    """A convention."""

    name = line(_("Intitulé"))
    axes = forms.MultipleChoiceField(
        label=_("Ses axes"), widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(axis.value, gettext(axis.label).capitalize()) for axis in Axis],
    )  # fmt: skip
    started_on = day(_("Début"), help_text=EMPTY)
    ended_on = day(_("Fin"))
    review_on = day(_("À relire ensemble le"))
    url = address(_("Adresse du texte signé"))
    agreement = chosen(_("Accord d’aiguillage lié"), required=False)


class ExperimentForm(WritingForm):
    """An experiment."""

    name = line(_("Son nom"))
    question = area(_("La question posée"), size=2000, rows=3)
    started_on = day(_("Début"), help_text=EMPTY)
    ended_on = day(_("Fin"))
    evaluation = area(_("Ce qu’on en a appris"), required=False, size=10000)


class CourseForm(WritingForm):
    """A line of the professionalisation catalogue."""

    name = line(_("Intitulé"))
    provider = line(_("Qui la propose"), help_text=_("Exemple : le Carif-Oref."))
    summary = area(_("Ce qu’on y apprend"), required=False)
    hours = forms.IntegerField(label=_("Durée, en heures"), required=False, min_value=1, max_value=999)
    url = address(_("Adresse de la fiche"))


class TurnForm(WritingForm):
    """A turn of the timeline."""

    name = line(_("Ce qui s’est passé"), size=300)
    kind = one_of(TimelineKind, _("C’est"))
    happened_on = day(_("Quand"), required=True)
    precision = one_of(Precision, _("Cette date est connue"), initial=Precision.DAY.value)
    source = line(_("D’où on le sait"), size=300, help_text=_("Deux sources qui se contredisent font deux repères."))
    url = address(_("Adresse de la source"))


class DeciderForm(WritingForm):
    """Who decides what here."""

    subject = line(_("Sujet"), help_text=_("Exemple : le financement des formations courtes des salariés."))
    organisation = chosen(_("Structure de l’annuaire qui décide"), required=False)
    decider = line(_("Ou son nom, si elle n’y est pas"), required=False)
    words = line(_("Comment la saisir"), required=False, size=500)
    source = line(_("Source"), required=False, size=300)

    def clean(self) -> dict[str, Any]:
        """Somebody decides."""
        data = super().clean() or {}
        if not data.get("organisation") and not data.get("decider"):
            self.add_error("decider", _("Choisissez une structure, ou écrivez qui décide."))
        return data


class CircleForm(WritingForm):
    """A circle of partners."""

    name = line(_("Son nom"), help_text=_("Exemple : partenaires du logement. Il figure au bas de chaque lettre."))


HEAD_FORMS: dict[HeadKind, type[WritingForm]] = {
    HeadKind.CELL: CellForm,
    HeadKind.PROBLEM: ProblemForm,
    HeadKind.GROUP: GroupForm,
    HeadKind.PARTNERSHIP: PartnershipForm,
    HeadKind.EXPERIMENT: ExperimentForm,
    HeadKind.COURSE: CourseForm,
    HeadKind.TURN: TurnForm,
    HeadKind.DECIDER: DeciderForm,
    HeadKind.CIRCLE: CircleForm,
}


def with_ground(kind: HeadKind, form: WritingForm, cells: Choices) -> WritingForm:
    """The form of a new page asks besides where it holds: a cell, more communes; and whether the template fills it."""
    if kind is HeadKind.CELL:
        label = _("Communes en plus de ce territoire (facultatif)")
        hint = _("Une par ligne. Le périmètre de la cellule est le sien, à côté de ceux des opérateurs.")
        widget = forms.Textarea(attrs={"rows": 3, "class": "form-control"})
        form.fields["more"] = Lines(label=label, required=False, help_text=hint, widget=widget)
    elif cells and kind not in (HeadKind.TURN, HeadKind.DECIDER):
        form.fields["cell"] = chosen(_("Dans le cadre de la cellule (facultatif)"), required=False)
        form.fields["cell"].widget.attrs["class"] = "form-select"
        choices = [("", _("sans cellule")), *((str(uid), name) for uid, name in cells)]
        form.fields["cell"].choices = choices  # type: ignore[attr-defined]
    if kind is HeadKind.PROBLEM:
        words = gettext("Partir du modèle : %(name)s") % {"name": gettext(SENTENCE)}
        hint = _("Cinq actions, leurs rôles et leurs dates sont écrits d’avance : vous les changez ensuite.")
        form.fields["template"] = forms.BooleanField(label=words, required=False, help_text=hint)
    return form


def template_of(data: dict[str, Any]) -> str:
    """The template that was asked for, "" for none."""
    return SEASONAL if data.pop("template", False) else ""


class MemberForm(WritingForm):
    """An organisation that carries, takes part, or is party."""

    organisation = chosen(_("Structure"))
    since = day(SINCE, help_text=EMPTY)
    until = day(UNTIL, help_text=_("Vide si c’est encore le cas."))


class ParticipantForm(MemberForm):
    """An organisation in a group."""

    role = one_of(GroupRole, _("Elle"), initial=GroupRole.MEMBER.value)


class PartnerForm(MemberForm):
    """An organisation that acts on a problem."""

    part = line(_("Sa part"), required=False)
    is_pilot = forms.BooleanField(label=_("Elle pilote"), required=False)


class MeansForm(MemberForm):
    """Means."""

    kind = one_of(MeansKind, _("Elle apporte"))
    words = line(_("En clair"), size=300, help_text=_("Exemple : un mi-temps de coordination."))


class FundingForm(WritingForm):
    """A funding."""

    funder = line(_("Qui finance"))
    euros = forms.IntegerField(label=_("Montant, en euros"), required=False, min_value=0, max_value=2_000_000_000)
    since = day(SINCE, help_text=EMPTY)
    until = day(UNTIL, help_text=_("Six mois avant, la page le rappelle."))
    would_stop = area(_("Ce qui s’arrêterait sans lui"), required=False, size=1000, rows=2)


class ActionForm(WritingForm):
    """An action on a problem."""

    kind = one_of(ActionKind, _("C’est"))
    words = line(_("En clair"), size=300)
    organisation = chosen(_("Qui la mène"), required=False)
    role = line(_("Ou quel rôle"), required=False)
    since = day(SINCE, help_text=EMPTY)
    until = day(UNTIL)
    progress = one_of(Progress, _("Où on en est"), initial=Progress.PLANNED.value)


class IndicatorForm(WritingForm):
    """What the members count."""

    label = line(_("Ce que vous comptez"))
    unit = line(_("En quoi"), required=False, size=60, help_text=_("Exemple : personnes."))
    how = line(_("Comment"), required=False, size=500)


class YearForm(WritingForm):
    """A result of a year."""

    indicator = chosen(_("Indicateur"))
    year = forms.IntegerField(label=_("Année"), min_value=1990, max_value=2100)
    value = forms.DecimalField(
        label=_("Résultat"), required=False, max_digits=12, decimal_places=2, localize=True, help_text=EMPTY
    )
    words = line(_("En mots"), required=False, size=500)
    source = line(_("Source"), required=False, size=300)


class MinutesForm(WritingForm):
    """A meeting: its agenda, then what was said."""

    held_on = day(_("Réunion du"), required=True)
    agenda = area(_("Ordre du jour"), required=False)
    words = area(_("Compte rendu"), required=False, size=20000, rows=10, help_text=_("Texte simple, à écrire après."))


class DecisionForm(WritingForm):
    """A decision."""

    decided_on = day(_("Le"), required=True)
    words = line(_("Décision, en une phrase"), size=500)


class DeliverableForm(WritingForm):
    """A deliverable."""

    name = line(_("Ce que le groupe a produit"))
    url = address(_("Où le trouver"))
    delivered_on = day(_("Le"))


class CommitmentForm(WritingForm):
    """A commitment."""

    organisation = chosen(_("Qui s’engage"))
    words = line(_("À quoi"), size=500)
    due_on = day(_("Pour le"), required=True, help_text=_("Une semaine avant, elle seule reçoit un rappel."))


ROW_FORMS: dict[RowKind, type[WritingForm]] = {
    RowKind.CARRIER: MemberForm,
    RowKind.MEMBER: MemberForm,
    RowKind.PARTY: MemberForm,
    RowKind.PARTICIPANT: ParticipantForm,
    RowKind.PARTNER: PartnerForm,
    RowKind.MEANS: MeansForm,
    RowKind.FUNDING: FundingForm,
    RowKind.ACTION: ActionForm,
    RowKind.INDICATOR: IndicatorForm,
    RowKind.YEAR: YearForm,
    RowKind.MINUTES: MinutesForm,
    RowKind.DECISION: DecisionForm,
    RowKind.DELIVERABLE: DeliverableForm,
    RowKind.COMMITMENT: CommitmentForm,
}


class MoveForm(WritingForm):
    """How far a commitment went."""

    progress = one_of(Progress, _("Où vous en êtes"))
    outcome = area(_("En une phrase"), required=False, size=500, rows=2, help_text=_("Le groupe la lira."))
