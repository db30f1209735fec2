"""Aiguillage agreements: who agreed on what, who still has to sign, when it is read again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ensemblier.routing.actions.agreements import sign_agreement
from ensemblier.routing.queries.agreement_list import agreements
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.places.pages import today


@page(reads=True, who=Who.SIGNED_IN)
def agreements_list(request: HttpRequest) -> HttpResponse:
    """All agreements."""
    actor = actor_of(request)
    context = {"agreements": agreements(actor=actor, on=today()), "acting_field": acting_field(actor)}
    return render(request, "pro/agreements.html", context)


@page(reads=False, who=Who.SIGNED_IN)
def sign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Sign for the organisation one acts for."""
    if request.method == "POST":
        state = sign_agreement(uid, actor=acting(request), on=today())
        messages.success(request, _("C'est signé. L'accord est %(state)s.") % {"state": _(state.label)})
    return HttpResponseRedirect(reverse("web:agreements"))
