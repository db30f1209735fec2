"""A correction suggested by anyone, without an account."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ensemblier.directory.actions.moderation import SuggestionDraft, suggest_correction
from ensemblier.directory.queries.editing import suggestable
from ensemblier.kernel.errors import BadInput
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.errors import sentence
from ensemblier.web.places.forms import SuggestionForm
from ensemblier.web.places.pages import show


def _draft(kind: str, uid: UUID, data: dict[str, str]) -> SuggestionDraft:
    return SuggestionDraft(
        kind, uid, data["field"], data["proposed_value"], data["message"], data["author_label"], data["author_email"]
    )


@page(reads=False, who=Who.EVERYONE)
def suggest(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """The form and, once sent, the thanks. What was typed stays when something is to be put right."""
    label = suggestable(kind, uid)
    back = reverse("web:site" if kind == "site" else "web:organisation", args=[uid])
    form = SuggestionForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            suggest_correction(_draft(kind, uid, form.cleaned_data), actor=actor_of(request))
        except BadInput as error:
            form.add_domain_error(sentence(error), error.field if error.field == "message" else "proposed_value")
        else:
            return show(request, "places/suggest_done.html", {"back": back})
    status = 400 if form.errors else 200
    return show(request, "places/suggest.html", {"form": form, "label": label, "back": back}, status=status)
