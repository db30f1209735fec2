"""A file: opened, read, and what is known of the person corrected."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ensemblier.journey.actions.contacts import open_from_contact
from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.actions.needs import say_qualities
from ensemblier.journey.actions.persons import correct_person, correct_request
from ensemblier.journey.core.files import FilePage
from ensemblier.journey.queries.contacts import contact_to_open
from ensemblier.journey.queries.files import file_page
from ensemblier.kernel.actor import Actor
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.files.editing import Then, Words, answered, edit_of, keyed
from ensemblier.web.files.forms import OpenFileForm, PersonForm
from ensemblier.web.files.frame import ADVISERS, in_frame
from ensemblier.web.files.row_forms import QualitiesForm, RequestForm
from ensemblier.web.offline import private
from ensemblier.web.places.pages import today


def _page(request: HttpRequest, uid: UUID) -> FilePage:
    return file_page(actor=actor_of(request), uid=uid, on=today())


@page(reads=True, who=ADVISERS)
def file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The first tab: the request, the situations, who is around."""
    shown, on = _page(request, uid), today()
    lines = [(line, line.when(on)) for line in shown.timeline]
    return in_frame(request, "files/file.html", shown.head, {"page": shown, "lines": lines})


@page(reads=False, who=ADVISERS)
def opening(request: HttpRequest) -> HttpResponse:
    """A new file: no status refuses it, and nothing has to be filled."""
    form = OpenFileForm(request.POST or None, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        words, key = form.cleaned_data["request"], form.cleaned_data["key"]
        uid = open_file(form.draft(), request=words, by=acting(request), at=timezone.now(), key=key).person.uid
        messages.success(request, _("Le dossier est ouvert. Vous en êtes référent : la personne le saura."))
        return HttpResponseRedirect(reverse("web:file", args=[uid]))
    context = {"form": form, "acting_field": acting_field(actor_of(request)), "section": "web:files"}
    return render(request, "files/open.html", context, status=400 if form.errors else 200)


@page(reads=False, who=ADVISERS)
def opening_from(request: HttpRequest, contact: UUID) -> HttpResponse:
    """A new file from a contact of level 1: what was noted there is not typed again."""
    known = contact_to_open(contact, actor=actor_of(request))
    if known is None and request.method != "POST":
        messages.warning(request, _("Ce contact est déjà devenu un dossier, ou n’est pas de votre accueil."))
        return HttpResponseRedirect(reverse("web:welcome"))
    noted = {"request": known.request, "commune": known.commune_name} if known else {}
    form = OpenFileForm(request.POST or None, initial={"key": uuid4(), **noted})
    if request.method == "POST" and form.is_valid():
        words, key = form.cleaned_data["request"], form.cleaned_data["key"]
        uid = open_from_contact(contact, form.draft(), request=words, by=acting(request), at=timezone.now(), key=key)
        messages.success(request, _("Le dossier est ouvert avec ce qui était noté. Il est compté une fois."))
        return HttpResponseRedirect(reverse("web:file", args=[uid]))
    context = {"form": form, "acting_field": acting_field(actor_of(request)), "section": "web:files", "contact": known}
    return private(render(request, "files/open.html", context, status=400 if form.errors else 200))


def _identity(shown: FilePage) -> Mapping[str, Any]:
    head, contact = shown.head, shown.contact
    return {
        "given_name": head.given_name,
        "family_name": head.family_name,
        "phone": contact.phone,
        "email": contact.email,
        "preferred_contact": head.preferred_contact.value if head.preferred_contact else "",
        "availability": head.availability,
        "commune": head.commune_name,
        "born": contact.born,
        "version": head.version,
    }


@page(reads=False, who=ADVISERS)
def identity(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who she is, how to reach her."""
    shown = _page(request, uid)
    form = PersonForm(request.POST or None, initial=keyed(_identity(shown)))
    words = Words(_("Identité et coordonnées"), "", _("Enregistrer"), _("C’est enregistré."), "joindre")

    def write(actor: Actor) -> None:
        correct_person(edit_of(form, uid), form.draft(), by=actor)

    return answered(request, shown.head, form, words, write, then=Then(lambda: _identity(_page(request, uid))))


@page(reads=False, who=ADVISERS)
def words_of_request(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Her request, in her words."""
    shown = _page(request, uid)
    initial = {"words": shown.head.request, "version": shown.head.episode_version}
    form = RequestForm(request.POST or None, initial=keyed(initial))
    lede = _("Écrivez comme elle le dit. Ce que le texte disait avant reste dans l’historique.")
    words = Words(_("Sa demande"), lede, _("Enregistrer"), _("C’est enregistré."), "demande")

    def write(actor: Actor) -> None:
        if shown.head.episode_uid is not None:
            correct_request(edit_of(form, shown.head.episode_uid), form.cleaned_data["words"], by=actor)

    def current() -> Mapping[str, Any]:
        now = _page(request, uid).head
        return {"words": now.request, "version": now.episode_version}

    return answered(request, shown.head, form, words, write, then=Then(current))


@page(reads=False, who=ADVISERS)
def qualities(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What she said of herself for the rules; not asked is a value."""
    shown = _page(request, uid)
    known = {quality.value: str(int(holds)) for quality, holds in shown.qualities.items()}
    form = QualitiesForm(request.POST or None, initial=keyed(known))
    lede = _("Ces réponses ouvrent des portes de plus. Aucune n’est nécessaire ; « pas demandé » est une réponse.")
    words = Words(_("Ce qu’elle dit d’elle"), lede, _("Enregistrer"), _("C’est enregistré."), "situations")

    def write(actor: Actor) -> None:
        say_qualities(uid, form.said(), by=actor, at=timezone.now())

    return answered(request, shown.head, form, words, write)
