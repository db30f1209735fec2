"""Rows corrected and added by those who keep them: errors keep what was typed, a newer version is shown gently."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.actions.records import (
    ContactContent,
    OfferContent,
    Place,
    confirm_row,
    correct_row,
    record_contact,
    record_offer,
    record_site,
)
from ensemblier.directory.core.states import ContactPreference
from ensemblier.directory.queries.editing import editable, owned
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, DomainError, NotFound, RuleViolated, StaleVersion
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.places.pages import commune_typed, today
from ensemblier.web.pro.forms import NewContactForm, NewOfferForm, NewSiteForm, RowForm
from ensemblier.web.templatetags.places import hit_url

EDITORS = frozenset({Role.DIRECTORY_EDITOR, Role.COORDINATOR, Role.ADMINISTRATOR})
PLACE_FIELDS = ("address", "postcode", "city")
TITLES = {
    "organisation": gettext_lazy("Modifier la structure"),
    "site": gettext_lazy("Modifier le lieu"),
    "offer": gettext_lazy("Modifier l'offre"),
    "contact": gettext_lazy("Modifier l'interlocuteur"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What one form page says: its title, whose row it is, its button, and where "Annuler" leads."""

    title: str
    lede: str
    button: str
    back: str


def _shown(request: HttpRequest, form: RowForm, words: Words, stale: str = "") -> HttpResponse:
    context = {
        "form": form,
        "title": words.title,
        "lede": words.lede,
        "button": words.button,
        "back": words.back,
        "stale_message": stale,
        "acting_field": acting_field(actor_of(request)),
    }
    status = 409 if stale else 400 if form.errors else 200
    return render(request, "pro/form.html", context, status=status)


def _refused(form: RowForm, error: DomainError) -> str:
    """Puts a refusal into the form; returns the sentence of a newer version, "" for anything else."""
    if isinstance(error, StaleVersion):
        return sentence(error)
    form.add_domain_error(sentence(error), error.field)
    return ""


@page(reads=False, who=EDITORS)
def edit(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """Correct a row."""
    row = editable(kind, uid, actor=actor_of(request))
    back = hit_url("site" if kind == "site" else "organisation", row.uid if kind == "site" else row.owner_uid)
    initial = dict(row.values) | {"version": row.version}
    form, stale = RowForm(request.POST or None, kind=kind, initial=initial), ""
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            correct_row(kind, uid, form.corrected(), version=version, actor=acting(request), on=today())
        except (BadInput, RuleViolated, StaleVersion) as error:
            stale = _refused(form, error)
        else:
            messages.success(request, _("C'est enregistré. La fiche est à jour d'aujourd'hui."))
            return HttpResponseRedirect(back)
    return _shown(request, form, Words(str(TITLES[kind]), row.label, _("Enregistrer"), back), stale)


def _new_site(form: RowForm, owner: UUID, actor: Actor) -> UUID:
    text = form.cleaned_data["commune"]
    found = commune_typed(text, on=today())
    if found is None:
        raise BadInput(_("Aucune commune ne ressemble à ce texte. Essayez le code postal."), field="commune")
    typed = form.typed()
    address, postcode, city = (typed.pop(name) for name in PLACE_FIELDS)
    place = Place(address=address, postcode=postcode, city=city, commune_code=found.code)
    return record_site(owner, typed, place=place, actor=actor, on=today())


def _new_contact(form: RowForm, owner: UUID, actor: Actor) -> UUID:
    data = form.cleaned_data
    content = ContactContent(
        subjects=tuple(data["subjects"]),
        preference=ContactPreference(data["preference"]) if data["preference"] else None,
        is_published=data["is_published"],
        site_uid=UUID(data["site_uid"]) if data["site_uid"] else None,
    )
    return record_contact(owner, form.typed(), content=content, actor=actor, on=today())


def _new_offer(form: RowForm, owner: UUID, actor: Actor) -> UUID:
    data = form.cleaned_data
    content = OfferContent(
        publics=tuple(data["publics"]), needs=tuple(data["needs"]), modes=tuple(data["modes"]), is_cep=data["is_cep"]
    )
    where = UUID(data["site_uid"]) if data["site_uid"] else owner
    return record_offer(where, form.typed(), content=content, actor=actor, on=today())


RECORD: dict[str, Callable[[RowForm, UUID, Actor], UUID]] = {
    "site": _new_site,
    "contact": _new_contact,
    "offer": _new_offer,
}
NEW = {
    "site": gettext_lazy("Ajouter un lieu"),
    "contact": gettext_lazy("Ajouter un interlocuteur"),
    "offer": gettext_lazy("Ajouter une offre"),
}


def _new_form(request: HttpRequest, kind: str, sites: tuple[tuple[UUID, str], ...]) -> RowForm:
    data = request.POST or None
    if kind == "site":
        return NewSiteForm(data, kind=kind)
    if kind == "contact":
        return NewContactForm(data, kind=kind, sites=sites)
    if kind == "offer":
        return NewOfferForm(data, kind=kind, sites=sites)
    raise NotFound(_("On peut ajouter un lieu, un interlocuteur ou une offre."))


@page(reads=False, who=EDITORS)
def create(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """Add a site, an interlocutor or an offer to an organisation."""
    name, sites = owned(uid, actor=actor_of(request))
    form, back = _new_form(request, kind, sites), reverse("web:organisation", args=[uid])
    if request.method == "POST" and form.is_valid():
        try:
            RECORD[kind](form, uid, acting(request))
        except (BadInput, RuleViolated) as error:
            _refused(form, error)
        else:
            messages.success(request, _("C'est ajouté."))
            return HttpResponseRedirect(back)
    return _shown(request, form, Words(str(NEW[kind]), name, _("Ajouter"), back))


@page(reads=False, who=EDITORS)
def confirm(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """The row was read again and is right: one gesture."""
    version = request.POST.get("version", "")
    if request.method == "POST":
        number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
        confirm_row(kind, uid, version=number, actor=acting(request), on=today())
        messages.success(request, _("Merci, la fiche est à jour."))
    return HttpResponseRedirect(reverse("web:stale"))
