"""Forms of those who keep a directory: their fields are those that `directory.core.fields` can read."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.core.fields import FIELDS, LABELS
from ensemblier.directory.core.states import ContactPreference, HalfDay, Mode, Season
from ensemblier.web.forms import HouseForm, Lines
from ensemblier.web.places.words import need_choices, public_choices

LONG = frozenset({"description", "conditions", "publics_note", "fee_note", "mobilisation_note", "hours_osm"})
HELP = {
    "hours_osm": _("Exemple : Mo-Fr 09:00-12:00,14:00-17:00 ; Sa 09:00-12:00. Laissez vide si vous ne savez pas."),
    "phone": _("Exemple : 04 92 00 00 00."),
    "website": _("Exemple : https://www.exemple.fr"),
    "siret": _("14 chiffres."),
    "first_appointment_days": _("En jours, à partir d'aujourd'hui. Le jour de votre déclaration sera montré."),
}
AUTOCOMPLETE = frozenset({"phone", "email", "website"})
"""Fields in which a browser must not propose the adviser's own details."""


class RowForm(HouseForm):
    """The text fields of a kind of row; the version seen stands beside them."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kind: str, without: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = list(self.fields)
        for name in FIELDS[kind]:
            if name in without:
                continue
            look = {"class": "form-control"} | ({"autocomplete": "off"} if name in AUTOCOMPLETE else {})
            area = forms.Textarea(attrs=look | {"rows": 3}) if name in LONG else forms.TextInput(attrs=look)
            label = str(_(LABELS.get(name, name)))
            required = name == "name"
            shown = label[:1].upper() + label[1:]
            self.fields[name] = forms.CharField(
                label=shown if required else f"{shown} {_('(facultatif)')}",
                required=required,
                widget=area,
                help_text=HELP.get(name, ""),
            )
        self.order_fields([*FIELDS[kind], *own])
        self.kind = kind

    def typed(self) -> dict[str, str]:
        """The text of each field of the row."""
        return {name: self.cleaned_data.get(name) or "" for name in FIELDS[self.kind] if name in self.fields}

    def corrected(self) -> dict[str, str]:
        """Only the fields that differ from what was shown."""
        return {name: value for name, value in self.typed().items() if name in self.changed_data}


class NewSiteForm(RowForm):
    """A new site: its commune is typed as people say it."""

    commune = forms.CharField(label=_("Commune"), max_length=120, help_text=_("Nom ou code postal."))


class NewContactForm(RowForm):
    """A new interlocutor."""

    subjects = Lines(
        label=_("Sujets"), required=False, help_text=_("Un par ligne : logement, saisonniers…"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    preference = forms.ChoiceField(
        label=_("Préfère être joint"),
        required=False,
        choices=[("", _("sans préférence connue")), *((p.value, _(p.label)) for p in ContactPreference)],
    )
    site_uid = forms.ChoiceField(label=_("Lieu"), required=False)
    is_published = forms.BooleanField(
        label=_("Montrer à tout le monde"),
        required=False,
        help_text=_("Seulement si la personne l'a demandé. Sinon, seuls les professionnels identifiés la voient."),
    )

    def __init__(self, *args: Any, sites: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "site_uid", [("", _("tous les lieux")), *((str(uid), name) for uid, name in sites)])


class NewOfferForm(RowForm):
    """A new offer, at a site or at a distance."""

    site_uid = forms.ChoiceField(label=_("Lieu"), required=False, help_text=_("Vide : à distance seulement."))
    modes = forms.MultipleChoiceField(
        label=_("Comment"),
        choices=[(m.value, _(m.label)) for m in Mode],
        initial=[Mode.ON_SITE.value],
        widget=forms.SelectMultiple(attrs={"size": 2}),
    )
    publics = forms.MultipleChoiceField(
        label=_("Pour qui"), required=False, help_text=_("Rien de choisi : tout le monde."),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    needs = forms.MultipleChoiceField(
        label=_("Pour quoi"), required=False, widget=forms.SelectMultiple(attrs={"size": 8})
    )
    is_cep = forms.BooleanField(
        label=_("C'est du conseil en évolution professionnelle"), required=False, help_text=_("Gratuit : c'est la loi.")
    )

    def __init__(self, *args: Any, sites: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "site_uid", [("", _("à distance")), *((str(uid), name) for uid, name in sites)])
        _choose(self, "publics", public_choices())
        _choose(self, "needs", need_choices())
        self.fields["needs"].widget.attrs["lang"] = "fr"


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


DAYS = (
    ("MO", _("lundi")), ("TU", _("mardi")), ("WE", _("mercredi")), ("TH", _("jeudi")),
    ("FR", _("vendredi")), ("SA", _("samedi")), ("SU", _("dimanche")),
)  # fmt: skip
EVERY = (
    ("1", _("chaque semaine")), ("2", _("une semaine sur deux")), ("m1", _("le premier du mois")),
    ("m2", _("le deuxième du mois")), ("m3", _("le troisième du mois")), ("m-1", _("le dernier du mois")),
)  # fmt: skip


class PermanenceForm(HouseForm):
    """A half-day proposed to an operator, in a place."""

    holder_uid = forms.ChoiceField(label=_("Qui reçoit"))
    weekday = forms.ChoiceField(label=_("Quel jour"), choices=DAYS)
    every = forms.ChoiceField(label=_("À quel rythme"), choices=EVERY)
    half_day = forms.ChoiceField(label=_("Quelle demi-journée"), choices=[(h.value, _(h.label)) for h in HalfDay])
    season = forms.ChoiceField(label=_("En quelle saison"), choices=[(s.value, _(s.label)) for s in Season])
    first_day = forms.DateField(
        label=_("À partir du"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    starts_at = forms.TimeField(label=_("Début"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    ends_at = forms.TimeField(label=_("Fin"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    on_appointment = forms.ChoiceField(
        label=_("Rendez-vous"),
        required=False,
        choices=[("", _("on ne sait pas encore")), ("yes", _("sur rendez-vous")), ("no", _("sans rendez-vous"))],
    )
    capacity = forms.IntegerField(label=_("Nombre de rendez-vous"), required=False, min_value=1, max_value=200)
    note = forms.CharField(label=_("Précision"), required=False, max_length=500)

    def __init__(self, *args: Any, holders: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "holder_uid", [(str(uid), name) for uid, name in holders])

    @property
    def rrule(self) -> str:
        """The rhythm as a recurrence rule (RFC 5545)."""
        day, every = self.cleaned_data["weekday"], self.cleaned_data["every"]
        if every.startswith("m"):
            return f"FREQ=MONTHLY;BYDAY={every[1:]}{day}"
        return f"FREQ=WEEKLY;BYDAY={day}" + ("" if every == "1" else f";INTERVAL={every}")

    @property
    def times(self) -> tuple[date, time | None, time | None]:
        """First day, start and end."""
        return self.cleaned_data["first_day"], self.cleaned_data["starts_at"], self.cleaned_data["ends_at"]

    @property
    def appointment(self) -> bool | None:
        """Whether one comes by appointment; None: not known yet."""
        return {"yes": True, "no": False}.get(self.cleaned_data["on_appointment"])
