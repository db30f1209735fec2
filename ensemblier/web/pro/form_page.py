"""A page that is one form: refusals keep what was typed, a newer version is shown gently, success says so."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated, StaleVersion
from ensemblier.web.access import actor_of
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm


@dataclass(frozen=True, slots=True)
class Words:
    """What a form page says: title, whose row, its button, where it leads, and what is said when it is done."""

    title: str
    lede: str
    button: str
    back: str
    done: str


def answered(request: HttpRequest, form: HouseForm, words: Words, write: Callable[[Actor], object]) -> HttpResponse:
    """The page, or the way back once `write` did it. `write` is called on a valid form only."""
    stale = ""
    if request.method == "POST" and form.is_valid():
        try:
            write(acting(request))
        except StaleVersion as newer:
            stale = sentence(newer)
        except (BadInput, RuleViolated, NotFound) as error:
            form.add_domain_error(sentence(error), error.field)
        else:
            messages.success(request, words.done)
            return HttpResponseRedirect(words.back)
    context = {
        "form": form, "title": words.title, "lede": words.lede, "button": words.button, "back": words.back,
        "stale_message": stale, "acting_field": acting_field(actor_of(request)),
    }  # fmt: skip
    return render(request, "pro/form.html", context, status=409 if stale else 400 if form.errors else 200)
