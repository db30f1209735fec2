"""The data convention: no file of a person is opened by a structure that has not signed one."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.accounts.actions.conventions import sign_convention
from ensemblier.accounts.core.conventions import VERSION, Signature
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.queries.conventions import convention_of
from ensemblier.accounts.queries.members import holders_of
from ensemblier.kernel.actor import Actor
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.entrance.form_page import FormWords, form_page
from ensemblier.web.forms import HouseForm

MAY_SIGN = frozenset({Role.ACCOUNT_MANAGER, Role.ADMINISTRATOR})


class SignatureForm(HouseForm):
    """Who commits the structure, and that the text was read."""

    signed_by = forms.CharField(label=gettext_lazy("Nom de la personne qui signe"), max_length=200)
    signed_as = forms.CharField(
        label=gettext_lazy("En qualité de"), max_length=200, help_text=gettext_lazy("Par exemple : directrice.")
    )
    signed_on = forms.DateField(
        label=gettext_lazy("Signée le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    was_read = forms.BooleanField(
        label=gettext_lazy("Cette personne a lu la convention et engage la structure."),
        error_messages={"required": gettext_lazy("Cochez cette case quand la convention a été lue et signée.")},
    )


@page(reads=False, who=Who.SIGNED_IN)
def convention(request: HttpRequest) -> HttpResponse:
    """What the structure promises, whether it has signed, and the form for whoever may sign."""
    actor, today = actor_of(request), timezone.localdate()
    number = actor.organisation_id
    known = None if number is None else convention_of(number, on=today)
    context = {
        "convention": known,
        "version": VERSION,
        "withheld": bool(actor.withheld),
        "may_sign": number is not None and known is None and bool(MAY_SIGN & actor.roles),
        "managers": [] if number is None else holders_of(number, Role.ACCOUNT_MANAGER, on=today),
    }
    form = SignatureForm(request.POST or None, initial={"signed_on": today})
    words = FormWords(
        "accounts/convention.html",
        reverse("web:convention"),
        _("La convention est enregistrée. Les dossiers s’ouvrent."),
    )

    def sign(actor: Actor) -> object:
        data = form.cleaned_data
        signature = Signature(data["signed_by"], data["signed_as"], data["signed_on"])
        return sign_convention(actor.organisation_id or 0, signature, actor=actor, on=today)

    return form_page(request, form, words, sign, context)
