"""A notice: what it is, what one may do with it, how to cite it, and its content for those to whom it opens."""

from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ensemblier.library.core.captions import clock
from ensemblier.library.core.kinds import UNKNOWN_LICENCE
from ensemblier.library.queries.citations import CitationForm, citation
from ensemblier.library.queries.resources import identified, read_file, resource
from ensemblier.library.queries.shelves import is_kept
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting_field
from ensemblier.web.places.pages import show, today, typed


def address_of(uid: UUID) -> str:
    """The permanent address of a resource, whole."""
    return f"{settings.PUBLIC_URL}{reverse('web:resource', args=[uid])}"


@page(reads=True, who=Who.EVERYONE)
def notice(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One resource. `?t=83` opens the transcript at that second."""
    actor = actor_of(request)
    view = resource(uid, actor=actor, on=today())
    asked = typed(request, "t")
    second = int(asked) if asked.isdigit() and len(asked) < 7 else None
    starts = [p.start for p in view.passages if second is not None and p.start <= second + 0.999]
    context = {
        "view": view,
        "permalink": address_of(uid),
        "text": citation(view, CitationForm.TEXT, permalink=address_of(uid)).text.strip(),
        "forms": [form for form in CitationForm if form is not CitationForm.TEXT],
        "passages": [(p, clock(p.start), int(p.start), p.start == max(starts, default=None)) for p in view.passages],
        "licence_words": view.licence.words if view.licence else UNKNOWN_LICENCE,
        "is_kept": is_kept(uid, actor=actor),
        "acting_field": acting_field(actor),
        "sign_in": f"{reverse('web:sign-in')}?next={quote(request.get_full_path())}",
    }
    return show(request, "library/resource.html", context, status=410 if view.withdrawn_on else 200)


@page(reads=True, who=Who.EVERYONE)
def permalink(_request: HttpRequest, identifier: str) -> HttpResponse:
    """The resource that a source names so: leads to its permanent address."""
    return HttpResponseRedirect(reverse("web:resource", args=[identified(identifier[:120])]))


@page(reads=True, who=Who.EVERYONE)
def cite(request: HttpRequest, uid: UUID, form: str) -> HttpResponse:
    """How to cite it, to download."""
    if form not in {one.value for one in CitationForm}:
        raise Http404
    found = citation(resource(uid, actor=actor_of(request), on=today()), CitationForm(form), permalink=address_of(uid))
    response = HttpResponse(found.text, content_type=f"{found.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response


@page(reads=True, who=Who.EVERYONE)
def download(request: HttpRequest, uid: UUID, file: UUID) -> HttpResponse:
    """A file to save, that no browser opens in the site or runs."""
    found = read_file(uid, file, actor=actor_of(request))
    response = HttpResponse(found.content, content_type=found.media_type.value)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
