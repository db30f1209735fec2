"""Aiguillage agreements: who agreed on what, who still has to sign, when it is read again."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.queries.sites import sites_in
from ensemblier.kernel.actor import Actor
from ensemblier.routing.actions.agreements import (
    end_agreement,
    record_agreement_in,
    review_agreement,
    sign_agreement,
)
from ensemblier.routing.core.agreement_access import of_others
from ensemblier.routing.queries.agreement_list import AgreementView, agreement, agreements
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.places.pages import today, typed
from ensemblier.web.places.territories import found_by
from ensemblier.web.places.zones import zone_asked
from ensemblier.web.pro.agreement_forms import AgreementForm, EndForm, ReviewForm, dates_of
from ensemblier.web.pro.form_page import Words, answered

WRITING = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})


@page(reads=True, who=Who.SIGNED_IN)
def agreements_list(request: HttpRequest) -> HttpResponse:
    """All agreements."""
    actor = actor_of(request)
    context = {
        "agreements": agreements(actor=actor, on=today()),
        "may_write": bool(actor.roles & WRITING),
        "acting_field": acting_field(actor),
    }
    return render(request, "pro/agreements.html", context)


@page(reads=False, who=Who.SIGNED_IN)
def sign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Sign for the organisation one acts for."""
    if request.method == "POST":
        state = sign_agreement(uid, actor=acting(request), on=today())
        messages.success(request, _("C'est signé. L'accord est %(state)s.") % {"state": _(state.label)})
    return HttpResponseRedirect(reverse("web:agreements"))


@page(reads=True, who=WRITING)
def where(request: HttpRequest) -> HttpResponse:
    """First step of a new agreement: its territory."""
    q = typed(request, "q")
    return render(request, "pro/agreement_where.html", {"q": q, "found": found_by(q)})


@page(reads=False, who=WRITING)
def create(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Second step: who signs, what is decided, until when. Written as a draft that waits for its signatures."""
    view, on = zone_asked(kind, code), today()
    parties = {card.organisation_uid: card.organisation_name for card in sites_in(view.communes, on=on)}
    named = sorted(parties.items(), key=lambda party: party[1].casefold())
    form = AgreementForm(request.POST or None, parties=named, initial=dates_of(on))
    words = _("Nouvel accord d’aiguillage"), _("Territoire : %(name)s.") % {"name": view.name}, _("Écrire l’accord")

    def write(actor: Actor) -> None:
        record_agreement_in(view, form.draft(), actor=actor)

    return answered(
        request,
        form,
        Words(*words, _list(), _("L’accord est écrit. Il attend la signature de chaque partie.")),
        write,
    )


@page(reads=False, who=WRITING)
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The agreement was read again and still holds."""
    on = today()
    found = _own(request, uid)
    initial = {"version": found.version, "next_review_on": on + timedelta(days=365)}
    form = ReviewForm(request.POST or None, initial=initial)
    words = _("L’accord a été relu"), found.title, _("Il est toujours juste")

    def write(actor: Actor) -> None:
        data = form.cleaned_data
        review_agreement(
            uid, actor=actor, on=on, next_review_on=data["next_review_on"], version=data["version"]
        )  # fmt: skip

    return answered(
        request,
        form,
        Words(*words, _list(), _("C’est noté : l’accord a été relu aujourd’hui.")),
        write,
    )


@page(reads=False, who=WRITING)
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The agreement stops on a day."""
    found = _own(request, uid)
    form = EndForm(request.POST or None, initial={"last_day": today()})
    words = _("Terminer l’accord"), found.title, _("Terminer l’accord")

    def write(actor: Actor) -> None:
        end_agreement(uid, actor=actor, last_day=form.cleaned_data["last_day"])

    return answered(request, form, Words(*words, _list(), _("C’est noté : l’accord prend fin ce jour-là.")), write)


def _own(request: HttpRequest, uid: UUID) -> AgreementView:
    found = agreement(uid, actor=actor_of(request), on=today())
    if not found.is_actor_s:
        raise of_others()
    return found


def _list() -> str:
    return reverse("web:agreements")
