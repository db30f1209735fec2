"""The documents of a file: named one by one, downloaded, destroyed. Nothing is ever shown inside the site."""

from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.documents import DocumentDraft, add_document, destroy_document
from ensemblier.journey.core.documents import DocumentKind
from ensemblier.journey.queries.documents import Content, list_documents, read_carried, read_document
from ensemblier.kernel.files import MAX_BYTES
from ensemblier.web.access import actor_of, page
from ensemblier.web.plan.form_page import FormPage, answered
from ensemblier.web.plan.forms import RowForm, choose, text_field
from ensemblier.web.plan.side import Side, now

TAB = "documents"


class DocumentForm(RowForm):
    """A document to keep."""

    file = forms.FileField(
        label=gettext_lazy("Le fichier"),
        help_text=gettext_lazy("PDF, image (PNG, JPEG) ou texte (ODT, DOCX), 10 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.odt,.docx"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("C’est"))
    name = text_field(gettext_lazy("Son nom"), gettext_lazy("Vide : le nom du fichier."), most=100)
    is_sensitive = forms.BooleanField(
        label=gettext_lazy("Il dit quelque chose de la santé ou d’un handicap"),
        help_text=gettext_lazy("Il ne part alors jamais sans un accord exprès."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", [(kind.value, _(kind.label)) for kind in DocumentKind])

    def draft(self) -> DocumentDraft:
        """What was sent, as the action takes it: never more than one byte too many."""
        data = self.cleaned_data
        name = data["name"] or data["file"].name
        return DocumentDraft(DocumentKind(data["kind"]), name, data["file"].read(MAX_BYTES + 1), data["is_sensitive"])


def documents(request: HttpRequest, side: Side) -> HttpResponse:
    """The list."""
    found = list_documents(side.file, by=side.by, at=now())
    return side.show(request, "plan/documents.html", {"documents": found}, tab=TAB)


def new_document(request: HttpRequest, side: Side) -> HttpResponse:
    """Add a document."""
    form = DocumentForm(request.POST or None, request.FILES or None, initial={"key": uuid4()})
    words = FormPage(TAB, _("Ajouter un document"), _("Ajouter"), side.url("documents"), _("Le document est gardé."))
    return answered(
        request, side, form, words,
        lambda by: add_document(side.file, form.draft(), by=by, at=now(), key=form.cleaned_data["key"]),
    )  # fmt: skip


def document(request: HttpRequest, side: Side, document: UUID) -> HttpResponse:  # noqa: ARG001 - every view has one
    """Download one."""
    return attached(read_document(side.file, document, by=side.by, at=now()))


def destroy(request: HttpRequest, side: Side, document: UUID) -> HttpResponse:
    """Destroy one, for good."""
    if request.method == "POST":
        destroy_document(side.file, document, by=side.writer(request), at=now())
        messages.success(request, _("Le document est détruit. Son nom reste dans la liste."))
    return HttpResponseRedirect(side.url("documents"))


@page(reads=True, who=frozenset({Role.ADVISER}))
def carried(request: HttpRequest, relay: UUID, document: UUID) -> HttpResponse:
    """Download a document that a relay carries."""
    return attached(read_carried(relay, document, by=actor_of(request), at=now()))


def attached(found: Content) -> HttpResponse:
    """A file to save, that no browser opens in the site, runs or keeps."""
    response = HttpResponse(found.content, content_type=found.media_type.value)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
