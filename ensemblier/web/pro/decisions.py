"""Decisions of one gesture: corrections, permanences, duplicates, and for whom one acts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from ensemblier.accounts.core.sessions import ACTING_AS
from ensemblier.accounts.queries.members import memberships_of
from ensemblier.directory.actions.duplicates.pairs import merge_pair, reject_pair
from ensemblier.directory.actions.duplicates.pairs import undo_merge as undo
from ensemblier.directory.actions.moderation import decide_suggestion
from ensemblier.directory.actions.permanences import accept_permanence, publish_permanence, refuse_permanence
from ensemblier.directory.queries.duplicates import duplicate_queue, latest_merges
from ensemblier.kernel.errors import BadInput
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.places.pages import today


def _back(name: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


@page(reads=False, who=Who.SIGNED_IN)
def suggestion(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Accept or refuse a correction."""
    if request.method == "POST":
        if (decision := request.POST.get("decision")) not in {"accept", "refuse"}:
            raise BadInput(_("Choisissez une réponse : accepter ou refuser."), field="decision")
        accept = decision == "accept"
        decide_suggestion(uid, accept=accept, note=request.POST.get("note", ""), actor=acting(request), on=today())
        messages.success(request, _("La fiche est corrigée.") if accept else _("La fiche reste telle quelle."))
    return _back("web:moderation")


@page(reads=False, who=Who.SIGNED_IN)
def permanence(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Agree to a permanence, decline it with a reason, or publish it."""
    if request.method == "POST":
        actor, version = acting(request), _number(request.POST.get("version", ""))
        match request.POST.get("decision"):
            case "agree":
                accept_permanence(uid, version=version, actor=actor)
                messages.success(request, _("C'est accepté. Il reste à la publier."))
            case "publish":
                publish_permanence(uid, version=version, actor=actor, on=today())
                messages.success(request, _("La permanence est publiée : tout le monde la voit."))
            case "refuse":
                refuse_permanence(uid, reason=request.POST.get("reason", ""), version=version, actor=actor)
                messages.success(request, _("C'est dit à la structure qui la proposait, avec votre raison."))
            case _other:
                raise BadInput(_("Choisissez une réponse : accepter, décliner ou publier."), field="decision")
    return _back("web:permanences")


@page(reads=True, who=Who.SIGNED_IN)
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs to compare, the most alike first, and the merges that can be undone."""
    actor = actor_of(request)
    context = {
        "pairs": duplicate_queue(actor=actor),
        "merges": latest_merges(actor=actor),
        "acting_field": acting_field(actor),
    }
    return render(request, "pro/duplicates.html", context)


@page(reads=False, who=Who.SIGNED_IN)
def duplicate(request: HttpRequest, pair: int) -> HttpResponse:
    """Merge two rows into the one that is kept, or say that they are two."""
    if request.method == "POST":
        actor, decision = acting(request), request.POST.get("decision", "")
        if decision.startswith("keep-"):
            merge_pair(pair_id=pair, kept_id=_number(decision.removeprefix("keep-")), actor=actor)
            messages.success(request, _("Les deux fiches sont réunies. Vous pouvez le défaire plus bas."))
        elif decision != "distinct":
            raise BadInput(_("Choisissez la fiche à garder, ou dites que ce sont deux fiches."), field="decision")
        else:
            reject_pair(pair_id=pair, actor=actor)
            messages.success(request, _("Ce sont deux fiches différentes : elles ne seront plus proposées."))
    return _back("web:duplicates")


@page(reads=False, who=Who.SIGNED_IN)
def undo_merge(request: HttpRequest, merge: int) -> HttpResponse:
    """Undo a merge: every cell as before."""
    if request.method == "POST":
        undo(merge_id=merge, actor=acting(request))
        messages.success(request, _("C'est défait : les deux fiches sont à nouveau séparées."))
    return _back("web:duplicates")


@page(reads=False, who=Who.SIGNED_IN)
def act_for(request: HttpRequest) -> HttpResponse:
    """Choose for which organisation one acts."""
    actor = actor_of(request)
    choices = memberships_of(actor.user_id or 0, on=today())
    wanted = request.POST.get("organisation", "")
    back = request.POST.get("next", "") or request.GET.get("next", "")
    safe = back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else reverse("web:directory")
    if request.method == "POST" and any(str(choice.organisation_uid) == wanted for choice in choices):
        request.session[ACTING_AS] = wanted
        return HttpResponseRedirect(safe)
    context = {"choices": choices, "current": actor.organisation_id, "next": safe}
    return render(request, "pro/act_for.html", context)
