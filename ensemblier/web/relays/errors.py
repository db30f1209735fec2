"""Relays said to be a mistake: a second person, who administers the platform, confirms and closes them."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.proposals import confirm_error
from ensemblier.journey.queries.proposals import error_reports
from ensemblier.kernel.errors import RuleViolated, StaleVersion
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.offline import private
from ensemblier.web.relays.forms import GestureForm

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


@page(reads=True, who=ADMINISTRATORS)
def reported(request: HttpRequest) -> HttpResponse:
    """Numbers and structures; no name, no content."""
    actor = actor_of(request)
    context = {"rows": error_reports(actor=actor), "key": uuid4(), "acting_field": acting_field(actor)}
    return private(render(request, "relays/errors.html", context))


@page(reads=False, who=ADMINISTRATORS)
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The second word: the relay closes for everybody."""
    form = GestureForm(request.POST or None)
    if form.is_valid():
        order = Order(uid, form.cleaned_data["version"], form.cleaned_data["key"], timezone.now())
        try:
            confirm_error(order, by=acting(request))
        except (RuleViolated, StaleVersion) as refused:
            messages.warning(request, sentence(refused))
        else:
            messages.success(request, _("Le relais est fermé pour tous. Ouvrez l’incident de protection des données."))
    return HttpResponseRedirect(reverse("web:relay-errors"))
