"""A page with one form among other things: refusals keep what was typed, success says so and leads on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated
from ensemblier.web.access import actor_of
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm


@dataclass(frozen=True, slots=True)
class FormWords:
    """The template of the page, where it leads once done, and what is said then."""

    template: str
    back: str
    done: str


def form_page(
    request: HttpRequest,
    form: HouseForm,
    words: FormWords,
    write: Callable[[Actor], object],
    context: Mapping[str, Any],
) -> HttpResponse:
    """The page, or the way on once `write` did it for the organisation that the form was shown for."""
    if request.method == "POST" and form.is_valid():
        try:
            write(acting(request))
        except (BadInput, RuleViolated, NotFound) as error:
            form.add_domain_error(sentence(error), error.field)
        else:
            messages.success(request, words.done)
            return HttpResponseRedirect(words.back)
    shown = {"form": form, "acting_field": acting_field(actor_of(request)), **context}
    return render(request, words.template, shown, status=400 if form.errors else 200)
