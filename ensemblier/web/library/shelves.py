"""What one keeps: resources put aside, searches that tell what is new."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ensemblier.library.actions.shelves import KeptSearch, toggle_bookmark
from ensemblier.library.actions.shelves import forget_search as forget
from ensemblier.library.actions.shelves import keep_search as keep_one
from ensemblier.library.core.searches import Rhythm, Shelf
from ensemblier.library.queries.shelves import bookmarks, saved_searches
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.places.pages import today


@page(reads=True, who=Who.SIGNED_IN)
def kept(request: HttpRequest) -> HttpResponse:
    """Resources put aside, and searches."""
    actor = actor_of(request)
    context = {
        "rows": bookmarks(actor=actor, on=today()),
        "searches": saved_searches(actor=actor),
        "acting_field": acting_field(actor),
    }
    return render(request, "library/kept.html", context)


@page(reads=False, who=Who.SIGNED_IN)
def keep(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put aside, or no longer."""
    if request.method == "POST":
        is_kept = toggle_bookmark(uid, actor=acting(request), at=timezone.now())
        messages.success(request, _("La ressource est gardée.") if is_kept else _("La ressource n’est plus gardée."))
    return HttpResponseRedirect(reverse("web:resource", args=[uid]))


@page(reads=False, who=Who.SIGNED_IN)
def keep_search(request: HttpRequest) -> HttpResponse:
    """Keep the search that was just made."""
    if request.method == "POST":
        data = request.POST
        shelf, rhythm = data.get("shelf", ""), data.get("rhythm", "")
        wanted = KeptSearch(
            text=data.get("q", ""),
            shelf=Shelf(shelf) if shelf in {one.value for one in Shelf} else Shelf.LIBRARY,
            rhythm=Rhythm(rhythm) if rhythm in {one.value for one in Rhythm} else Rhythm.WEEKLY,
            filters={name: data.get(name, "") for name in ("kind", "domain", "since", "zone") if data.get(name)},
        )
        keep_one(wanted, actor=acting(request), at=timezone.now())
        messages.success(request, _("La recherche est gardée. Vous serez prévenu quand il y aura du nouveau."))
    return HttpResponseRedirect(reverse("web:library-kept"))


@page(reads=False, who=Who.SIGNED_IN)
def forget_search(request: HttpRequest, uid: UUID) -> HttpResponse:
    """No longer."""
    if request.method == "POST":
        forget(uid, actor=acting(request))
        messages.success(request, _("La recherche est oubliée : plus d’alerte."))
    return HttpResponseRedirect(reverse("web:library-kept"))
