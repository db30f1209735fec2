"""Deposit, correct, confirm and withdraw resources; join files and transcripts."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ensemblier.accounts.core.roles import Role
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed
from ensemblier.library.actions.contents import attach_file, detach_file, write_transcript
from ensemblier.library.actions.resources import (
    confirm_resource,
    correct_resource,
    deposit_resource,
    withdraw_resource,
)
from ensemblier.library.core.kinds import Audience
from ensemblier.library.core.views import ResourceView
from ensemblier.library.queries.resources import of_holder, resource
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting
from ensemblier.web.library.forms import CaptionsForm, FileForm, NoticeForm, WithdrawForm, initial_of
from ensemblier.web.places.pages import today
from ensemblier.web.pro.form_page import Words, answered

DEPOSITORS = frozenset({Role.ADVISER, Role.TEAM_LEAD, Role.DIRECTORY_EDITOR, Role.COORDINATOR, Role.ADMINISTRATOR})


@page(reads=True, who=DEPOSITORS)
def deposited(request: HttpRequest) -> HttpResponse:
    """What one's own organisation deposited."""
    return render(request, "library/deposited.html", {"rows": of_holder(actor=actor_of(request), on=today())})


@page(reads=False, who=DEPOSITORS)
def deposit(request: HttpRequest) -> HttpResponse:
    """A new resource."""
    form = NoticeForm(request.POST or None, initial={"audience": Audience.PUBLIC.value})
    words = Words(
        _("Déposer une ressource"),
        _("Un titre et sa nature suffisent pour commencer ; le reste se complète ensuite."),
        _("Déposer"), reverse("web:library-deposited"), _("La ressource est déposée : on la trouve dès maintenant."),
    )  # fmt: skip
    return answered(
        request, form, words, lambda by: deposit_resource(form.notice(), actor=by, on=today())
    )  # fmt: skip


@page(reads=False, who=DEPOSITORS)
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The notice, written anew."""
    view = _own(request, uid)
    form = NoticeForm(request.POST or None, initial=initial_of(view))

    def write(by: Actor) -> None:
        notice = replace(form.notice(), deposited_on=view.deposited_on,
                         language=view.language, doi=view.doi, is_fictitious=view.row.is_fictitious)  # fmt: skip
        correct_resource(uid, notice, version=form.cleaned_data["version"] or 0, actor=by, on=today())

    words = Words(_("Modifier la notice"), view.row.title, _("Enregistrer"), _page(uid), _("La notice est à jour."))
    return answered(request, form, words, write)


@page(reads=False, who=DEPOSITORS)
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Read again, and right."""
    if request.method == "POST":
        version = request.POST.get("version", "")
        confirm_resource(uid, version=int(version) if version.isdigit() else 0, actor=acting(request), on=today())
        messages.success(request, _("C’est noté : la notice a été relue aujourd’hui."))
    return HttpResponseRedirect(_page(uid))


@page(reads=False, who=DEPOSITORS)
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The resource leaves the searches; its address stays."""
    view = _own(request, uid)
    form = WithdrawForm(request.POST or None, initial={"version": view.version})
    words = Words(
        _("Retirer la ressource"), view.row.title, _("Retirer"), reverse("web:library-deposited"),
        _("La ressource est retirée. Son adresse reste, et le dit."),
    )  # fmt: skip

    def write(by: Actor) -> None:
        data = form.cleaned_data
        withdraw_resource(uid, why=data["why"], version=data["version"], actor=by, on=today())

    return answered(request, form, words, write)


@page(reads=False, who=DEPOSITORS)
def attach(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Join a file."""
    view = _own(request, uid)
    form = FileForm(request.POST or None, request.FILES or None)
    words = Words(_("Joindre un fichier"), view.row.title, _("Joindre"), _page(uid), _("Le fichier est joint."))

    def write(by: Actor) -> None:
        sent = form.cleaned_data["file"]
        attach_file(uid, sent.name, sent.read(), actor=by, at=timezone.now())

    return answered(request, form, words, write)


@page(reads=False, who=DEPOSITORS)
def detach(request: HttpRequest, uid: UUID, file: UUID) -> HttpResponse:
    """Take a file away."""
    if request.method == "POST":
        detach_file(uid, file, actor=acting(request))
        messages.success(request, _("Le fichier n’est plus joint."))
    return HttpResponseRedirect(_page(uid))


@page(reads=False, who=DEPOSITORS)
def transcribe(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Captions become a transcript in which one searches."""
    view = _own(request, uid)
    form = CaptionsForm(request.POST or None, request.FILES or None)
    words = Words(
        _("Ajouter les sous-titres"), view.row.title, _("Ajouter"), _page(uid),
        _("La transcription est gardée : la recherche y trouve les passages."),
    )  # fmt: skip

    def write(by: Actor) -> None:
        write_transcript(uid, _text(form.cleaned_data["captions"].read(4_000_001)), actor=by)

    return answered(request, form, words, write)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("Ces sous-titres ne sont pas un texte UTF-8.", field="captions") from error


def _own(request: HttpRequest, uid: UUID) -> ResourceView:
    view = resource(uid, actor=actor_of(request), on=today())
    if not view.may_change:
        raise NotAllowed("Seule la structure qui a déposé cette ressource peut la modifier ou la retirer.")
    return view


def _page(uid: UUID) -> str:
    return reverse("web:resource", args=[uid])
