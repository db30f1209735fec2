"""Forms of the agenda: an event, a registration, an opinion, a report."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ensemblier.animation.actions.events import Repeat
from ensemblier.animation.actions.registrations import Guest, Opinion
from ensemblier.animation.core.events import MAX_TIMES, MAX_WAITING
from ensemblier.animation.core.kinds import Audience, EventKind, EventMode, Rhythm
from ensemblier.web.animation.forms import WritingForm, address, area, chosen, day, line, one_of
from ensemblier.web.forms import Trap
from ensemblier.web.places.pages import commune_typed, today


def clock(label: Any) -> forms.TimeField:
    """An hour, with the clock of the browser."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class EventForm(WritingForm):
    """What an event says."""

    kind = one_of(EventKind, _("C’est"))
    title = line(_("Titre"), help_text=_("Ni nom de personne, ni situation : ce titre circule dans des agendas."))
    summary = area(_("En quelques lignes"), required=False)
    audience = one_of(Audience, _("Pour qui"))
    publics = line(_("Quels publics"), required=False, size=300)
    on = day(_("Jour"), required=True)
    begins = clock(_("De"))
    ends = clock(_("À"))
    mode = one_of(EventMode, _("Comment"))
    place = line(_("Lieu"), required=False, size=300, help_text=_("Salle et adresse."))
    commune = line(_("Commune"), required=False, size=120)
    online_url = address(_("Adresse de la réunion à distance"))
    capacity = forms.IntegerField(
        label=_("Nombre de places"), required=False, min_value=1, max_value=100_000, help_text=_("Vide : sans limite.")
    )
    waiting_capacity = forms.IntegerField(
        label=_("Places sur la liste d’attente"), min_value=0, max_value=MAX_WAITING, initial=20
    )
    opens_to_all = forms.BooleanField(
        label=_("On peut s’inscrire sans compte"), required=False,
        help_text=_("Un nom et une adresse, effacés 30 jours après."),
    )  # fmt: skip
    partners = forms.MultipleChoiceField(
        label=_("Avec quelles structures"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean_commune(self) -> str:
        """The code of the commune typed, "" for none."""
        typed = str(self.cleaned_data["commune"]).strip()
        found = commune_typed(typed, on=today()) if typed else None
        if typed and found is None:
            raise forms.ValidationError(gettext("Aucune commune ne ressemble à ce nom."))
        return found.code if found else ""

    def clean(self) -> dict[str, Any]:
        """The end after the beginning, and somewhere to go."""
        data = super().clean() or {}
        if data.get("begins") and data.get("ends") and data["ends"] <= data["begins"]:
            self.add_error("ends", gettext("La fin vient après le début."))
        online = data.get("mode") == EventMode.ONLINE.value
        if not online and "commune" not in self.errors and not data.get("place") and not data.get("commune"):
            self.add_error("place", gettext("Dites où, au moins la commune."))
        return data

    def values(self) -> dict[str, Any]:
        """What was typed, by column of the event."""
        found = super().values()
        on, begins, ends = found.pop("on"), found.pop("begins"), found.pop("ends")
        for name in ("rhythm", "times"):
            found.pop(name, None)
        found["starts_at"] = timezone.make_aware(datetime.combine(on, begins))
        found["ends_at"] = timezone.make_aware(datetime.combine(on, ends))
        found["commune_id"] = found.pop("commune") or None
        return found


class NewEventForm(EventForm):
    """A new event: in what frame, and whether it comes back."""

    cell = chosen(_("Pour la cellule"), required=False)
    group = chosen(_("Pour le groupe de travail"), required=False)
    problem = chosen(_("Pour le problème partagé"), required=False)
    course = chosen(_("Session de la formation"), required=False)
    rhythm = one_of(Rhythm, _("Revient"), required=False)
    times = forms.IntegerField(
        label=_("Nombre de dates"), required=False, min_value=2, max_value=MAX_TIMES,
        help_text=_("Une série a toujours une fin : 60 dates au plus, en deux ans."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rhythm = self.fields["rhythm"]
        if isinstance(rhythm, forms.ChoiceField):
            rhythm.choices = [("", _("une seule date")), *((each.value, gettext(each.label)) for each in Rhythm)]

    def repeat(self) -> Repeat | None:
        """How it comes back; None: once."""
        data = self.cleaned_data
        return Repeat(Rhythm(data["rhythm"]), data["times"] or 0) if data["rhythm"] else None


class GuestForm(Trap):
    """Somebody without an account."""

    name = forms.CharField(label=_("Votre nom"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Votre adresse électronique"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def guest(self) -> Guest:
        """Who asks."""
        return Guest(self.cleaned_data["name"], self.cleaned_data["email"])


MARKS = ((4, _("Oui, tout à fait")), (3, _("Plutôt oui")), (2, _("Plutôt non")), (1, _("Non, pas du tout")))


def mark(label: Any) -> forms.TypedChoiceField:
    """A mark from 1 to 4, in words."""
    return forms.TypedChoiceField(label=label, choices=MARKS, coerce=int, widget=forms.RadioSelect)


class OpinionForm(WritingForm):
    """The "fiche d'évaluation"."""

    useful = mark(_("Cela m’a été utile"))
    met = mark(_("J’ai rencontré quelqu’un que je pourrai appeler"))
    reuse = mark(_("Je m’en servirai dans mon travail"))
    kept = line(_("Ce que j’en garde"), required=False, size=500, help_text=_("N’écrivez aucun nom."))
    missing = line(_("Ce qui a manqué"), required=False, size=500)

    def opinion(self) -> Opinion:
        """What was answered."""
        data = self.cleaned_data
        return Opinion(data["useful"], data["met"], data["reuse"], data["kept"], data["missing"])


class ReportForm(WritingForm):
    """A report."""

    report = area(
        _("Compte rendu"), size=20000, rows=12, help_text=_("Texte simple. Les balises collées sont retirées.")
    )


def initial_of(values: dict[str, Any], commune: str) -> dict[str, Any]:
    """The fields of an event as the form shows them."""
    starts, ends = timezone.localtime(values["starts_at"]), timezone.localtime(values["ends_at"])
    return values | {"on": starts.date(), "begins": starts.time(), "ends": ends.time(), "commune": commune}


def proposed() -> dict[str, Any]:
    """What a new event starts from: in two weeks, from 9 to 12."""
    return {"on": today() + timedelta(days=14), "begins": "09:00", "ends": "12:00", "waiting_capacity": 20}
