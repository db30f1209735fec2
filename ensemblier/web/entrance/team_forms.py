"""Forms of the people of a structure."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.core.views import UserView
from ensemblier.web.forms import HouseForm

GRANTED = tuple(role for role in Role if role is not Role.ADMINISTRATOR)
"""Roles that a structure gives; the platform's own is given by the platform."""


def _days(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class RolesForm(HouseForm):
    """What somebody does for the structure."""

    roles = forms.MultipleChoiceField(label=_("Rôles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role.value, gettext(role.label)) for role in GRANTED]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> frozenset[Role]:
        """The roles ticked, once the form is valid."""
        return frozenset(Role(value) for value in self.cleaned_data["roles"])


class InviteForm(RolesForm):
    """Who is asked to join."""

    name = forms.CharField(label=_("Prénom et nom"), max_length=200)
    email = forms.CharField(
        label=_("Adresse électronique professionnelle"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name", "email", "roles")


class Colleagues(HouseForm):
    """A form where a colleague is chosen."""

    field = "colleague"
    empty = ""

    def __init__(self, *args: Any, colleagues: Sequence[UserView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.id), one.name) for one in colleagues]
        self.fields[self.field].choices = [("", self.empty or gettext("Choisir")), *named]  # type: ignore[attr-defined]


class AbsenceForm(Colleagues):
    """Days away, and who stands in."""

    field = "substitute"

    first_day = _days(_("Premier jour d’absence"))
    last_day = _days(_("Dernier jour d’absence"))
    substitute = forms.ChoiceField(label=_("Qui remplace"), required=False)


class LeaveForm(Colleagues):
    """The last day, and who takes the files over."""

    last_day = _days(_("Dernier jour dans la structure"))
    colleague = forms.ChoiceField(label=_("Qui reprend les dossiers"), required=False)
