"""Two files, one person? Proposed by one adviser, confirmed by another, undone at any time. No row moves."""

from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ensemblier.journey.actions.merges import decide_merge, propose_merge, undo_merge
from ensemblier.journey.core.edits import Edit
from ensemblier.journey.queries.merges import merges_of, possible_duplicates
from ensemblier.kernel.errors import NotAllowed, NotFound, RuleViolated
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.files.frame import ADVISERS


class ProposeForm(forms.Form):
    """Two files, and the key of the click."""

    kept = forms.UUIDField()
    other = forms.UUIDField()
    key = forms.UUIDField(required=False)


class DecideForm(forms.Form):
    """The version that was read, and the key of the click."""

    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField(required=False)


def _list() -> HttpResponse:
    return HttpResponseRedirect(reverse("web:file-duplicates"))


@page(reads=True, who=ADVISERS)
def pairs(request: HttpRequest) -> HttpResponse:
    """Pairs among the files that the adviser may open, and the merges between them."""
    actor = actor_of(request)
    context = {
        "pairs": [(pair, uuid4()) for pair in possible_duplicates(actor=actor)],
        "merges": [(merge, uuid4()) for merge in merges_of(actor=actor)],
        "acting_field": acting_field(actor),
        "section": "web:files",
    }
    response = render(request, "files/duplicates.html", context)
    response["Cache-Control"] = "no-store"
    return response


@page(reads=False, who=ADVISERS)
def propose(request: HttpRequest) -> HttpResponse:
    """« C’est la même personne »: a colleague will confirm."""
    form = ProposeForm(request.POST)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            propose_merge(data["kept"], data["other"], by=acting(request), at=timezone.now(), key=data["key"])
        except RuleViolated as error:
            messages.warning(request, sentence(error))
        else:
            messages.success(request, _("C’est proposé. Un collègue à qui les deux dossiers sont ouverts confirmera."))
    return _list()


@page(reads=False, who=ADVISERS)
def decide(request: HttpRequest, merge: UUID, name: str) -> HttpResponse:
    """Confirm, say that they are two people, or read them apart again."""
    form = DecideForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return _list()
    edit = Edit(merge, form.cleaned_data["version"], timezone.now(), form.cleaned_data["key"])
    actor = acting(request)
    try:
        if name == "separer":
            undo_merge(edit, by=actor)
        elif name in ("confirmer", "refuser"):
            decide_merge(edit, by=actor, is_same=name == "confirmer")
        else:
            raise NotFound(_("Ce geste n’existe pas."))
    except NotAllowed as error:
        messages.warning(request, sentence(error))
    else:
        messages.success(request, _("C’est noté."))
    return _list()
