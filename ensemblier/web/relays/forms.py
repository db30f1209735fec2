"""The forms of a relay's gestures. Each carries the version that was read and one key for all its repetitions."""

from collections.abc import Iterable
from datetime import datetime, time
from enum import StrEnum
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.actions.relay_messages import MAX_TEXT
from ensemblier.journey.core.machine import NONE_KNOWN
from ensemblier.journey.core.proposals import Sequel
from ensemblier.journey.core.states import GOOD_OUTCOMES, DeclineReason, Means, Outcome
from ensemblier.journey.core.working_days import add_working_days
from ensemblier.web.forms import HouseForm

LOCAL = "%Y-%m-%dT%H:%M"
FIRST_HOUR = time(9, 30)


def choices_of(members: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """(value, label) pairs, in the language of the page."""
    return [(member.value, gettext(getattr(member, "label", member.value))) for member in members]


def proposed_time() -> datetime:
    """The appointment that the form offers: in two working days, in the morning."""
    day = add_working_days(timezone.localdate(), 2)
    return timezone.make_aware(datetime.combine(day, FIRST_HOUR))


class GestureForm(HouseForm):
    """What every gesture carries. Some have nothing more to type."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int = 0, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version, "key": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class Moment(forms.DateTimeField):
    """A day and an hour, in the browser's own field."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "300"}, format=LOCAL)
        super().__init__(widget=widget, input_formats=[LOCAL, "%Y-%m-%dT%H:%M:%S"], **kwargs)


class AcceptForm(GestureForm):
    """Accept, with an appointment already filled in."""

    appointment_at = Moment(label=_("Premier rendez-vous proposé"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"appointment_at": proposed_time()}, **kwargs)


class DeclineForm(GestureForm):
    """Decline: a reason, and another way or "none known"."""

    reason = forms.ChoiceField(label=_("Pourquoi"), widget=forms.RadioSelect)
    proposal = forms.CharField(
        label=_("Une autre piste pour la personne"),
        required=False,
        max_length=200,
        help_text=_("Une structure, un service, une date. Sans piste connue, le guichet cherche à votre place."),
    )
    none_known = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        if isinstance(reason, forms.ChoiceField):
            reason.choices = choices_of(DeclineReason)

    def clean(self) -> dict[str, Any]:
        """The button says whether another way is known."""
        data = super().clean() or {}
        if "sans_piste" in self.data:
            data["proposal"] = NONE_KNOWN
        elif not str(data.get("proposal", "")).strip():
            self.add_error("proposal", gettext("Écrivez la piste, ou utilisez le bouton « sans piste connue »."))
        return data


class AskForm(GestureForm):
    """A question to the source, and to the person if wished."""

    question = forms.CharField(label=_("Votre question"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 3}))
    is_for_person = forms.BooleanField(label=_("La personne peut la lire et y répondre"), required=False)


class AnswerForm(GestureForm):
    """The answer to a question."""

    answer = forms.CharField(label=_("Votre réponse"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 3}))


class MeetForm(GestureForm):
    """The first meeting was held."""

    met_at = Moment(label=_("Quand"))
    is_tripartite = forms.BooleanField(label=_("À trois : la personne, vous et l’ancien conseiller"), required=False)

    def __init__(self, *args: Any, held_at: datetime | None = None, **kwargs: Any) -> None:
        now = timezone.localtime()
        held = timezone.localtime(held_at) if held_at and held_at < now else now
        super().__init__(*args, initial={"met_at": held}, **kwargs)


class CompleteForm(GestureForm):
    """How a relay that worked ends."""

    outcome = forms.ChoiceField(label=_("Comment cela se termine"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices_of(each for each in Outcome if each in GOOD_OUTCOMES)


class FailForm(GestureForm):
    """How a relay that did not work ends, and how the person was sought."""

    outcome = forms.ChoiceField(label=_("Ce qui s’est passé"), widget=forms.RadioSelect)
    attempt_1 = forms.ChoiceField(label=_("1er essai, par"), required=False)
    attempt_2 = forms.ChoiceField(label=_("2e essai, par"), required=False)
    attempt_3 = forms.ChoiceField(label=_("3e essai, par"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name == "outcome" and isinstance(field, forms.ChoiceField):
                field.choices = choices_of(each for each in Outcome if each not in GOOD_OUTCOMES)
            elif isinstance(field, forms.ChoiceField):
                field.choices = [("", "–"), *choices_of(Means)]

    @property
    def attempts(self) -> tuple[str, ...]:
        """The means of each try."""
        return tuple(self.cleaned_data[f"attempt_{n}"] for n in (1, 2, 3) if self.cleaned_data[f"attempt_{n}"])


class MessageForm(GestureForm):
    """A message in the thread."""

    text = forms.CharField(label=_("Votre message"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 3}))
    is_for_person = forms.BooleanField(label=_("La personne le lit aussi"), required=False)


class SequelForm(GestureForm):
    """What the source does after an end."""

    decision = forms.ChoiceField(label=_("Ce que vous faites maintenant"), widget=forms.RadioSelect)
    words = forms.CharField(label=_("Précision"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices_of(Sequel)
