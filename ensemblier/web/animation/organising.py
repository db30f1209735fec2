"""Those who hold an event: announce it, change it, cancel it, note who came, write its report."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ensemblier.animation.actions.events import (
    announce,
    cancel_event,
    change_event,
    publish_event,
    record_attendance,
    write_report,
)
from ensemblier.animation.actions.heads import Ground
from ensemblier.animation.actions.shelving import shelve_deliverable, shelve_report
from ensemblier.animation.core.heads import HeadKind, RowKind
from ensemblier.animation.queries.events import attendance_sheet, event_values
from ensemblier.animation.queries.heads import cells_for, territory_life
from ensemblier.animation.queries.rows import page_of_row
from ensemblier.animation.queries.ties import organisations_around, organisations_in
from ensemblier.kernel.actor import Actor
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.animation.event_forms import EventForm, NewEventForm, ReportForm, initial_of, proposed
from ensemblier.web.animation.heads import ORGANISERS
from ensemblier.web.pdf import pdf_of
from ensemblier.web.places.pages import show, today
from ensemblier.web.places.zones import zone_asked
from ensemblier.web.pro.form_page import Words, answered


def _href(uid: UUID) -> str:
    return reverse("web:event", args=[uid])


@page(reads=False, who=ORGANISERS)
def new(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Announce an event, or a series of dates, in a territory."""
    zone, actor = zone_asked(kind, code), actor_of(request)
    communes = frozenset(zone.communes)
    life = territory_life(communes, actor=actor, on=today())
    of = {"group": HeadKind.GROUP, "problem": HeadKind.PROBLEM, "course": HeadKind.COURSE}
    choices: dict[str, Any] = {name: [(link.uid, link.name) for link in life.of(each)] for name, each in of.items()}
    choices |= {"cell": cells_for(communes, actor=actor), "partners": organisations_in(communes, on=today(), limit=60)}
    asked = {name: request.GET.get(name, "") for name in ("cell", *of)}
    form = NewEventForm(request.POST or None, choices=choices, initial={**proposed(), **asked, "key": uuid4()})
    written: list[UUID] = []

    def write(by: Actor) -> None:
        values = form.values()
        ground = Ground(zone.name, communes, values.pop("cell"))
        values["partners"] = [UUID(each) for each in values["partners"]]
        key, now = form.cleaned_data["key"] or uuid4(), timezone.now()
        written.append(announce(ground, values, by=by, at=now, key=key, repeat=form.repeat()))

    back = reverse("web:animation-territory", args=[kind, code])
    lede = _("Territoire : %(name)s. Rien n’est montré avant que vous ne l’annonciez.") % {"name": zone.name}
    done = _("C’est écrit. Relisez, puis annoncez.")
    response = answered(request, form, Words(_("Préparer un événement"), lede, _("Enregistrer"), back, done), write)
    return HttpResponseRedirect(_href(written[0])) if written else response


@page(reads=False, who=ORGANISERS)
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change an event; who registered is told of a new day or place."""
    found = event_values(uid, actor=actor_of(request))
    near = organisations_around(found.organiser, on=today(), limit=60)
    others = dict([*found.partners, *(each for each in near if each[0] != found.organiser)])
    choices: dict[str, Any] = {"partners": list(others.items())}
    initial = initial_of(dict(found.values), found.commune)
    initial["partners"] = [str(each) for each, _name in found.partners]
    form = EventForm(request.POST or None, choices=choices, initial=initial)
    words = Words(
        _("Modifier l’événement"), _("Un nouveau jour ou un nouveau lieu est dit à toutes les personnes inscrites."),
        _("Enregistrer"), _href(uid), _("C’est enregistré."),
    )  # fmt: skip

    def write(by: Actor) -> None:
        values = form.values()
        values["partners"] = [UUID(each) for each in values["partners"]]
        change_event(uid, values, by=by, at=timezone.now(), version=form.cleaned_data["version"] or 0)

    return answered(request, form, words, write)


@page(reads=False, who=ORGANISERS)
def publish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show it in the agenda."""
    if request.method == "POST":
        count = publish_event(uid, by=acting(request), at=timezone.now(), whole_series=True)
        said = ngettext("C’est annoncé dans l’agenda.", "%(n)s dates sont annoncées dans l’agenda.", count)
        messages.success(request, said % {"n": count} if count > 1 else said)
    return HttpResponseRedirect(_href(uid))


