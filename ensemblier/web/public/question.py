"""The page of the five questions, its suggestions of communes, and the same form for a partner's site.

Nothing is kept and no answer stands in an address: everything that says something about a person is posted, even the
letters typed to find a commune. These posts change nothing and read no cookie, hence no CSRF token: the pages stay free
of cookies, can be kept offline and can stand in another site.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ensemblier.territory.queries.communes import search_communes
from ensemblier.web.access import Who, page
from ensemblier.web.offline import keepable, private
from ensemblier.web.public.forms import QuestionForm

ONE = ("commune", "commune_code", "commune_for", "age", "but", "mots", "souhait")
SEVERAL = ("situation", "points", "non")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@page(reads=True, who=Who.EVERYONE)
def question(request: HttpRequest) -> HttpResponseBase:
    """The five questions; a POST brings back answers to change."""
    on = timezone.localdate()
    if request.method == "POST":
        form = QuestionForm(initial=initial_of(request), on=on)
        return private(show(request, form))
    return keepable(show(request, QuestionForm(on=on)))


@csrf_exempt
@require_POST
@page(reads=True, who=Who.EVERYONE)
def suggestions(request: HttpRequest) -> HttpResponseBase:
    """Communes for the letters typed so far, as JSON: [{"code", "words"}], at most 8."""
    text = request.POST.get("commune", "")[:120]
    hits = search_communes(text, limit=8) if len(text.strip()) > 1 else []
    rows = [
        {"code": h.code, "words": f"{h.name} ({' '.join(h.postcodes[:1])})", "where": h.departement_name} for h in hits
    ]
    return private(JsonResponse({"communes": rows}))


@xframe_options_exempt
@require_safe
@page(reads=True, who=Who.EVERYONE)
def widget(request: HttpRequest) -> HttpResponseBase:
    """The same form, framed by a partner's site; it posts to the whole window, which needs no cookie."""
    response = render(request, "public/widget.html", {"form": QuestionForm(on=timezone.localdate()), "target": "_top"})
    response.may_be_framed = True  # type: ignore[attr-defined]
    return response


def show(request: HttpRequest, form: QuestionForm, *, status: int = 200) -> HttpResponse:
    """The question page with this form."""
    return render(
        request, "public/question.html", {"form": form, "target": "", "section": "web:question"}, status=status
    )


def initial_of(request: HttpRequest) -> dict[str, object]:
    """Posted answers as the starting values of a form that is not checked yet."""
    post = request.POST
    single = {
        name: post.get(name, "") for name in ("commune", "commune_code", "commune_for", "age", "but", "mots", "souhait")
    }
    return single | {name: post.getlist(name) for name in ("situation", "points", "non")}
