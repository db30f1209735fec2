"""What she shares, with whom, until when; stopping in one click, from her space or from a link in any message."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ensemblier.accounts.core.links import LinkPurpose
from ensemblier.accounts.queries.links import link_of
from ensemblier.journey.actions.consents import withdraw_consent
from ensemblier.journey.actions.links import stop_by_link
from ensemblier.journey.actions.rights import say_of_paper
from ensemblier.journey.queries.rights_sharing import my_sharing, my_sharings
from ensemblier.kernel.errors import BadInput, NotAllowed
from ensemblier.web.access import Who, page
from ensemblier.web.offline import private
from ensemblier.web.person.door import herself, now


@page(reads=True, who=Who.PERSON)
def sharings(request: HttpRequest) -> HttpResponse:
    """All of it, live first."""
    rows = my_sharings(herself(request), at=now())
    values = {"live": [row for row in rows if row.is_live], "over": [row for row in rows if not row.is_live]}
    return private(render(request, "person/sharings.html", values))


@page(reads=True, who=Who.PERSON)
def text(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The words that she read on the day she agreed."""
    return private(render(request, "person/sharing_text.html", {"row": my_sharing(herself(request), uid, at=now())}))


@page(reads=False, who=Who.PERSON)
def stop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One click."""
    if request.method == "POST":
        found = my_sharing(herself(request), uid, at=now())
        withdraw_consent(uid, by=found.herself, at=now())
        messages.success(
            request, _("C’est arrêté : %(who)s ne lit plus rien de ce partage.") % {"who": found.organisation}
        )
    return HttpResponseRedirect(reverse("web:my-sharings"))


@page(reads=False, who=Who.PERSON)
def paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A paper recorded in her name: hers, or not."""
    if request.method == "POST":
        answer = request.POST.get("answer")
        if answer not in {"yes", "no"}:
            raise BadInput(_("Dites si c’est bien votre choix : oui ou non."), field="answer")
        found = my_sharing(herself(request), uid, at=now())
        say_of_paper(uid, is_hers=answer == "yes", by=found.herself, at=now())
        said = _("Merci, c’est noté.") if answer == "yes" else _("C’est arrêté, et la structure doit vous répondre.")
        messages.success(request, said)
    return HttpResponseRedirect(reverse("web:my-space"))


@page(reads=False, who=Who.EVERYONE)
def stop_link(request: HttpRequest, token: str) -> HttpResponse:
    """From a link in a message, without an account. GET changes nothing and says nothing of what is shared."""
    if request.method == "POST":
        try:
            stop_by_link(token, at=now())
        except NotAllowed:
            return private(render(request, "person/stop_link.html", {"is_open": False}, status=404))
        return private(render(request, "person/stop_link.html", {"is_done": True}))
    link = link_of(token, LinkPurpose.STOP_SHARING, at=now())
    is_open = link is not None and link.is_open
    return private(render(request, "person/stop_link.html", {"is_open": is_open}, status=200 if is_open else 404))