@page(reads=False, who=ORGANISERS)
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """It will not be held."""
    if request.method == "POST":
        told = cancel_event(uid, by=acting(request), at=timezone.now())
        said = ngettext(
            "C’est annulé. %(n)s personne est prévenue.", "C’est annulé. %(n)s personnes sont prévenues.", told
        )
        messages.success(request, said % {"n": told})
    return HttpResponseRedirect(_href(uid))


@page(reads=False, who=ORGANISERS)
def attendance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The attendance sheet, on the screen: tick who came."""
    actor = actor_of(request)
    sheet = attendance_sheet(uid, actor=actor)
    if request.method == "POST":
        known = {str(each.uid): each.uid for each in sheet.seated}
        present = [known[each] for each in request.POST.getlist("present") if each in known]
        came = record_attendance(uid, present, by=acting(request), at=timezone.now())
        said = ngettext("%(n)s présence notée.", "%(n)s présences notées.", came) % {"n": came}
        messages.success(request, said + " " + _("Leur avis leur est demandé par message."))
        return HttpResponseRedirect(_href(uid))
    context = {
        "sheet": sheet, "uid": uid, "acting_field": acting_field(actor), "section": "web:agenda",
        "has_begun": sheet.card.starts_at <= timezone.now(),
    }  # fmt: skip
    return show(request, "animation/attendance.html", context)


@page(reads=True, who=ORGANISERS)
def attendance_paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The attendance sheet to print and sign: a tagged PDF."""
    sheet = attendance_sheet(uid, actor=actor_of(request))
    blank = range(max(3, min(10, (sheet.card.seats_left or 5))))
    html = render_to_string("animation/attendance_paper.html", {"sheet": sheet, "blank": blank}, request=request)
    headers = {"Content-Disposition": 'attachment; filename="emargement.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf_of(html), content_type="application/pdf", headers=headers)


@page(reads=False, who=ORGANISERS)
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The report."""
    found = event_values(uid, actor=actor_of(request))
    form = ReportForm(request.POST or None, initial=dict(found.values))
    words = Words(
        _("Compte rendu"), str(found.values["title"]), _("Publier"), _href(uid), _("Le compte rendu est publié.")
    )

    def write(by: Actor) -> None:
        data = form.cleaned_data
        write_report(uid, data["report"], by=by, at=timezone.now(), version=data["version"] or 0)

    return answered(request, form, words, write)


@page(reads=False, who=ORGANISERS)
def shelve(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put the report into the library."""
    if request.method == "POST":
        key = shelve_report(uid, by=acting(request), on=today())
        messages.success(request, _("Le compte rendu est dans la bibliothèque : on le trouve dès maintenant."))
        return HttpResponseRedirect(reverse("web:resource", args=[key]))
    return HttpResponseRedirect(_href(uid))


@page(reads=False, who=ORGANISERS)
def shelve_row(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put what a group made into the library."""
    if request.method == "POST":
        key = shelve_deliverable(uid, by=acting(request), on=today())
        messages.success(request, _("C’est dans la bibliothèque. Joignez-y le fichier, si vous l’avez."))
        return HttpResponseRedirect(reverse("web:resource", args=[key]))
    head, page_uid = page_of_row(RowKind.DELIVERABLE, uid)
    return HttpResponseRedirect(reverse("web:animation-head", args=[head.value, page_uid]))
