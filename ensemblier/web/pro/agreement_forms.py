"""Forms of the agreements: what is decided together, when it is read again, when it stops."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.core.operators import Operator
from ensemblier.routing.actions.agreements import AgreementDraft, ShareLine
from ensemblier.routing.core.shares import SHARED_PUBLICS
from ensemblier.routing.core.states import ShareKind
from ensemblier.web.forms import HouseForm

LINES = 3
KINDS = (
    (ShareKind.POSSIBLE.value, _("peut aussi recevoir ce public")),
    (ShareKind.DESIGNATED.value, _("prend ce public en charge")),
)


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    look = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=look, required=required, help_text=help_text)


class AgreementForm(HouseForm):
    """An agreement: its parties, one to three decisions, its dates."""

    title = forms.CharField(
        label=_("Intitulé"), max_length=200, help_text=_("Exemple : Accueil des saisonniers du Guillestrois.")
    )
    parties = forms.MultipleChoiceField(
        label=_("Structures qui vont signer"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Deux au moins. L’accord s’applique quand toutes ont signé."),
    )
    valid_from = _day(_("À partir du"))
    valid_to = _day(
        _("Jusqu’au"), required=False, help_text=_("Premier jour où l’accord ne vaut plus. Vide : sans fin.")
    )
    review_on = _day(_("À relire ensemble le"))
    source_url = forms.CharField(
        label=_("Adresse du texte signé"),
        max_length=500,
        required=False,
        help_text=_("Exemple : https://www.exemple.fr"),
    )

    def __init__(self, *args: Any, parties: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["parties"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [(str(uid), name) for uid, name in parties]
        for number in range(1, LINES + 1):
            self.fields |= _line_fields(number)
        decisions = [name for number in range(1, LINES + 1) for name in _line_fields(number)]
        self.order_fields(["title", "parties", *decisions, "valid_from", "valid_to", "review_on", "source_url"])

    def clean(self) -> dict[str, Any]:
        """A line that was begun is finished."""
        data = super().clean() or {}
        for number in range(2, LINES + 1):
            names = (f"public_{number}", f"operator_{number}", f"reason_{number}")
            typed = [name for name in names if data.get(name)]
            if typed and len(typed) < len(names):
                for name in set(names) - set(typed):
                    self.add_error(name, _("Cette décision est commencée : complétez-la, ou videz-la."))
        return data

    def draft(self) -> AgreementDraft:
        """What is to be written. Call it on a valid form only."""
        data = self.cleaned_data
        lines = [_line(data, number) for number in range(1, LINES + 1) if data.get(f"public_{number}")]
        return AgreementDraft(
            title=data["title"],
            perimeter_uid=None,
            parties=[UUID(uid) for uid in data["parties"]],
            shares=lines,
            review_on=data["review_on"],
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            source_url=data["source_url"],
        )


def _line_fields(number: int) -> dict[str, forms.Field]:
    required = number == 1
    of = {1: _("1re décision"), 2: _("2e décision (facultatif)"), 3: _("3e décision (facultatif)")}[number]
    empty = [] if required else [("", _("aucun"))]
    publics = [(public.key, public.label) for public in SHARED_PUBLICS.values()]
    operators = sorted(((o.value, o.label) for o in Operator), key=lambda choice: choice[1].casefold())
    select = {"class": "form-select"}

    def chosen(label: Any, choices: Sequence[tuple[str, Any]], required: bool) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=_("%(of)s : %(what)s") % {"of": of, "what": label}, choices=choices, required=required,
            widget=forms.Select(attrs=select),
        )  # fmt: skip

    return {
        f"public_{number}": chosen(_("le public"), [*empty, *publics], required),
        f"operator_{number}": chosen(_("l’opérateur"), [*empty, *operators], required),
        f"kind_{number}": chosen(_("ce qu’il fait"), KINDS, False),
        f"reason_{number}": forms.CharField(
            label=_("%(of)s : %(what)s") % {"of": of, "what": _("pourquoi, en une phrase")},
            max_length=400, required=required, widget=forms.TextInput(attrs={"class": "form-control"}),
        ),
    }  # fmt: skip


def _line(data: Mapping[str, Any], number: int) -> ShareLine:
    public = SHARED_PUBLICS[data[f"public_{number}"]]
    return ShareLine(
        public=public.condition,
        public_label=public.label,
        kind=ShareKind(data.get(f"kind_{number}") or ShareKind.POSSIBLE.value),
        reason=data[f"reason_{number}"].strip().rstrip("."),
        operator=data[f"operator_{number}"],
    )


def dates_of(on: date) -> dict[str, date]:
    """Dates shown at first: from today, read again in a year."""
    return {"valid_from": on, "review_on": on + timedelta(days=365)}


class ReviewForm(HouseForm):
    """The agreement was read again together, and is right."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    next_review_on = _day(_("À relire de nouveau le"))


class EndForm(HouseForm):
    """The agreement stops."""

    last_day = _day(
        _("Premier jour où l’accord ne vaut plus"),
        help_text=_("Ce qui a été répondu avant ce jour reste tel quel."),
    )
