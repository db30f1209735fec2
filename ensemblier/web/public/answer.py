"""The answer: every door that is the person's, on the screen or on paper. Posted, computed, shown, forgotten."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from ensemblier.kernel.orm.edition import Editions, current_editions
from ensemblier.routing.queries.orientation import orient
from ensemblier.web.access import Who, page
from ensemblier.web.offline import private
from ensemblier.web.pdf import pdf_of
from ensemblier.web.public import sheet
from ensemblier.web.public.forms import QuestionForm, Said
from ensemblier.web.public.presentation import Page, present, printed_on
from ensemblier.web.public.question import show
from ensemblier.web.templatetags.french import one_language


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@page(reads=True, who=Who.EVERYONE)
def answer(request: HttpRequest) -> HttpResponseBase:
    """The doors. Read again by its address alone, there is nothing to show: back to the questions."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("web:question"))
    chosen = _switch_language(request)
    on, editions = timezone.localdate(), current_editions()
    form = QuestionForm(request.POST, on=on, editions=editions)
    if not form.is_valid():
        return private(show(request, form, status=400))
    with one_language():
        response = private(HttpResponse(sheet.on_screen(_page(form.answer(), on, editions), on)))
    if chosen:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=31_536_000,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    return response


@csrf_exempt
@require_POST
@page(reads=True, who=Who.EVERYONE)
def printed(request: HttpRequest) -> HttpResponseBase:
    """The same answer as an accessible PDF (PDF/UA), for paper."""
    on = timezone.localdate()
    form = QuestionForm(request.POST, on=on)
    if not form.is_valid():
        return private(show(request, form, status=400))
    html = render_to_string("public/print.html", _on_paper(_page(form.answer(), on), on), request)
    response = HttpResponse(pdf_of(html), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="mes-portes.pdf"'
    return private(response)


def _page(said: Said, on: date, editions: Editions | None = None) -> Page:
    found = orient(said.facts, on=on, commune=said.commune, wish=said.wish, day=on, editions=editions)
    return present(found, said, editions)


def _on_paper(shown: Page, on: date) -> dict[str, object]:
    return {
        "page": shown,
        "desk": shown.orientation.desk,
        "has_fictitious": shown.has_fictitious,
        "printed_on": printed_on(on),
        "doors": sheet.doors(shown, paper=True),
        "aside": sheet.aside(shown, paper=True),
    }


def _switch_language(request: HttpRequest) -> str:
    """The language asked for by the switch of the answer page, "" when it was not used."""
    code = request.POST.get("langue", "")
    if code not in dict(settings.LANGUAGES):
        return ""
    translation.activate(code)
    request.LANGUAGE_CODE = code
    return code
