"""People who wait for a call: the number is shown to those who must call, and deleted by "I called"."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ensemblier.directory.actions.callbacks import KEEP_CALLBACKS_DAYS, callback_made
from ensemblier.directory.queries.moderation import callbacks_waiting
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.offline import private
from ensemblier.web.places.pages import today


@page(reads=True, who=Who.SIGNED_IN)
def waiting(request: HttpRequest) -> HttpResponse:
    """The queue of the actor's organisation, oldest first."""
    actor = actor_of(request)
    values = {
        "rows": callbacks_waiting(actor=actor, on=today()),
        "days": KEEP_CALLBACKS_DAYS,
        "acting_field": acting_field(actor),
    }
    return private(render(request, "pro/callbacks.html", values))


@page(reads=False, who=Who.SIGNED_IN)
def made(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The call was made: nothing of the request stays."""
    if request.method == "POST":
        callback_made(uid, actor=acting(request), on=today())
        messages.success(request, _("C’est fait : le numéro est effacé."))
    return HttpResponseRedirect(reverse("web:callbacks"))
