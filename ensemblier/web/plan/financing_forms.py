"""Forms of a financing. Amounts are typed in euros; an empty one is not known, never zero."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.actions.financing import CostDraft, FundingDraft, TrainingDraft
from ensemblier.journey.core.financing import MAX_CENTS, CostKind, Funder, Funding, FundingState
from ensemblier.journey.queries.financing import CostView, FundingView, TrainingView
from ensemblier.web.plan.forms import Choices, RowForm, choose, day_field, text_field

_AMOUNT = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?")


class Euros(forms.CharField):
    """ "1 200", "12,50" → cents; empty → None."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, max_length=20, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Cents as they are typed."""
        return typed_euros(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Whole cents, or None."""
        text = re.sub(r"[\s €]", "", str(super().clean(value) or ""))
        if not text:
            return None
        found = _AMOUNT.fullmatch(text)
        cents = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else MAX_CENTS + 1
        if cents > MAX_CENTS:
            raise forms.ValidationError(_now("Écrivez un montant en euros, par exemple 1 200 ou 12,50."))
        return cents


def typed_euros(cents: int) -> str:
    """ "1200", "12,50"."""
    return f"{cents // 100},{cents % 100:02d}" if cents % 100 else str(cents // 100)


class TrainingForm(RowForm):
    """A training: what, where, when, how long."""

    title = text_field(_("Quelle formation"), required=True)
    provider = text_field(_("Organisme"))
    starts_on = day_field(_("Commence le"), _("Vide : la date n’est pas connue."))
    weeks = forms.IntegerField(
        label=_("Durée en semaines"),
        required=False,
        min_value=1,
        max_value=200,
        help_text=_("Elle sert à chercher un créneau dans l’année."),
    )
    step = forms.ChoiceField(label=_("Étape du plan"), required=False)
    is_given_up = forms.BooleanField(label=_("Cette formation est abandonnée"), required=False)

    def __init__(self, *args: Any, steps: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "step", [("", _now("aucune")), *steps])
        if not self.initial.get("title") or "key" in self.initial:
            del self.fields["is_given_up"]

    @staticmethod
    def values(row: TrainingView) -> dict[str, object]:
        """What the row says."""
        return {
            "version": row.version,
            "title": row.title,
            "provider": row.provider,
            "starts_on": row.starts_on,
            "weeks": row.weeks,
            "step": str(row.step or ""),
            "is_given_up": row.is_given_up,
        }

    def draft(self) -> TrainingDraft:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        step = UUID(data["step"]) if data["step"] else None
        given_up = bool(data.get("is_given_up"))
        return TrainingDraft(data["title"], data["provider"], data["starts_on"], data["weeks"], step, given_up)


class CostForm(RowForm):
    """An expense."""

    kind = forms.ChoiceField(label=_("Quelle dépense"))
    amount = Euros(label=_("Montant en euros"), help_text=_("Vide : il n’est pas encore connu."))
    label = text_field(_("Précision"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", [(kind.value, _now(kind.label)) for kind in CostKind])

    @staticmethod
    def values(row: CostView) -> dict[str, object]:
        """What the row says."""
        cost = row.cost
        return {"version": row.version, "kind": cost.kind.value, "label": cost.label, "amount": cost.cents}

    def draft(self) -> CostDraft:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return CostDraft(CostKind(data["kind"]), data["label"], data["amount"])


class FundingForm(RowForm):
    """A request to a funder."""

    funder = forms.ChoiceField(label=_("Qui paierait"))
    name = text_field(_("Son nom"), _("Exemple : l’Opco de l’employeur."))
    state = forms.ChoiceField(label=_("Où en est la demande"))
    amount = Euros(label=_("Montant en euros"), help_text=_("Demandé, ou obtenu. Vide : il n’est pas encore connu."))
    ask_by = day_field(_("À demander avant le"))
    answer_by = day_field(_("Réponse attendue le"))
    note = text_field(_("Note"), most=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "funder", [(funder.value, _now(funder.label)) for funder in Funder])
        choose(self, "state", [(state.value, _now(state.label)) for state in FundingState])

    @staticmethod
    def values(row: FundingView) -> dict[str, object]:
        """What the row says."""
        line = row.funding
        return {
            "version": row.version,
            "funder": line.funder.value,
            "name": line.name,
            "state": line.state.value,
            "amount": line.cents,
            "ask_by": line.ask_by,
            "answer_by": line.answer_by,
            "note": row.note,
        }

    def draft(self) -> FundingDraft:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        line = Funding(
            funder=Funder(data["funder"]),
            state=FundingState(data["state"]),
            cents=data["amount"],
            name=data["name"],
            ask_by=data["ask_by"],
            answer_by=data["answer_by"],
        )
        return FundingDraft(line, data["note"])
