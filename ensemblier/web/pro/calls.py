"""« Qui appeler ? »: the adviser's directory, while typing, from two letters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ensemblier.directory.core.words import search_words
from ensemblier.directory.queries.calls import who_to_call
from ensemblier.directory.queries.duplicates import may_judge
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.places.pages import commune_typed, today, typed


@page(reads=True, who=Who.SIGNED_IN)
def who(request: HttpRequest) -> HttpResponse:
    """Whom to call for a name, a subject or a structure, near a commune."""
    on, q, near_text = today(), typed(request, "q"), typed(request, "near")
    near = commune_typed(near_text, on=on) if len(near_text) >= 2 else None
    cards = who_to_call(q, actor=actor_of(request), near=near, on=on)
    searched = bool(search_words(q))
    context = {
        "q": q, "near_text": near_text, "near": near, "cards": cards, "searched": searched,
        "may_judge": may_judge(actor_of(request)),
    }  # fmt: skip
    return render(request, "pro/call.html", context)
