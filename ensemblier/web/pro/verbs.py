"""Verbs of those who keep a directory: exceptions, absences, subjects, publics, endings, territories served."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ensemblier.directory.actions.calendar import leave_perimeter, record_absence, record_exception
from ensemblier.directory.actions.contents import change_contact, change_offer, serve_zone
from ensemblier.directory.actions.records import close_row
from ensemblier.directory.queries.contents import Owned, contact_lists, offer_lists, owned_row, served_rows
from ensemblier.directory.queries.editing import owned
from ensemblier.kernel.actor import Actor
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.places.pages import today, typed
from ensemblier.web.places.territories import found_by
from ensemblier.web.places.zones import zone_asked
from ensemblier.web.pro.edits import EDITORS
from ensemblier.web.pro.form_page import Words, answered
from ensemblier.web.pro.verb_forms import (
    AbsenceForm,
    CloseForm,
    ContactListsForm,
    ExceptionForm,
    OfferListsForm,
    ServeForm,
)


def _back(row: Owned) -> str:
    return reverse("web:organisation", args=[row.owner_uid])


@page(reads=False, who=EDITORS)
def exception(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Days on which a place is closed, or open otherwise."""
    row = owned_row("site", uid, actor=actor_of(request))
    form = ExceptionForm(request.POST or None)
    back = reverse("web:site", args=[uid])
    words = Words(_("Fermeture ou horaires exceptionnels"), row.label, _("Enregistrer"), back, _("C’est noté."))

    def write(actor: Actor) -> None:
        data = form.cleaned_data
        record_exception(
            uid, first_day=data["first_day"], last_day=data["last_day"], hours=data["hours"], reason=data["reason"],
            actor=actor,
        )  # fmt: skip

    return answered(request, form, words, write)


@page(reads=False, who=EDITORS)
def absence(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An interlocutor is away, somebody may stand in."""
    known = contact_lists(uid, actor=actor_of(request), on=today())
    form = AbsenceForm(request.POST or None, colleagues=known.colleagues)
    words = Words(_("Absence"), known.row.label, _("Enregistrer"), _back(known.row), _("C’est noté."))

    def write(actor: Actor) -> None:
        data = form.cleaned_data
        replacement = UUID(data["replacement"]) if data["replacement"] else None
        record_absence(
            uid, first_day=data["first_day"], last_day=data["last_day"], replacement_uid=replacement, actor=actor
        )

    return answered(request, form, words, write)


@page(reads=False, who=EDITORS)
def contact(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Subjects, way to be reached and publication of an interlocutor."""
    known = contact_lists(uid, actor=actor_of(request), on=today())
    initial = {
        "version": known.row.version, "subjects": list(known.subjects), "preference": known.preference,
        "is_published": known.is_published, "site_uid": str(known.row.site_uid or ""),
    }  # fmt: skip
    form = ContactListsForm(request.POST or None, sites=known.sites, initial=initial)
    title = _("Sujets, façon de joindre, publication")
    words = Words(title, known.row.label, _("Enregistrer"), _back(known.row), _("C’est enregistré."))

    def write(actor: Actor) -> None:
        change_contact(uid, form.content(), version=form.cleaned_data["version"], actor=actor, on=today())

    return answered(request, form, words, write)


@page(reads=False, who=EDITORS)
def offer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Publics, needs and modes of an offer."""
    known = offer_lists(uid, actor=actor_of(request))
    initial = {
        "version": known.row.version, "publics": known.publics, "needs": known.needs, "modes": known.modes,
        "languages": known.languages,
    }  # fmt: skip
    form = OfferListsForm(request.POST or None, initial=initial)
    title = _("Pour qui, pour quoi, comment")
    words = Words(title, known.row.label, _("Enregistrer"), _back(known.row), _("C’est enregistré."))

    def write(actor: Actor) -> None:
        change_offer(uid, form.content(), version=form.cleaned_data["version"], actor=actor, on=today())

    return answered(request, form, words, write)


@page(reads=False, who=EDITORS)
def close(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """A row that no longer holds, with what stands on it."""
    row = owned_row(kind, uid, actor=actor_of(request))
    form = CloseForm(request.POST or None, initial={"version": row.version, "last_day": today()})
    what = {
        "organisation": _("Ses lieux, ses offres et ses interlocuteurs finissent le même jour."),
        "site": _("Ses offres finissent le même jour."),
    }.get(kind, "")
    words = Words(_("Fermer la fiche"), f"{row.label}. {what}", _("Fermer la fiche"), _back(row), _("C’est noté."))

    def write(actor: Actor) -> None:
        data = form.cleaned_data
        close_row(kind, uid, version=data["version"], actor=actor, on=data["last_day"])

    return answered(request, form, words, write)


@page(reads=True, who=EDITORS)
def served(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Where an organisation intervenes, and the first step to add a territory."""
    actor, q = actor_of(request), typed(request, "q")
    name, _sites = owned(uid, actor=actor)
    rows = served_rows(uid, on=today())
    context = {"name": name, "uid": uid, "rows": rows, "q": q, "found": found_by(q)}
    return render(request, "pro/served.html", context | {"acting_field": acting_field(actor)})


@page(reads=False, who=EDITORS)
def serve(request: HttpRequest, uid: UUID, kind: str, code: str) -> HttpResponse:
    """Second step: since when, and from which place."""
    view = zone_asked(kind, code)
    name, sites = owned(uid, actor=actor_of(request))
    form = ServeForm(request.POST or None, sites=sites)
    title = _("Intervenir : %(zone)s") % {"zone": view.name}
    words = Words(title, name, _("Enregistrer"), reverse("web:served", args=[uid]), _("C’est noté."))

    def write(actor: Actor) -> None:
        site = form.cleaned_data["site_uid"]
        serve_zone(uid, view, site_uid=UUID(site) if site else None, period=form.period(), actor=actor)

    return answered(request, form, words, write)


@page(reads=False, who=EDITORS)
def leave(request: HttpRequest, uid: UUID, row: UUID) -> HttpResponse:
    """A territory is no longer served from today."""
    if request.method == "POST":
        leave_perimeter(row, on=today(), actor=acting(request))
        messages.success(request, _("C’est noté : ce territoire n’est plus desservi à partir d’aujourd’hui."))
    return HttpResponseRedirect(reverse("web:served", args=[uid]))
