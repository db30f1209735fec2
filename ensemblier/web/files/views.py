"""A file: opened, read."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.queries.files import file_page
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.files.forms import OpenFileForm
from ensemblier.web.files.frame import ADVISERS, in_frame
from ensemblier.web.places.pages import today


@page(reads=True, who=ADVISERS)
def file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The first tab: the request, the situations, who is around."""
    shown = file_page(actor=actor_of(request), uid=uid, on=today())
    return in_frame(request, "files/file.html", shown.head, {"page": shown})


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
