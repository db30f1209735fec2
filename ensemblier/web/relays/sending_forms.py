"""The two forms of sending: what would be asked of whom, then how the person agrees."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.packets import Envelope, Need
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.queries.packets import Prefill, Recipient
from ensemblier.web.forms import HouseForm
from ensemblier.web.relays.forms import choices_of

LATER, NONE = "later", "none"
TYPED = (Category.SITUATION, Category.PROJECT, Category.CONSTRAINTS, Category.HEALTH)
MAX_WORDS = 2000
_KINDS = {
    RelayKind.REFERRAL: _("Vous restez référent. L’autre structure répond à une demande."),
    RelayKind.TRANSFER: _("L’autre structure devient référente au premier rendez-vous tenu, pas avant."),
    RelayKind.PARTNER_REQUEST: _("Un partenaire aide à lever une difficulté."),
    RelayKind.JOINT: _("Vous accompagnez la personne à plusieurs."),
}


class SendForm(HouseForm):
    """To whom, what for, what would be shared. Nothing is ticked beforehand."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    kind = forms.ChoiceField(label=_("Ce que vous demandez"), widget=forms.RadioSelect)
    need = forms.ChoiceField(label=_("Le besoin, sans rien qui nomme la personne"))
    before = forms.DateField(
        label=_("À faire avant le"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    recipient = forms.CharField(label=_("À qui"), max_length=40, widget=forms.HiddenInput, required=False)
    summary = forms.CharField(
        label=_("Où on en est, en quelques phrases"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("La personne relit ce texte avec vous. Il part tel quel."),
    )
    documents = forms.MultipleChoiceField(
        label=_("Documents, un par un"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, known: Prefill, found: Sequence[Recipient] = (), **kwargs: Any) -> None:
        words = {f"words_{category.value}": text for category, text in known.words.items()}
        kwargs["initial"] = {"key": uuid4(), **words, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.known, self.found = known, {str(each.uid): each for each in found}
        for category in TYPED:
            self._add(category)
        self._choices("kind", [(kind.value, gettext(kind.label)) for kind in RelayKind])
        self._choices("need", [("", gettext("choisissez")), *choices_of(Need)])
        self._choices("documents", [(str(uid), name) for uid, name in known.documents])

    def _add(self, category: Category) -> None:
        name = category.value
        label = gettext(category.label)
        self.fields[f"share_{name}"] = forms.BooleanField(
            label=gettext("Partager : %(what)s") % {"what": label}, required=False
        )
        area = forms.Textarea(attrs={"rows": 3, "class": "form-control"})
        words = forms.CharField(
            label=gettext("Ce qui est écrit : %(what)s") % {"what": label},
            required=False,
            max_length=MAX_WORDS,
            widget=area,
        )
        self.fields[f"words_{name}"] = words

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    @property
    def kinds(self) -> list[tuple[str, str, str, bool]]:
        """(value, name, explanation, is chosen) of each kind."""
        chosen = self["kind"].value()
        return [(k.value, gettext(k.label), str(_KINDS[k]), chosen == k.value) for k in RelayKind]

    @property
    def shares(self) -> list[tuple[Any, Any]]:
        """(box, words) of each category that is typed."""
        return [(self[f"share_{category.value}"], self[f"words_{category.value}"]) for category in TYPED]

    def clean(self) -> dict[str, Any]:
        """A recipient shown on the page, and one that may take what is asked; words for each box."""
        data = super().clean() or {}
        chosen = str(data.get("recipient") or "")
        if chosen not in (LATER, NONE) and chosen not in self.found:
            self.add_error("recipient", gettext("Choisissez une des portes, ou dites qu’aucune ne convient."))
        elif chosen in self.found and data.get("kind") == RelayKind.TRANSFER and self.found[chosen].answers_by_link:
            self.add_error(
                "kind", gettext("Cette structure n’a pas de compte ici : elle ne peut pas devenir référente.")
            )
        if not self.known.identity:
            self.add_error(None, gettext("Notez d’abord dans le dossier un nom et un moyen de joindre la personne."))
        for category in TYPED:
            if data.get(f"share_{category.value}") and not str(data.get(f"words_{category.value}", "")).strip():
                self.add_error(f"words_{category.value}", gettext("Écrivez ce qui est partagé, ou décochez."))
        return data

    def words(self) -> dict[Category, str]:
        """What each ticked category says; the identity always goes, and comes from the file."""
        data = self.cleaned_data
        typed = {c: str(data[f"words_{c.value}"]) for c in TYPED if data[f"share_{c.value}"]}
        return {Category.IDENTITY: "", **typed}

    def envelope(self) -> Envelope:
        """What the desk reads first."""
        before = self.cleaned_data["before"]
        return Envelope(
            need=Need(self.cleaned_data["need"]).label,
            place=self.known.place,
            before=f"{before:%d/%m/%Y}" if before else "",
            channel=self.known.channel,
        )

    def documents_chosen(self) -> tuple[UUID, ...]:
        """The documents ticked."""
        return tuple(UUID(uid) for uid in self.cleaned_data["documents"])


class AgreeForm(HouseForm):
    """How the person gives her agreement, once she has read the text."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    key = forms.UUIDField(widget=forms.HiddenInput)
    read = forms.CharField(widget=forms.HiddenInput, max_length=64)
    channel = forms.ChoiceField(
        label=_("Comment donne-t-elle son accord ?"),
        widget=forms.RadioSelect,
        choices=[("own", _("Elle-même")), ("paper", _("Sur papier"))],
    )
    proof = forms.CharField(
        label=_("Où se trouve la page signée"),
        required=False,
        max_length=200,
        help_text=_("Exemple : classeur 3, page 12. Elle est prévenue autrement, et a 48 heures pour dire non."),
    )
    health = forms.BooleanField(
        label=_("Elle accepte expressément de partager ce qui touche à sa santé."), required=False
    )

    def __init__(self, *args: Any, asks_health: bool, can_paper: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.can_paper = can_paper
        if not asks_health:
            del self.fields["health"]

    def clean(self) -> dict[str, Any]:
        """Paper has a place and, for health, its own box."""
        data = super().clean() or {}
        if data.get("channel") == "paper":
            if not self.can_paper:
                self.add_error("channel", gettext("Sur papier, la personne choisit d’abord une structure avec vous."))
            if not str(data.get("proof", "")).strip():
                self.add_error("proof", gettext("Indiquez où se trouve la page signée."))
            if "health" in self.fields and not data.get("health"):
                self.add_error("health", gettext("La santé demande un accord exprès : cochez-le avec elle."))
        return data


def uids_in(values: Iterable[str]) -> list[UUID]:
    """The identifiers in what a form sent; anything else is left out."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found[:60]
